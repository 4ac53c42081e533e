"""What a decision must be given: the inputs that it requires, directly or through other decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn.definitions import Decision, Definitions, InputData, Knowledge, Node, Service

Place = tuple[Definitions, Node, Mapping[str, object]]
"""A node, the file it is in, and what was given to that file."""


def missing(definitions: Definitions, node: Decision | Service, inputs: Mapping[str, object]) -> list[str]:
    """The names of inputs that are required and not given, which is not the same as given as null.

    A service requires its inputs and nothing else, input decisions among them.
    """
    if isinstance(node, Service):
        places = [place for href in node.inputs for place in _resolved(definitions, href, inputs, {})]
        return sorted({each.name for _, each, given in places if each.name not in given})
    found: set[str] = set()
    seen: set[tuple[int, int]] = set()
    lent: Lent = {}
    waiting: list[Place] = [(definitions, node, inputs)]
    while waiting:
        holder, each, given = waiting.pop()
        if (id(each), id(given)) in seen:
            continue
        seen.add((id(each), id(given)))
        if isinstance(each, InputData) and each.name not in given:
            found.add(each.name)
        if isinstance(each, Decision | Knowledge):  # a service that is called gets arguments
            waiting += [place for href in each.requires for place in _resolved(holder, href, given, lent)]
    return sorted(found)


def given_to(lent: Definitions, holder: Definitions, given: Mapping[str, object]) -> Mapping[str, object]:
    """What a file that `holder` imports is given: all that the holder is, and what its names stand for.

    Of several names of one file the first goes before the others.
    """
    names = [one.name for one in holder.imports if one.name and one.definitions is lent]
    inputs = given
    for inner in (given.get(name) for name in reversed(names)):
        inputs = {**inputs, **inner} if isinstance(inner, Mapping) else inputs
    return inputs


Lent = dict[tuple[int, int, int], Mapping[str, object]]
"""What each imported file is given, by whom and of what: one mapping however often it is asked for."""


def _resolved(holder: Definitions, href: str, given: Mapping[str, object], lent: Lent) -> Iterator[Place]:
    for source, node in holder.places(href)[:1]:
        if source is None or source.definitions is None:
            yield holder, node, given
        else:
            key = id(given), id(holder), id(source.definitions)
            if key not in lent:
                lent[key] = given_to(source.definitions, holder, given)
            yield source.definitions, node, lent[key]
