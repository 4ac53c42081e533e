"""Processes that others start by a message: which one is meant, and who answers for the case it runs in."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.beginnings import CASE_CLOSED, OWN_CASE, beginnings
from engine.diagrams.model import Diagram, Element
from engine.diagrams.vetting.family import called_process
from engine.diagrams.vetting.view import View
from engine.errors import Problem


def ambiguous_messages(view: View) -> Iterator[Problem]:
    """A message starts one process: with two, nobody could say which is meant."""
    for (kind, name), start in beginnings(view.diagram):
        first = view.family.begun_by.get(name) if kind == "message" else None
        if first is not None and first != start.process:
            yield Problem(
                start.id,
                f'Expected one process to start with the message "{name[:80]}", but {first} does, too. '
                "Give one of the messages another name.",
            )


def wrong_own_cases(view: View) -> Iterator[Problem]:
    """`handrail:case=new` stands on a start event that others reach, and somebody will lead that case."""
    started = {start.id for _, start in beginnings(view.diagram)}
    for node in view.elements:
        said = node.extensions.properties.get(OWN_CASE, "")
        if not said:
            continue
        if said != "new" or node.id not in started:
            yield Problem(
                node.id,
                f"Expected {OWN_CASE}=new on a message or signal start event of a process only, "
                f"but {node.words} says otherwise.",
            )
        elif not any(_leads(task) for task in _tasks(view, node)):
            yield Problem(
                node.id,
                f"Expected {view.diagram.words(node.process)} to have a task for a role with "
                "handrail:access=case: whoever takes it first leads the case that nobody opened.",
            )


def wrong_closings(view: View) -> Iterator[Problem]:
    """The service itself says that a case is closed; what begins with it belongs to that case."""
    for node in view.elements:
        for event in node.events:
            if event.kind != "signal" or event.name != CASE_CLOSED:
                continue
            if node.kind in ("intermediateThrowEvent", "endEvent"):
                yield Problem(
                    node.id,
                    f'Expected nothing to send the signal "{CASE_CLOSED}", but {node.words} does. The '
                    "service sends it when it closes a case: give yours another name.",
                )
            elif node.extensions.properties.get(OWN_CASE):
                yield Problem(
                    node.id,
                    f"Expected {node.words} to begin in the case that is closed, but it says {OWN_CASE}. "
                    "Take that out.",
                )


def _leads(task: Element) -> bool:
    return bool(task.extensions.role) and task.extensions.properties.get("handrail:access") == "case"


def _tasks(view: View, start: Element) -> Iterator[Element]:
    """Every element of a process and of those it calls."""
    seen, todo = set[str](), [start.process]
    homes: dict[str, Diagram] = {id: each for each in view.family.diagrams for id in each.processes}
    while todo:
        process = todo.pop()
        if process in seen or process not in homes:
            continue
        seen.add(process)
        for element in homes[process].elements.values():
            if element.process == process:
                yield element
                if element.kind == "callActivity":
                    todo.append(called_process(element))
