"""A closed case comes up for review by itself: who is asked, what they see, and that it happens once."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from engine import cases, definitions, inbox, messages, migration, timers
from engine.audit import chain
from engine.database import reading, transaction
from engine.errors import DeclarationNeeded, FourEyes, NotAllowed, NotFound
from engine.migration import Change
from engine.tables import instance, timer
from tests.sealing import seal
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case
from tests.workflows.walking import WORKFLOWS

NOT_SHARED = (("screen", ""), ("purpose", "no"), ("record_not_share", ""), ("look_again", "no"))
REVIEW = ("describe_record", "look_for_holds", "needed", "decide_retention")


@pytest.fixture
def case(partnership, clock):
    """A case of the school that is over: nothing was shared."""
    found = Case(partnership, clock).open("amira", "ashby-vale")
    for step, choice in NOT_SHARED:
        found.do("amira", step, choice)
    return found


def seen(found, person="amira"):
    with transaction(found.engine) as db:
        return cases.view(db, found.actor(db, person), found.id, found.clock)


def fire(found):
    return timers.fire_due(found.engine, found.clock)


def in_a_year(found):
    """The moment at which the clock of the review has run out."""
    (clock,) = seen(found).clocks
    found.clock.now = clock.due_at
    return fire(found)


def running(found):
    with reading(found.engine) as db:
        query = select(instance.c.process).where(
            instance.c.case_id == found.id, instance.c.status == "running"
        )
        return list(db.execute(query).scalars())


def test_a_closed_case_waits_for_its_review_and_shows_by_when_and_why(case):
    view = seen(case)
    assert (view.status, view.tasks[-1].state) == ("closed", "completed")
    assert running(case) == ["retention_review"]
    (clock,) = view.clocks
    assert clock.name == "Its review is due"
    assert clock.due_at == case.clock.deadlines.deadline("retention_review", case.clock.now)
    assert "12 months" in str(clock.reached)


def test_nobody_is_asked_before_the_clock_runs_out_and_then_the_records_reviewer_once(case):
    assert fire(case) == 0
    with transaction(case.engine) as db:
        assert inbox.to_claim(db, case.actor(db, "harriet"), now=case.clock.now).items == ()
    assert in_a_year(case) == 1
    assert fire(case) == 0
    with transaction(case.engine) as db:
        waiting = inbox.to_claim(db, case.actor(db, "harriet"), now=case.clock.now).items
    assert [(task.case_id, task.name) for task in waiting] == [(case.id, "What kind of record is it?")]


def test_the_reviewer_reads_the_case_only_once_its_review_is_theirs(case):
    with pytest.raises(NotFound):
        seen(case, "harriet")
    in_a_year(case)
    with transaction(case.engine) as db:
        by = case.actor(db, "harriet")
        inbox.claim(db, by, case.task(db, "describe_record").id, case.clock)
    assert seen(case, "harriet").relation == {"member"}


def test_two_people_dispose_of_it_and_the_case_stays_closed_and_comes_up_no_more(case):
    in_a_year(case)
    for step in REVIEW:
        case.do("harriet", step)
    with pytest.raises(NotAllowed):
        case.do("harriet", "second_person")
    case.do("priya", "second_person")
    case.do("harriet", "carry_out")

    assert running(case) == []
    assert seen(case).status == "closed"
    with reading(case.engine) as db:
        assert db.execute(select(timer.c.token)).all() == []
        assert chain.verify(db).faults == ()


def test_whoever_decided_is_never_the_second_person_though_they_hold_both_roles(case):
    case.enrol(("harriet", "council", "ig_lead"))
    in_a_year(case)
    for step in REVIEW:
        case.do("harriet", step)
    with pytest.raises(FourEyes):
        case.do("harriet", "second_person")


def test_what_is_kept_comes_up_again_and_a_hold_is_looked_for_each_time(case):
    in_a_year(case)
    for step, choice in zip(REVIEW, ("", "yes", "", "keep"), strict=True):
        case.do("harriet", step, choice)
    assert in_a_year(case) == 1
    case.do("harriet", "look_for_holds", "no")


def test_of_a_sealed_case_the_reviewer_sees_that_a_task_waits_and_declares_before_taking_it(
    partnership, clock
):
    case = Case(partnership, clock).open("amira", "ashby-vale")
    seal(partnership, clock.now)
    for step, choice in NOT_SHARED:
        case.do("amira", step, choice)
    in_a_year(case)
    with transaction(case.engine) as db:
        by = case.actor(db, "harriet")
        (row,) = inbox.to_claim(db, by, now=case.clock.now).items
        said = str(inbox.task(db, by, row.id, case.clock))
        assert not re.search("Maya|Fenn", said)
        with pytest.raises(NotFound):
            cases.view(db, by, case.id, case.clock)
        with pytest.raises(DeclarationNeeded):
            inbox.claim(db, by, row.id, case.clock)
        inbox.claim(db, by, row.id, case.clock, no_conflict=True)
    view = seen(case, "harriet")
    assert (view.status, view.sealed, view.relation) == ("closed", True, {"member"})


def test_whoever_led_the_case_may_ask_for_its_review_before_its_time(case):
    with transaction(case.engine) as db:
        titles = {each.title for each in messages.possible(db, case.actor(db, "amira"), case.id)}
        answers = ANSWERS["retention_review_now"]["asked"]
        messages.send(db, case.actor(db, "amira"), case.id, "retention_review_wanted", answers, case.clock)
    assert titles == {"Review this record now"}
    assert seen(case).clocks == ()
    case.do("harriet", "describe_record")


def test_a_review_that_is_years_away_moves_to_another_release_with_its_clock(case):
    """The guidance is written anew meanwhile; the wait began under the old one."""
    files = {path.relative_to(WORKFLOWS).as_posix(): path.read_bytes() for path in WORKFLOWS.rglob("*.*")}
    guidance = "guidance/retention_record.md"
    files = {
        path: content for path, content in files.items() if path.endswith((".bpmn", ".form", ".md", ".dmn"))
    }
    files[guidance] = files[guidance] + b"\nWritten anew.\n"
    due = seen(case).clocks[0].due_at
    with transaction(case.engine) as db:
        definitions.publish(db, case.actor(db, "daniel").area_id, files, by=None, now=case.clock.now)
    change = Change("retention_review", 1, 2)
    (batch, *_) = migration.apply_all(case.engine, "daniel", change, (), "New guidance.", case.clock)
    assert len(batch.done) == 1 and not batch.refused

    assert seen(case).clocks[0].due_at == due
    assert in_a_year(case) == 1
    with transaction(case.engine) as db:
        by = case.actor(db, "harriet")
        task = case.task(db, "describe_record")
        inbox.claim(db, by, task.id, case.clock)
        assert "Written anew." in inbox.task(db, by, task.id, case.clock).guidance.body


def test_a_review_that_was_started_by_hand_of_another_record_has_its_own_wait_when_it_is_over(
    partnership, clock
):
    found = Case(partnership, clock)
    found.begin("harriet", "council", "retention_review", ANSWERS["start_retention_review"]["over"])
    for step in REVIEW[1:]:
        found.do("harriet", step)
    found.do("priya", "second_person")
    found.do("harriet", "carry_out")

    assert seen(found, "harriet").status == "closed"
    assert running(found) == ["retention_review"]
    assert len(seen(found, "harriet").instances) == 2
