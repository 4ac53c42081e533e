"""Events of a flow: where it starts, ends and goes on, and several definitions in one event."""

from __future__ import annotations

import pytest

from engine.errors import TaskGone
from engine.execution import Cancel, Retry, SetVariables

from .drawing import IO, Run, chain, diagram, flows, nodes, take, zeebe
from .event_definitions import (
    E1,
    ERROR,
    ESCALATION,
    M1,
    MESSAGE,
    S1,
    SIGNAL,
    X1,
    boundary,
    condition,
    timer,
)


def test_a_timer_that_is_already_due_fires_at_once():
    run = Run(
        diagram(
            nodes(
                s="startEvent",
                t=f"intermediateCatchEvent|{timer('timeDate', '2020-01-01T00:00:00Z')}",
                a="userTask",
            )
            + chain("s", "t", "a")
        )
    )

    assert run.open() == ["a"] and not run.timers


def test_a_terminate_end_event_ends_everything_in_its_scope_only():
    inner = nodes(
        i="startEvent", x="userTask", y="userTask", t="endEvent|<terminateEventDefinition/>"
    ) + flows("i>x", "i>y", "x>t")
    run = Run(
        diagram(
            nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask", b="userTask")
            + flows("s>z", "s>b", "z>a")
        )
    )

    assert run.complete("x").open() == ["a", "b"]


def test_a_terminate_end_event_ends_the_process():
    run = Run(
        diagram(
            nodes(s="startEvent", x="userTask", y="userTask", t="endEvent|<terminateEventDefinition/>")
            + flows("s>x", "s>y", "x>t")
        )
    )

    assert run.complete("x").status == "completed" and run.open() == []


def test_a_link_goes_on_where_its_name_is_caught():
    body = nodes(
        s="startEvent",
        a="userTask",
        out='intermediateThrowEvent|<linkEventDefinition name="L"/>',
        into='intermediateCatchEvent|<linkEventDefinition name="L"/>',
        b="userTask",
    )
    run = Run(diagram(body + flows("s>a", "a>out", "into>b"))).complete("a").complete("b")

    assert run.status == "completed" and run.trail == ["s", "a", "out", "into", "b"]


def test_a_multiple_event_happens_with_the_first_of_its_definitions():
    several = f"{MESSAGE}{SIGNAL}{timer('timeDuration', 'PT1H')}{timer('timeDuration', 'PT2H')}"
    drawn = diagram(
        nodes(s="startEvent", m=f"intermediateCatchEvent|{several}", a="userTask") + chain("s", "m", "a"),
        M1 + S1,
    )

    for run in (Run(drawn).message("reply"), Run(drawn).signal("alarm"), Run(drawn).advance(hours=1)):
        assert run.open() == ["a"] and not run.timers and not run.subscriptions


def test_a_parallel_multiple_event_needs_all_of_its_definitions_in_any_order():
    several = f"{MESSAGE}{SIGNAL}{timer('timeDuration', 'PT1H')}{timer('timeDuration', 'PT2H')}"
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent parallelMultiple='true'|{several}", a="userTask")
            + chain("s", "m", "a"),
            M1 + S1,
        )
    )

    run.signal("alarm").advance(hours=1).message("reply")
    assert run.open() == []
    assert run.advance(hours=1).open() == ["a"]


def test_a_process_starts_at_the_start_event_it_is_told():
    body = nodes(s="startEvent", m=f"startEvent|{MESSAGE}", a="userTask", b="userTask") + flows("s>a", "m>b")
    drawn = diagram(body, M1)

    assert Run(drawn).open() == ["a"]
    assert Run(drawn, event="m", variables={"x": 1}).open() == ["b"]
    assert [(start.id, start.kind, start.event) for start in Run(drawn).bundle.starts] == [
        ("s", "none", ""),
        ("m", "message", "reply"),
    ]


def test_a_receive_task_can_start_a_process():
    drawn = diagram(
        nodes(r="receiveTask messageRef='m1' instantiate='true'", a="userTask") + chain("r", "a"), M1
    )

    assert Run(drawn, event="r").open() == ["a"]


def test_a_parallel_multiple_event_takes_each_message_once_and_waits_for_all_again():
    several = f"{MESSAGE}{SIGNAL}"
    body = nodes(
        s="startEvent",
        a="userTask",
        b=f'boundaryEvent attachedToRef="a" cancelActivity="false" parallelMultiple="true"|{several}',
        h="userTask",
    )
    run = Run(diagram(body + flows("s>a", "b>h"), M1 + S1))
    assert sorted(name for _, name in run.subscriptions) == ["alarm", "reply"]
    assert [name for _, name in run.message("reply").subscriptions] == ["alarm"]
    with pytest.raises(TaskGone):
        run.message("reply")
    assert run.signal("alarm").open() == ["a", "h"]
    assert sorted(name for _, name in run.subscriptions) == ["alarm", "reply"]

    assert run.signal("alarm").message("reply").open() == ["a", "h", "h"]


def test_an_event_that_could_not_wait_for_all_it_should_waits_for_nothing_until_tried_again():
    several = f"{SIGNAL}{timer('timeDuration', '=wait')}"
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent|{several}", a="userTask") + chain("s", "m", "a"),
            S1,
        )
    )
    with pytest.raises(TaskGone):
        run.signal("alarm")
    run.do(SetVariables({"wait": "PT1H"}))
    run.do(Retry(next(iter(run.failures))))

    assert len(run.subscriptions) == 1 and run.signal("alarm").open() == ["a"] and not run.timers


