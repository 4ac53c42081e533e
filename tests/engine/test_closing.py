"""A case is closed when its last process has ended, once; what begins with that begins in it, for good."""

from __future__ import annotations

import pytest

from engine import incidents, timers
from engine.database import transaction
from engine.instances.hand_overs import MOST
from engine.tables import case, event, instance, timer, user_task
from tests.engine.handing import OWN, STARTED, begun, catch, end, names, pool, process, throw

CLOSING = names("!case_closed")
LATER = (
    "intermediateCatchEvent|<timerEventDefinition><timeDuration>P30D</timeDuration></timerEventDefinition>"
)
WORRY = process("worry", "", s=STARTED, think=OWN, e=end())
LOOK = process("look", CLOSING, s=begun("!case_closed"), wait=LATER, read=pool("dsl", access="case"), e=end())
SEALED = process("worry", "", sealed=True, s=STARTED, think=OWN, e=end())


def ended(here) -> str:
    case_id = here.open()
    here.do("ada", "think")
    return case_id


def travelled(here, days: int) -> int:
    return timers.fire_due(here.engine, here.clock.travel(days=days))


def test_what_begins_with_the_end_of_a_case_begins_in_it_and_leaves_it_closed(county):
    here = county(WORRY, LOOK)
    case_id = ended(here)

    assert here.cases() == [case_id]
    assert here.rows(case, "status") == [("closed",)]
    assert here.instances() == [("look", "running"), ("worry", "completed")]
    assert here.rows(timer, "element") == [("wait",)]


def test_the_history_does_not_say_that_whoever_ended_the_case_began_it(county):
    here = county(WORRY, LOOK)
    ended(here)

    begun_by = dict(here.rows(event, "instance_id", "actor_id", kind="instance.started"))
    (look,) = here.rows(instance, "id", process="look")
    assert (begun_by.pop(look[0]), set(begun_by.values())) == (None, {"ada"})
    assert here.rows(event, "actor_id", kind="task.completed") == [("ada",)]


def test_it_knows_the_day_and_what_ran_in_the_case(county):
    inquiry = process("inquiry", names("m"), s=begun("m"), inquire=pool("dsl"), e=end())
    here = county(process("worry", names("m"), s=STARTED, think=OWN, e=end("m")), inquiry, LOOK)
    ended(here)
    here.do("ben", "inquire")

    known = here.variables("look")
    assert known["case_closed_on"] == here.clock.now.date().isoformat()
    assert known["case_processes"] == ["inquiry", "worry"]
    assert known["started_by"] is None


def test_a_clock_opens_the_task_later_and_whoever_takes_it_becomes_part_of_the_closed_case(county):
    here = county(WORRY, LOOK)
    case_id = ended(here)
    assert travelled(here, 29) == 0
    assert here.waiting() == []
    assert travelled(here, 1) == 1
    assert here.waiting() == ["read"]
    here.do("ben", "read")

    assert ("ben", "member") in here.members(case_id)
    assert here.instances() == [("look", "completed"), ("worry", "completed")]


def test_a_case_is_closed_once_and_what_began_with_that_does_not_begin_again(county):
    here = county(WORRY, LOOK)
    case_id = ended(here)
    travelled(here, 30)
    here.do("ben", "read")

    assert here.kinds(case_id).count("case.closed") == 1
    assert len(here.rows(instance, "id", process="look")) == 1


def test_two_processes_that_end_in_one_command_close_their_case_once(county):
    asks = process(
        "worry", names("m", "n"), s=STARTED, ask=throw("m"), hear=catch("n"), think=OWN, e=end("m")
    )
    told = process("inquiry", names("m", "n"), s=begun("m"), say=throw("n"), hear=catch("m"), e=end())
    here = county(asks, told, LOOK)
    case_id = ended(here)

    assert here.rows(case, "status") == [("closed",)]
    assert here.kinds(case_id).count("case.closed") == 1
    assert here.instances() == [("inquiry", "completed"), ("look", "running"), ("worry", "completed")]


def test_a_sealed_case_stays_sealed_and_only_says_that_a_task_waits(county):
    here = county(SEALED, LOOK)
    case_id = ended(here)
    travelled(here, 30)

    assert here.cases() == [case_id]
    assert here.rows(case, "status", "sealed") == [("closed", True)]
    assert here.rows(user_task, "element", "case_id", state="open") == [("read", case_id)]


def test_what_begins_then_may_send_and_start_another(county):
    look = process("look", CLOSING + names("m"), s=begun("!case_closed"), e=end("m"))
    other = process("other", names("m"), s=begun("m"), file=pool("dsl"), e=end())
    here = county(WORRY, look, other)
    case_id = ended(here)

    assert here.instances() == [("look", "completed"), ("other", "running"), ("worry", "completed")]
    here.do("ben", "file")
    assert here.kinds(case_id).count("case.closed") == 1


def test_what_begins_then_and_goes_round_in_circles_waits_for_an_operator(county):
    look = process("look", CLOSING + names("m"), s=begun("!case_closed"), e=end("m"))
    there = process("there", names("m", "n"), s=begun("m"), e=end("n"))
    back = process("back", names("m", "n"), s=begun("n"), e=end("m"))
    here = county(WORRY, look, there, back)
    case_id = ended(here)

    assert len(here.incidents()) == 1
    assert len(here.rows(instance, "id")) == 2 + MOST
    assert here.kinds(case_id).count("case.closed") == 1


def test_what_an_operator_ended_early_is_not_finished_and_begins_nothing(county):
    here = county(process("worry", "", s=STARTED, ask=pool("ig_lead"), e=end()), LOOK)
    here.open()
    (nobody,) = here.incidents()
    with transaction(here.engine) as db:
        incidents.cancel(db, here.actor(db, "olu"), nobody.id, "opened by mistake", here.clock)

    assert here.instances() == [("worry", "cancelled")]
    assert here.rows(case, "status") == [("open",)]


def test_closing_and_what_begins_with_it_commit_together_or_not_at_all(county):
    here = county(WORRY, LOOK)
    here.open()
    with pytest.raises(ZeroDivisionError), transaction(here.engine) as db:
        here.complete(db, "ada", "think")
        raise ZeroDivisionError

    assert here.rows(case, "status") == [("open",)]
    assert here.instances() == [("worry", "running")]
    assert here.rows(timer, "element") == []
