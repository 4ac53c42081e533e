"""The files that are checked together, and what can only be said of all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.diagrams.beginnings import beginnings, begins
from engine.diagrams.model import Diagram, Element, Process

WAITING = (
    "userTask",
    "manualTask",
    "receiveTask",
    "serviceTask",
    "intermediateCatchEvent",
    "eventBasedGateway",
)


@dataclass(frozen=True)
class Family:
    diagrams: tuple[Diagram, ...]

    @cached_property
    def processes(self) -> dict[str, Process]:
        return {process.id: process for diagram in self.diagrams for process in diagram.processes.values()}

    @cached_property
    def calls(self) -> list[Element]:
        """Every call activity."""
        return [node for diagram in self.diagrams for node in diagram.of_kind("callActivity")]

    @cached_property
    def called(self) -> set[str]:
        return {called_process(node) for node in self.calls}

    @cached_property
    def begun_by(self) -> dict[str, str]:
        """Message → the first process that it starts."""
        found: dict[str, str] = {}
        for diagram in self.diagrams:
            for (kind, name), start in beginnings(diagram):
                if kind == "message":
                    found.setdefault(name, start.process)
        return found

    @cached_property
    def never_called(self) -> set[str]:
        """Processes that begin with an event only."""
        triggered: set[str] = set()
        plain: set[str] = set()
        for diagram in self.diagrams:
            for element in diagram.of_kind("startEvent", "receiveTask"):
                if element.scope in diagram.processes and begins(element):
                    (triggered if element.events else plain).add(element.scope)
        return triggered - plain

    def has(self, element: str) -> bool:
        return any(element in diagram.elements for diagram in self.diagrams)

    @cached_property
    def waiting(self) -> set[str]:
        """Processes and sub-processes in which something may wait; what they call is looked into."""
        found: set[str] = set()
        followers: dict[str, list[str]] = {}  # scope → the scopes that wait when it does
        todo: list[str] = []
        for diagram in self.diagrams:
            for node in diagram.elements.values():
                called = called_process(node) if node.kind == "callActivity" else ""
                if node.is_scope or called in self.processes:
                    followers.setdefault(called or node.id, []).append(node.scope)
                elif called or stops(node):
                    todo.append(node.scope)
        while todo:
            scope = todo.pop()
            if scope not in found:
                found.add(scope)
                todo += followers.get(scope, ())
        return found


def called_process(node: Element) -> str:
    """The id of the process a call activity calls; only `calledElement` may have a namespace prefix."""
    called = node.extensions.called_process
    if called or node.called[:1] in ("=", "$", "#"):
        return called or node.called
    return node.called.rpartition(":")[2]


def stops(node: Element) -> bool:
    """Whether a token stops at this kind of element until somebody or something outside moves it."""
    return node.kind in WAITING and not any(event.kind == "link" for event in node.events)
