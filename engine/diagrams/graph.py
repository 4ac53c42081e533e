"""Graph algorithms on `node → next nodes`: without recursion, and (nearly) linear in nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    """Everything that can be reached from `starts`, themselves included."""
    seen, waiting = set(), list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph.get(node, ()))
    return seen


def reversed_graph(graph: Graph) -> dict[str, list[str]]:
    backwards: dict[str, list[str]] = {node: [] for node in graph}
    for node, following in graph.items():
        for other in following:
            backwards.setdefault(other, []).append(node)
    return backwards


def components(graph: Graph) -> list[list[str]]:
    """The strongly connected components, last ones first (Tarjan 1972, with a stack of our own)."""
    return list(_Tarjan(graph).components())


def loops(graph: Graph) -> list[list[str]]:
    """The components that hold a way round: more than one node, or a node that leads to itself."""
    return [found for found in components(graph) if len(found) > 1 or found[0] in graph.get(found[0], ())]


class _Tarjan:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.stack: list[str] = []
        self.on_stack: set[str] = set()

    def components(self) -> Iterator[list[str]]:
        for root in self.graph:
            if root not in self.number:
                yield from self._from(root)

    def _from(self, root: str) -> Iterator[list[str]]:
        path = [(root, self._enter(root))]
        while path:
            node, following = path[-1]
            for other in following:
                if other not in self.number:
                    path.append((other, self._enter(other)))
                    break
                if other in self.on_stack:
                    self.low[node] = min(self.low[node], self.number[other])
            else:
                path.pop()
                if path:
                    parent = path[-1][0]
                    self.low[parent] = min(self.low[parent], self.low[node])
                if self.low[node] == self.number[node]:
                    yield self._leave(node)

    def _enter(self, node: str) -> Iterator[str]:
        self.number[node] = self.low[node] = len(self.number)
        self.stack.append(node)
        self.on_stack.add(node)
        return iter(self.graph.get(node, ()))

    def _leave(self, node: str) -> list[str]:
        found = []
        while True:
            other = self.stack.pop()
            self.on_stack.discard(other)
            found.append(other)
            if other == node:
                return found


def dominators(graph: Graph, root: str) -> dict[str, str]:
    """Node → the last node that every way from `root` to it must pass; what is above comes first.

    The root maps to itself; what cannot be reached is left out.
    """
    return _Dominators(graph, root).above()


class _Dominators:
    """Lengauer and Tarjan 1979, with path compression alone: edges times the logarithm of nodes.

    A node is its number on a walk in depth. `low`: the lowest number from which a way leads to it over higher
    numbers only. `best`: of the nodes between it and `linked`, the one with the lowest `low`.
    """

    def __init__(self, graph: Graph, root: str) -> None:
        self.names, self.parent = _walk(graph, root)
        number = {name: place for place, name in enumerate(self.names)}
        self.before: list[list[int]] = [[] for _ in self.names]
        for place, name in enumerate(self.names):
            for other in graph.get(name, ()):
                self.before[number[other]].append(place)
        self.low = list(range(len(self.names)))
        self.best = list(range(len(self.names)))
        self.linked = [-1] * len(self.names)

    def above(self) -> dict[str, str]:
        above = self._above_or_lowest()
        for node in range(1, len(above)):
            if above[node] != self.low[node]:
                above[node] = above[above[node]]
        return {name: self.names[above[node]] for node, name in enumerate(self.names)}

    def _above_or_lowest(self) -> list[int]:
        """Of each node what is above it, or a lower one that has the same above it."""
        above = [0] * len(self.names)
        waiting: list[list[int]] = [[] for _ in self.names]  # by `low`
        for node in range(len(above) - 1, 0, -1):
            self.low[node] = min(self.low[self._lowest(other)] for other in self.before[node])
            waiting[self.low[node]].append(node)
            parent = self.linked[node] = self.parent[node]
            for other in waiting[parent]:
                lowest = self._lowest(other)
                above[other] = lowest if self.low[lowest] < self.low[other] else parent
            waiting[parent] = []
        return above

    def _lowest(self, node: int) -> int:
        """The best up to where its links end; the links on the way are shortened."""
        if self.linked[node] < 0:
            return node
        path = [node]
        while self.linked[self.linked[path[-1]]] >= 0:
            path.append(self.linked[path[-1]])
        for below in reversed(path[:-1]):
            upper = self.linked[below]
            if self.low[self.best[upper]] < self.low[self.best[below]]:
                self.best[below] = self.best[upper]
            self.linked[below] = self.linked[upper]
        return self.best[node]


class Tree:
    """The dominators as a tree, climbed in jumps of 1, 2, 4 … steps."""

    def __init__(self, above: Mapping[str, str]) -> None:
        self.above = above
        self.depth: dict[str, int] = {}
        for node, upper in above.items():
            self.depth[node] = self.depth[upper] + 1 if node != upper else 0
        self.jumps = [above]
        while 1 << len(self.jumps) <= max(self.depth.values()):
            last = self.jumps[-1]
            self.jumps.append({node: last[upper] for node, upper in last.items()})

    def is_above(self, upper: str, lower: str) -> bool:
        """Whether every way to `lower` passes `upper`."""
        if self.depth.get(upper, len(self.depth)) > self.depth[lower]:
            return False
        return self._at(self.depth[upper], lower) == upper

    def parting(self, one: str, other: str) -> tuple[str, str, str]:
        """The last node all ways to both pass, and what is next on the way to each ("" when it is it)."""
        depth = min(self.depth[one], self.depth[other])
        first, second = self._at(depth, one), self._at(depth, other)
        if (node := first) == second:
            first, second = (self._at(depth + 1, lower) if lower != node else "" for lower in (one, other))
            return node, first, second
        for jump in reversed(self.jumps):
            if jump[first] != jump[second]:
                first, second = jump[first], jump[second]
        return self.above[first], first, second

    def _at(self, depth: int, node: str) -> str:
        """What is above the node at this depth."""
        steps = self.depth[node] - depth
        for size, jump in enumerate(self.jumps):
            if steps >> size & 1:
                node = jump[node]
        return node


def _walk(graph: Graph, root: str) -> tuple[list[str], list[int]]:
    """All that can be reached, in depth, and of each the place of the one it was reached from."""
    order, parents, seen = [root], [0], {root}
    path = [(0, iter(graph.get(root, ())))]
    while path:
        place, following = path[-1]
        for other in following:
            if other not in seen:
                seen.add(other)
                path.append((len(order), iter(graph.get(other, ()))))
                order.append(other)
                parents.append(place)
                break
        else:
            path.pop()
    return order, parents
