"""Gateways: which flows are taken, and for whom a join waits."""

from __future__ import annotations

import pytest

from engine.errors import DiagramRefused
from engine.execution import Retry, SetVariables

from .drawing import Run, chain, diagram, flows, nodes

FORK = nodes(
    s="startEvent", f="parallelGateway", a="userTask", b="userTask", j="parallelGateway", e="endEvent"
)


def choice(first: str, second: str, default: str = "") -> bytes:
    gateway = f'exclusiveGateway default="{default}"' if default else "exclusiveGateway"
    return diagram(
        nodes(s="startEvent", ask="userTask", g=gateway, yes="userTask", no="userTask")
        + flows("s>ask", "ask>g", f"g>yes{first}", f"g>no{second}")
    )


def test_an_exclusive_gateway_takes_the_first_flow_whose_condition_is_true():
    run = Run(choice(" if =x > 1", " if =x > 0")).complete("ask", x=2)

    assert run.open() == ["yes"]


def test_an_exclusive_gateway_takes_the_default_only_when_every_condition_is_false():
    assert Run(choice(" if =x > 1", "", "g_no")).complete("ask", x=1).open() == ["no"]


@pytest.mark.parametrize("default", ["", "g_no"])
def test_a_condition_that_gives_nothing_is_an_incident_and_never_the_default(default):
    run = Run(choice(" if =x > 1", "" if default else " if =x < 1", default)).complete("ask")

    assert run.open() == [] and run.places() == ["g"]
    assert [failure.element for failure in run.failures.values()] == ["g"]


def test_a_condition_that_gives_text_is_an_incident():
    run = Run(choice(" if =x", " if =false")).complete("ask", x="yes")

    assert "neither true nor false" in next(iter(run.failures.values())).cause


def test_without_a_flow_to_take_the_token_keeps_its_place_and_can_be_tried_again():
    run = Run(choice(" if =x > 1", " if =x > 2")).complete("ask", x=0)
    (stuck,) = run.failures

    run.do(Retry(stuck))
    assert run.last.failures and run.places() == ["g"]

    run.do(SetVariables({"x": 3}))
    run.do(Retry(stuck))
    assert run.open() == ["yes"] and run.trail == ["s", "ask", "g"]


def test_a_parallel_join_waits_for_every_branch():
    run = Run(diagram(FORK + flows("s>f", "f>a", "f>b", "a>j", "b>j", "j>e")))

    assert run.complete("b").status == "running" and run.places() == ["a", "j"]
    assert run.complete("a").status == "completed" and run.trail == ["s", "f", "b", "a", "j", "e"]


def test_a_parallel_join_in_a_loop_waits_for_every_branch_in_every_round():
    loop = nodes(g='exclusiveGateway default="g_e"', m="exclusiveGateway")
    run = Run(
        diagram(FORK + loop + flows("s>m", "m>f", "f>a", "f>b", "a>j", "b>j", "j>g", "g>m if =again", "g>e"))
    )

    for _ in range(3):
        run.complete("a", again=True)
        assert run.places() == ["b", "j"]
        run.complete("b")
    run.complete("b").complete("a", again=False)
    assert run.status == "completed"


def test_two_tokens_on_one_flow_of_a_join_count_as_one_arrival():
    """The second waits for the next round."""
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        c="userTask",
        m="exclusiveGateway",
        j="parallelGateway",
        after="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>a", "f>b", "f>c", "a>m", "b>m", "m>j", "c>j", "j>after")))

    run.complete("a").complete("b")
    assert run.open() == ["c"]
    run.complete("c")
    assert run.open() == ["after"] and "j" in run.places()


def inclusive() -> bytes:
    body = nodes(
        s="startEvent",
        ask="userTask",
        f='inclusiveGateway default="f_c"',
        a="userTask",
        b="userTask",
        c="userTask",
        j="inclusiveGateway",
        after="userTask",
    )
    links = flows("s>ask", "ask>f", "f>a if =a", "f>b if =b", "f>c", "a>j", "b>j", "c>j", "j>after")
    return diagram(body + links)


@pytest.mark.parametrize(
    ("a", "b", "opened"), [(True, True, ["a", "b"]), (True, False, ["a"]), (False, False, ["c"])]
)
def test_an_inclusive_gateway_takes_every_true_flow_and_its_join_waits_for_just_those(a, b, opened):
    run = Run(inclusive()).complete("ask", a=a, b=b)
    assert run.open() == opened

    for element in opened:
        assert "after" not in run.open()
        run.complete(element)
    assert run.open() == ["after"]


