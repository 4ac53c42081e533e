"""What every rule is given: one diagram among the files checked together, and what the service knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.diagrams import graph, undoing
from engine.diagrams.model import Diagram, Element, Process
from engine.diagrams.vetting.family import Family
from engine.errors import Problem
from feel.types import Type

HOST_FUNCTIONS = ("deadline",)


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
    answers: Mapping[str, Mapping[str, Type]] | None = None  # form → answer → the texts it may be
    pausing: Collection[str] | None = None  # clocks that may stand still


@dataclass(frozen=True)
class View:
    diagram: Diagram
    known: Known
    family: Family = field(repr=False)

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
            found[node.id] += self.link_targets.get((node.scope, thrown_link(node)), [])[:1]
        return found

    @cached_property
    def link_targets(self) -> dict[tuple[str, str | None], list[str]]:
        found: dict[tuple[str, str | None], list[str]] = {}
        for node in self.elements:
            if node.kind == "intermediateCatchEvent" and node.events and node.events[0].kind == "link":
                found.setdefault((node.scope, node.events[0].name), []).append(node.id)
        return found

    @cached_property
    def associations(self) -> undoing.Joined:
        """Id → what an association joins it to, either way round."""
        return undoing.joined(self.diagram)

    @cached_property
    def order(self) -> dict[str, int]:
        """Node → its place in the file."""
        return {node.id: number for number, node in enumerate(self.elements)}

    @cached_property
    def loops(self) -> list[list[str]]:
        """The ways round in the flow graph, each as the nodes on it."""
        return graph.loops(self.following)

    @cached_property
    def first_in_loop(self) -> set[str]:
        """Of each way round, the node that comes first in the file."""
        return {min(loop, key=self.order.__getitem__) for loop in self.loops}

    @cached_property
    def ended(self) -> set[str]:
        """The scopes in which something can end everything else."""
        return {node.scope for node in self.elements if self._ends_all(node)}

    def _ends_all(self, node: Element) -> bool:
        if node.kind == "endEvent":
            return any(event.kind in ("terminate", "error", "cancel") for event in node.events)
        if node.is_event_sub_process:
            inside = self.scopes.get(node.id, ())
            return any(start.kind == "startEvent" and start.interrupting for start in inside)
        return node.kind == "callActivity"  # what it calls may end in an error

    def can_wait(self, scope: str) -> bool:
        """Whether anything in a process (of any file) or sub-process may wait."""
        return scope in self.family.waiting

    @property
    def callable(self) -> dict[str, Process]:
        return self.family.processes

    def event_sub_process(self, node: Element) -> Element | None:
        """The event sub-process this node is drawn directly in."""
        holder = self.diagram.around(node.scope)
        return holder if holder is not None and holder.is_event_sub_process else None


Rule = Callable[[View], Iterator[Problem]]


def thrown_link(node: Element) -> str | None:
    """The name of the link a throw event jumps to; None for everything else."""
    if node.kind == "intermediateThrowEvent" and node.events and node.events[0].kind == "link":
        return node.events[0].name
    return None
