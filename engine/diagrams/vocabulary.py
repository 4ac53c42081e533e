"""The words of BPMN 2.0: namespaces, the kinds of element, and what we call each kind in plain English."""

from __future__ import annotations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
MODELER = "http://camunda.org/schema/modeler/1.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

B = "{" + BPMN + "}"
Z = "{" + ZEEBE + "}"

TASKS = {
    "task": "task",
    "userTask": "user task",
    "manualTask": "manual task",
    "serviceTask": "service task",
    "sendTask": "send task",
    "receiveTask": "receive task",
    "scriptTask": "script task",
    "businessRuleTask": "business rule task",
}
SUB_PROCESSES = {
    "subProcess": "sub-process",
    "transaction": "transaction",
    "adHocSubProcess": "ad-hoc sub-process",
}
CALLS = {"callActivity": "call activity"}
ACTIVITIES = TASKS | SUB_PROCESSES | CALLS
GATEWAYS = {
    "exclusiveGateway": "exclusive gateway",
    "parallelGateway": "parallel gateway",
    "inclusiveGateway": "inclusive gateway",
    "eventBasedGateway": "event-based gateway",
    "complexGateway": "complex gateway",
}
EVENTS = {
    "startEvent": "start event",
    "intermediateCatchEvent": "intermediate event",
    "intermediateThrowEvent": "intermediate event",
    "boundaryEvent": "boundary event",
    "endEvent": "end event",
}
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
DRAWN = {
    "dataObject": "data object",
    "dataObjectReference": "data object",
    "dataStoreReference": "data store",
    "textAnnotation": "note",
    "group": "group",
    "association": "association",
}
CHOREOGRAPHY = {
    "choreography": "choreography",
    "globalChoreographyTask": "choreography task",
    "choreographyTask": "choreography task",
    "subChoreography": "sub-choreography",
    "callChoreography": "call choreography",
    "callConversation": "call conversation",
    "conversation": "conversation",
    "subConversation": "sub-conversation",
    "globalConversation": "conversation",
    "implicitThrowEvent": "implicit throw event",
}
GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}
"""Local tag name of a global task → of the task that it is, wherever it is called."""
DECLARED = ("message", "signal", "error", "escalation", "dataStore")
WORDS = (
    FLOW_NODES
    | DRAWN
    | CHOREOGRAPHY
    | {kind: f"global {TASKS[task]}" for kind, task in GLOBAL_TASKS.items()}
    | {
        "process": "process",
        "sequenceFlow": "flow",
        "lane": "lane",
        "participant": "pool",
        "messageFlow": "message flow",
        "message": "message",
        "signal": "signal",
        "error": "error",
        "escalation": "escalation",
        "collaboration": "collaboration",
        "dataStore": "data store",
    }
)
"""Local tag name of a BPMN element → what we call it in a sentence."""

EVENT_KINDS = {
    "messageEventDefinition": "message",
    "timerEventDefinition": "timer",
    "signalEventDefinition": "signal",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "terminateEventDefinition": "terminate",
    "conditionalEventDefinition": "conditional",
    "linkEventDefinition": "link",
    "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
}
"""Local tag name of an event definition → the word the standard uses for such an event."""
TIMES = ("timeDate", "timeDuration", "timeCycle")
CONDITIONS = (
    "conditionExpression",
    "condition",
    "loopCondition",
    "loopCardinality",
    "completionCondition",
    "activationCondition",
)
"""Local tag names of what holds an expression that something waits for, or is decided by."""
BOOLEANS = (
    "cancelActivity",
    "cancelRemainingInstances",
    "instantiate",
    "isExecutable",
    "isForCompensation",
    "isInterrupting",
    "isSequential",
    "mustUnderstand",
    "parallelMultiple",
    "testBefore",
    "triggeredByEvent",
    "waitForCompletion",
)
"""Attributes that say yes or no about what happens."""


def local(tag: str) -> str:
    """The name without its namespace.

    >>> local("{http://www.omg.org/spec/BPMN/20100524/MODEL}userTask")
    'userTask'
    """
    return tag[tag.find("}") + 1 :]


def namespace(tag: str) -> str:
    """The namespace of a qualified name; "" when it has none."""
    return tag[1 : tag.index("}")] if tag.startswith("{") else ""


def unprefixed(reference: str | None) -> str:
    """A QName without its prefix: BPMN references may carry one.

    >>> unprefixed(" tns:Message_1 ")
    'Message_1'
    """
    return (reference or "").strip().rpartition(":")[2]


def words(kind: str) -> str:
    """What we call this kind of element in a sentence; the tag name itself when it is none of BPMN's."""
    return WORDS.get(kind, kind)
