"""Every difference that random processes have shown between the engine and the standard, made small."""

from __future__ import annotations

from engine.execution import SetVariables

from .drawing import Run, chain, diagram, flows, nodes

ROOTS = '<message id="m" name="m"/><signal id="s1" name="s1"/><error id="e" name="e" errorCode="e"/>'
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="s1"/>'


def condition(text: str) -> str:
    text = text.replace("<", "&lt;")
    return f"<conditionalEventDefinition><condition>={text}</condition></conditionalEventDefinition>"


def hosted(event: str, attributes: str = "") -> bytes:
    """A task with one boundary event that leads to another."""
    boundary = f'boundaryEvent attachedToRef="a" {attributes}|{event}'
    drawn = nodes(s="startEvent", a="userTask", on=boundary, b="userTask")
    return diagram(drawn + chain("s", "a") + flows("on>b"), ROOTS)


def test_a_condition_among_several_events_happens_once_until_it_was_false():
    run = Run(hosted(MESSAGE + condition("n > 5"), 'cancelActivity="false"'), variables={"n": 9})

    assert run.open() == ["a", "b"]

    run.message("m", n=1).message("m", n=7)
    assert run.open() == ["a", "b", "b", "b", "b"]


def test_all_of_several_conditions_may_become_true_at_once():
    both = hosted(condition("n > 5") + condition("n < 8"), 'parallelMultiple="true"')
    run = Run(both, variables={"n": 1})

    assert run.open() == ["a"]

    run.do(SetVariables({"n": 6}))
    assert run.open() == ["b"]


def undoable(id: str, handler: str = "userTask") -> dict[str, str]:
    """A task with something that compensates it."""
    tag, _, inner = handler.partition("|")
    return {
        id: "userTask",
        f"{id}_on": f'boundaryEvent attachedToRef="{id}"|<compensateEventDefinition/>',
        f"undo_{id}": f'{tag} isForCompensation="true"|{inner}',
    }


def lines(*ids: str) -> str:
    return "".join(f'<association id="{id}_line" sourceRef="{id}_on" targetRef="undo_{id}"/>' for id in ids)


LOOP = "multiInstanceLoopCharacteristics"
TWICE = f"<{LOOP}><loopCardinality>2</loopCardinality></{LOOP}>"
UNDO = "intermediateThrowEvent|<compensateEventDefinition/>"


def test_a_sub_process_may_be_what_compensates():
    handler = f"subProcess|{nodes(i='startEvent', x='userTask', y='userTask')}{chain('i', 'x', 'y')}"
    drawn = nodes(s="startEvent", **undoable("a", handler), t=UNDO, b="userTask")
    run = Run(diagram(drawn + chain("s", "a", "t", "b") + lines("a"))).complete("a")

    assert run.open() == ["x"]
    assert run.complete("x").complete("y").open() == ["b"]


def test_each_of_several_instances_is_compensated():
    drawn = nodes(s="startEvent", **undoable("a") | {"a": f"userTask|{TWICE}"}, t=UNDO, b="userTask")
    run = Run(diagram(drawn + chain("s", "a", "t", "b") + lines("a"))).complete("a").complete("a")

    assert run.open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["b"]


def test_several_instances_that_were_interrupted_are_not_compensated():
    stop = f'boundaryEvent attachedToRef="a"|{MESSAGE}'
    drawn = nodes(
        s="startEvent", **undoable("a") | {"a": f"userTask|{TWICE}"}, stop=stop, t=UNDO, b="userTask"
    )
    run = Run(diagram(drawn + chain("s", "a") + chain("stop", "t", "b") + lines("a"), ROOTS))

    assert run.complete("a").message("m").open() == ["b"]


def test_a_sub_process_in_which_nothing_was_finished_is_not_compensated():
    """One of two instances was done when its event sub-process took over."""
    stop = nodes(i="startEvent|" + MESSAGE, x="task") + chain("i", "x")
    inner = nodes(j="startEvent", **undoable("a") | {"a": f"userTask|{TWICE}"}) + chain("j", "a") + lines("a")
    inner += nodes(h=f'subProcess triggeredByEvent="true"|{stop}')
    drawn = nodes(s="startEvent", z=f"subProcess|{inner}", t=UNDO, b="userTask")
    run = Run(diagram(drawn + chain("s", "z", "t", "b"), ROOTS)).complete("a").message("m")

    assert run.open() == ["b"] and run.trail.count("z") == 1


def test_nothing_hangs_on_a_sub_process_while_it_is_compensated():
    inner = nodes(i="startEvent", **undoable("a")) + chain("i", "a") + lines("a")
    listener = f'boundaryEvent attachedToRef="z"|{MESSAGE}'
    drawn = nodes(s="startEvent", z=f"subProcess|{inner}", on=listener, t=UNDO, b="userTask", c="userTask")
    run = Run(diagram(drawn + chain("s", "z", "t", "b") + flows("on>c"), ROOTS)).complete("a")

    assert run.open() == ["undo_a"] and not run.subscriptions


