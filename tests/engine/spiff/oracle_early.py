"""The oracle among others: a message that nobody waits for is kept for whoever waits for it next."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from .oracle import Oracle, Wait
from .oracle_values import Event, Scope

DAYS = 28  # that a message is kept


@dataclass(frozen=True)
class Message:
    name: str
    n: int | None
    key: int | None
    until: int


class Keeping(Oracle):
    """Its clock counts hours. `early`: what came before it began, oldest first."""

    def __init__(self, scope: Scope, n: int, early: list[Message]) -> None:
        self.kept = list(early)
        self.asking: list[Wait] = []  # those who have not looked yet at what is kept
        self.leaving: deque[Message] = deque()
        self.busy = False
        super().__init__(scope, n)

    # What comes

    def sent_by(self, name: str, n: int | None, key: int | None) -> Message:
        return Message(name, n, key, self.now + DAYS * 24)

    def message(self, name: str, n: int | None = None, key: int | None = None) -> None:
        self.hand_over(self.sent_by(name, n, key))
        self.settle()

    def send(self, wait: Wait, event: Event) -> None:
        before = len(self.sent)
        super().send(wait, event)
        if len(self.sent) > before:
            self.leaving.append(self.sent_by(event.name, None, wait.around["n"] if event.keyed else None))

    def hand_over(self, message: Message) -> None:
        """To whoever has waited longest, else into keeping."""
        found = self.listening("message", message.name, message.key)
        if found:
            self.happen(*found[0], message.n)
        else:
            self.kept.append(message)

    # Who waits

    def arm(self, wait: Wait) -> bool:
        self.ask_for(wait)
        return super().arm(wait)

    def happen(self, wait: Wait, index: int, n: int | None = None) -> None:
        super().happen(wait, index, n)
        if wait.node.parallel and wait.node.events[index].kind in ("message", "signal") and wait.seen:
            self.ask_for(wait)

    def again(self, wait: Wait) -> None:
        super().again(wait)
        if wait.node.parallel:
            self.ask_for(wait)

    def ask_for(self, wait: Wait) -> None:
        """It waits for something else than before."""
        if wait not in self.asking:
            self.asking.append(wait)

    # What follows by itself

    def settle(self) -> None:
        super().settle()
        if self.busy:
            return
        self.busy = True
        self.look_at_kept()
        while self.leaving:
            self.hand_over(self.leaving.popleft())
            super().settle()
            self.look_at_kept()
        self.busy = False

    def look_at_kept(self) -> None:
        while self.asking:
            wait = min(self.asking, key=lambda each: each.seq)  # who has waited longest
            found = self.oldest(wait)
            if found is None:
                self.asking.remove(wait)
                continue
            message, index = found
            self.kept.remove(message)
            self.happen(wait, index, message.n)
            super().settle()

    def oldest(self, wait: Wait) -> tuple[Message, int] | None:
        """The oldest message in time that fits."""
        for message in self.kept:
            for other, index in self.listening("message", message.name, message.key):
                if other is wait and message.until > self.now:
                    return message, index
        return None

    def keeps(self) -> list[tuple[Any, ...]]:
        """Oldest first."""
        return [(one.name, one.key, one.n) for one in self.kept if one.until > self.now]
