"""What other engines would run in a file, and this one does not: refused, each with what to draw instead."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams.model import Vendor
from engine.diagrams.vetting import languages
from engine.diagrams.vetting.view import View
from engine.errors import Problem

ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://operaton.org/schema/1.0/bpmn": "Operaton",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffWorkflow",
    "https://www.spiffworkflow.org": "SpiffWorkflow",
    "http://www.jboss.org/drools": "jBPM",
    "http://www.imixs.org/bpmn2": "Imixs",
}
"""Namespaces of tools that would run what stands in them; in every other namespace it is only kept."""

OPERATION = (
    "Draw a service task with a task type: the name of one of this service's operations "
    "(zeebe:taskDefinition)."
)
LISTENER = "Draw what it does before or after it, as a service task with a task type (zeebe:taskDefinition)."
SCRIPT = (
    "Write it as an output mapping in FEEL (zeebe:ioMapping), or draw a service task with a task type "
    "(zeebe:taskDefinition)."
)
MAPPING = "Use input and output mappings in FEEL (zeebe:ioMapping)."
DECISION = "Use the called decision (zeebe:calledDecision)."
RESULT = "Use the result variable of the called decision, or an output mapping."
LATEST = "What is published when the case starts is called: take it out."
EACH = "Use the input {} of the multi-instance (zeebe:loopCharacteristics)."
WATCHED = "Its condition is looked at whenever anything changes: say it there, and take this out."
CODES = "Draw a boundary event for each code."
STATES = "Draw a user task for what a person does there, and a message for what happens."

ACTING = {
    "class": ("a Java class", OPERATION),
    "expression": ("an expression", OPERATION),
    "delegateExpression": ("a Java delegate", OPERATION),
    "executionListener": ("a listener that runs code", LISTENER),
    "taskListener": ("a listener that runs code", LISTENER),
    "eventListener": ("a listener that runs code", LISTENER),
    "script": ("a script", SCRIPT),
    "resource": ("a script", SCRIPT),
    "preScript": ("a Python script", SCRIPT),
    "postScript": ("a Python script", SCRIPT),
    "onEntry-script": ("a Java script", LISTENER),
    "onExit-script": ("a Java script", LISTENER),
    "connector": ("a connector", OPERATION),
    "inputOutput": ("data mappings", MAPPING),
    "in": ("a data mapping", MAPPING),
    "out": ("a data mapping", MAPPING),
    "type": ("a service of another engine", OPERATION),
    "topic": ("a worker of another engine", OPERATION),
    "serviceTaskOperator": ("a service of another engine", OPERATION),
    "taskName": ("a service of another engine", OPERATION),
    "triggerable": ("a trigger from outside", "Draw a receive task after it."),
    "eventType": ("an event of its registry", "Draw a message event."),
    "messagePayload": ("a Python expression", MAPPING),
    "messageVariable": ("a message variable", MAPPING),
    "collection": ("a collection", EACH.format("collection")),
    "elementVariable": ("a loop variable", EACH.format("element")),
    "elementIndexVariable": ("a loop variable", "The variable loopCounter numbers the instances."),
    "variableAggregation": (
        "a collection of results",
        "Use the output collection of the multi-instance (zeebe:loopCharacteristics).",
    ),
    "decisionRef": ("a decision", DECISION),
    "calledDecisionId": ("a decision", DECISION),
    "ruleFlowGroup": ("a rule", DECISION),
    "resultVariable": ("a result variable", RESULT),
    "resultVariableName": ("a result variable", RESULT),
    "variableName": ("a variable to watch", WATCHED),
    "variableEvents": ("changes to watch", WATCHED),
    "initiator": ("a variable for who starts it", "The variable started_by says who started a process."),
    "errorCodeVariable": ("a variable for an error", CODES),
    "errorMessageVariable": ("a variable for an error", "Use an output mapping of the event."),
    "escalationCodeVariable": ("a variable for an escalation", CODES),
    "errorEventDefinition": ("an error of its worker", "The operation says which error there is."),
    "mapException": ("a Java exception as an error", "The operation says which error there is."),
    "variableMappingClass": ("a Java class", MAPPING),
    "variableMappingDelegateExpression": ("a Java delegate", MAPPING),
    "formHandlerClass": ("a Java class", "Name a form of this service (zeebe:formDefinition)."),
    "calledElementVersion": ("a fixed version", LATEST),
    "calledElementVersionTag": ("a fixed version", LATEST),
    "caseRef": (
        "a case model (CMMN)",
        "Draw it as an ad-hoc sub-process, or as a process that is called (zeebe:calledElement).",
    ),
    "skipExpression": ("an expression that skips it", "Draw an exclusive gateway before it."),
    "endDate": ("an end of its repetition", "Write how often it repeats, as in R5/P1D."),
    "businessCalendarName": ("a calendar", 'Name a clock of this service, as in =deadline("...").'),
    "waitForCompletion": ("a call without waiting", "Draw a send task that starts the other process."),
    "adHoc": ("tasks that are begun from outside", "Draw them in an ad-hoc sub-process."),
    "processid": ("a state of its own", STATES),
    "activityid": ("an event of its own", STATES),
}
"""Attribute or element of another engine that would do something there → what we call it, what to draw."""

ONLY = {"triggerable": "true", "adHoc": "true", "waitForCompletion": "false"}
"""What makes a difference with one value alone: tools write the other one everywhere."""
VALUES = ("collection", "skipExpression")
"""What can be said in FEEL where it is to be drawn."""


def other_engines(view: View) -> Iterator[Problem]:
    """Nothing stands in the file that another engine would run and this one would leave out."""
    drawn_only = {process.id for process in view.diagram.processes.values() if not process.executable}
    for vendor in view.diagram.vendor:
        element = view.diagram.elements.get(vendor.owner)
        if vendor.owner in drawn_only or (element is not None and element.process in drawn_only):
            continue
        if acts(vendor):
            where = view.diagram.words(vendor.owner) or "the file"
            what, instead = ACTING[vendor.name]
            yield Problem(
                vendor.owner,
                f"{where} has {what} for {ENGINES[vendor.namespace]}, which is not run. "
                f"{instead}{_translated(vendor)}",
            )


def acts(vendor: Vendor) -> bool:
    """Whether this would do something in the engine it was written for."""
    if vendor.namespace not in ENGINES or vendor.name not in ACTING:
        return False
    return vendor.value.strip().lower() == ONLY.get(vendor.name, vendor.value.strip().lower())


def _translated(vendor: Vendor) -> str:
    found = languages.translated(vendor.value) if vendor.name in VALUES and "${" in vendor.value else None
    return f" In FEEL: {found}" if found else ""
