"""Embedded sub-processes: what they share with what is around them, and what stays inside."""

from __future__ import annotations

import pytest

from engine.errors import TaskGone
from engine.execution import Complete, Retry, SetVariables

from .drawing import IO, Run, chain, diagram, flows, give, nodes, take, zeebe


def test_an_embedded_sub_process_shares_the_variables_around_it():
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(diagram(nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask") + chain("s", "z", "a")))

    run.complete("x", found=1)
    assert run.open() == ["a"] and run.variables == {"found": 1} and run.trail == ["s", "i", "x", "z"]


def test_inputs_of_a_sub_process_stay_inside_and_its_outputs_leave():
    mapping = zeebe(IO.format(give("=n + 1", "m") + take("=m * 10", "result")))
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(
        diagram(nodes(s="startEvent", z=f"subProcess|{mapping}{inner}", a="userTask") + chain("s", "z", "a")),
        variables={"n": 1},
    )

    run.complete("x", m=5, kept=True)
    assert run.variables == {"n": 1, "kept": True, "result": 50}


def test_a_task_that_has_been_done_but_cannot_go_on_is_not_open_any_more():
    drawn = diagram(nodes(s="startEvent", a="userTask", b="userTask") + flows("s>a", "a>b if =x"))
    run = Run(drawn)
    token = run.token("a")
    run.complete("a")

    assert run.open() == [] and [f.token for f in run.failures.values()] == [token]
    with pytest.raises(TaskGone, match="no longer open"):
        run.do(Complete(token))
    run.do(SetVariables({"x": True}))
    run.do(Retry(token))
    assert run.open() == ["b"] and run.trail == ["s", "a"]
