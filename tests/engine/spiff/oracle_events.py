"""The oracle's events: what waits, what happens, what is thrown (§13.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .oracle_activities import Seen
from .oracle_values import Event, Node

if TYPE_CHECKING:
    from .oracle import Level, Wait


class Events:
    now: int

    def __getattr__(self, name: str) -> Any:
        """The other parts of the oracle."""
        raise AttributeError(name)

    # Waiting

    def listen(self, node: Node, level: Level, role: str, host: Wait | None = None) -> None:
        """A boundary event, or an event sub-process, begins to listen."""
        wait = self.token(level, node, role=role, host=host)
        if self.arm(wait):
            self.trigger(wait)

    def arm(self, wait: Wait) -> bool:
        """Whether it has happened already."""
        wait.armed_at, wait.key = self.now, wait.around["n"]
        for index, event in enumerate(wait.node.events):
            if event.kind == "timer":
                due = event.hours if event.form == "date" else self.now + event.hours
                if due <= self.now:
                    wait.seen.add(index)
                else:
                    wait.dues.append((due, index))
            elif event.kind == "condition" and event.test.holds(wait.around["n"]):
                wait.seen.add(index)
                wait.held.add(index)
        return self.has_all(wait)

    def has_all(self, wait: Wait) -> bool:
        return len(wait.seen) == len(wait.node.events) if wait.node.parallel else bool(wait.seen)

    def waiting(self) -> list[Wait]:
        return [wait for wait in self.waits if wait.role in ("event", "boundary", "handler")]

    def subscribed(self) -> list[tuple[str, str, str]]:
        """The messages and signals that are waited for, and where."""
        return sorted(
            (wait.node.id, event.kind, event.name)
            for wait in self.waiting()
            for index, event in enumerate(wait.node.events)
            if event.kind in ("message", "signal") and index not in wait.seen
        )

    def timers(self) -> list[Wait]:
        return sorted(
            (wait for wait in self.waiting() if wait.dues), key=lambda wait: (min(wait.dues)[0], wait.seq)
        )

    def listening(self, kind: str, name: str, key: int | None = None) -> list[tuple[Wait, int]]:
        """Oldest first. `key`: what a message is correlated by."""
        return [
            (wait, index)
            for wait in self.waiting()
            for index, event in enumerate(wait.node.events)
            if (event.kind, event.name) == (kind, name)
            and index not in wait.seen
            and (not event.keyed or key == wait.key)
        ]

    # What comes from outside

    def message(self, name: str, n: int | None = None, key: int | None = None) -> None:
        self.happen(*self.listening("message", name, key)[0], n)
        self.settle()

    def signal(self, name: str, n: int | None = None) -> None:
        self.broadcast(name, n)
        self.settle()

    def fire(self, wait: Wait) -> None:
        due = min(wait.dues)
        wait.dues.remove(due)
        wait.fired += 1
        self.happen(wait, due[1])
        self.settle()

    def raise_error(self, wait: Wait, event: Event) -> None:
        """The work of a task gives an error."""
        if not self.throw(wait.level, event, host=wait.part_of or wait):
            self.stick(wait)
        elif wait.alive:
            self.kill(wait)
            self.check(wait.level)
        self.settle()

    def look_at_conditions(self) -> None:
        for wait in self.waiting():
            for index, event in enumerate(wait.node.events):
                if event.kind != "condition" or not wait.alive or wait.role == "ready":
                    continue
                if not event.test.holds(wait.around["n"]):
                    wait.held.discard(index)
                elif index not in wait.held and index not in wait.seen:
                    wait.held.add(index)
                    self.happen(wait, index)

    # Happening

    def happen(self, wait: Wait, index: int, n: int | None = None) -> None:
        """One of the things a token waits for."""
        wait.seen.add(index)
        if self.has_all(wait):
            self.trigger(wait, n)
        elif n is not None:
            wait.around["n"] = n

    def trigger(self, wait: Wait, n: int | None = None) -> None:
        if wait.role == "handler":
            self.handle(wait, n)
            return
        token = wait
        if wait.role == "event":
            for other in list(wait.level.waits.values()):
                if other is not wait and wait.rivals and other.rivals == wait.rivals:
                    self.kill(other)
        elif wait.node.interrupting:
            host, wait.host = wait.host, None
            self.kill(host)
            if host.undoes is not None:  # it is over, so what is undone after it is not kept waiting
                wait.role = "ready"
                self.undone(host.undoes)
        else:
            token = self.token(wait.level, wait.node)
            wait.host.left_by = wait.host.left_by or token.seq
            self.again(wait)
        if n is not None:
            token.around["n"] = n
        self.ready(token)

    def handle(self, wait: Wait, n: int | None) -> None:
        """An event sub-process starts."""
        level = wait.level
        if wait.node.interrupting:
            self.clear(level, wait)
            running = wait
        else:
            running = self.token(level, wait.node, names=Seen(level.names))
            self.again(wait)
        if n is not None:
            running.around["n"] = n
        self.ready(running)

    def again(self, wait: Wait) -> None:
        """What does not interrupt goes on listening; a timer that has no more to come does not."""
        wait.held |= {index for index in wait.seen if wait.node.events[index].kind == "condition"}
        wait.seen.clear()
        (first, *more) = wait.node.events
        if first.kind != "timer" or more:
            return
        if first.form == "cycle" and wait.fired < first.times:
            wait.dues.append((wait.armed_at + first.hours * (wait.fired + 1), 0))
        else:
            self.remove(wait)

    # Throwing

    def throw_all(self, wait: Wait) -> None:
        for event in wait.node.events:
            if wait.alive and not self.throw_one(wait, event):
                return
        if wait.alive:
            self.finish(wait)
        else:
            self.passed[wait.node.id] += 1  # ended by what it threw itself

    def throw_one(self, wait: Wait, event: Event) -> bool:
        """Whether the token can go on."""
        if event.kind == "signal":
            self.broadcast(event.name)
            self.sent.append(("signal", event.name))
        elif event.kind == "message":
            self.send(wait, event)
        elif event.kind == "escalation":
            if not self.throw(wait.level, event):
                self.sent.append(("escalation", event.name))
        elif event.kind == "compensation":
            return not self.compensate(wait, event.activity)
        elif event.kind == "error":
            self.throw_error(wait, event)
            return False
        elif event.kind == "terminate":
            self.passed[wait.node.id] += 1
            self.clear(wait.level)
            self.check(wait.level)
            return False
        elif event.kind == "cancel":
            self.cancel(wait)
            return False
        return True

    def throw_error(self, wait: Wait, event: Event) -> None:
        if not self.throw(wait.level, event):
            self.stick(wait)
            return
        self.passed[wait.node.id] += 1
        if wait.alive:
            self.kill(wait)
            self.check(wait.level)

    def send(self, wait: Wait, event: Event) -> None:
        """To whoever has waited longest in this instance, otherwise out of it."""
        found = self.listening("message", event.name, wait.around["n"])
        if found:
            self.happen(*found[0])
        else:
            self.sent.append(("message", event.name))

    def broadcast(self, name: str, n: int | None = None) -> None:
        reached: set[int] = set()
        for wait, index in self.listening("signal", name):
            if wait.alive and wait.role != "ready" and wait.seq not in reached:
                reached.add(wait.seq)
                self.happen(wait, index, n)

    def throw(self, level: Level, event: Event, host: Wait | None = None) -> bool:
        """Outward to the nearest that catches: the activity's events, then those of the scope it is in."""
        while True:
            on_host = [wait for wait in level.waits.values() if host is not None and wait.host is host]
            handlers = [wait for wait in level.waits.values() if wait.role == "handler"]
            for group in (on_host, handlers):
                fits = [
                    (one.name == "", wait.seq, wait, index)
                    for wait in group
                    for index, one in enumerate(wait.node.events)
                    if one.kind == event.kind and one.name in ("", event.name)
                ]
                if fits:
                    _, _, wait, index = min(fits, key=lambda fit: fit[:2])
                    self.happen(wait, index)
                    return True
            if level.host is None:
                return False
            host, level = level.host.part_of or level.host, level.host.level
