"""Event sub-processes: what triggers them, what they end or run beside, and what leaves them."""

from __future__ import annotations

import pytest

from engine.execution import SetVariables

from .drawing import IO, Run, chain, diagram, flows, nodes, take, zeebe
from .event_definitions import E1, ERROR, ESCALATION, M1, MESSAGE, S1, SIGNAL, X1, condition, handled, timer

TRIGGERS = [
    (MESSAGE, M1, lambda run: run.message("reply", got=1)),
    (SIGNAL, S1, lambda run: run.signal("alarm", got=1)),
    (timer("timeDuration", "PT1H"), "", lambda run: run.advance(hours=1)),
    (condition("=x = 1"), "", lambda run: run.do(SetVariables({"x": 1}))),
]


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS)
def test_an_interrupting_event_sub_process_ends_what_it_interrupts(definition, roots, trigger):
    run = Run(handled(definition, roots, interrupting=True)).complete("a", before=1)

    trigger(run)
    assert run.open() == ["h"] and run.variables["before"] == 1
    assert run.complete("h").status == "completed"


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS[:2])
def test_a_non_interrupting_event_sub_process_runs_beside_and_as_often_as_it_is_triggered(
    definition, roots, trigger
):
    run = Run(handled(definition, roots, interrupting=False))

    trigger(run)
    trigger(run)
    assert run.open() == ["a", "b", "h", "h"]
    run.complete("a").complete("b")
    assert run.status == "running"
    assert run.complete("h").complete("h").status == "completed" and not run.subscriptions


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS)
@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_sub_process_that_is_never_triggered_does_not_keep_a_finished_process_open(
    definition, roots, trigger, interrupting
):
    run = Run(handled(definition, roots, interrupting=interrupting)).complete("a").complete("b")

    assert run.status == "completed" and not run.timers and not run.subscriptions


def test_each_run_of_a_non_interrupting_event_sub_process_has_variables_of_its_own_until_it_ends():
    run = Run(handled(MESSAGE, M1, interrupting=False)).message("reply", q=1).message("reply", q=2)
    assert run.variables == {}

    run.complete("h", 0, answer="first")
    assert run.variables == {"q": 1, "answer": "first"}


def test_outputs_of_an_event_sub_process_are_all_that_leaves_it():
    inner = nodes(i=f'startEvent isInterrupting="false"|{MESSAGE}', h="userTask") + chain("i", "h")
    mapping = zeebe(IO.format(take("=answer", "advice")))
    body = nodes(
        s="startEvent", a="userTask", z=f'subProcess triggeredByEvent="true"|{mapping}{inner}'
    ) + flows("s>a")
    run = Run(diagram(body, M1)).message("reply", q=1).complete("h", answer="yes")

    assert run.variables == {"advice": "yes"}


def test_an_event_sub_process_inside_a_sub_process_interrupts_only_that():
    handler = nodes(ti=f"startEvent|{MESSAGE}", h="userTask") + chain("ti", "h")
    inner = nodes(i="startEvent", x="userTask", e=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "x"
    )
    run = Run(
        diagram(
            nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask", b="userTask")
            + flows("s>z", "s>b", "z>a"),
            M1,
        )
    )

    assert run.message("reply").open() == ["b", "h"]
    assert run.complete("h").open() == ["a", "b"]


def test_an_error_is_caught_by_an_event_sub_process_of_its_own_scope():
    inner = nodes(i=f"startEvent|{ERROR}", h="userTask") + chain("i", "h")
    body = nodes(
        s="startEvent",
        a="userTask",
        other="userTask",
        bad=f"endEvent|{ERROR}",
        z=f'subProcess triggeredByEvent="true"|{inner}',
    )
    run = Run(diagram(body + flows("s>a", "s>other", "a>bad"), E1))
    assert run.open() == ["a", "other"], "it does not run when the process starts"

    assert run.complete("a").open() == ["h"] and not run.failures


def test_an_escalation_is_caught_beside_what_goes_on():
    inner = nodes(i=f'startEvent isInterrupting="false"|{ESCALATION}', h="userTask") + chain("i", "h")
    body = nodes(
        s="startEvent",
        up=f"intermediateThrowEvent|{ESCALATION}",
        a="userTask",
        z=f'subProcess triggeredByEvent="true"|{inner}',
    )
    run = Run(diagram(body + chain("s", "up", "a"), X1))

    assert run.open() == ["a", "h"] and not run.thrown


def test_an_error_inside_a_handler_goes_outward():
    handler = nodes(i=f"startEvent|{MESSAGE}", bad=f"endEvent|{ERROR}") + chain("i", "bad")
    inner = nodes(si="startEvent", x="userTask", z=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "si", "x"
    )
    body = nodes(
        s="startEvent", p1=f"subProcess|{inner}", b=f"boundaryEvent attachedToRef='p1'|{ERROR}", h="userTask"
    )
    run = Run(diagram(body + flows("s>p1", "b>h"), M1 + E1)).message("reply")

    assert run.open() == ["h"]


HELD = [condition("=x = 1"), timer("timeDuration", "PT0S"), timer("timeDate", "2020-01-01T00:00:00Z")]


@pytest.mark.parametrize("definition", HELD)
def test_what_interrupts_before_anything_has_begun_is_all_that_begins(definition):
    run = Run(handled(definition, interrupting=True), variables={"x": 1})

    assert run.open() == ["h"]
    assert run.complete("h").status == "completed"


@pytest.mark.parametrize("definition", HELD)
def test_what_interrupts_a_sub_process_before_it_has_begun_is_all_that_begins_in_it(definition):
    handler = nodes(ti=f"startEvent|{definition}", h="userTask") + chain("ti", "h")
    inner = nodes(i="startEvent", x="userTask", e=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "x"
    )
    body = nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask") + chain("s", "z", "a")
    run = Run(diagram(body), variables={"x": 1})

    assert run.open() == ["h"]
    assert run.complete("h").open() == ["a"]


@pytest.mark.parametrize("second", ["message", "condition"])
def test_once_the_scope_is_interrupted_no_other_event_sub_process_begins(second):
    """BPMN 2.0.2, 13.5.4: no new event handlers can be initiated."""
    other = MESSAGE if second == "message" else condition("=x = 1")
    inner = {
        name: nodes(**{f"i{name}": f"startEvent|{event}", name: "userTask"}) + chain(f"i{name}", name)
        for name, event in (("h", condition("=x = 1")), ("g", other))
    }
    drawn = "".join(
        nodes(**{f"z{name}": f'subProcess triggeredByEvent="true"|{body}'}) for name, body in inner.items()
    )
    run = Run(diagram(nodes(s="startEvent", a="userTask") + chain("s", "a") + drawn, M1), variables={"x": 1})

    assert run.open() == ["h"] and not run.subscriptions
