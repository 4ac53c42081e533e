"""What the standard says happens (BPMN 2.0, §10 and §13), written from it and not from the engine.

A token is a `Wait`; a scope that is running is a `Level`. Knows no XML and no state: a run is a Python
object. Only for comparing: it does one thing at a time, in the order things were put down.

The standard leaves some orders open. Where the engine had to choose, so does this: conditions are looked at,
and inclusive joins let go, when nothing else can move; compensation is one handler after the other.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from .oracle_activities import Activities
from .oracle_compensation import Compensation, Done, Undoing
from .oracle_events import Events
from .oracle_gateways import Gateways
from .oracle_values import Node, Scope

LISTENERS = ("boundary", "handler")
MOST = 3_000  # steps in a row


@dataclass(eq=False)
class Level:
    """A scope that is running."""

    scope: Scope
    host: Wait | None
    names: dict[str, Any]
    waits: dict[int, Wait] = field(default_factory=dict)
    on_flow: Counter[str] = field(default_factory=Counter)
    arrived: Counter[str] = field(default_factory=Counter)  # at activities that need several tokens to start
    used: dict[str, set[str]] = field(default_factory=dict)  # flows of the round of a complex gateway
    done: list[Done] = field(default_factory=list)  # what can be compensated, oldest first
    undoings: list[Undoing] = field(default_factory=list)  # that have run, or run, in it
    cancelled: bool = False  # what it has left to do is to undo
    enough: bool = False  # an ad-hoc sub-process that has met its condition
    over: bool = False

    @property
    def tokens(self) -> list[Wait]:
        return [wait for wait in self.waits.values() if wait.role not in LISTENERS]


@dataclass(eq=False)
class Wait:
    """A token on an element. `role`: ready (its turn comes), task, event, inside, repeat, boundary, handler,
    undoing, stuck.
    """

    seq: int
    node: Node
    level: Level
    role: str = "ready"
    alive: bool = True
    host: Wait | None = None  # of a boundary event
    rivals: int = 0
    part_of: Wait | None = None  # the loop this is an instance of
    index: int = 0
    resets: bool = False  # a complex gateway in its second phase
    names: dict[str, Any] | None = None  # variables of its own
    # of an event
    dues: list[tuple[int, int]] = field(default_factory=list)  # when, which of its events
    fired: int = 0
    armed_at: int = 0
    seen: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)  # conditions that must become false first
    left_by: int = 0  # when an event on an activity first happened beside it
    key: int = 0
    # of a loop
    left: int = 0
    finished: int = 0
    results: dict[int, Any] = field(default_factory=dict)
    # of compensation
    inner_done: list[Done] | None = None
    called: dict[str, Any] = field(default_factory=dict)  # variables of a called process that has ended
    instances_done: list[Done] = field(default_factory=list)
    undoes: Undoing | None = None
    then: list[Undoing] = field(default_factory=list)  # what is undone after what it waits for, last first

    @property
    def around(self) -> dict[str, Any]:
        """The variables it sees."""
        return self.level.names if self.names is None else self.names


class Oracle(Events, Gateways, Activities, Compensation):
    def __init__(self, scope: Scope, n: int, start: Node | None = None) -> None:
        """`start`: the start event, or receive task, whose trigger has happened."""
        self.seq = self.now = 0
        self.todo: deque[Wait] = deque()
        self.levels: list[Level] = []
        self.passed: Counter[str] = Counter()
        self.sent: list[tuple[str, str]] = []  # what left the process: kind, name
        self.top = Level(scope, None, {"n": n})
        self.begin(self.top, start)
        self.settle()

    # What can be seen

    @property
    def waits(self) -> list[Wait]:
        found = [wait for level in self.levels for wait in level.waits.values()]
        return sorted(found, key=lambda wait: wait.seq)

    def tasks(self) -> list[Wait]:
        return [wait for wait in self.waits if wait.role == "task"]

    def places(self) -> list[str]:
        seen = [wait.node.id for wait in self.waits if wait.role not in LISTENERS]
        for level in self.levels:
            seen += {flow.target for flow in level.scope.flows if level.on_flow[flow.id]}
            seen += [name for name, count in level.arrived.items() if count]
        return sorted(seen)

    def stuck(self) -> list[str]:
        return sorted(wait.node.id for wait in self.waits if wait.role == "stuck")

    @property
    def over(self) -> bool:
        return self.top.over

    # What can be done

    def complete(self, wait: Wait, n: int) -> None:
        wait.around["n"] = n
        self.finish(wait)
        self.settle()

    def change(self, n: int) -> None:
        self.top.names["n"] = n
        self.settle()

    # Steps

    def settle(self) -> None:
        for _ in range(MOST):
            for _ in range(MOST):
                if not self.todo:
                    break
                wait = self.todo.popleft()
                if wait.alive and wait.role == "ready":
                    self.run(wait)
            if any(self.merge(level) for level in list(self.levels)):
                continue
            self.look_at_conditions()
            if not self.todo:
                return
        raise RuntimeError("drawn so that nothing goes round for ever")

    def begin(self, level: Level, start: Node | None = None) -> None:
        self.levels.append(level)
        for handler in level.scope.handlers:
            self.listen(handler, level, "handler")
            if handler.interrupting and any(wait.node is handler for wait in level.tokens):
                return  # it is interrupted: no other event handler is initiated (13.5.4)
        for node in [start] if start else level.scope.starts:
            if start is None or node.kind == "start":
                self.place(level, node)
            else:
                self.ready(self.token(level, node))
        self.check(level)

    def token(self, level: Level, node: Node, **what: Any) -> Wait:
        self.seq += 1
        wait = Wait(self.seq, node, level, **what)
        level.waits[wait.seq] = wait
        return wait

    def ready(self, wait: Wait) -> None:
        wait.role = "ready"
        wait.dues.clear()
        self.todo.append(wait)

    def place(self, level: Level, node: Node, **what: Any) -> None:
        """Put a token on an element."""
        if node.needs > 1 and "part_of" not in what:
            level.arrived[node.id] += 1
            if level.arrived[node.id] < node.needs:
                return
            del level.arrived[node.id]
        wait = self.token(level, node, **what)
        if wait.part_of is None and wait.undoes is None:
            for event in node.boundary:
                if wait.alive:
                    self.listen(event, level, "boundary", wait)
        if wait.alive:
            self.settle_on(wait, node)

    def settle_on(self, wait: Wait, node: Node) -> None:
        if node.loop and wait.part_of is None:
            self.repeat(wait)
        elif node.kind == "user":
            wait.role = "task"
        elif node.kind in ("catch", "receive"):
            wait.role = "event"
            if self.arm(wait):
                self.trigger(wait)
        else:
            self.ready(wait)

    def run(self, wait: Wait) -> None:
        """An element whose turn it is."""
        node = wait.node
        if node.inner is not None and wait.left >= 0:
            self.enter(wait)
        elif node.kind == "events":
            self.choose(wait)
        elif node.kind in ("throw", "end", "send") and node.events:
            self.throw_all(wait)
        else:
            self.finish(wait)

    def finish(self, wait: Wait) -> None:
        """The element is done: the token goes on."""
        if not wait.alive:
            return
        self.passed[wait.node.id] += 1
        self.finished(wait)
        if wait.part_of is not None:
            self.remember(wait, wait.part_of.instances_done)
            self.remove(wait)
            self.instance_done(wait.part_of, wait)
            return
        if wait.undoes is not None:
            self.remove(wait)
            self.undone(wait.undoes)
            self.check(wait.level)
            return
        self.remember(wait, wait.level.done)
        self.leave(wait)

    def leave(self, wait: Wait) -> None:
        level = wait.level
        flows = self.route(wait)
        if flows is None:
            self.stick(wait)
            return
        self.remove(wait)
        self.look_again(level)
        for _ in range(wait.node.gives):
            for flow in flows:
                self.arrive(level, flow)
        self.check(level)

    def stick(self, wait: Wait) -> None:
        """It cannot go on: somebody must look."""
        for other in [other for other in wait.level.waits.values() if other.host is wait]:
            self.remove(other)
        wait.role = "stuck"

    # Ending

    def remove(self, wait: Wait) -> None:
        for other in [other for other in wait.level.waits.values() if other is wait or other.host is wait]:
            other.alive = False
            del wait.level.waits[other.seq]

    def kill(self, wait: Wait) -> None:
        if not wait.alive:
            return
        self.remove(wait)
        for other in [other for other in wait.level.waits.values() if other.part_of is wait]:
            self.kill(other)
        for level in [level for level in self.levels if level.host is wait]:
            self.end(level)

    def end(self, level: Level) -> None:
        level.over = True
        self.levels.remove(level)
        self.clear(level)

    def clear(self, level: Level, *keep: Wait) -> None:
        level.on_flow.clear()
        level.arrived.clear()
        level.used.clear()
        for wait in list(level.waits.values()):
            if wait not in keep:
                self.kill(wait)

    def check(self, level: Level) -> None:
        """A scope is over when no token is left in it. While only event sub-processes are left, no other
        starts.
        """
        if (
            level.over
            or level.cancelled
            or level.used
            or any(level.on_flow.values())
            or any(level.arrived.values())
        ):
            return
        tokens = level.tokens
        if all(wait.node.kind == "on" and wait.node.inner for wait in tokens):
            for wait in [wait for wait in level.waits.values() if wait.role == "handler"]:
                self.remove(wait)
        if not tokens and not self.offered_again(level):
            self.end(level)
            if level.host is not None:
                self.close(level)
