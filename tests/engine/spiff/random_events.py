"""Random events: what is waited for, and what is thrown.

So that nothing goes round for ever by itself: what is thrown inside a process (s1, m3, k1) never reaches a
listener that stays.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

from .oracle_values import ACTIVITIES, Event, Node, Scope, Test

MESSAGES = ("m0", "m1", "m2", "m3")
KEYED = ("k0", "k1")
SIGNALS = ("s0", "s1")
THROWN_INSIDE = ("m3", "k1", "s1")
ERRORS = ("e0", "e1")
ESCALATIONS = ("x0", "x1")


class RandomEvents:
    random: Random

    if TYPE_CHECKING:

        def id(self, kind: str) -> str: ...
        def maybe(self, chance: float) -> bool: ...
        def draw(self, depth: int, *args: Any, **kwargs: Any) -> Scope: ...

    # What is waited for

    def message(self, name: str = "") -> Event:
        name = name or self.random.choice((*MESSAGES, *KEYED))
        return Event("message", name, keyed=name in KEYED)

    def waits_for(self, kinds: tuple[str, ...], *, stays: bool = False) -> Event:
        kind = self.random.choice(kinds)
        if kind == "message":
            return self.message(self.random.choice(("m0", "m1", "m2", "k0")) if stays else "")
        if kind == "signal":
            return Event("signal", "s0" if stays else self.random.choice(SIGNALS))
        if kind == "timer":
            return self.timer(stays)
        if kind == "condition":
            low = self.maybe(0.3)
            test = Test(below=self.random.randint(1, 3)) if low else Test(above=self.random.randint(5, 8))
            return Event("condition", test=test)
        return Event(kind)

    def timer(self, stays: bool) -> Event:
        form = self.random.choice(("duration", "duration", "date", "cycle" if stays else "duration"))
        times = self.random.randint(1, 3) if form == "cycle" else 1
        return Event("timer", form=form, hours=self.random.randint(1, 30), times=times)

    def several(self, node: Node, *, stays: bool = False, names: list[str] | None = None) -> None:
        """One definition, or any of several, or all of several."""
        kinds = ("message", "timer", "signal", "condition")
        if self.maybe(0.8):
            node.events = (self.waits_for(kinds, stays=stays),)
        else:
            chosen = self.random.sample(kinds, self.random.choice((2, 2, 3)))
            events = (self.waits_for((kind,), stays=stays) for kind in chosen)
            node.events = tuple(self.once(event) for event in events)
            node.parallel = self.maybe(0.5)
        if names is not None:
            node.events = tuple(
                self.message(names.pop()) if event.kind == "message" else event for event in node.events
            )

    def once(self, event: Event) -> Event:
        """Among several definitions nothing repeats."""
        if event.form == "cycle":
            return Event("timer", hours=event.hours)
        return event

    def boundary(self, names: list[str]) -> Node:
        """`names`: messages that no other event of the activity waits for."""
        node = Node(self.id("on"), "on", interrupting=self.maybe(0.5))
        self.several(node, stays=not node.interrupting, names=names)
        return node

    def catcher(self, kind: str) -> Node:
        """A boundary event for an error or escalation."""
        interrupting = kind == "error" or self.maybe(0.5)
        return Node(self.id("on"), "on", events=(self.caught(kind),), interrupting=interrupting)

    def caught(self, kind: str) -> Event:
        return Event(kind, self.random.choice(("", *(ERRORS if kind == "error" else ESCALATIONS))))

    def handler(self, depth: int, catches: frozenset[str], quiet: bool) -> Node:
        """An event sub-process."""
        node = Node(self.id("on"), "on", interrupting=self.maybe(0.5))
        kind = self.random.choice(("any", "any", "any", "error", "escalation"))
        if kind == "any":
            self.several(node, stays=not node.interrupting)
        else:
            node.events = (self.caught(kind),)
            node.interrupting = node.interrupting or kind == "error"
        # A transaction is cancelled by its own end events, not by those of an event sub-process.
        node.inner = self.draw(depth - 1, catches - {"cancel"}, handles=kind, quiet=quiet)
        return node

    # What is thrown

    def thrown(self, kind: str) -> Event:
        if kind == "message":
            return self.message(self.random.choice(("m3", "k1")))
        name = {"signal": ("s1",), "error": ERRORS, "escalation": ESCALATIONS}.get(kind, ("",))
        return Event(kind, self.random.choice(name))

    def compensating(self, scope: Scope) -> Event:
        """Of everything, or of one activity beside it."""
        beside = [node.id for node in scope.nodes.values() if node.kind in ACTIVITIES]
        chosen = self.random.choice(beside) if beside and self.maybe(0.3) else ""
        return Event("compensation", activity=chosen)
