"""Messages and signals: who is reached by what comes in, and what is thrown."""

from __future__ import annotations

import pytest

from engine.diagrams import beginnings, read, vet
from engine.errors import TaskGone
from engine.execution import Deliver, Retry, SetVariables

from .drawing import IO, Run, chain, diagram, flows, give, nodes, zeebe
from .event_definitions import KEYED, M1, MESSAGE, S1, SIGNAL


def test_a_message_goes_to_whom_it_correlates_with_and_brings_its_variables():
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent|{MESSAGE}", a="userTask") + chain("s", "m", "a"),
            KEYED,
        ),
        variables={"case_id": "7"},
    )
    (sub,) = run.subscriptions.values()
    assert (sub.message, sub.correlation, sub.element) == ("reply", '{"case_id":"7"}', "m")

    with pytest.raises(TaskGone):
        run.message("reply", {"case_id": "8"})
    with pytest.raises(TaskGone):
        run.message("other", {"case_id": "7"})
    run.message("reply", {"case_id": "7"}, answer="yes")

    assert (
        run.open() == ["a"] and run.variables == {"case_id": "7", "answer": "yes"} and not run.subscriptions
    )


def test_a_correlation_key_that_gives_nothing_is_an_incident_until_it_does():
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent|{MESSAGE}", a="userTask") + chain("s", "m", "a"),
            KEYED,
        )
    )
    (stuck,) = run.failures

    run.do(SetVariables({"case_id": "7"}))
    run.do(Retry(stuck))
    assert run.message("reply", {"case_id": "7"}).open() == ["a"]


def test_a_message_reaches_one_token_only_the_one_that_waits_longest():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        y="receiveTask messageRef='m1'",
        a="userTask",
        b="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "x>a", "y>b"), M1))

    assert run.message("reply").open() == ["a"]
    assert run.message("reply").open() == ["a", "b"]


def test_a_message_can_be_addressed_to_one_token():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        y=f"intermediateCatchEvent|{MESSAGE}",
        a="userTask",
        b="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "x>a", "y>b"), M1))

    (token,) = [sub.token for sub in run.subscriptions.values() if sub.element == "y"]
    run.do(Deliver("reply", token=token))
    assert run.open() == ["b"]
    with pytest.raises(TaskGone):
        run.do(Deliver("reply", token=token))


def test_a_thrown_message_leaves_the_process_with_what_the_diagram_names():
    thrown = (
        zeebe('<zeebe:ioMapping><zeebe:input source="=secret + 1" target="told"/></zeebe:ioMapping>')
        + MESSAGE
    )
    run = Run(
        diagram(nodes(s="startEvent", t=f"intermediateThrowEvent|{thrown}") + chain("s", "t"), KEYED),
        variables={"secret": 1, "case_id": "7"},
    )

    (message,) = run.thrown
    assert (message.kind, message.name, message.element) == ("message", "reply", "t")
    assert message.correlation == '{"case_id":"7"}' and dict(message.variables) == {"told": 2}


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_each_instance_of_a_sending_task_sends_what_the_diagram_names(sequential):
    items = zeebe('<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>')
    several = f'<multiInstanceLoopCharacteristics isSequential="{sequential}">{items}'
    several += "</multiInstanceLoopCharacteristics>"
    mapping = zeebe(IO.format(give("=item", "who.name")))
    body = nodes(s="startEvent", t=f'sendTask messageRef="m1"|{mapping}{several}') + chain("s", "t")
    run = Run(diagram(body, M1), variables={"items": ["x", "y"]})

    assert [thrown.variables for thrown in run.thrown] == [{"who": {"name": "x"}}, {"who": {"name": "y"}}]


def test_a_thrown_message_reaches_who_waits_for_it_inside():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        a="userTask",
        b="userTask",
        t='sendTask messageRef="m1"',
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>a", "x>b", "a>t"), M1)).complete("a")

    assert run.open() == ["b"] and not run.thrown


def test_a_signal_reaches_everybody_inside_and_leaves_the_process():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{SIGNAL}",
        y=f"intermediateCatchEvent|{SIGNAL}",
        a="userTask",
        b="userTask",
        c="userTask",
        t=f"endEvent|{SIGNAL}",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "f>a", "x>b", "y>c", "a>t"), S1))
    assert {sub.kind for sub in run.subscriptions.values()} == {"signal"}

    assert run.complete("a").open() == ["b", "c"]
    assert [(t.kind, t.name) for t in run.thrown] == [("signal", "alarm")]


@pytest.mark.parametrize("name", [" go", "go ", "go  on"])
def test_a_message_is_known_by_its_name_as_it_is_written(name):
    """The vetting and the executor speak of the same message, also where its name has white space around."""
    sent = nodes(b="startEvent", t='sendTask messageRef="m1"') + chain("b", "t")
    sent = f'<process id="q" isExecutable="true">{sent}</process>'
    pools = '<collaboration id="co"><participant id="P" processRef="p"/><participant id="Q" processRef="q"/>'
    pools += '<messageFlow id="mf" sourceRef="t" targetRef="s" messageRef="m1"/></collaboration>'
    body = nodes(s=f"startEvent|{MESSAGE}", a="userTask") + chain("s", "a")
    content = diagram(body, f'<message id="m1" name="{name}"/>{pools}{sent}')

    assert vet({"x.bpmn": content}) == []
    assert Run(content, "q").thrown[0].name == name
    assert ("message", name) in [key for key, _ in beginnings(read(content))]


def test_white_space_is_no_name():
    body = nodes(s="startEvent", m=f"intermediateCatchEvent|{MESSAGE}") + chain("s", "m")

    assert [problem.element for problem in vet({"x.bpmn": diagram(body, '<message id="m1" name=" "/>')})] == [
        "m"
    ]