def test_an_inclusive_gateway_with_a_condition_that_gives_nothing_is_an_incident():
    assert [f.element for f in Run(inclusive()).complete("ask", a=True).failures.values()] == ["f"]


def test_an_inclusive_join_waits_for_a_branch_that_still_has_a_choice_to_make():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        g='exclusiveGateway default="g_far"',
        far="userTask",
        gone="endEvent",
        j="inclusiveGateway",
        after="userTask",
    )
    run = Run(
        diagram(
            body + flows("s>f", "f>a", "f>b", "a>j", "b>g", "g>far", "g>gone if =stop", "far>j", "j>after")
        )
    )

    run.complete("a")
    assert run.open() == ["b"]
    run.complete("b", stop=False)
    assert run.open() == ["far"]
    run.complete("far")
    assert run.open() == ["after"]


def test_an_inclusive_join_goes_on_when_the_other_branch_ends_elsewhere():
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        gone="endEvent",
        g='exclusiveGateway default="g_j"',
        j="inclusiveGateway",
        after="userTask",
    )
    run = Run(diagram(body + flows("s>f", "f>a", "f>b", "a>j", "b>g", "g>j", "g>gone if =stop", "j>after")))

    assert run.complete("a").open() == ["b"]
    assert run.complete("b", stop=True).open() == ["after"]


def test_an_inclusive_join_in_a_loop_does_not_wait_for_its_own_future():
    body = nodes(
        s="startEvent", m="inclusiveGateway", a="userTask", g='exclusiveGateway default="g_e"', e="endEvent"
    )
    run = Run(diagram(body + flows("s>m", "m>a", "a>g", "g>m if =again", "g>e")))

    for _ in range(3):
        run.complete("a", again=True)
    assert run.complete("a", again=False).status == "completed"


def discriminator(activation: str) -> bytes:
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        c="userTask",
        j=f"complexGateway|<activationCondition>{activation}</activationCondition>",
        after="userTask",
    )
    return diagram(
        body + flows("s>f", "f>a", "f>b", "f>c", "a>j", "b>j", "c>j", "j>after if =waitingForStart")
    )


def test_a_complex_gateway_goes_on_when_its_activation_condition_holds_and_swallows_the_rest():
    run = Run(discriminator("=activationCount &gt;= 2"))

    assert run.complete("a").open() == ["b", "c"]
    assert run.complete("b").open() == ["after", "c"]
    assert run.complete("c").open() == ["after"]
    assert run.complete("after").status == "completed"


def test_a_complex_gateway_starts_a_new_round_when_the_last_has_been_swallowed():
    body = nodes(
        s="startEvent",
        m="exclusiveGateway",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        j="complexGateway|<activationCondition>=activationCount &gt;= 1</activationCondition>",
        after="userTask",
        g='exclusiveGateway default="g_e"',
        e="endEvent",
    )
    run = Run(
        diagram(
            body
            + flows(
                "s>m",
                "m>f",
                "f>a",
                "f>b",
                "a>j",
                "b>j",
                "j>after if =waitingForStart",
                "after>g",
                "g>m if =again",
                "g>e",
            )
        )
    )

    run.complete("a").complete("b").complete("after", again=True)
    assert run.open() == ["a", "b"]
    run.complete("b")
    assert run.open() == ["a", "after"]


def rounds(*ways: str, default: str = "") -> bytes:
    """Two tasks before a complex gateway that goes on at the first, then waits for the other."""
    way = f'default="{default}"' if default else ""
    one = "<activationCondition>=activationCount &gt;= 1</activationCondition>"
    body = nodes(
        s="startEvent",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        j=f"complexGateway {way}|{one}",
        x="userTask",
        y="userTask",
    )
    return diagram(body + flows("s>f", "f>a", "f>b", "a>j", "b>j", *ways))


def test_a_complex_gateway_looks_at_all_its_conditions_in_both_phases():
    """Table 13.5: when it resets, it evaluates all conditions on the outgoing flows."""
    run = Run(rounds("j>x if =n > 5", "j>y if =not(waitingForStart)"), variables={"n": 9}).complete("a")
    assert run.open() == ["b", "x"]

    assert run.complete("b").open() == ["x", "x", "y"]


def test_a_complex_gateway_takes_its_default_flow_in_each_phase_where_nothing_else_is_right():
    drawn = rounds("j>x if =n > 5", "j>y", default="j_y")

    assert Run(drawn, variables={"n": 1}).complete("a").complete("b").open() == ["y", "y"]
    assert Run(drawn, variables={"n": 9}).complete("a").complete("b", n=1).open() == ["x", "y"]


