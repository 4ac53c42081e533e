"""The domestic violence scheme as people meet it: who does and sees what. Real database, demo partnership."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engine import cases, inbox, records, timers
from engine.cases import Subject
from engine.database import transaction
from engine.errors import FourEyes, NotAllowed, NotFound
from engine.tables import case_subject, instance
from policy.roles import ROLES
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

HELD = (
    ("omar", "police", "police_disclosure_officer"),
    ("omar", "police", "police_supervisor"),
    ("omar", "police", "forum_chair"),
    ("omar", "police", "forum_member"),
    ("chris", "police", "forum_chair"),
    ("mina", "police", "forum_member"),
    ("paul", "police", "forum_member"),
    ("gail", "police", "line_manager"),
    ("nurse", "trent-bank", "mash_health"),
    ("ida", "womens-aid", "idva"),
)
ABOUT = (Subject("Anna Reed", "other", "1994-05-01"), Subject("Boris Lane", "alleged_harmer"))


@pytest.fixture
def case(partnership, clock):
    return asked(enrolled(partnership, clock))


def enrolled(partnership, clock):
    """The demo partnership with more people in it."""
    return Case(partnership, clock).enrol(*HELD)


def asked(found, start="ask_for_another"):
    """C asks on Anna's behalf, and Sam takes it."""
    answers = {
        **ANSWERS["dvds_first_contact"][start],
        "contacted_at": found.clock.now.isoformat(),
        "a_name": "Anna Reed",
        "b_name": "Boris Lane",
        **({"c_name": "Cleo Marsh"} if start == "ask_for_another" else {}),
    }
    return found.begin("sam", "police", "dvds_disclosure", answers, *ABOUT)


def to_partners(case):
    for step in ("dvds_look_up", "dvds_in_scope", "dvds_meet", "dvds_prove"):
        case.do("omar", step)
    for step in ("dvds_use", "dvds_reach"):
        case.do("omar", step)
    case.do("lucy", "dvds_balance")
    for step in ("dvds_choose_partners", "dvds_do_dash"):
        case.do("omar", step)


def assessed(case):
    to_partners(case)
    said = {
        role: case.take_only(name, "held")
        for role, name in (("csc_screening", "nadia"), ("mash_health", "nurse"), ("idva", "ida"))
    }
    case.do("omar", "dvds_assess_risk")
    case.do("lucy", "dvds_review")
    return said


def test_each_agency_sees_its_own_request_and_never_who_asked(case):
    for role, said in assessed(case).items():
        assert set(re.findall(r"About, for (\w+)", said)) == {role}
        assert "Cleo" not in said and "Marsh" not in said
    for name in ("nurse", "ida", "nadia"):
        with transaction(case.engine) as db, pytest.raises((NotAllowed, NotFound)):
            cases.view(db, case.actor(db, name), case.id, case.clock)


def test_the_assessor_neither_chairs_nor_decides_even_with_every_role(case):
    assessed(case)
    with pytest.raises(FourEyes):
        case.do("omar", "dvds_convene")
    case.do("chris", "dvds_convene")


def test_members_give_a_view_each_and_never_read_who_asked(case):
    assessed(case)
    case.do("chris", "dvds_convene")
    with transaction(case.engine) as db:
        mina = case.actor(db, "mina")
        first, second = inbox.to_claim(db, mina, now=case.clock.now).items
        inbox.claim(db, mina, first.id, case.clock, no_conflict=True)
        view = inbox.task(db, mina, first.id, case.clock)
        said = str(view.facts) + str(dict(view.context))
        assert "Cleo" not in said and "Marsh" not in said
        inbox.complete(db, mina, first.id, ANSWERS["dvds_member_view"]["disclose"], case.clock)
    with transaction(case.engine) as db, pytest.raises(FourEyes):
        inbox.claim(db, case.actor(db, "mina"), second.id, case.clock, no_conflict=True)
    case.take_only("paul", "disclose")
    case.do("lucy", "dvds_consider_b")


