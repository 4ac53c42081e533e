"""What a diagram says in two ways that do not agree: nobody could know which of them is meant.

The executor asks these rules too before anything is published, so that it never takes a side.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import undoing
from engine.diagrams.model import Diagram, Element
from engine.diagrams.vetting.family import Family
from engine.diagrams.vetting.view import Known, Rule, View
from engine.diagrams.vocabulary import unprefixed, words
from engine.errors import Problem

CATCH = ("startEvent", "intermediateCatchEvent", "boundaryEvent")


def in_company(view: View) -> Iterator[Problem]:
    """A link is alone on its event, and so is a compensation that is caught."""
    for node in view.elements:
        kinds = [event.kind for event in node.events] if len(node.events) > 1 else []
        for kind in dict.fromkeys(kinds):
            if _alone(node, kind):
                yield Problem(
                    node.id,
                    f"Expected {node.words} to have its {kind} event alone, but another stands beside it. "
                    "Draw an event for each.",
                )


def _alone(node: Element, kind: str) -> bool:
    """Whether an event of this kind cannot be one of several here."""
    all_at_once = node.attributes.get("parallelMultiple") == "true"
    caught = node.kind in CATCH and (kind == "compensation" or (kind == "cancel" and all_at_once))
    return kind == "link" or caught


def said_twice(view: View) -> Iterator[Problem]:
    """Several instances have a number or a collection, and a call activity calls one process."""
    for node in view.elements:
        loop, called = node.loop, node.extensions.called_process
        if loop is not None and loop.collection and loop.cardinality is not None and loop.cardinality.text:
            yield Problem(
                node.id,
                f"Expected a number or a collection of the instances of {node.words}, but both are named. "
                "Take one of them out.",
            )
        if called and node.called and called not in (node.called, unprefixed(node.called)):
            yield Problem(
                node.id,
                f"Expected {node.words} to call one process, but it names {node.called[:80]} (calledElement) "
                f"and {called[:80]} (zeebe:calledElement). Take one of them out.",
            )


def two_ways(view: View) -> Iterator[Problem]:
    """No flow leads on from where a link, an undoing or a message is to lead on."""
    for node in view.elements:
        kinds = {event.kind for event in node.events}
        if node.outgoing and node.kind == "intermediateThrowEvent" and "link" in kinds:
            yield _wrong(node, "no flow out of", "the link leads on from it. Take one of the two out.")
        if node.incoming and node.kind == "intermediateCatchEvent" and "link" in kinds:
            yield _wrong(node, "no flow into", "the link leads to it. Take one of the two out.")
        if node.outgoing and node.kind == "boundaryEvent" and "compensation" in kinds:
            yield _wrong(node, "no flow out of", "an association leads to what undoes. Draw the flow as one.")
        if node.incoming and node.kind == "receiveTask" and node.attributes.get("instantiate") == "true":
            yield _wrong(node, "no flow into", "its message starts the process (instantiate). Take that out.")


def _wrong(node: Element, expected: str, why: str) -> Problem:
    return Problem(node.id, f"Expected {expected} {node.words}, but there is one: {why}")


def unmarked_handlers(view: View) -> Iterator[Problem]:
    """What undoes an activity is marked as compensating, so that nothing else begins it."""
    for node in view.elements:
        if node.kind == "boundaryEvent" and any(event.kind == "compensation" for event in node.events):
            for handler in undoing.handlers(view.diagram, view.associations, node):
                if not handler.is_compensation:
                    yield Problem(
                        handler.id,
                        f"Expected {handler.words}, which undoes another, to be marked as compensating "
                        "(isForCompensation), but it is not. Mark it.",
                    )


def mixed_kinds(view: View) -> Iterator[Problem]:
    """An event sub-process is neither ad-hoc nor a transaction; an ad-hoc one has neither start nor end."""
    for node in view.elements:
        holder = view.diagram.around(node.scope)
        if node.is_event_sub_process and node.kind != "subProcess":
            yield Problem(
                node.id,
                f"Expected {node.words} to be reached by a flow, but it says that an event starts it. Draw "
                f"an event sub-process, with the {words(node.kind)} in it.",
            )
        ends = node.kind in ("startEvent", "endEvent")
        if ends and holder is not None and holder.kind == "adHocSubProcess":
            yield Problem(
                node.id,
                f"Expected neither start nor end in {holder.words}, where what is drawn has no order, but "
                f"there is {node.words}. Take it out.",
            )


def event_choices(view: View) -> Iterator[Problem]:
    """What an event-based gateway chooses between is reached from there only, and has no event on it."""
    for node in view.elements:
        if node.kind != "eventBasedGateway":
            continue
        targets = [view.diagram.elements.get(view.diagram.flows[id].target) for id in node.outgoing]
        chosen = [target for target in targets if target is not None]
        for target in chosen:
            if len(target.incoming) > 1:
                yield _wrong(
                    target, f"no other flow than that from {node.words} into", "draw the event twice."
                )
            if view.attached.get(target.id):
                yield Problem(
                    target.id,
                    f"Expected no event on {target.words}, which {node.words} chooses, but there is one. "
                    "Draw it as another way out of the gateway.",
                )


RULES: tuple[Rule, ...] = (in_company, said_twice, two_ways, unmarked_handlers, mixed_kinds, event_choices)


def contradictions(diagram: Diagram) -> list[Problem]:
    """Those of one file."""
    view = View(diagram, Known(), Family((diagram,)))
    return [problem for rule in RULES for problem in rule(view)]
