"""By which of its incoming flows a token elsewhere may still arrive at a join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from engine.diagrams.graph import Graph, components


class Reach:
    """Flows are bits of a number, so that a thousand of them cost little more than one.

    `onward`: element → what a token there can go to next. `incoming`: flow into the join → where it begins.
    """

    def __init__(self, join: str, onward: Graph, incoming: Mapping[str, str]) -> None:
        self.join = join
        self.onward = onward
        self.incoming = incoming
        self.bits = {flow: 1 << place for place, flow in enumerate(incoming)}

    def flows(self, ids: Iterable[str]) -> int:
        """These flows; what does not lead to the join is left out."""
        return sum(self.bits.get(id, 0) for id in set(ids))

    def of(self, element: str) -> int:
        """The flows that a token there may still arrive by, not passing the join."""
        return self._of.get(element, 0)

    @cached_property
    def _of(self) -> dict[str, int]:
        """Worked out when a join first has to wait: of elements that reach each other, together."""
        found = dict.fromkeys(self.onward, 0)
        for flow, source in self.incoming.items():
            found[source] |= self.bits[flow]
        found[self.join] = 0
        onward = {**self.onward, self.join: ()}
        for component in components(onward):  # the last ones first: what is ahead has been found
            reached = 0
            for element in component:
                for other in (element, *onward[element]):
                    reached |= found[other]
            found.update(dict.fromkeys(component, reached))
        return found


NOWHERE = Reach("", {}, {})


def reaches(specs: Mapping[str, Any], joins: Iterable[str]) -> dict[str, Reach]:
    """Of these joins among the elements of a process, by name."""
    onward: dict[str, list[str]] = {}
    into: dict[str, dict[str, str]] = defaultdict(dict)  # element → flow → element before
    for spec in specs.values():
        flows = getattr(spec, "flows", ())
        onward[spec.name] = [*(flow.target for flow in flows), *spec.boundary]
        for flow in flows:
            into[flow.target][flow.id] = spec.name
    return {join: Reach(join, onward, into[join]) for join in joins}
