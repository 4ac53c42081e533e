"""Telling children's social care about a child as people meet it: who sees what of whose case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engine import cases
from engine.cases import Subject
from engine.database import transaction
from engine.errors import NotAllowed, NotFound
from engine.tables import case_subject, instance
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import CHILD, Case


def told(partnership, clock, start):
    """Amira tells of Maya, and what she tells is sent."""
    about = CHILD, Subject("Boris Lane", "other")
    case = Case(partnership, clock)
    case.begin("amira", "ashby-vale", "referral", ANSWERS["referral_start"][start], *about)
    for step in ("refer_family", "refer_send"):
        case.do("amira", step)
    return case


def started(case, process):
    with transaction(case.engine) as db:
        return db.execute(select(instance).where(instance.c.process == process)).one()


@pytest.mark.parametrize(("start", "process"), [("worry", "mash_triage"), ("moves", "child_move")])
def test_whoever_told_sees_nothing_of_the_case_it_starts(partnership, clock, start, process):
    case = told(partnership, clock, start)
    theirs = started(case, process)
    assert theirs.case_id != case.id and theirs.started_by is None
    with transaction(case.engine) as db, pytest.raises((NotAllowed, NotFound)):
        cases.view(db, case.actor(db, "amira"), theirs.case_id, clock)
    with transaction(case.engine) as db:
        named = select(case_subject.c.name).where(case_subject.c.case_id == theirs.case_id)
        assert list(db.execute(named).scalars()) == ["Maya Fenn"]


def test_the_hub_takes_up_what_was_told_and_sees_nothing_of_the_schools_case(partnership, clock):
    case = told(partnership, clock, "worry")
    hub = Case(partnership, clock, started(case, "mash_triage").case_id)
    for step in ("mash_acknowledge", "mash_known", "mash_screen", "mash_rate"):
        hub.do("nadia", step)
    with transaction(case.engine) as db, pytest.raises((NotAllowed, NotFound)):
        cases.view(db, case.actor(db, "nadia"), case.id, clock)
    case.do("amira", "refer_reply", "disagrees")
    assert started(case, "disagreement").case_id == case.id


def test_new_danger_reaches_police_and_social_care_while_the_answer_is_still_waited_for(partnership, clock):
    case = told(partnership, clock, "worry")
    case.say("amira", "immediate_risk_raised")
    with transaction(case.engine) as db:
        where = {each: case.task(db, each).organisation_id for each in ("police_told", "social_care_told")}
        assert case.task(db, "refer_reply").state == "open"
    assert where == {"police_told": "police", "social_care_told": "childrens-services"}
    assert (case.due("confirm_call") - clock.now).total_seconds() == 15 * 60
