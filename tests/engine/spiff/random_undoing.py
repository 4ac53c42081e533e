"""Random processes of which most has finished before it is undone, with variables of its own."""

from __future__ import annotations

from .oracle_values import Event, Flow, Loop, Node, Scope, Test
from .pair import Pair
from .random_diagrams import Drawing

KINDS = ("sub", "sub", "call", "call", "tx")


class Finished(Drawing):
    """One thing after the other, beside a person who changes what they saw. At the end all of it is undone,
    and what that does depends on what it sees.
    """

    def whole(self) -> Scope:
        scope = Scope()
        start = self.add(scope, Node(self.id("start"), "start"))
        fork = self.add(scope, Node(self.id("and"), "and"))
        self.join(scope, start, fork)
        last = fork
        for _ in range(self.random.randint(1, 3)):
            node = self.add(scope, self.undoable(self.random.choice(KINDS), 1))
            self.join(scope, last, node)
            last = node
        throw = Node(self.id("throw"), "throw", events=(Event("compensation"),))
        self.line(scope, last, self.user(), throw, self.user())
        self.line(scope, fork, self.user(), self.user())
        scope.starts = [start]
        if self.maybe(0.3):
            scope.handlers.append(self.beside())
        return scope

    def user(self) -> Node:
        return Node(self.id("user"), "user")

    def line(self, scope: Scope, first: Node, *nodes: Node) -> None:
        for node in nodes:
            self.join(scope, first, self.add(scope, node))
            first = node

    def beside(self) -> Node:
        """An event sub-process of which any number may run."""
        return Node(self.id("on"), "on", self.done(0), events=(Event("signal", "s0"),), interrupting=False)

    def undoable(self, kind: str, depth: int) -> Node:
        node = Node(self.id(kind), kind, self.done(depth))
        if kind == "tx":
            node.boundary = [Node(self.id("on"), "on", events=(Event("cancel"),))]
        if self.maybe(0.6):
            chosen = self.random.choice(("parallel", "sequential", "sequential", "standard"))
            collects = chosen != "standard" and self.maybe(0.4)
            node.loop = Loop(chosen, self.random.randint(1, 2), collects=collects)
        return node

    def done(self, depth: int) -> Scope:
        """A person's task, perhaps more, and what undoes it."""
        scope = Scope()
        start, first = self.add(scope, Node(self.id("start"), "start")), self.user()
        self.line(scope, start, first)
        if depth and self.maybe(0.5):
            self.line(scope, first, self.undoable(self.random.choice(KINDS), depth - 1))
        if self.maybe(0.6):
            scope.undo = Node(self.id("on"), "on", self.asked())
        else:
            first.undo = Node(self.id("undo"), "sub", self.asked())
        scope.starts = [start]
        return scope

    def asked(self) -> Scope:
        """What it does depends on what it sees, also after it has written."""
        scope = Scope()
        start = self.add(scope, Node(self.id("start"), "start"))
        last = start
        for _ in range(self.random.choice((1, 2))):
            gateway, both = Node(self.id("xor"), "xor"), Node(self.id("xor"), "xor")
            self.line(scope, last, gateway)
            self.add(scope, both)
            for test in (None, Test(below=self.random.randint(2, 8))):
                way = self.add(scope, self.user())
                scope.flows.append(Flow(self.id("f"), gateway.id, way.id, test=test, default=test is None))
                self.join(scope, way, both)
            last = both
        scope.starts = [start]
        return scope


class Undone(Pair):
    drawn = Finished
