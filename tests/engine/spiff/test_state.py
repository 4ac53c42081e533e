"""The saved state: small, versioned, strict, and the same run whether saved in between or not."""

from __future__ import annotations

from random import Random

import orjson
import pytest

from engine.errors import InvalidInput, TaskGone
from engine.execution import Cancel, Complete
from engine.spiff import commands
from engine.spiff.codec import UnknownState

from .drawing import Clock, Run, chain, diagram, flows, nodes
from .event_definitions import M1, MESSAGE, handled, timer
from .test_loops import AGENCIES, COLLECT, asked, each


def busy() -> Run:
    """An instance with a bit of everything in it."""
    inner = nodes(i="startEvent", x="userTask", y="userTask") + flows("i>x", "i>y")
    body = nodes(
        s="startEvent",
        f="inclusiveGateway",
        a="userTask",
        z=f"subProcess|{inner}",
        j="inclusiveGateway",
        b="userTask",
        t=f"boundaryEvent attachedToRef='z' cancelActivity='false'|{timer('timeCycle', 'R/PT1H')}",
        h="userTask",
        m=f"intermediateCatchEvent|{MESSAGE}",
    )
    return Run(
        diagram(body + flows("s>f", "f>a", "f>z", "f>m", "a>j", "z>j", "m>j", "j>b", "t>h"), M1)
    ).advance(hours=2)


def test_the_state_says_its_version_and_is_plain_json():
    state = orjson.loads(busy().state or b"")

    assert state[0] == 1


def test_a_state_that_is_not_ours_is_refused_whatever_it_is():
    run, random = busy(), Random(1)
    good = run.state or b""
    token = run.token("a")
    for _ in range(2000):
        cut = bytearray(good)
        for _ in range(random.randint(1, 4)):
            cut[random.randrange(len(cut))] = random.choice(b'[]{}",0123456789ntx')
        try:
            commands.run(run.bundle, bytes(cut), Complete(token), Clock())
        except Exception as error:  # the point is that it is never anything but one of ours
            assert isinstance(error, UnknownState) or type(error).__module__ == "engine.errors", repr(error)


@pytest.mark.parametrize(
    "state",
    [b"", b"null", b"[]", b"{}", b"[2,1,0,[],null]", b'{"typename":"UUID"}', b"\xff", b"[1,1,0,[[]],null]"],
)
def test_an_unknown_state_is_refused(state):
    run = busy()
    with pytest.raises(UnknownState):
        commands.run(run.bundle, state, Complete("1"), Clock())


def test_a_refused_command_leaves_the_state_alone():
    run = busy()
    before = run.state
    with pytest.raises(InvalidInput, match="plain JSON"):
        run.complete("a", bad=object())

    assert run.state is before and run.complete("a", fine=1).variables == {"fine": 1}


def test_the_same_command_on_the_same_state_gives_the_same_result():
    run = busy()
    command = Complete(run.token("x"), {"n": 1})

    first, second = (commands.run(run.bundle, run.state, command, run.clock) for _ in range(2))
    assert first == second


def test_looking_changes_nothing():
    run = busy()
    seen = commands.look(run.bundle, run.state or b"")

    assert seen.status == "running" and {place.element for place in seen.tokens} == {
        "a",
        "z",
        "x",
        "y",
        "m",
        "h",
    }
    assert commands.look(run.bundle, run.state or b"") == seen


def test_a_cancelled_instance_withdraws_everything():
    run = busy()
    run.do(Cancel())

    assert run.status == "cancelled" and not run.tasks and not run.timers and not run.subscriptions
    with pytest.raises(TaskGone, match="ended"):
        run.do(Cancel())


def test_a_finished_instance_keeps_its_variables_and_nothing_else():
    run = Run(diagram(nodes(s="startEvent", a="userTask") + chain("s", "a"))).complete("a", x=1)

    assert run.status == "completed" and run.state == b'[1,2,1,[],[{"x":1},1,0]]'


def test_two_hundred_agencies_fit_in_a_state():
    run = Run(asked(each(COLLECT)), variables={"agencies": [f"agency {n}" for n in range(200)]})

    assert len(run.tasks) == 200 and len(run.state or b"") < 30_000
    assert len(run.complete("a", 199, answer=1).tasks) == 199


def test_what_opened_and_closed_in_one_command_is_not_told():
    run = Run(handled(MESSAGE, M1, interrupting=True)).message("reply")
    assert {closed.how for closed in run.last.closed} == {"cancelled"} and [
        task.element for task in run.last.opened
    ] == ["h"]

    collected = Run(
        asked(each(COLLECT, "<completionCondition>=true</completionCondition>")),
        variables={"agencies": AGENCIES},
    )
    collected.complete("a", answer=1)
    assert collected.open() == ["after"] and sorted(closed.how for closed in collected.last.closed) == [
        "cancelled",
        "cancelled",
        "completed",
    ]
