"""Every path through "When and how to share information", one line each, as a practitioner would read it."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.test_forms import problems, shown
from tests.workflows.walking import walk, walked

HOW = "how_much -> right_person -> protect_identities -> secure -> principles -> send"
SHARED = "inform -> receipt -> record_share -> shared"
NOT_SHARED = "record_not_share -> look_again -> not_shared"
ASKED = "screen -> purpose -> consent"
FOUR = "screen -> purpose -> consent -> identifiable"
REVIEWED = "request_review -> triage -> guardian_decides -> reviewed"

# The flowchart: purpose, consent, identifiable, lawful reason, how ------------------------------------------


def test_no_clear_purpose_do_not_share():
    assert walk(purpose="no") == f"screen -> purpose -> {NOT_SHARED}"


def test_consent_given_you_can_share():
    assert walk(consent="given") == f"{ASKED} -> {HOW} -> {SHARED}"


def test_nobody_identifiable_you_can_share():
    assert walk(consent="refused", identifiable="no") == f"{FOUR} -> {HOW} -> {SHARED}"


def test_no_consent_but_a_lawful_reason_you_can_share():
    assert (
        walk(consent="refused", lawful_reason="against_wishes")
        == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED}"
    )


def test_no_lawful_reason_do_not_share():
    assert walk(consent="refused", lawful_reason="no") == f"{FOUR} -> lawful_reason -> {NOT_SHARED}"


STATES_WITHOUT_WISHES = (
    "expired",
    "cannot_be_given",
    "not_sought_unsafe",
    "not_sought_unreasonable",
    "inform_only",
)


@pytest.mark.parametrize("state", STATES_WITHOUT_WISHES)
def test_every_other_state_of_no_consent_asks_the_next_question(state):
    assert walk(consent=state) == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED}"


def test_consent_withdrawn_before_it_was_relied_on_asks_the_next_question():
    assert (
        walk(consent="withdrawn", lawful_reason="against_wishes")
        == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED}"
    )


def test_law_enforcement_has_its_own_chain():
    assert (
        walk(consent="inform_only", lawful_reason="law_enforcement", before={"organisation_kind": "police"})
        == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED}"
    )


# Immediate danger ------------------------------------------------------------------------------------------

TOLD = "confirm_call -> police_told -> social_care_told -> told -> danger_told"


@pytest.mark.parametrize("danger", ["child", "crime"])
def test_danger_is_told_beside_the_decision_and_holds_nothing_up(danger):
    assert walk(screen=danger) == f"screen -> purpose -> {TOLD} -> consent -> {HOW} -> {SHARED}"


def test_sharing_does_not_wait_for_anybody_who_is_told_of_danger():
    told = "confirm_call police_told social_care_told"
    assert walk(screen="child", later=told) == f"{ASKED} -> {HOW} -> {SHARED} -> {TOLD}"


def test_danger_is_told_even_when_nothing_is_shared():
    assert walk(screen="crime", purpose="no") == f"screen -> purpose -> {TOLD} -> {NOT_SHARED}"


def test_unconfirmed_danger_alarms_the_lead_and_leaves_the_call_open():
    assert walk(screen="child", purpose="no", late="confirm_call") == (
        "screen -> purpose -> unconfirmed -> confirm_call -> police_told -> social_care_told -> told "
        "-> record_not_share -> make_sure -> made_sure -> danger_told -> look_again -> not_shared"
    )


def test_danger_may_be_raised_at_any_later_stage():
    assert walk(meanwhile={"secure": "immediate_risk_raised"}) == (
        f"{ASKED} -> how_much -> right_person -> protect_identities -> danger_later -> secure "
        f"-> confirm_call -> police_told -> social_care_told -> told -> principles -> send -> {SHARED}"
    )


def test_danger_may_be_raised_twice():
    assert "danger_later" in walk(
        screen="child", purpose="no", meanwhile={"record_not_share": "immediate_risk_raised"}
    )


# Subtle harm, the Guardian, and no time to wait ------------------------------------------------------------


@pytest.mark.parametrize("decision", ["share", "advise"])
@pytest.mark.parametrize("harm", ["subtle", "unclear_urgent"])
def test_subtle_harm_the_lead_decides_or_advises_first(harm, decision):
    assert (
        walk(purpose=harm, consent="inform_only", lead_decides=decision)
        == f"{FOUR} -> lead_decides -> lead_decided -> lawful_reason -> {HOW} -> {SHARED}"
    )


def test_the_lead_may_decide_not_to_share():
    assert (
        walk(purpose="subtle", consent="inform_only", lead_decides="do_not_share")
        == f"{FOUR} -> lead_decides -> lead_decided -> {NOT_SHARED}"
    )


def test_health_information_the_guardian_decides_first():
    assert (
        walk(consent="inform_only", lawful_reason="health")
        == f"{FOUR} -> lawful_reason -> {REVIEWED} -> {HOW} -> {SHARED}"
    )


def test_the_guardian_may_decline():
    assert (
        walk(consent="inform_only", lawful_reason="health", guardian_decides="decline")
        == f"{FOUR} -> lawful_reason -> {REVIEWED} -> {NOT_SHARED}"
    )


def test_health_information_that_cannot_wait_is_shared_first():
    assert walk(purpose="cannot_wait", consent="not_sought_unreasonable", lawful_reason="health") == (
        f"{FOUR} -> lawful_reason -> how_much -> guardian_ratifies -> nothing_to_do -> right_person "
        f"-> protect_identities -> secure -> principles -> send -> {SHARED}"
    )


def test_subtle_harm_that_cannot_wait_is_shared_first():
    assert walk(purpose="subtle_cannot_wait", consent="not_sought_unreasonable") == (
        f"{FOUR} -> lawful_reason -> how_much -> lead_looks -> nothing_to_do -> right_person "
        f"-> protect_identities -> secure -> principles -> send -> {SHARED}"
    )


def test_sharing_does_not_wait_for_whoever_looks_afterwards():
    assert (
        walk(
            purpose="subtle_cannot_wait",
            consent="inform_only",
            lawful_reason="health",
            later="lead_looks guardian_ratifies",
        )
        == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED} -> lead_looks -> guardian_ratifies -> nothing_to_do"
    )


def test_clear_harm_that_cannot_wait_needs_nobody_else():
    assert (
        walk(purpose="cannot_wait", consent="not_sought_unreasonable")
        == f"{FOUR} -> lawful_reason -> {HOW} -> {SHARED}"
    )


# Withdrawal ------------------------------------------------------------------------------------------------

HOW_TASKS = HOW.split(" -> ")


@pytest.mark.parametrize("stage", HOW_TASKS)
def test_withdrawal_stops_what_is_not_sent_and_asks_for_a_lawful_reason(stage):
    done = "".join(f"{each} -> " for each in HOW_TASKS[: HOW_TASKS.index(stage)])
    assert walk(meanwhile={stage: "consent_withdrawn"}, lawful_reason="no") == (
        f"{ASKED} -> {done}consent_withdrawn -> record_withdrawal -> lawful_reason -> {NOT_SHARED}"
    )


def test_withdrawal_with_another_lawful_reason_may_still_be_shared():
    assert walk(meanwhile={"how_much": "consent_withdrawn"}, lawful_reason="against_wishes") == (
        f"{ASKED} -> consent_withdrawn -> record_withdrawal -> lawful_reason -> {HOW} -> {SHARED}"
    )


def test_withdrawal_in_a_subtle_case_goes_by_the_lead():
    assert walk(purpose="subtle", meanwhile={"how_much": "consent_withdrawn"}, lawful_reason="no") == (
        f"{ASKED} -> consent_withdrawn -> record_withdrawal -> lead_decides -> lead_decided -> lawful_reason "
        f"-> {NOT_SHARED}"
    )


def test_withdrawal_is_remembered_as_withdrawn():
    walk_ = walked(meanwhile={"how_much": "consent_withdrawn"}, lawful_reason="no")
    assert walk_.variable("consent_status") == "withdrawn"


@pytest.mark.parametrize("stage", ["inform", "receipt", "record_share"])
def test_withdrawal_after_sharing_recalls_nothing_but_recipients_are_told(stage):
    line = walk(meanwhile={stage: "consent_withdrawn"})
    assert line.startswith(f"{ASKED} -> {HOW} -> ")
    assert {"withdrawn_after", "inform", "receipt", "record_share", "tell_recipients", "shared"} <= set(
        line.split(" -> ")
    )
    assert "lawful_reason" not in line


# Advice ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adviser", [each for each in ANSWERS["advice_asked"] if each != "police_supervisor"])
def test_advice_may_be_asked_of_each_adviser(adviser):
    walk_ = walked(purpose="no", meanwhile={"purpose": f"advice_asked:{adviser}"})
    assert walk_.said == (
        "screen -> advice_any_time -> purpose -> give_advice -> record_not_share -> use_advice -> recorded "
        "-> look_again -> not_shared"
    )
    assert [task.role for task in walk_.tasks if task.element == "give_advice"] == [adviser]


@pytest.mark.parametrize(
    "stage", ["screen", "consent", "identifiable", "lawful_reason", "send", "record_share"]
)
def test_advice_may_be_asked_at_any_stage_and_stops_nothing(stage):
    line = walk(consent="inform_only", meanwhile={stage: "advice_asked"})
    on_its_way = [
        each
        for each in line.split(" -> ")
        if each not in ("advice_any_time", "give_advice", "use_advice", "recorded")
    ]
    assert " -> ".join(on_its_way) == walk(consent="inform_only")


def test_an_urgent_share_does_not_wait_for_advice():
    line = walk(purpose="cannot_wait", meanwhile={"consent": "advice_asked"}, later="give_advice")
    assert line == (
        f"screen -> purpose -> advice_any_time -> consent -> {HOW} -> {SHARED} "
        "-> give_advice -> use_advice -> recorded"
    )


# Refusals and receipts -------------------------------------------------------------------------------------


def test_a_refusal_is_discussed_with_whoever_asked():
    assert (
        walk(start="request", purpose="no")
        == "screen -> purpose -> record_not_share -> discuss_refusal -> look_again -> not_shared"
    )


def test_new_information_reconsiders_a_refusal_from_the_first_question():
    assert walk(purpose=("no", "yes"), meanwhile={"look_again": "new_information"}) == (
        f"screen -> purpose -> record_not_share -> new_information -> purpose -> consent -> {HOW} -> {SHARED}"
    )


def test_a_second_look_reconsiders_a_refusal_from_the_first_question():
    assert (
        walk(purpose=("no", "yes"), look_again="yes")
        == f"screen -> purpose -> record_not_share -> look_again -> purpose -> consent -> {HOW} -> {SHARED}"
    )


def test_a_refusal_may_be_reconsidered_and_refused_again():
    assert (
        walk(start="request", purpose="no", look_again=("yes", "no"))
        == "screen -> purpose -> record_not_share -> discuss_refusal -> look_again "
        "-> purpose -> record_not_share -> discuss_refusal -> look_again -> not_shared"
    )


@pytest.mark.parametrize("urgency", ["yes", "urgent"])
def test_unconfirmed_receipt_is_chased_and_stays_open(urgency):
    assert (
        walk(purpose=urgency, late="receipt")
        == f"{ASKED} -> {HOW} -> inform -> receipt_overdue -> receipt -> record_share -> chase -> shared"
    )


def test_the_wrong_recipient_starts_a_breach_before_anything_else_is_done():
    """The 72 hours run from knowing: neither the record nor informing the person is waited for."""
    walk_ = walked(receipt="wrong_person")
    assert walk_.said == f"{ASKED} -> {HOW} -> inform -> receipt -> breach_raised -> record_share -> shared"
    (breach,) = walk_.thrown
    assert (breach.name, breach.variables["breach_kind"]) == ("breach_found", "wrong_recipient")
    assert breach.variables["breach_what"] and breach.variables["breach_aware_at"]


# Powers that might apply -----------------------------------------------------------------------------------

STAGES = ["screen", "consent", "identifiable", "lawful_reason", "send", "record_share"]
CHECKS = {
    "section_115_asked": ("power_115_any_time", "facts_115", "decide_115", "checked_115"),
    "section_16_asked": ("power_16_any_time", "facts_16", "decide_16", "may_share_16"),
}


@pytest.mark.parametrize("check", list(CHECKS))
@pytest.mark.parametrize("stage", STAGES)
def test_a_power_may_be_checked_at_any_stage_and_stops_nothing(stage, check):
    line = walk(consent="inform_only", meanwhile={stage: check})
    on_its_way = [each for each in line.split(" -> ") if each not in CHECKS[check]]
    assert set(CHECKS[check]) <= set(line.split(" -> "))
    assert " -> ".join(on_its_way) == walk(consent="inform_only")


@pytest.mark.parametrize("check", list(CHECKS))
def test_an_urgent_share_does_not_wait_for_a_power_to_be_checked(check):
    began, facts, decide, end = CHECKS[check]
    line = walk(purpose="cannot_wait", meanwhile={"consent": check}, later=f"{facts} {decide}")
    assert (
        line
        == f"screen -> purpose -> {began} -> consent -> {HOW} -> {SHARED} -> {facts} -> {decide} -> {end}"
    )


@pytest.mark.parametrize(
    ("facts", "recommended", "relied"), [("police", "power", "yes"), ("charity", "no_power", "no")]
)
def test_the_answer_on_section_115_comes_back_to_the_decision_and_decides_nothing(facts, recommended, relied):
    for lawful, end in (("yes", SHARED), ("no", NOT_SHARED)):
        walk_ = walked(
            consent="inform_only",
            lawful_reason=lawful,
            meanwhile={"screen": "section_115_asked"},
            facts_115=facts,
        )
        assert (walk_.variable("section_115"), walk_.variable("section_115_relied")) == (recommended, relied)
        assert walk_.said.endswith(end)


def test_what_the_old_list_of_section_115_leaves_open_is_ruled_on_and_comes_back():
    walk_ = walked(
        consent="inform_only",
        meanwhile={"screen": "section_115_asked"},
        facts_115="health",
        decide_115="ask",
    )
    assert "ruling_115 -> checked_115" in walk_.said
    assert walk_.variable("section_115_relied") == "yes"
    assert walk_.variable("section_115_ruling_reasons")


def test_section_16_never_covers_patient_information_and_other_powers_remain():
    walk_ = walked(consent="inform_only", meanwhile={"screen": "section_16_asked"}, facts_16="patient")
    assert (walk_.variable("section_16"), walk_.variable("section_16_shared")) == ("not_authorised", "no")
    assert walk_.variable("section_16_other_power") == "section_47"
    assert walk_.said.endswith(SHARED)


def test_a_check_of_section_16_sends_nothing_itself():
    walk_ = walked(consent="inform_only", meanwhile={"screen": "section_16_asked:own"})
    assert walk_.variable("section_16_shared") == "yes"
    assert "send_16" not in walk_.said and "may_share_16" in walk_.said


def test_the_lawful_reason_shows_the_answers_on_both_powers():
    task = walked(consent="inform_only").elements["lawful_reason"]
    shown = set(task.extensions.properties["handrail:shows"].split())
    assert {"section_115_relied", "section_115_reasons", "section_115_ruling_reasons"} < shown
    assert {"section_16_shared", "section_16_reasons", "section_16_ruling_reasons"} < shown


# Regular and bulk sharing ----------------------------------------------------------------------------------


def test_regular_learning_or_audit_is_handed_to_the_impact_assessment_and_nothing_is_shared():
    walk_ = walked(purpose="audit_flow")
    assert walk_.said == "screen -> purpose -> describe_flow -> flow_found"
    (thrown,) = walk_.thrown
    assert thrown.name == "impact_assessment_wanted"
    assert thrown.variables["case_subjects"] == []
    assert {"concern", "purpose_detail", "requester_name"}.isdisjoint(thrown.variables)


def test_one_share_for_learning_needs_no_impact_assessment_and_goes_on():
    walk_ = walked(purpose="one_audit")
    assert walk_.said == f"{ASKED} -> {HOW} -> {SHARED}"
    assert walk_.thrown == []


def test_danger_is_told_beside_a_flow_that_is_handed_over():
    line = walk(screen="child", purpose="audit_flow")
    assert {"police_told", "social_care_told", "flow_found"} <= set(line.split(" -> "))


@pytest.mark.parametrize("purpose", ["early_help", "child_in_need", "significant_harm", "crime_prevention"])
def test_who_protects_a_child_is_not_asked_whether_it_is_a_flow(purpose):
    assert "sharing_kind" not in shown("purpose", {"purpose_clear": "yes", "purpose": purpose})


@pytest.mark.parametrize("purpose", ["learning_audit", "service_delivery", "other"])
def test_who_may_mean_a_flow_says_whether_it_is_one(purpose):
    answers = {**ANSWERS["purpose"]["yes"], "purpose": purpose}
    assert problems("purpose", answers) == {"sharing_kind"}


def test_an_answer_about_flows_that_is_no_longer_asked_for_decides_nothing():
    """They had said learning and audit, regularly; then they saw that it is about significant harm."""
    left = {"purpose_clear": "yes", "purpose": "significant_harm", "sharing_kind": "regular"}
    assert problems("purpose", left) == {"purpose_detail", "compatible", "harm_clarity", "urgency"}


@pytest.mark.parametrize("told", ["flow_name", "flow_why", "flow_data"])
def test_a_flow_is_described_without_the_names_of_the_case(told):
    answers = {**ANSWERS["share_flow"]["flow"], told: "Everything on Maya Fenn"}
    assert problems("share_flow", answers, names=["Maya Fenn"]) == {told}
