"""What a diagram says in two ways that do not agree: nobody could know which of them is meant."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.model import Element
from engine.diagrams.vetting.view import View
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
