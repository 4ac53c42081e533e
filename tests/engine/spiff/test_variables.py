"""Variables: nobody's writes are lost, two writers of one variable are told, and only plain JSON is kept."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.execution import Change, SetVariables, Start

from .drawing import Run, chain, diagram, flows, nodes, zeebe
from .event_definitions import M1, MESSAGE

PARALLEL = nodes(
    s="startEvent", f="parallelGateway", a="userTask", b="userTask", j="parallelGateway", after="userTask"
)
PARALLEL_FLOWS = flows("s>f", "f>a", "f>b", "a>j", "b>j", "j>after")


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize("gateway", ["parallelGateway", "inclusiveGateway"])
def test_a_join_loses_no_branchs_writes(order, gateway):
    drawn = diagram(PARALLEL.replace("parallelGateway", gateway) + PARALLEL_FLOWS)
    run = Run(drawn, variables={"risk": "medium", "consent": True})
    answers = {"a": {"risk": "HIGH", "consent": False}, "b": {"note": 1}}
    for element in order:
        run.complete(element, **answers[element])

    assert run.variables == {"risk": "HIGH", "consent": False, "note": 1} and run.conflicts == []


def test_two_parallel_branches_that_write_one_variable_are_told():
    run = Run(diagram(PARALLEL + PARALLEL_FLOWS)).complete("a", x=1).complete("b", x=2)

    assert run.conflicts == ["x"] and run.variables == {"x": 2}


def test_the_same_value_twice_is_no_conflict():
    assert Run(diagram(PARALLEL + PARALLEL_FLOWS)).complete("a", x=1).complete("b", x=1).conflicts == []


def test_writing_after_the_join_is_no_conflict():
    run = Run(diagram(PARALLEL + PARALLEL_FLOWS)).complete("a", x=1).complete("b").complete("after", x=2)

    assert run.conflicts == [] and run.status == "completed"


def test_writing_in_the_next_round_of_a_loop_is_no_conflict():
    body = PARALLEL + nodes(m="exclusiveGateway", g='exclusiveGateway default="g_e"', e="endEvent")
    links = flows("s>m", "m>f", "f>a", "f>b", "a>j", "b>j", "j>after", "after>g", "g>m if =again", "g>e")
    run = Run(diagram(body + links))
    for n in range(4):
        run.complete("a", x=n).complete("b", y=n).complete("after", again=True)

    assert run.conflicts == []


def test_an_activity_and_what_its_boundary_event_started_run_side_by_side():
    body = nodes(
        s="startEvent",
        a="userTask",
        b=f"boundaryEvent attachedToRef='a' cancelActivity='false'|{MESSAGE}",
        h="userTask",
    )
    run = Run(diagram(body + flows("s>a", "b>h"), M1)).message("reply").complete("h", x=1).complete("a", x=2)

    assert run.conflicts == ["x"]


def test_one_handler_after_another_is_no_conflict_but_a_handler_beside_its_process_is():
    inner = nodes(i=f'startEvent isInterrupting="false"|{MESSAGE}', h="userTask") + chain("i", "h")
    run = Run(
        diagram(
            nodes(s="startEvent", a="userTask", z=f'subProcess triggeredByEvent="true"|{inner}')
            + chain("s", "a"),
            M1,
        )
    )

    run.message("reply").complete("h", x=1).message("reply").complete("h", x=2)
    assert run.conflicts == []
    run.message("reply")
    run.complete("a", x=3).complete("h", x=4)
    assert run.conflicts == ["x", "x"]


def test_two_runs_of_a_handler_have_answers_of_their_own_and_what_both_hand_on_is_told():
    inner = nodes(i=f'startEvent isInterrupting="false"|{MESSAGE}', h="userTask", k="userTask")
    body = nodes(s="startEvent", a="userTask", z=f'subProcess triggeredByEvent="true"|{inner}')
    run = Run(
        diagram(body.replace("</subProcess>", chain("i", "h", "k") + "</subProcess>") + chain("s", "a"), M1)
    )
    run.message("reply").message("reply").complete("h", x=1).complete("h", x=2)
    assert run.variables == {} and run.conflicts == []

    run.complete("k").complete("k")
    assert run.variables == {"x": 2} and run.conflicts == ["x"]


def test_branches_leave_no_trace_when_loops_go_round_beside_them():
    """One branch ends in every round, the other goes round."""
    body = nodes(
        s="startEvent", m="exclusiveGateway", f="parallelGateway", a="task", over="endEvent", b="userTask"
    )
    run = Run(diagram(body + flows("s>m", "m>f", "f>a", "a>over", "f>b", "b>m")))
    sizes = set()
    for n in range(100):
        run.complete("b", x=n)
        sizes.add(len(run.state or b"") // 10)

    assert max(sizes) <= min(sizes) + 2


def test_every_change_is_told_with_who_made_it_and_where_it_belongs():
    mapping = zeebe('<zeebe:ioMapping><zeebe:input source="=1" target="n"/></zeebe:ioMapping>')
    run = Run(
        diagram(nodes(s="startEvent", a=f"userTask|{mapping}", b="userTask") + chain("s", "a", "b")),
        variables={"x": 1},
    )
    assert run.last.changes == (Change("x", "", ""),)

    run.complete("a", y=1)
    assert run.last.changes == (Change("y", "", "a"),)
    run.do(SetVariables({"x": 1, "y": 2}))
    assert run.last.changes == (Change("y", "", ""),)


def test_inputs_of_a_task_are_its_own_and_its_answers_are_everybodys():
    mapping = zeebe('<zeebe:ioMapping><zeebe:input source="=x + 1" target="n"/></zeebe:ioMapping>')
    shown = zeebe('<zeebe:properties><zeebe:property name="n" value="=n"/></zeebe:properties>').replace(
        "</extensionElements>", ""
    )
    run = Run(
        diagram(
            nodes(
                s="startEvent",
                a=f"userTask|{shown}{mapping.removeprefix('<extensionElements>')}",
                b="userTask",
            )
            + chain("s", "a", "b")
        ),
        variables={"x": 1},
    )
    assert run.tasks[run.token("a")].properties == {"n": "2"}

    assert run.complete("a", answer=1).variables == {"x": 1, "answer": 1}


def test_outputs_of_a_task_are_all_that_is_kept_of_its_answers():
    mapping = zeebe(
        '<zeebe:ioMapping><zeebe:output source="=answer + 1" target="kept.deep"/></zeebe:ioMapping>'
    )
    run = Run(
        diagram(nodes(s="startEvent", a=f"userTask|{mapping}", b="userTask") + chain("s", "a", "b")),
        variables={"kept": {"x": 1}},
    )

    assert run.complete("a", answer=1).variables == {"kept": {"x": 1, "deep": 2}}


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 1, 1, tzinfo=UTC),
        uuid.UUID(int=1),
        Decimal(1),
        (1,),
        {1: 2},
        {1},
        float("nan"),
        float("inf"),
        2**64,
        "\ud800",
        b"x",
        object(),
    ],
)
def test_only_plain_json_is_a_variable(value):
    drawn = diagram(nodes(s="startEvent", a="userTask") + chain("s", "a"))
    with pytest.raises(InvalidInput) as caught:
        Run(drawn, variables={"fine": 1, "bad": [value]})
    assert [problem.element for problem in caught.value.problems] == ["bad"]

    run = Run(drawn)
    with pytest.raises(InvalidInput):
        run.complete("a", bad=value)
    assert run.open() == ["a"], "nothing happened"


def test_a_deeply_nested_value_is_refused_not_crashed_on():
    value: list[object] = []
    for _ in range(10_000):
        value = [value]
    with pytest.raises(InvalidInput):
        Run(diagram(nodes(a="userTask")), variables={"deep": value})


@pytest.mark.parametrize("name", ["typename", "__builtins__", "__class__", "len", "None", "self", "#root"])
def test_no_name_of_a_variable_is_special(name):
    drawn = diagram(
        nodes(s="startEvent", a="userTask", g='exclusiveGateway default="g_b"', b="userTask", c="userTask")
        + flows("s>a", "a>g", "g>b", "g>c if =1 = 2")
    )
    run = Run(drawn, variables={name: {"typename": "UUID", "hex": "0"}})

    assert run.complete("a").open() == ["b"] and run.variables == {name: {"typename": "UUID", "hex": "0"}}


def test_a_started_instance_cannot_be_started_again():
    run = Run(diagram(nodes(a="userTask")))
    with pytest.raises(InvalidInput):
        run.do(Start())


TOO_MUCH = ["2 ** 70", "[1, 10 ** 30]", "{a: 10 ** 400}"]


@pytest.mark.parametrize("value", TOO_MUCH)
def test_a_number_that_cannot_be_kept_is_an_incident_and_nothing_is_rounded(value):
    mapping = zeebe(f'<zeebe:ioMapping><zeebe:output source="={value}" target="x"/></zeebe:ioMapping>')
    run = Run(diagram(nodes(s="startEvent", a=f"task|{mapping}", b="userTask") + chain("s", "a", "b")))

    (failure,) = run.failures.values()
    assert failure.element == "a" and "more than 18 digits" in failure.cause and run.variables == {}


def test_what_grows_inside_itself_is_an_incident_before_it_cannot_be_stored():
    mapping = zeebe('<zeebe:ioMapping><zeebe:output source="={inner: x}" target="x"/></zeebe:ioMapping>')
    loop = '<standardLoopCharacteristics loopMaximum="500"/>'
    body = nodes(s="startEvent", a=f"task|{mapping}{loop}", b="userTask") + chain("s", "a", "b")

    assert [each.element for each in Run(diagram(body), variables={"x": 1}).failures.values()] == ["a"]


def test_now_and_today_are_those_of_london():
    """At half past midnight in summer it is still yesterday in UTC."""
    said = "{day: today(), hour: now().hour, early: time(now()) &lt; time(&quot;01:00:00&quot;)}"
    mapping = zeebe(f'<zeebe:ioMapping><zeebe:output source="={said}" target="x"/></zeebe:ioMapping>')
    body = nodes(s="startEvent", w="userTask", a=f"task|{mapping}", b="userTask")
    run = Run(diagram(body + chain("s", "w", "a", "b")))
    run.clock.now = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    run.complete("w")

    assert run.variables == {"x": {"day": "2026-07-01", "hour": 0, "early": True}}
