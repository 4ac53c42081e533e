"""However a file says a thing, the vetting and the executor read the same."""

import pytest

from engine.diagrams import normalised, read, vet
from engine.diagrams.vocabulary import B
from tests.engine.spiff.drawing import Run

from .drawn import bpmn, flows, several, split, task

NOTE = "<documentation>Who decides</documentation>"
KEPT = '<extensionElements><x:n xmlns:x="urn:x">not this</x:n></extensionElements>'
AD_HOC = '<userTask id="x"/><userTask id="y"/><completionCondition>{}</completionCondition>'
LOOP = '<standardLoopCharacteristics loopMaximum="3"><loopCondition>{}</loopCondition>'
LOOP += "</standardLoopCharacteristics>"


def said(text: str) -> list[str]:
    """The expression `text`, with what an expression may hold before, between and behind."""
    half = len(text) // 2
    return [NOTE + KEPT + text, text[:half] + NOTE + text[half:], text + KEPT]


def held(text: str, body: str) -> list[bytes]:
    return [bpmn(body.replace("{}", each)) for each in said(text)]


@pytest.mark.parametrize("content", held("=false", split("g a {}", "g b", default="g_b")))
def test_the_condition_of_a_flow_is_all_that_it_says(content):
    assert vet({"x.bpmn": content}) == []
    assert Run(content).open() == ["b"]


@pytest.mark.parametrize(
    "content", held("=true", task(AD_HOC, "adHocSubProcess", 'cancelRemainingInstances="true"'))
)
def test_so_is_the_completion_condition_of_an_ad_hoc_sub_process(content):
    run = Run(content).complete("x")

    assert vet({"x.bpmn": content}) == []
    assert run.status == "completed"


@pytest.mark.parametrize("content", held("=false", task(LOOP)))
def test_so_is_the_condition_of_a_loop(content):
    assert vet({"x.bpmn": content}) == []
    assert Run(content).complete("a").status == "completed"


@pytest.mark.parametrize(
    "content",
    held(
        "=true",
        task(
            several('inputCollection="=[1, 2]"').replace(
                "</multi", "<completionCondition>{}</completionCondition></multi"
            )
        ),
    ),
)
def test_so_is_the_completion_condition_of_several_instances(content):
    assert vet({"x.bpmn": content}) == []
    assert Run(content).complete("a").status == "completed"


TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


@pytest.mark.parametrize("content", held("PT1H", task(TIMER, "intermediateCatchEvent")))
def test_so_is_the_time_of_a_timer(content):
    assert vet({"x.bpmn": content}) == []
    assert Run(content).advance(hours=1).status == "completed"


def test_an_empty_condition_is_none_and_stays_in_sight():
    empty = flows("s a =").replace("=</", KEPT + "</")
    content = bpmn('<startEvent id="s"/><userTask id="a"/>' + empty)

    assert read(content).flows["s_a"].condition is None
    assert [vendor.owner for vendor in read(content).vendor] == ["s_a"]
    assert normalised(read(content)).find(f".//{B}conditionExpression").text == ""
