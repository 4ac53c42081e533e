import pytest

from engine.diagrams import check, read
from engine.errors import DiagramRefused

from .drawn import bpmn, flows, line

EVERYTHING = """
<laneSet><lane id="outer" name="Health"><flowNodeRef>a</flowNodeRef><flowNodeRef>sp</flowNodeRef>
  <childLaneSet><lane id="inner" name="Nurse"><flowNodeRef>a</flowNodeRef></lane>
  </childLaneSet></lane></laneSet>
<startEvent id="s"/>
<userTask id="a" name=" Ask " default="a_e"><documentation>Why we ask.</documentation>
  <extensionElements>
    <zeebe:assignmentDefinition assignee="=started_by" candidateGroups="dsl"/>
    <zeebe:formDefinition formId="consent"/>
    <zeebe:taskSchedule dueDate="=deadline(&quot;advice&quot;)"/>
    <zeebe:ioMapping><zeebe:output source="=x" target="y"/></zeebe:ioMapping>
    <zeebe:properties><zeebe:property name="handrail:record" value="decision"/></zeebe:properties>
  </extensionElements>
  <multiInstanceLoopCharacteristics isSequential="true"><extensionElements>
    <zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency"/>
  </extensionElements><completionCondition>=enough</completionCondition></multiInstanceLoopCharacteristics>
</userTask>
<boundaryEvent id="late" attachedToRef="t:a" cancelActivity="0">
  <eventDefinitionRef>t:soon</eventDefinitionRef></boundaryEvent>
<subProcess id="sp"><userTask id="deep"/></subProcess>
<endEvent id="e"><messageEventDefinition messageRef="t:m"/></endEvent>
<sequenceFlow sourceRef="s" targetRef="a"/>
<sequenceFlow id="a_e" sourceRef="a" targetRef="e" name="otherwise"/>
<sequenceFlow id="a_sp" sourceRef="a" targetRef="sp">
  <conditionExpression>=x</conditionExpression></sequenceFlow>
<textAnnotation id="n"><text>Mind the gap</text></textAnnotation>
"""
BESIDE = """<message id="m" name="asked"><extensionElements><zeebe:subscription correlationKey="=case_id"/>
</extensionElements></message>
<timerEventDefinition id="soon"><timeDuration>PT15M</timeDuration></timerEventDefinition>"""
DIAGRAM = read(bpmn(EVERYTHING, BESIDE, 'id="p" name="Share" isExecutable="true"'), "share.bpmn")
A = DIAGRAM.elements["a"]


def test_an_element_says_who_what_and_when():
    assert (A.kind, A.name, A.lane, A.documentation) == ("userTask", "Ask", "Nurse", "Why we ask.")
    assert (A.extensions.assignee, A.extensions.role, A.extensions.form) == ("=started_by", "dsl", "consent")
    assert A.extensions.due == '=deadline("advice")'
    assert A.extensions.outputs == (("=x", "y"),)
    assert A.extensions.properties == {"handrail:record": "decision"}


def test_the_innermost_lane_counts_and_sub_processes_pass_theirs_on():
    assert DIAGRAM.elements["sp"].lane == "Health"
    assert DIAGRAM.elements["deep"].lane == "Health"


def test_several_instances_are_read():
    assert A.loop is not None
    assert (A.loop.kind, A.loop.collection, A.loop.element) == ("sequential", "=agencies", "agency")
    assert A.loop.condition is not None and A.loop.condition.feel == "enough"


def test_references_lose_their_prefix():
    late = DIAGRAM.elements["late"]

    assert late.attached_to == "a"
    assert not late.interrupting
    assert DIAGRAM.elements["e"].events[0].name == "asked"
    assert DIAGRAM.messages["m"].extensions.correlation == "=case_id"


def test_an_event_definition_may_stand_beside_the_process():
    event = DIAGRAM.elements["late"].events[0]

    assert (event.kind, event.timer, event.expression and event.expression.text) == (
        "timer",
        "timeDuration",
        "PT15M",
    )


def test_flows_know_their_ends_and_conditions():
    assert A.outgoing == ("a_e", "a_sp")
    assert A.default == "a_e"
    assert DIAGRAM.flows["a_sp"].condition.feel == "x"
    assert DIAGRAM.flows["a_e"].condition is None


