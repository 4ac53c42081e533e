"""The disclosure scheme as people meet it: who does what, who sees what. Real database, demo partnership."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine import cases, declarations, documents, history, inbox, records, timers
from engine.database import reading, transaction
from engine.errors import FourEyes, NotAllowed, NotFound
from engine.tables import case_subject, instance, timer
from policy.roles import ROLES
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

HELD = (
    ("omar", "police", "police_disclosure_officer"),
    ("omar", "police", "police_supervisor"),
    ("nurse", "trent-bank", "mash_health"),
    ("teacher", "childrens-services", "mash_education"),
)
BEFORE = ("initial_checks", "in_scope", "interview", "prove", "safety_advice", "choose_partners")


@pytest.fixture
def case(partnership, clock):
    return applied(Case(partnership, clock).enrol(*HELD))


def applied(found, start="application", applied_at=None):
    """An application that Sam takes."""
    answers = {
        **ANSWERS["csor_application"][start],
        "applied_at": applied_at or found.clock.now.isoformat(),
        "applicant_name": "Elsie Crowe",
    }
    return found.begin("sam", "police", "csor_disclosure", answers)


def test_the_28_days_run_from_the_time_that_was_typed(partnership, clock):
    day = {"day": "20", "month": "2", "year": "2026", "time": "4:05pm"}
    found = applied(Case(partnership, clock), applied_at=day)
    with reading(found.engine) as db:
        due = db.execute(select(timer.c.due_at).where(timer.c.element == "overdue")).scalar_one()

    begun = datetime(2026, 2, 20, 16, 5, tzinfo=UTC)
    assert due == clock.deadlines.deadline("csods_overall", begun)
    assert due < clock.deadlines.deadline("csods_overall", clock.now)


def test_a_teacher_cannot_take_an_application(case):
    with pytest.raises(NotAllowed):
        case.begin("amira", "ashby-vale", "csor_disclosure", ANSWERS["csor_application"]["application"])


def assessed(case):
    for step in BEFORE:
        case.do("omar", step)
    for role, name in (("csc_screening", "nadia"), ("mash_health", "nurse"), ("mash_education", "teacher")):
        _return(case, role, name)
    case.do("omar", "assess_risk")
    case.do("omar", "tell_csor_hub")


def _return(case, role, name):
    with transaction(case.engine) as db:
        by = case.actor(db, name)
        (mine,) = [each for each in inbox.to_claim(db, by, now=case.clock.now).items]
        inbox.claim(db, by, mine.id, case.clock, no_conflict=True)
        view = inbox.task(db, by, mine.id, case.clock)
        said = str(view.facts) + str(dict(view.context))
        assert set(re.findall(r"About, for (\w+)", said)) == {role}
        assert "Crowe" not in said
        inbox.complete(db, by, mine.id, ANSWERS["csor_partner_return"]["held"], case.clock)


def test_before_it_takes_its_request_an_agency_sees_only_that_something_waits(case):
    """Not whom it is about, nor what is asked: the case is sealed, and its existence is all they know."""
    for step in BEFORE:
        case.do("omar", step)
    with transaction(case.engine) as db:
        for name in ("nurse", "teacher", "nadia"):
            by = case.actor(db, name)
            (row,) = inbox.to_claim(db, by, now=case.clock.now).items
            seen = inbox.task(db, by, row.id, case.clock)
            assert declarations.names(db, by, row.id, case.clock) == ()
            for said in (str(row), str(seen)):
                assert not re.search("Crowe|Maya|Fenn|csor|application", said, re.IGNORECASE)
            with pytest.raises(NotFound):
                cases.view(db, by, case.id, case.clock)
            with pytest.raises(NotAllowed):
                documents.of_task(db, by, case.id, row.id)


@pytest.mark.parametrize("name", ["amira", "nadia"])
def test_nobody_else_finds_anything_of_an_application(case, name):
    with transaction(case.engine) as db:
        by = case.actor(db, name)
        assert case.id not in {each.case_id for each in inbox.to_claim(db, by, now=case.clock.now).items}
        with pytest.raises(NotFound):
            cases.view(db, by, case.id, case.clock)


def test_each_agency_sees_its_own_request_and_never_the_applicant(case):
    assessed(case)
    with transaction(case.engine) as db, pytest.raises(NotAllowed):
        cases.view(db, case.actor(db, "nurse"), case.id, case.clock)


@pytest.mark.parametrize("step", ["review", "decide"])
def test_an_officer_who_is_also_a_supervisor_neither_reviews_nor_decides_on_their_own_assessment(case, step):
    assessed(case)
    if step == "decide":
        for each in ("review", "views_sought", "three_part_test", "best_placed"):
            case.do("lucy", each)
    with pytest.raises(FourEyes):
        case.do("omar", step)
    case.do("lucy", step)


def test_the_kinds_of_record_an_application_leaves(case):
    assessed(case)
    for each in ("review", "views_sought", "three_part_test", "best_placed", "decide"):
        case.do("lucy", each)
    for each in ("plan_visit", "undertaking", "tell_in_person"):
        case.do("omar", each)
    case.do("lucy", "inform_subject")
    for each in ("tell_applicant", "record_outcome"):
        case.do("omar", each)
    with transaction(case.engine) as db:
        by = case.actor(db, "sam")
        kinds = [each.kind for each in records.of_case(db, by, case.id)]
    assert kinds == [
        *["partner_return"] * 3,
        "assessment",
        "disclosure",  # to the hub
        "assessment",
        "representations",
        "assessment",
        "decision",
        "undertaking",
        "disclosure",
        "informed",
        "decision",
    ]


def test_police_and_social_care_act_on_danger_before_anything_is_checked(case):
    applied(case, "danger").do("sam", "police_told")
    case.do("nadia", "social_care_told")
    case.do("omar", "initial_checks")


# What others learn -----------------------------------------------------------------------------------------

SECRET = "Crowe|Fenn|csor|csods|sarah|applica|applied|disclosure|Said in a walk. neighbour"


def others(case, process):
    """The cases of a process that this one handed over to, with who they are about."""
    with transaction(case.engine) as db:
        found = db.execute(select(instance.c.case_id).where(instance.c.process == process)).scalars().all()
        return [
            (
                Case(case.engine, case.clock, id),
                list(db.execute(select(case_subject.c.name).where(case_subject.c.case_id == id)).scalars()),
            )
            for id in found
        ]


def read(case, name, element):
    """Everything somebody comes to read by taking a task: the task, its case, and its history."""
    with transaction(case.engine) as db:
        by = case.actor(db, name)
        inbox.claim(db, by, case.task(db, element).id, case.clock, no_conflict=True)
        task = inbox.task(db, by, case.task(db, element).id, case.clock)
        seen = cases.view(db, by, case.id, case.clock)
        assert seen.came_from == ()
        told = history.timeline(db, by, case.id)
        return f"{task.item} {task.facts} {task.context} {seen} {[each.text for each in told.items]}"


def test_a_concern_becomes_a_contact_of_its_own_and_the_hub_never_learns_of_the_application(case):
    case.do("omar", "initial_checks", "concern")
    case.do("omar", "tell_csor_hub")
    ((contact, named),) = others(case, "mash_triage")

    assert contact.id != case.id and named == ["Maya"]
    said = read(contact, "nadia", "mash_known")
    assert "Maya" in said and not re.search(SECRET, said, re.IGNORECASE)
    with transaction(case.engine) as db, pytest.raises(NotFound):
        cases.view(db, case.actor(db, "nadia"), case.id, case.clock)
    case.do("omar", "in_scope")


def test_danger_that_the_first_checks_find_is_acted_on_by_people_who_do_not_learn_of_the_application(case):
    case.do("omar", "initial_checks", "danger")
    with transaction(case.engine) as db:
        by = case.actor(db, "nadia")
        task = case.task(db, "social_care_told")
        inbox.claim(db, by, task.id, case.clock, no_conflict=True)
        said = str(inbox.task(db, by, task.id, case.clock).facts)
    assert "A child may be in danger from somebody who has contact with them" in said
    assert not re.search("Crowe|applica|applied", said)
    assert case.due("tell_csor_hub")


def asked(case):
    for step in BEFORE:
        case.do("omar", step)


def late(case, **by):
    timers.fire_due(case.engine, case.clock.travel(**by))


def about(case, name, agency, answers):
    """Somebody finds, by its name, what an agency's silence asks of them, and does it."""
    with transaction(case.engine) as db:
        by = case.actor(db, name)
        (found,) = [
            each
            for each in inbox.to_claim(db, by, now=case.clock.now).items
            if each.name.endswith(f"({ROLES[agency].name})")
        ]
        inbox.claim(db, by, found.id, case.clock, no_conflict=True)
        inbox.complete(db, by, found.id, answers, case.clock)


