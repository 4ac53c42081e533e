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
        places = [place for href in node.inputs for place in _resolved(definitions, href, inputs)]
        return sorted({each.name for _, each, given in places if each.name not in given})
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[Place] = [(definitions, node, inputs)]
    while waiting:
        holder, each, given = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, InputData) and each.name not in given:
            found.add(each.name)
        if isinstance(each, Decision | Knowledge):  # a service that is called gets arguments
            waiting += [place for href in each.requires for place in _resolved(holder, href, given)]
    return sorted(found)


def _resolved(holder: Definitions, href: str, given: Mapping[str, object]) -> Iterator[Place]:
    for source, node in holder.places(href)[:1]:
        if source is None or source.definitions is None:
            yield holder, node, given
        else:
            inner = given.get(source.name) if source.name else None
            yield source.definitions, node, {**given, **inner} if isinstance(inner, dict) else given
