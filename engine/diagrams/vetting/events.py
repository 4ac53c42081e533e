"""Events: what may stand where, and that each says what it waits for or throws."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.model import Element, EventDefinition
from engine.diagrams.support import EVENTS, POSITIONS, RUN
from engine.diagrams.vetting import times
from engine.diagrams.vetting.view import View, thrown_link
from engine.diagrams.vocabulary import EVENTS as EVENT_TAGS
from engine.errors import Problem

NEEDS_CODE = ("error", "escalation")
ALWAYS_INTERRUPTS = ("error", "cancel")


def position(view: View, node: Element) -> str:
    """A key of `support.POSITIONS`."""
    if node.kind == "startEvent":
        return "event start" if view.event_sub_process(node) else "start"
    places = {"endEvent": "end", "boundaryEvent": "boundary", "intermediateThrowEvent": "throw"}
    return places.get(node.kind, "catch")


def out_of_place(view: View) -> Iterator[Problem]:
    """Each event is of a kind that BPMN allows where it stands."""
    for node in view.elements:
        if node.kind not in EVENT_TAGS:
            continue
        place = position(view, node)
        for kind in [event.kind for event in node.events] or [""]:
            status = EVENTS[place].get(kind)
            what = f"a {kind} event" if kind else "an event without a kind"
            if status is None:
                allowed = ", ".join(word or "plain" for word in EVENTS[place])
                yield Problem(
                    node.id,
                    f"{node.words} is {what}, which BPMN does not allow as {POSITIONS[place]}. "
                    f"Choose one of: {allowed}.",
                )
            elif status != RUN:
                yield Problem(
                    node.id, f"{node.words} is {what}, which does not run yet as {POSITIONS[place]}."
                )


def without_content(view: View) -> Iterator[Problem]:
    """Each event says what it waits for or throws."""
    for node in view.elements:
        if (
            node.kind in ("sendTask", "receiveTask")
            and not _is(node, "message")
            and not node.extensions.operation
        ):
            yield Problem(node.id, f"Expected {node.words} to name its message, but it names none.")
        for event in node.events:
            if missing := _missing(node, event):
                yield Problem(node.id, f"Expected {node.words} to {missing}")


def _missing(node: Element, event: EventDefinition) -> str:
    """How the sentence "Expected this event to …" ends; "" when nothing is missing."""
    if event.kind in ("message", "signal"):
        if not event.reference:
            return f"name its {event.kind}, but it names none."
        if not event.name:
            return f"name a {event.kind} of this file that has a name, but {event.reference} is none."
    if event.kind == "timer" and not (event.expression and event.expression.text):
        return "say when, but its timer is empty. Give it a date, a duration or a repetition."
    if event.kind == "conditional" and not (event.expression and event.expression.text):
        return "say what it waits for, but its condition is empty. Write FEEL, starting with `=`."
    if event.kind == "link" and not event.name:
        return "name its link, but it names none."
    if event.kind in NEEDS_CODE:
        return _missing_code(node, event)
    return ""


def _missing_code(node: Element, event: EventDefinition) -> str:
    """Catching without a code catches all; throwing needs one."""
    if event.kind == "error" and not event.reference and node.kind == "endEvent":
        return "name the error it throws, but it names none."
    if event.reference and not event.resolved:
        return f"name an {event.kind} of this file, but {event.reference} is none."
    return ""


def wrong_links(view: View) -> Iterator[Problem]:
    """Each link leads to exactly one place, and each such place is led to."""
    thrown = {(node.scope, thrown_link(node)) for node in view.elements if thrown_link(node)}
    for node in view.elements:
        name = thrown_link(node)
        if name and not view.link_targets.get((node.scope, name)):
            yield Problem(
                node.id, f'Expected a link event "{name}" that {node.words} can jump to, but there is none.'
            )
    for (scope, name), targets in view.link_targets.items():
        if len(targets) > 1:
            words = " and ".join(view.diagram.words(target) for target in targets[:3])
            yield Problem(
                targets[1], f'Expected one place to jump to by the link "{name}", but {words} both take it.'
            )
        if name and (scope, name) not in thrown:
            words = view.diagram.words(targets[0])
            yield Problem(
                targets[0], f'Expected a link event that jumps to {words}, but nothing throws "{name}".'
            )


def wrong_flows(view: View) -> Iterator[Problem]:
    """Nothing leads into a start or a boundary event; nothing leaves an end."""
    for node in view.elements:
        if node.kind in ("startEvent", "boundaryEvent") and node.incoming:
            yield Problem(
                node.id, f"Expected no flow into {node.words}, but there is one. Lead it to what follows."
            )
        if node.kind == "endEvent" and node.outgoing:
            yield Problem(
                node.id,
                f"Expected no flow out of {node.words}, but there is one. Draw an intermediate event.",
            )
        if node.kind == "boundaryEvent" and not node.outgoing and not _is(node, "compensation"):
            yield Problem(
                node.id, f"Expected a flow out of {node.words}, but there is none. Draw what happens then."
            )


def twice_the_same(view: View) -> Iterator[Problem]:
    """No two events on one activity wait for the same: which would take it has no agreed meaning."""
    for host, events in view.attached.items():
        yield from _twice(view, events, f"on {view.diagram.words(host)}")
    for nodes in view.scopes.values():
        starts = [node for node in nodes if node.kind == "startEvent" and not view.event_sub_process(node)]
        yield from _twice(view, starts, "as starts of one process")


def _twice(view: View, events: list[Element], where: str) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Element] = {}
    for node in events:
        for event in node.events:
            key = (event.kind, _awaited(view, event))
            if event.kind not in ("message", "error", "escalation"):
                continue
            if key in seen and seen[key].id != node.id:
                whichever = event.kind != "message" and not key[1]
                why = f": without a code each catches any {event.kind}" if whichever else ""
                yield Problem(
                    node.id,
                    f"Expected each {event.kind} once {where}, but {seen[key].words} and {node.words} "
                    f"wait for the same{why}.",
                )
            seen.setdefault(key, node)


def _awaited(view: View, event: EventDefinition) -> str:
    """The message's name, or the code that is caught; "" for any code."""
    named = view.diagram.named.get(event.reference)
    if event.kind == "message" or named is None:
        return event.name or event.reference
    return named.code


