"""The XML tree of a BPMN file → a `Diagram`. Reads everything, judges only what makes reading impossible."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import cast

from lxml import etree

from engine.diagrams import extensions, source
from engine.diagrams.model import (
    Diagram,
    Element,
    EventDefinition,
    Expression,
    Flow,
    Lane,
    Loop,
    MessageFlow,
    Named,
    Participant,
    Process,
)
from engine.diagrams.repairs import repair
from engine.diagrams.vocabulary import (
    CHOREOGRAPHY,
    DECLARED,
    DRAWN,
    EVENT_KINDS,
    FLOW_NODES,
    GLOBAL_TASKS,
    MODELER,
    SUB_PROCESSES,
    B,
    local,
    words,
)
from engine.errors import DiagramRefused, Problem

MAX_NODES = 6_000
MAX_FLOWS = 12_000
MAX_DECLARED = 5_000
MAX_NAME = 1_000
MAX_TEXT = 50_000
MAX_ID = 255
MAX_PROBLEMS = 100

KEPT_TEXT = ("completionCondition", "activationCondition", "script", "text")
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
GROUPS = {
    **dict.fromkeys(FLOW_NODES, "elements"),
    **dict.fromkeys(DECLARED, "messages and signals"),
    "sequenceFlow": "flows",
}
OWN_ATTRIBUTES = {"id", "name", "default", "attachedToRef", "calledElement"}
ID = re.compile(r"[^\W\d][\w.\-]{0,254}")


def read(content: bytes, path: str = "") -> Diagram:
    """A BPMN file as values; the bytes are kept. Raises DiagramRefused with every problem found."""
    root = source.tree(content)
    repair(root)
    return _Reader(root).diagram(content, path)


def unprefixed(reference: str | None) -> str:
    """A QName without its prefix: BPMN references may carry one.

    >>> unprefixed(" tns:Message_1 ")
    'Message_1'
    """
    return (reference or "").strip().rpartition(":")[2]


class _Reader:
    """One pass over one tree. Kept only while reading."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self.processes: dict[str, Process] = {}
        self.elements: dict[str, Element] = {}
        self.flows: dict[str, Flow] = {}
        self.named: dict[str, Named] = {}
        self.foreign: list[tuple[str, str, str]] = []
        self.participants: list[Participant] = []
        self.message_flows: list[MessageFlow] = []
        self.collaborations: dict[str, str] = {}
        self.definitions: dict[str, etree._Element] = {}
        self.nodes_here: list[str] = []
        self.flows_here: list[str] = []
        self.into: dict[str, list[str]] = {}
        self.out_of: dict[str, list[str]] = {}

    def diagram(self, content: bytes, path: str) -> Diagram:
        self._bounds()
        for child in self.root:
            self._declare(child)
        for child in self.root.iterchildren(f"{B}process"):
            self._process(child)
        for child in self.root.iterchildren(f"{B}collaboration"):
            self._collaboration(child)
        if self.problems:
            raise DiagramRefused(problems=tuple(self.problems[:MAX_PROBLEMS]))
        return Diagram(
            path=path,
            original=content,
            processes=MappingProxyType(self.processes),
            elements=MappingProxyType(self.elements),
            flows=MappingProxyType(self.flows),
            named=MappingProxyType(self.named),
            participants=tuple(self.participants),
            message_flows=tuple(self.message_flows),
            collaborations=MappingProxyType(self.collaborations),
            language=self.root.get("expressionLanguage", ""),
            foreign=tuple(self.foreign),
            vendor=extensions.vendors(self.root),
            platform=self.root.get(f"{{{MODELER}}}executionPlatform", ""),
        )

    # Bounds ------------------------------------------------------------------------------------------------

    def _bounds(self) -> None:
        counts = Counter[str]()
        for element in self.root.iter(f"{B}*"):
            kind = local(str(element.tag))
            counts[GROUPS.get(kind, "")] += 1
            self._check_id(element, kind)
            self._check_text(element, kind)
        for group, most in (
            ("elements", MAX_NODES),
            ("flows", MAX_FLOWS),
            ("messages and signals", MAX_DECLARED),
        ):
            if counts[group] > most:
                message = f"Expected at most {most:,} {group}, but there are {counts[group]:,}. Split it up."
                self._refuse("", message)

    def _check_id(self, element: etree._Element, kind: str) -> None:
        id = element.get("id")
        if id is None:
            return
        where = f"the {words(kind)} on line {_line(element)}"
        if not ID.fullmatch(id):
            shape = f"at most {MAX_ID} letters, digits, '.', '-' and '_', starting with a letter or '_'"
            self._refuse(id[:MAX_ID], f"Expected an id of {shape}, but {where} has another.")
        elif id in self.seen:
            self._refuse(id, f"Expected every id once, but {id} is used again by {where}.")
        self.seen.add(id)

    def _check_text(self, element: etree._Element, kind: str) -> None:
        id, where = element.get("id", "")[:MAX_ID], f"the {words(kind)} on line {_line(element)}"
        if len(element.get("name", "")) > MAX_NAME:
            self._refuse(
                id, f"Expected a name of at most {MAX_NAME:,} characters, but {where} has a longer one."
            )
        if len(element.text or "") > MAX_TEXT:
            self._refuse(id, f"Expected at most {MAX_TEXT:,} characters of text, but {where} holds more.")

    def _refuse(self, element: str, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(element, message))

    # Beside the processes ----------------------------------------------------------------------------------

    def _declare(self, child: etree._Element) -> None:
        tag = str(child.tag)
        kind, id = local(tag), child.get("id", "")
        if not tag.startswith(B):
            return
        if kind in EVENT_KINDS:
            self.definitions[id] = child
        elif kind in DECLARED:
            self.named[id] = Named(
                id=id,
                kind=kind,
                name=child.get("name", ""),
                code=child.get("errorCode") or child.get("escalationCode") or "",
                extensions=extensions.read(child),
                attributes=_attributes(child),
            )
        elif kind in CHOREOGRAPHY or kind in GLOBAL_TASKS:
            self.foreign.append((id, kind, child.get("name", "")))

    def _collaboration(self, node: etree._Element) -> None:
        self.collaborations[node.get("id", "")] = node.get("name", "")
        for child in node.iterchildren(f"{B}*"):
            kind = local(str(child.tag))
            id, name = child.get("id", ""), child.get("name", "")
            if kind == "participant":
                process = unprefixed(child.get("processRef"))
                self.participants.append(Participant(id, name, process, _attributes(child)))
            elif kind == "messageFlow":
                ends = unprefixed(child.get("sourceRef")), unprefixed(child.get("targetRef"))
                self.message_flows.append(MessageFlow(id, name, *ends, unprefixed(child.get("messageRef"))))
            elif kind in CHOREOGRAPHY:
                self.foreign.append((id, kind, name))
            elif kind in DRAWN:
                self.elements[id] = self._drawn(child, kind, "", "")

    # Inside a process --------------------------------------------------------------------------------------

    def _process(self, node: etree._Element) -> None:
        id = node.get("id", "")
        lanes = _lanes(node, id)
        self.nodes_here, self.flows_here = [], []
        self._index_flows(node)
        self._scope(node, id, id, {member: lane.name for lane in lanes for member in lane.nodes}, "")
        self.processes[id] = Process(
            id=id,
            name=node.get("name", ""),
            executable=node.get("isExecutable", "true") in ("true", "1"),
            documentation=_documentation(node),
            nodes=tuple(self.nodes_here),
            flows=tuple(self.flows_here),
            lanes=lanes,
            extensions=extensions.read(node),
            attributes=_attributes(node),
            inner=_inner(node),
        )

    def _index_flows(self, node: etree._Element) -> None:
        for flow in node.iter(f"{B}sequenceFlow"):
            id = str(flow.get("id"))
            self.out_of.setdefault(unprefixed(flow.get("sourceRef")), []).append(id)
            self.into.setdefault(unprefixed(flow.get("targetRef")), []).append(id)

    def _scope(self, top: etree._Element, process: str, id: str, lanes: dict[str, str], lane: str) -> None:
        """Everything drawn in a process, and in the sub-processes inside it, without recursion."""
        waiting = [(top, id, lane)]
        while waiting:
            node, scope, inherited = waiting.pop()
            for child in node.iterchildren(f"{B}*"):
                kind, own = local(str(child.tag)), str(child.get("id"))
                here = lanes.get(own, inherited)
                if kind in FLOW_NODES:
                    self.elements[own] = self._node(child, kind, process, scope, here)
                    self.nodes_here.append(own)
                elif kind == "sequenceFlow":
                    self.flows[own] = self._flow(child, scope)
                    self.flows_here.append(own)
                elif kind in DRAWN:
                    self.elements[own] = self._drawn(child, kind, process, scope)
                if kind in SUB_PROCESSES:
                    waiting.append((child, own, here))

    def _node(self, node: etree._Element, kind: str, process: str, scope: str, lane: str) -> Element:
        id = str(node.get("id"))
        interrupting = node.get("cancelActivity", node.get("isInterrupting", "true"))
        return Element(
            id=id,
            kind=kind,
            name=node.get("name", "").strip(),
            process=process,
            scope=scope,
            lane=lane,
            documentation=_documentation(node),
            incoming=tuple(self.into.get(id, ())),
            outgoing=tuple(self.out_of.get(id, ())),
            attached_to=unprefixed(node.get("attachedToRef")),
            interrupting=interrupting not in ("false", "0"),
            default=unprefixed(node.get("default")),
            called=(node.get("calledElement") or "").strip(),
            events=tuple(self._events(node)),
            loop=_loop(node),
            extensions=extensions.read(node),
            attributes=_attributes(node),
            inner=_inner(node),
            text=_kept_text(node),
            line=_line(node),
        )

    def _drawn(self, node: etree._Element, kind: str, process: str, scope: str) -> Element:
        return Element(
            id=str(node.get("id")),
            kind=kind,
            name=node.get("name", "").strip(),
            process=process,
            scope=scope,
            attributes=_attributes(node),
            text=_kept_text(node),
            line=_line(node),
        )

    def _flow(self, node: etree._Element, scope: str) -> Flow:
        return Flow(
            id=str(node.get("id")),
            name=node.get("name", "").strip(),
            source=unprefixed(node.get("sourceRef")),
            target=unprefixed(node.get("targetRef")),
            scope=scope,
            condition=_expression(node.find(f"{B}conditionExpression")),
            line=_line(node),
        )

    def _events(self, node: etree._Element) -> list[EventDefinition]:
        found = []
        for child in node.iterchildren(f"{B}*"):
            kind = local(str(child.tag))
            if kind in EVENT_KINDS:
                found.append(self._event(child, kind))
            elif kind == "eventDefinitionRef":
                target = self.definitions.get(unprefixed(child.text))
                if target is None:
                    id = str(node.get("id"))
                    message = (
                        "Expected an event definition in this file, but the one this event refers to is not."
                    )
                    self._refuse(id, message)
                else:
                    found.append(self._event(target, local(str(target.tag))))
        if node.tag in (f"{B}receiveTask", f"{B}sendTask") and node.get("messageRef"):
            found.append(self._event(node, "messageEventDefinition"))
        return found

    def _event(self, node: etree._Element, kind: str) -> EventDefinition:
        word = EVENT_KINDS[kind]
        reference = unprefixed(
            node.get(f"{word}Ref") or (node.get("activityRef") if word == "compensation" else "")
        )
        target = self.named.get(reference)
        timer, value = self._timer(node)
        return EventDefinition(
            kind=word,
            id=node.get("id", ""),
            reference=reference,
            resolved=target is not None or (word == "compensation" and reference in self.seen),
            name=_event_name(node, word, target),
            timer=timer,
            expression=value if word == "timer" else _expression(node.find(f"{B}condition")),
            targets=tuple(unprefixed(item.text) for item in node.iterchildren(f"{B}source", f"{B}target")),
            attributes=_attributes(node),
        )

    def _timer(self, node: etree._Element) -> tuple[str, Expression | None]:
        for kind in ("timeDate", "timeDuration", "timeCycle"):
            if (value := node.find(B + kind)) is not None:
                return kind, _expression(value)
        return "", None


