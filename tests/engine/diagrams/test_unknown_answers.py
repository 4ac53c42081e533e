"""A gateway that waits for an answer which no form gives would wait for ever: it is found before."""

import pytest

from engine.diagrams import Known, vet
from feel.types import list_of, one_of

from .drawn import bpmn, flows

FORM = '<zeebe:formDefinition formId="{}"/>'
ANSWERS = {
    "triage": {"risk": one_of("low", "high", ""), "agencies": list_of(one_of("police", "school"))},
    "review": {"risk": one_of("none", "")},
}
KNOWN = Known(forms=set(ANSWERS), answers=ANSWERS, processes=None)


def asked(condition: str, *inner: str, form: str = "triage") -> str:
    """A task with a form, and a gateway after it that looks at the answers."""
    said = FORM.format(form) + "".join(inner)
    flow = f'<sequenceFlow id="yes" sourceRef="g" targetRef="e"><conditionExpression>={condition}'
    return (
        f'<startEvent id="s"/><userTask id="a"><extensionElements>{said}</extensionElements></userTask>'
        '<exclusiveGateway id="g" default="no"/><endEvent id="e"/><endEvent id="f"/>'
        + flows("s a", "a g")
        + f'{flow}</conditionExpression></sequenceFlow><sequenceFlow id="no" sourceRef="g" targetRef="f"/>'
    )


def told(body: str, known: Known = KNOWN, **beside: bytes) -> list[str]:
    return [problem.message for problem in vet({"x.bpmn": bpmn(body), **beside}, known)]


def test_a_misspelt_answer_is_told_with_the_one_that_was_meant():
    (message,) = told(asked('risk = "hihg"'))

    assert message.startswith('"hihg" is not one of the answers to risk. Did you mean "high"?')
    assert "It stands in the condition of flow" in message


@pytest.mark.parametrize(
    "condition",
    ['risk = "high"', 'risk = ""', "risk = null", 'list contains(agencies, "police")', 'other = "anything"'],
)
def test_what_may_be_answered_is_let_through(condition):
    assert told(asked(condition)) == []


def test_one_of_several_answers_is_checked_too():
    (message,) = told(asked('list contains(agencies, "polic")'))

    assert 'Did you mean "police"?' in message


WRITTEN = '<zeebe:ioMapping><zeebe:output source="={}" target="{}"/></zeebe:ioMapping>'


def test_an_answer_that_is_given_another_name_keeps_its_options():
    assert len(told(asked('danger = "hihg"', WRITTEN.format("risk", "danger")))) == 1
    assert told(asked('risk = "hihg"', WRITTEN.format("risk", "danger"))) == []


def test_a_variable_that_something_else_writes_may_be_anything():
    mapped = WRITTEN.format("upper case(risk)", "risk")

    assert told(asked('risk = "HIGH"', mapped)) == []


def test_a_form_whose_answers_nobody_knows_says_nothing():
    assert told(asked('risk = "hihg"'), Known(forms={"triage"}, processes=None)) == []


CALLER = (
    '<startEvent id="cs"/><userTask id="ca"><extensionElements>'
    + FORM.format("review")
    + '</extensionElements></userTask><callActivity id="cc"><extensionElements>'
    '<zeebe:calledElement processId="p"/></extensionElements></callActivity><endEvent id="ce"/>'
    + flows("cs ca", "ca cc", "cc ce")
)


def test_the_answers_of_a_calling_process_count_too():
    caller = {"caller.bpmn": bpmn(CALLER).replace(b'<process id="p"', b'<process id="caller"')}

    assert len(told(asked('risk = "none"'))) == 1
    assert told(asked('risk = "none"'), **caller) == []
