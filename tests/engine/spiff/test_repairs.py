"""What an operator can do with a token that cannot go on: try again, leave it out, put it elsewhere."""

from __future__ import annotations

import pytest

from engine.errors import InvalidInput, TaskGone
from engine.execution import Complete, Fail, Move, Retry, SetVariables, Skip
from engine.spiff import commands, repairs

from .drawing import Run, chain, diagram, flows, nodes, zeebe
from .event_definitions import KEYED, MESSAGE, boundary, handled, timer

OPERATION = zeebe('<zeebe:taskDefinition type="fetch"/>')
FETCH = diagram(
    nodes(s="startEvent", fetch=f"serviceTask|{OPERATION}", a="userTask", b="userTask")
    + chain("s", "fetch", "a", "b")
)
CHOICE = diagram(
    nodes(s="startEvent", a="userTask", x='exclusiveGateway name="Which?"', y="userTask", n="userTask")
    + flows("s>a", "a>x", "x>y if =ok", "x>n if =not(ok)")
)


def failed(**start: object) -> Run:
    run = Run(FETCH, **start)
    (job,) = run.jobs
    run.do(Fail(job, "Expected an answer, but the register is closed."))
    return run


def stuck(run: Run) -> str:
    (token,) = run.last.failures
    return token.token


def choosing() -> Run:
    run = Run(CHOICE).complete("a")
    assert stuck(run)
    return run


def test_a_job_that_failed_keeps_its_place_and_says_why():
    run = failed()

    assert run.places() == ["fetch"] and not run.jobs
    assert [failure.cause for failure in run.last.failures] == [
        "Expected an answer, but the register is closed."
    ]


def test_only_a_job_or_a_wait_can_fail():
    run = Run(CHOICE)

    with pytest.raises(TaskGone):
        run.do(Fail(run.token("a"), "Expected nothing."))


def test_retrying_a_failed_job_asks_its_operation_again_with_the_corrected_inputs():
    inputs = zeebe(
        '<zeebe:taskDefinition type="fetch"/><zeebe:ioMapping><zeebe:input source="=who" target="of"/>'
        "</zeebe:ioMapping>"
    )
    drawn = diagram(
        nodes(s="startEvent", fetch=f"serviceTask|{inputs}", a="userTask") + chain("s", "fetch", "a")
    )
    run = Run(drawn, variables={"who": "x"})
    (job,) = run.jobs
    run.do(Fail(job, "Expected a known name."))

    run.do(SetVariables({"who": "y"}, token=job))
    run.do(Retry(job))

    assert run.jobs[job].inputs == {"of": "y"}
    assert run.answer("fetch").open() == ["a"]


def test_what_a_person_gave_is_not_lost_when_it_cannot_be_taken_yet():
    """The output mapping fails; after the correction the same answers are taken. Nobody is asked again."""
    outputs = zeebe(
        '<zeebe:ioMapping><zeebe:output source="=deadline(clock)" target="until"/>'
        '<zeebe:output source="=said" target="said"/></zeebe:ioMapping>'
    )
    run = Run(
        diagram(nodes(s="startEvent", a=f"userTask|{outputs}", b="userTask") + chain("s", "a", "b")),
        variables={"clock": "unknown"},
    )
    run.complete("a", said="yes")

    assert run.open() == []
    run.do(SetVariables({"clock": "known"}))
    run.do(Retry(stuck_token := next(iter(run.failures))))

    assert run.open() == ["b"] and run.variables["said"] == "yes"
    with pytest.raises(TaskGone):
        run.do(Retry(stuck_token))


def test_a_skipped_job_leaves_as_if_done_and_the_history_says_skipped():
    run = failed()
    run.do(Skip(stuck(run)))

    assert run.open() == ["a"]
    assert [step.what for step in run.last.trail if step.element == "fetch"] == ["skipped"]


def test_skipping_where_flows_have_conditions_needs_the_flow():
    run = choosing()
    token = stuck(run)

    for flow in (None, "s_a", "nonsense"):
        with pytest.raises(InvalidInput, match="which flow"):
            run.do(Skip(token, flow))
    run.do(Skip(token, "x_n"))

    assert run.open() == ["n"]


def test_what_does_not_need_help_can_be_neither_skipped_nor_moved():
    run = Run(diagram(nodes(s="startEvent", m="subProcess|" + nodes(i="userTask")) + flows("s>m")))
    outer = run.places()
    assert outer == ["i", "m"]
    (host,) = {"1", "2", "3"} - {run.token("i")} - {"1"}

    with pytest.raises(TaskGone):
        run.do(Skip(host))
    with pytest.raises(TaskGone):
        run.do(Move("99", "m"))


def test_a_stuck_token_can_be_put_on_another_step():
    run = choosing()
    run.do(Move(stuck(run), "a"))

    assert run.open() == ["a"]
    run.complete("a", ok=True)
    assert run.open() == ["y"]


