"""Events: what is waited for, what interrupts, what is thrown."""

from __future__ import annotations

import pytest

from engine.errors import TaskGone
from engine.execution import Deliver, Fire, Retry, SetVariables

from .drawing import NOON, Run, chain, definitions, diagram, flows, nodes, timedelta, zeebe

MESSAGE = '<messageEventDefinition messageRef="m1"/>'
M1 = '<message id="m1" name="reply"/>'
KEY = zeebe('<zeebe:subscription correlationKey="=case_id"/>')
KEYED = f'<message id="m1" name="reply">{KEY}</message>'
SIGNAL = '<signalEventDefinition signalRef="s1"/>'
S1 = '<signal id="s1" name="alarm"/>'
ERROR = '<errorEventDefinition errorRef="e1"/>'
E1 = '<error id="e1" name="Refused" errorCode="refused"/>'
ESCALATION = '<escalationEventDefinition escalationRef="x1"/>'
X1 = '<escalation id="x1" name="Up" escalationCode="up"/>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def boundary(definition: str, roots: str = "", *, interrupting: bool = True, host: str = "userTask") -> bytes:
    flag = str(interrupting).lower()
    return diagram(
        nodes(
            s="startEvent",
            a=host,
            after="userTask",
            b=f'boundaryEvent attachedToRef="a" cancelActivity="{flag}"|{definition}',
            h="userTask",
        )
        + flows("s>a", "a>after", "b>h"),
        roots,
    )


def test_a_message_goes_to_whom_it_correlates_with_and_brings_its_variables():
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent|{MESSAGE}", a="userTask") + chain("s", "m", "a"),
            KEYED,
        ),
        variables={"case_id": "7"},
    )
    (sub,) = run.subscriptions.values()
    assert (sub.message, sub.correlation, sub.element) == ("reply", '{"case_id":"7"}', "m")

    with pytest.raises(TaskGone):
        run.message("reply", {"case_id": "8"})
    with pytest.raises(TaskGone):
        run.message("other", {"case_id": "7"})
    run.message("reply", {"case_id": "7"}, answer="yes")

    assert (
        run.open() == ["a"] and run.variables == {"case_id": "7", "answer": "yes"} and not run.subscriptions
    )


def test_a_correlation_key_that_gives_nothing_is_an_incident_until_it_does():
    run = Run(
        diagram(
            nodes(s="startEvent", m=f"intermediateCatchEvent|{MESSAGE}", a="userTask") + chain("s", "m", "a"),
            KEYED,
        )
    )
    (stuck,) = run.failures

    run.do(SetVariables({"case_id": "7"}))
    run.do(Retry(stuck))
    assert run.message("reply", {"case_id": "7"}).open() == ["a"]


def test_a_message_reaches_one_token_only_the_one_that_waits_longest():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        y="receiveTask messageRef='m1'",
        a="userTask",
        b="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "x>a", "y>b"), M1))

    assert run.message("reply").open() == ["a"]
    assert run.message("reply").open() == ["a", "b"]


def test_a_message_can_be_addressed_to_one_token():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        y=f"intermediateCatchEvent|{MESSAGE}",
        a="userTask",
        b="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "x>a", "y>b"), M1))

    (token,) = [sub.token for sub in run.subscriptions.values() if sub.element == "y"]
    run.do(Deliver("reply", token=token))
    assert run.open() == ["b"]
    with pytest.raises(TaskGone):
        run.do(Deliver("reply", token=token))


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


# Errors and escalations


def inner_end(definition: str) -> str:
    return nodes(i="startEvent", x="userTask", w="userTask", bad=f"endEvent|{definition}") + flows(
        "i>x", "i>w", "x>bad"
    )


def test_an_error_ends_its_sub_process_and_goes_on_from_the_boundary():
    run = Run(boundary(ERROR, E1, host=f"subProcess|{inner_end(ERROR)}")).complete("x", why=1)

    assert run.open() == ["h"] and run.variables == {"why": 1} and not run.thrown and not run.failures


def test_an_error_goes_to_its_own_sub_process_only():
    """Two sub-processes side by side throw the same code."""
    body = nodes(s="startEvent")
    links = []
    for n in "12":
        inner = nodes(**{f"i{n}": "startEvent", f"x{n}": "userTask", f"bad{n}": f"endEvent|{ERROR}"}) + flows(
            f"i{n}>x{n}", f"x{n}>bad{n}"
        )
        body += nodes(
            **{
                f"p{n}": f"subProcess|{inner}",
                f"b{n}": f'boundaryEvent attachedToRef="p{n}"|{ERROR}',
                f"h{n}": "userTask",
            }
        )
        links += [f"s>p{n}", f"b{n}>h{n}"]
    run = Run(diagram(body + flows(*links), E1))

    assert run.complete("x1").open() == ["h1", "x2"]


