"""What every rule is given: one diagram among the files checked together, and what the service knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.diagrams import graph
from engine.diagrams.model import Diagram, Element, Process
from engine.diagrams.reading import unprefixed
from engine.errors import Problem

HOST_FUNCTIONS = ("deadline",)
WAITING = (
    "userTask",
    "manualTask",
    "receiveTask",
    "serviceTask",
    "intermediateCatchEvent",
    "eventBasedGateway",
)


@dataclass(frozen=True, slots=True)
class Known:
    """The names a diagram may use. None: not checked, because nobody said."""

    forms: Collection[str] | None = None
    guidance: Collection[str] | None = None
    roles: Collection[str] | None = None
    clocks: Collection[str] | None = None
    operations: Collection[str] | None = None
    decisions: Collection[str] | None = None
    processes: Collection[str] | None = ()  # published ones, beside those in the files checked


@dataclass(frozen=True)
class View:
    diagram: Diagram
    known: Known
    callable: Mapping[str, Process]  # every process in the files, by id
    family: tuple[Diagram, ...] = field(repr=False)

    @cached_property
    def elements(self) -> list[Element]:
        """Flow nodes of executable processes; drawings of what others do are left alone."""
        processes = self.diagram.processes
        return [
            node
            for node in self.diagram.elements.values()
            if node.is_node and node.process in processes and processes[node.process].executable
        ]

    @cached_property
    def scopes(self) -> dict[str, list[Element]]:
        """Process or sub-process id → the flow nodes drawn directly in it."""
        found: dict[str, list[Element]] = {
            id: [] for id, process in self.diagram.processes.items() if process.executable
        }
        for node in self.elements:
            found.setdefault(node.scope, []).append(node)
            if node.is_scope:
                found.setdefault(node.id, [])
        return found

    @cached_property
    def attached(self) -> dict[str, list[Element]]:
        """Activity id → its boundary events."""
        found: dict[str, list[Element]] = {}
        for node in self.elements:
            if node.kind == "boundaryEvent":
                found.setdefault(node.attached_to, []).append(node)
        return found

    @cached_property
    def following(self) -> dict[str, list[str]]:
        """Node → what a token can go to next in the same scope: flows, boundary events, link targets."""
        found: dict[str, list[str]] = {node.id: [] for node in self.elements}
        for node in self.elements:
            for flow in node.outgoing:
                target = self.diagram.flows[flow].target
                if target in found:
                    found[node.id].append(target)
            found[node.id] += [event.id for event in self.attached.get(node.id, ())]
            found[node.id] += self.link_targets.get((node.scope, thrown_link(node)), [])
        return found

    @cached_property
    def link_targets(self) -> dict[tuple[str, str | None], list[str]]:
        found: dict[tuple[str, str | None], list[str]] = {}
        for node in self.elements:
            if node.kind == "intermediateCatchEvent" and node.events and node.events[0].kind == "link":
                found.setdefault((node.scope, node.events[0].name), []).append(node.id)
        return found

    @cached_property
    def associations(self) -> dict[str, list[str]]:
        """Id → what an association joins it to, either way round."""
        found: dict[str, list[str]] = {}
        for drawn in self.diagram.of_kind("association"):
            one, other = (unprefixed(drawn.attributes.get(end)) for end in ("sourceRef", "targetRef"))
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """Node → its place in the file."""
        return {node.id: number for number, node in enumerate(self.elements)}

    @cached_property
    def loops(self) -> list[list[str]]:
        """The ways round in the flow graph, each as the nodes on it."""
        return graph.loops(self.following)

    def can_wait(self, scope: str) -> bool:
        """Whether anything in a process (of any file) or sub-process may wait; calls are looked into."""
        if scope not in self.waiting:
            self.waiting[scope] = False  # a process that only calls itself never waits
            self.waiting[scope] = any(self._waits(node) for node in self._inside(scope))
        return self.waiting[scope]

    @cached_property
    def waiting(self) -> dict[str, bool]:
        return {}

    def _inside(self, scope: str) -> list[Element]:
        diagram = next((one for one in self.family if scope in one.processes), self.diagram)
        return [node for node in diagram.elements.values() if scope in (node.scope, node.process)]

    def _waits(self, node: Element) -> bool:
        if node.kind == "callActivity":
            called = (node.extensions.called_process or node.called).rpartition(":")[2]
            return called not in self.callable or self.can_wait(called)
        if node.is_scope:
            return self.can_wait(node.id)
        return node.kind in WAITING and not any(event.kind == "link" for event in node.events)

    def event_sub_process(self, node: Element) -> Element | None:
        """The event sub-process this node is drawn directly in."""
        holder = self.diagram.elements.get(node.scope)
        return holder if holder is not None and holder.is_event_sub_process else None


Rule = Callable[[View], Iterator[Problem]]


def thrown_link(node: Element) -> str | None:
    """The name of the link a throw event jumps to; None for everything else."""
    if node.kind == "intermediateThrowEvent" and node.events and node.events[0].kind == "link":
        return node.events[0].name
    return None
