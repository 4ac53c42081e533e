"""Files as other tools export them: run as drawn, or refused with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.diagrams import read

from .asking import Rehearsed, refusal

HERE = Path(__file__).parent / "other_tools"


def exported(tool: str) -> bytes:
    return (HERE / f"{tool}.bpmn").read_bytes()


def test_camunda_8_runs_as_drawn() -> None:
    run = Rehearsed(exported("camunda_8"), start={"lead": "ada"}).complete("Activity_1", ok=True, note="x")

    assert run.open() == ["Activity_2"]
    assert run.complete("Activity_2").state["trail"] == [
        "StartEvent_1",
        "Activity_1",
        "Gateway_1",
        "Activity_2",
        "Event_1",
    ]
    assert run.state["variables"] == {"lead": "ada", "approved": True}


def test_signavio_runs_as_drawn() -> None:
    assert Rehearsed(exported("signavio"), start={}).complete("sid-t").state["trail"] == [
        "sid-s",
        "sid-t",
        "sid-e",
    ]


def test_jbpm_runs_with_its_data_and_parameters() -> None:
    run = Rehearsed(exported("jbpm"), start={"person": "ada"}).complete("_t", result="ben", other=1)

    assert run.state["variables"] == {"person": "ben"} and not run.state["running"]


def test_activiti_runs_once_its_expressions_are_feel() -> None:
    drawn = exported("activiti")
    said = {each.element: each.message for each in refusal(drawn)}

    assert 'In FEEL: =approved = "true"' in said["f3"] and "started_by" in said["s"]
    for juel, feel in ((b"${approved == 'true'}", b'=approved = "true"'), (b"'false'}", b'"false"')):
        drawn = drawn.replace(juel, feel)
    drawn = drawn.replace(b"${approved ==", b"=approved =").replace(b' activiti:initiator="who"', b"")
    assert Rehearsed(drawn, start={}).complete("t", approved="false").open() == ["m"]


def test_camunda_7_is_refused_with_what_to_write_instead() -> None:
    said: dict[str, str] = {}
    for each in refusal(exported("camunda_7")):
        said[each.element] = said.get(each.element, "") + each.message

    assert '=amount > 100 and status = "open"' in said["f3"]
    assert "zeebe:taskDefinition" in said["b"] and "zeebe:taskDefinition" in said["b2"]
    assert "zeebe:ioMapping" in said["c"] and "zeebe:loopCharacteristics" in said["m"]
    assert "output mapping" in said["sc"] and "started_by" in said["s"]


SIMPLE = """<?xml version="1.0" encoding="{encoding}"?>
<{p}definitions xmlns{x}="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
 xmlns:tns="t"><{p}process id="p" isExecutable="true">
<{p}startEvent id="s"/><{p}userTask id="a" name="Größe prüfen"/><{p}endEvent id="e"/>
<{p}sequenceFlow sourceRef="tns:s" targetRef="tns:a"/><{p}sequenceFlow sourceRef="a" targetRef="e"/>
</{p}process></{p}definitions>"""


@pytest.mark.parametrize("prefix", ["", "bpmn", "bpmn2", "semantic", "ns0"])
@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8-sig", "UTF-16", "UTF-16LE", "ISO-8859-1"])
def test_any_prefix_and_encoding_reads_the_same(prefix: str, encoding: str) -> None:
    text = SIMPLE.format(
        encoding=encoding.removesuffix("-sig"), p=prefix and f"{prefix}:", x=prefix and f":{prefix}"
    )
    content = text.encode(encoding)
    run = Rehearsed(content, start={})

    assert [task["name"] for task in run.do("tasks")["tasks"]] == ["Größe prüfen"]
    assert run.complete("a").state["trail"] == ["s", "a", "e"] and read(content).original == content


def drawn(body: str, attributes: str = 'isExecutable="true"') -> bytes:
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
    head += '<message id="m1" name="first"/><message id="m2" name="second"/>'
    return f'{head}<process id="p" {attributes}>{body}</process></definitions>'.encode()


FLOW = '<sequenceFlow sourceRef="{}" targetRef="{}"/>'


def test_a_process_without_start_and_end_begins_everywhere_nothing_leads_to() -> None:
    run = Rehearsed(
        drawn('<userTask id="a"/><userTask id="b"/><task id="c"/>' + FLOW.format("a", "c"), ""), start={}
    )

    assert run.open() == ["a", "b"]
    assert run.complete("b").complete("a").state["trail"] == ["b", "a", "c"] and not run.state["running"]


def test_a_path_may_end_without_an_end_event() -> None:
    body = '<startEvent id="s"/><userTask id="a"/>' + FLOW.format("s", "a")

    assert not Rehearsed(drawn(body), start={}).complete("a").state["running"]


def test_each_start_event_starts_an_instance_of_its_own() -> None:
    body = "".join(
        f'<startEvent id="s{n}"><messageEventDefinition messageRef="m{n}"/></startEvent><userTask id="a{n}"/>'
        + FLOW.format(f"s{n}", f"a{n}")
        for n in (1, 2)
    )
    run = Rehearsed(
        drawn(body + '<startEvent id="s0"/><userTask id="a0"/>' + FLOW.format("s0", "a0")), start={}
    )

    assert run.open() == ["a0"]
    assert run.message("second") == "started" and run.open() == ["a0", "a2"]
    assert run.message("first") == "started" and len(run.state["instances"]) == 3


def test_two_start_events_without_a_trigger_are_refused_with_what_to_draw() -> None:
    """Which of them begins when somebody starts the process, the standard leaves open."""
    body = "".join(
        f'<startEvent id="s{n}"/><task id="a{n}"/>' + FLOW.format(f"s{n}", f"a{n}") for n in (1, 2)
    )

    assert any(each.element == "s2" and "gateway" in each.message for each in refusal(drawn(body)))


def test_a_receive_task_may_start_the_process() -> None:
    body = '<receiveTask id="r" instantiate="true" messageRef="m1"/><userTask id="a"/>' + FLOW.format(
        "r", "a"
    )
    run = Rehearsed(drawn(body))

    assert run.message("first", answer=1) == "started"
    assert run.open() == ["a"] and run.state["variables"] == {"answer": 1}


def test_several_kinds_on_one_start_event_each_start_the_process() -> None:
    body = '<startEvent id="s"><messageEventDefinition messageRef="m1"/><timerEventDefinition>'
    body += "<timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent>"
    body += '<userTask id="a"/>' + FLOW.format("s", "a")
    run = Rehearsed(drawn(body))

    assert run.message("first", answer=1) == "started" and run.open() == ["a"]
    assert run.do("advance", by="PT2H")["fired"] == 1 and run.open() == ["a", "a"]
