"""What a decision must be given: the inputs that it requires, directly or through other decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dmn.definitions import Decision, Definitions, InputData, Knowledge, Node, Service

Place = tuple[Definitions, Node, Mapping[str, object]]
"""A node, the file it is in, and what was given to that file."""


def missing(definitions: Definitions, node: Decision | Service, inputs: Mapping[str, object]) -> list[str]:
    """The names of inputs that are required and not given, which is not the same as given as null."""
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
        if each is node or not isinstance(each, Service):  # one that is called gets arguments
            waiting += [place for href in _hrefs(each) for place in _resolved(holder, href, given)]
            waiting = [place for place in waiting if not _is_given(node, place)]
    return sorted(found)


def _hrefs(node: Node) -> tuple[str, ...]:
    if isinstance(node, Service):
        return node.outputs
    return node.requires if isinstance(node, Decision | Knowledge) else ()


def _is_given(asked: Decision | Service, place: Place) -> bool:
    """Whether it is an input decision of the service that is asked, and came with the inputs."""
    _, node, given = place
    known = asked.input_decisions if isinstance(asked, Service) else ()
    return any(href.endswith(f"#{node.id}") for href in known) and node.name in given


def _resolved(holder: Definitions, href: str, given: Mapping[str, object]) -> Iterator[Place]:
    namespace, _, key = href.rpartition("#")
    if key in holder.nodes and namespace in ("", holder.namespace):
        yield holder, holder.nodes[key], given
        return
    for prefix, other in holder.imported.items():
        if other.namespace == namespace and key in other.nodes:
            inner = given.get(prefix) if prefix else None
            yield other, other.nodes[key], {**given, **inner} if isinstance(inner, dict) else given
