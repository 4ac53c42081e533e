"""Random transactions that are cancelled while sub-processes, calls and loops in them still run."""

from __future__ import annotations

from .oracle_values import Event, Node, Scope
from .pair import Pair
from .random_diagrams import DEPTH, Drawing

BRANCHES = ("sub", "sub", "call", "tx", "adhoc", "user")


class Transactions(Drawing):
    """A process that is one transaction. Most of what is done in it can be undone."""

    def whole(self) -> Scope:
        scope = Scope()
        start = self.add(scope, Node(self.id("start"), "start"))
        whole = self.add(scope, Node(self.id("tx"), "tx", inner=self.cancelled(DEPTH)))
        whole.boundary = [Node(self.id("on"), "on", events=(Event("cancel"),))]
        self.join(scope, start, whole)
        for node in (whole, *whole.boundary):
            self.join(scope, node, self.add(scope, Node(self.id("user"), "user")))
        scope.starts = [start]
        return scope

    def cancelled(self, depth: int) -> Scope:
        """Some branches, and a person who may cancel at any time."""
        scope = Scope()
        start = self.add(scope, Node(self.id("start"), "start"))
        fork = self.add(scope, Node(self.id("and"), "and"))
        self.join(scope, start, fork)
        for _ in range(self.random.randint(1, 3)):
            kind = self.random.choice(BRANCHES)
            node = self.add(scope, Node(self.id(kind), kind))
            self.join(scope, fork, node)
            self.activity(node, depth, quiet=False)
            for loose in (node, *node.boundary):
                self.join(scope, loose, self.add(scope, Node(self.id("end"), "end")))
        stop = self.add(scope, Node(self.id("user"), "user"))
        self.join(scope, fork, stop)
        self.join(scope, stop, self.add(scope, Node(self.id("end"), "end", events=(Event("cancel"),))))
        scope.starts = [start]
        return scope

    def often(self, node: Node, depth: int, quiet: bool) -> None:
        super().often(node, depth, quiet)
        if node.undo is None and self.maybe(0.6):
            node.undo = self.undo(depth)


class Cancelled(Pair):
    drawn = Transactions
