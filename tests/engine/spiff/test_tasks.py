"""What the inbox and the operations are told about a task."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.errors import TaskGone
from engine.execution import Complete, Raise, Retry, SetVariables, Withdraw

from .drawing import NOON, Run, chain, diagram, flows, nodes, zeebe
from .event_definitions import E1, ERROR, M1, MESSAGE
from .test_loops import AGENCIES, COLLECT, asked, each


def user_task(inner: str, **variables: object) -> Run:
    return Run(
        diagram(nodes(s="startEvent", a=f'userTask name="Decide"|{zeebe(inner)}') + chain("s", "a")),
        variables=variables,
    )


def only(run: Run):
    (task,) = run.tasks.values()
    return task


def test_a_task_says_who_may_do_it_with_which_form_and_by_when():
    task = only(
        user_task(
            '<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="dsl"/>'
            '<zeebe:formDefinition formId="consent"/>'
            '<zeebe:taskSchedule dueDate="=deadline(&quot;four&quot;)" followUpDate="2026-03-04"/>',
            started_by="p1",
        )
    )

    assert (task.element, task.name, task.kind) == ("a", "Decide", "userTask")
    assert (task.assignee, task.role, task.form) == ("p1", "dsl", "consent")
    assert (task.due, task.clock, task.follow_up) == (
        NOON + timedelta(hours=4),
        "four",
        datetime(2026, 3, 4, tzinfo=UTC),
    )


def test_properties_are_worked_out_and_an_urgent_task_comes_first():
    task = only(
        user_task(
            '<zeebe:properties><zeebe:property name="handrail:urgent" value="=risk = 1"/>'
            '<zeebe:property name="handrail:guidance" value="rules"/>'
            '<zeebe:property name="n" value="=risk"/></zeebe:properties>',
            risk=1,
        )
    )

    assert task.priority == 90 and dict(task.properties) == {
        "handrail:urgent": "true",
        "handrail:guidance": "rules",
        "n": "1",
    }


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        ("mash_health", "Decide (Hub researcher, health)"),
        ("=asked", "Decide (Hub researcher, housing)"),
        ("=child", "Decide"),
        ("=nobody", "Decide"),
    ],
)
def test_the_name_of_a_role_may_stand_beside_the_tasks_own_and_nothing_else(beside, name):
    """Names are shown in lists, headings and the history: no answer may get there."""
    said = f'<zeebe:properties><zeebe:property name="handrail:beside" value="{beside}"/></zeebe:properties>'
    assert only(user_task(said, asked="mash_housing", child="Maya Fenn")).name == name


@pytest.mark.parametrize(("text", "priority"), [("70", 70), ("=7 * 10", 70), ("0", 0)])
def test_a_priority_may_be_said(text, priority):
    assert only(user_task(f'<zeebe:priorityDefinition priority="{text}"/>')).priority == priority


@pytest.mark.parametrize(
    "inner",
    [
        '<zeebe:assignmentDefinition candidateGroups="=nobody"/>',
        '<zeebe:taskSchedule dueDate="soon"/>',
        '<zeebe:taskSchedule dueDate="=deadline(&quot;unknown&quot;)"/>',
        '<zeebe:priorityDefinition priority="=1000"/>',
    ],
)
def test_a_task_that_cannot_say_its_details_is_an_incident_not_a_task_without_them(inner):
    run = user_task(inner)

    assert not run.tasks and [failure.element for failure in run.failures.values()] == ["a"]


def test_a_task_that_failed_to_open_opens_when_tried_again():
    run = user_task('<zeebe:assignmentDefinition candidateGroups="=role"/>')
    run.do(SetVariables({"role": "dsl"}))
    run.do(Retry(next(iter(run.failures))))

    assert only(run).role == "dsl"


def test_a_plain_task_passes_a_manual_task_waits_for_a_person():
    run = Run(diagram(nodes(s="startEvent", a="task", b="manualTask", c="task") + chain("s", "a", "b", "c")))

    assert only(run).kind == "manualTask" and run.complete("b").trail == ["s", "a", "b", "c"]


SERVICE = zeebe(
    '<zeebe:taskDefinition type="send_letter"/><zeebe:ioMapping><zeebe:input source="=x + 1" target="n"/>'
    '<zeebe:output source="=sent_at" target="letter"/></zeebe:ioMapping>'
)


def test_a_service_task_waits_for_its_operation_with_the_inputs_the_diagram_names():
    run = Run(
        diagram(nodes(s="startEvent", a=f"serviceTask|{SERVICE}", b="userTask") + chain("s", "a", "b")),
        variables={"x": 1, "secret": 2},
    )
    (job,) = run.jobs.values()
    assert (job.operation, job.inputs, job.element) == ("send_letter", {"n": 2}, "a")

    run.answer("a", sent_at="noon", noise=1)
    assert run.open() == ["b"] and run.variables == {"x": 1, "secret": 2, "letter": "noon"}
    with pytest.raises(TaskGone):
        run.do(Complete(job.token))


def test_a_business_rule_task_waits_for_its_decision_with_every_variable_in_reach():
    said = zeebe(
        '<zeebe:calledDecision decisionId="basis" resultVariable="found"/>'
        '<zeebe:ioMapping><zeebe:input source="=x + 1" target="x"/></zeebe:ioMapping>'
    )
    run = Run(
        diagram(nodes(s="startEvent", a=f"businessRuleTask|{said}", b="userTask") + chain("s", "a", "b")),
        variables={"x": 1, "y": 2},
    )
    (job,) = run.jobs.values()
    assert (job.decision, job.result, job.operation) == ("basis", "found", "")
    assert job.inputs == {"x": 2, "y": 2}

    run.answer("a", found="yes")
    assert run.open() == ["b"] and run.variables == {"x": 1, "y": 2, "found": "yes"}


def with_boundaries(host: str) -> Run:
    body = nodes(
        s="startEvent",
        a=host,
        e=f"boundaryEvent attachedToRef='a'|{ERROR}",
        m=f"boundaryEvent attachedToRef='a'|{MESSAGE}",
        h="userTask",
        g="userTask",
        after="userTask",
    )
    return Run(diagram(body + flows("s>a", "a>after", "e>h", "m>g"), E1 + M1))


@pytest.mark.parametrize("host", ["userTask", f"serviceTask|{SERVICE}"])
def test_an_error_raised_at_a_task_is_caught_by_its_boundary(host):
    run = with_boundaries(host)
    token = next(iter({**run.tasks, **run.jobs}))
    run.do(Raise(token, "refused", {"why": 1}))

    assert run.open() == ["h"] and run.variables == {"why": 1} and not run.jobs and not run.subscriptions


def test_an_error_raised_at_a_task_that_nobody_catches_is_an_incident():
    run = with_boundaries("userTask")
    run.do(Raise(run.token("a"), "other"))

    assert run.places() == ["a"] and "“other”" in next(iter(run.failures.values())).cause and not run.tasks


def test_an_interrupted_job_is_told_to_be_gone():
    run = with_boundaries(f"serviceTask|{SERVICE}").message("reply")

    assert len(run.last.jobs_gone) == 1 and run.open() == ["g"]


@pytest.mark.parametrize("sequential", [True, False])
def test_one_instance_may_be_withdrawn_and_the_others_go_on(sequential):
    run = Run(asked(each(COLLECT, sequential=sequential)), variables={"agencies": AGENCIES})
    run.complete("a", answer=1)
    run.do(Withdraw(run.token("a")))
    assert run.open() == ["a"]

    run.complete("a", answer=3)
    assert run.open() == ["after"] and run.variables["answers"] == [1, 3]


def test_withdrawing_the_only_task_ends_its_path():
    run = user_task("")
    run.do(Withdraw(run.token("a")))

    assert run.status == "completed" and run.last.closed[0].how == "cancelled"


def test_a_send_task_gives_what_its_output_mapping_says_once_it_has_sent():
    mapping = '<zeebe:ioMapping><zeebe:input source="=n + 1" target="m"/>'
    mapping += '<zeebe:output source="=m * 2" target="sent"/></zeebe:ioMapping>'
    send = f'sendTask messageRef="m1"|{zeebe(mapping)}'
    body = nodes(s="startEvent", a=send, b="userTask") + chain("s", "a", "b")
    run = Run(diagram(body, '<message id="m1" name="reply"/>'), variables={"n": 1})

    assert run.variables == {"n": 1, "sent": 4} and run.thrown[0].variables == {"m": 2}


def test_a_receive_task_keeps_its_inputs_to_itself():
    mapping = '<zeebe:ioMapping><zeebe:input source="=n + 1" target="m"/>'
    mapping += '<zeebe:output source="=m + answer" target="sum"/></zeebe:ioMapping>'
    receive = f'receiveTask messageRef="m1"|{zeebe(mapping)}'
    body = nodes(s="startEvent", a=receive, b="userTask") + chain("s", "a", "b")
    run = Run(diagram(body, '<message id="m1" name="reply"/>'), variables={"n": 1})

    assert run.message("reply", answer=5).variables == {"n": 1, "sum": 7}
