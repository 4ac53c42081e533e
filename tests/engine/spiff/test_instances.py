"""What an activity that is done several times knows, and what its instances hand on."""

from __future__ import annotations

import pytest

from engine.execution import Retry, SetVariables
from engine.spiff.commands import variables_at

from .drawing import IO, Run, chain, diagram, give, nodes, take, zeebe
from .event_definitions import S1
from .test_loops import AGENCIES, asked, each

ITEMS = 'inputCollection="=agencies" inputElement="agency"'
TOTAL = zeebe(IO.format(give("=total", "total") + take("=total + 1", "total") + take("=1", "other")))


def test_an_instance_hands_on_what_its_outputs_name_also_when_it_was_given_that():
    run = Run(asked(TOTAL + each(ITEMS, sequential=True)), variables={"agencies": AGENCIES, "total": 0})
    for _ in AGENCIES:
        run.complete("a")

    assert run.open() == ["after"] and run.variables == {"agencies": AGENCIES, "total": 3, "other": 1}


def test_instances_that_hand_on_one_variable_are_told():
    run = Run(asked(TOTAL + each(ITEMS)), variables={"agencies": AGENCIES, "total": 0})
    run.complete("a").complete("a", total=5).complete("a")

    assert run.variables["total"] == 1 and run.conflicts == ["total", "total"]


def test_what_an_instance_was_given_is_its_own():
    given = zeebe(IO.format(give("=total", "total")))
    run = Run(asked(given + each(ITEMS)), variables={"agencies": ["police"], "total": 0})

    assert run.complete("a", total=5).variables == {"agencies": ["police"], "total": 0}


SHOWN = zeebe('<zeebe:properties><zeebe:property name="shown" value="{}"/></zeebe:properties>')
LATE = zeebe(
    '<zeebe:taskSchedule dueDate="=day"/>'
    '<zeebe:properties><zeebe:property name="shown" value="=loopCounter"/></zeebe:properties>'
)
ROUNDS = '<standardLoopCharacteristics loopMaximum="3"/>'


def shown(run: Run) -> list[str]:
    return [task.properties["shown"] for task in run.tasks.values()]


def test_a_round_of_a_loop_knows_which_it_is():
    numbered = zeebe(IO.format(give("=loopCounter * 10", "ten") + take("=append(seen, ten)", "seen")))
    run = Run(asked(numbered + ROUNDS, host="task"), variables={"seen": []})

    assert run.open() == ["after"] and run.variables == {"seen": [10, 20, 30]}


def test_everything_inside_a_loop_knows_the_round():
    inner = nodes(i="startEvent", x=f"userTask|{SHOWN.format('=loopCounter')}") + chain("i", "x")
    run = Run(asked(inner + ROUNDS, host="subProcess"))
    seen = [*shown(run), *shown(run.complete("x", loopCount=1)), *shown(run.complete("x"))]

    assert seen == ["1", "2", "3"] and run.variables == {"loopCount": 1}


def test_a_round_that_is_tried_again_knows_which_it_is():
    run = Run(asked(LATE + ROUNDS))
    (stuck,) = run.failures
    run.do(SetVariables({"day": "2026-03-04T12:00:00Z"}))
    run.do(Retry(stuck))

    assert shown(run) == ["1"]


@pytest.mark.parametrize("sequential", [True, False])
def test_an_instance_knows_how_many_there_are(sequential):
    names = ("numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "nrOfInstances")
    counts = f"=string([loopCounter, {', '.join(names)}])"
    inner = nodes(
        i="startEvent", x=f"userTask|{SHOWN.format(counts)}", y=f"userTask|{SHOWN.format(counts)}"
    ) + chain("i", "x", "y")
    run = Run(
        asked(inner + each(ITEMS, sequential=sequential), "subProcess"), variables={"agencies": AGENCIES}
    )
    first = shown(run)
    run.complete("x").complete("y")
    run.complete("x", len(run.tasks) - 1)

    if sequential:
        assert (first, shown(run)) == (["[1, 3, 1, 0, 3]"], ["[2, 3, 1, 1, 3]"])
    else:
        assert first == ["[1, 3, 3, 0, 3]", "[2, 3, 3, 0, 3]", "[3, 3, 3, 0, 3]"]
        assert shown(run)[-1] == "[3, 3, 2, 1, 3]"


def test_what_instances_know_of_all_of_them_is_not_kept():
    """It is as it was in states that were saved when they did not know it."""
    run = Run(asked(each(ITEMS)), variables={"agencies": AGENCIES})

    assert b"numberOfInstances" not in (run.state or b"")
    assert variables_at(run.bundle, run.state or b"", run.token("a"))["numberOfInstances"] == 3
    assert run.complete("a").complete("a").complete("a").variables == {"agencies": AGENCIES}


def test_what_instances_know_of_all_of_them_is_not_sent_along():
    loop = (
        '<multiInstanceLoopCharacteristics behavior="None" noneBehaviorEventRef="told">'
        "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    )
    told = S1 + '<signalEventDefinition id="told" signalRef="s1"/>'
    run = Run(diagram(nodes(s="startEvent", a=f"userTask|{loop}") + chain("s", "a"), told)).complete("a")

    assert [(one.name, one.variables) for one in run.thrown] == [("alarm", {})]
