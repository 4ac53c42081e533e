"""What begins a process from outside: the messages and signals of its start events."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.model import Diagram, Element

OWN_CASE = "handrail:case"  # property of a start event; "new": in a case of its own
SUBJECTS = "handrail:subjects"  # property of a process: whether a case opened with it must name somebody
OPTIONAL = "optional"  # its only value: the case may be about nobody in particular
CASE_CLOSED = "case_closed"  # the signal that the service itself raises in a case when it closes it


def beginnings(diagram: Diagram) -> Iterator[tuple[tuple[str, str], Element]]:
    """(kind, name of the message or signal) → the start event, for every process that runs."""
    for element in diagram.of_kind("startEvent", "receiveTask"):
        if element.scope in diagram.processes and diagram.processes[element.scope].executable:
            for event in element.events if begins(element) else ():
                if event.kind in ("message", "signal") and event.name:
                    yield (event.kind, event.name), element


def begins(element: Element) -> bool:
    """Whether a process may begin with it."""
    return element.kind == "startEvent" or element.attributes.get("instantiate") in ("true", "1")
