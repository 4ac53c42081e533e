"""What an activity that is done several times is given each time: no answer may have the same name."""

import pytest

from engine.diagrams import Known, vet
from engine.execution import COUNTER, COUNTS
from feel.types import ANY

from .drawn import bpmn, flows

NAMES = (COUNTER, *COUNTS, "agency", "note")
KNOWN = Known(forms={"view"}, answers={"view": dict.fromkeys(NAMES, ANY)}, processes=None)
FORM = '<zeebe:formDefinition formId="view"/>'
INPUT = '<zeebe:ioMapping><zeebe:input source="=before" target="note"/></zeebe:ioMapping>'
EACH = """<multiInstanceLoopCharacteristics><extensionElements>
  <zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency" {}/></extensionElements>
  {}</multiInstanceLoopCharacteristics>"""
COLLECTED = 'outputCollection="views" outputElement="=note"'
ENOUGH = "<completionCondition>=numberOfCompletedInstances = 1</completionCondition>"
AGAIN = "<loopCondition>=loopCounter = 1</loopCondition>"
AGAIN = f"<standardLoopCharacteristics>{AGAIN}</standardLoopCharacteristics>"
LOST = {
    "one for each of a collection": (EACH.format(COLLECTED, ""), "", {COUNTER, "agency"}),
    "whose answers are handed back one over the other": (
        EACH.format("", ""),
        INPUT,
        {COUNTER, "agency", "note"},
    ),
    "that may be enough before all are done": (
        EACH.format(COLLECTED, ENOUGH),
        "",
        {COUNTER, "agency", *COUNTS},
    ),
    "again while it must": (AGAIN, "", {COUNTER}),
    "once": ("", INPUT, set()),
}


def told(body: str) -> dict[str, str]:
    """Element → message, of everything that is wrong."""
    return {problem.message.split("`")[1]: problem.message for problem in vet({"x.bpmn": bpmn(body)}, KNOWN)}


def row(activity: str) -> str:
    return f'<startEvent id="s"/>{activity}<endEvent id="e"/>{flows("s a", "a e")}'


@pytest.mark.parametrize("how", LOST)
def test_an_answer_may_not_be_called_like_what_each_time_is_given(how):
    loop, mapping, names = LOST[how]

    found = told(
        row(f'<userTask id="a"><extensionElements>{FORM}{mapping}</extensionElements>{loop}</userTask>')
    )

    assert found.keys() == names
    assert all("The answer would be lost." in message for message in found.values())


def test_what_is_asked_inside_is_answered_each_time_too():
    inner = f'<userTask id="t"><extensionElements>{FORM}</extensionElements></userTask>'
    inner = f'<startEvent id="is"/>{inner}<endEvent id="ie"/>{flows("is t", "t ie")}'

    found = told(row(f'<subProcess id="a">{EACH.format(COLLECTED, "")}{inner}</subProcess>'))

    assert found.keys() == {COUNTER, "agency"}
    assert "user task (t)" in found["agency"] and "sub-process (a)" in found["agency"]
