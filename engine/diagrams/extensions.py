"""What stands in `extensionElements` and in foreign attributes: `zeebe:` is ours, the rest is a vendor's."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from engine.diagrams.model import NO_EXTENSIONS, Extensions, Vendor
from engine.diagrams.source import refused
from engine.diagrams.vocabulary import (
    BPMN,
    BPMNDI,
    DC,
    DECLARED,
    DI,
    FLOW_NODES,
    GLOBAL_TASKS,
    MODELER,
    XML,
    XSI,
    ZEEBE,
    B,
    Z,
    local,
    namespace,
)

MAX_VENDOR_TEXT = 500
MAX_VENDORS = 100_000
HARMLESS = {"", BPMN, XSI, XML, ZEEBE, MODELER}
DRAWING = {BPMNDI, DC, DI}
OWNERS = {*FLOW_NODES, *GLOBAL_TASKS, *DECLARED, "sequenceFlow", "process"}

FIELDS = {
    "assignmentDefinition/assignee": "assignee",
    "assignmentDefinition/candidateGroups": "role",
    "assignmentDefinition/candidateUsers": "users",
    "formDefinition/formId": "form",
    "taskSchedule/dueDate": "due",
    "taskSchedule/followUpDate": "follow_up",
    "priorityDefinition/priority": "priority",
    "taskDefinition/type": "operation",
    "calledElement/processId": "called_process",
    "calledDecision/decisionId": "called_decision",
    "calledDecision/resultVariable": "result",
    "subscription/correlationKey": "correlation",
}
"""`zeebe:` element and attribute → the field of `Extensions` that holds it."""


def read(node: etree._Element) -> Extensions:
    """The extensions of one BPMN element."""
    holder = node.find(f"{B}extensionElements")
    if holder is None:
        return NO_EXTENSIONS
    said = _said(holder)
    fields = {FIELDS[name]: value for name, value in said.items() if name in FIELDS}
    return Extensions(
        **fields,
        inputs=_mappings(holder, "input"),
        outputs=_mappings(holder, "output"),
        properties=_pairs(holder, "properties", "property", "name"),
        headers=_pairs(holder, "taskHeaders", "header", "key"),
        attributes=MappingProxyType({name: value for name, value in said.items() if name not in FIELDS}),
    )


def loop(node: etree._Element) -> dict[str, str]:
    """The attributes of `zeebe:loopCharacteristics`; empty when there are none."""
    found = node.find(f"{B}extensionElements/{Z}loopCharacteristics")
    return {} if found is None else {str(name): str(value).strip() for name, value in found.items()}


def _said(holder: etree._Element) -> dict[str, str]:
    said = {}
    for child in holder.iterchildren(f"{Z}*"):
        kind = local(str(child.tag))
        if kind in ("properties", "ioMapping", "taskHeaders", "loopCharacteristics"):
            continue
        said[f"{kind}/"] = ""
        for name, value in child.items():
            said[f"{kind}/{str(name)}"] = str(value).strip()
    return said


def _mappings(holder: etree._Element, kind: str) -> tuple[tuple[str, str], ...]:
    found = holder.iterfind(f"{Z}ioMapping/{Z}{kind}")
    return tuple((item.get("source", "").strip(), item.get("target", "").strip()) for item in found)


def _pairs(holder: etree._Element, outer: str, inner: str, key: str) -> MappingProxyType[str, str]:
    found = holder.iterfind(f"{Z}{outer}/{Z}{inner}")
    return MappingProxyType({item.get(key, "").strip(): item.get("value", "").strip() for item in found})


def vendors(root: etree._Element) -> tuple[Vendor, ...]:
    """Every element and attribute of other tools, wherever it hides: a script may stand three levels down.
    An attribute without a value says nothing. Raises DiagramRefused when there are too many to keep: what is
    not looked at might do something.
    """
    found: list[Vendor] = []
    owners = Owners()
    for element in root.iter("*"):
        where = namespace(str(element.tag))
        if where in DRAWING:
            continue
        kind = "" if where in HARMLESS else local(str(element.tag))
        if kind:
            text = (element.text or "").strip()[:MAX_VENDOR_TEXT]
            found.append(Vendor(owners[element], where, kind, text))
        for name, value in element.items():
            space = namespace(str(name)) or (where if kind else "")
            if space not in HARMLESS and value:
                full = kind + "/" + local(str(name)) if kind else local(str(name))
                found.append(Vendor(owners[element], space, full, str(value)[:MAX_VENDOR_TEXT]))
    if len(found) > MAX_VENDORS:
        few = f"Expected at most {MAX_VENDORS:,} elements and attributes of other tools"
        raise refused(f"{few}, but there are {len(found):,}. Export the diagram without them.")
    return tuple(found)


class Owners(dict[etree._Element, str]):
    """Element → the id of the flow node, flow, process or declaration that it stands in.

    It is looked up through the elements around it, which are remembered: so each is looked at once.
    """

    def __missing__(self, element: etree._Element) -> str:
        tag, around = str(element.tag), element.getparent()
        if tag.startswith(B) and local(tag) in OWNERS:
            self[element] = element.get("id", "")
        else:
            self[element] = "" if around is None else self[around]
        return self[element]
