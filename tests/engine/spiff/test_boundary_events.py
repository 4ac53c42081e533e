"""Boundary events: what interrupts an activity, what happens beside it, and how often."""

from __future__ import annotations

import pytest

from engine.errors import TaskGone
from engine.execution import Fire, SetVariables

from .drawing import NOON, Run, diagram, flows, nodes, timedelta
from .event_definitions import M1, MESSAGE, S1, SIGNAL, boundary, condition, timer


@pytest.mark.parametrize(
    ("definition", "roots", "trigger"),
    [
        (MESSAGE, M1, lambda run: run.message("reply", x=1)),
        (SIGNAL, S1, lambda run: run.signal("alarm", x=1)),
        (timer("timeDuration", "PT1H"), "", lambda run: run.advance(hours=1)),
        (condition("=x = 1"), "", lambda run: run.do(SetVariables({"x": 1}))),
    ],
)
def test_an_interrupting_boundary_event_withdraws_its_activity(definition, roots, trigger):
    run = Run(boundary(definition, roots))
    (task,) = run.tasks

    trigger(run)
    assert run.open() == ["h"] and run.last.closed[0].token == task and run.last.closed[0].how == "cancelled"
    assert run.complete("h").status == "completed" and run.trail == ["s", "b", "h"]


@pytest.mark.parametrize(
    ("definition", "roots"),
    [(MESSAGE, M1), (SIGNAL, S1), (timer("timeDuration", "PT1H"), ""), (condition("=x = 1"), "")],
)
def test_boundary_events_stop_listening_when_their_activity_is_done(definition, roots):
    run = Run(boundary(definition, roots)).complete("a")

    assert run.open() == ["after"] and not run.timers and not run.subscriptions
    assert run.complete("after").status == "completed"


@pytest.mark.parametrize(
    ("definition", "roots", "trigger"),
    [(MESSAGE, M1, lambda run: run.message("reply")), (SIGNAL, S1, lambda run: run.signal("alarm"))],
)
def test_a_non_interrupting_boundary_event_happens_as_often_as_it_likes(definition, roots, trigger):
    run = Run(boundary(definition, roots, interrupting=False))

    for times in (1, 2, 3):
        trigger(run)
        assert run.open() == ["a", *["h"] * times]
    run.complete("a")
    assert run.open() == ["after", "h", "h", "h"], "what was started stays when the activity completes"


def test_a_non_interrupting_timer_fires_once_and_a_repetition_as_often_as_it_says():
    run = Run(boundary(timer("timeDuration", "PT1H"), interrupting=False)).advance(hours=9)
    assert run.open() == ["a", "h"] and not run.timers

    run = Run(boundary(timer("timeCycle", "R3/PT1H"), interrupting=False)).advance(minutes=150)
    assert run.open() == ["a", "h", "h"]
    run.advance(days=3)
    assert run.open() == ["a", "h", "h", "h"] and not run.timers


def test_a_late_repetition_catches_up_one_firing_at_a_time():
    run = Run(boundary(timer("timeCycle", "R/PT1H"), interrupting=False))
    (timer_token,) = run.timers
    run.clock.now += timedelta(hours=3)

    for _ in range(3):
        run.do(Fire(timer_token))
    with pytest.raises(TaskGone):
        run.do(Fire(timer_token))
    assert run.open() == ["a", "h", "h", "h"] and run.timers[timer_token].due == NOON + timedelta(hours=4)


def test_a_timer_does_not_fire_before_it_is_due_nor_twice():
    run = Run(boundary(timer("timeDuration", "PT1H")))
    (token,) = run.timers
    with pytest.raises(TaskGone):
        run.do(Fire(token))

    run.advance(hours=1)
    with pytest.raises(TaskGone):
        run.do(Fire(token))


def test_a_condition_that_stays_true_happens_once_until_it_was_false():
    run = Run(boundary(condition("=x = 1"), interrupting=False))
    run.do(SetVariables({"x": 1}))
    run.do(SetVariables({"y": 1}))
    assert run.open() == ["a", "h"]

    run.do(SetVariables({"x": 0}))
    run.do(SetVariables({"x": 1}))
    assert run.open() == ["a", "h", "h"]


def test_the_named_clock_of_a_timer_is_told():
    run = Run(boundary(timer("timeDate", '=deadline("four")')))

    (armed,) = run.timers.values()
    assert (armed.due, armed.clock, armed.element) == (NOON + timedelta(hours=4), "four", "b")


def test_an_unknown_clock_is_an_incident_naming_it():
    run = Run(boundary(timer("timeDate", '=deadline("unknown")')))

    assert "“unknown”" in next(iter(run.failures.values())).cause and run.open() == ["a"]


def test_a_boundary_event_on_a_sub_process_withdraws_everything_inside_and_sees_what_was_gathered():
    inner = nodes(i="startEvent", x="userTask", y="userTask", z="userTask") + flows("i>x", "i>y", "x>z")
    run = Run(boundary(MESSAGE, M1, host=f"subProcess|{inner}"))

    run.complete("x", gathered=1)
    run.message("reply")
    assert run.open() == ["h"] and run.variables == {"gathered": 1}


def test_several_boundary_events_on_one_activity():
    body = nodes(
        s="startEvent",
        a="userTask",
        t1=f"boundaryEvent attachedToRef='a' cancelActivity='false'|{timer('timeDuration', 'PT1H')}",
        t2=f"boundaryEvent attachedToRef='a'|{timer('timeDuration', 'PT2H')}",
        h1="userTask",
        h2="userTask",
    )
    run = Run(diagram(body + flows("s>a", "t1>h1", "t2>h2")))

    assert run.advance(hours=1).open() == ["a", "h1"]
    assert run.advance(hours=1).open() == ["h1", "h2"]


def test_a_boundary_event_that_has_happened_already_leaves_nothing_to_listen_for():
    body = nodes(
        s="startEvent",
        a="userTask",
        b=f"boundaryEvent attachedToRef='a'|{condition('=x')}",
        c=f"boundaryEvent attachedToRef='a' cancelActivity='false'|{condition('=x')}",
        h="userTask",
        g="userTask",
    )
    run = Run(diagram(body + flows("s>a", "b>h", "c>g")), variables={"x": True})

    assert run.open() == ["h"] and run.complete("h").status == "completed"