def _event_name(node: etree._Element, word: str, target: Named | None) -> str:
    if word == "link":
        return node.get("name", "").strip()
    if target is None:
        return ""
    if word in ("error", "escalation"):
        return target.code or target.name.strip() or target.id
    return target.name.strip()


def _expression(node: etree._Element | None) -> Expression | None:
    """The text of an expression, and its language; None when the element is not there."""
    if node is None:
        return None
    return Expression("".join(str(text) for text in node.itertext()).strip(), node.get("language", ""))


def _loop(node: etree._Element) -> Loop | None:
    standard = node.find(f"{B}standardLoopCharacteristics")
    if standard is not None:
        condition = _expression(standard.find(f"{B}loopCondition"))
        return Loop("standard", condition=condition, attributes=_attributes(standard))
    several = node.find(f"{B}multiInstanceLoopCharacteristics")
    if several is None:
        return None
    collection = extensions.loop(several)
    return Loop(
        kind="sequential" if several.get("isSequential") in ("true", "1") else "parallel",
        cardinality=_expression(several.find(f"{B}loopCardinality")),
        condition=_expression(several.find(f"{B}completionCondition")),
        collection=collection.get("inputCollection", "") or _data_reference(several, "loopDataInputRef"),
        element=collection.get("inputElement", ""),
        output_collection=collection.get("outputCollection", "") or _text(several, "loopDataOutputRef"),
        output_element=collection.get("outputElement", ""),
        attributes=_attributes(several),
        inner=_inner(several),
    )


