"""Gateways and conditions: which way a token goes must never be a matter of luck."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.model import Element
from engine.diagrams.vetting.view import View
from engine.errors import Problem

MAY_WAIT = ("intermediateCatchEvent", "receiveTask")
CONDITIONS_AT = ("exclusiveGateway", "inclusiveGateway", "complexGateway")


def ambiguous(view: View) -> Iterator[Problem]:
    """Every flow out of an exclusive or inclusive gateway has a condition, or is the default."""
    for node in view.elements:
        if node.kind not in ("exclusiveGateway", "inclusiveGateway") or len(node.outgoing) < 2:
            continue
        flows = [view.diagram.flows[id] for id in node.outgoing]
        bare = [flow for flow in flows if flow.condition is None and flow.id != node.default]
        for flow in bare:
            words = view.diagram.words(flow.id)
            yield Problem(
                flow.id,
                f"Expected a condition on {words}, which leaves {node.words}, but there is "
                "none. "
                "Write one, or mark it as the default flow.",
            )


def wrong_rounds(view: View) -> Iterator[Problem]:
    """A complex gateway says when it goes on, and of every way out when it is taken: it chooses twice."""
    for node in view.elements:
        if node.kind != "complexGateway":
            continue
        if not node.text:
            yield Problem(
                node.id,
                f"Expected {node.words} to say when it goes on, but it does not. Write an activation "
                "condition: `=activationCount >= 2` waits for two tokens.",
            )
        for id in node.outgoing:
            if view.diagram.flows[id].condition is None and id != node.default:
                yield Problem(
                    id,
                    f"Expected a condition on {view.diagram.words(id)}, which leaves {node.words}, but there "
                    "is none. It chooses when it goes on, and once more when the rest has come: write "
                    "`=waitingForStart` for the first, `=not(waitingForStart)` for the second.",
                )


def misplaced_conditions(view: View) -> Iterator[Problem]:
    """A condition stands only where it is looked at."""
    for node in view.elements:
        if node.is_activity or node.kind in CONDITIONS_AT:
            continue
        for id in node.outgoing:
            if view.diagram.flows[id].condition is not None:
                words = view.diagram.words(id)
                yield Problem(
                    id,
                    f"Expected no condition on {words}, because {node.words} does not look at it. "
                    "Draw an exclusive or inclusive gateway, and put it there.",
                )


def event_gateways(view: View) -> Iterator[Problem]:
    """An event-based gateway leads to two or more events that wait, and to nothing else."""
    for node in view.elements:
        if node.kind != "eventBasedGateway":
            continue
        if node.attributes.get("instantiate") in ("true", "1"):
            yield Problem(
                node.id, f"Expected {node.words} not to start the process. Draw a start event for each event."
            )
        if node.attributes.get("eventGatewayType") == "Parallel":
            yield Problem(
                node.id,
                f"Expected {node.words} to go on with the first event, but it asks for all of them. Draw a "
                "parallel gateway, and another that joins them.",
            )
        if len(node.outgoing) < 2:
            yield Problem(node.id, f"Expected {node.words} to lead to two events or more, but it does not.")
        for id in node.outgoing:
            target = view.diagram.elements.get(view.diagram.flows[id].target)
            if target is not None and not _waits(target):
                yield Problem(
                    target.id,
                    f"Expected {node.words} to lead only to events that wait and receive tasks, each "
                    f"once, but it leads to {target.words}. Draw an event between them.",
                )


def _waits(node: Element) -> bool:
    links = any(event.kind == "link" for event in node.events)
    return node.kind in MAY_WAIT and node.loop is None and not links


def pointless(view: View) -> Iterator[Problem]:
    """A gateway leads somewhere."""
    for node in view.elements:
        if node.is_gateway and not node.outgoing:
            yield Problem(
                node.id, f"Expected a flow out of {node.words}, but there is none. Draw where it leads."
            )
