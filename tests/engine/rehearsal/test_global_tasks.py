"""Global tasks: tasks that stand alone in a file, and are called like processes."""

from __future__ import annotations

import pytest

from engine.diagrams import outline, read
from engine.diagrams.governance import objections
from engine.diagrams.vetting.view import Known
from tests.engine.spiff.drawing import chain, definitions, nodes, zeebe

from .asking import Rehearsed, refusal

CALLER = nodes(s="startEvent", c='callActivity calledElement="ask"', e="endEvent") + chain("s", "c", "e")
PROCESS = f'<process id="p" isExecutable="true">{CALLER}</process>'
ROLE = zeebe('<zeebe:assignmentDefinition candidateGroups="dsl"/>')


def drawn(task: str) -> bytes:
    return definitions(PROCESS, task)


def test_a_global_user_task_waits_for_a_person_wherever_it_is_called() -> None:
    run = Rehearsed(
        drawn(f'<globalUserTask id="ask" name="Ask the school">{ROLE}</globalUserTask>'), start={}
    )

    (task,) = run.do("tasks")["tasks"]
    assert (task["element"], task["name"], task["type"], task["role"]) == (
        "ask",
        "Ask the school",
        "userTask",
        "dsl",
    )
    assert run.complete("ask", answer="yes").state["variables"] == {"answer": "yes"}
    assert run.state["trail"] == ["s", "ask", "c", "e"] and not run.state["running"]


def test_it_may_stand_in_a_file_of_its_own() -> None:
    run = Rehearsed(definitions(PROCESS), definitions('<globalManualTask id="ask"/>'), start={})

    assert run.open() == ["ask"]


def test_a_global_task_of_no_kind_passes() -> None:
    assert Rehearsed(drawn('<globalTask id="ask"/>'), start={}).state["trail"] == ["s", "ask", "c", "e"]


def test_a_global_business_rule_task_asks_for_its_decision() -> None:
    decision = zeebe('<zeebe:calledDecision decisionId="basis" resultVariable="basis"/>')
    run = Rehearsed(drawn(f'<globalBusinessRuleTask id="ask">{decision}</globalBusinessRuleTask>'), start={})

    assert run.complete("ask", basis="consent").state["variables"] == {"basis": "consent"}


REFUSED = {
    "a script": ('<globalScriptTask id="ask"><script>x</script></globalScriptTask>', "script"),
    "a rule without a decision": ('<globalBusinessRuleTask id="ask"/>', "operation"),
    "what zeebe says and nobody reads": (
        f'<globalUserTask id="ask">{zeebe("<zeebe:taskListeners/>")}</globalUserTask>',
        "taskListeners",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_global_task_is_vetted_like_any_other(what: str) -> None:
    task, word = REFUSED[what]
    problems = refusal(drawn(task))

    assert "ask" in {each.element for each in problems}
    assert any(word in each.message for each in problems)


def test_governance_asks_of_a_global_task_what_it_asks_of_any() -> None:
    diagram = read(drawn('<globalUserTask id="ask"/>'))

    messages = [each.message for each in objections([diagram], Known()) if each.element == "ask"]
    assert len(messages) == 5  # a name, a role, a clock, a form and guidance
    assert [step.id for step in outline(diagram, "ask")] == ["ask"]
