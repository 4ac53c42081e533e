"""Event definitions as text, and small diagrams with an event in them."""

from __future__ import annotations

from .drawing import chain, diagram, flows, nodes, zeebe

MESSAGE = '<messageEventDefinition messageRef="m1"/>'
M1 = '<message id="m1" name="reply"/>'
KEY = zeebe('<zeebe:subscription correlationKey="=case_id"/>')
KEYED = f'<message id="m1" name="reply">{KEY}</message>'
SIGNAL = '<signalEventDefinition signalRef="s1"/>'
S1 = '<signal id="s1" name="alarm"/>'
ERROR = '<errorEventDefinition errorRef="e1"/>'
E1 = '<error id="e1" name="Refused" errorCode="refused"/>'
ESCALATION = '<escalationEventDefinition escalationRef="x1"/>'
X1 = '<escalation id="x1" name="Up" escalationCode="up"/>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def boundary(definition: str, roots: str = "", *, interrupting: bool = True, host: str = "userTask") -> bytes:
    flag = str(interrupting).lower()
    return diagram(
        nodes(
            s="startEvent",
            a=host,
            after="userTask",
            b=f'boundaryEvent attachedToRef="a" cancelActivity="{flag}"|{definition}',
            h="userTask",
        )
        + flows("s>a", "a>after", "b>h"),
        roots,
    )


def handled(definition: str, roots: str = "", *, interrupting: bool, end: str = "endEvent") -> bytes:
    inner = nodes(
        i=f'startEvent isInterrupting="{str(interrupting).lower()}"|{definition}', h="userTask", he=end
    ) + chain("i", "h", "he")
    body = nodes(
        s="startEvent", a="userTask", b="userTask", z=f'subProcess triggeredByEvent="true"|{inner}'
    ) + flows("s>a", "s>b")
    return diagram(body, roots)


def inner_end(definition: str) -> str:
    return nodes(i="startEvent", x="userTask", w="userTask", bad=f"endEvent|{definition}") + flows(
        "i>x", "i>w", "x>bad"
    )
