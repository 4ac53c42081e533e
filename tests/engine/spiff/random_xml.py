"""A random process as BPMN."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from .drawing import NOON, definitions, zeebe
from .oracle_values import Event, Flow, Loop, Node, Scope, Test
from .random_events import ERRORS, ESCALATIONS, KEYED, MESSAGES, SIGNALS

KEY = zeebe('<zeebe:subscription correlationKey="=n"/>')
ROOTS = "".join(
    [*(f'<message id="{name}" name="{name}"/>' for name in MESSAGES)]
    + [f'<message id="{name}" name="{name}">{KEY}</message>' for name in KEYED]
    + [f'<signal id="{name}" name="{name}"/>' for name in SIGNALS]
    + [f'<error id="{name}" name="{name}" errorCode="{name}"/>' for name in ERRORS]
    + [f'<escalation id="{name}" name="{name}" escalationCode="{name}"/>' for name in ESCALATIONS]
    + [f'<{kind} id="any_{kind}" name="{name}"/>' for kind, name in (("error", "e0"), ("escalation", "x0"))]
    + [f'<signalEventDefinition id="behavior_{name}" signalRef="{name}"/>' for name in SIGNALS]
    + [f'<escalationEventDefinition id="behavior_{name}" escalationRef="{name}"/>' for name in ESCALATIONS]
)
TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "throw": "intermediateThrowEvent",
    "catch": "intermediateCatchEvent",
    "link_out": "intermediateThrowEvent",
    "link_in": "intermediateCatchEvent",
    "user": "userTask",
    "pass": "task",
    "receive": "receiveTask",
    "send": "sendTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "complex": "complexGateway",
    "events": "eventBasedGateway",
    "sub": "subProcess",
    "tx": "transaction",
    "adhoc": "adHocSubProcess",
    "call": "callActivity",
}


class Page:
    """`random` decides what says nothing: which flows have no id."""

    def __init__(self, scope: Scope, random: Random) -> None:
        self.random = random
        self.called: list[str] = []
        body = self.scope(scope)
        self.bpmn = definitions(ROOTS, *self.called, f'<process id="p" isExecutable="true">{body}</process>')

    def scope(self, scope: Scope, trigger: Node | None = None) -> str:
        drawn = []
        for node in scope.nodes.values():
            drawn.append(self.element(scope, node, trigger))
            drawn += [self.boundary(event, node) for event in node.boundary]
            if node.undo:
                drawn.append(self.compensation(scope, node, node.undo))
                drawn += [self.boundary(event, node.undo) for event in node.undo.boundary]
        handlers = scope.handlers + ([scope.undo] if scope.undo else [])
        for handler in handlers:
            assert handler.inner is not None
            inner = self.scope(handler.inner, handler)
            drawn.append(f'<subProcess id="{handler.id}" triggeredByEvent="true">{inner}</subProcess>')
        return "".join(drawn) + "".join(self.flow(flow) for flow in scope.flows if not flow.link)

    def flow(self, flow: Flow) -> str:
        inner = f"<conditionExpression>={test(flow.test)}</conditionExpression>" if flow.test else ""
        id = f'id="{flow.id}" ' if flow.default or self.random.random() < 0.8 else ""
        return f'<sequenceFlow {id}sourceRef="{flow.source}" targetRef="{flow.target}">{inner}</sequenceFlow>'

    def element(self, scope: Scope, node: Node, trigger: Node | None = None) -> str:
        attributes = "".join(
            f' default="{flow.id}"' for flow in scope.flows if flow.source == node.id and flow.default
        )
        attributes += f' startQuantity="{node.needs}"' * (node.needs > 1)
        attributes += f' completionQuantity="{node.gives}"' * (node.gives > 1)
        inner = ""
        if node.kind == "start" and trigger is not None:
            attributes += f' isInterrupting="{str(trigger.interrupting).lower()}"'
            inner = self.caught(trigger) or "<compensateEventDefinition/>"
            attributes += ' parallelMultiple="true"' * trigger.parallel
        elif node.kind in ("receive", "send"):
            attributes += f' messageRef="{node.events[0].name}"' + ' instantiate="true"' * node.starts
        elif node.kind == "call":
            assert node.inner is not None
            self.called.append(
                f'<process id="{node.id}_process" isExecutable="true">{self.scope(node.inner)}</process>'
            )
            attributes += f' calledElement="{node.id}_process"'
        elif node.kind in ("link_out", "link_in"):
            name = node.id.removesuffix("_in")
            inner = f'<linkEventDefinition name="{name}"/>'
        elif node.kind == "complex":
            inner = activation(node)
        elif node.inner is not None:
            inner = self.scope(node.inner)
        else:
            inner = definitions_of(node)
            attributes += ' parallelMultiple="true"' * node.parallel
        if node.kind == "adhoc":
            attributes += f' cancelRemainingInstances="{str(node.cancels_rest).lower()}"'
            inner += f"<completionCondition>={test(node.test)}</completionCondition>" if node.test else ""
        inner += loop(node.loop) if node.loop else ""
        return f'<{TAGS[node.kind]} id="{node.id}"{attributes}>{inner}</{TAGS[node.kind]}>'

    def boundary(self, event: Node, host: Node) -> str:
        attributes = f'attachedToRef="{host.id}" cancelActivity="{str(event.interrupting).lower()}"'
        attributes += ' parallelMultiple="true"' * event.parallel
        return f'<boundaryEvent id="{event.id}" {attributes}>{self.caught(event)}</boundaryEvent>'

    def caught(self, event: Node) -> str:
        """What takes any code names nothing, or something without a code."""
        drawn = definitions_of(event)
        for kind in ("error", "escalation") if self.random.random() < 0.5 else ():
            named = f'<{kind}EventDefinition {kind}Ref="any_{kind}"/>'
            drawn = drawn.replace(f"<{kind}EventDefinition/>", named)
        return drawn

    def compensation(self, scope: Scope, node: Node, handler: Node) -> str:
        """A boundary event, a handler, and the line between them."""
        event = f"{handler.id}_on"
        drawn = self.element(scope, handler).replace(">", ' isForCompensation="true">', 1)
        return (
            f'<boundaryEvent id="{event}" attachedToRef="{node.id}">'
            f"<compensateEventDefinition/></boundaryEvent>{drawn}"
            f'<association id="{event}_to" sourceRef="{event}" targetRef="{handler.id}"/>'
        )


def test(drawn: Test) -> str:
    parts = [f"n &lt; {drawn.below}"] * (drawn.below is not None)
    parts += [f"n &gt; {drawn.above}"] * (drawn.above is not None)
    if drawn.first_phase is not None:
        parts.append("waitingForStart" if drawn.first_phase else "not(waitingForStart)")
    return " and ".join(parts)


def activation(node: Node) -> str:
    more = f" or {test(node.test)}" if node.test else ""
    return f"<activationCondition>=activationCount &gt;= {node.tokens}{more}</activationCondition>"


def loop(drawn: Loop) -> str:
    if drawn.kind == "standard":
        attributes = f' loopMaximum="{drawn.times}"' * bool(drawn.times) + ' testBefore="true"' * drawn.before
        inner = f"<loopCondition>={test(drawn.test)}</loopCondition>" if drawn.test else ""
        return f"<standardLoopCharacteristics{attributes}>{inner}</standardLoopCharacteristics>"
    sequential = str(drawn.kind == "sequential").lower()
    attributes, inner = f'isSequential="{sequential}"', ""
    if drawn.collects:
        inner += zeebe('<zeebe:loopCharacteristics outputCollection="r" outputElement="=n"/>')
    inner += f"<loopCardinality>{drawn.times}</loopCardinality>"
    if drawn.throws:
        behavior, event, count = drawn.throws
        attributes += f' behavior="{behavior}"'
        if behavior == "Complex":
            inner += (
                f"<complexBehaviorDefinition><condition>=numberOfCompletedInstances = {count}</condition>"
                f"<event>{definition(event)}</event></complexBehaviorDefinition>"
            )
        else:
            attributes += f' {behavior.lower()}BehaviorEventRef="behavior_{event.name}"'
    ends = [test(drawn.test)] if drawn.test else []
    ends += [f"numberOfCompletedInstances &gt;= {drawn.enough}"] * bool(drawn.enough)
    if ends:
        either = " or ".join(ends)
        inner += f"<completionCondition>={either}</completionCondition>"
    return f"<multiInstanceLoopCharacteristics {attributes}>{inner}</multiInstanceLoopCharacteristics>"


def definitions_of(node: Node) -> str:
    return "".join(map(definition, node.events))


def definition(event: Event) -> str:
    if event.kind == "timer":
        return f"<timerEventDefinition>{time(event)}</timerEventDefinition>"
    if event.test:
        condition = f"<condition>={test(event.test)}</condition>"
        return f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"
    if event.kind == "compensation":
        named = f' activityRef="{event.activity}"' * bool(event.activity)
        return f"<compensateEventDefinition{named}/>"
    named = f' {event.kind}Ref="{event.name}"' * bool(event.name)
    return f"<{event.kind}EventDefinition{named}/>"


def time(event: Event) -> str:
    if event.form == "date":
        return f"<timeDate>{(NOON + timedelta(hours=event.hours)).isoformat()}</timeDate>"
    if event.form == "cycle":
        return f"<timeCycle>R{event.times}/PT{event.hours}H</timeCycle>"
    return f"<timeDuration>PT{event.hours}H</timeDuration>"
