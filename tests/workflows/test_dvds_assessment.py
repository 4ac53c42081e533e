"""What is found out before anybody is told: ways to A, agencies, high risk, and the urgent way."""

from __future__ import annotations

import json

import pytest

from policy.roles import ROLES
from tests.workflows import silence
from tests.workflows.answers import ANSWERS, SAID
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_dvds import (
    AFTER_TELLING,
    AT,
    CASE,
    CHECKED,
    CLOSED,
    DECIDED,
    MET,
    NOT_SOUGHT,
    NOTHING_AT_ONCE,
    RECORDED,
    REVIEWED,
    TOLD,
    WAY_TO_A,
    tasks,
    walk,
    walked,
)


def test_telling_that_is_the_greater_risk_is_not_done_and_a_is_protected_another_way():
    assert walk("know", dvds_balance="more") == f"{CHECKED} -> {WAY_TO_A} -> {RECORDED} -> {CLOSED}"
    answers = {"balance": "more", "balance_reasons": SAID}
    assert problems("dvds_balance", answers, reach="yes") == {"balance_protection"}


def test_no_safe_way_today_is_looked_for_again_tomorrow():
    line = walk_any("dvds_know", CASE, dvds_reach=("not_now", "yes"), dvds_balance=("not_now", "less"))
    again = "dvds_use -> dvds_reach -> dvds_balance -> dvds_tomorrow"
    assert line == f"{again} -> dvds_reach -> dvds_balance -> dvds_balanced"


def test_nobody_goes_on_towards_telling_whom_nobody_can_reach_safely():
    assert offered("dvds_balance", "balance", {}, reach="not_now") == {"not_now", "more"}


def test_more_risk_than_benefit_is_not_judged_by_whoever_looked_for_the_way():
    said = diagram("dvds_know").elements["dvds_balance"].extensions
    assert (said.role, said.properties["handrail:four_eyes"]) == ("police_supervisor", "dvds_reach")


def test_agencies_are_asked_at_once_and_each_sees_its_own_request_only():
    asked = tasks(walked(), "dvds_return")
    assert [task.role for task in asked] == ["csc_screening", "mash_health", "idva"]
    assert {task.clock for task in asked} == {"partner_return"}
    assert 'propagateAllParentVariables="false"' in (WORKFLOWS / "dvds_assessment.bpmn").read_text()


def test_agencies_are_not_told_that_anybody_asked():
    keys = form_of("dvds_partner_return").keys | form_of("dvds_partners").keys
    assert keys and not {key for key in keys if key.startswith(("c_", "applica"))}


PARTNER = {"dvds_partner": "mash_health", "dvds_partner_question": "?", "dvds_partner_about": "?"}


def test_an_agency_that_does_not_answer_is_chased_and_may_still_answer():
    assert (
        walk_any("dvds_partner_return", PARTNER, late="dvds_return", later="dvds_chase_agency")
        == "dvds_return_late -> dvds_return -> dvds_returned"
    )


def test_the_police_wait_longer_and_then_go_on_without_an_agency():
    assert (
        walk_any(
            "dvds_partner_return",
            PARTNER,
            late="dvds_return",
            later="dvds_return",
            meanwhile={"dvds_return": "dvds_wait_longer"},
            dvds_chase_agency=("wait", "without"),
        )
        == "dvds_return_late -> dvds_chase_agency -> dvds_wait_longer -> dvds_chase_agency"
        " -> dvds_went_on_without"
    )


SILENT = {
    "late": "dvds_return",
    "later": "dvds_return",
    "meanwhile": {"dvds_return": "dvds_wait_longer"},
    "dvds_chase_agency": ("escalate", "without"),
}


def test_silence_is_taken_to_a_disagreement_while_the_agency_is_still_waited_for():
    walk_ = walked_any("dvds_partner_return", PARTNER, **SILENT)
    assert walk_.said == (
        "dvds_return_late -> dvds_chase_agency -> dvds_raise_silence -> dvds_silence_raised"
        " -> dvds_wait_longer -> dvds_chase_agency -> dvds_went_on_without"
    )
    (raised,) = walk_.thrown
    assert (raised.name, [*json.loads(raised.correlation).values()]) == ("escalation_raised", ["mash_health"])
    assert raised.variables == silence.RAISED


