"""The oracle's gateways and sequence flows (§13.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .oracle_values import Flow, Node

if TYPE_CHECKING:
    from .oracle import Level, Wait


class Gateways:
    seq: int

    def __getattr__(self, name: str) -> Any:
        """The other parts of the oracle."""
        raise AttributeError(name)

    # Out

    def route(self, wait: Wait) -> list[Flow] | None:
        """The flows whose turn it is; None when there is none to take, though there must be."""
        node, flows, n = wait.node, wait.level.scope.out[wait.node.id], wait.level.names["n"]
        if node.kind in ("and", "catch", "start", "on") or all(
            flow.test is None and not flow.default for flow in flows
        ):
            return flows
        true = [
            flow
            for flow in flows
            if not flow.default and (flow.test is None or flow.test.holds(n, not wait.resets))
        ]
        if node.kind == "xor":
            true = true[:1]
        return true or [flow for flow in flows if flow.default] or ([] if wait.resets else None)

    def choose(self, wait: Wait) -> None:
        """An event-based gateway: the first event that happens."""
        self.passed[wait.node.id] += 1
        level = wait.level
        self.seq += 1
        rivals = self.seq
        for flow in level.scope.out[wait.node.id]:
            node = level.scope.nodes[flow.target]
            self.place(level, node, rivals=rivals)
            if any(other.rivals == rivals and other.role == "ready" for other in level.waits.values()):
                break  # it has happened already
        self.remove(wait)
        self.check(level)

    # In

    def arrive(self, level: Level, flow: Flow) -> None:
        """A token comes along a flow."""
        node = level.scope.nodes[flow.target]
        incoming = level.scope.into[node.id]
        if level.enough:
            return
        if node.kind == "complex":
            level.on_flow[flow.id] += 1
            self.activate(level, node)
        elif node.kind in ("and", "or") and len(incoming) > 1:
            level.on_flow[flow.id] += 1
            if node.kind == "and" and all(level.on_flow[one.id] for one in incoming):
                for one in incoming:
                    level.on_flow[one.id] -= 1
                self.place(level, node)
        else:
            self.place(level, node)

    def merge(self, level: Level) -> bool:
        """Let one inclusive or complex gateway of the scope go on that waits for nobody."""
        return any(
            not level.over
            and (self.include(level, node) if node.kind == "or" else self.next_phase(level, node))
            for node in level.scope.joins
        )

    def include(self, level: Level, node: Node) -> bool:
        incoming = level.scope.into[node.id]
        full = {flow.id for flow in incoming if level.on_flow[flow.id]}
        if len(incoming) < 2 or not full or self.awaited(level, node, full):
            return False
        for flow in full:
            level.on_flow[flow] -= 1
        self.place(level, node)
        return True

    # Complex gateways (table 13.5): a first phase, begun by the activation condition, and a second, when they
    # reset. In both all conditions are looked at; only the second may produce nothing.

    def activate(self, level: Level, node: Node) -> bool:
        if node.id in level.used:
            return False
        full = {flow.id for flow in level.scope.into[node.id] if level.on_flow[flow.id]}
        count = sum(level.on_flow[flow.id] for flow in level.scope.into[node.id])
        active = count >= node.tokens or node.test is not None and node.test.holds(level.names["n"])
        if not full or not active:
            return False
        for flow in full:
            level.on_flow[flow] -= 1
        level.used[node.id] = full
        self.place(level, node)
        return True

    def next_phase(self, level: Level, node: Node) -> bool:
        if node.id not in level.used:
            return self.activate(level, node)
        used = level.used[node.id]
        late = {flow.id for flow in level.scope.into[node.id] if level.on_flow[flow.id]} - used
        if self.awaited(level, node, used | late):
            return False
        for flow in late:
            level.on_flow[flow] -= 1
        del level.used[node.id]
        self.place(level, node, resets=True)
        return True

    # What may still come

    def awaited(self, level: Level, join: Node, full: set[str]) -> bool:
        """Whether a token may still fill an empty flow, without coming by one that is full."""
        return any(self._may_fill(level, join, at, full) for at in set(self._positions(level, join)))

    def _positions(self, level: Level, join: Node) -> Iterator[str]:
        """Elements that tokens of the scope are about to leave. What is being undone is not left again,
        but a boundary event of its handler may happen.
        """
        yield from (wait.node.id for wait in level.tokens if wait.undoes is None)
        handlers = (wait for wait in level.tokens if wait.undoes is not None and wait.inner_done is None)
        yield from (event.id for wait in handlers for event in wait.node.boundary)
        yield from (name for name, count in level.arrived.items() if count)
        for flow in level.scope.flows:
            if level.on_flow[flow.id] and flow.target != join.id:
                yield flow.target

    def _may_fill(self, level: Level, join: Node, start: str, full: set[str]) -> bool:
        reached: set[str] = set()
        seen, todo = {join.id}, [start]
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            node = level.scope.nodes.get(at)
            for source in [at, *(event.id for event in node.boundary)] if node else [at]:
                for flow in level.scope.out[source]:
                    if flow.target == join.id:
                        reached.add(flow.id)
                    else:
                        todo.append(flow.target)
        return bool(reached - full) and not reached & full
