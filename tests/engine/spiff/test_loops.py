"""Standard loops and several instances of one activity."""

from __future__ import annotations

import pytest

from engine.execution import Retry, SetVariables

from .drawing import Run, chain, diagram, flows, nodes, zeebe
from .event_definitions import E1, ERROR, ESCALATION, M1, MESSAGE, S1, X1

EACH = "<multiInstanceLoopCharacteristics {}>{}</multiInstanceLoopCharacteristics>"


def each(attributes: str = "", inner: str = "", *, sequential: bool = False) -> str:
    """Several instances, as `zeebe:` says it."""
    flag = 'isSequential="true"' if sequential else ""
    said = zeebe(f"<zeebe:loopCharacteristics {attributes}/>") if attributes else ""
    return EACH.format(flag, said + inner)


COLLECT = (
    'inputCollection="=agencies" inputElement="agency" outputCollection="answers" outputElement="=answer"'
)
AGENCIES = ["police", "school", "health"]


def asked(loop: str, host: str = "userTask") -> bytes:
    return diagram(nodes(s="startEvent", a=f"{host}|{loop}", after="userTask") + chain("s", "a", "after"), S1)


def test_parallel_instances_ask_everybody_at_once_and_collect_in_the_order_of_the_items():
    run = Run(asked(each(COLLECT)), variables={"agencies": AGENCIES})
    assert run.open() == ["a", "a", "a"]

    run.complete("a", 2, answer="c").complete("a", 0, answer="a").complete("a", 0, answer="b")
    assert (
        run.open() == ["after"]
        and run.variables["answers"] == ["a", "b", "c"]
        and "agency" not in run.variables
    )


def test_sequential_instances_ask_one_after_the_other():
    run = Run(asked(each(COLLECT, sequential=True)), variables={"agencies": AGENCIES})

    for answer in "abc":
        assert run.open() == ["a"]
        run.complete("a", answer=answer)
    assert run.variables["answers"] == ["a", "b", "c"]


def test_each_instance_knows_its_item_and_its_number():
    who = '<zeebe:property name="who" value="=string(loopCounter) + agency"/>'
    names = zeebe(f"<zeebe:properties>{who}</zeebe:properties>")
    run = Run(asked(names + each(COLLECT)), variables={"agencies": AGENCIES})

    assert [task.properties["who"] for task in run.tasks.values()] == ["1police", "2school", "3health"]


def test_a_keyed_collection_gives_keyed_results():
    run = Run(asked(each(COLLECT)), variables={"agencies": {"p": "police", "s": "school"}})
    run.complete("a", 1, answer=2).complete("a", answer=1)

    assert run.variables["answers"] == {"p": 1, "s": 2}


@pytest.mark.parametrize("sequential", [True, False])
def test_an_empty_collection_passes(sequential):
    run = Run(asked(each(COLLECT, sequential=sequential)), variables={"agencies": []})

    assert run.open() == ["after"] and run.variables["answers"] == []


@pytest.mark.parametrize("sequential", [True, False])
@pytest.mark.parametrize("number", ["3", "=n"])
def test_a_number_of_instances(number, sequential):
    run = Run(
        asked(each("", f"<loopCardinality>{number}</loopCardinality>", sequential=sequential)),
        variables={"n": 3},
    )

    assert run.open() == (["a"] if sequential else ["a", "a", "a"])
    assert run.complete("a").complete("a").complete("a").open() == ["after"]


@pytest.mark.parametrize("value", [None, "many", -1, 10**7, 1.5])
def test_a_number_of_instances_that_is_none_is_an_incident_that_can_be_tried_again(value):
    run = Run(asked(each("", "<loopCardinality>=n</loopCardinality>")), variables={"n": value})
    (stuck,) = run.failures

    run.do(SetVariables({"n": 1}))
    run.do(Retry(stuck))
    assert run.open() == ["a"]


@pytest.mark.parametrize("name", ["numberOfCompletedInstances", "nrOfCompletedInstances"])
def test_a_completion_condition_withdraws_the_rest(name):
    loop = each(COLLECT, f"<completionCondition>={name} &gt;= 2</completionCondition>")
    run = Run(asked(loop), variables={"agencies": AGENCIES})

    assert run.complete("a", 2, answer="c").open() == ["a", "a"]
    assert run.complete("a", 0, answer="a").open() == ["after"] and run.variables["answers"] == ["a", "c"]


