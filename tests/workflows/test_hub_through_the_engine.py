"""The hub, child protection and moves as people meet them: who does, sees and starts what."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engine import cases, inbox, records, timers
from engine.cases import Subject
from engine.database import transaction
from engine.errors import FourEyes, NotAllowed, NotFound
from engine.tables import instance
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

CHILD = Subject("Maya Fenn", "child", "2018-05-01")
HELD = (
    ("omar", "childrens-services", "csc_screening"),
    ("omar", "childrens-services", "csc_manager"),
    ("omar", "childrens-services", "csc_social_worker"),
    ("omar", "childrens-services", "conference_chair"),
    ("sofia", "childrens-services", "csc_social_worker"),
    ("chair", "childrens-services", "conference_chair"),
    ("head", "childrens-services", "csc_head"),
    ("pia", "police", "mash_police"),
    ("nurse", "trent-bank", "mash_health"),
    ("eddie", "childrens-services", "mash_education"),
)
AGENCIES = {"mash_police": "pia", "mash_health": "nurse", "mash_education": "eddie"}
REFERRER = {
    "referrer_name": "Elsie Crowe",
    "referrer_contact": "07700 900123",
    "referrer_organisation": "Crowe and Daughters",
}
RATED = ("mash_acknowledge", "mash_known", "mash_screen", "mash_rate", "mash_choose")


@pytest.fixture
def case(partnership, clock):
    return enrolled(partnership, clock)


def enrolled(partnership, clock):
    """The demo partnership with more people in it."""
    return Case(partnership, clock).enrol(*HELD)


def contact(case, kind="contact", name="nadia"):
    now = case.clock.now.isoformat()
    answers = {**ANSWERS["mash_contact"][kind], **REFERRER, "contact_received_at": now}
    return case.begin(name, "childrens-services", "mash_triage", answers)


def rated(case, who="nadia"):
    for step in RATED:
        case.do(who, step)
    return case


def researched(case, rater="nadia", collator="nadia"):
    rated(contact(case), rater)
    said = {role: case.take_only(name, "held") for role, name in AGENCIES.items()}
    case.do(collator, "mash_collate")
    return said


def of_case(case, name, process=""):
    """Processes of the case as somebody sees them, each once for each time it was started."""
    with transaction(case.engine) as db:
        view = cases.view(db, case.actor(db, name), case.id, case.clock)
    return sorted(each.process for each in view.instances if process in ("", each.process))


def state_of(case, process):
    with transaction(case.engine) as db:
        row = db.execute(
            select(instance).where(instance.c.case_id == case.id, instance.c.process == process)
        ).one()
    return str(row.state)


def refused(case, name):
    with transaction(case.engine) as db, pytest.raises((NotAllowed, NotFound)):
        cases.view(db, case.actor(db, name), case.id, case.clock)


def past(case, **by):
    """Time passes, and whatever it makes due is done."""
    timers.fire_due(case.engine, case.clock.travel(**by))


# The hub: who sees what -------------------------------------------------------------------------------------


def test_a_teacher_cannot_record_a_contact_in_the_hub(case):
    with pytest.raises(NotAllowed):
        case.begin("amira", "ashby-vale", "mash_triage", ANSWERS["mash_contact"]["contact"])


def test_each_agency_sees_its_own_request_and_never_who_referred(case):
    for role, said in researched(case).items():
        assert set(re.findall(r"About, for (\w+)", said)) == {role}
        assert not any(each in said for each in REFERRER.values())
    for name in AGENCIES.values():
        refused(case, name)


def test_an_agency_cannot_take_the_request_of_another(case):
    rated(contact(case))
    with transaction(case.engine) as db:
        nurse, eddie = case.actor(db, "nurse"), case.actor(db, "eddie")
        (mine,) = inbox.to_claim(db, nurse, now=case.clock.now).items
        with pytest.raises((NotAllowed, NotFound)):
            inbox.claim(db, eddie, mine.id, case.clock, no_conflict=True)


@pytest.mark.parametrize(("rater", "collator"), [("omar", "nadia"), ("nadia", "omar")])
def test_whoever_rated_or_put_the_answers_together_never_decides(case, rater, collator):
    researched(case, rater, collator)
    with pytest.raises(FourEyes):
        case.do("omar", "mash_outcome")
    case.do("owen", "mash_outcome")


def test_danger_reaches_the_police_at_once_who_see_nothing_else_of_the_hub(case):
    contact(case, "danger")
    case.do("sam", "police_told")
    case.do("nadia", "social_care_told")
    refused(case, "sam")
    rated(case)


# The hub: what it hands over --------------------------------------------------------------------------------


def test_a_strategy_discussion_starts_in_the_same_case_and_learns_nothing_of_the_referrer(case):
    researched(case)
    case.do("owen", "mash_outcome", "strategy")
    assert of_case(case, "owen") == ["child_protection", "mash_triage"]
    state = state_of(case, "child_protection")
    assert not any(each in state for each in REFERRER.values())
    case.do("owen", "cp_strategy")
    case.do("nadia", "mash_feedback")


def test_an_assessment_starts_in_the_same_case_and_learns_nothing_of_the_referrer(case):
    researched(case)
    case.do("owen", "mash_outcome", "assessment")
    assert of_case(case, "owen") == ["child_assessment", "mash_triage"]
    assert not any(each in state_of(case, "child_assessment") for each in REFERRER.values())
    case.do("sofia", "assess_child")
    case.do("owen", "assessment_agree")


def test_a_referrer_who_disagrees_starts_a_disagreement_that_does_not_name_them(case):
    researched(case)
    case.do("owen", "mash_outcome", "nfa")
    case.do("nadia", "mash_feedback", "disagrees")
    assert of_case(case, "owen") == ["disagreement", "mash_triage"]
    assert not any(each in state_of(case, "disagreement") for each in REFERRER.values())
    with transaction(case.engine) as db:
        task = case.task(db, "describe_dispute")
        owen = case.actor(db, "owen")
        inbox.claim(db, owen, task.id, case.clock, no_conflict=True)
        shown = str(inbox.task(db, owen, task.id, case.clock).facts)
    assert "The referrer disagrees with the outcome" in shown


def test_an_agency_that_does_not_answer_is_escalated_and_still_asked(case):
    rated(contact(case))
    past(case, days=1)
    with transaction(case.engine) as db:
        nadia = case.actor(db, "nadia")
        (late, *_) = [
            each for each in inbox.to_claim(db, nadia, now=case.clock.now).items if "Chase" in each.name
        ]
        inbox.claim(db, nadia, late.id, case.clock, no_conflict=True)
        inbox.complete(db, nadia, late.id, ANSWERS["mash_chase"]["escalate"], case.clock)
    assert of_case(case, "nadia", "disagreement") == ["disagreement"]
    assert "no_answer" in state_of(case, "disagreement")
    for name in AGENCIES.values():
        case.take_only(name, "held")


def test_a_limit_that_passes_asks_the_manager_and_closes_nothing(case):
    contact(case)
    past(case, days=3)
    case.do("owen", "mash_chase_contact")
    rated(case)


def test_the_records_a_contact_leaves(case):
    researched(case)
    case.do("owen", "mash_outcome", "nfa")
    case.do("nadia", "mash_feedback")
    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "owen"), case.id)]
    assert kinds == ["assessment", *["partner_return"] * 3, "assessment", "decision", "feedback"]


# Child protection -------------------------------------------------------------------------------------------


def protected(case, *steps):
    start = {**ANSWERS["cp_start"]["wanted"], "cp_referred_at": case.clock.now.isoformat()}
    case.begin("owen", "childrens-services", "child_protection", start)
    for name, element, *choice in steps:
        case.do(name, element, *choice)
    return case


ENQUIRED = (
    ("owen", "cp_strategy", "section_47"),
    ("owen", "s47_responsible"),
    ("omar", "s47_see"),
    ("owen", "s47_protect"),
    ("omar", "s47_enquire"),
)


def test_a_health_visitor_cannot_open_child_protection(case):
    with pytest.raises(NotAllowed):
        case.begin("beth", "trent-bank", "child_protection", ANSWERS["cp_start"]["wanted"])


def test_whoever_made_the_enquiries_never_agrees_them(case):
    protected(case, *ENQUIRED)
    with pytest.raises(FourEyes):
        case.do("omar", "s47_agree")
    case.do("owen", "s47_agree", "conference")


def test_whoever_made_the_enquiries_never_chairs_the_conference(case):
    protected(case, *ENQUIRED, ("owen", "s47_agree", "conference"))
    with pytest.raises(FourEyes):
        case.do("omar", "hold_conference")
    case.do("chair", "hold_conference")


def test_whoever_assessed_never_agrees_the_assessment(case):
    protected(case, ("owen", "cp_strategy", "assessment"), ("omar", "assess_child"))
    with pytest.raises(FourEyes):
        case.do("omar", "assessment_agree")
    case.do("owen", "assessment_agree")


def test_the_head_of_service_is_told_of_a_discussion_not_held_and_the_case_stays_open(case):
    protected(case)
    past(case, days=4)
    case.do("head", "cp_chase_strategy")
    case.do("owen", "cp_strategy", "nfa")
    case.do("owen", "cp_record", "nfa")
    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "owen"), case.id)]
    assert kinds == ["exception", "decision", "decision"]


# Moves ------------------------------------------------------------------------------------------------------


def moved(case, start="out", way="transfer"):
    answers = {**ANSWERS["move_start"][start], "move_known_at": case.clock.now.isoformat()}
    case.begin("owen", "childrens-services", "child_move", answers)
    case.do("owen", "move_decide", way)
    return case


def test_a_teacher_cannot_open_a_move(case):
    with pytest.raises(NotAllowed):
        case.begin("amira", "ashby-vale", "child_move", ANSWERS["move_start"]["out"])


def written(case):
    case.do("sofia", "mt_phone")
    case.do("sofia", "mt_write", "all")


def test_responsibility_that_is_refused_becomes_a_disagreement_while_the_child_is_kept_safe(case):
    written(moved(case))
    for step, choice in (("mt_ack", ""), ("mt_conference", ""), ("mt_accept", "no")):
        case.do("sofia", step, choice)
    assert of_case(case, "owen", "disagreement") == ["disagreement"]
    case.do("owen", "mt_refused_safe")
    case.do("sofia", "mt_accept", "yes")


def test_writing_that_nobody_acknowledges_becomes_a_disagreement_and_is_still_waited_for(case):
    written(moved(case))
    past(case, days=2)
    case.do("owen", "mt_ack_phone")
    past(case, days=5)
    assert of_case(case, "owen", "disagreement") == ["disagreement"]
    case.do("sofia", "mt_ack")


def test_a_child_not_found_is_looked_for_again_and_the_manager_looks_too(case):
    moved(case, "unknown", "look_for")
    past(case, days=2)
    case.do("owen", "move_look_chase")
    case.do("sofia", "move_look_for", "no")
    case.do("sofia", "move_look_for", "yes")
    case.do("sofia", "move_tell")


def test_only_a_manager_says_who_is_responsible(case):
    moved(case, "worry", "inform")
    case.do("sofia", "move_tell")
    written(case)
    case.do("sofia", "mt_ack")
    with pytest.raises((NotAllowed, NotFound)):
        case.do("sofia", "move_record", "originating")
    case.do("owen", "move_record", "originating")
