"""A local policing body asks an authority: who may, who learns of it, and whose case it is."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from engine import cases, history, inbox, timers
from engine.cases import Subject
from engine.database import transaction
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.tables import case as case_table
from engine.tables import instance, organisation, role_held
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

ABOUT = (Subject("Pupils excluded in 2025", "other"),)


def asks(found, person="oliver", place="opcc", **answers):
    given = {**ANSWERS["start_section_17_ask"]["council"], **answers}
    return found.begin(person, place, "section_17_ask", given, *ABOUT)


@pytest.fixture
def body(partnership, clock):
    """Oliver of the commissioner's office has asked the council; `answer` is its case."""
    found = asks(Case(partnership, clock))
    found.do("oliver", "check_17", "ask")
    return found


@pytest.fixture
def answer(body):
    with transaction(body.engine) as db:
        theirs = db.execute(select(instance).where(instance.c.process == "section_17")).one()
    return Case(body.engine, body.clock, theirs.case_id)


def test_only_the_local_policing_body_starts_it(partnership, clock):
    for person, place in (("lucy", "police"), ("fiona", "council"), ("oliver", "council")):
        with pytest.raises(NotAllowed):
            asks(Case(partnership, clock), person, place)


def test_a_role_given_to_another_kind_of_organisation_asks_nobody(partnership, clock):
    """A police force whose officer was given the role can record why it is not asked, and no more."""
    found = Case(partnership, clock)
    found.enrol(("lucy", "police", "lpb_officer"))
    asks(found, "lucy", "police")

    with pytest.raises(InvalidInput):
        found.do("lucy", "check_17", "ask")
    found.do("lucy", "check_17", "not_asked")


def test_whoever_settles_it_reads_which_authority_is_asked(partnership, clock):
    found = asks(Case(partnership, clock))

    with transaction(found.engine) as db:
        oliver, task = found.actor(db, "oliver"), found.task(db, "check_17")
        inbox.claim(db, oliver, task.id, clock)
        facts = {fact.label: fact.lines for fact in inbox.task(db, oliver, task.id, clock).facts}
    assert facts["Authority"] == ("North Lincolnshire Council",)
    assert facts["What is asked for"] and facts["Section 14 purpose"]


def test_only_an_authority_where_somebody_answers_can_be_asked(partnership, clock):
    with pytest.raises(InvalidInput):
        asks(Case(partnership, clock), section_17_authority="ashby-vale")


def test_the_request_waits_at_the_authority_that_was_chosen_and_at_no_other(partnership, clock):
    found = Case(partnership, clock)
    found.enrol(("beth", "trent-bank", "partner_sharer"))
    asks(found).do("oliver", "check_17", "ask")

    with transaction(found.engine) as db:
        names = {
            name: [each.name for each in inbox.to_claim(db, found.actor(db, name), now=clock.now).items]
            for name in ("fiona", "beth")
        }
    assert names == {"fiona": ["Who asks, what is held, and is any of it excluded?"], "beth": []}


def test_the_authority_answers_in_a_case_of_its_own_that_the_body_never_sees(body, answer):
    with transaction(body.engine) as db:
        home = db.execute(
            select(case_table.c.organisation_id).where(case_table.c.id == answer.id)
        ).scalar_one()
        assert (home, answer.id != body.id) == ("council", True)
        oliver = body.actor(db, "oliver")
        with pytest.raises((NotAllowed, NotFound)):
            cases.view(db, oliver, answer.id, body.clock)
        told = " ".join(each.text for each in history.timeline(db, oliver, body.id).items)
    assert "in a case of its own" in told
    with transaction(body.engine) as db, pytest.raises((NotAllowed, NotFound)):
        cases.view(db, body.actor(db, "fiona"), body.id, body.clock)


def test_whoever_answers_for_the_authority_reads_what_it_is_asked_for(body, answer):
    with transaction(body.engine) as db:
        fiona, task = body.actor(db, "fiona"), answer.task(db, "facts_17")
        inbox.claim(db, fiona, task.id, body.clock)
        facts = {fact.label: fact.lines for fact in inbox.task(db, fiona, task.id, body.clock).facts}
    asked = ANSWERS["start_section_17_ask"]["council"]
    assert facts["What is asked for"] == (asked["section_17_items"],)


def test_the_body_is_asked_whether_it_arrived_and_reads_only_what_was_supplied(body, answer):
    for step in ("facts_17", "decide_17", "supply_17"):
        answer.do("fiona", step)
    with transaction(body.engine) as db:
        oliver, task = body.actor(db, "oliver"), answer.task(db, "receipt_17")
        assert task.organisation_id == "opcc"
        inbox.claim(db, oliver, task.id, body.clock)
        labels = [fact.label for fact in inbox.task(db, oliver, task.id, body.clock).facts]
    assert {label.rpartition(": ")[2] for label in labels} == {
        *("What is shared", "Fact or opinion", "Source and date", "Section 14 purpose")
    }
    answer.do("oliver", "receipt_17")


def test_of_two_policing_bodies_only_the_one_that_asked_is_told(body, answer):
    with transaction(body.engine) as db:
        area = body.actor(db, "oliver").area_id
        row = {"id": "mayor", "area_id": area, "name": "Mayor's office", "kind": "local_policing_body"}
        db.execute(insert(organisation), row)
    body.enrol(("susan", "mayor", "lpb_officer"))
    for step in ("facts_17", "decide_17", "supply_17"):
        answer.do("fiona", step)

    with transaction(body.engine) as db:
        assert inbox.to_claim(db, body.actor(db, "susan"), now=body.clock.now).items == ()
        assert len(inbox.to_claim(db, body.actor(db, "oliver"), now=body.clock.now).items) == 1


def test_without_an_answer_the_head_is_told_and_then_the_body(body, answer):
    timers.fire_due(body.engine, body.clock.travel(days=30))
    answer.do("malcolm", "head_17")
    timers.fire_due(body.engine, body.clock.travel(days=10))

    with transaction(body.engine) as db:
        task = answer.task(db, "body_told_17")
    assert task.organisation_id == "opcc"
    answer.do("oliver", "body_told_17")


def test_where_nobody_at_the_authority_answers_any_more_it_waits_there_and_nobody_else_is_told(
    partnership, clock
):
    found = asks(Case(partnership, clock))
    with transaction(found.engine) as db:
        gone = role_held.c.person_id == "fiona", role_held.c.role == "partner_sharer"
        db.execute(update(role_held).where(*gone).values(until=clock.now))
    found.do("oliver", "check_17", "ask")

    with transaction(found.engine) as db:
        theirs = db.execute(select(instance).where(instance.c.process == "section_17")).one()
        assert inbox.to_claim(db, found.actor(db, "fiona"), now=clock.now).items == ()
        place = Case(found.engine, clock, theirs.case_id).task(db, "facts_17").organisation_id
    assert place == "council"
