"""What undoes an activity: what an association joins to the compensation event on it, either way round and
wherever it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.diagrams.model import Diagram, Element
from engine.diagrams.vocabulary import unprefixed

Joined = Mapping[str, Sequence[str]]


def joined(diagram: Diagram) -> Joined:
    """Id → what an association joins it to."""
    found: dict[str, list[str]] = {}
    for drawn in diagram.of_kind("association"):
        one, other = (unprefixed(drawn.attributes.get(end)) for end in ("sourceRef", "targetRef"))
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def handlers(diagram: Diagram, joined: Joined, event: Element) -> list[Element]:
    """The activities beside this compensation event that it is joined to: one, when all is well. Those that
    are marked as compensating come before others.
    """
    ids = dict.fromkeys(joined.get(event.id, ()))
    beside = [node for id in ids if (node := diagram.elements.get(id)) is not None and node.is_activity]
    beside = [node for node in beside if node.scope == event.scope]
    return [node for node in beside if node.is_compensation] or beside
