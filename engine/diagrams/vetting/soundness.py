"""Can every step be reached, can every path end, and does nothing wait for what cannot come?

Each rule is linear in the size of the diagram, or stops at a fixed amount of work. Each refuses only what is
certain: a fault that depends on the answers people give is left to run.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import graph
from engine.diagrams.model import Element
from engine.diagrams.vetting.family import called_process, stops
from engine.diagrams.vetting.view import View
from engine.errors import Problem

JOINS = ("parallelGateway", "inclusiveGateway", "complexGateway")


def starts(view: View, scope: str) -> list[Element]:
    """Where tokens begin in a scope: start events, or whatever no flow leads to when there are none."""
    nodes = view.scopes.get(scope, [])
    events = [node for node in nodes if node.kind == "startEvent"]
    instantiating = [
        node for node in nodes if node.attributes.get("instantiate") == "true" and not node.incoming
    ]
    return (
        events + instantiating if events or instantiating else [node for node in nodes if is_free(view, node)]
    )


def is_free(view: View, node: Element) -> bool:
    """Whether nothing leads here, and nothing needs to."""
    if node.incoming or node.kind == "boundaryEvent" or node.is_event_sub_process or is_undo(view, node):
        return False
    return not any(event.kind == "link" for event in node.events) or node.kind == "intermediateThrowEvent"


def is_undo(view: View, node: Element) -> bool:
    if node.is_compensation:
        return True
    joined = (view.diagram.elements.get(id) for id in view.associations.get(node.id, ()))
    return not node.incoming and any(
        other is not None
        and other.kind == "boundaryEvent"
        and any(e.kind == "compensation" for e in other.events)
        for other in joined
    )


def nowhere_to_start(view: View) -> Iterator[Problem]:
    """A process or sub-process has a place to start."""
    for scope, nodes in view.scopes.items():
        words = view.diagram.words(scope)
        holder = view.diagram.around(scope)
        if holder is not None and holder.is_event_sub_process:
            continue
        if not nodes:
            yield Problem(scope, f"Expected something to do in {words}, but it is empty. Draw a start event.")
        elif not starts(view, scope):
            yield Problem(
                scope,
                f"Expected a place to start in {words}, but every element waits for another one. "
                "Draw a start event.",
            )


def unreachable(view: View) -> Iterator[Problem]:
    """Every element can be reached."""
    for scope, nodes in view.scopes.items():
        holder = view.diagram.around(scope)
        if holder is not None and holder.kind == "adHocSubProcess":
            continue
        first = starts(view, scope)
        if not first:
            continue
        seen = graph.reachable(view.following, (node.id for node in first))
        for node in nodes:
            if (
                node.id in seen
                or node.is_event_sub_process
                or is_undo(view, node)
                or not _is_first(view, node, seen)
            ):
                continue
            yield Problem(node.id, f"{node.words} can never be reached. Draw a flow to it, or take it out.")


def _is_first(view: View, node: Element, seen: set[str]) -> bool:
    """Name the first unreachable element of a row, not each one after it."""
    before = (view.diagram.flows[id].source for id in node.incoming)
    if node.kind == "boundaryEvent":
        return node.attached_to in seen
    return not any(id not in seen and id in view.following and id != node.id for id in before) or _in_loop(
        view, node
    )


def _in_loop(view: View, node: Element) -> bool:
    """In an unreachable loop each element has one before it: name the one that comes first in the file."""
    return node.id in view.first_in_loop


def never_ending(view: View) -> Iterator[Problem]:
    """A loop has a way out, or something around it that can end it."""
    for loop in view.loops:
        inside = set(loop)
        if any(other not in inside for id in loop for other in view.following[id]):
            continue
        node = min((view.diagram.elements[id] for id in loop), key=lambda element: view.order[element.id])
        if not _can_be_ended(view, node):
            yield Problem(
                node.id, f"{node.words} is part of a loop that can never end. Draw a way out of the loop."
            )


def _can_be_ended(view: View, node: Element) -> bool:
    """Whether a terminate or error end, or an interrupting event, may end what goes on here."""
    scope = node.scope
    while scope:
        if scope in view.ended or any(event.interrupting for event in view.attached.get(scope, ())):
            return True
        holder = view.diagram.around(scope)
        if holder is None:
            return scope in view.family.called
        if holder.kind == "adHocSubProcess" or (
            holder.loop is not None and holder.loop.condition is not None
        ):
            return True  # its completion condition may end what is left
        scope = holder.scope
    return False


def automatic_loops(view: View) -> Iterator[Problem]:
    """A loop waits for something or changes something: otherwise it would go round for ever at once."""
    automatic = {
        id: [other for other in following if not waits(view, view.diagram.elements[other])]
        for id, following in view.following.items()
        if not waits(view, view.diagram.elements[id])
    }
    for loop in graph.loops(automatic):
        nodes = [view.diagram.elements[id] for id in loop]
        if any(_changes_something(node) for node in nodes) or _is_fed_from_outside(view, nodes):
            continue
        node = min(nodes, key=lambda element: view.order[element.id])
        yield Problem(
            node.id,
            f"{node.words} is part of a loop that never waits, so it would go round for "
            "ever at once. "
            "Draw a task, a timer or a message in the loop.",
        )


def waits(view: View, node: Element) -> bool:
    """Whether a token stops here until somebody or something outside moves it."""
    if stops(node):
        return True
    if node.kind == "boundaryEvent":
        return not any(event.kind in ("error", "escalation", "cancel") for event in node.events)
    if node.kind == "callActivity":
        return called_process(node) not in view.callable or view.can_wait(called_process(node))
    return node.is_scope and view.can_wait(node.id)


def _changes_something(node: Element) -> bool:
    writes = node.extensions.outputs or node.extensions.called_decision or node.text
    return bool(writes) or node.kind == "businessRuleTask" or node.loop is not None


def _is_fed_from_outside(view: View, nodes: list[Element]) -> bool:
    """A join in the loop that also waits for a token from elsewhere may hold the loop up."""
    inside = {node.id for node in nodes}
    return any(
        view.diagram.flows[flow].source not in inside
        for node in nodes
        if node.kind in JOINS and len(node.incoming) > 1
        for flow in node.incoming
    )


def endless_calls(view: View) -> Iterator[Problem]:
    """A process does not call itself before anything waits, with the same variables each time."""
    calls: dict[str, list[str]] = {}
    named: dict[str, Element] = {}
    for node in view.family.calls:
        if not node.extensions.inputs and node.process in view.callable:
            calls.setdefault(node.process, []).append(called_process(node))
            named.setdefault(node.process, node)
    for loop in graph.loops(calls):
        own = [id for id in loop if id in view.diagram.processes]
        if own and not any(view.can_wait(id) for id in loop):
            node = named[own[0]]
            yield Problem(
                node.id,
                f"{node.words} makes the process call itself over and over before anything "
                "waits. "
                "Draw a task before the call, or a loop instead.",
            )
