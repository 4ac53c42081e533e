"""What another engine would do is never left out in silence, and each refusal says what to draw instead."""

import pytest

from engine.diagrams import check, vet
from engine.diagrams.vetting.engines import ACTING

from .drawn import bpmn, event, line, split, task, timer, zeebe

NAMESPACES = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "operaton": "http://operaton.org/schema/1.0/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
    "drools": "http://www.jboss.org/drools",
    "imixs": "http://www.imixs.org/bpmn2",
}
CALL = 'calledElement="q" '
CALLED = '<process id="q"><userTask id="qa"/></process>'
CALENDAR = timer("R/PT1H", "timeCycle").replace("<timeCycle", "<timeCycle {}")
NO_TEXT = '<conditionExpression xsi:type="tFormalExpression" language="groovy" {}/>'


def started(inner: str) -> str:
    return line("userTask:a").replace('<startEvent id="s"/>', event("startEvent", "s", inner))


def waiting(attribute: str) -> str:
    condition = (
        f"<conditionalEventDefinition {attribute}><condition>=x</condition></conditionalEventDefinition>"
    )
    return task(condition, "intermediateCatchEvent")


def written(body: str, process: str = "") -> bytes:
    said = " ".join(
        f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items() if prefix != "camunda"
    )
    return bpmn(body, CALLED, f'id="p" isExecutable="true" {said} {process}')


REFUSED = {
    "a listener of Operaton": task(zeebe('<operaton:executionListener event="start" class="a.B"/>')),
    "an error of a worker": task(zeebe('<camunda:errorEventDefinition expression="${x == 1}"/>')),
    "a form handler": task("", attributes='camunda:formHandlerClass="a.B"'),
    "watched changes": waiting('camunda:variableEvents="create"'),
    "a fixed version": task("", "callActivity", CALL + 'camunda:calledElementVersion="3"'),
    "a condition in a file of its own": split("g a =x", "g b =not(x)").replace(
        "<userTask", NO_TEXT.format('camunda:resource="x.groovy"').join(
            ('<sequenceFlow id="f" sourceRef="g" targetRef="a">', "</sequenceFlow><userTask")
        ), 1
    ),
    "an event of a registry": started(zeebe("<flowable:eventType>paid</flowable:eventType>")),
    "an end of a repetition": started(CALENDAR.format('flowable:endDate="2030-01-01"')),
    "a calendar": started(CALENDAR.format('flowable:businessCalendarName="custom"')),
    "a triggered service": task(attributes='flowable:triggerable="true"'),
    "exceptions": task(zeebe('<flowable:mapException errorCode="E">a.B</flowable:mapException>')),
    "an index": task(attributes='flowable:elementIndexVariable="i"'),
    "gathered results": task(zeebe('<flowable:variableAggregation target="all"/>')),
    "a result": task(attributes='activiti:resultVariableName="r"'),
    "a call that nobody waits for": task("", "callActivity", CALL + 'drools:waitForCompletion="false"'),
    "a state of Imixs": task("", "task", 'imixs:processid="1000"'),
}  # fmt: skip
KEPT = {
    "what jBPM writes at every call": task(
        "", "callActivity", CALL + 'drools:waitForCompletion="true" drools:independent="true"'
    ),
    "names for scripts that are not there": zeebe('<drools:import name="java.util.Map"/>')
    + line("userTask:a"),
    "an empty attribute": task(attributes='camunda:class="" flowable:triggerable="false"'),
}


def problems(content: bytes) -> list[str]:
    return [problem.message for problem in vet({"x.bpmn": content}) if "which is not run" in problem.message]


@pytest.mark.parametrize("name", REFUSED)
def test_what_another_engine_would_do_is_refused(name):
    assert problems(written(REFUSED[name]))


def test_a_process_of_tasks_that_are_begun_from_outside_is_refused():
    assert problems(written(line("userTask:a"), 'drools:adHoc="true"'))
    assert not problems(written(line("userTask:a"), 'drools:adHoc="false"'))


@pytest.mark.parametrize("name", KEPT)
def test_what_changes_nothing_is_kept(name):
    assert vet({"x.bpmn": written(KEPT[name])}) == []


def test_who_may_start_it_elsewhere_is_told():
    report = check({"x.bpmn": written(line("userTask:a"), 'camunda:candidateStarterGroups="leads"')})

    assert any("handrail:start_roles" in problem.message for problem in report.files[0].advice)


def test_every_refusal_says_what_to_draw_instead():
    assert [name for name, (what, instead) in ACTING.items() if not what or not instead.endswith(".")] == []


@pytest.mark.parametrize(
    "attribute", ['camunda:expression="${x.run()}"', 'camunda:delegateExpression="${d}"']
)
def test_code_is_not_translated_where_it_cannot_stand(attribute):
    (said,) = problems(written(task("", "serviceTask", attribute)))

    assert "In FEEL" not in said and "zeebe:taskDefinition" in said


def test_a_value_is_translated():
    (said,) = problems(written(task(attributes='camunda:collection="${items}"')))

    assert said.endswith("(zeebe:loopCharacteristics). In FEEL: =items")
