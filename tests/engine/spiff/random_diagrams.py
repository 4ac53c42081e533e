"""Random processes over many kinds of element, as the oracle's values and as BPMN."""

from __future__ import annotations

from random import Random

from .drawing import definitions
from .oracle import Flow, Node, Scope

MESSAGES = ("m0", "m1", "m2")
SIGNALS = (
    "s0",
    "s1",
)  # only s1 is raised inside, and no listener that stays waits for it: nothing goes round
ACTIVITIES = ("user", "sub", "call", "tx")
GATEWAYS = ("and", "or", "xor", "complex")
KINDS = (
    *("user",) * 5,
    *("pass", "xor", "xor", "xor", "and", "and", "or", "or"),
    *("events", "message", "timer", "signal", "raise_signal"),
)
MORE_KINDS = ("complex", "complex", "undo", "undo", "again", "again")
ROOTS = "".join(
    [*(f'<message id="{name}" name="{name}"/>' for name in MESSAGES)]
    + [*(f'<signal id="{name}" name="{name}"/>' for name in SIGNALS)]
    + ['<error id="e0" name="e0" errorCode="e0"/><escalation id="x0" name="x0" escalationCode="x0"/>']
)


class Drawing:
    """One random process."""

    def __init__(self, seed: int, size: int = 5, *, everything: bool = False) -> None:
        """`everything`: also what the oracle knows nothing of."""
        self.everything = everything
        self.random = Random(seed)
        self.count = 0
        self.size = size
        self.processes: list[str] = []
        self.scope = self.draw(depth=2)
        self.processes.append(f'<process id="p" isExecutable="true">{self.xml(self.scope)}</process>')

    @property
    def bpmn(self) -> bytes:
        return definitions(ROOTS, *self.processes)

    def id(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    # Drawing

    def draw(self, depth: int, *, catches: frozenset[str] = frozenset()) -> Scope:
        scope, loose = Scope(), []
        start = self.add(scope, Node(self.id("start"), "start"))
        loose.append(start)
        for _ in range(self.random.randint(1, self.size)):
            self.more(scope, loose, depth, catches)
        while loose:
            self.close(scope, loose, catches)
        self.conditions(scope)
        if depth and self.random.random() < 0.3:
            scope.handlers.append(self.handler(depth, catches))
        return scope

    def add(self, scope: Scope, node: Node) -> Node:
        scope.nodes[node.id] = node
        return node

    def join(self, scope: Scope, source: Node, target: Node) -> None:
        scope.flows.append(Flow(self.id("f"), source.id, target.id))

    def more(self, scope: Scope, loose: list[Node], depth: int, catches: frozenset[str]) -> None:
        """One more element, which takes some loose ends and leaves others."""
        kind = self.kind(depth, catches)
        node = self.add(scope, Node(self.id(kind), kind))
        merged = self.random.choice((1, 1, 2, 3) if kind in GATEWAYS else (1, 1, 1, 2))
        for _ in range(min(merged, len(loose))):
            self.join(scope, loose.pop(self.random.randrange(len(loose))), node)
        self.detail(scope, loose, node, depth)
        if kind == "events":
            loose += self.choices(scope, node)
        else:
            ways = self.random.choice((1, 2, 2, 3)) if kind in GATEWAYS else 1
            loose += [node] * (ways + (kind in ("user", "pass") and self.random.random() < 0.1))
        if kind == "xor" and ways > 1:
            self.back(scope, loose, node)

    def kind(self, depth: int, catches: frozenset[str]) -> str:
        kinds = KINDS + ("escalate",) * 2 * ("escalation" in catches) + ("sub", "sub", "call") * bool(depth)
        if self.everything:
            kinds += MORE_KINDS + ("adhoc", "tx", "tx") * bool(depth)
        return self.random.choice(kinds)

    def back(self, scope: Scope, loose: list[Node], node: Node) -> None:
        """Sometimes round again, always by way of a person."""
        earlier = [other for other in scope.nodes.values() if other.kind == "user"]
        if earlier and self.random.random() < 0.4:
            loose.remove(node)
            self.join(scope, node, self.random.choice(earlier))

    def choices(self, scope: Scope, node: Node) -> list[Node]:
        names = self.random.sample(MESSAGES, 2)
        events = [
            Node(self.id("message"), "message", name=names[0]),
            Node(self.id("timer"), "timer", hours=self.hours()),
        ]
        if self.random.random() < 0.5:
            events.append(Node(self.id("signal"), "signal", name=self.random.choice(SIGNALS)))
        for event in events:
            self.join(scope, node, self.add(scope, event))
        return events

    def hours(self) -> int:
        return self.random.randint(1, 30)

    def detail(self, scope: Scope, loose: list[Node], node: Node, depth: int) -> None:
        if node.kind == "message":
            node.name = self.random.choice(MESSAGES)
        elif node.kind == "signal":
            node.name = self.random.choice(SIGNALS)
        elif node.kind == "raise_signal":
            node.name = SIGNALS[1]
        elif node.kind == "timer":
            node.hours = self.hours()
        elif node.kind in ACTIVITIES:
            self.activity(loose, node, depth)

    def activity(self, loose: list[Node], node: Node, depth: int) -> None:
        names = list(MESSAGES)
        self.random.shuffle(names)
        for _ in range(self.random.choice((0, 0, 1, 2))):
            trigger = self.random.choice(("message", "timer", "signal", *["condition"] * self.everything))
            name = {"message": names[0], "signal": SIGNALS[0]}.get(trigger, "")
            names = names[1:] if trigger == "message" else names
            self.hang(node, loose, trigger, name)
        catches = {
            event for event in ("error", "escalation") if node.kind != "user" and self.random.random() < 0.5
        }
        for event in sorted(catches):
            self.hang(node, loose, event, "")
        if node.kind == "tx":
            self.hang(node, loose, "cancel", "")
            catches.add("cancel")
        if node.kind != "user":
            node.inner = self.draw(depth - 1, catches=frozenset(catches))
        elif self.everything and self.random.random() < 0.4:
            node.name = self.id("handler")  # of its compensation
        if self.random.random() < 0.2:
            node.times, node.sequential = self.random.randint(1, 3), self.random.random() < 0.5

    def hang(self, node: Node, loose: list[Node], trigger: str, name: str) -> None:
        hours = self.hours() if trigger == "timer" else 0
        interrupting = trigger in ("error", "cancel") or self.random.random() < 0.5
        event = Node(self.id("on"), "on", trigger=trigger, name=name, hours=hours, interrupting=interrupting)
        node.boundary.append(event)
        loose.append(event)

    def handler(self, depth: int, catches: frozenset[str]) -> Node:
        trigger = self.random.choice(("message", "timer", "signal"))
        name = {"message": self.random.choice(MESSAGES), "signal": SIGNALS[0], "timer": ""}[trigger]
        hours = self.hours() if trigger == "timer" else 0
        inner = self.draw(depth - 1, catches=catches)
        return Node(
            self.id("on"),
            "on",
            inner,
            trigger=trigger,
            name=name,
            hours=hours,
            interrupting=self.random.random() < 0.5,
        )

    def close(self, scope: Scope, loose: list[Node], catches: frozenset[str]) -> None:
        """End some loose ends, sometimes the hard way."""
        kinds = ("end",) * 6 + ("terminate",) + ("error",) * 3 * ("error" in catches)
        kind = self.random.choice(kinds + ("cancel",) * 3 * ("cancel" in catches))
        end = self.add(scope, Node(self.id(kind), kind))
        for _ in range(self.random.randint(1, len(loose))):
            self.join(scope, loose.pop(), end)

    def conditions(self, scope: Scope) -> None:
        for node in scope.nodes.values():
            flows = scope.out(node.id)
            if node.kind in ("xor", "or") and len(flows) > 1:
                for flow in flows[1:]:
                    flow.below = self.random.randint(1, 9)
                flows[0].default = True

    # As BPMN

    def xml(self, scope: Scope, trigger: Node | None = None) -> str:
        drawn = [self.element(scope, node, trigger) for node in scope.nodes.values()]
        drawn += [
            self.compensation(node) for node in scope.nodes.values() if node.kind == "user" and node.name
        ]
        drawn += [self.boundary(event, node) for node in scope.nodes.values() for event in node.boundary]
        for handler in scope.handlers:
            assert handler.inner is not None
            inner = self.xml(handler.inner, handler)
            drawn.append(f'<subProcess id="{handler.id}" triggeredByEvent="true">{inner}</subProcess>')
        return "".join(drawn) + "".join(map(self.flow, scope.flows))

    def flow(self, flow: Flow) -> str:
        inner = ""
        if flow.below is not None:
            inner = f"<conditionExpression>=n &lt; {flow.below}</conditionExpression>"
        ends = f'sourceRef="{flow.source}" targetRef="{flow.target}"'
        return f'<sequenceFlow id="{flow.id}" {ends}>{inner}</sequenceFlow>'

    def element(self, scope: Scope, node: Node, trigger: Node | None) -> str:
        tag, inner = TAGS[node.kind], ""
        attributes = "".join(f' default="{flow.id}"' for flow in scope.out(node.id) if flow.default)
        if node.kind == "start" and trigger is not None:
            attributes += f' isInterrupting="{str(trigger.interrupting).lower()}"'
            inner = definition(trigger.trigger, trigger.name, trigger.hours)
        elif node.kind == "call":
            called = self.id("process")
            assert node.inner is not None
            self.processes.append(
                f'<process id="{called}" isExecutable="true">{self.xml(node.inner)}</process>'
            )
            attributes += f' calledElement="{called}"'
        elif node.kind == "adhoc":
            inner = "".join(f'<userTask id="{self.id("offered")}"/>' for _ in range(3))
            inner += "<completionCondition>=n &gt; 5</completionCondition>"
        elif node.inner is not None:
            inner = self.xml(node.inner)
        else:
            inner = definition(node.kind, node.name, node.hours)
        return f'<{tag} id="{node.id}"{attributes}>{inner}{self.repeated(node)}</{tag}>'

    def repeated(self, node: Node) -> str:
        if not node.times:
            return ""
        flag = str(node.sequential).lower()
        number = f"<loopCardinality>{node.times}</loopCardinality>"
        tag = "multiInstanceLoopCharacteristics"
        return f'<{tag} isSequential="{flag}">{number}</{tag}>'

    def compensation(self, node: Node) -> str:
        """A boundary event, a handler, and the line between them."""
        event = f"{node.name}_on"
        return (
            f'<boundaryEvent id="{event}" attachedToRef="{node.id}">'
            "<compensateEventDefinition/></boundaryEvent>"
            f'<userTask id="{node.name}" isForCompensation="true"/>'
            f'<association id="{event}_to" sourceRef="{event}" targetRef="{node.name}"/>'
        )

    def boundary(self, event: Node, host: Node) -> str:
        flag = str(event.interrupting).lower()
        inner = definition(event.trigger, event.name, event.hours)
        attributes = f'attachedToRef="{host.id}" cancelActivity="{flag}"'
        return f'<boundaryEvent id="{event.id}" {attributes}>{inner}</boundaryEvent>'


TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "terminate": "endEvent",
    "error": "endEvent",
    "user": "userTask",
    "pass": "task",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "events": "eventBasedGateway",
    "message": "intermediateCatchEvent",
    "timer": "intermediateCatchEvent",
    "signal": "intermediateCatchEvent",
    "raise_signal": "intermediateThrowEvent",
    "escalate": "intermediateThrowEvent",
    "sub": "subProcess",
    "call": "callActivity",
    "complex": "complexGateway",
    "undo": "intermediateThrowEvent",
    "again": "userTask",
    "adhoc": "adHocSubProcess",
    "tx": "transaction",
    "cancel": "endEvent",
}


def definition(kind: str, name: str, hours: int) -> str:
    return {
        "message": f'<messageEventDefinition messageRef="{name}"/>',
        "signal": f'<signalEventDefinition signalRef="{name}"/>',
        "raise_signal": f'<signalEventDefinition signalRef="{name}"/>',
        "timer": f"<timerEventDefinition><timeDuration>PT{hours}H</timeDuration></timerEventDefinition>",
        "error": '<errorEventDefinition errorRef="e0"/>',
        "escalation": '<escalationEventDefinition escalationRef="x0"/>',
        "escalate": '<escalationEventDefinition escalationRef="x0"/>',
        "terminate": "<terminateEventDefinition/>",
        "cancel": "<cancelEventDefinition/>",
        "undo": "<compensateEventDefinition/>",
        "condition": "<conditionalEventDefinition><condition>=n &gt; 6</condition>"
        "</conditionalEventDefinition>",
        "complex": "<activationCondition>=activationCount &gt;= 2 or n &gt; 5</activationCondition>",
        "again": '<standardLoopCharacteristics loopMaximum="3"><loopCondition>=n &lt; 7</loopCondition>'
        "</standardLoopCharacteristics>",
    }.get(kind, "")