def test_an_exact_code_is_caught_before_any_code():
    inner = inner_end(ERROR)
    body = nodes(
        s="startEvent",
        a=f"subProcess|{inner}",
        any="boundaryEvent attachedToRef='a'|<errorEventDefinition/>",
        exact=f"boundaryEvent attachedToRef='a'|{ERROR}",
        h1="userTask",
        h2="userTask",
    )
    run = Run(diagram(body + flows("s>a", "any>h1", "exact>h2"), E1))

    assert run.complete("x").open() == ["h2"]


def test_an_error_nobody_catches_is_an_incident_and_keeps_its_place():
    run = Run(
        diagram(nodes(s="startEvent", a="userTask", bad=f"endEvent|{ERROR}") + chain("s", "a", "bad"), E1)
    ).complete("a")

    assert run.status == "running" and run.places() == ["bad"]
    assert "refused" in next(iter(run.failures.values())).cause


def test_an_error_crosses_a_call_activity():
    called = f'<process id="q" isExecutable="true">{inner_end(ERROR)}</process>'
    caller = nodes(
        s="startEvent",
        c='callActivity calledElement="q"',
        b=f"boundaryEvent attachedToRef='c'|{ERROR}",
        h="userTask",
    ) + flows("s>c", "b>h")
    run = Run(definitions(f'<process id="p">{caller}</process>', called, E1))

    assert run.complete("x").open() == ["h"]


def test_an_escalation_does_not_stop_who_throws_it():
    inner = nodes(i="startEvent", up=f"intermediateThrowEvent|{ESCALATION}", x="userTask") + chain(
        "i", "up", "x"
    )
    run = Run(boundary(ESCALATION, X1, interrupting=False, host=f"subProcess|{inner}"))

    assert run.open() == ["h", "x"]


def test_an_interrupting_escalation_stops_who_throws_it():
    inner = nodes(i="startEvent", up=f"intermediateThrowEvent|{ESCALATION}", x="userTask") + chain(
        "i", "up", "x"
    )

    assert Run(boundary(ESCALATION, X1, host=f"subProcess|{inner}")).open() == ["h"]


def test_an_escalation_nobody_catches_leaves_the_process():
    run = Run(diagram(nodes(s="startEvent", up=f"endEvent|{ESCALATION}") + chain("s", "up"), X1))

    assert run.status == "completed" and [(t.kind, t.name) for t in run.thrown] == [("escalation", "up")]


# Throwing


def test_a_thrown_message_leaves_the_process_with_what_the_diagram_names():
    thrown = (
        zeebe('<zeebe:ioMapping><zeebe:input source="=secret + 1" target="told"/></zeebe:ioMapping>')
        + MESSAGE
    )
    run = Run(
        diagram(nodes(s="startEvent", t=f"intermediateThrowEvent|{thrown}") + chain("s", "t"), KEYED),
        variables={"secret": 1, "case_id": "7"},
    )

    (message,) = run.thrown
    assert (message.kind, message.name, message.element) == ("message", "reply", "t")
    assert message.correlation == '{"case_id":"7"}' and dict(message.variables) == {"told": 2}


def test_a_thrown_message_reaches_who_waits_for_it_inside():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{MESSAGE}",
        a="userTask",
        b="userTask",
        t='sendTask messageRef="m1"',
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>a", "x>b", "a>t"), M1)).complete("a")

    assert run.open() == ["b"] and not run.thrown


def test_a_signal_reaches_everybody_inside_and_leaves_the_process():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        x=f"intermediateCatchEvent|{SIGNAL}",
        y=f"intermediateCatchEvent|{SIGNAL}",
        a="userTask",
        b="userTask",
        c="userTask",
        t=f"endEvent|{SIGNAL}",
    )
    run = Run(diagram(body + flows("s>f", "f>x", "f>y", "f>a", "x>b", "y>c", "a>t"), S1))
    assert {sub.kind for sub in run.subscriptions.values()} == {"signal"}

    assert run.complete("a").open() == ["b", "c"]
    assert [(t.kind, t.name) for t in run.thrown] == [("signal", "alarm")]


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


# Several definitions in one event


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


# Starting


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


@pytest.mark.parametrize("trigger", [lambda run: run.complete("x"), lambda run: run.message("reply")])
def test_an_error_may_be_one_of_several_definitions(trigger):
    run = Run(boundary(f"{ERROR}{MESSAGE}", E1 + M1, host=f"subProcess|{inner_end(ERROR)}"))
    trigger(run)

    assert run.open() == ["h"] and not run.subscriptions


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
