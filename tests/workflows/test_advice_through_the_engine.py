"""Advice at any stage of any process: asked beside it, of the right adviser, unknown to everybody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from engine import cases, forms, history, inbox, messages, records, timers
from engine.database import transaction
from engine.errors import FourEyes, InvalidInput, NotAllowed, NotFound
from engine.tables import incident, instance, user_task
from tests.workflows import test_dvds_through_the_engine as dvds
from tests.workflows import test_hub_through_the_engine as mash
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case

ASKED = "advice_asked"


@pytest.fixture
def case(partnership, clock):
    """A police case, opened by Sam of the control room; Ruth is also the force's data protection officer."""
    return dvds.asked(dvds.enrolled(partnership, clock).enrol(("ruth", "police", "ig_lead")))


@pytest.fixture
def hub(partnership, clock):
    return mash.contact(mash.enrolled(partnership, clock))


def offered(case, name):
    """Whom somebody may ask; None where they are offered no advice."""
    with transaction(case.engine) as db:
        found = [
            each for each in messages.possible(db, case.actor(db, name), case.id) if each.message == ASKED
        ]
    if not found:
        return None
    first = forms.view(found[0].form, {}, found[0].context)[0]
    return [option.value for option in first.options]


def join(db, case, lead, name):
    """Somebody works on the case from now on."""
    ledger = cases.lock(db, case.actor(db, lead), case.id, case.clock)
    home = {"area_id": ledger.area_id, "case_id": case.id}
    cases.add_member(db, home, name, "member", case.clock.now, "works on it")
    ledger.add("member.added", payload={"relation": "member", "person": name})
    ledger.write(db)


def waiting(case, name, element):
    with transaction(case.engine) as db:
        task = case.task(db, element)
        items = inbox.to_claim(db, case.actor(db, name), now=case.clock.now).items
        return task.id in {each.id for each in items}


def test_whoever_starts_a_police_case_may_ask_a_supervisor_or_the_data_protection_officer(case):
    assert offered(case, "sam") == ["police_supervisor", "ig_lead", "line_manager"]

    case.say("sam", ASKED, adviser="police_supervisor")

    assert waiting(case, "lucy", "give_advice") and waiting(case, "neil", "give_advice")
    assert not waiting(case, "tom", "give_advice")  # a line manager, of a school


def test_a_guardian_of_the_health_service_is_never_asked_about_a_police_case(case):
    with pytest.raises(InvalidInput):
        case.say("sam", ASKED, adviser="caldicott_guardian")


def test_what_is_advised_comes_back_to_whoever_asked_and_both_are_recorded(case):
    case.say("sam", ASKED, adviser="ig_lead")
    case.do("ruth", "give_advice")
    case.do("sam", "use_advice")

    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "sam"), case.id)]
        view = cases.view(db, case.actor(db, "sam"), case.id, case.clock)
    assert kinds == ["advice", "advice_outcome"]
    assert {each.process: each.status for each in view.instances} == {
        "dvds_disclosure": "running",
        "advice": "completed",
    }


def test_an_adviser_sees_the_question_and_nothing_else_of_a_sealed_case(case):
    case.say("sam", ASKED, adviser="ig_lead")
    with transaction(case.engine) as db:
        ruth, task = case.actor(db, "ruth"), case.task(db, "give_advice")
        inbox.claim(db, ruth, task.id, case.clock, no_conflict=True)
        view = inbox.task(db, ruth, task.id, case.clock)
        with pytest.raises((NotAllowed, NotFound)):
            cases.view(db, ruth, case.id, case.clock)
    said = f"{view.facts}{dict(view.context)}"
    for name in ("Anna", "Boris", "Cleo", "Marsh"):
        assert name not in said


def test_nobody_outside_the_police_learns_that_advice_was_asked(case):
    """Not the agencies that answer in the same case, nor anybody else who holds a role of the same name."""
    case.say("sam", ASKED, adviser="ig_lead")
    for step in ("dvds_look_up", "dvds_in_scope", "dvds_meet", "dvds_prove", "dvds_use", "dvds_reach"):
        case.do("omar", step)
    case.do("lucy", "dvds_balance")
    for step in ("dvds_choose_partners", "dvds_do_dash"):
        case.do("omar", step)
    case.take_only("nurse", "held")

    with transaction(case.engine) as db:
        advice = case.task(db, "give_advice").id
        for name in ("nurse", "ida", "priya", "tom", "amira"):
            by = case.actor(db, name)
            assert advice not in {each.id for each in inbox.to_claim(db, by, now=case.clock.now).items}
            with pytest.raises(NotFound):
                inbox.task(db, by, advice, case.clock)
            with pytest.raises((NotAllowed, NotFound)):
                history.timeline(db, by, case.id)
    assert offered(case, "nurse") is None  # asked for one thing: the case is not theirs to ask about


def test_with_no_advice_within_the_hour_the_deputy_of_the_police_is_asked(case):
    case.say("sam", ASKED, adviser="police_supervisor", advice_urgency="urgent")

    timers.fire_due(case.engine, case.clock.travel(hours=1, minutes=1))

    assert waiting(case, "ruth", "deputy_advises")
    assert not waiting(case, "tom", "deputy_advises")