def test_a_supervisor_may_leave_it_with_the_officer():
    walk_ = walked_any("dvds_partner_return", PARTNER, **SILENT, dvds_raise_silence="no")
    assert walk_.thrown == [] and "dvds_silence_left" in walk_.line


def test_a_chase_that_is_late_is_told_to_the_supervisor_and_closes_nothing():
    assert (
        walk_any(
            "dvds_partner_return",
            PARTNER,
            late="dvds_return",
            later="dvds_return dvds_chase_agency",
            meanwhile={"dvds_return": "dvds_chase_late"},
        )
        == "dvds_return_late -> dvds_chase_late -> dvds_raise_silence -> dvds_silence_raised"
        " -> dvds_return -> dvds_returned"
    )


@pytest.mark.parametrize("agency", ["csc_screening", "mash_education", "mash_probation", "mash_housing"])
def test_each_agency_is_named_beside_what_it_is_asked_and_chased_for(agency):
    walk_ = walked_any("dvds_partner_return", {**PARTNER, "dvds_partner": agency}, **SILENT)
    assert {each.name.rpartition(" (")[2] for each in walk_.tasks} == {f"{ROLES[agency].name})"}
    (raised,) = walk_.thrown
    assert raised.variables["disagreement_agency"].lower() in ROLES[agency].name.lower()


HIGH = "dvds_refer_marac -> dvds_support -> dvds_supported"


def test_high_risk_by_dash_means_marac_and_an_idva_before_the_returns_are_in():
    walk_ = walked_any("dvds_assessment", CASE, dvds_do_dash="high", later="dvds_return")
    assert walk_.line.index("dvds_supported") < walk_.line.index("dvds_return")
    assert walk_.line.count("dvds_refer_marac") == 1
    assert tasks(walk_, "dvds_support")[0].role == "idva"


def test_high_risk_found_by_the_assessment_means_marac_and_an_idva_then():
    line = walk_any("dvds_assessment", CASE, dvds_assess_risk="high")
    assert line.endswith(f"dvds_assess_risk -> dvds_review -> {HIGH} -> dvds_assessed")


def test_high_risk_twice_over_is_referred_once():
    walk_ = walked_any("dvds_assessment", CASE, dvds_do_dash="high", dvds_assess_risk="high")
    assert walk_.line.count("dvds_refer_marac") == 1


def test_no_idva_in_a_day_and_a_supervisor_sees_to_a():
    line = walk_any("dvds_high_risk", CASE, late="dvds_support", later="dvds_support")
    assert line == ("dvds_refer_marac -> dvds_support_late -> dvds_chase_idva -> dvds_supported_otherwise")


def test_a_supervisor_may_wait_for_the_idva():
    line = walk_any(
        "dvds_high_risk",
        CASE,
        late="dvds_support",
        later="dvds_support",
        meanwhile={"dvds_support": "dvds_idva_wait"},
        dvds_chase_idva=("wait", "other"),
    )
    assert line.count("dvds_chase_idva") == 2


def test_the_review_may_send_the_assessment_back():
    line = walk_any("dvds_assessment", CASE, dvds_review=("back", "sound"))
    assert line.endswith(f"dvds_assess_risk -> dvds_review -> {REVIEWED}")


def test_on_the_urgent_way_the_returns_are_left_out_and_the_decision_is_not():
    line = walk(dvds_in_scope="cannot_wait")
    start = f"{NOTHING_AT_ONCE} -> dvds_look_up -> dvds_in_scope -> dvds_authorise -> dvds_authorised"
    forum = f"dvds_convene -> {NOT_SOUGHT} -> {DECIDED}"
    told = f"{TOLD} -> dvds_tell_applicant -> {AFTER_TELLING}"
    assert (
        walk(dvds_in_scope="cannot_wait", dvds_convene="delegated")
        == f"{start} -> {REVIEWED} -> {forum} -> {told}"
    )
    assert line.startswith(f"{start} -> {REVIEWED}")


def test_the_urgent_way_not_taken_is_the_usual_way():
    assert f"dvds_authorised -> {MET}" in walk(dvds_in_scope="cannot_wait", dvds_authorise="no")


def test_what_the_urgent_way_left_out_is_written_down():
    answers = {k: v for k, v in ANSWERS["dvds_record"]["told"].items() if k != "dvds_left_out"}
    assert problems("dvds_record", answers, dv_told_at=AT, dvds_urgent_way="yes") == {"dvds_left_out"}
    assert problems("dvds_record", answers, dv_told_at=AT) == set()
