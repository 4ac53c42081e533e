"""What says two things at once is refused by the executor too: neither of the two silently wins."""

import pytest

from engine.diagrams import read, vet
from engine.spiff.bundle import compile
from engine.spiff.parser import refusals

from .drawn import MESSAGE, bpmn, line, several, task, zeebe
from .refused.contradictions import CONTRADICTIONS


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_the_executor_takes_neither_side(name):
    _, element, body = CONTRADICTIONS[name]

    assert element in [problem.element for problem in refusals(read(bpmn(body, MESSAGE)))]


def test_what_was_published_before_it_was_a_contradiction_goes_on():
    """A case does not stop because what it runs on would not be published again."""
    _, element, body = CONTRADICTIONS["number and collection of instances"]

    assert element in compile({"x.bpmn": bpmn(body, MESSAGE)}, "p").spec.task_specs


SAME = {
    "an empty number beside a collection": task(
        several('inputCollection="=[1, 2]"').replace("</multi", "<loopCardinality/></multi")
    ),
    "one process called in two words": line("userTask:u", "callActivity:a").replace(
        '<callActivity id="a"/>',
        '<callActivity id="a" calledElement="p">'
        + zeebe('<zeebe:calledElement processId="p"/>')
        + "</callActivity>",
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_what_says_one_thing_twice_is_no_contradiction(name):
    content = bpmn(SAME[name])

    assert vet({"x.bpmn": content}) == []
    compile({"x.bpmn": content}, "p")
