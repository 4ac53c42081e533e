"""The copy of a diagram that the executor reads: the same meaning, with fewer ways to say it.

Ids for what has none; references without prefix; event definitions where they are used; links as flows; only
BPMN and `zeebe:` elements: what the vetting did not look at, the executor cannot meet. The original stays.
"""

from __future__ import annotations

import copy
from typing import Any, cast

from lxml import etree

from engine.diagrams import source
from engine.diagrams.data import Data
from engine.diagrams.model import Diagram
from engine.diagrams.omissions import fill_in
from engine.diagrams.vocabulary import (
    BPMN,
    EVENT_KINDS,
    FLOW_NODES,
    GLOBAL_TASKS,
    XSI,
    ZEEBE,
    B,
    Z,
    local,
    namespace,
    unprefixed,
)

_FOREIGN_ATTRIBUTES = etree.XPath(
    f"//@*[namespace-uri() != '' and namespace-uri() != '{XSI}' and namespace-uri() != '{ZEEBE}']"
)
REFERENCES = {
    "activityRef",
    "attachedToRef",
    "calledElement",
    "dataObjectRef",
    "dataStoreRef",
    "default",
    "errorRef",
    "escalationRef",
    "itemSubjectRef",
    "messageRef",
    "noneBehaviorEventRef",
    "oneBehaviorEventRef",
    "processRef",
    "signalRef",
    "sourceRef",
    "targetRef",
}
DATA_AT = {*FLOW_NODES, *GLOBAL_TASKS}
REFERENCE_ELEMENTS = tuple(
    B + kind for kind in ("sourceRef", "targetRef", "incoming", "outgoing", "flowNodeRef")
)


def normalised(diagram: Diagram) -> etree._Element:
    """A fresh tree, the caller's to change. Its `definitions` element is returned."""
    root = source.tree(diagram.original)
    fill_in(root)
    _drop_foreign(root)
    _plain_attributes(root)
    _inline_definitions(root)
    _links_to_flows(root)
    _data_to_mappings(root)
    return root


def _data_to_mappings(root: etree._Element) -> None:
    """Data associations as mappings, and the standard's collections as `zeebe:` ones."""
    data = Data(root)
    for node in [each for each in data.concerned if each is not None and local(str(each.tag)) in DATA_AT]:
        copies = data.copies(node)
        if copies.inputs or copies.outputs:
            mapping = _extension(node, "ioMapping")
            for kind, mappings in (("input", copies.inputs), ("output", copies.outputs)):
                for value, target in mappings:
                    etree.SubElement(mapping, Z + kind, {"source": value, "target": target})
        several = node.find(f"{B}multiInstanceLoopCharacteristics")
        if several is not None and (said := data.loop(node, several)):
            loop = _extension(several, "loopCharacteristics")
            for name, value in said.items():
                loop.set(name, loop.get(name) or value)
        for association in copies.done:
            node.remove(association)


def _extension(node: etree._Element, kind: str) -> etree._Element:
    """The `zeebe:` element of an element, made when it is not there."""
    holder = node.find(f"{B}extensionElements")
    if holder is None:
        holder = etree.SubElement(node, f"{B}extensionElements")
    found = holder.find(Z + kind)
    return etree.SubElement(holder, Z + kind) if found is None else found


def _drop_foreign(root: etree._Element) -> None:
    """The outermost element of another namespace takes with it whatever stands in it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in list(node):
            if namespace(str(child.tag)) in (BPMN, ZEEBE):
                waiting.append(child)
            else:
                node.remove(child)
    for attribute in cast("list[Any]", _FOREIGN_ATTRIBUTES(root)):
        del attribute.getparent().attrib[attribute.attrname]


def _plain_attributes(root: etree._Element) -> None:
    for element in root.iter(f"{B}*"):
        for name, value in element.items():
            if name in REFERENCES:
                element.set(name, unprefixed(str(value)))
    for element in root.iter(*REFERENCE_ELEMENTS):
        element.text = unprefixed(element.text)


def _inline_definitions(root: etree._Element) -> None:
    shared = {
        child.get("id"): child for child in root.iterchildren(f"{B}*") if local(str(child.tag)) in EVENT_KINDS
    }
    for reference in list(root.iter(f"{B}eventDefinitionRef")):
        parent, definition = reference.getparent(), shared.get(unprefixed(reference.text))
        if parent is not None and definition is not None:
            here = copy.deepcopy(definition)
            if here.get("id"):
                del here.attrib["id"]  # the shared one keeps it: ids stay unique
            here.tail = reference.tail
            parent.replace(reference, here)


def _links_to_flows(root: etree._Element) -> None:
    """A link is a flow without a line: throw and catch stay as events that pass, joined by a flow."""
    catches: dict[tuple[etree._Element | None, str], str] = {}
    throws = []
    for link in list(root.iter(f"{B}linkEventDefinition")):
        event = link.getparent()
        if event is None or event.tag not in (f"{B}intermediateCatchEvent", f"{B}intermediateThrowEvent"):
            continue
        if any(other is not link and local(str(other.tag)) in EVENT_KINDS for other in event):
            continue
        event.remove(link)
        place = (event.getparent(), link.get("name", "").strip())
        if event.tag == f"{B}intermediateCatchEvent":
            catches[place] = str(event.get("id"))
            event.tag = f"{B}intermediateThrowEvent"
        else:
            throws.append((place, str(event.get("id"))))
    for place, thrown in throws:
        if place in catches and place[0] is not None:
            ends = {"sourceRef": thrown, "targetRef": catches[place]}
            etree.SubElement(place[0], f"{B}sequenceFlow", {"id": f"{thrown}_link", **ends})
