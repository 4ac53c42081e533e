"""The diagrams that are measured, made from a few words. Ours and stock SpiffWorkflow read the same file."""

from __future__ import annotations

import json
from collections.abc import Mapping

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
id="file_{id}" targetNamespace="http://example.org/bench">{outside}
<bpmn:process id="{id}" name="{id}" isExecutable="true">
<bpmn:extensionElements><zeebe:properties>\
<zeebe:property name="handrail:start_roles" value="practitioner" />\
</zeebe:properties></bpmn:extensionElements>
"""
_TAIL = "</bpmn:process></bpmn:definitions>"
_START_FORM = '<bpmn:extensionElements><zeebe:formDefinition formId="note" /></bpmn:extensionElements>'
_TASK = (
    '<bpmn:extensionElements><zeebe:assignmentDefinition assignee="=started_by" />'
    '<zeebe:formDefinition formId="note" /></bpmn:extensionElements>'
)


class _Drawing:
    """Collects nodes and flows; each node lists its incoming and outgoing flows, as files from tools do."""

    def __init__(self, id_: str) -> None:
        self.id, self.outside = id_, ""
        self.nodes: dict[str, tuple[str, str, str]] = {}
        self.flows: list[tuple[str, str, str, str]] = []

    def node(self, kind: str, id_: str, inner: str = "", more: str = "") -> str:
        self.nodes[id_] = (kind, inner, more)
        return id_

    def flow(self, source: str, target: str, condition: str = "") -> str:
        id_ = f"{source}_to_{target}"
        self.flows.append((id_, source, target, condition))
        return id_

    def xml(self) -> bytes:
        body = [self._node(id_, *what) for id_, what in self.nodes.items()]
        body += [self._flow(*flow) for flow in self.flows]
        return (_HEAD.format(id=self.id, outside=self.outside) + "\n".join(body) + _TAIL).encode()

    def _node(self, id_: str, kind: str, inner: str, more: str) -> str:
        ends = [f"<bpmn:incoming>{f[0]}</bpmn:incoming>" for f in self.flows if f[2] == id_]
        ends += [f"<bpmn:outgoing>{f[0]}</bpmn:outgoing>" for f in self.flows if f[1] == id_]
        name = id_.replace("_", " ").capitalize()
        body = "".join([*ends, inner] if kind == "boundaryEvent" else [inner, *ends])
        return f'<bpmn:{kind} id="{id_}" name="{name}"{more}>{body}</bpmn:{kind}>'

    def _flow(self, id_: str, source: str, target: str, condition: str) -> str:
        said = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        name = ' name="Again"' if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        return f'<bpmn:sequenceFlow id="{id_}"{name} {ends}>{said}</bpmn:sequenceFlow>'


def chain(id_: str, tasks: int) -> bytes:
    """Tasks one after another."""
    drawing = _Drawing(id_)
    before = drawing.node("startEvent", "started", _START_FORM)
    for n in range(tasks):
        drawing.flow(before, drawing.node("userTask", f"task_{n}", _TASK))
        before = f"task_{n}"
    drawing.flow(before, drawing.node("endEvent", "ended"))
    return drawing.xml()


def loop(id_: str) -> bytes:
    """One task, again and again while the answer says so."""
    drawing = _Drawing(id_)
    drawing.flow(drawing.node("startEvent", "started", _START_FORM), drawing.node("userTask", "work", _TASK))
    drawing.flow("work", drawing.node("exclusiveGateway", "again", more=' default="again_to_ended"'))
    drawing.flow("again", "work", '=note = "again"')
    drawing.flow("again", drawing.node("endEvent", "ended"))
    return drawing.xml()


_EVENTS = (
    '<bpmn:timerEventDefinition id="when_{n}"><bpmn:timeDate>2099-01-01T00:00:00Z</bpmn:timeDate>'
    "</bpmn:timerEventDefinition>",
    '<bpmn:messageEventDefinition id="when_{n}" messageRef="told" />',
    '<bpmn:signalEventDefinition id="when_{n}" signalRef="all" />',
)


def busy(id_: str, tasks: int) -> bytes:
    """Tasks one after another, each with a timer, message or signal on its edge, interrupting or not."""
    drawing = _Drawing(id_)
    drawing.outside = '<bpmn:message id="told" name="told" /><bpmn:signal id="all" name="all" />'
    before = drawing.node("startEvent", "started", _START_FORM)
    for n in range(tasks):
        task = drawing.node("userTask", f"task_{n}", _TASK)
        drawing.flow(before, task)
        edge = f' attachedToRef="{task}" cancelActivity="{"true" if n % 2 else "false"}"'
        drawing.node("boundaryEvent", f"event_{n}", _EVENTS[n % 3].format(n=n), edge)
        drawing.flow(f"event_{n}", drawing.node("endEvent", f"ended_{n}"))
        before = task
    drawing.flow(before, drawing.node("endEvent", "ended"))
    return drawing.xml()


def blocks(id_: str, count: int, branches: int) -> bytes:
    """Blocks of parallel branches, one block after another, with a task first so that a start waits."""
    drawing = _Drawing(id_)
    before = drawing.node("startEvent", "started", _START_FORM)
    for n in range(count):
        fork = drawing.node("parallelGateway", f"fork_{n}")
        join = drawing.node("parallelGateway", f"join_{n}")
        drawing.flow(before, fork)
        for m in range(branches):
            task = drawing.node("userTask", f"task_{n}_{m}", _TASK)
            drawing.flow(fork, task)
            drawing.flow(task, join)
        before = join
    drawing.flow(before, drawing.node("endEvent", "ended"))
    return drawing.xml()


def for_stock(content: bytes) -> bytes:
    """The same diagram with its expressions in Python, which is what stock SpiffWorkflow evaluates."""
    python = content.replace(b'=note = "again"', b'note == "again"')
    return python.replace(b"2099-01-01T00:00:00Z", b'"2099-01-01T00:00:00Z"')


SHORT, BUSY, LOOP, BLOCKS = "short", "busy", "loop", "blocks"
DIAGRAMS: Mapping[str, bytes] = {
    SHORT: chain(SHORT, 8),
    BUSY: busy(BUSY, 15),
    LOOP: loop(LOOP),
    BLOCKS: blocks(BLOCKS, 6, 4),
}
FORM = json.dumps(
    {
        "type": "default",
        "id": "note",
        "schemaVersion": 19,
        "components": [
            {
                "type": "textfield",
                "id": "note_field",
                "key": "note",
                "label": "Note",
                "validate": {"required": True},
            }
        ],
    }
).encode()


def files() -> dict[str, bytes]:
    """A release that holds them all."""
    return {f"{name}.bpmn": content for name, content in DIAGRAMS.items()} | {"forms/note.form": FORM}
