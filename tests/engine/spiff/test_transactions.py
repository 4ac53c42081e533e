"""Transactions that are cancelled: what runs is withdrawn, what was finished undone, however deep it is."""

from __future__ import annotations

import os
from typing import Any

import pytest

from engine.execution import SetVariables
from engine.spiff.scope import Scope

from .drawing import Run, chain, definitions, diagram, flows, nodes
from .pair import Different, play
from .random_transactions import Cancelled
from .test_differences import ROOTS, SIGNAL, TWICE, lines, undoable

DIAGRAMS = min(int(os.environ.get("HANDRAIL_DIAGRAMS", "200")), 2_000)
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
PARTS = 10
CANCEL = "endEvent|<cancelEventDefinition/>"
SUB = nodes(i="startEvent", **undoable("a"), b="userTask") + chain("i", "a", "b") + lines("a")


def transaction(inside: str, *ways: str, more: str = "", roots: str = "", **drawn: str) -> bytes:
    """A fork to whatever is named and to a person who cancels; behind the cancel event `then`."""
    body = nodes(j="startEvent", f="parallelGateway", stop="userTask", c=CANCEL, **drawn) + inside
    body += flows("j>f", "f>stop", "stop>c", *ways)
    whole = nodes(s="startEvent", t=f"transaction|{body}", then="userTask", done="userTask")
    whole += nodes(on='boundaryEvent attachedToRef="t"|<cancelEventDefinition/>')
    return diagram(whole + flows("s>t", "t>done", "on>then") + more, roots)


def test_what_was_finished_in_a_sub_process_that_still_runs_is_undone():
    """13.5.5: cancellation results in compensation of the completed portions of an active sub-process."""
    run = Run(transaction("", "f>z", z=f"subProcess|{SUB}")).complete("a")
    assert run.open() == ["b", "stop"]

    assert run.complete("stop").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["then"]
    assert run.complete("then").status == "completed"
    assert "z" not in run.trail and "t" not in run.trail


def test_a_sub_process_in_which_nothing_was_finished_is_only_ended():
    run = Run(transaction("", "f>z", z=f"subProcess|{SUB}")).complete("stop")

    assert run.open() == ["then"]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_cancelling_one_instance_of_a_transaction_ends_them_all(sequential):
    """Also where no cancel event says what then: as a transaction that is done once, it ends."""
    several = f'<multiInstanceLoopCharacteristics isSequential="{sequential}">'
    several += "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    inner = nodes(i="startEvent", a="userTask", c=CANCEL) + chain("i", "a", "c")
    run = Run(diagram(nodes(s="startEvent", t=f"transaction|{several}{inner}") + chain("s", "t")))

    assert run.complete("a").status == "completed"


def test_what_is_finished_while_it_is_undone_is_undone_too():
    """A cancelled transaction leaves nothing that was done in it: also what a handler's own event led to
    (seeds 36800 and 527580).
    """
    nested = nodes(i="startEvent", **undoable("a"), **undoable("b"), out="endEvent") + lines("a", "b")
    nested += nodes(on_undo=f'boundaryEvent attachedToRef="undo_a" cancelActivity="false"|{SIGNAL}')
    nested += flows("i>a", "a>out", "on_undo>b", "b>out")
    drawn = transaction("", "f>z", z=f"subProcess|{nested}", roots=ROOTS)
    run = Run(drawn).complete("a").complete("stop").signal("s1")
    assert run.open() == ["b", "undo_a"]

    run.complete("b").complete("undo_a")
    assert run.open() == ["undo_b"]
    assert run.complete("undo_b").open() == ["then"]


def test_what_was_opened_last_is_undone_first_one_after_the_other():
    outer = nodes(k="startEvent", **undoable("x"), z=f"subProcess|{SUB}") + chain("k", "x", "z") + lines("x")
    drawn = transaction(lines("y"), "f>y", "f>w", w=f"subProcess|{outer}", **undoable("y"))
    run = Run(drawn).complete("x").complete("a").complete("y").complete("stop")

    assert run.open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["undo_x"]
    assert run.complete("undo_x").open() == ["undo_y"]
    assert run.complete("undo_y").open() == ["then"]


def test_the_handler_of_a_sub_process_that_never_finished_is_not_for_it():
    """It undoes the whole, which there is not."""
    run = Run(transaction(lines("z"), "f>z", **undoable("z") | {"z": f"subProcess|{SUB}"}))

    assert run.complete("a").complete("stop").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["then"]


def test_instances_that_were_finished_are_undone_though_others_still_ran():
    run = Run(transaction(lines("a"), "f>a", **undoable("a") | {"a": f"userTask|{TWICE}"}))
    assert run.complete("a").complete("stop").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["then"]

    run = Run(transaction("", "f>z", z=f"subProcess|{SUB}{TWICE}"))
    assert run.complete("a").complete("a").complete("stop").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["then"]


