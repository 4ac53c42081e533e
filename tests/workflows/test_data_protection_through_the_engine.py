"""Requests and breaches as people meet them: who does what, who sees what. Real database, demo people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from engine import cases, records
from engine.database import transaction
from engine.errors import FourEyes, NotFound
from engine.tables import case as case_table
from engine.tables import case_subject, instance
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

HELD = (
    ("ruth", "trent-bank", "siro"),
    ("gita", "police", "ig_lead"),
    ("hugh", "police", "police_supervisor"),
)


@pytest.fixture
def partnership(partnership, clock):
    """Also: a governance lead who is the SIRO's deputy, and two more of the police."""
    return Case(partnership, clock).enrol(*HELD).engine


@pytest.fixture
def opened(partnership, clock):
    def begin(by, organisation, process, form, choice, **more):
        return Case(partnership, clock).begin(by, organisation, process, {**ANSWERS[form][choice], **more})

    return begin


def others(found, process):
    """The case that was begun beside it for this process, as somebody finds it."""
    with transaction(found.engine) as db:
        at = instance.c.case_id == case_table.c.id
        query = select(case_table.c.id, case_table.c.sealed).select_from(instance.join(case_table, at))
        (row,) = db.execute(query.where(instance.c.process == process)).all()
    return replace(found, id=row.id, done=[]), row.sealed


def kinds(found, by):
    with transaction(found.engine) as db:
        return [each.kind for each in records.of_case(db, found.actor(db, by), found.id)]


def test_whoever_holds_something_back_cannot_be_the_second_person(opened, clock):
    """Ruth is the governance lead and holds the risk owner's role, too."""
    found = opened(
        *("beth", "trent-bank", "subject_rights", "start_rights_request", "access"),
        rights_received_at=clock.now.isoformat(),
    )
    for step, choice in (("identity", ""), ("find", ""), ("third_parties", ""), ("exemptions", "part")):
        found.do("ruth", step, choice)
    with pytest.raises(FourEyes):
        found.do("ruth", "review_exemptions")
    found.do("kwame", "review_exemptions")
    clock.travel(days=14)
    found.do("ruth", "answer")
    assert kinds(found, "beth") == ["assessment", "assessment", "decision", "decision"]


def test_a_sealed_search_never_shows_in_the_request(opened, clock):
    """What the second key finds is weighed in a sealed case that those who answer cannot open."""
    found = opened(
        *("sam", "police", "subject_rights", "start_rights_request", "law_enforcement"),
        rights_received_at=clock.now.isoformat(),
    )
    found.do("gita", "identity")
    found.do("gita", "find")
    search, sealed = others(found, "sealed_search")
    assert search.id != found.id and sealed
    search.do("lucy", "search_sealed", "yes")
    search.do("lucy", "weigh_sealed", "none")
    with pytest.raises(FourEyes):
        search.do("lucy", "second_on_sealed")
    search.do("hugh", "second_on_sealed")

    with transaction(found.engine) as db:
        for name in ("gita", "sam"):
            with pytest.raises(NotFound):
                cases.view(db, found.actor(db, name), search.id, clock)
        shown = str(cases.view(db, found.actor(db, "gita"), found.id, clock))
    assert search.id not in shown and "second key" not in shown.lower().replace("from the second key", "")


def test_a_broken_undertaking_reaches_the_police_in_a_sealed_case(opened, clock):
    found = opened(
        *("beth", "trent-bank", "breach", "start_breach", "undertaking"),
        breach_aware_at=clock.now.isoformat(),
    )
    police, sealed = others(found, "undertaking_breach")
    assert sealed and police.id != found.id
    police.do("lucy", "undertaking_harm", "nobody")
    police.do("hugh", "undertaking_decide")
    with transaction(found.engine) as db, pytest.raises(NotFound):
        cases.view(db, found.actor(db, "beth"), police.id, clock)


def test_not_reporting_a_breach_is_confirmed_by_somebody_else_and_logged(opened, clock):
    found = opened(
        *("beth", "trent-bank", "breach", "start_breach", "wrong_recipient"),
        breach_aware_at=clock.now.isoformat(),
    )
    found.do("beth", "contain_breach", "held")
    found.do("beth", "notify_recipients")
    found.do("ruth", "assess_breach", "unlikely")
    found.do("ruth", "decide_report", "no")
    with pytest.raises(FourEyes):
        found.do("ruth", "confirm_not_reported")
    found.do("kwame", "confirm_not_reported", "agree")
    found.do("ruth", "log_breach")
    assert kinds(found, "beth") == ["notification", "assessment", "decision", "decision", "decision"]


def test_a_flow_that_a_case_finds_is_assessed_by_people_who_learn_of_no_child(partnership, clock):
    case = Case(partnership, clock).open("amira", "ashby-vale")
    for step, choice in (("screen", ""), ("purpose", "audit_flow"), ("describe_flow", "")):
        case.do("amira", step, choice)
    assert kinds(case, "amira") == ["decision"]
    found, sealed = others(case, "impact_assessment")
    assert found.id != case.id and not sealed
    with transaction(partnership) as db:
        with pytest.raises(NotFound):
            cases.view(db, case.actor(db, "priya"), case.id, clock)
        named = select(case_subject.c.name).where(case_subject.c.case_id == found.id)
        assert db.execute(named).all() == []
    found.do("priya", "regular", "regular")
    with transaction(partnership) as db:
        seen = cases.view(db, found.actor(db, "priya"), found.id, clock)
    assert (seen.came_from, seen.relation) == ((), {"lead"})


def test_whoever_wants_the_flow_describes_it_though_nobody_started_its_case(partnership, clock):
    case = Case(partnership, clock).open("amira", "ashby-vale")
    for step, choice in (("screen", ""), ("purpose", "audit_flow"), ("describe_flow", "")):
        case.do("amira", step, choice)
    found, _ = others(case, "impact_assessment")
    found.do("priya", "regular", "regular")
    found.do("priya", "high_risk", "high")
    found.do("amira", "describe")
    found.do("amira", "risks")
