"""Tasks and sub-processes: loops, several instances, quantities, compensation, what a task needs to work."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.diagrams import undoing
from engine.diagrams.model import Element, Loop
from engine.diagrams.vetting.view import View
from engine.errors import Problem

WORKING = ("serviceTask", "businessRuleTask", "sendTask")
MAX_INSTANCES = 1_000
MAX_ROUNDS = 100_000
MAX_DEPTH = 60
MAX_QUANTITY = 1_000


def without_work(view: View) -> Iterator[Problem]:
    """Service tasks name their operation, business rule tasks an operation or a decision and its variable."""
    for node in view.elements:
        wrong = _without_work(node) if node.kind in WORKING else ""
        if wrong:
            yield Problem(node.id, f"Expected {node.words} to name {wrong}")


def _without_work(node: Element) -> str:
    said = node.extensions
    if node.kind == "sendTask":
        both = said.operation and node.events
        return "its message or an operation, but it names both. Take one away." if both else ""
    if node.kind == "serviceTask" or not said.called_decision:
        missing = "its operation (task type), but it names none. If nothing is to be done, draw a plain task."
        return "" if said.operation else missing
    if said.operation:
        return "a decision or an operation, but it names both. Take one away."
    if not said.result.isidentifier():
        return "the variable that the decision goes to (result variable), but that is not the name of one."
    return ""


def wrong_loops(view: View) -> Iterator[Problem]:
    """A loop says when it ends, several instances how many they are, within bounds."""
    for node in view.elements:
        if node.loop is None:
            continue
        wrong = _standard(node.loop) if node.loop.kind == "standard" else _several(node.loop)
        if node.is_event_sub_process:
            wrong = (
                "be done once for each of its events, but it repeats. Draw a sub-process that repeats in it."
            )
        if wrong:
            yield Problem(node.id, f"Expected {node.words} to {wrong}")


def _standard(loop: Loop) -> str:
    maximum = loop.attributes.get("loopMaximum")
    if maximum is not None and not _between(maximum, 1, MAX_ROUNDS):
        return f"loop between once and {MAX_ROUNDS:,} times, but it says {maximum[:20]}."
    if maximum is None and loop.condition is None:
        return "say when its loop ends, but it has neither a condition nor a largest number of rounds."
    return ""


def _several(loop: Loop) -> str:
    cardinality = loop.cardinality.text if loop.cardinality else ""
    if not cardinality and not loop.collection:
        return "say how many instances: an input collection or a number. It says neither."
    fixed = cardinality.removeprefix("=").strip()
    number = re.fullmatch(r"-?[0-9]+", fixed)
    if number and not _between(fixed, 0, MAX_INSTANCES):
        return f"have at most {MAX_INSTANCES:,} instances, but it says {fixed[:20]}."
    if cardinality and not cardinality.startswith("=") and not number:
        return "say how many instances as a number or as FEEL that starts with `=`. It says something else."
    return ""


THROWN = ("signal", "escalation", "message")


def wrong_behavior(view: View) -> Iterator[Problem]:
    """Instances that throw an event name it: a signal, an escalation or a message."""
    for node in view.elements:
        behavior = node.loop.attributes.get("behavior", "All") if node.loop else "All"
        if node.loop is None or behavior == "All":
            continue
        thrown = [event for _, event in node.loop.throws]
        if not thrown or any(event.kind not in THROWN or not event.name for event in thrown):
            yield Problem(
                node.id,
                f"Expected {node.words} to name the event that its instances throw (behavior "
                f"{behavior[:20]}): a signal, an escalation or a message of this file that has a name.",
            )
        elif behavior == "Complex" and not all(
            condition and condition.text for condition, _ in node.loop.throws
        ):
            yield Problem(node.id, f"Expected {node.words} to say when its instances throw each event.")


AT_ONCE = (
    "task",
    "userTask",
    "manualTask",
    "serviceTask",
    "sendTask",
    "businessRuleTask",
)


def wrong_order(view: View) -> Iterator[Problem]:
    """What is offered one at a time (a sequential ad-hoc sub-process) is done in one go."""
    for node in view.elements:
        holder = view.diagram.around(node.scope)
        if holder is None or holder.attributes.get("ordering") != "Sequential":
            continue
        waits = node.kind in ("intermediateCatchEvent", "eventBasedGateway") and not _is_link(node)
        if waits or (node.is_activity and (node.kind not in AT_ONCE or node.loop)):
            yield Problem(
                node.id,
                f"Expected only single tasks in {holder.words}, which does one thing at a time, but "
                f"{node.words} is more. Draw it as parallel, or put the tasks there themselves.",
            )


def _is_link(node: Element) -> bool:
    return any(event.kind == "link" for event in node.events)


def wrong_quantities(view: View) -> Iterator[Problem]:
    """Token quantities are numbers above nothing, within bounds."""
    for node in view.elements:
        for name in ("startQuantity", "completionQuantity"):
            value = node.attributes.get(name)
            if value is not None and not _between(value, 1, MAX_QUANTITY):
                yield Problem(
                    node.id, f"Expected {name} of {node.words} between 1 and {MAX_QUANTITY:,}, but it is not."
                )


def too_deep(view: View) -> Iterator[Problem]:
    """Sub-processes lie inside each other only so deep."""
    depths: dict[str, int] = {}
    for node in view.elements:
        if node.is_scope:
            depths[node.id] = depths.get(node.scope, 0) + 1
            if depths[node.id] == MAX_DEPTH + 1:
                yield Problem(
                    node.id,
                    f"Expected at most {MAX_DEPTH} sub-processes inside each other, but "
                    f"{node.words} "
                    "lies deeper. Draw a call activity.",
                )


def compensation(view: View) -> Iterator[Problem]:
    """Only an activity can be undone, and what undoes it stands outside the flow."""
    for node in view.elements:
        if node.is_compensation and (node.incoming or node.outgoing):
            yield Problem(
                node.id,
                f"Expected no flows at {node.words}, which undoes another, but there are. "
                "Join it by an association from the compensation event.",
            )
        for event in node.events:
            if event.kind == "compensation" and node.kind == "boundaryEvent":
                yield from _wrong_handler(view, node)
            elif event.kind == "compensation" and event.reference:
                yield from _wrong_target(view, node, event.reference)


def _wrong_handler(view: View, event: Element) -> Iterator[Problem]:
    found = undoing.handlers(view.diagram, view.associations, event)
    if not found:
        yield Problem(
            event.id,
            f"Expected an association from {event.words} to the activity beside it that undoes it, "
            "but there is none.",
        )
    elif len(found) > 1:
        yield Problem(
            event.id,
            f"Expected {event.words} to be joined to one activity that undoes it, but {found[0].words} and "
            f"{found[1].words} are. Draw one sub-process with both in it.",
        )


def _wrong_target(view: View, node: Element, reference: str) -> Iterator[Problem]:
    """What is undone lies beside what asks for it, or beside the sub-process around that."""
    target = view.diagram.elements.get(reference)
    holder = view.diagram.around(node.scope)
    if target is None or not target.is_activity:
        yield Problem(node.id, f"Expected {node.words} to name an activity to undo, but it does not.")
    elif target.scope not in (node.scope, holder.scope if holder else node.scope):
        yield Problem(
            node.id,
            f"Expected {node.words} to undo an activity on its own level, but {target.words} is on another. "
            "Name the sub-process that is on this level.",
        )


def other_undoing(view: View) -> Iterator[Problem]:
    """What undoes is waited for, and transactions are undone by what compensates their activities."""
    for node in view.elements:
        method = node.attributes.get("method", "").strip()
        if node.kind == "transaction" and method.lower().strip("#") not in ("", "compensate"):
            yield Problem(
                node.id,
                f"Expected {node.words} to be undone by what compensates its activities, but its method is "
                f"{method[:40]}. Take the method out.",
            )
        throws = node.kind in ("intermediateThrowEvent", "endEvent")
        for event in node.events if throws else ():
            if event.attributes.get("waitForCompletion") in ("false", "0"):
                yield Problem(
                    node.id,
                    f"Expected {node.words} to wait until all is undone, but it says that it does not. Draw "
                    "a parallel gateway before it, for what is to go on meanwhile.",
                )


def _between(text: str, least: int, most: int) -> bool:
    digits = text.strip()
    return re.fullmatch(r"[0-9]{1,9}", digits) is not None and least <= int(digits) <= most
