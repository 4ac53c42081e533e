"""A rehearsal decides as a case does, from the tables beside the diagram."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.errors import DiagramRefused
from engine.rehearsal import Rehearsal, deploy
from tests.engine.sorting import CHILDREN, diagram, files, sorting
from tests.engine.spiff.drawing import NOON


@pytest.fixture
def rehearse() -> Callable[..., Rehearsal]:
    def rehearsed(*tables: bytes, **drawn: str) -> Rehearsal:
        of = {path: each for path, each in files(*tables, **drawn).items() if not path.endswith(".form")}
        rehearsal = Rehearsal(deploy(of), NOON)
        rehearsal.start(variables={"started_by": "ada"})
        return rehearsal

    return rehearsed


def test_a_rehearsal_decides_as_a_case_does(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse(CHILDREN)
    rehearsal.complete("ask", {"age": 17})

    ((_, look),) = rehearsal.looks()
    assert (look.variables["group"], [task.element for task in rehearsal.tasks()]) == ("child", ["act"])


def test_what_a_rehearsal_cannot_decide_is_stuck(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse(CHILDREN)
    rehearsal.complete("ask", {"age": "old"})

    ((_, look),) = rehearsal.looks()
    (place,) = look.tokens
    assert (place.element, place.why) == ("decide", "stuck")
    rehearsal.set_variables({"age": 20})
    assert rehearsal.retry() == 1
    assert [task.element for task in rehearsal.tasks()] == ["act"]


def test_a_rehearsal_without_tables_lets_somebody_answer(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse()
    rehearsal.complete("ask", {"age": 17})
    rehearsal.complete("decide", {"group": "child"})

    assert [task.element for task in rehearsal.tasks()] == ["act"]


def test_a_rehearsal_with_tables_refuses_an_unknown_decision(rehearse: Callable[..., Rehearsal]) -> None:
    with pytest.raises(DiagramRefused) as refused:
        rehearse(CHILDREN, asks="elsewhere")

    assert [problem.element for problem in refused.value.problems] == ["decide"]


def test_mappings_stand_around_a_decision(rehearse: Callable[..., Rehearsal]) -> None:
    """Inputs rename what the process has; with outputs, the result itself stays inside the task."""
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=years" target="age" />'
        '<zeebe:output source="=upper case(group)" target="loud" /></zeebe:ioMapping>'
    )
    rehearsal = rehearse(CHILDREN, mapping=mapping)
    rehearsal.complete("ask", {"years": 3})

    ((_, look),) = rehearsal.looks()
    assert (look.variables["loud"], "group" in look.variables, "age" in look.variables) == (
        "CHILD",
        False,
        False,
    )


def test_a_rehearsal_refuses_a_table_that_could_be_null_by_mistake(
    rehearse: Callable[..., Rehearsal],
) -> None:
    with pytest.raises(DiagramRefused) as refused:
        rehearse(sorting("- -> agee"))

    assert [problem.element for problem in refused.value.problems] == ["age_group"]


def test_each_instance_of_a_loop_is_decided_by_itself(rehearse: Callable[..., Rehearsal]) -> None:
    one_each = (
        '<zeebe:loopCharacteristics inputCollection="=ages" inputElement="age" '
        'outputCollection="groups" outputElement="=group" /></extensionElements>'
    )
    drawn = diagram().replace(
        b"</extensionElements></businessRuleTask>",
        b"</extensionElements><multiInstanceLoopCharacteristics><extensionElements>"
        + one_each.encode()
        + b"</multiInstanceLoopCharacteristics></businessRuleTask>",
    )
    rehearsal = Rehearsal(deploy({"p.bpmn": drawn, "a.dmn": CHILDREN}), NOON)
    rehearsal.start(variables={"started_by": "ada"})
    rehearsal.complete("ask", {"ages": [17, 20, 60]})

    ((_, look),) = rehearsal.looks()
    assert look.variables["groups"] == ["child", "care leaver", None]
    assert "group" not in look.variables
