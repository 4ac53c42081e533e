"""Telling in person, with the undertaking, and what comes after."""

from __future__ import annotations

import pytest

from engine import forms
from tests.workflows.answers import ANSWERS
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_csor import (
    APPLIED,
    CLOSED,
    DISCLOSED,
    HUB,
    QUIET,
    TO_DECISION,
    TOLD,
    tasks,
    walk,
)

VISIT = {**APPLIED, "recipient_name": "?", "approved_words": "?"}


@pytest.mark.parametrize("warning", ["in_person", "purpose", "confidential", "legal", "explained"])
def test_every_warning_is_given_in_person_before_they_sign(warning):
    answers = {**ANSWERS["csor_undertaking"]["signed"], f"warned_{warning}": False}
    assert problems("csor_undertaking", answers) == {f"warned_{warning}"}


def test_nothing_is_ever_told_in_writing():
    answers = {**ANSWERS["csor_tell"]["told"], "told_nothing_written": False}
    assert problems("csor_tell", answers) == {"told_nothing_written"}


@pytest.mark.parametrize(
    ("decision", "then"),
    [
        ("tell_all_the_same", "tell_in_person -> csor_told"),
        ("safeguarding_route", "not_told"),
        ("not_disclose", "not_told"),
    ],
)
def test_unsigned_a_supervisor_considers_whether_it_still_takes_place(decision, then):
    walk_ = walked_any("csor_disclosure_visit", VISIT, undertaking="refused", not_signed=decision)
    assert walk_.said == f"plan_visit -> undertaking -> not_signed -> {then}"
    (task,) = tasks(walk_, "not_signed")
    assert (task.role, task.clock, task.due.date()) == (
        "police_supervisor",
        "undertaking_refused",
        walk_.clock.now.date(),
    )


def test_unsigned_somebody_else_may_be_told_and_is_warned_again():
    assert (
        walk_any(
            "csor_disclosure_visit", VISIT, undertaking=("refused", "signed"), not_signed="another_protector"
        )
        == f"plan_visit -> undertaking -> not_signed -> {TOLD}"
    )


def test_unsigned_there_are_four_ways_and_no_refusal_by_itself():
    allowed = offered("csor_not_signed", "undertaking_decision", {}, undertaking="refused")
    assert allowed == {"tell_all_the_same", "another_protector", "safeguarding_route", "not_disclose"}


def test_nobody_is_told_what_they_do_not_wish_to_hear():
    allowed = offered("csor_not_signed", "undertaking_decision", {}, undertaking="not_heard")
    assert allowed == {"another_protector", "safeguarding_route", "not_disclose"}


def test_not_told_for_want_of_a_signature_the_child_is_still_protected():
    line = walk(undertaking="refused", not_signed="not_disclose")
    assert line.endswith(f"plan_visit -> undertaking -> not_signed -> not_told -> {QUIET} -> {CLOSED}")
    assert HUB in line


def test_the_subject_may_be_told_after_the_risk_is_assessed():
    assert walk(inform_subject="told") == f"{TO_DECISION} -> {TOLD} -> {DISCLOSED}"


def test_whether_the_subject_is_told_is_never_answered_beforehand_and_no_comes_first():
    field = shown("csor_inform_subject", {})["subject_told"]
    assert field.value in (None, "") and field.options[0].value == "not_told"


def test_the_applicant_may_be_told_nothing():
    assert "tell_applicant" in walk(tell_applicant="nothing")


@pytest.mark.parametrize("disclosed", ["2026-03-03T09:00:00Z", None])
def test_an_applicant_who_is_not_the_person_told_learns_nothing_of_the_outcome(disclosed):
    allowed = offered(
        "csor_tell_applicant",
        "applicant_told",
        {},
        scope="yes",
        identity_proved="yes",
        relationship_proved="yes",
        recipient_is_applicant="no",
        told_at=disclosed,
    )
    assert allowed == {"dealt_with", "nothing"}


def test_nobody_is_ever_told_that_there_is_no_trace():
    answers = {**ANSWERS["csor_tell_applicant"]["dealt_with"], "applicant_told_neutral": False}
    assert "applicant_told_neutral" in problems("csor_tell_applicant", answers)
    labels = form_of("csor_tell_applicant").content.decode().lower()
    assert "no record" not in labels and "nothing is known" not in labels


def test_a_breach_is_watched_for_and_decided_on():
    line = walk(breach_watch=("watch_on", "broken"))
    assert line.endswith(f"breach_watch -> breach_watch -> breach_decision -> {CLOSED}")


@pytest.mark.parametrize(
    ("earlier", "outcome"),
    [
        ({"told_at": "2026-03-03T09:00:00Z", "scope": "yes"}, "disclosed"),
        ({"scope": "no"}, "out_of_scope"),
        ({"scope": "yes", "identity_proved": "no"}, "not_proved"),
        (
            {
                "scope": "yes",
                "identity_proved": "yes",
                "relationship_proved": "yes",
                "disclosure_decision": "not_disclose",
            },
            "not_disclosed",
        ),
    ],
)
def test_only_the_outcome_that_came_about_can_be_recorded(earlier, outcome):
    assert offered("csor_record", "outcome", {}, **earlier) == {outcome}


def test_the_record_holds_the_reasons_for_every_part():
    earlier = {"test_pressing_why": "Because", "recipient_why": "Because", "scope": "yes", "told_at": None}
    given = {**earlier, "identity_proved": "yes", "relationship_proved": "yes"}
    kept = forms.submit(form_of("csor_record"), ANSWERS["csor_record"]["not_told"], given).kept
    assert (kept["test_pressing_why"], kept["recipient_why"]) == ("Because", "Because")