def test_from_the_first_contact_to_closing_and_the_records_it_leaves(case):
    assessed(case)
    case.do("chris", "dvds_convene")
    with transaction(case.engine) as db:
        first, _ = inbox.to_claim(db, case.actor(db, "mina"), now=case.clock.now).items
        inbox.claim(db, case.actor(db, "mina"), first.id, case.clock, no_conflict=True)
        answers = ANSWERS["dvds_member_view"]["disclose"]
        inbox.complete(db, case.actor(db, "mina"), first.id, answers, case.clock)
    case.take_only("paul", "disclose")
    case.do("lucy", "dvds_consider_b")
    for step in ("dvds_four_part_test", "dvds_who_is_told", "dvds_decide"):
        case.do("chris", step)
    for step in ("dvds_plan_visit", "dvds_offer", "dvds_undertake", "dvds_tell", "dvds_tell_applicant"):
        case.do("omar", step)
    case.do("lucy", "dvds_inform_b")
    for step in ("dvds_plan_safety", "dvds_record_outcome", "dvds_watch"):
        case.do("omar", step)
    case.do("lucy", "dvds_check_complete")
    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "sam"), case.id)]
    assert kinds == [
        *["assessment"] * 3,  # first checks, more risk than benefit, DASH
        *["partner_return"] * 3,
        *["assessment"] * 2,
        *["advice"] * 2,
        "representations",
        "assessment",
        "decision",
        *["informed", "undertaking", "disclosure"],
        *["informed", "informed", "safety_plan", "decision", "decision"],
    ]


def test_a_child_becomes_a_contact_of_its_own_and_the_hub_never_hears_of_b_or_who_asked(case):
    asked(case, "ask_child").do("omar", "tell_hub")
    with transaction(case.engine) as db:
        handed = db.execute(select(instance).where(instance.c.process == "mash_triage")).one()
        assert handed.case_id != case.id
        named = db.execute(select(case_subject.c.name).where(case_subject.c.case_id == handed.case_id))
        assert list(named.scalars()) == ["Maya"]
        said = str(handed.state)
    assert "Boris" not in said and "Anna" not in said


def test_an_agency_hands_its_request_to_the_police_and_sees_nothing_of_their_case(case):
    mine = Case(case.engine, case.clock)
    mine.begin("amira", "ashby-vale", "dvds_referral", ANSWERS["dvds_referral"]["asked"], *ABOUT)
    mine.do("amira", "referral_record")
    with transaction(case.engine) as db:
        known = instance.c.process == "dvds_disclosure", instance.c.case_id != case.id
        theirs = db.execute(select(instance).where(*known)).one()
    with transaction(case.engine) as db, pytest.raises((NotAllowed, NotFound)):
        cases.view(db, case.actor(db, "amira"), theirs.case_id, case.clock)
    Case(case.engine, case.clock, theirs.case_id).do("omar", "dvds_look_up")


def test_an_agency_that_does_not_answer_is_escalated_to_people_who_learn_nothing_of_the_case(case):
    to_partners(case)
    timers.fire_due(case.engine, case.clock.travel(days=8))
    for name, answers in (
        ("omar", ANSWERS["dvds_chase_partner"]["escalate"]),
        ("lucy", ANSWERS["partner_silence"]["yes"]),
    ):
        about_health(case, name, answers)
    with transaction(case.engine) as db:
        raised = db.execute(select(instance).where(instance.c.process == "disagreement")).one()
        named = select(case_subject.c.name).where(case_subject.c.case_id == raised.case_id)
        assert raised.case_id != case.id and db.execute(named).all() == []
        gail = case.actor(db, "gail")
        dispute = Case(case.engine, case.clock, raised.case_id)
        task = dispute.task(db, "describe_dispute")
        inbox.claim(db, gail, task.id, case.clock, no_conflict=True)
        view = inbox.task(db, gail, task.id, case.clock)
        assert cases.view(db, gail, dispute.id, case.clock).came_from == ()
        said = str(view.facts) + str(dict(view.context))
    assert "An agency does not answer the police" in said
    assert not re.search("Cleo|Marsh|Anna|Reed|Boris|Lane|dvds|clare|applica", said, re.IGNORECASE)
    case.take_only("nurse", "held")  # the agency's task stayed open all the time


def about_health(case, name, answers):
    """Somebody finds, by its name, what the silence of health asks of them, and does it."""
    with transaction(case.engine) as db:
        by = case.actor(db, name)
        (found,) = [
            each
            for each in inbox.to_claim(db, by, now=case.clock.now).items
            if each.name.endswith(f"({ROLES['mash_health'].name})")
        ]
        inbox.claim(db, by, found.id, case.clock, no_conflict=True)
        inbox.complete(db, by, found.id, answers, case.clock)