def test_a_task_that_nobody_can_do_can_be_moved_and_is_then_withdrawn():
    run = Run(CHOICE)
    run.do(Move(run.token("a"), "n"))

    assert run.open() == ["n"]
    assert [(closed.element, closed.how) for closed in run.last.closed] == [("a", "cancelled")]


@pytest.mark.parametrize("place", ["s", "x2", "b", "nowhere", "inner"])
def test_a_token_is_not_put_on_a_start_a_join_a_boundary_event_or_into_another_scope(place):
    drawn = diagram(
        nodes(
            s="startEvent",
            g=f"serviceTask|{OPERATION}",
            f="parallelGateway",
            k="userTask",
            q="userTask",
            x2="parallelGateway",
            e="userTask",
            b='boundaryEvent attachedToRef="e"|<timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition>",
            sub="subProcess|" + nodes(inner="userTask"),
        )
        + flows("s>g", "g>f", "f>k", "f>q", "k>x2", "q>x2", "x2>e", "e>sub", "b>sub")
    )
    run = Run(drawn)
    (job,) = run.jobs
    run.do(Fail(job, "Expected to work."))

    with pytest.raises(InvalidInput):
        run.do(Move(job, place))
    offered = repairs.choices(run.bundle, run.state, job)
    assert [way.id for way in offered.places] == ["f", "k", "q", "e", "sub"]


def test_the_boundary_events_of_a_skipped_step_stop_listening():
    timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    run = Run(
        diagram(
            nodes(
                s="startEvent",
                fetch=f"serviceTask|{OPERATION}",
                late=f'boundaryEvent attachedToRef="fetch"|{timer}',
                a="userTask",
                b="userTask",
            )
            + flows("s>fetch", "fetch>a", "late>b")
        )
    )
    (job,) = run.jobs
    run.do(Fail(job, "Expected to work."))
    assert len(run.timers) == 1

    run.do(Skip(job))
    assert run.open() == ["a"] and not run.timers


def test_skipping_one_instance_of_a_loop_lets_the_others_finish():
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics "
        'inputCollection="=list" inputElement="each"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    run = Run(
        diagram(
            nodes(s="startEvent", fetch=f"serviceTask|{OPERATION}{loop}", a="userTask")
            + chain("s", "fetch", "a")
        ),
        variables={"list": [1, 2]},
    )
    first, second = run.jobs
    run.do(Fail(first, "Expected to work."))
    with pytest.raises(InvalidInput):
        run.do(Move(first, "a"))
    run.do(Skip(first))
    run.do(Complete(second))

    assert run.open() == ["a"]


def test_skipping_a_join_that_waits_in_vain_lets_it_go_on_with_what_it_has():
    run = Run(
        diagram(
            nodes(
                s="startEvent",
                x="exclusiveGateway",
                k="userTask",
                q="userTask",
                j="parallelGateway",
                a="userTask",
            )
            + flows("s>x", "x>k if =true", "x>q if =false", "k>j", "q>j", "j>a")
        )
    ).complete("k")
    run.do(Skip(stuck(run)))

    assert run.open() == ["a"]
    assert run.complete("a").status == "completed"


def test_the_choices_name_ways_and_variables_but_no_values():
    run = Run(CHOICE, variables={"child": "Maya", "count": 3, "known": None}).complete("a")
    offered = repairs.choices(run.bundle, run.state, stuck(run))

    assert [way.id for way in offered.flows] == ["x_y", "x_n"]
    assert offered.kinds == {"child": "text", "count": "number", "known": "nothing"}
    assert "Maya" not in repr(offered)


UNKNOWN = [
    (MESSAGE, KEYED, {"case_id": 4}, lambda run: run.message("reply", {"case_id": 4})),
    (timer("timeDuration", "=wait"), "", {"wait": "PT1H"}, lambda run: run.advance(hours=1)),
]


@pytest.mark.parametrize("drawn", [boundary, lambda *what: handled(*what, interrupting=True)])
@pytest.mark.parametrize(("definition", "roots", "missing", "trigger"), UNKNOWN)
def test_what_cannot_listen_says_so_and_listens_when_it_is_tried_again(
    drawn, definition, roots, missing, trigger
):
    run = Run(drawn(definition, roots))
    token, (place,) = stuck(run), [p for p in commands.look(run.bundle, run.state).tokens if p.why == "stuck"]
    assert place.token == token and place.cause
    assert "a" in run.open(), "what it listens beside goes on"

    run.do(SetVariables(missing))
    run.do(Retry(token))
    assert place.element not in run.places()
    trigger(run)
    assert run.open() == ["h"]


def test_what_cannot_listen_is_over_with_what_it_listens_beside():
    run = Run(boundary(timer("timeDuration", "=wait"))).complete("a")

    assert run.places() == ["after"]
    assert [(step.what, step.element) for step in run.last.trail if step.element == "b"] == [
        ("cancelled", "b")
    ]