def test_what_was_interrupted_before_is_not_undone():
    message = '<messageEventDefinition messageRef="m"/>'
    drawn = undoable("a") | {"a": f"userTask|{TWICE}", "on2": f'boundaryEvent attachedToRef="a"|{message}'}
    files = transaction(lines("a"), "f>a", "on2>late", late="userTask", **drawn)
    files = files.replace(b"<process", b'<message id="m" name="m"/><process')
    run = Run(files).complete("a").message("m").complete("stop")

    assert run.open() == ["then"]


def test_nothing_hangs_on_what_is_being_undone():
    message = '<messageEventDefinition messageRef="m"/>'
    files = transaction(
        "",
        "f>z",
        "on2>late",
        z=f"subProcess|{SUB}",
        late="userTask",
        on2=f'boundaryEvent attachedToRef="z"|{message}',
    )
    run = Run(files.replace(b"<process", b'<message id="m" name="m"/><process')).complete("a")
    assert run.subscribed() == [("on2", "message", "m")]

    assert run.complete("stop").subscribed() == []


def test_a_called_process_is_undone_with_its_own_variables():
    calls = '<callActivity id="z" calledElement="q"/>'
    once = "userTask|<standardLoopCharacteristics><loopCondition>=found &lt; 3</loopCondition>"
    inner = nodes(i="startEvent", **undoable("a", f"{once}</standardLoopCharacteristics>"), b="userTask")
    called = f'<process id="q" isExecutable="true">{inner}{chain("i", "a", "b")}{lines("a")}</process>'
    run = Run({"p.bpmn": transaction(calls, "f>z"), "q.bpmn": definitions(called)})
    run.complete("a", found=1).complete("stop")

    assert run.complete("undo_a").open() == ["undo_a"]  # its condition sees what the called process found
    assert run.complete("undo_a", found=3).open() == ["then"]


def test_an_undoing_that_was_under_way_is_finished_by_the_cancellation():
    """Two can be undone. A branch has begun to undo them when the cancellation comes."""
    undo = "intermediateThrowEvent|<compensateEventDefinition/>"
    inner = nodes(i="startEvent", **undoable("a"), **undoable("b"), u=undo, e="userTask")
    inner += chain("i", "a", "b", "u", "e") + lines("a", "b")
    run = Run(transaction("", "f>z", z=f"subProcess|{inner}")).complete("a").complete("b")
    assert run.open() == ["stop", "undo_b"]

    assert run.complete("stop").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["then"]


@pytest.mark.parametrize("part", range(PARTS))
def test_random_oracle_of_cancelled_transactions(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, PARTS):
        play(seed, Cancelled)


def test_an_engine_that_only_ends_sub_processes_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail."""

    def only_ends(self: Scope, thrower: Any) -> bool:
        self.clear(thrower)
        return self.compensate(thrower)

    monkeypatch.setattr(Scope, "roll_back", only_ends)
    with pytest.raises(Different, match="the engine says"):
        for seed in range(100):
            play(seed, Cancelled)


def test_a_variable_that_changes_while_it_is_undone_starts_nothing():
    run = Run(transaction("", "f>z", z=f"subProcess|{SUB}")).complete("a").complete("stop")
    run.do(SetVariables({"n": 1}))

    assert run.open() == ["undo_a"] and not run.failures


def test_what_nobody_undoes_any_more_can_be_undone_by_somebody_else():
    """An event sub-process begins to undo both; another interrupts it, and undoes the one that is left."""
    undo = "intermediateThrowEvent|<compensateEventDefinition/>"
    message = '<messageEventDefinition messageRef="{}"/>'
    handlers = [
        (f"startEvent isInterrupting='false'|{message.format('m')}", "h"),
        (f"startEvent|{message.format('n')}", "k"),
    ]
    drawn = nodes(s="startEvent", **undoable("a"), **undoable("b"), e="userTask")
    drawn += chain("s", "a", "b", "e") + lines("a", "b")
    for start, id in handlers:
        inner = nodes(**{f"{id}s": start, f"{id}u": undo, f"{id}e": "userTask"})
        inner += chain(f"{id}s", f"{id}u", f"{id}e")
        drawn += f'<subProcess id="{id}" triggeredByEvent="true">{inner}</subProcess>'
    run = Run(diagram(drawn, '<message id="m" name="m"/><message id="n" name="n"/>'))
    run.complete("a").complete("b").message("m")
    assert run.open() == ["e", "undo_b"]

    assert run.message("n").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["ke"]
