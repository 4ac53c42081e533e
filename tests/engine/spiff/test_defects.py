"""What SpiffWorkflow does wrong when used as its documentation shows: each once measured, each kept away.

Joins, loops, boundary events and event sub-processes have their rules in the files named after them.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from typing import Any

import pytest

from engine.errors import DiagramRefused, TaskGone
from engine.execution import Complete, Fire, Start
from engine.spiff import commands
from engine.spiff.bundle import compile

from .drawing import Clock, Run, chain, diagram, flows, nodes, timedelta
from .event_definitions import M1, MESSAGE, condition, handled, timer

LOOP = nodes(
    s="startEvent", m="exclusiveGateway", a="userTask", g='exclusiveGateway default="g_e"', e="endEvent"
)
LOOP_FLOWS = flows("s>m", "m>a", "a>g", "g>m if =again", "g>e")


def test_three_thousand_rounds_of_a_loop_leave_one_token_and_no_trace():
    """Stock: the instance dies silently after round 333, and each round is slower than the last."""
    bundle = compile({"test.bpmn": diagram(LOOP + LOOP_FLOWS)}, "p")
    result = commands.run(bundle, None, Start(), Clock())
    for _ in range(3000):
        result = commands.run(
            bundle, result.state, Complete(result.opened[0].token, {"again": True}), Clock()
        )

    assert len(result.state) < 120
    assert (
        commands.run(bundle, result.state, Complete(result.opened[0].token, {"again": False}), Clock()).status
        == "completed"
    )


def test_a_chain_of_three_thousand_elements_is_read_and_run():
    """Stock: RecursionError from 600 on."""
    ids = [f"n{n}" for n in range(3000)]
    run = Run(
        diagram(nodes(s="startEvent", **dict.fromkeys(ids, "task"), u="userTask") + chain("s", *ids, "u"))
    )

    assert run.open() == ["u"]


def test_six_blocks_of_four_branches_start_with_what_is_there_and_nothing_else():
    """Stock: 24,575 objects and 9.2 MB before anybody did anything."""
    drawn, links, before = nodes(s="startEvent", e="endEvent"), [], "s"
    for block in range(6):
        drawn += nodes(**{f"f{block}": "parallelGateway", f"j{block}": "parallelGateway"})
        links.append(f"{before}>f{block}")
        for branch in range(4):
            drawn += nodes(**{f"t{block}{branch}": "userTask"})
            links += [f"f{block}>t{block}{branch}", f"t{block}{branch}>j{block}"]
        before = f"j{block}"
    run = Run(diagram(drawn + flows(*links, f"{before}>e")))

    assert len(run.tasks) == 4 and len(run.state or b"") < 300


def snapshot(value: Any, seen: set[int]) -> Any:
    """Everything reachable from a specification, as values."""
    if isinstance(value, str | int | float | bool | bytes | None | frozenset):
        return value
    if id(value) in seen:
        return "…"
    seen.add(id(value))
    if isinstance(value, dict):
        return {str(key): snapshot(item, seen) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [snapshot(item, seen) for item in value]
    return {type(value).__name__: snapshot(getattr(value, "__dict__", {}), seen)}


def test_running_never_changes_a_specification():
    """Stock: the first message event sub-process that fires spoils the cached one for all later instances."""
    drawn = handled(MESSAGE, M1, interrupting=True)
    bundle = compile({"test.bpmn": drawn}, "p")
    before = snapshot(dict(bundle.specs), set())

    for _ in range(3):
        assert Run(drawn).message("reply").complete("h").status == "completed"
    assert snapshot(dict(bundle.specs), set()) == before


def test_threads_may_share_a_specification():
    drawn, finished = handled(MESSAGE, M1, interrupting=False), []

    def many() -> None:
        for _ in range(20):
            finished.append(Run(drawn).message("reply").complete("a").complete("h").complete("b").status)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert finished == ["completed"] * 80


@pytest.mark.parametrize(
    "text",
    ["=__import__('os').system('x')", "=().__class__", "=open('/etc/passwd')", "=exec('1')", "=lambda: 1"],
)
def test_no_expression_is_ever_pythons(text):
    """Stock: each of these ran. An audit hook sees whatever would compile or run Python."""
    caught: list[str] = []
    armed = [True]
    sys.addaudithook(lambda event, _: caught.append(event) if armed[0] and event in WATCHED else None)
    drawn = diagram(
        nodes(s="startEvent", a="userTask", c=f"intermediateCatchEvent|{condition(text)}")
        + chain("s", "a", "c")
    )
    with contextlib.suppress(DiagramRefused):  # refused before it could run: as good
        Run(drawn).complete("a")
    armed[0] = False

    assert caught == []


WATCHED = {"exec", "compile", "os.system", "subprocess.Popen", "open"}


def test_a_migrated_instance_keeps_its_clocks_and_its_tasks():
    """Stock: a deadline of 90 days, migrated on day 60, is due on day 150."""
    body = nodes(
        s="startEvent",
        a="userTask",
        t=f"boundaryEvent attachedToRef='a'|{timer('timeDuration', 'P90D')}",
        h="userTask",
    )
    old, new = (
        diagram(body + flows("s>a", "t>h")),
        diagram(body + nodes(x="task") + flows("s>a", "t>h", "h>x")),
    )
    run = Run(old)
    (task,), (armed,) = run.tasks.values(), run.timers.values()

    run.bundle = compile({"test.bpmn": new}, "p")
    run.clock.now += timedelta(days=60)
    with pytest.raises(TaskGone):
        run.do(Fire(armed.token))
    run.clock.now += timedelta(days=30)
    run.do(Fire(armed.token))
    assert run.last.closed[0].token == task.token and run.complete("h").trail[-2:] == ["h", "x"]


def test_a_task_is_done_once_and_only_when_it_is_open():
    """Stock: a task that is completed, cancelled or still to come can be run."""
    run = Run(diagram(nodes(s="startEvent", a="userTask", b="userTask") + chain("s", "a", "b")))
    token = run.token("a")
    run.complete("a")

    for gone in (token, "1", "999", "", "root"):
        with pytest.raises(TaskGone):
            run.do(Complete(gone))
    assert run.open() == ["b"]


def test_a_diagram_is_read_in_any_encoding_it_declares():
    body = nodes(s="startEvent", a='userTask name="Prüfen"') + flows("s>a")
    for encoding in ("ISO-8859-1", "UTF-16", "UTF-8"):
        head = f'<?xml version="1.0" encoding="{encoding}"?><d:definitions xmlns:d="{BPMN}" xmlns="{BPMN}">'
        text = f'{head}<process id="p">{body}</process></d:definitions>'
        assert next(iter(Run(text.encode(encoding)).tasks.values())).name == "Prüfen"


BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
