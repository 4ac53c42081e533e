"""What BPMN does not know where it stands is refused by name before it is published, by the vetting and by
the executor; what says the same in other words is the same.
"""

import pytest

from engine.diagrams import read, vet
from engine.spiff.bundle import compile
from engine.spiff.parser import refusals
from tests.engine.spiff.drawing import Run

from .drawn import MESSAGE, MESSAGE_EVENT, bpmn, event, flows, line, on, split, task, timer

MANY = "<multiInstanceLoopCharacteristics{}><loopCardinality>2</loopCardinality>{}"
MANY += "</multiInstanceLoopCharacteristics>"
LOOP = '<standardLoopCharacteristics loopMaximum="2"/>'
START = '<startEvent id="s"/>'
AD_HOC = '<userTask id="x"/><userTask id="y"/>'
CONDITION = "<conditionExpression>=x</conditionExpression>"
VALUE = "<dataInputAssociation><targetRef>d</targetRef><assignment>{}<to>d</to></assignment>"
VALUE += "</dataInputAssociation>"
GIVEN = '<ioSpecification><dataInput id="d" name="x"/></ioSpecification>'


def start(definition: str, attributes: str = "") -> str:
    return line("userTask:a").replace(START, event("startEvent", "s", definition, attributes))


UNKNOWN = {
    "a trigger that is misspelt": ("s", start("<timerEventDefiniton/>")),
    "a trigger without a type": ("s", start("<eventDefinition/>")),
    "a trigger of another namespace's type": ("s", start('<eventDefinition xsi:type="zeebe:tTimer"/>')),
    "instances outside every namespace": ("a", task(MANY.format(' xmlns=""', ""))),
    "a timer in a task": ("a", task(timer("PT1H"))),
    "a trigger in a gateway": ("a", task(MESSAGE_EVENT, "exclusiveGateway")),
    "a loop on a gateway": ("a", task(LOOP, "exclusiveGateway")),
    "a loop on an event": ("a", task(LOOP, "intermediateThrowEvent")),
    "a task in a task": ("a", task('<userTask id="i"/>')),
    "a flow in a task": ("a", task('<sequenceFlow id="f" sourceRef="s" targetRef="a"/>')),
    "a condition in a task": ("a", task(CONDITION)),
    "a completion condition in a plain sub-process": (
        "a",
        task(START.replace('"s"', '"i"') + "<completionCondition>=x</completionCondition>", "subProcess"),
    ),
    "a script in a user task": ("a", task("<script>x</script>")),
    "a date in a timer's duration": ("a", task(timer("<timeDate/>PT1H"), "intermediateCatchEvent")),
    "a date and a duration": (
        "a",
        task(
            timer("PT1H</timeDuration><timeDate>2026-01-01T00:00:00Z</timeDate><timeDuration>"),
            "intermediateCatchEvent",
        ),
    ),
    "two loops": ("a", task(LOOP + LOOP)),
    "a loop and several instances": ("a", task(LOOP + MANY.format("", ""))),
    "two cardinalities": ("a", task(MANY.format("", "<loopCardinality>3</loopCardinality>"))),
    "another tool's element in a condition": (
        "g_a",
        split("g a =x", "g b =y").replace("=x<", '=x<x:part xmlns:x="urn:x"> and y</x:part><'),
    ),
    "two conditions": (
        "g_a",
        split("g a =x", "g b =y").replace("</conditionExpression>", f"</conditionExpression>{CONDITION}", 1),
    ),
    "two conditions of an event": (
        "a",
        task(
            "<conditionalEventDefinition><condition>=x</condition><condition>=y</condition>"
            "</conditionalEventDefinition>",
            "intermediateCatchEvent",
        ),
    ),
    "two values": ("a", task(GIVEN + VALUE.format("<from>=1</from><from>=2</from>"))),
    "data taken by an event that waits": (
        "a",
        task(MESSAGE_EVENT + VALUE.format("<from>=1</from>"), "intermediateCatchEvent"),
    ),
    "a choreography task": ("p", line("userTask:a") + '<choreographyTask id="c"/>'),
    "a sequence that is in capitals": ("a", task(MANY.format(' isSequential="True"', ""))),
    "an interruption that is a word": ("b", on(timer("PT1H"), 'cancelActivity="no"')),
    "an order in small letters": ("a", task(AD_HOC, "adHocSubProcess", 'ordering="sequential"')),
    "a gateway of another type": (
        "g",
        split("g a", "g b", gateway="eventBasedGateway").replace(
            'id="g"', 'id="g" eventGatewayType="parallel"'
        ),
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_bpmn_does_not_know_is_refused_where_it_stands(name):
    element, body = UNKNOWN[name]
    content = bpmn(body, MESSAGE)

    found = [problem for problem in vet({"x.bpmn": content}) if problem.element == element]
    assert any("Expected" in problem.message and f"({element})" in problem.message for problem in found)
    assert element in [problem.element for problem in refusals(read(content))]


def test_what_was_published_before_it_was_unknown_goes_on():
    element, body = UNKNOWN["a timer in a task"]

    assert element in compile({"x.bpmn": bpmn(body, MESSAGE)}, "p").spec.task_specs


def test_a_process_that_is_marked_as_executable_in_another_word_is_refused():
    content = bpmn(line("userTask:a"), process='id="p" isExecutable="True"')

    assert [problem.element for problem in vet({"x.bpmn": content})] == ["p"]


HARMLESS = {
    "everything a task may declare": task(
        "<documentation/><documentation/><extensionElements/><auditing/><monitoring/><categoryValueRef>c"
        "</categoryValueRef><incoming>s_a</incoming><outgoing>a_e</outgoing><ioSpecification><dataInput "
        'id="i"/><inputSet/><outputSet/></ioSpecification><property id="q"/><resourceRole/><performer/>'
        "<humanPerformer/><potentialOwner/><rendering/>"
    ),
    "everything a sub-process may declare": task(
        '<categoryValueRef>c</categoryValueRef><category/><dataInput id="i"/><inputSet/><userTask id="x"/>',
        "subProcess",
    ),
    "the sets that tools write into every event": start("<outputSet/>").replace(
        '<endEvent id="e"/>', '<endEvent id="e"><inputSet/></endEvent>'
    ),
    "another tool's element": task('<camunda:note xmlns:camunda="urn:notes">x</camunda:note>'),
    "other kinds of time left empty": task(
        timer("PT1H</timeDuration><timeDate/><timeCycle> </timeCycle><timeDuration>"),
        "intermediateCatchEvent",
    ),
    "an attribute left empty": task(LOOP, attributes='isForCompensation=""'),
    "what stands beside the flow": line("userTask:a")
    + '<laneSet><lane id="l"/></laneSet><group id="g"/><dataStoreReference id="ds"/><supports>x</supports>'
    '<correlationSubscription/><property id="q"/><ioBinding/><supportedInterfaceRef>i'
    "</supportedInterfaceRef>",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_says_nothing_of_what_happens_is_left_alone(name):
    content = bpmn(HARMLESS[name])

    assert vet({"x.bpmn": content}) == []
    compile({"x.bpmn": content}, "p")


def typed(head: str, type: str, inner: str = "", attributes: str = "") -> str:
    return f'<{head} xsi:type="{type}" {attributes}>{inner}</{head}>'


def test_a_trigger_may_be_said_by_its_type():
    hour = typed("eventDefinition", "tTimerEventDefinition", "<timeDuration>PT1H</timeDuration>")
    content = bpmn(task(hour, "intermediateCatchEvent"))

    assert vet({"x.bpmn": content}) == []
    assert len(Run(content).timers) == 1


def test_an_end_that_terminates_by_its_type_ends_everything():
    end = event("endEvent", "e", typed("eventDefinition", "tTerminateEventDefinition"))
    body = line("userTask:a").replace('<endEvent id="e"/>', end) + '<userTask id="b"/>' + flows("s b")
    run = Run(bpmn(body)).complete("a")

    assert run.status == "completed"


def test_instances_and_elements_may_be_said_by_their_types():
    many = typed(
        "loopCharacteristics", "tMultiInstanceLoopCharacteristics", "<loopCardinality>3</loopCardinality>"
    )
    body = line("task:a", "task:b").replace(
        '<task id="a"/>', typed("flowElement", "tUserTask", many, 'id="a"')
    )
    body = body.replace('<task id="b"/>', typed("task", "tManualTask", "", 'id="b"'))
    content = bpmn(body)

    assert vet({"x.bpmn": content}) == []
    assert Run(content).open() == ["a", "a", "a"]
    assert read(content).elements["b"].kind == "manualTask"


@pytest.mark.parametrize("no", ["0", " false ", "false"])
def test_no_is_no_however_it_is_written(no):
    ad_hoc = AD_HOC + "<completionCondition>=true</completionCondition>"
    stays = task(ad_hoc, "adHocSubProcess", f'cancelRemainingInstances="{no}"')
    beside = on(timer("PT1H"), f'cancelActivity="{no}"').replace(
        '<endEvent id="late"/>', '<userTask id="late"/>'
    )

    assert Run(bpmn(stays)).complete("x").open() == ["y"]
    assert Run(bpmn(beside)).advance(hours=1).open() == ["a", "late"]


@pytest.mark.parametrize("yes", ["1", " true ", "true"])
def test_yes_is_yes_however_it_is_written(yes):
    content = bpmn(task(MANY.format(f' isSequential="{yes}"', "")), process=f'id="p" isExecutable="{yes}"')

    assert Run(content).open() == ["a"]
