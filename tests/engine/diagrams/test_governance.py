"""What a partnership asks beyond that a diagram runs; above all that no run ends without its record."""

from engine.diagrams import Known, read
from engine.diagrams.governance import objections

from .drawn import bpmn, flows, line

RECORD = '<extensionElements><zeebe:properties><zeebe:property name="handrail:record" value="decision"/>'
RECORD += "</zeebe:properties></extensionElements>"
REQUIRES = RECORD.replace("handrail:record", "handrail:requires_record")
HEAD = REQUIRES + '<startEvent id="s"/><endEvent id="e"/>'
WRITES = f'<userTask id="write">{RECORD}</userTask>'


def without_record(body: str, beside: str = "") -> list[str]:
    """The ends that can be reached without the record."""
    found = objections([read(bpmn(body, beside))], Known())
    return [problem.element for problem in found if "record" in problem.message]


def test_a_way_past_the_record_is_named_by_the_end_it_reaches():
    body = (
        HEAD
        + WRITES
        + '<exclusiveGateway id="g" name="Share?"/><endEvent id="x"/>'
        + flows("s g", "g write =y", "g x =n", "write e")
    )

    assert without_record(body) == ["x"]
    message = objections([read(bpmn(body))], Known())[-1].message
    assert "decision" in message and "Share?" in message


def test_a_record_on_every_way_is_enough():
    body = HEAD + WRITES + WRITES.replace("write", "other") + '<exclusiveGateway id="g"/>'

    assert without_record(body + flows("s g", "g write =y", "g other =n", "write e", "other e")) == []


def test_one_parallel_branch_with_the_record_is_enough():
    """A process ends only when all its branches have."""
    body = HEAD + WRITES + '<parallelGateway id="g"/><userTask id="alarm"/><endEvent id="x"/>'

    assert without_record(body + flows("s g", "g write", "g alarm", "write e", "alarm x")) == []


def test_a_parallel_branch_that_terminates_the_process_must_have_the_record_itself():
    body = HEAD + WRITES + '<parallelGateway id="g"/><userTask id="alarm"/>'
    body += '<endEvent id="x"><terminateEventDefinition/></endEvent>'

    assert without_record(body + flows("s g", "g write", "g alarm", "write e", "alarm x")) == ["x"]


def test_a_task_that_is_interrupted_has_written_nothing():
    body = (
        HEAD
        + WRITES
        + '<boundaryEvent id="b" attachedToRef="write"/><endEvent id="x"/>'
        + flows("s write", "write e", "b x")
    )

    assert without_record(body) == ["x"]
    assert (
        without_record(body.replace('attachedToRef="write"', 'attachedToRef="write" cancelActivity="false"'))
        == []
    )


def test_an_event_that_interrupts_the_process_needs_the_record_too():
    stop = '<subProcess id="stop" triggeredByEvent="true"><startEvent id="is"/>{}'
    stop += '<endEvent id="ie"/>{}</subProcess>'
    body = HEAD + WRITES + flows("s write", "write e")
    inner = WRITES.replace("write", "inner")

    assert without_record(body + stop.format("", flows("is ie"))) == ["ie"]
    assert without_record(body + stop.format(inner, flows("is inner", "inner ie"))) == []


def test_a_record_inside_a_sub_process_counts_when_every_way_through_it_passes():
    inside = '<startEvent id="is"/><endEvent id="ie"/>' + WRITES
    body = HEAD + '<subProcess id="sp">{}</subProcess>' + flows("s sp", "sp e")

    assert without_record(body.format(inside + flows("is write", "write ie"))) == []
    skips = '<exclusiveGateway id="g"/>' + flows("is g", "g write =y", "g ie =n", "write ie")
    assert without_record(body.format(inside + skips)) == ["e"]


def test_a_called_process_that_requires_the_record_counts():
    other = f'<process id="other" isExecutable="true">{REQUIRES}<startEvent id="os"/><endEvent id="oe"/>'
    other += WRITES.replace("write", "ow") + flows("os ow", "ow oe") + "</process>"
    body = HEAD + '<callActivity id="c" calledElement="other"/>' + flows("s c", "c e")

    assert without_record(body, other) == []
    assert without_record(body, other.replace("handrail:requires_record", "x")) == ["e"]


def test_a_loop_does_not_hide_a_way_past():
    body = HEAD + WRITES + '<exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="g"/>'
    around = flows("s m", "m a", "a g", "g m =again", "g write =done", "write e")

    assert without_record(body + around) == []
    assert without_record(body + around + flows("g e =never")) == ["e"]


def test_processes_that_require_nothing_are_left_alone():
    assert without_record(line("userTask:a")) == []


def test_every_task_has_a_name_a_role_a_clock_a_form_and_guidance():
    said = " ".join(problem.message for problem in objections([read(bpmn(line("userTask:a")))], Known()))

    for word in ("a name", "who does it", "named clock", "its form", "its guidance"):
        assert word in said


def test_a_task_that_says_it_all_is_left_alone():
    task = """<userTask id="a" name="Decide"><extensionElements>
      <zeebe:assignmentDefinition candidateGroups="dsl"/><zeebe:formDefinition formId="decide"/>
      <zeebe:taskSchedule dueDate="=deadline(&quot;decide&quot;)"/>
      <zeebe:properties><zeebe:property name="handrail:guidance" value="decide"/></zeebe:properties>
    </extensionElements></userTask>"""

    assert objections([read(bpmn(line("userTask:a").replace('<userTask id="a"/>', task)))], Known()) == []
