"""Instances in memory: side by side, on one clock, passing messages and signals to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.errors import DiagramRefused, InvalidInput, NotFound
from engine.rehearsal import Rehearsal, deploy
from engine.rehearsal.rehearsal import MAX_FIRED
from tests.engine.spiff.drawing import NOON, chain, definitions, diagram, flows, nodes, zeebe

TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="{}_message"/>'


def rehearse(*files: bytes) -> Rehearsal:
    return Rehearsal(deploy({f"{number}.bpmn": content for number, content in enumerate(files)}), NOON)


def process(id: str, body: str, executable: str = "true") -> str:
    return f'<process id="{id}" isExecutable="{executable}">{body}</process>'


def message(id: str, key: str = "") -> str:
    inner = zeebe(f'<zeebe:subscription correlationKey="{key}"/>') if key else ""
    return f'<message id="{id}_message" name="{id}">{inner}</message>'


def open_tasks(of: Rehearsal) -> list[str]:
    return [task.element for task in of.tasks()]


def variables(of: Rehearsal, instance: str | None = None) -> dict[str, Any]:
    return {name: value for _, look in of.looks(instance) for name, value in look.variables.items()}


# Pools

BUYER = process(
    "buyer",
    nodes(
        b_start="startEvent",
        order="sendTask messageRef='order_message'|"
        + zeebe('<zeebe:ioMapping><zeebe:input source="=item" target="item"/></zeebe:ioMapping>'),
        goods="receiveTask messageRef='goods_message'",
        unpack="userTask",
    )
    + chain("b_start", "order", "goods", "unpack"),
)
SELLER = process(
    "seller",
    nodes(
        ordered="startEvent|" + MESSAGE.format("order"),
        pack="userTask",
        sent="endEvent|" + MESSAGE.format("goods"),
    )
    + chain("ordered", "pack", "sent"),
)
POOLS = (
    '<collaboration id="c">'
    '<participant id="pb" processRef="buyer"/><participant id="ps" processRef="seller"/>'
    '<messageFlow id="m1" sourceRef="order" targetRef="ordered"/>'
    '<messageFlow id="m2" sourceRef="sent" targetRef="goods"/></collaboration>'
)


def test_pools_start_and_answer_each_other() -> None:
    of = rehearse(definitions(message("order"), message("goods"), POOLS, BUYER, SELLER))

    of.start(variables={"item": "book"})
    assert open_tasks(of) == ["pack"]
    assert variables(of, "2") == {"item": "book"}
    of.complete("pack")

    assert open_tasks(of) == ["unpack"]
    assert of.trail() == ["b_start", "order", "ordered", "pack", "sent", "goods"]
    assert [standing.status for standing, _ in of.looks()] == ["running", "completed"]


def test_the_process_that_needs_no_event_is_the_one_to_start() -> None:
    of = rehearse(
        definitions(message("order"), message("goods"), SELLER),
        definitions(message("order"), message("goods"), BUYER),
    )

    of.start()

    assert [standing.process for standing, _ in of.looks()] == ["buyer", "seller"]


def test_a_called_process_is_not_the_one_to_start() -> None:
    caller = diagram(
        nodes(s="startEvent", call='callActivity calledElement="inner"') + chain("s", "call"), process="outer"
    )
    called = diagram(nodes(i="startEvent", t="userTask") + chain("i", "t"), process="inner")
    of = rehearse(called, caller)

    of.start()

    assert [standing.process for standing, _ in of.looks()] == ["outer"]
    assert open_tasks(of) == ["t"]


def test_two_processes_to_start_are_both_named() -> None:
    one = diagram(nodes(a="userTask"), process="one")
    two = diagram(nodes(b="userTask"), process="two")
    of = rehearse(one, two)

    with pytest.raises(InvalidInput) as refused:
        of.start()

    assert "“one”, “two”" in refused.value.problems[0].message


def test_a_missing_called_process_is_refused() -> None:
    with pytest.raises(DiagramRefused) as refused:
        rehearse(diagram(nodes(s="startEvent", c='callActivity calledElement="no"') + chain("s", "c")))

    assert refused.value.problems[0].element == "c"


# Messages

WAITING = diagram(
    nodes(s="startEvent", t="userTask", r="receiveTask messageRef='m_message'", e="endEvent")
    + chain("s", "t", "r", "e"),
    message("m", "=key"),
)


def test_a_message_that_comes_early_is_kept_for_the_instance_it_fits() -> None:
    of = rehearse(WAITING)
    of.start(variables={"key": 1})
    of.start(variables={"key": 2})

    assert of.message("m", {"key": 2}, {"said": "early"}) == "kept"
    of.complete("1.2")
    of.complete("2.2")

    assert [standing.status for standing, _ in of.looks()] == ["running", "completed"]
    assert variables(of, "2")["said"] == "early"
    assert of.message("m", {"key": 1}) == "delivered"


def test_a_kept_message_is_delivered_once() -> None:
    of = rehearse(WAITING)
    of.message("m", {"key": 1})
    for number in ("1", "2"):
        of.start(variables={"key": 1})
        of.complete(f"{number}.2")

    assert [standing.status for standing, _ in of.looks()] == ["completed", "running"]


def test_a_message_is_kept_for_28_days() -> None:
    of = rehearse(WAITING)
    of.message("m", {"key": 1})
    of.start(variables={"key": 1})
    of.advance("P28D")

    of.complete("t")

    assert of.looks()[0][0].status == "running"


def test_every_correlation_key_must_fit() -> None:
    of = rehearse(WAITING)
    of.start(variables={"key": {"case": 1, "school": 2}})
    of.complete("t")

    assert of.message("m", {"key": {"case": 1, "school": 3}}) == "kept"
    assert of.message("m", {"key": {"case": 1, "school": 2}, "more": 1}) == "delivered"


def test_of_two_that_fit_the_one_that_waits_longest_gets_the_message() -> None:
    of = rehearse(WAITING)
    of.start(variables={"key": 1})
    of.start(variables={"key": 1})
    of.complete("2.2")
    of.complete("1.2")

    of.message("m", {"key": 1})

    assert [standing.status for standing, _ in of.looks()] == ["running", "completed"]


def test_processes_that_answer_each_other_for_ever_are_stopped() -> None:
    def echo(id: str, hears: str, says: str) -> str:
        inside = nodes(
            **{f"{id}s": "startEvent|" + MESSAGE.format(hears), f"{id}e": "endEvent|" + MESSAGE.format(says)}
        )
        return process(id, inside + chain(f"{id}s", f"{id}e"))

    of = rehearse(
        definitions(message("ping"), message("pong"), echo("a", "ping", "pong"), echo("b", "pong", "ping"))
    )

    with pytest.raises(InvalidInput, match="round in circles"):
        of.message("ping")

    assert of.looks() == []


# Signals

SIGNAL = '<signalEventDefinition signalRef="alarm"/>'


def test_a_signal_reaches_everybody_who_waits_and_starts_what_begins_with_it() -> None:
    waits = process("waits", nodes(s="startEvent", c="intermediateCatchEvent|" + SIGNAL) + chain("s", "c"))
    begins = process("begins", nodes(b="startEvent|" + SIGNAL, t="userTask") + chain("b", "t"))
    of = rehearse(definitions('<signal id="alarm" name="alarm"/>', waits, begins))
    of.start("waits")
    of.start("waits")

    assert of.signal("alarm", {"where": "here"}) == 3
    assert [standing.status for standing, _ in of.looks()] == ["completed", "completed", "running"]
    assert variables(of, "3") == {"where": "here"}
    assert of.signal("alarm") == 1


def test_a_signal_thrown_by_one_instance_reaches_the_others_once() -> None:
    body = nodes(
        s="startEvent", g="parallelGateway", c="intermediateCatchEvent|" + SIGNAL, t="userTask",
        x="intermediateThrowEvent|" + SIGNAL, e="endEvent",
    ) + chain("s", "g", "c") + flows("g>t", "t>x", "x>e")  # fmt: skip
    of = rehearse(definitions('<signal id="alarm" name="alarm"/>', process("p", body)))
    of.start()
    of.start()

    of.complete(of.tasks()[0].id)

    assert of.trail("1").count("c") == 1
    assert of.trail("2").count("c") == 1


# Time

TIMED = diagram(
    nodes(
        s="startEvent", g="parallelGateway",
        slow="intermediateCatchEvent|" + TIMER.format("PT3H"), slow_done="task",
        fast="intermediateCatchEvent|" + TIMER.format("PT1H"), fast_done="task",
        chained="intermediateCatchEvent|" + TIMER.format("PT1H"),
    )
    + chain("s", "g", "slow", "slow_done") + flows("g>fast", "fast>fast_done", "fast_done>chained")
)  # fmt: skip


def test_what_falls_due_fires_in_order_at_its_own_time() -> None:
    of = rehearse(TIMED)
    of.start()

    assert of.advance("PT150M") == 2
    assert of.now == NOON + timedelta(minutes=150)
    assert of.trail() == ["s", "g", "fast", "fast_done", "chained"]
    assert of.advance("PT30M") == 1
    assert of.looks()[0][0].status == "completed"


def test_what_never_stops_falling_due_is_refused_and_undone() -> None:
    cycle = "<timerEventDefinition><timeCycle>R/PT1S</timeCycle></timerEventDefinition>"
    of = rehearse(
        diagram(
            nodes(
                s="startEvent",
                t="userTask",
                b=f'boundaryEvent attachedToRef="t" cancelActivity="false"|{cycle}',
                e="endEvent",
            )
            + chain("s", "t")
            + flows("b>e")
        )
    )
    of.start()

    with pytest.raises(InvalidInput, match=str(MAX_FIRED)):
        of.advance("P1D")

    assert of.now == NOON
    assert of.advance("PT3S") == 3


def begins_by_itself(how: str) -> Rehearsal:
    timer = f"<timerEventDefinition>{how}</timerEventDefinition>"
    return rehearse(diagram(nodes(s=f"startEvent|{timer}", t="userTask") + chain("s", "t")))


@pytest.mark.parametrize(
    ("how", "times"),
    [
        ("<timeDuration>P2D</timeDuration>", [0, 1, 1, 1]),
        ("<timeDate>2026-03-06T12:00:00</timeDate>", [0, 0, 1, 1]),
        ("<timeCycle>R2/P1D</timeCycle>", [1, 2, 2, 2]),
        ("<timeCycle>R/P2D</timeCycle>", [0, 1, 1, 2]),
        ('<timeDuration>=duration("PT1H")</timeDuration>', [1, 1, 1, 1]),
    ],
)
def test_a_process_with_a_timer_begins_by_itself_when_it_falls_due(how: str, times: list[int]) -> None:
    of = begins_by_itself(how)
    said = []
    for _ in times:
        of = of.restored()
        of.advance("P1D")
        said.append(len(of.looks()))

    assert said == times


def test_a_process_that_was_started_by_hand_does_not_begin_by_itself() -> None:
    of = begins_by_itself("<timeDuration>P2D</timeDuration>")

    of.start()
    of.advance("P3D")

    assert open_tasks(of) == ["t"]


def test_a_start_timer_that_gives_no_time_is_refused() -> None:
    with pytest.raises(DiagramRefused) as refused:
        begins_by_itself("<timeDuration>=nothing</timeDuration>")

    assert refused.value.problems[0].element == "s"


# Tasks, incidents, saving

SERVICE = diagram(
    nodes(
        s="startEvent",
        look_up='serviceTask name="Look up"|' + zeebe('<zeebe:taskDefinition type="somebody_s"/>'),
        q="exclusiveGateway",
        yes="endEvent",
        no="endEvent",
    )
    + chain("s", "look_up", "q")
    + flows("q>yes if =found", "q>no if =not(found)")
)


def test_an_operation_that_only_a_partnership_has_waits_to_be_answered() -> None:
    of = rehearse(SERVICE)
    of.start()

    (task,) = of.tasks()
    assert (task.element, task.name, task.type) == ("look_up", "Look up", "serviceTask")
    of.complete(task.id, {"found": True})

    assert of.trail() == ["s", "look_up", "q", "yes"]
    assert of.tasks() == []


def test_a_condition_that_gives_nothing_is_an_incident_until_it_is_corrected() -> None:
    of = rehearse(SERVICE)
    of.start()
    of.complete("look_up")
    (place,) = of.looks()[0][1].tokens
    assert (place.element, place.why) == ("q", "stuck")

    of.set_variables({"found": False})
    assert of.retry() == 1

    assert of.trail()[-1] == "no"


def test_an_event_that_cannot_be_waited_for_is_an_incident_until_it_is_corrected() -> None:
    late = 'boundaryEvent attachedToRef="t"|' + TIMER.format("=wait")
    of = rehearse(diagram(nodes(s="startEvent", t="userTask", b=late, h="userTask") + flows("s>t", "b>h")))
    of.start()
    assert [(place.element, place.why) for _, look in of.looks(None) for place in look.tokens] == [
        ("t", "task"),
        ("b", "stuck"),
    ]

    of.set_variables({"wait": "PT1H"})
    assert of.retry() == 1 and of.advance("PT1H") == 1
    assert open_tasks(of) == ["h"]


def test_a_command_is_done_whole_or_not_at_all() -> None:
    of = rehearse(WAITING)
    of.start(variables={"key": 1})
    before = of.save()

    with pytest.raises(NotFound):
        of.complete("1.99")
    with pytest.raises(InvalidInput):
        of.complete("t", {"x": object()})

    assert of.save() == before
    assert open_tasks(of) == ["t"]


def test_what_is_restored_goes_on_as_what_was_saved() -> None:
    of = rehearse(TIMED, WAITING.replace(b'id="p"', b'id="q"'))
    of.start("p")
    of.start("q", {"key": 1})
    of.message("m", {"key": 1}, {"said": 1})

    other = of.restored()
    for each in (of, other):
        each.advance("PT2H")
        each.complete("t")

    assert other.save() == of.save()
    assert other.trail("2") == ["s", "t", "r", "e"]


def test_a_task_named_by_its_element_must_be_the_only_one() -> None:
    of = rehearse(WAITING)
    of.start(variables={"key": 1})
    of.start(variables={"key": 2})

    with pytest.raises(NotFound) as refused:
        of.complete("t")

    assert "2 wait" in refused.value.problems[0].message