def test_answers_of_instances_without_a_place_to_collect_them_become_variables():
    """Two of them wrote one variable, which is told."""
    run = Run(
        asked(each('inputCollection="=agencies" inputElement="agency"')), variables={"agencies": ["x", "y"]}
    )

    run.complete("a", answer=1)
    assert run.variables["answer"] == 1 and "loopCounter" not in run.variables
    run.complete("a", answer=2)
    assert run.variables["answer"] == 2 and run.conflicts == ["answer"]


def test_instances_of_a_sub_process_keep_their_variables_apart():
    inner = nodes(i="startEvent", x="userTask", y="userTask") + chain("i", "x", "y")
    run = Run(asked(inner + each(COLLECT), host="subProcess"), variables={"agencies": ["p", "q"]})

    run.complete("x", 0, answer="p!").complete("x", 0, answer="q!")
    assert "answer" not in run.variables
    run.complete("y").complete("y")
    assert run.variables["answers"] == ["p!", "q!"] and run.open() == ["after"]


def test_a_boundary_event_withdraws_every_instance():
    body = nodes(
        s="startEvent",
        a=f"userTask|{each(COLLECT)}",
        b=f"boundaryEvent attachedToRef='a'|{MESSAGE}",
        h="userTask",
    )
    run = Run(diagram(body + flows("s>a", "b>h"), M1), variables={"agencies": AGENCIES}).complete(
        "a", answer=1
    )

    assert run.message("reply").open() == ["h"] and len(run.last.closed) == 2


def test_an_error_in_one_instance_ends_them_all():
    inner = nodes(i="startEvent", x="userTask", bad=f"endEvent|{ERROR}") + chain("i", "x", "bad")
    body = nodes(
        s="startEvent",
        a=f"subProcess|{inner}{each(COLLECT)}",
        b=f"boundaryEvent attachedToRef='a'|{ERROR}",
        h="userTask",
    )
    run = Run(diagram(body + flows("s>a", "b>h"), E1), variables={"agencies": AGENCIES})

    assert run.complete("x").open() == ["h"]


def test_the_standards_own_way_to_name_a_collection():
    loop = EACH.format(
        "",
        "<loopDataInputRef>agencies</loopDataInputRef><loopDataOutputRef>answers</loopDataOutputRef>"
        '<inputDataItem id="agency"/><outputDataItem id="answer"/>',
    )
    run = (
        Run(asked(loop), variables={"agencies": ["x", "y"]})
        .complete("a", 1, answer=2)
        .complete("a", answer=1)
    )

    assert run.variables["answers"] == [1, 2]


@pytest.mark.parametrize(("behavior", "times"), [("One", 1), ("None", 3)])
def test_behavior_throws_a_signal_when_the_first_or_each_instance_completes(behavior, times):
    reference = f'behavior="{behavior}" {behavior.lower()}BehaviorEventRef="sd"'
    loop = EACH.format(reference, "<loopCardinality>3</loopCardinality>")
    drawn = diagram(
        nodes(s="startEvent", a=f"userTask|{loop}") + chain("s", "a"),
        S1 + '<signalEventDefinition id="sd" signalRef="s1"/>',
    )
    run = Run(drawn).complete("a").complete("a").complete("a")

    assert [thrown.name for thrown in run.thrown] == ["alarm"] * times and run.status == "completed"


def test_complex_behavior_throws_when_its_condition_holds():
    definition = (
        "<complexBehaviorDefinition><condition>=refused</condition>"
        '<event><signalEventDefinition signalRef="s1"/></event></complexBehaviorDefinition>'
    )
    loop = EACH.format('behavior="Complex"', "<loopCardinality>3</loopCardinality>" + definition)
    run = Run(asked(loop)).complete("a", refused=False).complete("a", refused=True)

    assert [thrown.name for thrown in run.thrown] == ["alarm"]


