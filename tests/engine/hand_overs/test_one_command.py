"""Hand-overs in one command or not at all: circles, failures, repeats, and rehearsals."""

from __future__ import annotations

import pytest

from engine.audit.chain import verify
from engine.database import reading, transaction
from engine.errors import AlreadyResolved
from engine.instances.hand_overs import MOST
from engine.rehearsal import Rehearsal, deploy
from engine.tables import inbound_message
from tests.engine.hand_overs.worry import CONTACT, INQUIRY, WORRY
from tests.engine.handing import OWN, STARTED, begun, end, names, process

PING = process("worry", names("ping", "pong"), s=STARTED, think=OWN, e=end("ping"))
PONG = process("answer", names("ping", "pong"), s=begun("ping"), e=end("pong"))
PANG = process("again", names("ping", "pong"), s=begun("pong"), e=end("ping"))


def test_processes_that_start_each_other_for_ever_end_as_an_incident(county):
    here = county(PING, PONG, PANG)
    here.open()
    here.do("ada", "think")

    assert len(here.instances()) == MOST + 1
    (trouble,) = here.incidents()
    assert "round in circles" in trouble.cause
    assert here.rows(inbound_message, "name", "delivered_at") == [("ping", None)]


def test_an_operator_sends_on_what_was_held_back_or_leaves_it(county):
    here = county(PING, PONG, PANG)
    here.open()
    here.do("ada", "think")
    (trouble,) = here.incidents()
    here.retry(trouble.id)

    assert len(here.instances()) == 2 * MOST + 1
    (again,) = here.incidents()
    here.skip(again.id)
    assert here.incidents() == []
    with pytest.raises(AlreadyResolved):
        here.skip(again.id)


@pytest.mark.parametrize("other", [INQUIRY, CONTACT], ids=["same-case", "own-case"])
def test_a_command_that_fails_hands_nothing_over(county, other):
    here = county(WORRY, other)
    case_id = here.open()
    before = here.said(case_id)
    with pytest.raises(RuntimeError), transaction(here.engine) as db:
        here.complete(db, "ada", "think")
        raise RuntimeError("the power went")

    assert here.instances() == [("worry", "running")]
    assert here.cases() == [case_id]
    assert here.said(case_id) == before
    here.do("ada", "think")
    assert len(here.instances()) == 2
    with reading(here.engine) as db:
        assert verify(db).faults == ()


def test_a_command_that_is_sent_twice_hands_over_once(county):
    here = county(WORRY, CONTACT)
    here.open()
    task = here.task("think")
    for _ in range(2):
        with transaction(here.engine) as db:
            here.complete(db, "ada", "think", task=task, key="one-and-only")

    assert len(here.cases()) == 2


def test_a_rehearsal_hands_over_as_a_case_does(county, clock):
    here = county(WORRY, INQUIRY)
    here.open()
    here.do("ada", "think")
    rehearsed = Rehearsal(deploy({"worry.bpmn": WORRY, "inquiry.bpmn": INQUIRY}), clock.now)
    rehearsed.start("worry", {"started_by": "ada", "go_on": "yes"})
    rehearsed.complete("think")

    assert sorted(task.element for task in rehearsed.tasks()) == here.waiting()