def test_a_complex_gateway_may_reset_without_a_token_but_not_go_on_without_one():
    """Table 13.5: no exception is thrown in the second phase."""
    drawn = rounds("j>x if =waitingForStart and n > 5", "j>y if =waitingForStart and n > 7")
    run = Run(drawn, variables={"n": 6}).complete("a").complete("b").complete("x")
    assert run.status == "completed" and run.trail.count("j") == 2

    stuck = Run(drawn, variables={"n": 1}).complete("a")
    assert [failure.element for failure in stuck.failures.values()] == ["j"]


@pytest.mark.parametrize("phase", ["waitingForStart", "not(waitingForStart)"])
def test_a_condition_of_a_complex_gateway_that_gives_nothing_waits_for_a_person(phase):
    drawn = rounds("j>x if =waitingForStart", f"j>y if ={phase} and unknown > 5")
    run = Run(drawn).complete("a").complete("b")

    assert [failure.element for failure in run.failures.values()] == ["j"]


@pytest.mark.parametrize("way", ["j>x", "j>x if =n > 5"])
def test_a_complex_gateway_that_does_not_say_which_way_or_when_is_refused(way):
    drawn = rounds(way, "j>y if =waitingForStart")
    if "if" in way:
        drawn = drawn.replace(b"<activationCondition>=activationCount &gt;= 1</activationCondition>", b"")
    with pytest.raises(DiagramRefused) as refused:
        Run(drawn)
    (problem,) = refused.value.problems
    assert problem.element == ("j" if "if" in way else "j_x")


def test_an_event_based_gateway_takes_the_first_event_and_forgets_the_others():
    body = nodes(
        s="startEvent",
        g="eventBasedGateway",
        m='intermediateCatchEvent|<messageEventDefinition messageRef="m1"/>',
        t="intermediateCatchEvent|<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
        late="intermediateCatchEvent|<timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition>",
        replied="userTask",
        timed="userTask",
        very="userTask",
    )
    drawn = diagram(
        body + flows("s>g", "g>m", "g>t", "g>late", "m>replied", "t>timed", "late>very"),
        '<message id="m1" name="reply"/>',
    )

    run = Run(drawn).message("reply", x=1)
    assert run.open() == ["replied"] and not run.timers and run.variables == {"x": 1}

    run = Run(drawn).advance(hours=1)
    assert run.open() == ["timed"] and not run.subscriptions and not run.timers


def test_several_flows_out_of_an_activity_are_all_taken():
    run = Run(
        diagram(nodes(s="startEvent", a="userTask", b="userTask", c="userTask") + flows("s>a", "a>b", "a>c"))
    )

    assert run.complete("a").open() == ["b", "c"]


def test_conditional_flows_out_of_an_activity_are_taken_when_true_and_the_default_when_none_is():
    drawn = diagram(
        nodes(s="startEvent", a='userTask default="a_d"', b="userTask", c="userTask", d="userTask")
        + flows("s>a", "a>b if =x > 1", "a>c if =x > 2", "a>d")
    )

    assert Run(drawn).complete("a", x=3).open() == ["b", "c"]
    assert Run(drawn).complete("a", x=0).open() == ["d"]


def test_flows_without_ids_are_followed():
    links = '<sequenceFlow sourceRef="s" targetRef="a"/><sequenceFlow sourceRef="a" targetRef="e"/>'
    run = Run(diagram(nodes(s="startEvent", a="userTask", e="endEvent") + links))

    assert run.complete("a").status == "completed"


def test_elements_may_be_called_start_and_end():
    run = Run(
        diagram(nodes(Start="startEvent", Root="userTask", End="endEvent") + chain("Start", "Root", "End"))
    )

    assert run.complete("Root").trail == ["Start", "Root", "End"]


def test_a_path_without_an_end_event_ends():
    assert (
        Run(diagram(nodes(s="startEvent", a="userTask") + chain("s", "a"))).complete("a").status
        == "completed"
    )


def test_a_process_without_start_events_begins_everywhere_nothing_leads_to():
    run = Run(diagram(nodes(a="userTask", b="userTask", c="userTask") + chain("a", "c")))

    assert run.open() == ["a", "b"]


def test_an_automatic_loop_stops_as_an_incident_and_can_be_tried_again():
    body = nodes(
        s="startEvent", m="exclusiveGateway", a="task", g='exclusiveGateway default="g_e"', e="endEvent"
    )
    run = Run(diagram(body + flows("s>m", "m>a", "a>g", "g>m if =again", "g>e")), variables={"again": True})
    assert len(run.failures) == 1 and "circles" in next(iter(run.failures.values())).cause

    run.do(SetVariables({"again": False}))
    run.do(Retry(next(iter(run.failures))))
    assert run.status == "completed"
