"""Members and agencies of several organisations: whoever chairs or asks chooses, and nobody else is told."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from engine import cases, declarations, forms, inbox, timers
from engine.database import transaction
from engine.errors import DeclarationNeeded, InvalidInput, NotAllowed, NotFound
from engine.tables import instance, role_held, user_task
from tests.workflows import test_csor_through_the_engine as csor
from tests.workflows import test_dvds_through_the_engine as dvds
from tests.workflows import test_hub_through_the_engine as mash
from tests.workflows.answers import ANSWERS
from tests.workflows.demo_case import Case
from tests.workflows.test_diagrams import DIAGRAMS, FORMS


@pytest.fixture
def case(partnership, clock):
    return dvds.asked(dvds.enrolled(partnership, clock))


@pytest.fixture
def hub(partnership, clock):
    return mash.enrolled(partnership, clock)


def member(organisation, agency="health"):
    return {"forum_agency": agency, "forum_member_name": "Who", "forum_organisation": organisation}


def convene(case, *members):
    """Chris calls the members; gives whom they may be of."""
    answers = {**ANSWERS["dvds_forum"]["panel"], "forum_members": list(members)}
    return answer(case, "chris", "dvds_convene", answers)


def answer(case, name, element, answers):
    """What somebody could choose from, by role, in a task that they do."""
    case.clock.travel(minutes=1)
    with transaction(case.engine) as db:
        by, task = case.actor(db, name), case.task(db, element)
        if task.assignee_id is None:
            inbox.claim(db, by, task.id, case.clock, no_conflict=True)
        offered = inbox.task(db, by, task.id, case.clock).context["organisations"]
        inbox.complete(db, by, task.id, answers, case.clock)
    return {role: [each["value"] for each in listed] for role, listed in offered.items()}


def waiting(case, name):
    with transaction(case.engine) as db:
        items = inbox.to_claim(db, case.actor(db, name), now=case.clock.now).items
        return [each for each in items if each.case_id == case.id]


# A forum --------------------------------------------------------------------------------------------------


def test_a_chair_chooses_members_of_several_organisations_and_each_has_one_request(case):
    case.enrol(("stuart", "probation", "forum_member"))
    dvds.assessed(case)

    offered = convene(case, member("forum"), member("probation", "probation"))

    assert offered["forum_member"] == ["forum", "police", "probation"]
    for name, tasks in {"farah": 1, "keith": 1, "stuart": 1, "mina": 0, "paul": 0}.items():
        assert [each.name for each in waiting(case, name)] == ["Should it be told?"] * tasks


def test_a_member_declares_first_and_reads_nothing_of_who_asked_or_of_the_other_member(case):
    case.enrol(("stuart", "probation", "forum_member"))
    dvds.assessed(case)
    convene(case, member("forum"), member("probation", "probation"))
    (health,), (probation,) = waiting(case, "farah"), waiting(case, "stuart")

    with transaction(case.engine) as db:
        farah = case.actor(db, "farah")
        with pytest.raises(DeclarationNeeded):
            inbox.claim(db, farah, health.id, case.clock)
        inbox.claim(db, farah, health.id, case.clock, no_conflict=True)
        view = inbox.task(db, farah, health.id, case.clock)
        said = f"{view.facts}{dict(view.context)}"
        with pytest.raises(NotFound):
            inbox.task(db, farah, probation.id, case.clock)
        with pytest.raises((NotAllowed, NotFound)):
            cases.view(db, farah, case.id, case.clock)
    assert "Cleo" not in said and "Marsh" not in said and "probation" not in said


def test_a_member_who_knows_somebody_is_kept_out_and_a_colleague_is_asked_instead(case):
    dvds.assessed(case)
    convene(case, member("forum"))
    (asked,) = waiting(case, "farah")

    with transaction(case.engine) as db:
        declarations.declare(db, case.actor(db, "farah"), asked.id, case.clock)

    assert waiting(case, "farah") == []
    assert [each.id for each in waiting(case, "keith")] == [asked.id]


def test_the_views_say_which_organisation_each_is_of(case):
    case.enrol(("stuart", "probation", "forum_member"))
    dvds.assessed(case)
    convene(case, member("forum"), member("probation", "probation"))
    for name in ("farah", "stuart"):
        (asked,) = waiting(case, name)
        with transaction(case.engine) as db:
            by = case.actor(db, name)
            inbox.claim(db, by, asked.id, case.clock, no_conflict=True)
            inbox.complete(db, by, asked.id, ANSWERS["dvds_member_view"]["disclose"], case.clock)
    case.do("lucy", "dvds_consider_b")

    with transaction(case.engine) as db:
        chris = case.actor(db, "chris")
        inbox.claim(db, chris, case.task(db, "dvds_four_part_test").id, case.clock, no_conflict=True)
        facts = inbox.task(db, chris, case.task(db, "dvds_four_part_test").id, case.clock).facts
    said = [line for fact in facts for line in fact.lines if fact.label.endswith("Organisation")]
    assert said == ["Disclosure decision forum", "Probation Service, North Lincolnshire"]


def test_an_organisation_without_members_and_none_at_all_are_refused(case):
    dvds.assessed(case)

    with pytest.raises(InvalidInput):
        convene(case, member("ashby-vale"))
    with pytest.raises(InvalidInput):
        convene(case, {"forum_agency": "health", "forum_member_name": "Who"})


def test_with_members_at_one_organisation_only_nothing_is_asked_and_they_are_found(case):
    with transaction(case.engine) as db:
        at_police = role_held.c.organisation_id == "police", role_held.c.role == "forum_member"
        db.execute(update(role_held).where(*at_police).values(until=case.clock.now))
    dvds.assessed(case)

    convene(case, {"forum_agency": "health", "forum_member_name": "Who"})

    assert len(waiting(case, "farah")) == 1


# An agency ------------------------------------------------------------------------------------------------


def test_the_hub_asks_one_of_two_health_organisations_and_the_other_never_learns_it(hub):
    hub.enrol(("patrick", "icb", "mash_health"))
    mash.contact(hub)
    for step in ("mash_acknowledge", "mash_known", "mash_screen", "mash_rate"):
        hub.do("nadia", step)
    request = {"agency": "mash_health", "agency_about": "About", "agency_question": "What?"}
    answers = {**ANSWERS["mash_agencies"]["three"], "agency_requests": [request]}

    with pytest.raises(InvalidInput):
        answer(hub, "nadia", "mash_choose", answers)
    answer(
        hub,
        "nadia",
        "mash_choose",
        {**answers, "agency_requests": [{**request, "agency_organisation": "icb"}]},
    )

    (asked,) = waiting(hub, "patrick")
    assert waiting(hub, "nurse") == []
    with transaction(hub.engine) as db, pytest.raises(NotFound):
        inbox.task(db, hub.actor(db, "nurse"), asked.id, hub.clock)


def test_the_police_ask_one_of_two_health_organisations_about_a_child(partnership, clock):
    found = csor.applied(Case(partnership, clock).enrol(*csor.HELD, ("patrick", "icb", "mash_health")))
    for step in csor.BEFORE[:-1]:
        found.do("omar", step)
    request = {"partner": "mash_health", "partner_about": "About", "partner_question": "What?"}
    answers = {**ANSWERS["csor_partners"]["three"], "partner_requests": [request]}

    with pytest.raises(InvalidInput):
        answer(found, "omar", "choose_partners", answers)
    answers["partner_requests"] = [{**request, "partner_organisation": "icb"}]
    answer(found, "omar", "choose_partners", answers)

    assert len(waiting(found, "patrick")) == 1
    assert waiting(found, "nurse") == []


# Silence --------------------------------------------------------------------------------------------------


def of_two(key, agency="mash_health"):
    """The same question to two organisations with one role."""
    request = {f"{key}_about": "About", f"{key}_question": "What?", key: agency}
    return [{**request, f"{key}_organisation": place} for place in ("icb", "trent-bank")]


def asked_by_the_hub(partnership, clock):
    found = mash.contact(mash.enrolled(partnership, clock).enrol(("patrick", "icb", "mash_health")))
    for step in ("mash_acknowledge", "mash_known", "mash_screen", "mash_rate"):
        found.do("nadia", step)
    answers = {**ANSWERS["mash_agencies"]["three"], "agency_requests": of_two("agency")}
    answer(found, "nadia", "mash_choose", answers)
    return found


def asked_about_a_child(partnership, clock):
    found = csor.applied(Case(partnership, clock).enrol(*csor.HELD, ("patrick", "icb", "mash_health")))
    for step in csor.BEFORE[:-1]:
        found.do("omar", step)
    answers = {**ANSWERS["csor_partners"]["three"], "partner_requests": of_two("partner")}
    answer(found, "omar", "choose_partners", answers)
    return found


def asked_about_a_partner(partnership, clock):
    found = dvds.asked(dvds.enrolled(partnership, clock).enrol(("patrick", "icb", "mash_health")))
    for step in ("dvds_look_up", "dvds_in_scope", "dvds_meet", "dvds_prove", "dvds_use", "dvds_reach"):
        found.do("omar", step)
    found.do("lucy", "dvds_balance")
    answers = {**ANSWERS["dvds_partners"]["three"], "dvds_requests": of_two("dvds_partner")}
    answer(found, "omar", "dvds_choose_partners", answers)
    return found


SILENCE = {  # who says that it is escalated, in which tasks
    asked_by_the_hub: {"nadia": "mash_chase"},
    asked_about_a_child: {"omar": "chase_partner", "lucy": "raise_silence"},
    asked_about_a_partner: {"omar": "dvds_chase_agency", "lucy": "dvds_raise_silence"},
}


OPEN = user_task.c.state == "open"


def escalated(case, steps):
    """Everybody's chases, taken further. Gives which organisations each person reads that they are about."""
    case.clock.travel(days=8)
    timers.fire_due(case.engine, case.clock)
    read = {}
    for name, element in steps.items():
        with transaction(case.engine) as db:
            by = case.actor(db, name)
            for each in db.execute(select(user_task).where(OPEN, user_task.c.element == element)).all():
                inbox.claim(db, by, each.id, case.clock, no_conflict=True)
                view = inbox.task(db, by, each.id, case.clock)
                shown = forms.view(view.form, {}, view.context)
                told = [line for fact in view.facts if fact.label == "Organisation" for line in fact.lines]
                told += [field.value for field in shown if field.label == "Organisation"]
                read.setdefault(name, []).extend(told)
                ways = ANSWERS[each.form]
                inbox.complete(db, by, each.id, ways.get("escalate") or ways["yes"], case.clock)
    return read


