"""Compensation and transactions: what has finished is undone, newest first, before the process goes on."""

from __future__ import annotations

import pytest

from engine.execution import Withdraw

from .drawing import Run, chain, diagram, flows, nodes
from .event_definitions import E1, ERROR, M1, MESSAGE, S1, SIGNAL


def undoable(ids: str, *, inside: str = "", throw: str, **more: str) -> str:
    drawn = nodes(s="startEvent", **{id: "userTask" for id in ids})
    for id in ids:
        drawn += nodes(
            **{
                f"c{id}": f'boundaryEvent attachedToRef="{id}"|<compensateEventDefinition/>',
                f"undo_{id}": 'userTask isForCompensation="true"',
            }
        )
        drawn += f'<association id="as{id}" sourceRef="c{id}" targetRef="undo_{id}"/>'
    return drawn + nodes(t=throw, **more)


ONCE = "<loopCardinality>1</loopCardinality>"
SEVERAL = f"<multiInstanceLoopCharacteristics>{ONCE}</multiInstanceLoopCharacteristics>"
THROW = "intermediateThrowEvent|<compensateEventDefinition/>"


def test_compensation_undoes_what_has_finished_and_waits_for_it():
    run = Run(
        diagram(undoable("abc", throw=THROW, after="userTask") + flows("s>a", "a>b", "b>t", "t>c", "c>after"))
    )
    run.complete("a").complete("b")

    assert run.open() == ["undo_b"], "newest first"
    assert run.complete("undo_b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["c"]
    assert run.complete("c").complete("after").status == "completed"


def test_compensation_of_one_activity():
    one = 'intermediateThrowEvent|<compensateEventDefinition activityRef="a"/>'
    run = Run(diagram(undoable("ab", throw=one, after="userTask") + flows("s>a", "a>b", "b>t", "t>after")))

    assert run.complete("a").complete("b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["after"]


def test_compensation_with_nothing_to_undo_passes():
    run = Run(diagram(undoable("a", throw=THROW, after="userTask") + flows("s>t", "t>after", "after>a")))

    assert run.open() == ["after"]


def test_a_finished_sub_process_is_compensated_from_inside_out():
    inner = undoable("ab", throw="task").replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"') + flows(
        "i>a", "a>b", "b>pass"
    )
    body = nodes(s="startEvent", z=f"subProcess|{inner}", x="userTask", t=THROW, after="userTask")
    run = Run(diagram(body + flows("s>z", "z>x", "x>t", "t>after")))

    run.complete("a").complete("b").complete("x")
    assert run.open() == ["undo_b"]
    assert run.complete("undo_b").complete("undo_a").open() == ["after"]


def test_a_compensation_event_sub_process_undoes_its_whole_scope():
    handler = nodes(hi="startEvent|<compensateEventDefinition/>", h="userTask") + chain("hi", "h")
    inner = nodes(i="startEvent", x="userTask", ch=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "x"
    )
    run = Run(
        diagram(
            nodes(s="startEvent", z=f"subProcess|{inner}", t=THROW, after="userTask")
            + chain("s", "z", "t", "after")
        )
    )
    assert run.open() == ["x"]

    assert run.complete("x").open() == ["h"]
    assert run.complete("h").open() == ["after"]


def test_a_cancelled_transaction_undoes_what_finished_and_goes_on_from_its_cancel_event():
    inner = undoable("ab", throw="endEvent|<cancelEventDefinition/>").replace('id="s"', 'id="i"') + nodes(
        w="userTask"
    )
    inner += flows("i>a", "i>w", "a>b", "b>t")
    body = nodes(
        s="startEvent",
        z=f"transaction|{inner}",
        c="boundaryEvent attachedToRef='z'|<cancelEventDefinition/>",
        h="userTask",
        ok="userTask",
    )
    run = Run(diagram(body + flows("s>z", "z>ok", "c>h")))

    run.complete("a").complete("b")
    assert run.open() == ["undo_b"], "what still ran is withdrawn"
    assert run.complete("undo_b").complete("undo_a").open() == ["h"]
    assert run.complete("h").status == "completed"


def test_a_transaction_that_is_not_cancelled_is_a_sub_process():
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(diagram(nodes(s="startEvent", z=f"transaction|{inner}", a="userTask") + chain("s", "z", "a")))

    assert run.complete("x").open() == ["a"]


def test_a_sub_process_inside_a_compensated_one_is_undone_with_it():
    """The outer one is not undone before everything inside is."""
    deep = undoable("b", throw="task").replace('id="s"', 'id="i2"').replace('id="t"', 'id="pass2"')
    inner = undoable("a", throw="task", z2=f"subProcess|{deep}{flows('i2>b', 'b>pass2')}")
    inner = inner.replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"') + flows("i>a", "a>z2", "z2>pass")
    body = nodes(s="startEvent", z=f"subProcess|{inner}", x="userTask", t=THROW, after="userTask")
    run = Run(diagram(body + flows("s>z", "z>x", "x>t", "t>after")))

    run.complete("a").complete("b").complete("x")
    assert run.open() == ["undo_b"]
    assert run.complete("undo_b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["after"]
    assert run.complete("after").status == "completed"


@pytest.mark.parametrize("loop", ["", '<standardLoopCharacteristics loopMaximum="1" testBefore="true"/>'])
def test_an_inclusive_join_does_not_wait_for_what_is_being_undone(loop):
    """A finished activity has no boundary events any more, and nothing leaves it twice (seed 152410)."""
    inner = undoable("a", throw="task").replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"')
    body = nodes(
        s="startEvent",
        and_="parallelGateway",
        z=f"subProcess|{loop}{inner}{flows('i>a', 'a>pass')}",
        left='boundaryEvent attachedToRef="z"|<messageEventDefinition messageRef="m"/>',
        w="userTask",
        b="userTask",
        u="userTask",
        t=THROW,
        or_="inclusiveGateway",
        after="userTask",
    )
    drawn = flows("s>and_", "and_>z", "and_>b", "and_>u", "u>t", "z>w", "left>or_", "b>or_", "or_>after")
    run = Run(diagram(body + drawn, '<message id="m" name="m"/>'))

    run.complete("a").complete("u")
    assert run.open() == ["b", "undo_a", "w"]
    assert run.complete("b").open() == ["after", "undo_a", "w"]


def test_what_waited_for_two_tokens_is_undone_at_once():
    """`startQuantity` counts tokens that arrive by flows (seed 610177)."""
    inner = undoable("a", throw="task").replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"')
    body = nodes(
        s="startEvent",
        two='task completionQuantity="2"',
        z=f'subProcess startQuantity="2" completionQuantity="2"|{inner}{flows("i>a", "a>pass")}',
        x='userTask startQuantity="2"',
        cx='boundaryEvent attachedToRef="x"|<compensateEventDefinition/>',
        undo_x='userTask isForCompensation="true" startQuantity="2"',
        u="userTask",
        t=THROW,
        after="userTask",
    )
    lines = '<association id="ax" sourceRef="cx" targetRef="undo_x"/>'
    run = Run(diagram(body + lines + chain("s", "two", "z", "x", "u", "t", "after")))

    run.complete("a").complete("x").complete("u")
    assert run.open() == ["undo_x"]
    assert run.complete("undo_x").open() == ["undo_a"]
    assert run.complete("undo_a").complete("after").status == "completed"


def test_an_ad_hoc_sub_process_that_is_undone_offers_nothing_again():
    """Also when a handler ends by its own boundary event (seed 682548)."""
    inner = nodes(
        a="userTask",
        ca='boundaryEvent attachedToRef="a"|<compensateEventDefinition/>',
        undo_a='userTask isForCompensation="true"',
        late='boundaryEvent attachedToRef="undo_a"|<messageEventDefinition messageRef="m"/>',
    )
    inner += '<association id="aa" sourceRef="ca" targetRef="undo_a"/>'
    inner += "<completionCondition>=n = 6</completionCondition>"
    body = nodes(s="startEvent", z=f"adHocSubProcess|{inner}", b="userTask", t=THROW, after="userTask")
    run = Run(diagram(body + chain("s", "z", "b", "t", "after"), '<message id="m" name="m"/>'))

    run.complete("a", n=6).complete("b", n=1)
    assert run.open() == ["undo_a"]
    assert run.message("m").open() == ["after"]


def test_a_withdrawn_handler_does_not_keep_compensation_waiting():
    run = Run(
        diagram(undoable("a", throw=THROW, after="userTask") + flows("s>a", "a>t", "t>after"))
    ).complete("a")
    run.do(Withdraw(run.token("undo_a")))

    assert run.open() == ["after"]


@pytest.mark.parametrize("nested", [False, True])
def test_a_handler_that_is_interrupted_does_not_keep_compensation_waiting(nested):
    """It has ended, though not as drawn: what undoes goes on, beside what its boundary event leads to."""
    inner = nodes(i="startEvent", x="userTask", bad=f"endEvent|{ERROR}") + chain("i", "x", "bad")
    drawn = undoable("ba", throw="task" if nested else THROW).replace(
        '<userTask id="undo_a" isForCompensation="true"></userTask>',
        f'<subProcess id="undo_a" isForCompensation="true">{inner}</subProcess>',
    )
    drawn += nodes(on=f'boundaryEvent attachedToRef="undo_a"|{ERROR}', h="userTask")
    drawn += flows("on>h") + chain("s", "b", "a", "t")
    after = nodes(after="userTask")
    if nested:
        drawn = drawn.replace('"s"', '"j"')
        body = nodes(s="startEvent", z=f"subProcess|{drawn}", u=THROW) + chain("s", "z", "u", "after")
    else:
        body = drawn + flows("t>after")
    run = Run(diagram(body + after, E1)).complete("b").complete("a").complete("x")
    assert run.open() == ["h", "undo_b"]

    run.complete("undo_b")
    assert run.open() == (["h"] if nested else ["after", "h"])
    assert run.complete("h").complete("after").status == "completed"


def test_an_inclusive_join_waits_for_a_handler_that_may_leave_by_its_boundary_event():
    body = undoable("a", throw=THROW) + nodes(
        f="parallelGateway",
        b="userTask",
        late=f'boundaryEvent attachedToRef="undo_a"|{MESSAGE}',
        or_="inclusiveGateway",
        after="userTask",
    )
    drawn = flows("s>f", "f>a", "f>b", "a>t", "b>or_", "late>or_", "or_>after")
    run = Run(diagram(body + drawn, M1)).complete("a").complete("b")
    assert run.open() == ["undo_a"]

    assert run.message("reply").open() == ["after"]


@pytest.mark.parametrize("several", ["", SEVERAL])
def test_what_a_boundary_event_led_to_is_undone_before_its_activity(several):
    """BPMN 2.0.2, 13.5.5: A has a boundary event that leads to B, so B is compensated before A."""
    body = undoable("abc", throw=THROW) + nodes(
        remind=f'boundaryEvent attachedToRef="a" cancelActivity="false"|{SIGNAL}'
    )
    body = body.replace('<userTask id="a"></userTask>', f'<userTask id="a">{several}</userTask>')
    run = Run(diagram(body + flows("s>c", "c>a", "a>t", "remind>b"), S1), variables={"xs": [1]})
    run.complete("c").signal("alarm").complete("b").complete("a")

    undone = []
    while run.open():
        undone += run.open()
        run.complete(undone[-1])
    assert undone == ["undo_b", "undo_a", "undo_c"]


def test_what_was_interrupted_after_its_boundary_event_is_not_undone():
    body = undoable("ab", throw=THROW) + nodes(
        remind=f'boundaryEvent attachedToRef="a" cancelActivity="false"|{SIGNAL}',
        stop=f'boundaryEvent attachedToRef="a"|{MESSAGE}',
    )
    run = Run(diagram(body + flows("s>a", "remind>b", "stop>t"), S1 + M1)).signal("alarm").complete("b")

    assert run.message("reply").open() == ["undo_b"]
    assert run.complete("undo_b").status == "completed"
