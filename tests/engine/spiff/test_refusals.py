"""What cannot be executed exactly is refused by name. Nothing is ever read as something else."""

# ruff: noqa: E501 - a table reads by the line

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.diagrams import read
from engine.errors import DiagramRefused, Problem
from engine.spiff.bundle import compile
from engine.spiff.nodes import PARSERS, Task
from engine.spiff.parser import refusals
from engine.spiff.specs.activities import Manual
from engine.spiff.triggers import B

from .drawing import Run, chain, definitions, diagram, flows, nodes, zeebe
from .event_definitions import E1, M1, MESSAGE, S1, condition, timer

Q = '"'
TASK = nodes(s="startEvent", a="userTask") + chain("s", "a")


def catching(definition: str) -> str:
    return nodes(s="startEvent", bad=f"intermediateCatchEvent|{definition}", a="userTask") + chain(
        "s", "bad", "a"
    )


def wrapped(kind: str) -> str:
    return nodes(s="startEvent", bad=kind, a="userTask") + chain("s", "bad", "a")


def each(inner: str) -> str:
    return f"<multiInstanceLoopCharacteristics>{inner}</multiInstanceLoopCharacteristics>"


REFUSED = {
    "a script": (wrapped("scriptTask|<script>import os</script>"), ""),
    "a service task without an operation": (wrapped("serviceTask"), ""),
    "a business rule task without an operation": (wrapped("businessRuleTask"), ""),
    "a decision without a variable": (wrapped("businessRuleTask|" + zeebe('<zeebe:calledDecision decisionId="d"/>')), ""),
    "a decision and an operation": (wrapped("businessRuleTask|" + zeebe('<zeebe:calledDecision decisionId="d" resultVariable="r"/><zeebe:taskDefinition type="o"/>')), ""),
    "a send task without a message": (wrapped("sendTask"), ""),
    "a send task with a message and an operation": (wrapped("sendTask messageRef='m1'|" + zeebe('<zeebe:taskDefinition type="o"/>')), M1),
    "a receive task without a message": (wrapped("receiveTask"), ""),
    "a message event without a message": (catching("<messageEventDefinition/>"), ""),
    "a message without a name": (catching(MESSAGE), '<message id="m1"/>'),
    "a message named by an expression": (catching(MESSAGE), '<message id="m1" name="=x"/>'),
    "a signal that is not there": (catching('<signalEventDefinition signalRef="nowhere"/>'), ""),
    "an error that is not there": (nodes(s="startEvent", bad='endEvent|<errorEventDefinition errorRef="x"/>') + chain("s", "bad"), ""),
    "an error end without a code": (nodes(s="startEvent", bad="endEvent|<errorEventDefinition/>") + chain("s", "bad"), ""),
    "a timer without a time": (catching("<timerEventDefinition/>"), ""),
    "a duration that is none": (catching(timer("timeDuration", "banana")), ""),
    "a duration of nothing": (catching(timer("timeDuration", "P")), ""),
    "a date that is a duration": (catching(timer("timeDate", "P1D")), ""),
    "a repetition without time between": (catching(timer("timeCycle", "R/PT0S")), ""),
    "a cron expression": (catching(timer("timeCycle", "0 0 9 * * *")), ""),
    "a condition event without a condition": (catching("<conditionalEventDefinition/>"), ""),
    "a condition in another language": (catching(condition("${x > 1}".replace(">", "&gt;"))), ""),
    "FEEL that is not FEEL": (catching(condition("=x +")), ""),
    "a terminate catch": (catching("<terminateEventDefinition/>"), ""),
    "an error catch in the flow": (catching('<errorEventDefinition errorRef="e1"/>'), E1),
    "a link that leads nowhere": (nodes(s="startEvent", bad='intermediateThrowEvent|<linkEventDefinition name="L"/>') + chain("s", "bad"), ""),
    "a flow condition in another language": (nodes(s="startEvent", a="userTask", b="task") + flows("s>a", "a>b if ${x}").replace("a_b", "bad"), ""),
    "a condition on a flow out of a parallel gateway": (
        nodes(s="startEvent", f="parallelGateway", a="userTask", b="task") + flows("s>f", "f>a", "f>b if =x").replace("f_b", "bad"), ""),
    "an exclusive gateway with two ways and no condition": (
        nodes(s="startEvent", g="exclusiveGateway", a="userTask", b="task") + flows("s>g", "g>a if =x", "g>b").replace("g_b", "bad"), ""),
    "a default flow of somebody else": (nodes(s="startEvent", bad='exclusiveGateway default="s_bad"', a="task") + flows("s>bad", "bad>a"), ""),
    "a flow to nowhere": (TASK + '<sequenceFlow id="bad" sourceRef="a" targetRef="nowhere"/>', ""),
    "a flow into a start event": (nodes(bad="startEvent", a="userTask") + flows("bad>a", "a>bad"), ""),
    "a flow out of an end event": (nodes(s="startEvent", bad="endEvent", a="userTask") + flows("s>bad", "bad>a"), ""),
    "an element no flow leads to": (TASK + nodes(bad="userTask"), ""),
    "two start events without a trigger": (TASK + nodes(bad="startEvent") + flows("bad>a"), ""),
    "a start that asks for all of its events": (
        nodes(bad=f'startEvent parallelMultiple="true"|{MESSAGE}<signalEventDefinition signalRef="s1"/>', a="userTask") + chain("bad", "a"), M1),
    "an event gateway to a task": (nodes(s="startEvent", bad="eventBasedGateway", a="userTask") + chain("s", "bad", "a"), ""),
    "an event gateway that starts the process": (nodes(bad='eventBasedGateway instantiate="true"', m=f"intermediateCatchEvent|{MESSAGE}") + chain("bad", "m"), M1),
    "a boundary event without a host": (TASK + nodes(bad=f"boundaryEvent attachedToRef='x'|{MESSAGE}", h="task") + flows("bad>h"), M1),
    "a boundary event on a gateway": (
        nodes(s="startEvent", g="exclusiveGateway", a="task", bad=f"boundaryEvent attachedToRef='g'|{MESSAGE}") + chain("s", "g", "a"), M1),
    "a boundary event that waits for nothing": (TASK + nodes(bad="boundaryEvent attachedToRef='a'"), ""),
    "two boundary events for one message": (
        TASK + nodes(b=f"boundaryEvent attachedToRef='a'|{MESSAGE}", bad=f"boundaryEvent attachedToRef='a'|{MESSAGE}"), M1),
    "an error that does not interrupt": (
        TASK + nodes(bad="boundaryEvent attachedToRef='a' cancelActivity='false'|<errorEventDefinition errorRef='e1'/>"), E1),
    "a cancel event that is on no transaction": (TASK + nodes(bad="boundaryEvent attachedToRef='a'|<cancelEventDefinition/>"), ""),
    "a compensation event without a handler": (TASK + nodes(bad="boundaryEvent attachedToRef='a'|<compensateEventDefinition/>"), ""),
    "a compensation of nothing": (nodes(s="startEvent", bad='endEvent|<compensateEventDefinition activityRef="x"/>') + chain("s", "bad"), ""),
    "an event sub-process without a trigger": (TASK + nodes(bad=f"subProcess triggeredByEvent='true'|{nodes(i='startEvent')}"), ""),
    "a sub-process that waits to start": (
        nodes(s="startEvent", z=f"subProcess|{nodes(bad=f'startEvent|{MESSAGE}', x='task') + chain('bad', 'x')}") + chain("s", "z"), M1),
    "an empty sub-process": (wrapped("subProcess"), ""),
    "what takes time where one thing is done at a time": (
        nodes(s="startEvent", h=f"adHocSubProcess ordering='Sequential'|{nodes(x='userTask', bad='subProcess|<task id=Qx1Q/>'.replace('Q', Q))}") + chain("s", "h"), ""),
    "a call of nothing": (wrapped("callActivity"), ""),
    "a call of a process that is not there": (wrapped('callActivity calledElement="nowhere"'), ""),
    "instances without a number": (wrapped(f"userTask|{each('')}"), ""),
    "instances of fixed text": (wrapped(f"userTask|{each(zeebe(f'<zeebe:loopCharacteristics inputCollection={Q}agencies{Q}/>'))}"), ""),
    "a behavior that throws nothing": (
        wrapped('userTask|<multiInstanceLoopCharacteristics behavior="One"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>'), ""),
    "a loop without an end": (wrapped("userTask|<standardLoopCharacteristics/>"), ""),
    "a loop with a maximum of nothing": (wrapped('userTask|<standardLoopCharacteristics loopMaximum="0"/>'), ""),
    "a quantity of nothing": (wrapped('userTask startQuantity="0"'), ""),
    "a form named by an expression": (wrapped(f"userTask|{zeebe(f'<zeebe:formDefinition formId={Q}=x{Q}/>')}"), ""),
    "a mapping without a target": (wrapped(f"userTask|{zeebe(f'<zeebe:ioMapping><zeebe:input source={Q}=x{Q}/></zeebe:ioMapping>')}"), ""),
    "data from a store": (
        wrapped("userTask|<dataInputAssociation><sourceRef>ds</sourceRef><targetRef>x</targetRef></dataInputAssociation>")
        + '<dataStoreReference id="ds"/>', ""),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused_by_name(what):
    body, roots = REFUSED[what]
    with pytest.raises(DiagramRefused) as refused:
        compile({"test.bpmn": diagram(body, roots + S1)}, "p")

    assert "bad" in [problem.element for problem in refused.value.problems], refused.value.problems
    assert all(problem.message.startswith("Expected") for problem in refused.value.problems)


def test_every_problem_is_named_not_only_the_first():
    body = nodes(s="startEvent", one="scriptTask", two="serviceTask", three="sendTask") + chain(
        "s", "one", "two", "three"
    )
    with pytest.raises(DiagramRefused) as refused:
        compile({"test.bpmn": diagram(body)}, "p")

    assert {"one", "two", "three"} <= {problem.element for problem in refused.value.problems}


def test_a_process_that_is_not_there_is_said():
    with pytest.raises(DiagramRefused) as refused:
        compile({"test.bpmn": diagram(TASK)}, "q")

    assert "there is none" in refused.value.problems[0].message


def test_two_processes_of_one_name_are_refused():
    with pytest.raises(DiagramRefused):
        compile({"a.bpmn": diagram(TASK), "b.bpmn": diagram(TASK)}, "p")


def test_a_called_process_must_be_able_to_start():
    called = f'<process id="q">{nodes(m=f"startEvent|{MESSAGE}", x="task") + chain("m", "x")}</process>'
    caller = nodes(s="startEvent", bad='callActivity calledElement="q"') + chain("s", "bad")
    with pytest.raises(DiagramRefused) as refused:
        compile({"a.bpmn": definitions(f'<process id="p">{caller}</process>', called, M1)}, "p")

    assert refused.value.problems[0].element == "bad"


def nested(depth: int) -> bytes:
    body = nodes(s0="startEvent", x="userTask") + chain("s0", "x")
    for n in range(1, depth + 1):
        body = nodes(**{f"s{n}": "startEvent", f"z{n}": f"subProcess|{body}"}) + chain(f"s{n}", f"z{n}")
    return diagram(body)


def test_sub_processes_may_be_inside_one_another_but_not_endlessly():
    assert Run(nested(50)).complete("x").status == "completed"
    with pytest.raises(DiagramRefused):
        compile({"test.bpmn": nested(51)}, "p")


class Surprised(Task):
    """Reads no element, and says what stands in it."""

    def create_task(self):
        raise LookupError(self.node.get("name"))


def test_what_nobody_thought_of_is_refused_and_logged_without_content(monkeypatch, caplog):
    monkeypatch.setitem(PARSERS, B + "manualTask", (Surprised, Manual))
    content = diagram(nodes(s="startEvent", bad='manualTask name="Ring Ann"') + chain("s", "bad"))

    with pytest.raises(DiagramRefused) as refused:
        compile({"test.bpmn": content}, "p")

    assert [problem.element for problem in refused.value.problems][:1] == ["bad"]
    assert "LookupError at " in caplog.text and "Ann" not in caplog.text


def test_what_the_executor_refuses_is_said_of_each_element_by_name():
    content = diagram(nodes(s="startEvent", bad='serviceTask name="Ask"') + chain("s", "bad"))

    assert refusals(read(content)) == [
        Problem(
            "bad",
            'service task "Ask" (bad) cannot be executed. Expected the name of an operation (zeebe:taskDefinition type).',
        )
    ]


def test_a_file_that_cannot_be_read_is_one_problem_whatever_is_in_it(caplog):
    beside = f'<process id="q" isExecutable="true">{nodes(x="userTask")}</process>'
    content = replace(read(diagram(TASK, beside), "x.bpmn"), original=b"<definitions")

    assert [problem.element for problem in refusals(content)] == ["x.bpmn"]
    assert len(caplog.records) == 1
