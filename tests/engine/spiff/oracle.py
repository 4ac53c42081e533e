"""What the standard says happens (BPMN 2.0, §13), written from it and not from the engine.

Tokens lie on sequence flows or on elements; one step takes them off and puts others down. Knows no XML and no
state: a run is a Python object. Only for comparing: it does one thing at a time, in the order things were put
down.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Flow:
    id: str
    source: str
    target: str
    below: int | None = None  # condition: n < below
    default: bool = False


@dataclass
class Node:
    """`kind`: start, end, terminate, error, user, pass, xor, and, or, events, message, timer, signal,
    raise_signal, escalate, sub, call; boundary events and handlers have kind `on`, with `trigger` and
    `hours`.
    """

    id: str
    kind: str
    inner: Scope | None = None
    boundary: list[Node] = field(default_factory=list)
    trigger: str = ""  # message, signal, timer, error, escalation
    name: str = ""  # of the message or signal
    hours: int = 0
    interrupting: bool = True
    times: int = 0  # instances
    sequential: bool = False


@dataclass
class Scope:
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    handlers: list[Node] = field(default_factory=list)  # event sub-processes

    def out(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == node]

    def into(self, node: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == node]


@dataclass(eq=False)
class Level:
    """A scope that is running."""

    scope: Scope
    host: Wait | None
    names: dict[str, int]
    on_flow: Counter[str] = field(default_factory=Counter)
    over: bool = False


@dataclass(eq=False)
class Wait:
    """A token on an element that something else must move: a person, an event, or what is inside."""

    seq: int
    node: Node
    level: Level
    role: str  # task, event, inside, repeat, boundary, handler
    due: int | None = None
    host: Wait | None = None  # of a boundary event
    rivals: int | None = None
    part_of: Wait | None = None  # the loop this is an instance of
    names: Seen | None = None  # variables of its own
    left: int = 0  # instances still to finish


class Oracle:
    def __init__(self, scope: Scope, n: int) -> None:
        self.seq = 0
        self.now = 0
        self.todo: deque[tuple[Level, Node, dict[str, Any]]] = deque()
        self.waits: list[Wait] = []
        self.levels: list[Level] = []
        self.passed: Counter[str] = Counter()
        self.top = self.open(scope, None, {"n": n})
        self.settle()

    # What can be seen

    def tasks(self) -> list[Wait]:
        return [wait for wait in self.waits if wait.role == "task"]

    def places(self) -> list[str]:
        seen = [wait.node.id for wait in self.waits if wait.role not in ("boundary", "handler")]
        for level in self.levels:
            seen += {flow.target for flow in level.scope.flows if level.on_flow[flow.id]}
        return sorted(seen)

    def timers(self) -> list[Wait]:
        return sorted((w for w in self.waits if w.due is not None), key=lambda w: (w.due, w.seq))

    def listening(self, trigger: str, name: str) -> list[Wait]:
        return [w for w in self.waits if w.due is None and self._hears(w, trigger, name)]

    def _hears(self, wait: Wait, trigger: str, name: str) -> bool:
        if wait.role in ("boundary", "handler"):
            return wait.node.trigger == trigger and wait.node.name == name
        return wait.role == "event" and wait.node.kind == trigger and wait.node.name == name

    @property
    def over(self) -> bool:
        return self.top.over

    # What can be done

    def complete(self, wait: Wait, n: int) -> None:
        self.names(wait)["n"] = n
        self.finish(wait)
        self.settle()

    def message(self, name: str) -> None:
        self.happen(min(self.listening("message", name), key=lambda wait: wait.seq))
        self.settle()

    def signal(self, name: str) -> None:
        self.broadcast(name)
        self.settle()

    def fire(self, wait: Wait) -> None:
        self.happen(wait)
        self.settle()

    # Steps

    def settle(self) -> None:
        while True:
            while self.todo:
                level, node, how = self.todo.popleft()
                if not level.over:
                    self.run(level, node, how)
            if not any(self.merge(level) for level in list(self.levels)):
                return

    def open(self, scope: Scope, host: Wait | None, names: dict[str, int]) -> Level:
        level = Level(scope, host, names)
        self.levels.append(level)
        for handler in scope.handlers:
            self.listen(handler, level, "handler", None)
        (start,) = [node for node in scope.nodes.values() if node.kind == "start"]
        self.todo.append((level, start, {}))
        return level

    def listen(self, node: Node, level: Level, role: str, host: Wait | None) -> Wait:
        self.seq += 1
        due = self.now + node.hours if node.trigger == "timer" else None
        wait = Wait(self.seq, node, level, role, due, host)
        self.waits.append(wait)
        return wait

    def arrive(self, level: Level, flow: Flow, rivals: int | None = None) -> None:
        """A token comes along a flow."""
        node = level.scope.nodes[flow.target]
        incoming = level.scope.into(node.id)
        if node.kind in ("and", "or") and len(incoming) > 1:
            level.on_flow[flow.id] += 1
            if node.kind == "and" and all(level.on_flow[one.id] for one in incoming):
                for one in incoming:
                    level.on_flow[one.id] -= 1
                self.todo.append((level, node, {}))
            return
        self.place(level, node, rivals)

    def place(
        self, level: Level, node: Node, rivals: int | None = None, part: Wait | None = None, own: Any = None
    ) -> None:
        """Put a token on an element."""
        self.seq += 1
        role = "task" if node.kind == "user" else "event"
        waits = node.kind in ("user", "message", "signal", "timer") or node.kind in ("sub", "call")
        repeats = node.times > 0 and part is None
        if not waits:
            self.todo.append((level, node, {"rivals": rivals}))
            return
        wait = Wait(self.seq, node, level, role, rivals=rivals, part_of=part, names=own)
        self.waits.append(wait)
        if part is None:
            for event in node.boundary:
                self.listen(event, level, "boundary", wait)
        if repeats:
            self.repeat(wait)
        elif node.kind in ("sub", "call"):
            wait.role = "inside"
            self.todo.append((level, node, {"enter": wait}))
        elif node.kind == "timer":
            wait.due = self.now + node.hours

    def repeat(self, wait: Wait) -> None:
        wait.role, wait.left = "repeat", wait.node.times
        for _ in range(1 if wait.node.sequential else wait.node.times):
            self.instance(wait)

    def instance(self, loop: Wait) -> None:
        self.place(loop.level, loop.node, None, loop, Seen(self.names(loop)))

    def names(self, wait: Wait) -> dict[str, int]:
        return wait.names if wait.names is not None else wait.level.names

    def run(self, level: Level, node: Node, how: dict[str, Any]) -> None:
        """An element whose turn it is."""
        entered = how.get("enter")
        if entered is not None:
            if entered in self.waits:
                self.enter(entered)
            return
        kind = node.kind
        if kind == "terminate":
            self.passed[node.id] += 1
            self.clear(level)
        elif kind == "error":
            self.passed[node.id] += 1
            self.throw(level, "error")
            return
        elif kind == "escalate":
            self.throw(level, "escalation")
        elif kind == "raise_signal":
            self.broadcast(node.name)
        if kind == "terminate":
            self.check(level)
            return
        self.passed[node.id] += 1
        if level.over:
            return
        if kind == "events":
            self.seq += 1
            rivals = self.seq
            for flow in level.scope.out(node.id):
                self.arrive(level, flow, rivals)
        else:
            self.leave(level, node)

    def enter(self, wait: Wait) -> None:
        assert wait.node.inner is not None
        if wait.node.kind == "call":
            self.open(wait.node.inner, wait, Seen(self.names(wait)))
        else:
            self.open(wait.node.inner, wait, self.names(wait))

    def leave(self, level: Level, node: Node) -> None:
        """A token goes on along the flows whose turn it is."""
        flows = level.scope.out(node.id)
        n = level.names["n"]
        if node.kind in ("xor", "or") and len(flows) > 1:
            true = [flow for flow in flows if not flow.default and flow.below is not None and n < flow.below]
            flows = (true[:1] if node.kind == "xor" else true) or [flow for flow in flows if flow.default]
        for flow in flows:
            self.arrive(level, flow)
        self.check(level)

    def finish(self, wait: Wait) -> None:
        """What a token waited for is done."""
        if wait not in self.waits:
            return
        self.remove(wait)
        self.passed[wait.node.id] += 1
        if wait.names is not None:
            wait.names.give_back()
        if wait.part_of is None:
            self.leave(wait.level, wait.node)
            return
        loop = wait.part_of
        loop.left -= 1
        if loop.left and loop.node.sequential:
            self.instance(loop)
        elif not loop.left:
            self.remove(loop)
            self.leave(loop.level, loop.node)

    def happen(self, wait: Wait) -> None:
        """An event a token waits for."""
        level, node = wait.level, wait.node
        if wait.role == "event":
            for other in [
                o for o in self.waits if o is not wait and o.rivals is not None and o.rivals == wait.rivals
            ]:
                self.kill(other)
            self.waits.remove(wait)
            self.todo.append((level, node, {}))
        elif wait.role == "boundary":
            assert wait.host is not None
            if node.interrupting:
                self.waits.remove(wait)
                self.kill(wait.host)
            elif node.trigger == "timer":
                self.waits.remove(wait)
            self.seq += 1
            self.todo.append((level, node, {}))
        else:
            self.handle(wait)

    def handle(self, wait: Wait) -> None:
        """An event sub-process starts."""
        level, node = wait.level, wait.node
        if node.interrupting or node.trigger == "timer":
            self.waits.remove(wait)
        if node.interrupting:
            self.clear(level)
        self.seq += 1
        running = Wait(
            self.seq, node, level, "inside", names=None if node.interrupting else Seen(level.names)
        )
        self.waits.append(running)
        self.todo.append((level, node, {"enter": running}))

    def throw(self, level: Level, trigger: str) -> None:
        """Outward to the nearest that catches."""
        host = level.host
        while host is not None:
            target = host.part_of or host
            for wait in self.waits:
                if wait.role == "boundary" and wait.host is target and wait.node.trigger == trigger:
                    self.happen(wait)
                    return
            host = host.level.host
        raise AssertionError("drawn so that everything is caught")

    def broadcast(self, name: str) -> None:
        for wait in sorted(self.listening("signal", name), key=lambda wait: wait.seq):
            if wait in self.waits:
                self.happen(wait)

    # Inclusive joins

    def merge(self, level: Level) -> bool:
        """Let one inclusive join of the scope go on that waits for nobody."""
        for node in level.scope.nodes.values():
            incoming = level.scope.into(node.id)
            if node.kind != "or" or len(incoming) < 2 or level.over:
                continue
            full = {flow.id for flow in incoming if level.on_flow[flow.id]}
            if full and not any(self._may_fill(level, node, at, full) for at in self._positions(level, node)):
                for flow in full:
                    level.on_flow[flow] -= 1
                self.run(level, node, {})
                return True
        return False

    def _positions(self, level: Level, join: Node) -> Iterator[str]:
        """Elements that tokens of the scope are about to leave."""
        for wait in self.waits:
            if wait.level is level and wait.role not in ("boundary", "handler"):
                yield wait.node.id
        for flow in level.scope.flows:
            if level.on_flow[flow.id] and flow.target != join.id:
                yield flow.target

    def _may_fill(self, level: Level, join: Node, start: str, full: set[str]) -> bool:
        reached, seen, todo = set(), set(), [start]
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            node = level.scope.nodes.get(at)
            sources = [at, *(event.id for event in node.boundary)] if node else [at]
            for flow in level.scope.flows:
                if flow.source in sources:
                    reached |= {flow.id} if flow.target == join.id else set()
                    todo += [] if flow.target == join.id else [flow.target]
        return bool(reached - full) and not reached & full

    # Ending

    def remove(self, wait: Wait) -> None:
        self.waits = [other for other in self.waits if other is not wait and other.host is not wait]

    def kill(self, wait: Wait) -> None:
        if wait not in self.waits:
            return
        self.remove(wait)
        for other in [other for other in self.waits if other.part_of is wait]:
            self.kill(other)
        for level in [level for level in self.levels if level.host is wait]:
            self.end(level)

    def end(self, level: Level) -> None:
        level.over = True
        self.levels.remove(level)
        for wait in [wait for wait in self.waits if wait.level is level]:
            self.kill(wait)

    def clear(self, level: Level) -> None:
        level.on_flow.clear()
        self.todo = deque(item for item in self.todo if item[0] is not level)
        for wait in [wait for wait in self.waits if wait.level is level]:
            self.kill(wait)

    def check(self, level: Level) -> None:
        """A scope is over when no token is left in it."""
        if level.over or any(level.on_flow.values()) or any(item[0] is level for item in self.todo):
            return
        if any(wait.level is level and wait.role != "handler" for wait in self.waits):
            return
        self.end(level)
        if level.host is not None:
            if level.host.node.kind == "call":
                assert isinstance(level.names, Seen)
                level.names.give_back()
            self.finish(level.host)


class Seen(dict[str, int]):
    """Variables of its own that see those around."""

    def __init__(self, around: dict[str, int]) -> None:
        super().__init__()
        self.around = around

    def give_back(self) -> None:
        self.around.update(dict(self))

    def __missing__(self, name: str) -> int:
        return self.around[name]
