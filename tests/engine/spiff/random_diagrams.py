"""Random processes over every kind of element that is executed, as the oracle's values and as BPMN."""

from __future__ import annotations

from random import Random

from .oracle_values import ACTIVITIES, SCOPES, Flow, Loop, Node, Scope, Test
from .random_events import RandomEvents
from .random_xml import Page

GATEWAYS = ("and", "or", "xor", "complex")
KINDS = (
    *("user",) * 7,
    *("pass", "pass", "xor", "xor", "xor", "and", "and", "and", "or", "or", "or", "complex"),
    *("events", "catch", "catch", "throw", "throw", "receive", "send", "undo"),
)
DEPTH = 2  # scopes inside each other
IN_DEPTH = ("sub", "sub", "sub", "call", "call", "tx", "tx", "adhoc")


class Drawing(RandomEvents):
    """One random process. `starts`: its start events with a trigger."""

    def __init__(self, seed: int, size: int = 5) -> None:
        self.random = Random(seed)
        self.count = 0
        self.size = size
        self.starts: list[Node] = []
        self.scope = self.whole()
        self.bpmn = Page(self.scope, self.random).bpmn

    def id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    # A scope

    def whole(self) -> Scope:
        """The process itself. Other kinds of drawing begin here."""
        return self.draw(DEPTH, top=True)

    def draw(
        self,
        depth: int,
        catches: frozenset[str] = frozenset(),
        *,
        top: bool = False,
        handles: str = "",
        quiet: bool = False,
    ) -> Scope:
        """`handles`: what starts it, when it is an event sub-process. `quiet`: nothing in it escalates."""
        quiet = quiet or handles == "escalation"
        scope, loose = Scope(), []
        start = self.add(scope, Node(self.id("start"), "start"))
        loose.append(start)
        if top and self.maybe(0.15):
            loose += self.triggered(scope)
        for _ in range(self.random.randint(1, self.size if top else 3)):
            self.more(scope, loose, depth, catches, quiet)
        while loose:
            self.close(scope, loose, catches, quiet)
        self.conditions(scope)
        scope.starts = [start]
        if not handles and not self.starts and self.maybe(0.1):
            self.begin_without_event(scope, start)
        if depth and self.maybe(0.3):
            for _ in range(self.random.choice((1, 1, 2))):
                scope.handlers.append(self.handler(depth, catches, quiet))
        if depth and not top and self.maybe(0.15):
            inner = self.draw(0, handles="compensation", quiet=quiet)
            scope.undo = Node(self.id("on"), "on", inner)
        return scope

    def add(self, scope: Scope, node: Node) -> Node:
        scope.nodes[node.id] = node
        return node

    def join(self, scope: Scope, source: Node, target: Node) -> None:
        if source.kind not in (*GATEWAYS, "events") and self.maybe(0.04):
            leaves = self.add(scope, Node(self.id("link"), "link_out"))
            comes = self.add(scope, Node(f"{leaves.id}_in", "link_in"))
            scope.flows.append(Flow(self.id("f"), source.id, leaves.id))
            scope.flows.append(Flow(f"{leaves.id}_link", leaves.id, comes.id, link=True))
            source = comes
        scope.flows.append(Flow(self.id("f"), source.id, target.id))

    def triggered(self, scope: Scope) -> list[Node]:
        """Start events with a trigger, and receive tasks whose message starts the process."""
        for _ in range(self.random.choice((1, 2))):
            if self.maybe(0.3):
                node = Node(self.id("receive"), "receive", events=(self.message(),), starts=True)
            else:
                event = self.waits_for(("message", "timer", "signal", "condition"))
                node = Node(self.id("start"), "start", events=(event,))
            self.starts.append(self.add(scope, node))
        return list(self.starts)

    def begin_without_event(self, scope: Scope, start: Node) -> None:
        """What no flow leads to is where it begins."""
        first = [flow.target for flow in scope.flows if flow.source == start.id]
        if any([flow.target for flow in scope.flows].count(target) > 1 for target in first):
            return
        del scope.nodes[start.id]
        scope.flows = [flow for flow in scope.flows if flow.source != start.id]
        scope.starts = [node for node in scope.nodes.values() if node.id in first]

    # One more element, which takes some loose ends and leaves others

    def more(self, scope: Scope, loose: list[Node], depth: int, catches: frozenset[str], quiet: bool) -> None:
        kind = self.random.choice(KINDS + IN_DEPTH * bool(depth))
        node = self.add(scope, Node(self.id(kind), "throw" if kind == "undo" else kind))
        merged = self.random.choice((1, 1, 2, 3) if kind in GATEWAYS else (1, 1, 1, 2))
        for _ in range(min(merged, len(loose))):
            self.join(scope, loose.pop(self.random.randrange(len(loose))), node)
        self.detail(scope, node, kind, depth, quiet)
        loose += node.boundary + (node.undo.boundary if node.undo else [])
        if kind == "events":
            loose += self.choices(scope, node)
            return
        ways = self.random.choice((1, 2, 2, 3)) if kind in GATEWAYS else 1
        loose += [node] * (ways + (kind in ("user", "pass", "sub") and self.maybe(0.15)))
        if kind == "xor" and ways > 1:
            self.back(scope, loose, node)

    def back(self, scope: Scope, loose: list[Node], node: Node) -> None:
        """Sometimes round again, always by way of a person whose task nothing can end at once."""
        earlier = [
            other
            for other in scope.nodes.values()
            if other.kind == "user" and not other.loop and not other.boundary
        ]
        if earlier and self.maybe(0.4):
            loose.remove(node)
            self.join(scope, node, self.random.choice(earlier))

    def choices(self, scope: Scope, node: Node) -> list[Node]:
        """What comes after an event-based gateway."""
        kinds = self.random.sample(
            ("message", "timer", "signal", "condition", "receive"), 2 + self.maybe(0.4)
        )
        found = []
        for kind in kinds:
            event = self.message() if kind == "receive" else self.waits_for((kind,))
            target = self.add(scope, Node(self.id("e"), "receive" if kind == "receive" else "catch"))
            target.events = (event,)
            scope.flows.append(Flow(self.id("f"), node.id, target.id))
            found.append(target)
        return found

    def detail(self, scope: Scope, node: Node, kind: str, depth: int, quiet: bool) -> None:
        if kind == "catch":
            self.several(node)
        elif kind == "receive":
            node.events = (self.message(),)
        elif kind == "send":
            node.events = (self.thrown("message"),)
        elif kind == "throw":
            kinds = ("signal", "message") if quiet else ("signal", "message", "escalation", "escalation")
            chosen = self.random.sample(kinds, 2 if self.maybe(0.15) else 1)
            node.events = tuple(self.thrown(one) for one in dict.fromkeys(chosen))
        elif kind == "undo":
            node.events = (self.compensating(scope),)
        if kind in ACTIVITIES:
            self.activity(node, depth, quiet)

    def activity(self, node: Node, depth: int, quiet: bool) -> None:
        names = self.random.sample(("m0", "m1", "m2", "k0"), 4)
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            node.boundary.append(self.boundary(names))
        if node.kind in SCOPES or self.maybe(0.2):
            for kind in ("error", "escalation"):
                if self.maybe(0.5 if node.kind in SCOPES else 0.3):
                    node.boundary.append(self.catcher(kind))
        if node.kind == "tx" and self.maybe(0.9):
            node.boundary.append(Node(self.id("on"), "on", events=(self.waits_for(("cancel",)),)))
        caught = [event.kind for one in node.boundary for event in one.events]
        catches = frozenset([*caught, *["cancel"] * (node.kind == "tx")])
        if node.kind == "adhoc":
            self.adhoc(node)
        elif node.kind in SCOPES:
            node.inner = self.draw(depth - 1, catches & {"error", "escalation", "cancel"}, quiet=quiet)
        self.often(node, depth, quiet)

    def often(self, node: Node, depth: int, quiet: bool) -> None:
        """How often it is done, how it is undone."""
        if node.kind not in ("adhoc", "send") and self.maybe(0.2):
            node.loop = self.loop(node, quiet)
        if self.maybe(0.25):
            node.undo = self.undo(depth)
        if node.kind in ("user", "sub"):
            node.needs = 2 if self.maybe(0.03) else 1
            node.gives = 2 if self.maybe(0.03) else 1

    def undo(self, depth: int) -> Node:
        """A compensation handler: a task, or a sub-process."""
        node = Node(self.id("undo"), self.random.choice(("user", "user", "user", "pass", "sub")))
        if node.kind == "sub":
            if depth:
                node.inner = self.draw(0, quiet=True)
            else:
                node.kind = "user"
        if self.maybe(0.2):
            node.boundary.append(self.boundary(["m0", "k0"]))
        return node

    def adhoc(self, node: Node) -> None:
        inner = node.inner = Scope()
        offered = [self.add(inner, Node(self.id("user"), "user"))]
        for _ in range(self.random.randint(1, 3)):
            kind = self.random.choice(("user", "user", "pass"))
            offered.append(self.add(inner, Node(self.id(kind), kind)))
            if kind == "user" and self.maybe(0.3):
                offered[-1].undo = self.undo(0)
        if len(offered) > 2 and self.maybe(0.5):
            self.join(inner, offered[0], offered[1])
        led_to = {flow.target for flow in inner.flows}
        inner.starts = [each for each in inner.nodes.values() if each.id not in led_to]
        if self.maybe(0.7):
            node.test = Test(above=self.random.randint(2, 7))
            node.cancels_rest = self.maybe(0.6)

    def loop(self, node: Node, quiet: bool) -> Loop:
        chance = self.random
        kind = chance.choice(("standard", "parallel", "parallel", "sequential"))
        if kind == "standard":
            test = Test(below=chance.randint(3, 9)) if self.maybe(0.7) else None
            limited = test is None or node.kind != "user" or self.maybe(0.5)
            return Loop(kind, chance.randint(1, 3) if limited else 0, test, before=self.maybe(0.3))
        times = chance.choice((0, 1, 2, 2, 3, 3))
        test = Test(above=chance.randint(4, 8)) if self.maybe(0.2) else None
        throws = None
        if self.maybe(0.2):
            event = self.thrown("signal" if quiet else chance.choice(("signal", "escalation")))
            throws = (chance.choice(("None", "One", "Complex")), event, chance.randint(1, 3))
        enough = chance.randint(1, 2) if self.maybe(0.2) else 0
        return Loop(kind, times, test, enough=enough, collects=self.maybe(0.2), throws=throws)

    # Ends

    def close(self, scope: Scope, loose: list[Node], catches: frozenset[str], quiet: bool) -> None:
        """End some loose ends, sometimes the hard way, sometimes by drawing nothing."""
        if loose[-1].kind not in (*GATEWAYS, "events", "start") and self.maybe(0.15):
            loose.pop()
            return
        kinds = ("",) * 8 + ("terminate", "signal", "message", "compensation")
        kinds += ("error",) * (4 if "error" in catches else 1)
        kinds += () if quiet else ("escalation",) * 2
        kind = self.random.choice(kinds + ("cancel",) * 4 * ("cancel" in catches))
        end = self.add(scope, Node(self.id("end"), "end"))
        if kind:
            end.events = (self.compensating(scope) if kind == "compensation" else self.thrown(kind),)
        for _ in range(self.random.randint(1, len(loose))):
            self.join(scope, loose.pop(), end)

    # Conditions

    def conditions(self, scope: Scope) -> None:
        by_source: dict[str, list[Flow]] = {}
        for flow in scope.flows:
            by_source.setdefault(flow.source, []).append(flow)
        entering = [flow.target for flow in scope.flows]
        for node in scope.nodes.values():
            flows = by_source.get(node.id, [])
            if node.kind == "complex":
                self.phases(node, flows, entering.count(node.id))
            elif node.kind in ("xor", "or") and len(flows) > 1:
                self.choose(flows, flows[1:])
            elif node.kind in ACTIVITIES and len(flows) > 1 and self.maybe(0.5):
                self.choose(flows, flows[self.random.randint(1, len(flows) - 1) :])

    def choose(self, flows: list[Flow], tested: list[Flow]) -> None:
        for flow in tested:
            flow.test = Test(below=self.random.randint(1, 9))
        if self.maybe(0.9):
            flows[0].default = True
        elif len(tested) == len(flows) - 1:
            flows[0].test = Test(below=self.random.randint(5, 9))

    def phases(self, node: Node, flows: list[Flow], entering: int) -> None:
        """What activates a complex gateway, and which ways its two phases go."""
        node.tokens = self.random.randint(1, max(entering, 1))
        node.test = Test(above=self.random.randint(3, 8)) if self.maybe(0.4) else None
        for flow in flows:
            below = self.random.randint(4, 10)
            flow.test = Test(below=below, first_phase=self.random.choice((None, True, True, False)))
        if self.maybe(0.6):
            flows[0].default, flows[0].test = True, None
