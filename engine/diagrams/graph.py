"""Graph algorithms on `node → next nodes`: without recursion, and linear in nodes and edges."""

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
    """Node → the last node that every way from `root` to it must pass (Cooper, Harvey, Kennedy 2001).

    The root maps to itself; what cannot be reached is left out.
    """
    order = _postorder(graph, root)
    place = {node: number for number, node in enumerate(order)}
    before = reversed_graph({node: graph.get(node, ()) for node in order})
    above = {root: root}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            known = [other for other in before[node] if other in above]
            known.sort(key=place.__getitem__)  # deepest first: then all meetings together climb once
            best = known[0]
            for other in known[1:]:
                best = _meet(above, place, best, other)
            if above.get(node) != best:
                above[node], changed = best, True
    return above


class Tree:
    """The dominators as a tree, to be climbed from the deeper end: as far as needed, never to the root."""

    def __init__(self, above: Mapping[str, str]) -> None:
        self.above = above
        self.depth: dict[str, int] = {}
        for node in above:
            self._measure(node)

    def _measure(self, node: str) -> None:
        path = []
        while node not in self.depth and self.above[node] != node:
            path.append(node)
            node = self.above[node]
        depth = self.depth.setdefault(node, 0)
        for number, below in enumerate(reversed(path), start=1):
            self.depth[below] = depth + number

    def is_above(self, upper: str, lower: str) -> bool:
        """Whether every way to `lower` passes `upper`."""
        if upper not in self.depth:
            return False
        while self.depth[lower] > self.depth[upper]:
            lower = self.above[lower]
        return lower == upper

    def parting(self, one: str, other: str) -> tuple[str, str, str]:
        """The last node all ways to both pass, and what is next on the way to each ("" when it is it)."""
        first = second = ""
        while one != other:
            if self.depth[one] >= self.depth[other]:
                first, one = one, self.above[one]
            else:
                second, other = other, self.above[other]
        return one, first, second


def _postorder(graph: Graph, root: str) -> list[str]:
    order, seen = [], {root}
    path = [(root, iter(graph.get(root, ())))]
    while path:
        node, following = path[-1]
        for other in following:
            if other not in seen:
                seen.add(other)
                path.append((other, iter(graph.get(other, ()))))
                break
        else:
            path.pop()
            order.append(node)
    return order


def _meet(above: Mapping[str, str], place: Mapping[str, int], one: str, other: str) -> str:
    while one != other:
        while place[one] < place[other]:
            one = above[one]
        while place[other] < place[one]:
            other = above[other]
    return one
