"""The shipped process as people meet it: inbox, case page, records. Real database, demo partnership."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from engine import cases, forms, history, inbox, messages, records
from engine.database import transaction
from engine.errors import NotAllowed
from engine.forms.fields import walk as every
from tests.workflows.demo_case import Case


@pytest.fixture
def case(partnership: Engine, clock: Any) -> Case:
    return Case(partnership, clock)


ASKED = (
    ("screen", "no"),
    ("purpose", "urgent"),
    ("consent", "inform_only"),
    ("identifiable", "yes"),
    ("lawful_reason", "health"),
    ("request_review", "guardian"),
)
HOW = ("how_much", "right_person", "protect_identities", "secure", "principles", "send")


def test_a_teacher_shares_without_consent_and_the_record_says_all_of_it(case):
    case.open("amira", "ashby-vale")
    case.do("amira", "screen")
    case.do("amira", "purpose", "subtle")
    case.do("amira", "consent", "inform_only")
    case.do("amira", "identifiable")
    case.do("tom", "lead_decides")
    case.do("amira", "lawful_reason")
    for step in (*HOW, "inform", "record_share", "receipt"):
        case.do("amira", step)
    with transaction(case.engine) as db:
        by = case.actor(db, "amira")
        view = cases.view(db, by, case.id, case.clock)
        ran = {(each.process, each.status): each.edition for each in view.instances}
        assert (view.status, ran["share_information", "completed"]) == ("closed", "HMG-2018-07")
        kinds = [each.kind for each in records.of_case(db, by, case.id)]
        assert kinds == ["consent", "advice", "disclosure", "informed", "decision", "receipt"]
        decision = next(each for each in records.of_case(db, by, case.id) if each.kind == "decision")
        rows = {row.label: row.value for row in records.view(db, by, case.id, decision.id, case.clock).rows}
    assert rows["Decision"] == "To share, without consent"
    assert rows["Article 9 condition"].startswith("Substantial public interest: safeguarding")
    assert "Bruise (fact; Seen, 2026)" in rows["What is shared"]
    assert "Designated lead's decision" in rows and "Individual informed" in rows


def test_a_guardian_never_reviews_what_they_asked_for(case):
    """Helena is the Guardian; the request was asked for by Beth, so Helena may decide and Beth may not."""
    case.open("beth", "trent-bank")
    for step, choice in ASKED:
        case.do("beth", step, choice)
    with pytest.raises(NotAllowed):
        case.do("beth", "guardian_decides")
    case.do("helena", "guardian_decides", "approve_with_conditions")
    case.do("beth", "how_much")


def test_police_and_social_care_have_a_task_within_the_minute(case):
    case.open("amira", "ashby-vale")
    case.do("amira", "screen", "child")
    assert (case.due("confirm_call") - case.clock.now).total_seconds() == 15 * 60
    with transaction(case.engine) as db:
        where = [case.task(db, each).organisation_id for each in ("police_told", "social_care_told")]
    assert where == ["police", "childrens-services"]


def test_advice_reaches_the_lead_without_a_name(case):
    case.open("amira", "ashby-vale")
    case.say("amira", "advice_asked")
    case.do("tom", "give_advice")
    case.do("amira", "use_advice", "departed")
    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "amira"), case.id)]
    assert kinds == ["advice", "advice_outcome"]


@pytest.mark.parametrize(
    ("person", "organisation", "offered"), [("amira", "ashby-vale", False), ("lucy", "police", True)]
)
def test_law_enforcement_is_offered_by_what_the_organisation_is(case, person, organisation, offered):
    case.enrol(("lucy", "police", "practitioner"))
    case.open(person, organisation)
    for step, choice in ASKED[:4]:
        case.do(person, step, choice)
    with transaction(case.engine) as db:
        view = inbox.task(db, case.actor(db, person), case.task(db, "lawful_reason").id, case.clock)
    fields = forms.view(view.form, {"lawful_reason_found": "yes"}, view.context)
    (controller,) = (each for each in every(fields) if each.path == "controller")
    assert ("competent_authority" in [option.value for option in controller.options]) == offered


CHECK_115 = "Check whether section 115 gives a power to share"
CHECK_16 = "Check whether section 16 permits sharing"
ANY_TIME = ("Immediate danger", "Ask for advice", CHECK_115, CHECK_16)


def test_what_can_be_said_depends_on_where_the_case_stands(case):
    case.open("amira", "ashby-vale")
    assert titles(case) == {*ANY_TIME}
    for step, choice in (("screen", ""), ("purpose", ""), ("consent", "given")):
        case.do("amira", step, choice)
    assert titles(case) == {*ANY_TIME, "Consent has been withdrawn"}
    case.say("amira", "consent_withdrawn")
    case.do("amira", "record_withdrawal")
    case.do("amira", "lawful_reason", "no")
    case.do("amira", "record_not_share")
    assert titles(case) == {*ANY_TIME, "New information"}
    case.say("amira", "new_information")
    case.do("amira", "purpose")


def titles(case: Case, person: str = "amira") -> set[str]:
    with transaction(case.engine) as db:
        return {each.title for each in messages.possible(db, case.actor(db, person), case.id)}


def told(case: Case, person: str, element: str) -> dict[str, tuple[str, ...]]:
    """What a task shows this person besides its questions."""
    with transaction(case.engine) as db:
        seen = inbox.task(db, case.actor(db, person), case.task(db, element).id, case.clock)
    return {fact.label: fact.lines for fact in seen.facts}


def test_what_was_found_on_section_115_stands_beside_the_lawful_reason_and_in_the_records(case):
    case.open("amira", "ashby-vale")
    for step, choice in ASKED[:4]:
        case.do("amira", step, choice)
    case.say("amira", "section_115_asked")
    assert told(case, "amira", "facts_115")["What would be shared"] == ("Said in a walk.",)
    case.do("amira", "facts_115", "police")
    case.do("amira", "decide_115", "yes")

    shown = told(case, "amira", "lawful_reason")
    assert shown["Section 115 relied on"] == ("Yes: rely on section 115",)
    assert shown["Reasons on section 115"] == ("Said in a walk.",)
    with transaction(case.engine) as db:
        kinds = [each.kind for each in records.of_case(db, case.actor(db, "amira"), case.id)]
    assert kinds == ["consent", "decision"]


def test_the_lead_who_decides_may_ask_for_the_check_and_the_practitioner_answers_it(case):
    case.open("amira", "ashby-vale")
    case.do("amira", "screen")
    case.do("amira", "purpose", "subtle")
    case.do("amira", "consent", "inform_only")
    case.do("amira", "identifiable")
    with transaction(case.engine) as db:
        lead = case.actor(db, "tom")
        inbox.claim(db, lead, case.task(db, "lead_decides").id, case.clock)
    assert {CHECK_115, CHECK_16} < titles(case, "tom")
    case.say("tom", "section_115_asked")
    with transaction(case.engine) as db:
        assert case.task(db, "facts_115").assignee_id == "amira"


def test_the_named_contact_answers_on_section_16_and_the_practitioner_is_shown_it(case):
    case.open("amira", "ashby-vale")
    for step, choice in ASKED[:4]:
        case.do("amira", step, choice)
    case.say("amira", "section_16_asked")
    with pytest.raises(NotAllowed):
        case.do("amira", "facts_16")
    case.do("fiona", "facts_16", "patient")
    case.do("fiona", "decide_16", "no")

    shown = told(case, "amira", "lawful_reason")
    assert shown["Shared under section 16"] == ("No: not under section 16",)
    assert "send_16" not in case.done
    case.do("amira", "lawful_reason")


def test_an_adviser_is_not_offered_the_check_of_a_power(case):
    case.open("amira", "ashby-vale")
    case.say("amira", "advice_asked")
    with transaction(case.engine) as db:
        inbox.claim(db, case.actor(db, "tom"), case.task(db, "give_advice").id, case.clock)
    assert titles(case, "tom") == set()


@pytest.mark.parametrize(("person", "element"), [("sam", "police_told"), ("nadia", "social_care_told")])
def test_whoever_must_act_at_once_is_told_who_the_child_is_and_who_says_so(case, person, element):
    case.open("amira", "ashby-vale")
    case.do("amira", "screen", "child")

    shown = told(case, person, element)
    assert shown["Who it is about"] == ("Maya Fenn (child), born 1 May 2018",)
    assert shown["Who reports it"] == ("Amira Nawaz, Year 4 teacher", "Ashby Vale Primary School")


def test_a_task_that_is_not_about_immediate_danger_names_nobody(case):
    case.open("amira", "ashby-vale")
    case.do("amira", "screen", "no")
    case.do("amira", "purpose", "subtle")
    case.do("amira", "consent", "inform_only")
    case.do("amira", "identifiable")
    with transaction(case.engine) as db:
        seen = inbox.task(db, case.actor(db, "tom"), case.task(db, "lead_decides").id, case.clock)

    assert "Maya Fenn" not in str(seen.facts)


def test_the_wrong_recipient_starts_a_breach_in_the_same_case_at_once(case):
    case.open("amira", "ashby-vale")
    for step, choice in (("screen", ""), ("purpose", ""), ("consent", "")):
        case.do("amira", step, choice)
    for step in HOW:
        case.do("amira", step)
    case.do("amira", "receipt", "wrong_person")  # neither informed nor recorded yet
    with transaction(case.engine) as db:
        amira = case.actor(db, "amira")
        instances = cases.view(db, amira, case.id, case.clock).instances
        told = [each.text for each in history.timeline(db, amira, case.id).items]
        inbox.claim(db, amira, case.task(db, "contain_breach").id, case.clock)
        facts = inbox.task(db, amira, case.task(db, "contain_breach").id, case.clock).facts
    assert sorted(each.process for each in instances) == ["breach", "share_information"]
    assert any("Breach of personal data" in sentence for sentence in told)
    (happened,) = (" ".join(fact.lines) for fact in facts if fact.label == "What happened")
    assert "It was meant for: " in happened and " Sent: " in happened
    case.do("amira", "contain_breach")


def test_one_wrong_recipient_is_put_right_in_one_place(case):
    """What contains it, who is told and whether the Commissioner is: each is asked once, in the breach."""
    case.open("amira", "ashby-vale")
    for step, choice in (("screen", ""), ("purpose", ""), ("consent", "")):
        case.do("amira", step, choice)
    for step in (*HOW, "inform", "record_share"):
        case.do("amira", step)
    case.do("amira", "receipt", "wrong_person")
    with transaction(case.engine) as db:
        view = cases.view(db, case.actor(db, "amira"), case.id, case.clock)
        waiting = {each.name for each in view.tasks if each.state == "open"}
    assert {each.process: each.status for each in view.instances} == {
        "share_information": "completed",
        "breach": "running",
    }
    assert waiting == {
        "Contain it: what was done?",
        "How likely is harm to those whose information it is?",
    }
