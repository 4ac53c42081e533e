"""The oracle's compensation and transactions (§10.7, §13.5.5): newest first, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .oracle_activities import Recalled
from .oracle_values import ACTIVITIES, Node

if TYPE_CHECKING:
    from .oracle import Level, Wait


@dataclass(eq=False)
class Done:
    """A finished activity that can be compensated: by its handler, or by what was done inside."""

    node: Node
    inner: list[Done] | None = None
    when: int = 0
    own: dict[str, Any] = field(default_factory=dict)  # variables as they were at the end
    handed_on: dict[str, Any] = field(default_factory=dict)  # the same, of which others were told


@dataclass(eq=False)
class Undoing:
    """One compensation that is going on."""

    level: Level
    todo: list[Done]
    thrower: Wait | None  # the event that waits for it


class Compensation:
    def __getattr__(self, name: str) -> Any:
        """The other parts of the oracle."""
        raise AttributeError(name)

    def remember(self, wait: Wait, done: list[Done]) -> None:
        node = wait.node
        if node.kind not in (*ACTIVITIES, "on") or node.loop and not wait.part_of:
            return
        when = self.counts_from(wait)
        if node.undo is not None:
            done.append(Done(node, when=when))
        elif wait.inner_done is not None and (wait.inner_done or node.inner.undo is not None):
            done.append(Done(node, wait.inner_done, when, *self.recall(wait)))
        done.sort(key=lambda each: each.when)

    def counts_from(self, wait: Wait) -> int:
        """If an event on A occurred that leads to B, B MUST be compensated before A (13.5.5): so A counts as
        done when the first of them did.
        """
        self.seq += 1
        return wait.left_by or self.seq

    def recall(self, wait: Wait) -> tuple[dict[str, Any], dict[str, Any]]:
        """The variables it had of its own: kept by itself, and handed on."""
        names = {**(wait.names or {}), **wait.called}
        collected = wait.part_of is not None and wait.node.loop.collects
        return (names, {}) if collected else ({}, names)

    def all_remembered(self, wait: Wait) -> None:
        """Of a loop that has ended: its instances count as done now."""
        when = self.counts_from(wait)
        for done in wait.instances_done:
            done.when = when
        wait.level.done += wait.instances_done
        wait.level.done.sort(key=lambda each: each.when)

    def compensate(self, thrower: Wait, activity: str) -> bool:
        """Whether there is anything to wait for. In an event sub-process, it is the scope around that is
        compensated.
        """
        level = thrower.level
        while level.host is not None and level.host.node.kind == "on":
            level = level.host.level
        self.reclaim(level)
        todo = [done for done in level.done if activity in ("", done.node.id)]
        level.done = [done for done in level.done if done not in todo]
        if not todo:
            return False
        thrower.role = "undoing"
        self.undone(self.undoing_of(level, todo, thrower))
        return True

    def undoing_of(self, level: Level, todo: list[Done], thrower: Wait | None) -> Undoing:
        undoing = Undoing(level, todo, thrower)
        level.undoings.append(undoing)
        return undoing

    def undone(self, undoing: Undoing) -> None:
        """One handler has finished: the next one, or the end."""
        thrower = undoing.thrower
        if thrower is not None and not thrower.alive:
            return
        if thrower is None:  # a finished sub-process: nothing finished is left in it, of meanwhile neither
            undoing.todo += undoing.level.done
            undoing.level.done = []
        if undoing.todo:
            done = undoing.todo.pop()
            node = done.node if done.inner is not None else done.node.undo
            names = Recalled(undoing.level.names, done.own, done.handed_on)
            token = self.token(undoing.level, node, undoes=undoing, inner_done=done.inner, names=names)
            for event in node.boundary if done.inner is None else ():
                if token.alive:
                    self.listen(event, undoing.level, "boundary", token)
            if not token.alive:
                return
            if node.kind == "user":
                token.role = "task"
            else:
                self.ready(token)
        elif thrower is not None:
            self.compensated(thrower)

    def reclaim(self, level: Level) -> None:
        """What was to be undone for somebody who was interrupted is still to be undone."""
        for undoing in level.undoings:
            if undoing.thrower is not None and not undoing.thrower.alive:
                level.done += undoing.todo
                undoing.todo = []
        level.done.sort(key=lambda done: done.when)

    def compensated(self, thrower: Wait) -> None:
        if thrower.then:
            self.undone(thrower.then.pop())
        elif any(event.kind == "cancel" for event in thrower.node.events):
            self.cancel(thrower)
        else:
            self.finish(thrower)

    def reopen(self, level: Level, done: list[Done]) -> None:
        """A finished sub-process is compensated: by its own handler, or activity by activity."""
        self.levels.append(level)
        handler = level.scope.undo
        if handler is not None:
            level.done = list(done)
            self.ready(self.token(level, handler))
        else:
            self.undone(self.undoing_of(level, list(done), None))
            self.check(level)

    # Transactions

    def cancel(self, wait: Wait) -> None:
        """What still runs in the transaction is ended, what has finished compensated: also what has finished
        in a sub-process that still runs. What a handler's boundary events led to meanwhile is treated alike,
        until nothing finished is left in it.
        """
        levels = [level for level in self.levels if self.inside(level, wait.level)]
        todo = [(level, self.to_undo(level)) for level in levels]
        stay = {wait}
        for level, done in todo:
            while done and level is not wait.level:
                stay |= {level.host, level.host.part_of or level.host}
                level = level.host.level
        for level in levels:
            level.cancelled = level is not wait.level
            level.done = []
            level.undoings = []
            for other in level.waits.values():
                other.instances_done = []
            self.clear(level, *stay)
        wait.role = "undoing"
        wait.then = [self.undoing_of(level, done, wait) for level, done in todo if done]
        if wait.then:
            self.undone(wait.then.pop())
        else:
            self.cancelled(wait)

    def inside(self, level: Level, other: Level) -> bool:
        return level is other or level.host is not None and self.inside(level.host.level, other)

    def to_undo(self, level: Level) -> list[Done]:
        """Oldest first: what is finished, instances of what is not, and what others were about to undo."""
        found = list(level.done)
        for wait in level.waits.values():
            found += wait.instances_done if wait.role == "repeat" else []
        for undoing in level.undoings:
            found += undoing.todo
        return sorted(found, key=lambda done: done.when)

    def cancelled(self, wait: Wait) -> None:
        self.passed[wait.node.id] += 1
        host = wait.level.host.part_of or wait.level.host
        for other in list(host.level.waits.values()):
            if other.host is host and any(event.kind == "cancel" for event in other.node.events):
                self.trigger(other)
                return
        self.kill(host)
        self.check(host.level)