def wrong_interruption(view: View) -> Iterator[Problem]:
    """Errors and cancels interrupt, and cancels belong to transactions."""
    for node in view.elements:
        if not node.interrupting:
            for event in node.events:
                if event.kind in ALWAYS_INTERRUPTS:
                    yield Problem(
                        node.id, f"Expected {node.words} to interrupt, but it is drawn as not interrupting."
                    )
        holder = view.diagram.elements.get(node.attached_to)
        inside = view.diagram.around(node.scope)
        if (
            _is(node, "cancel")
            and node.kind == "boundaryEvent"
            and (holder is None or holder.kind != "transaction")
        ):
            yield Problem(node.id, f"Expected {node.words} on a transaction, but it is not.")
        if (
            _is(node, "cancel")
            and node.kind == "endEvent"
            and (inside is None or inside.kind != "transaction")
        ):
            yield Problem(
                node.id, f"Expected {node.words} inside a transaction, but it is not. Draw an error end."
            )


def endless_cycles(view: View) -> Iterator[Problem]:
    """A timer that interrupts, or is passed, goes off once: it may not say that it repeats for ever."""
    for node in view.elements:
        repeats = (node.kind == "boundaryEvent" and not node.interrupting) or node.kind == "startEvent"
        for event in node.events:
            if (
                event.timer == "timeCycle"
                and event.expression
                and times.is_endless(event.expression.text)
                and not repeats
            ):
                yield Problem(
                    node.id,
                    f"Expected a duration or a date in {node.words}, which can go off only once, "
                    "but it "
                    "repeats for ever. Draw it as not interrupting, or give a duration.",
                )


def partial_starts(view: View) -> Iterator[Problem]:
    """A process starts at one event: nobody could hold the first of several until the others happen."""
    for node in view.elements:
        at_once = node.attributes.get("parallelMultiple") in ("true", "1") and len(node.events) > 1
        outermost = view.diagram.around(node.scope) is None
        if node.kind == "startEvent" and at_once and outermost:
            yield Problem(
                node.id,
                f"Expected one event to be enough for {node.words}, but it asks for all of them. Start with "
                "one, and wait for the others after it.",
            )


def wrong_starts(view: View) -> Iterator[Problem]:
    """Sub-processes start at one plain start event; event sub-processes at one that says which event."""
    for scope, nodes in view.scopes.items():
        holder = view.diagram.around(scope)
        starts = [node for node in nodes if node.kind == "startEvent"]
        plain = [start for start in starts if not start.events]
        if len(plain) > 1:
            words = view.diagram.words(scope)
            yield Problem(
                plain[1].id,
                f"Expected one plain start event in {words}, but {plain[1].words} is another. "
                "Draw one, and a gateway after it.",
            )
        if holder is None:
            continue
        if holder.is_event_sub_process:
            yield from _event_sub_process(holder, starts)
        else:
            for start in starts:
                if start.events:
                    yield Problem(
                        start.id,
                        f"Expected {start.words} in {holder.words} to be plain, but it waits for an "
                        "event. Draw the event before it, or make it an event sub-process.",
                    )


def _event_sub_process(holder: Element, starts: list[Element]) -> Iterator[Problem]:
    if len(starts) != 1:
        yield Problem(holder.id, f"Expected one start event in {holder.words}, but there are {len(starts)}.")
    elif not starts[0].events:
        yield Problem(starts[0].id, f"Expected {starts[0].words} to say which event starts {holder.words}.")
    if holder.incoming or holder.outgoing:
        yield Problem(
            holder.id, f"Expected no flows at {holder.words}, but there are: its own event starts it."
        )


def _is(node: Element, kind: str) -> bool:
    return any(event.kind == kind for event in node.events)
