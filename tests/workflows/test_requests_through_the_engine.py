"""Requests, disagreements and MAPPA as people meet them. Real database, demo partnership."""

from __future__ import annotations

import pytest

from engine import cases, inbox, people, records
from engine.cases import Subject
from engine.database import transaction
from engine.errors import FourEyes, NotAllowed
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

CHILD = Subject("Maya Fenn", "child", "2018-05-01")


@pytest.fixture
def case(partnership, clock):
    led = (("lucy", "police", "mappa_lead_agency"), ("lucy", "police", "mappa_coordinator"))
    return Case(partnership, clock).enrol(*led)


def now(case, *keys, **more):
    return dict.fromkeys(keys, case.clock.now.isoformat()) | more


@pytest.mark.parametrize(("person", "role"), [("tom", "dsl"), ("amira", "practitioner")])
def test_whoever_starts_a_disagreement_does_their_tasks_in_the_role_they_started_it_in(case, person, role):
    answers = next(iter(ANSWERS["start_disagreement"].values()))
    case.begin(person, "ashby-vale", "disagreement", answers)
    with transaction(case.engine) as db:
        by = people.actor(db, person, case.clock.now)
        mine = inbox.mine(db, by, now=case.clock.now).items
        assert [task.role for task in mine] == [role] * len(mine) != []
        seen = inbox.task(db, by, mine[0].id, case.clock)
        assert "task:complete" in seen.can


def test_a_refused_request_becomes_a_disagreement_in_the_same_case(case):
    answers = ANSWERS["start_partner_request"]["council"] | now(case, "request_received_at")
    case.begin("amira", "ashby-vale", "partner_request", answers)
    steps = [
        ("check_request", ""),
        ("choose_route", "decide"),
        ("weigh_request", "clear"),
        ("request_lawful_reason", "no"),
        ("decide_supply", "decline"),
        ("explain_refusal", "disagrees"),
    ]
    for step, choice in steps:
        case.do("amira", step, choice)
    case.do("tom", "describe_dispute")
    case.do("amira", "talk_stage", "agreed")
    case.do("amira", "record_dispute")
    with transaction(case.engine) as db:
        by = case.actor(db, "amira")
        kinds = [each.kind for each in records.of_case(db, by, case.id)]
        processes = [each.process for each in cases.view(db, by, case.id, case.clock).instances]
    assert kinds == ["request", "decision", "refusal_discussion", "disagreement", "disagreement", "decision"]
    assert sorted(processes) == ["disagreement", "partner_request"]


def test_whoever_considered_it_never_decides_at_level_1(case):
    answers = ANSWERS["start_mappa"]["level_1"] | {"mappa_next_meeting": "2030-01-01"}
    case.begin("lucy", "police", "mappa_third_party", answers)
    case.do("lucy", "consider_telling")
    case.do("lucy", "self_disclosure")
    with pytest.raises(FourEyes):
        case.do("lucy", "decide_level_1")


def test_a_practitioner_cannot_open_a_mappa_case(case):
    with pytest.raises(NotAllowed):
        case.begin("amira", "ashby-vale", "mappa_third_party", ANSWERS["start_mappa"]["level_1"])


def test_the_table_of_section_115_recommends_and_the_practitioner_decides(case):
    answers = ANSWERS["start_section_115"]["asked"]
    case.begin("amira", "ashby-vale", "section_115", answers)
    case.do("amira", "facts_115", "police")
    case.do("amira", "decide_115", "yes")
    with transaction(case.engine) as db:
        by = case.actor(db, "amira")
        view = cases.view(db, by, case.id, case.clock)
        assert (view.status, {each.process for each in view.instances}) == (
            "closed",
            {"section_115", "retention_review"},
        )
        assert [each.kind for each in records.of_case(db, by, case.id)] == ["decision"]