def disagreements(case):
    with transaction(case.engine) as db:
        return len(db.execute(select(instance.c.id).where(instance.c.process == "disagreement")).all())


@pytest.mark.parametrize("asked", SILENCE)
def test_the_silence_of_each_of_two_organisations_with_one_role_is_escalated_once(asked, partnership, clock):
    found = asked(partnership, clock)

    for read in (escalated(found, SILENCE[asked]), escalated(found, SILENCE[asked])):
        assert disagreements(found) == 2
        assert {name: len(set(told)) for name, told in read.items()} == dict.fromkeys(SILENCE[asked], 2)


CHOOSING = {  # question → where it is asked, of every form that lets people choose an organisation
    each.key: path.stem
    for path in FORMS
    for each in forms.load(path.read_bytes()).walk()
    if each.choices and each.choices.expression and "organisations" in each.names and not each.readonly
}


def test_the_forms_in_which_people_choose_an_organisation():
    assert set(CHOOSING.values()) == {
        *("csor_partners", "dvds_partners", "mash_agencies"),
        *("dvds_forum", "dvds_marac", "start_section_17_ask"),
    }


@pytest.mark.parametrize("question", CHOOSING)
def test_whom_people_choose_is_whom_a_task_or_a_case_goes_to(question):
    asked = {
        said
        for diagram in DIAGRAMS
        for each in diagram.elements.values()
        for said in (
            each.extensions.properties.get("handrail:organisation", ""),
            *(source for source, target in each.extensions.inputs if target == "case_organisation"),
        )
    }
    assert f"={question}" in asked