def test_a_member_of_another_organisation_records_it_where_they_work(case):
    """The adviser is of the police, whose case it is; what was done with it is a task of whoever asked."""
    with transaction(case.engine) as db:
        join(db, case, "sam", "beth")

    case.say("beth", ASKED, adviser="ig_lead")
    case.do("ruth", "give_advice")

    with transaction(case.engine) as db:
        task = case.task(db, "use_advice")
    assert (task.assignee_id, task.organisation_id, task.role) == ("beth", "trent-bank", "practitioner")
    case.do("beth", "use_advice")


# Nobody answers their own question --------------------------------------------------------------------------


def may_not(case, name, element):
    """Neither take it nor, had it come to them some other way, answer it."""
    with pytest.raises(FourEyes), transaction(case.engine) as db:
        inbox.claim(db, case.actor(db, name), case.task(db, element).id, case.clock, no_conflict=True)
    with pytest.raises(FourEyes), transaction(case.engine) as db:
        task = case.task(db, element).id
        db.execute(update(user_task).where(user_task.c.id == task).values(assignee_id=name))
        inbox.complete(db, case.actor(db, name), task, ANSWERS["give_advice"]["given"], case.clock)


def troubles(case):
    with transaction(case.engine) as db:
        return db.execute(select(incident.c.cause).where(incident.c.case_id == case.id)).scalars().all()


@pytest.mark.parametrize("late", [False, True])
def test_whoever_asks_never_answers_themselves_nor_as_the_deputy(case, late):
    case.enrol(("sam", "police", "ig_lead"), ("sam", "police", "police_supervisor"))
    case.say("sam", ASKED, adviser="ig_lead", advice_urgency="urgent")
    if late:
        timers.fire_due(case.engine, case.clock.travel(hours=1, minutes=1))
    step = "deputy_advises" if late else "give_advice"

    may_not(case, "sam", step)
    case.do("lucy" if late else "ruth", step)
    case.do("sam", "use_advice")


@pytest.fixture
def share(partnership, clock):
    """Amira leads; Beth of another organisation works on it too. Both are designated leads of the school."""
    found = Case(partnership, clock).enrol(*((name, "ashby-vale", "dsl") for name in ("amira", "beth")))
    found.open("amira", "ashby-vale")
    with transaction(found.engine) as db:
        join(db, found, "amira", "beth")
    return found


@pytest.mark.parametrize(("asker", "other"), [("amira", "beth"), ("beth", "amira"), ("amira", "tom")])
def test_in_a_share_it_is_whoever_asked_and_not_whoever_opened_the_case_that_is_kept_out(share, asker, other):
    share.say(asker, ASKED, adviser="dsl")

    may_not(share, asker, "give_advice")
    share.do(other, "give_advice")


@pytest.mark.parametrize(("asker", "place"), [("amira", "ashby-vale"), ("beth", "trent-bank")])
def test_in_a_share_it_is_whoever_asked_that_says_what_was_done_with_it(partnership, clock, asker, place):
    found = Case(partnership, clock)
    found.open("amira", "ashby-vale")
    with transaction(found.engine) as db:
        join(db, found, "amira", "beth")
    found.say(asker, ASKED, adviser="dsl")
    found.do("tom", "give_advice")

    with transaction(found.engine) as db:
        task = found.task(db, "use_advice")
    assert (task.assignee_id, task.organisation_id) == (asker, place)
    found.do(asker, "use_advice")


@pytest.mark.parametrize("beside", [False, True])
def test_where_nobody_else_could_answer_it_waits_and_an_operator_is_told(partnership, clock, beside):
    found = Case(partnership, clock)
    if beside:
        found = dvds.asked(dvds.enrolled(partnership, clock).enrol(("sam", "police", "ig_lead")))
    else:
        found.open("beth", "trent-bank")
        with transaction(found.engine) as db:
            join(db, found, "beth", "helena")
    asker, adviser = ("sam", "ig_lead") if beside else ("helena", "caldicott_guardian")
    found.say(asker, ASKED, adviser=adviser)

    may_not(found, asker, "give_advice")
    (cause,) = troubles(found)
    assert cause.startswith("Expected somebody else who is a ")


def test_advice_holds_nothing_up(case):
    case.say("sam", ASKED, adviser="ig_lead")

    case.do("omar", "dvds_look_up")


def test_in_other_processes_advice_comes_from_the_organisation_of_the_case(hub):
    assert offered(hub, "nadia") == ["dsl", "ig_lead", "caldicott_guardian", "line_manager"]

    hub.say("nadia", ASKED, adviser="dsl")

    assert waiting(hub, "owen", "give_advice")
    assert not waiting(hub, "tom", "give_advice")


def test_a_case_in_which_nothing_runs_any_more_asks_for_no_advice(hub):
    with transaction(hub.engine) as db:
        ledger = cases.lock(db, hub.actor(db, "nadia"), hub.id, hub.clock)
        db.execute(update(instance).where(instance.c.case_id == hub.id).values(status="completed"))
        ledger.add("case.closed")
        ledger.write(db)

    assert offered(hub, "nadia") is None
    with pytest.raises(NotFound):
        hub.say("nadia", ASKED)
