"""Refuses, by name, the elements that are not run, and what other tools would run in them."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagrams import zeebe
from engine.diagrams.model import Element, Use, Vendor, label
from engine.diagrams.support import NODES, OUTSIDE, REFUSED
from engine.diagrams.vetting import languages
from engine.diagrams.vetting.view import View
from engine.diagrams.vocabulary import words
from engine.errors import Problem

ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://activiti.org/bpmn": "Activiti",
    "http://flowable.org/bpmn": "Flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "SpiffWorkflow",
    "https://www.spiffworkflow.org": "SpiffWorkflow",
    "http://www.jboss.org/drools": "jBPM",
    "http://www.omg.org/spec/BPMN/non-normative/color": "",
}
"""Namespaces of tools that would run what stands in them; in every other namespace it is only kept."""

ACTING = {
    "class": "a Java class",
    "expression": "an expression",
    "delegateExpression": "a Java delegate",
    "executionListener": "a listener that runs code",
    "taskListener": "a listener that runs code",
    "script": "a script",
    "preScript": "a Python script",
    "postScript": "a Python script",
    "onEntry-script": "a Java script",
    "onExit-script": "a Java script",
    "connector": "a connector",
    "inputOutput": "data mappings",
    "in": "a data mapping",
    "out": "a data mapping",
    "type": "a service of another engine",
    "topic": "a worker of another engine",
    "serviceTaskOperator": "a service of another engine",
    "messagePayload": "a Python expression",
    "messageVariable": "a message variable",
    "unitTests": "",
    "collection": "a collection",
    "elementVariable": "a loop variable",
    "decisionRef": "a decision",
    "calledDecisionId": "a decision",
    "calledElementBinding": "",
    "resultVariable": "a result variable",
    "variableName": "a variable to watch",
    "initiator": "a variable for who starts it",
    "errorCodeVariable": "a variable for an error",
    "errorMessageVariable": "a variable for an error",
    "escalationCodeVariable": "a variable for an escalation",
    "variableMappingClass": "a Java class",
    "variableMappingDelegateExpression": "a Java delegate",
    "caseRef": "a case model (CMMN)",
    "skipExpression": "an expression that skips it",
    "eventListener": "a listener that runs code",
    "ruleFlowGroup": "a rule",
    "taskName": "a service of another engine",
}
"""Attribute or element of another engine that would do something there → what we call it."""

INSTEAD = {
    "class": "Draw a service task with a task type: the name of one of this service's "
    "operations (zeebe:taskDefinition).",
    "inputOutput": "Use input and output mappings in FEEL (zeebe:ioMapping).",
    "in": "Use input and output mappings in FEEL (zeebe:ioMapping).",
    "out": "Use input and output mappings in FEEL (zeebe:ioMapping).",
    "collection": "Use the input collection of the multi-instance (zeebe:loopCharacteristics).",
    "elementVariable": "Use the input element of the multi-instance (zeebe:loopCharacteristics).",
    "initiator": "The variable started_by says who started a process.",
    "variableMappingClass": "Use input and output mappings in FEEL (zeebe:ioMapping).",
    "variableMappingDelegateExpression": "Use input and output mappings in FEEL (zeebe:ioMapping).",
    "skipExpression": "Draw an exclusive gateway before it.",
    "ruleFlowGroup": "Use the called decision (zeebe:calledDecision).",
    "decisionRef": "Use the called decision (zeebe:calledDecision).",
    "resultVariable": "Use the result variable of the called decision, or an output mapping.",
    "messagePayload": "Use input and output mappings in FEEL (zeebe:ioMapping).",
}


def refused_nodes(view: View) -> Iterator[Problem]:
    """Scripts are not run."""
    for node in view.elements:
        row = NODES.get("eventSubProcess" if node.is_event_sub_process else node.kind)
        if row is not None and row.status == REFUSED:
            yield Problem(
                node.id,
                f"Expected only elements that run, but {node.words} does not. {row.note}{_hint(node)}",
            )


def wrong_data(view: View) -> Iterator[Problem]:
    """A data association copies one variable, unchanged; data stores are only drawn."""
    for node in view.elements:
        for fault in node.data_faults:
            yield Problem(node.id, f"Expected a data association of {node.words} that {fault}")


def strangers(view: View) -> Iterator[Problem]:
    """Every element holds only what BPMN knows there, once where one is meant, said in its words."""
    for process in view.diagram.processes.values():
        yield from process.faults


def refused_outside(view: View) -> Iterator[Problem]:
    """Choreographies and global script tasks are not run."""
    for id, kind, name in view.diagram.foreign:
        row = OUTSIDE.get(kind)
        if row is not None and row.status == REFUSED:
            yield Problem(id, f"Expected processes, but {label(kind, name, id)} is not one. {row.note}")


def other_engines(view: View) -> Iterator[Problem]:
    """Nothing stands in the file that another engine would run and this one would leave out."""
    drawn_only = {process.id for process in view.diagram.processes.values() if not process.executable}
    for vendor in view.diagram.vendor:
        element = view.diagram.elements.get(vendor.owner)
        if vendor.owner in drawn_only or (element is not None and element.process in drawn_only):
            continue
        if what := acts(vendor):
            where = view.diagram.words(vendor.owner) or "the file"
            tool = ENGINES[vendor.namespace]
            yield Problem(
                vendor.owner, f"{where} has {what} for {tool}, which is not run. {_instead(vendor)}".strip()
            )


def unread_extensions(view: View) -> Iterator[Problem]:
    """Everything that is said in `zeebe:` is read, or makes no difference."""
    diagram = view.diagram
    drawn_only = {process.id for process in diagram.processes.values() if not process.executable}
    for use in diagram.uses:
        node = diagram.elements.get(use.owner)
        process = node.process if node is not None else use.owner
        wrong = "" if process in drawn_only else _unread(use)
        if wrong:
            what = f"{use.element} {use.attribute}".strip()[:80]
            yield Problem(
                use.owner, f"zeebe:{what} of {diagram.words(use.owner) or 'the file'} is not read {wrong}"
            )


def _unread(use: Use) -> str:
    """How the sentence "This is not read …" ends; "" when it is, or makes no difference."""
    row = zeebe.row_of(use)
    if row is None:
        return "by anything here. Take it out."
    if row.status == REFUSED:
        return "" if use.holder == "scriptTask" and use.element == "script" else f"here. {row.note}"
    if use.again:
        return "a second time. Take one of them out."
    if row.on and use.holder not in row.on:
        word = words(use.holder)
        return f"at {'an' if word[0] in 'aei' else 'a'} {word}. Take it out."
    if row.values and use.attribute and use.value not in row.values:
        return f"with the value {use.value[:40]}. {row.note}"
    return ""


def acts(vendor: Vendor) -> str:
    """What this would do in the engine it was written for; "" when nothing."""
    if not ENGINES.get(vendor.namespace):
        return ""
    return ACTING.get(vendor.name.split("/")[0], "") if "/" not in vendor.name else ""


def _instead(vendor: Vendor) -> str:
    if vendor.name in INSTEAD:
        return INSTEAD[vendor.name]
    suggestion = languages.translated(vendor.value) if "${" in vendor.value else None
    if suggestion:
        return f"In FEEL: {suggestion}"
    return INSTEAD["class"] if vendor.name in ("expression", "delegateExpression", "type", "topic") else ""


def _hint(node: Element) -> str:
    """The FEEL to write instead of a script of one assignment."""
    said = node.extensions.attributes
    if (value := said.get("script/expression", "")) and (variable := said.get("script/resultVariable", "")):
        return f" Here: output {variable[:60]} with the value {value[:120]}."
    variable, equals, value = node.text.partition("=")
    if not equals or not variable.strip().isidentifier() or "\n" in node.text.strip():
        return ""
    translated = languages.translated(value)
    return f" Here: output {variable.strip()} with the value {translated}." if translated else ""