def test_a_flow_without_id_is_not_dropped():
    given = DIAGRAM.elements["s"].outgoing

    assert len(given) == 1 and DIAGRAM.flows[given[0]].target == "a"
    assert given == read(DIAGRAM.original).elements["s"].outgoing


def test_given_ids_avoid_those_that_are_there():
    diagram = read(bpmn('<task/><task id="task_without_id_1"/>'))

    assert set(diagram.elements) == {"task_without_id_1", "task_without_id_2"}


def test_an_empty_condition_is_none():
    body = (
        line("userTask:a")
        + '<endEvent id="x"/>'
        + flows("a x").replace(
            "</sequenceFlow>", "<conditionExpression> </conditionExpression></sequenceFlow>"
        )
    )

    assert read(bpmn(body)).flows["a_x"].condition is None


def test_an_expression_that_says_it_is_feel_needs_no_equals_sign():
    body = (
        line("userTask:a")
        + '<endEvent id="x"/>'
        + flows("a x x > 1").replace(
            "<conditionExpression",
            '<conditionExpression language="https://www.omg.org/spec/DMN/20191111/FEEL/"',
        )
    )

    assert read(bpmn(body)).flows["a_x"].condition.feel == "x > 1"


def test_notes_and_data_are_kept():
    assert DIAGRAM.elements["n"].text == "Mind the gap"
    assert not DIAGRAM.elements["n"].is_node


def test_a_diagram_cannot_be_changed():
    for change in (
        lambda: setattr(A, "name", "x"),
        lambda: setattr(DIAGRAM, "path", "x"),
        lambda: DIAGRAM.elements.update({}),
        lambda: A.extensions.properties.update({}),
    ):
        try:
            change()
        except (AttributeError, TypeError):
            continue
        raise AssertionError("Expected a refusal to change.")


def test_vendor_attributes_are_noticed_wherever_they_hide():
    body = line("userTask:a").replace(
        '<userTask id="a"/>',
        '<userTask id="a"><multiInstanceLoopCharacteristics camunda:collection="x"/></userTask>',
    )

    assert [(vendor.owner, vendor.name) for vendor in read(bpmn(body)).vendor] == [("a", "collection")]


def test_a_flow_that_hides_in_a_gateway_is_no_flow():
    """It leads from nothing that is read; the gateway is refused for what it holds."""
    hidden = f'<parallelGateway id="g"><task id="x"/>{flows("x a")}</parallelGateway>'
    diagram = read(
        bpmn(f'<startEvent id="s"/>{hidden}<userTask id="a"/><endEvent id="e"/>{flows("s g", "a e")}')
    )

    assert diagram.elements["a"].incoming == () and "x_a" not in diagram.flows
    assert check({"x.bpmn": diagram.original}).refused


UNKNOWN = '<extension mustUnderstand="{}" definition="camunda:must"/>'


@pytest.mark.parametrize("must", ["true", "1"])
def test_an_extension_that_must_be_understood_and_is_not_is_refused(must):
    with pytest.raises(DiagramRefused) as refused:
        read(bpmn(line("userTask:a"), UNKNOWN.format(must)))

    assert "camunda:must" in refused.value.problems[0].message


@pytest.mark.parametrize(
    "extension", [UNKNOWN.format("false"), UNKNOWN.format("true").replace("camunda", "zeebe"), "<extension/>"]
)
def test_other_extensions_are_left_alone(extension):
    assert read(bpmn(line("userTask:a"), extension)).processes["p"].executable


@pytest.mark.parametrize(
    ("said", "runs"),
    [
        ("", True),
        ('processType="None"', True),
        ('processType="Public"', False),
        ('processType="Public" isExecutable="false"', False),
        ('processType="Public" isExecutable="true"', True),
        ('isExecutable=" 0 "', False),
    ],
)
def test_a_public_process_runs_only_where_it_says_so(said, runs):
    """Some tools mark every process as public, and those that run as executable."""
    assert read(bpmn(line("userTask:a"), process=f'id="p" {said}')).processes["p"].executable is runs