def test_a_condition_that_gives_nothing_is_an_incident_and_the_answer_is_not_lost():
    """Of the instances' end and of what they throw: nobody may take null for no."""
    definition = (
        "<complexBehaviorDefinition><condition>=refused</condition>"
        '<event><signalEventDefinition signalRef="s1"/></event></complexBehaviorDefinition>'
    )
    complex_ = EACH.format('behavior="Complex"', "<loopCardinality>2</loopCardinality>" + definition)
    enough = each(COLLECT, "<completionCondition>=enough</completionCondition>")
    for loop, name in ((complex_, "refused"), (enough, "enough")):
        run = Run(asked(loop), variables={"agencies": AGENCIES[:2]}).complete("a", answer="yes")
        ((stuck, failure),) = run.failures.items()
        assert failure.element == "a" and "gave nothing" in failure.cause and len(run.tasks) == 1

        run.do(SetVariables({name: True}))
        run.do(Retry(stuck))
        thrown = [each.name for each in run.thrown]
        assert thrown == ["alarm"] if name == "refused" else run.variables["answers"] == ["yes"]
        assert run.open() == (["a"] if name == "refused" else ["after"])


def test_an_escalation_of_the_instances_is_caught_on_their_boundary():
    loop = EACH.format('behavior="One" oneBehaviorEventRef="xd"', "<loopCardinality>3</loopCardinality>")
    drawn = diagram(
        nodes(
            s="startEvent",
            a=f"userTask|{loop}",
            b=f'boundaryEvent attachedToRef="a"|{ESCALATION}',
            h="userTask",
        )
        + flows("s>a", "b>h"),
        X1 + '<escalationEventDefinition id="xd" escalationRef="x1"/>',
    )

    assert Run(drawn).complete("a").open() == ["h"]


def test_all_instances_together_throw_nothing():
    """Whatever a tool leaves behind beside it."""
    loop = EACH.format('behavior="All" oneBehaviorEventRef="sd"', "<loopCardinality>2</loopCardinality>")
    drawn = asked(loop).replace(b"<signal ", b'<signalEventDefinition id="sd" signalRef="s1"/><signal ')
    run = Run(drawn).complete("a").complete("a")

    assert not run.thrown and run.open() == ["after"]


LOOP = "<standardLoopCharacteristics {}>{}</standardLoopCharacteristics>"


def test_a_standard_loop_goes_on_while_its_condition_holds():
    run = Run(asked(LOOP.format("", "<loopCondition>=again</loopCondition>")))

    run.complete("a", again=True).complete("a", again=True)
    assert run.open() == ["a"]
    assert run.complete("a", again=False).open() == ["after"]


def test_a_standard_loop_may_look_first():
    run = Run(
        asked(LOOP.format('testBefore="true"', "<loopCondition>=again</loopCondition>")),
        variables={"again": False},
    )

    assert run.open() == ["after"]


def test_a_standard_loop_has_a_maximum():
    run = (
        Run(asked(LOOP.format('loopMaximum="2"', "<loopCondition>=true</loopCondition>")))
        .complete("a")
        .complete("a")
    )

    assert run.open() == ["after"]


def test_a_loop_condition_that_gives_nothing_is_an_incident_and_goes_on_from_there():
    run = Run(asked(LOOP.format("", "<loopCondition>=again</loopCondition>"))).complete("a")
    (stuck,) = run.failures
    assert run.open() == []

    run.do(SetVariables({"again": True}))
    run.do(Retry(stuck))
    assert run.open() == ["a"] and run.complete("a", again=False).open() == ["after"]


def test_a_loop_leaves_no_trace_in_the_state():
    run = Run(asked(LOOP.format("", "<loopCondition>=again</loopCondition>")))
    run.complete("a", again=True)
    early = len(run.state or b"")
    for _ in range(200):
        run.complete("a", again=True)

    assert len(run.state or b"") <= early + 8


def test_instances_of_instances_end_as_an_incident_before_they_fill_the_memory():
    thousand = each("", "<loopCardinality>1000</loopCardinality>")
    inner = nodes(i="startEvent", x=f"userTask|{thousand}") + chain("i", "x")
    run = Run(asked(inner + thousand, host="subProcess"))

    assert run.failures and len(run.tasks) < 30_000


def test_each_instance_has_its_own_inputs_beside_its_item():
    given = '<zeebe:ioMapping><zeebe:input source="=upper case(agency)" target="shown"/></zeebe:ioMapping>'
    shown = '<zeebe:properties><zeebe:property name="who" value="=shown"/></zeebe:properties>'
    run = Run(asked(zeebe(given + shown) + each(COLLECT)), variables={"agencies": AGENCIES})
    assert [task.properties["who"] for task in run.tasks.values()] == ["POLICE", "SCHOOL", "HEALTH"]

    run.complete("a", answer=1).complete("a", answer=2).complete("a", answer=3)
    assert run.variables == {"agencies": AGENCIES, "answers": [1, 2, 3]}