THROWN = {
    "error": (ERROR, E1),
    "escalation": (ESCALATION, X1),
    "signal": ('<signalEventDefinition signalRef="s1"/>', S1),
}


@pytest.mark.parametrize("what", THROWN)
def test_an_end_event_that_ends_its_own_sub_process_has_completed(what):
    """It did all that it is drawn for; what else was going on in there was cut off."""
    definition, roots = THROWN[what]
    inner = nodes(i="startEvent", f="task", other="userTask", thrown=f"endEvent|{definition}")
    run = Run(
        diagram(
            nodes(
                s="startEvent",
                z=f"subProcess|{inner}{flows('i>f', 'f>other', 'f>thrown')}",
                b=f'boundaryEvent attachedToRef="z"|{definition}',
                h="userTask",
            )
            + flows("s>z", "b>h"),
            roots,
        )
    )

    assert run.open() == ["h"] and run.trail == ["s", "i", "f", "thrown", "b"]
    cut_off = [step.element for step in run.last.trail if step.what == "cancelled"]
    assert sorted(cut_off) == ["other", "z"]


def ending(*definitions: str) -> bytes:
    """A sub-process with `a`, which is undone by `undo_a`, before an end that throws all of these."""
    thrown = f"endEvent|{''.join(definitions)}"
    inner = nodes(
        i="startEvent",
        a="userTask",
        c="boundaryEvent attachedToRef='a'|<compensateEventDefinition/>",
        undo_a="userTask isForCompensation='true'",
        thrown=thrown,
    )
    inner += chain("i", "a", "thrown") + '<association id="as" sourceRef="c" targetRef="undo_a"/>'
    outer = nodes(
        s="startEvent", z=f"subProcess|{inner}", b=f'boundaryEvent attachedToRef="z"|{ERROR}', h="userTask"
    )
    return diagram(outer + flows("s>z", "b>h"), E1 + M1)


@pytest.mark.parametrize("order", [1, -1])
def test_an_end_throws_all_that_it_names_and_the_error_last(order):
    run = Run(ending(*(ERROR, MESSAGE)[::order])).complete("a")

    assert [thrown.name for thrown in run.thrown] == ["reply"]
    assert run.open() == ["h"]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_caught_is_counted_as_it_is_drawn(order):
    """A saved state knows each of several definitions by its place."""
    caught = (ERROR, timer("timeDuration", "PT1H"))[::order]
    run = Run(boundary("".join(caught), E1))

    definition = run.bundle.spec.task_specs["b"].event_definition
    assert [one.kind for one in definition.event_definitions] == ["error", "timer"][::order]


@pytest.mark.parametrize("order", [1, -1])
def test_what_an_end_undoes_is_undone_before_its_error_is_thrown(order):
    run = Run(ending(*(ERROR, "<compensateEventDefinition/>")[::order])).complete("a")
    assert run.open() == ["undo_a"]

    assert run.complete("undo_a").open() == ["h"]
    assert run.trail[-3:] == ["undo_a", "thrown", "b"]


def test_an_end_whose_error_nobody_caught_has_not_completed_when_all_is_cancelled():
    inner = nodes(
        i="startEvent",
        a="userTask",
        c="boundaryEvent attachedToRef='a'|<compensateEventDefinition/>",
        undo_a="userTask isForCompensation='true'",
        thrown=f"endEvent|<compensateEventDefinition/>{ERROR}",
    )
    inner += chain("i", "a", "thrown") + '<association id="as" sourceRef="c" targetRef="undo_a"/>'
    run = Run(diagram(inner, E1)).complete("a").complete("undo_a")
    assert [failure.element for failure in run.failures.values()] == ["thrown"]

    run.do(Cancel())

    assert [(step.element, step.what) for step in run.last.trail] == [("thrown", "cancelled")]


@pytest.mark.parametrize("order", [1, -1])
def test_a_cancel_leaves_by_an_event_that_waits_for_a_message_too(order):
    inner = nodes(i="startEvent", a="userTask", x="endEvent|<cancelEventDefinition/>") + chain("i", "a", "x")
    caught = "".join(("<cancelEventDefinition/>", MESSAGE)[::order])
    body = nodes(
        s="startEvent", z=f"transaction|{inner}", b=f'boundaryEvent attachedToRef="z"|{caught}', h="userTask"
    )
    content = diagram(body + flows("s>z", "b>h"), M1)

    assert Run(content).complete("a").open() == ["h"]
    assert Run(content).message("reply").open() == ["h"]


def test_what_was_true_only_between_two_automatic_steps_has_not_happened():
    """Conditions are looked at when everything that can move has moved."""
    sets = {n: f"task|{zeebe(IO.format(take(f'={n}', 'x')))}" for n in (1, 2)}
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        one=sets[1],
        two=sets[2],
        c="userTask",
        on=f'boundaryEvent attachedToRef="a"|{condition("=x = 1")}',
        on2=f'boundaryEvent attachedToRef="a"|{condition("=x = 2")}',
        h="userTask",
        h2="userTask",
    )
    drawn = flows("s>f", "f>a", "f>b", "b>one", "one>two", "two>c", "on>h", "on2>h2")

    assert Run(diagram(body + drawn)).complete("b").open() == ["c", "h2"]
