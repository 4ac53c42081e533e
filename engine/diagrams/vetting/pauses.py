"""`deadline(name, from, pauses)` only where a rule lets the clock stand still."""

from __future__ import annotations

from collections.abc import Iterator

import feel
from engine.diagrams.vetting import expressions
from engine.diagrams.vetting.view import View
from engine.errors import Problem
from feel.syntax import Call, Literal, Name, Node, children

_PAUSES = 3
"""The place of the pauses among the arguments."""


def wrong_pauses(view: View) -> Iterator[Problem]:
    """A clock that never stands still is given no pauses."""
    pausing = view.known.pausing
    if pausing is None:
        return
    for place in expressions.places(view):
        for name in _paused(place.expression.feel or ""):
            if name not in pausing:
                words = view.diagram.words(place.owner)
                yield Problem(
                    place.owner,
                    f'Expected no pauses, because no rule lets the clock "{expressions.shown(name)}" stand '
                    f"still, but {words} gives it some.",
                )


def _paused(text: str) -> Iterator[str]:
    """The clocks that an expression gives pauses, where it names them."""
    if "deadline" not in text or len(text) > expressions.MAX_LENGTH:
        return
    try:
        waiting: list[Node] = [feel.parse(text).node]
    except feel.FeelError:
        return  # another rule says why
    while waiting:
        node = waiting.pop()
        waiting += children(node)
        if isinstance(node, Call) and isinstance(node.function, Name) and node.function.name == "deadline":
            first = node.arguments[0] if len(node.arguments) >= _PAUSES else None
            if isinstance(first, Literal) and isinstance(first.value, str):
                yield first.value
