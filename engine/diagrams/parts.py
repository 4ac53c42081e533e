"""Reads single facts off one BPMN element: its texts, attributes, loop, lanes. Knows nothing of the whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from lxml import etree

from engine.diagrams import extensions
from engine.diagrams.data import Data
from engine.diagrams.model import Expression, Lane, Loop, Named
from engine.diagrams.vocabulary import DRAWN, EVENT_KINDS, FLOW_NODES, TIMES, B, local, unprefixed

CONDITION_TEXT = ("completionCondition", "activationCondition")
KEPT_TEXT = (*CONDITION_TEXT, "script", "text")
PLAIN_CHILDREN = {
    "documentation",
    "extensionElements",
    "incoming",
    "outgoing",
    "eventDefinitionRef",
    "standardLoopCharacteristics",
    "multiInstanceLoopCharacteristics",
    "sequenceFlow",
    "laneSet",
    "ioSpecification",
    "auditing",
    "monitoring",
    "categoryValueRef",
    *KEPT_TEXT,
    *EVENT_KINDS,
    *FLOW_NODES,
    *DRAWN,
}
OWN_ATTRIBUTES = {"id", "name", "default", "attachedToRef", "calledElement"}


def executable(process: etree._Element) -> bool:
    """Whether it is to run; what does not say so is, but not a public process (BPMN 2.0.2, table 10.1)."""
    unless_said = "false" if process.get("processType") == "Public" else "true"
    return process.get("isExecutable", unless_said) != "false"


def timer(node: etree._Element) -> tuple[str, Expression | None]:
    """Which kind of time a timer has, and its text; some tools write the other kinds too, and empty."""
    found = [child for child in node.iterchildren(*(B + kind for kind in TIMES))]
    for child in sorted(found, key=lambda child: not (child.text or "").strip())[:1]:
        return local(str(child.tag)), expression(child)
    return "", None


def event_name(node: etree._Element, word: str, target: Named | None) -> str:
    """What is waited for or thrown is known by its name as it is written, white space and all."""
    if word == "link":
        return node.get("name", "").strip()
    if target is None:
        return ""
    if word in ("error", "escalation"):
        return target.code or target.name or target.id
    return target.name if target.name.strip() else ""


def expression(node: etree._Element | None) -> Expression | None:
    """The text of an expression, and its language; None when the element is not there."""
    if node is None:
        return None
    return Expression((node.text or "").strip(), node.get("language", ""))


def condition(flow: etree._Element) -> Expression | None:
    """The condition of a flow; an empty one is none."""
    found = expression(flow.find(f"{B}conditionExpression"))
    return found if found is not None and found.text else None


def loop(node: etree._Element, data: Data) -> Loop | None:
    standard = node.find(f"{B}standardLoopCharacteristics")
    if standard is not None:
        condition = expression(standard.find(f"{B}loopCondition"))
        return Loop("standard", condition=condition, attributes=attributes(standard))
    several = node.find(f"{B}multiInstanceLoopCharacteristics")
    if several is None:
        return None
    said = data.loop(node, several) | extensions.loop(several)
    return Loop(
        kind="sequential" if several.get("isSequential") in ("true", "1") else "parallel",
        cardinality=expression(several.find(f"{B}loopCardinality")),
        condition=expression(several.find(f"{B}completionCondition")),
        collection=said.get("inputCollection", ""),
        element=said.get("inputElement", ""),
        output_collection=said.get("outputCollection", ""),
        output_element=said.get("outputElement", ""),
        attributes=attributes(several),
    )


def lanes(process: etree._Element, id: str) -> tuple[Lane, ...]:
    """Outer lanes before inner ones, so that the innermost name wins when they are laid over each other."""
    return tuple(
        Lane(
            id=str(lane.get("id")),
            name=lane.get("name", "").strip(),
            process=id,
            parent=_outer_lane(lane),
            nodes=tuple(unprefixed(member.text) for member in lane.iterchildren(f"{B}flowNodeRef")),
        )
        for lane in process.iter(f"{B}lane")
    )


def _outer_lane(lane: etree._Element) -> str:
    outer = next(lane.iterancestors(f"{B}lane"), None)
    return str(outer.get("id")) if outer is not None else ""


def documentation(node: etree._Element) -> str:
    texts = (
        "".join(str(text) for text in child.itertext()) for child in node.iterchildren(f"{B}documentation")
    )
    return "\n\n".join(text.strip() for text in texts if text.strip())


def kept_text(node: etree._Element) -> str:
    for kind in KEPT_TEXT:
        if (child := node.find(B + kind)) is not None:
            texts = (child.text or "",) if kind in CONDITION_TEXT else child.itertext()
            return "".join(str(text) for text in texts).strip()
    return ""


def attributes(node: etree._Element) -> MappingProxyType[str, str]:
    """The standard's own attributes (no namespace), without those that have a field of their own."""
    return MappingProxyType(
        {
            str(name): str(value)
            for name, value in node.items()
            if name[0] != "{" and name not in OWN_ATTRIBUTES
        }
    )


def inner(node: etree._Element) -> tuple[str, ...]:
    """Children that have no field of their own: the vetting says whether they matter."""
    found = []
    for child in node.iterchildren("*"):
        tag = str(child.tag)
        kind = local(tag)
        if not tag.startswith(B):
            found.append(tag)
        elif kind not in PLAIN_CHILDREN:
            found.append(kind)
    return tuple(dict.fromkeys(found))


def line(node: etree._Element) -> int:
    return cast("int | None", node.sourceline) or 0