def escalated(case, agency):
    about(case, "omar", agency, ANSWERS["csor_chase_partner"]["escalate"])
    about(case, "lucy", agency, ANSWERS["partner_silence"]["yes"])


def test_chases_of_several_agencies_are_told_apart_by_their_names_alike_everywhere(case):
    asked(case)
    late(case, days=8)
    with transaction(case.engine) as db:
        waiting = inbox.to_claim(db, case.actor(db, "omar"), now=case.clock.now).items
        told = history.timeline(db, case.actor(db, "sam"), case.id).items
    chases = {each.name for each in waiting if each.name.startswith("Chase")}
    assert {each.rpartition(" (")[2] for each in chases} == {
        "Children's social care front door)",
        "Hub researcher, health)",
        "Hub researcher, education)",
    }
    assert all(any(name in each.text for each in told) for name in chases)


def test_an_agency_that_does_not_answer_is_escalated_to_people_who_learn_nothing_of_the_application(case):
    asked(case)
    late(case, days=8)
    escalated(case, "mash_health")
    ((dispute, named),) = others(case, "disagreement")

    assert dispute.id != case.id and named == []
    said = read(dispute, "lucy", "describe_dispute")
    assert "An agency does not answer the police" in said and "Health" in said
    assert not re.search(SECRET, said, re.IGNORECASE)
    _return(case, "mash_health", "nurse")  # the agency's task stayed open all the time


def test_the_same_silence_is_not_raised_twice_while_it_is_being_settled(case):
    asked(case)
    late(case, days=8)
    escalated(case, "mash_health")
    late(case, days=8)
    escalated(case, "mash_health")
    assert len(others(case, "disagreement")) == 1


def test_a_chase_that_nobody_does_reaches_a_supervisor_and_the_agency_is_still_asked(case):
    asked(case)
    late(case, days=8)
    late(case, days=2)
    with transaction(case.engine) as db:
        lucy = case.actor(db, "lucy")
        raised = [
            each
            for each in inbox.to_claim(db, lucy, now=case.clock.now).items
            if each.name.startswith("No answer: is it taken further?")
        ]
    assert len(raised) == 3
    for role, name in (("csc_screening", "nadia"), ("mash_health", "nurse"), ("mash_education", "teacher")):
        _return(case, role, name)
    case.do("omar", "assess_risk")