def _data_reference(node: etree._Element, kind: str) -> str:
    """The standard's own collection: a reference to data, which is the variable of that name."""
    name = _text(node, kind)
    return f"={name}" if name else ""


def _text(node: etree._Element, kind: str) -> str:
    return unprefixed(node.findtext(B + kind))


def _lanes(process: etree._Element, id: str) -> tuple[Lane, ...]:
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


def _documentation(node: etree._Element) -> str:
    texts = (
        "".join(str(text) for text in child.itertext()) for child in node.iterchildren(f"{B}documentation")
    )
    return "\n\n".join(text.strip() for text in texts if text.strip())


def _kept_text(node: etree._Element) -> str:
    for kind in KEPT_TEXT:
        if (child := node.find(B + kind)) is not None:
            return "".join(str(text) for text in child.itertext()).strip()
    return ""


def _attributes(node: etree._Element) -> MappingProxyType[str, str]:
    """The standard's own attributes (no namespace), without those that have a field of their own."""
    return MappingProxyType(
        {
            str(name): str(value)
            for name, value in node.items()
            if name[0] != "{" and name not in OWN_ATTRIBUTES
        }
    )


def _inner(node: etree._Element) -> tuple[str, ...]:
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


def _line(node: etree._Element) -> int:
    return cast("int | None", node.sourceline) or 0
