"""The oracle's compensation and transactions (§10.7, §13.5.5): newest first, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .oracle_values import ACTIVITIES, Node

if TYPE_CHECKING:
    from .oracle import Level, Wait


@dataclass(eq=False)
class Done:
    """A finished activity that can be compensated: by its handler, or by what was done inside."""

    node: Node
    inner: list[Done] | None = None


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
        if node.undo is not None:
            done.append(Done(node))
        elif wait.inner_done is not None and (wait.inner_done or node.inner.undo is not None):
            done.append(Done(node, wait.inner_done))

    def compensate(self, thrower: Wait, activity: str) -> bool:
        """Whether there is anything to wait for. In an event sub-process, it is the scope around that is
        compensated.
        """
        level = thrower.level
        while level.host is not None and level.host.node.kind == "on":
            level = level.host.level
        todo = [done for done in level.done if activity in ("", done.node.id)]
        level.done = [done for done in level.done if done not in todo]
        if not todo:
            return False
        thrower.role = "undoing"
        self.undone(Undoing(level, todo, thrower))
        return True

    def undone(self, undoing: Undoing) -> None:
        """One handler has finished: the next one, or the end."""
        thrower = undoing.thrower
        if thrower is not None and not thrower.alive:
            return
        if undoing.todo:
            done = undoing.todo.pop()
            node = done.node if done.inner is not None else done.node.undo
            token = self.token(undoing.level, node, undoes=undoing, inner_done=done.inner)
            if node.kind == "user":
                token.role = "task"
            else:
                self.ready(token)
        elif thrower is not None:
            self.compensated(thrower)

    def compensated(self, thrower: Wait) -> None:
        if any(event.kind == "cancel" for event in thrower.node.events):
            self.cancelled(thrower)
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
            self.undone(Undoing(level, list(done), None))
            self.check(level)

    # Transactions

    def cancel(self, wait: Wait) -> None:
        """What still runs in the transaction is ended, what has finished compensated."""
        self.clear(wait.level, keep=wait)
        if not self.compensate(wait, ""):
            self.cancelled(wait)

    def cancelled(self, wait: Wait) -> None:
        self.passed[wait.node.id] += 1
        host = wait.level.host.part_of or wait.level.host
        for other in list(host.level.waits.values()):
            if other.host is host and any(event.kind == "cancel" for event in other.node.events):
                self.trigger(other)
                return
        self.kill(host)
        self.check(host.level)
