"""The HTML twin of a diagram: its steps in reading order, who does them and what comes next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagrams.model import Diagram, Element, Flow, Process
from engine.diagrams.vocabulary import words

OTHERWISE = "otherwise"
EVENT_WORDS = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "wait",
    "intermediateThrowEvent": "event",
    "boundaryEvent": "event",
}


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """One step. `depth`: sub-processes around it; a boundary event is one deeper than its activity."""

    id: str
    kind: str  # the tag name
    words: str  # what a person calls this kind of step: "user task", "timer event"
    name: str
    lane: str
    depth: int
    next: tuple[tuple[str, str], ...]  # (when, the name of the next step)
    targets: tuple[str, ...]  # the ids of the next steps, in the order of `next`
    documentation: str
    during: str = ""  # boundary events: the name of the activity they sit on


def outline(diagram: Diagram, process: Process | str) -> list[OutlineStep]:
    """The steps of one process: from its start on, side ways and sub-processes where they are met."""
    id = process if isinstance(process, str) else process.id
    return [_step(diagram, node, depth) for node, depth in _Order(diagram, id).all()]


class _Order:
    """Depth first, last way first: read backwards, every step stands before what can follow it."""

    def __init__(self, diagram: Diagram, process: str) -> None:
        self.diagram = diagram
        self.process = process
        self.inside: dict[str, list[Element]] = {}
        self.attached: dict[str, list[Element]] = {}
        for node in diagram.elements.values():
            if node.is_node and node.process == process:
                self.inside.setdefault(node.scope, []).append(node)
                self.attached.setdefault(node.attached_to, []).append(node)

    def all(self) -> Iterator[tuple[Element, int]]:
        """Each node with its depth; a sub-process is followed by what is in it."""
        waiting = [(node, 0) for node in reversed(self._scope(self.process))]
        while waiting:
            node, depth = waiting.pop()
            deeper = depth + (node.kind == "boundaryEvent")
            yield node, deeper
            if node.is_scope:
                waiting += [(inner, deeper + 1) for inner in reversed(self._scope(node.id))]

    def _scope(self, scope: str) -> list[Element]:
        """Everything from the starts on; then what no start leads to; event sub-processes last."""
        nodes = sorted(self.inside.get(scope, []), key=self._rank)
        seen: set[str] = set()
        order: list[Element] = []
        for node in reversed([node for node in nodes if self._rank(node) < 2]):
            self._walk(node, seen, order)
        order.reverse()
        for node in nodes:
            rest: list[Element] = []
            self._walk(node, seen, rest)
            order += reversed(rest)
        return order

    def _rank(self, node: Element) -> int:
        if node.is_event_sub_process:
            return 3
        if node.kind == "startEvent":
            return 0
        return 2 if node.incoming or node.attached_to else 1

    def _walk(self, start: Element, seen: set[str], order: list[Element]) -> None:
        if start.id in seen:
            return
        seen.add(start.id)
        path = [(start, iter(self._following(start)))]
        while path:
            node, following = path[-1]
            for other in following:
                if other.id not in seen:
                    seen.add(other.id)
                    path.append((other, iter(self._following(other))))
                    break
            else:
                order.append(node)
                path.pop()

    def _following(self, node: Element) -> list[Element]:
        """Last first: boundary events are read right after their activity, then the flows as drawn."""
        flows = [self.diagram.flows[id] for id in reversed(node.outgoing)]
        onward = [
            self.diagram.elements[flow.target] for flow in flows if flow.target in self.diagram.elements
        ]
        beside = onward + self.attached.get(node.id, [])[::-1]
        return [other for other in beside if other.scope == node.scope]


def _step(diagram: Diagram, node: Element, depth: int) -> OutlineStep:
    flows = [diagram.flows[id] for id in node.outgoing if diagram.flows[id].target in diagram.elements]
    host = diagram.elements.get(node.attached_to)
    return OutlineStep(
        id=node.id,
        kind=node.kind,
        words=step_words(node),
        name=node.name,
        lane=node.lane,
        depth=depth,
        next=tuple((_when(flow, node), step_name(diagram.elements[flow.target])) for flow in flows),
        targets=tuple(flow.target for flow in flows),
        documentation=node.documentation,
        during=step_name(host) if host else "",
    )


def step_words(node: Element) -> str:
    """
    >>> step_words(Element(id="a", kind="userTask", name="", process="p", scope="p"))
    'user task'
    """
    if node.kind not in EVENT_WORDS:
        kind = "event sub-process" if node.is_event_sub_process else words(node.kind)
        several = {
            "parallel": ", several at once",
            "sequential": ", several in turn",
            "standard": ", repeated",
        }
        return kind + (several[node.loop.kind] if node.loop else "")
    kinds = " and ".join(event.kind for event in node.events)
    return f"{kinds} {EVENT_WORDS[node.kind]}".strip()


def step_name(node: Element) -> str:
    """The name, or what kind of step it is when it has none."""
    return node.name or step_words(node)


def _when(flow: Flow, node: Element) -> str:
    if flow.name:
        return flow.name
    if flow.id == node.default:
        return OTHERWISE
    return flow.condition.text.removeprefix("=").strip() if flow.condition else ""
