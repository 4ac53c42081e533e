"""Every path through what sharing calls: immediate danger, advice, Caldicott review, looking afterwards."""

from __future__ import annotations

import pytest

from tests.workflows.walking import walk, walked

# Immediate danger ------------------------------------------------------------------------------------------


def test_police_and_social_care_are_told_and_the_call_is_confirmed():
    assert walk("immediate_danger", {}) == "confirm_call -> police_told -> social_care_told -> told"


def test_the_lead_is_alarmed_after_fifteen_minutes():
    assert (
        walk("immediate_danger", {}, late="confirm_call")
        == "unconfirmed -> confirm_call -> police_told -> social_care_told -> told -> make_sure -> made_sure"
    )


def test_police_and_social_care_each_get_a_task_at_once():
    tasks = walked("immediate_danger", {}).tasks[:3]
    assert [task.role for task in tasks] == ["practitioner", "police_contact", "csc_screening"]
    assert {task.priority for task in tasks} == {90}


# Advice ----------------------------------------------------------------------------------------------------

URGENT = {"advice_urgency": "urgent", "advice_question": "?", "advice_summary": "?"}


def test_advice_is_given_and_its_outcome_recorded():
    assert walk("advice", {**URGENT, "adviser": "dsl"}) == "give_advice -> use_advice -> recorded"


def test_advice_is_asked_for_beside_any_process():
    said = walk("advice", {**URGENT, "adviser": "ig_lead", "asked_from": "school"}, event="asked_beside")
    assert said == "give_advice -> use_advice -> recorded"


@pytest.mark.parametrize(
    ("adviser", "deputy"), [("police_supervisor", "ig_lead"), ("ig_lead", "police_supervisor")]
)
def test_in_a_police_case_the_deputy_is_of_the_police(adviser, deputy):
    given = {**URGENT, "adviser": adviser, "organisation_kind": "police"}
    assert walked("advice", given, late="give_advice").tasks[1].role == deputy


def test_advice_may_be_departed_from_with_reasons():
    assert (
        walk("advice", {**URGENT, "adviser": "dsl"}, use_advice="departed")
        == "give_advice -> use_advice -> recorded"
    )


@pytest.mark.parametrize(
    ("adviser", "deputy"),
    [
        ("dsl", "line_manager"),
        ("ig_lead", "line_manager"),
        ("caldicott_guardian", "caldicott_deputy"),
        ("line_manager", "dsl"),
    ],
)
def test_no_advice_in_time_asks_the_deputy(adviser, deputy):
    walk_ = walked("advice", {**URGENT, "adviser": adviser}, late="give_advice")
    assert walk_.said == "no_advice_yet -> deputy_advises -> use_advice -> recorded"
    assert walk_.tasks[1].role == deputy


def test_advice_has_an_hour_or_two_working_days():
    urgent = walked("advice", {**URGENT, "adviser": "dsl"}).tasks[0]
    routine = walked("advice", {**URGENT, "adviser": "dsl", "advice_urgency": "routine"}).tasks[0]
    assert (urgent.clock, routine.clock) == ("advice_urgent", "advice_routine")


# The designated lead ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["share", "advise", "do_not_share"])
def test_the_lead_decides_or_advises(decision):
    said = walk("lead_decision", {"urgency": "routine"}, lead_decides=decision)
    assert said == "lead_decides -> lead_decided"


@pytest.mark.parametrize(
    ("urgency", "clock"), [("urgent", "dsl_decision_urgent"), ("routine", "dsl_decision_routine")]
)
def test_nobody_waits_for_a_lead_who_is_away(urgency, clock):
    walk_ = walked("lead_decision", {"urgency": urgency}, late="lead_decides")
    assert walk_.said == "lead_late -> manager_decides -> lead_decided"
    assert {task.clock for task in walk_.tasks} == {clock}


# Caldicott review ------------------------------------------------------------------------------------------