def test_no_event_sub_process_starts_once_only_event_sub_processes_run():
    """§13.5.4: while an activity is completing, no new one can be initiated."""
    inner = nodes(i=f'startEvent isInterrupting="false"|{MESSAGE}', x="userTask") + chain("i", "x")
    drawn = nodes(s="startEvent", a="userTask", h=f'subProcess triggeredByEvent="true"|{inner}')
    run = Run(diagram(drawn + chain("s", "a"), ROOTS)).message("m").message("m")

    assert run.complete("a").open() == ["x", "x"] and not run.subscriptions
    assert run.complete("x").complete("x").status == "completed"


COMPLEX = "complexGateway|<activationCondition>=activationCount &gt;= 1</activationCondition>"


def test_a_complex_gateway_waits_for_nobody_who_may_come_by_a_used_flow():
    """The rule of §13.4.5 for its second phase: what may come by a used flow is for the next round."""
    drawn = nodes(
        s="startEvent", f="parallelGateway", m="task", a="userTask", x="exclusiveGateway", c=COMPLEX
    )
    ways = flows("s>f", "f>m", "m>c", "f>a", "a>x", "x>c if =n > 5", "x>m if =n <= 5")
    ways += flows("c>b if =waitingForStart", "c>late if =not(waitingForStart)")
    run = Run(diagram(drawn + nodes(b="userTask", late="userTask") + ways), variables={"n": 1})

    assert run.open() == ["a", "b", "late"]


def test_a_complex_gateway_with_one_way_in_counts_its_tokens_too():
    two = COMPLEX.replace(">= 1", ">= 2").replace("= 1", "= 2")
    drawn = nodes(
        s="startEvent", f="parallelGateway", a="userTask", b="userTask", m="task", c=two, x="userTask"
    )
    run = Run(diagram(drawn + flows("s>f", "f>a", "f>b", "a>m", "b>m", "m>c", "c>x if =waitingForStart")))

    assert run.complete("a").open() == ["b"]
    assert run.complete("b").open() == ["x"]


def test_a_complex_gateway_that_waited_in_vain_may_still_go_on():
    either = COMPLEX.replace("&gt;= 1", "&gt;= 2 or n &gt; 5")
    drawn = nodes(s="startEvent", x="exclusiveGateway", a="userTask", c=either, e="endEvent")
    ways = flows("s>x", "x>a if =n > 9", "x>c if =n < 9", "a>c", "c>e if =waitingForStart")
    run = Run(diagram(drawn + ways), variables={"n": 1})
    assert [failure.element for failure in run.failures.values()] == ["c"]

    run.do(SetVariables({"n": 6}))
    assert run.status == "completed"


def test_a_join_behind_a_gateway_that_waited_in_vain_goes_on_with_it():
    either = COMPLEX.replace("&gt;= 1", "&gt;= 2 or n &gt; 5")
    drawn = nodes(s="startEvent", f="parallelGateway", x="exclusiveGateway", a="userTask", c=either)
    drawn += nodes(j="inclusiveGateway", e="endEvent")
    ways = flows(
        "s>f", "f>x", "f>j", "x>a if =n > 9", "x>c if =n < 9", "a>c", "c>j if =waitingForStart", "j>e"
    )
    run = Run(diagram(drawn + ways), variables={"n": 1})
    assert sorted(failure.element for failure in run.failures.values()) == ["c", "j"]

    run.do(SetVariables({"n": 6}))
    assert run.status == "completed"


def test_an_ad_hoc_sub_process_that_has_had_enough_begins_nothing_more():
    """§13.3.5: it completes without executing further inner activities."""
    inner = nodes(x="userTask", y="userTask", then="userTask") + flows("x>then")
    inner += "<completionCondition>=true</completionCondition>"
    drawn = nodes(s="startEvent", h=f'adHocSubProcess cancelRemainingInstances="false"|{inner}', b="userTask")
    run = Run(diagram(drawn + chain("s", "h", "b")))

    assert run.complete("x").open() == ["y"]
    assert run.complete("y").open() == ["b"]


def test_a_process_waits_for_the_second_phase_of_a_complex_gateway():
    """Its tokens have all ended, but the gateway still gives one when its round is over."""
    drawn = nodes(s="startEvent", c=COMPLEX, e="endEvent", late="userTask")
    ways = flows("s>c", "c>e if =waitingForStart", "c>late if =not(waitingForStart)")

    assert Run(diagram(drawn + ways)).open() == ["late"]
