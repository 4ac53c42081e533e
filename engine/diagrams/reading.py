"""The XML tree of a BPMN file → a `Diagram`. Reads everything, judges only what makes reading impossible."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from types import MappingProxyType

from lxml import etree

from engine.diagrams import bounds, correlation, extensions, grammar, parts, source, zeebe
from engine.diagrams.data import Data
from engine.diagrams.event_definitions import EventDefinitions
from engine.diagrams.model import (
    Diagram,
    Element,
    Flow,
    Loop,
    MessageFlow,
    Named,
    Participant,
    Process,
)
from engine.diagrams.omissions import fill_in
from engine.diagrams.prefixes import Prefixes
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
    unprefixed,
)
from engine.errors import DiagramRefused, Problem

MAX_PROBLEMS = 100


def read(content: bytes, path: str = "") -> Diagram:
    """A BPMN file as values; the bytes are kept. Raises DiagramRefused with every problem found."""
    root = source.tree(content)
    fill_in(root)
    return _Reader(root).diagram(content, path)


class _Reader:
    """One pass over one tree. Kept only while reading."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.data = Data(root)
        self.prefixes = Prefixes(root)
        self.problems: list[Problem] = []
        self.processes: dict[str, Process] = {}
        self.elements: dict[str, Element] = {}
        self.flows: dict[str, Flow] = {}
        self.named: dict[str, Named] = {}
        self.events = EventDefinitions(self.named, self._refuse)
        self.foreign: list[tuple[str, str, str]] = []
        self.global_tasks: list[tuple[str, etree._Element]] = []
        self.participants: list[Participant] = []
        self.message_flows: list[MessageFlow] = []
        self.collaborations: dict[str, str] = {}
        self.nodes_here: list[str] = []
        self.flows_here: list[str] = []
        self.into: dict[str, list[str]] = {}
        self.out_of: dict[str, list[str]] = {}

    def diagram(self, content: bytes, path: str) -> Diagram:
        self.problems += islice(bounds.problems(self.root), MAX_PROBLEMS)
        for child in self.root:
            self._declare(child)
        for child in self.root.iterchildren(f"{B}process"):
            self._process(child)
        for kind, child in self.global_tasks:
            self._global_task(kind, child)
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
            correlations=tuple(correlation.properties(self.root)),
            keys=tuple(correlation.keys(self.root)),
            collaborations=MappingProxyType(self.collaborations),
            language=self.root.get("expressionLanguage", ""),
            foreign=tuple(self.foreign),
            vendor=extensions.vendors(self.root),
            uses=tuple(zeebe.uses(self.root)),
            platform=self.root.get(f"{{{MODELER}}}executionPlatform", ""),
        )

    def _refuse(self, element: str, message: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(element, message))

    # Beside the processes ----------------------------------------------------------------------------------

    def _declare(self, child: etree._Element) -> None:
        tag = str(child.tag)
        kind, id = local(tag), child.get("id", "")
        if not tag.startswith(B):
            return
        if kind == "extension" and (unknown := self.prefixes.not_understood(child)):
            what = f"{unknown[:80]} must be understood, and is not"
            message = f"Expected extensions that are known here, but {what}. Take it out, with what it says."
            self._refuse("", message)
        elif kind in EVENT_KINDS:
            self.events.shared[id] = child
        elif kind in DECLARED:
            self.named[id] = Named(
                id=id,
                kind=kind,
                name=child.get("name", ""),
                code=child.get("errorCode") or child.get("escalationCode") or "",
                extensions=extensions.read(child),
                attributes=parts.attributes(child),
            )
        elif kind in GLOBAL_TASKS and id and kind != "globalScriptTask":
            self.global_tasks.append((kind, child))
        elif kind in CHOREOGRAPHY or kind in GLOBAL_TASKS:
            self.foreign.append((id, kind, child.get("name", "")))

    def _collaboration(self, node: etree._Element) -> None:
        self.collaborations[node.get("id", "")] = node.get("name", "")
        for child in node.iterchildren(f"{B}*"):
            kind = local(str(child.tag))
            id, name = child.get("id", ""), child.get("name", "")
            if kind == "participant":
                process = unprefixed(child.get("processRef"))
                self.participants.append(Participant(id, name, process, parts.attributes(child)))
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
        lanes = parts.lanes(node, id)
        self.nodes_here, self.flows_here = [], []
        self._index_flows(node)
        self._scope(node, id, id, {member: lane.name for lane in lanes for member in lane.nodes}, "")
        executable = parts.executable(node)
        self.processes[id] = Process(
            id=id,
            name=node.get("name", ""),
            executable=executable,
            documentation=parts.documentation(node),
            nodes=tuple(self.nodes_here),
            flows=tuple(self.flows_here),
            lanes=lanes,
            extensions=extensions.read(node),
            attributes=parts.attributes(node),
            faults=self._faults(node) if executable else (),
            bindings=correlation.bindings(node),
        )

    def _global_task(self, kind: str, node: etree._Element) -> None:
        """A task that stands alone is a process that holds nothing else: it is called like one."""
        id = str(node.get("id"))
        self.elements[id] = self._node(node, GLOBAL_TASKS[kind], id, id, "")
        faults = self._faults(node)
        self.processes[id] = Process(id, node.get("name", ""), True, nodes=(id,), faults=faults, task=kind)

    def _faults(self, node: etree._Element) -> tuple[Problem, ...]:
        return tuple(islice(grammar.faults(node, self.events.shared, self.prefixes), MAX_PROBLEMS))

    def _index_flows(self, node: etree._Element) -> None:
        """Of the process and the sub-processes inside it; a flow that hides anywhere else is none."""
        waiting = [node]
        while waiting:
            for child in waiting.pop().iterchildren(f"{B}*"):
                kind, id = local(str(child.tag)), str(child.get("id"))
                if kind == "sequenceFlow":
                    self.out_of.setdefault(unprefixed(child.get("sourceRef")), []).append(id)
                    self.into.setdefault(unprefixed(child.get("targetRef")), []).append(id)
                elif kind in SUB_PROCESSES:
                    waiting.append(child)

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
        said, copies = extensions.read(node), self.data.copies(node)
        if copies.inputs or copies.outputs:
            said = replace(said, inputs=said.inputs + copies.inputs, outputs=said.outputs + copies.outputs)
        return Element(
            id=id,
            kind=kind,
            name=node.get("name", "").strip(),
            process=process,
            scope=scope,
            lane=lane,
            documentation=parts.documentation(node),
            incoming=tuple(self.into.get(id, ())),
            outgoing=tuple(self.out_of.get(id, ())),
            attached_to=unprefixed(node.get("attachedToRef")),
            interrupting=interrupting not in ("false", "0"),
            default=unprefixed(node.get("default")),
            called=(node.get("calledElement") or "").strip(),
            events=tuple(self.events.of(node)),
            loop=self._loop(node),
            extensions=said,
            data_faults=copies.faults,
            attributes=parts.attributes(node),
            inner=parts.inner(node),
            text=parts.kept_text(node),
            line=parts.line(node),
        )

    def _drawn(self, node: etree._Element, kind: str, process: str, scope: str) -> Element:
        return Element(
            id=str(node.get("id")),
            kind=kind,
            name=node.get("name", "").strip(),
            process=process,
            scope=scope,
            attributes=parts.attributes(node),
            text=parts.kept_text(node),
            line=parts.line(node),
        )

    def _flow(self, node: etree._Element, scope: str) -> Flow:
        return Flow(
            id=str(node.get("id")),
            name=node.get("name", "").strip(),
            source=unprefixed(node.get("sourceRef")),
            target=unprefixed(node.get("targetRef")),
            scope=scope,
            condition=parts.condition(node),
            line=parts.line(node),
        )

    def _loop(self, node: etree._Element) -> Loop | None:
        loop = parts.loop(node, self.data)
        several = None if loop is None else node.find(f"{B}multiInstanceLoopCharacteristics")
        if loop is None or several is None:
            return loop
        return replace(loop, throws=tuple(self.events.thrown(several)))