ROUTINE = {"urgency": "routine", "edition": "HMG-2018-07"}
SOON = {"urgency": "urgent", "edition": "HMG-2018-07"}


@pytest.mark.parametrize("decision", ["approve", "approve_in_part", "approve_with_conditions", "decline"])
def test_the_guardian_decides(decision):
    assert (
        walk("caldicott_review", ROUTINE, guardian_decides=decision)
        == "request_review -> triage -> guardian_decides -> reviewed"
    )


@pytest.mark.parametrize("why", ["covered", "not_confidential"])
def test_triage_may_find_that_no_decision_is_needed(why):
    assert walk("caldicott_review", ROUTINE, triage=why) == "request_review -> triage -> no_decision_needed"


def test_an_urgent_review_skips_triage():
    assert walk("caldicott_review", SOON) == "request_review -> guardian_decides -> reviewed"


@pytest.mark.parametrize("why", ["own", "away"])
def test_a_guardian_who_asks_or_is_away_does_not_review(why):
    assert (
        walk("caldicott_review", SOON, request_review=why) == "request_review -> deputy_decides -> reviewed"
    )


def test_no_decision_in_time_goes_to_the_deputy():
    assert (
        walk("caldicott_review", SOON, late="guardian_decides")
        == "request_review -> guardian_late -> deputy_decides -> reviewed"
    )


def test_no_decision_of_the_deputy_goes_to_the_risk_owner():
    assert (
        walk("caldicott_review", SOON, late="guardian_decides deputy_decides")
        == "request_review -> guardian_late -> deputy_late -> siro_decides -> reviewed"
    )


def test_the_guardian_may_ask_for_more():
    assert (
        walk(
            "caldicott_review",
            SOON,
            guardian_decides=("refer_back", "approve"),
            request_review=("guardian", "answered"),
        )
        == "request_review -> guardian_decides -> request_review -> guardian_decides -> reviewed"
    )


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_the_guardian_may_refer_to_the_risk_owner(decision):
    assert (
        walk("caldicott_review", SOON, guardian_decides="refer_to_siro", siro_decides=decision)
        == "request_review -> guardian_decides -> siro_decides -> reviewed"
    )


def test_nobody_reviews_their_own_request():
    tasks = walked("caldicott_review", SOON, guardian_decides="refer_to_siro").tasks
    excluded = {task.element: task.properties.get("handrail:four_eyes", "") for task in tasks}
    assert "request_review" in excluded["guardian_decides"].split()
    assert {"request_review", "guardian_decides"} <= set(excluded["siro_decides"].split())


# Shared first, looked at afterwards ------------------------------------------------------------------------

SUBTLE = {"harm_clarity": "subtle", "confidential": "no"}
HEALTH = {"harm_clarity": "clear", "confidential": "health_or_care"}
BOTH = {"harm_clarity": "unclear", "confidential": "health_or_care"}


def test_the_lead_looks_at_subtle_harm():
    assert walk("look_afterwards", SUBTLE) == "lead_looks -> nothing_to_do"


def test_the_guardian_looks_at_health_information():
    assert walk("look_afterwards", HEALTH) == "guardian_ratifies -> nothing_to_do"


def test_both_look_where_it_is_both():
    assert walk("look_afterwards", BOTH) == "lead_looks -> guardian_ratifies -> nothing_to_do"


def test_the_deputy_looks_when_the_guardian_does_not():
    assert (
        walk("look_afterwards", HEALTH, late="guardian_ratifies")
        == "ratify_late -> deputy_ratifies -> nothing_to_do"
    )


@pytest.mark.parametrize("answer", ["contain", "not_ratified"])
def test_the_guardian_may_ask_for_containment(answer):
    assert (
        walk("look_afterwards", HEALTH, guardian_ratifies=answer)
        == "guardian_ratifies -> contain -> contained"
    )


def test_the_lead_may_ask_for_containment():
    assert walk("look_afterwards", BOTH, lead_looks="contain") == (
        "lead_looks -> guardian_ratifies -> contain -> contained"
    )
