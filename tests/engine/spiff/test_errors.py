"""Errors and escalations: who catches them, and what they stop."""

from __future__ import annotations

import pytest

from .drawing import Run, chain, definitions, diagram, flows, nodes
from .event_definitions import E1, ERROR, ESCALATION, M1, MESSAGE, X1, boundary, inner_end


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


@pytest.mark.parametrize("trigger", [lambda run: run.complete("x"), lambda run: run.message("reply")])
def test_an_error_may_be_one_of_several_definitions(trigger):
    run = Run(boundary(f"{ERROR}{MESSAGE}", E1 + M1, host=f"subProcess|{inner_end(ERROR)}"))
    trigger(run)

    assert run.open() == ["h"] and not run.subscriptions


ANY = [
    (ERROR, E1 + '<error id="any" name="Any"/>', "errorEventDefinition errorRef"),
    (ESCALATION, X1 + '<escalation id="any" name="Any"/>', "escalationEventDefinition escalationRef"),
]


@pytest.mark.parametrize(("thrown", "roots", "caught"), ANY)
def test_what_is_caught_without_a_code_is_any(thrown, roots, caught):
    """BPMN 2.0.2, tables 8.41 and 8.42: if there is no code, then any SHALL trigger the event."""
    run = Run(boundary(f'<{caught}="any"/>', roots, host=f"subProcess|{inner_end(thrown)}")).complete("x")

    assert run.open() == ["h"] and not run.failures and not run.thrown


@pytest.mark.parametrize(("thrown", "roots", "caught"), ANY)
def test_an_event_sub_process_that_names_no_code_catches_any(thrown, roots, caught):
    handler = nodes(i=f'startEvent|<{caught}="any"/>', h="userTask") + chain("i", "h")
    body = nodes(s="startEvent", bad=f"endEvent|{thrown}", z=f'subProcess triggeredByEvent="true"|{handler}')

    assert Run(diagram(body + chain("s", "bad"), roots)).open() == ["h"]


def test_an_error_thrown_without_a_code_goes_by_its_name():
    roots = '<error id="e1" name="Refused"/><error id="e2" name="Other" errorCode="Refused"/>'
    caught = '<errorEventDefinition errorRef="e2"/>'
    run = Run(boundary(caught, roots, host=f"subProcess|{inner_end(ERROR)}")).complete("x")

    assert run.open() == ["h"]
