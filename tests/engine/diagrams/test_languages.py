"""What is not FEEL is refused with the FEEL to write instead."""

import pytest

from engine.diagrams import vet

from .drawn import bpmn, split, task

HINTS = {
    "${risk == 'high' && !closed}": '=risk = "high" and not(closed)',
    "${execution.getVariable('x') != null}": "=x != null",
    '${status.equals("done")}': '=status = "done"',
    "risk == 'high' or (age > 3 and not done)": '=risk = "high" or (age > 3 and not(done))',
    "=x == 2": "=x = 2",
}


@pytest.mark.parametrize("text", HINTS)
def test_the_feel_to_write_instead_is_said(text):
    message = vet({"x": bpmn(split(f"g a {text}", "g b =y"))})[0].message

    assert f"In FEEL: {HINTS[text]}" in message


def test_what_is_not_understood_is_not_translated():
    message = vet({"x": bpmn(split("g a ${bean.call('x')[0]}", "g b =y"))})[0].message

    assert "JUEL" in message and "In FEEL: " not in message


def test_a_script_of_one_assignment_is_said_as_a_mapping():
    message = vet({"x": bpmn(task("<script>risk = 'high'</script>", "scriptTask"))})[0].message

    assert 'output risk with the value ="high"' in message
