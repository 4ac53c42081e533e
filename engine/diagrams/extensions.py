"""What stands in `extensionElements` and in foreign attributes: `zeebe:` is ours, the rest is a vendor's."""

from __future__ import annotations

from types import MappingProxyType

from lxml import etree

from engine.diagrams.model import NO_EXTENSIONS, Extensions, Vendor
from engine.diagrams.vocabulary import BPMN, MODELER, XML, XSI, ZEEBE, B, Z, local, namespace

MAX_VENDOR_TEXT = 500
HARMLESS = {"", BPMN, XSI, XML, ZEEBE, MODELER}

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
    vendor = _vendor_attributes(node)
    if holder is None:
        return Extensions(vendor=vendor) if vendor else NO_EXTENSIONS
    said = _said(holder)
    fields = {FIELDS[name]: value for name, value in said.items() if name in FIELDS}
    return Extensions(
        **fields,
        inputs=_mappings(holder, "input"),
        outputs=_mappings(holder, "output"),
        properties=_pairs(holder, "properties", "property", "name"),
        headers=_pairs(holder, "taskHeaders", "header", "key"),
        attributes=MappingProxyType({name: value for name, value in said.items() if name not in FIELDS}),
        vendor=vendor + _vendor_elements(holder),
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


def _vendor_attributes(node: etree._Element) -> tuple[Vendor, ...]:
    return tuple(
        Vendor(namespace(str(name)), local(str(name)), str(value)[:MAX_VENDOR_TEXT])
        for name, value in node.items()
        if name[0] == "{" and namespace(str(name)) not in HARMLESS
    )


def _vendor_elements(holder: etree._Element) -> tuple[Vendor, ...]:
    """Every element and attribute below that is not ours: a script may hide three levels down."""
    found = []
    for child in holder.iterchildren("*"):
        if namespace(str(child.tag)) in HARMLESS:
            continue
        for element in child.iter("*"):
            where, kind = namespace(str(element.tag)), local(str(element.tag))
            found.append(Vendor(where, kind, (element.text or "").strip()[:MAX_VENDOR_TEXT]))
            names = ((kind + "/" + local(str(name)), str(value)) for name, value in element.items())
            found += [Vendor(where, name, value[:MAX_VENDOR_TEXT]) for name, value in names]
    return tuple(found)
