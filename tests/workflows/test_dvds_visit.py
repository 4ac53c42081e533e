"""Telling in person, with the undertaking, and what comes after: words, B, plan, record, closing."""

from __future__ import annotations

import pytest

from engine import forms
from tests.workflows.answers import ANSWERS, SAID
from tests.workflows.shipped import diagram, ways_round_records
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_dvds import AT, CASE, CLOSED, RECORDED, TOLD, tasks, walk, walked


def test_a_may_decline_to_hear_it_and_the_safety_plan_is_made_all_the_same():
    line = walk("know", dvds_offer="declined")
    assert f"dvds_plan_visit -> dvds_offer -> dvds_declined -> {RECORDED} -> {CLOSED}" in line
    assert problems("dvds_offer", {"offer_result": "declined", "offer_said": SAID}) == {"offer_left_open"}


def test_not_met_safely_it_is_planned_again():
    line = walk_any("dvds_visit", CASE, dvds_offer=("not_met", "yes"))
    assert line == f"dvds_plan_visit -> dvds_offer -> {TOLD}"


@pytest.mark.parametrize("warning", ["purpose", "confidential", "legal", "b"])
def test_every_warning_is_given_before_they_sign(warning):
    answers = {**ANSWERS["dvds_undertaking"]["signed"], f"dv_warned_{warning}": False}
    assert problems("dvds_undertaking", answers) == {f"dv_warned_{warning}"}


def test_nothing_is_ever_told_in_writing():
    answers = {**ANSWERS["dvds_tell"]["told"], "dv_told_nothing_written": False}
    assert problems("dvds_tell", answers) == {"dv_told_nothing_written"}
    assert offered("dvds_tell_applicant", "dv_applicant_how", {}) == {"in_person", "telephone", "not_told"}


UNSIGNED = "dvds_plan_visit -> dvds_offer -> dvds_undertake -> dvds_unsigned"


@pytest.mark.parametrize(
    ("decision", "then"),
    [
        ("tell_all_the_same", "dvds_tell -> dvds_told"),
        ("tell_less", "dvds_tell -> dvds_told"),
        ("not_told", "dvds_protected_otherwise"),
    ],
)
def test_unsigned_a_supervisor_decides_the_same_day_and_nothing_is_refused_by_itself(decision, then):
    walk_ = walked_any("dvds_visit", CASE, dvds_undertake="refused", dvds_unsigned=decision)
    assert walk_.said == f"{UNSIGNED} -> {then}"
    (task,) = tasks(walk_, "dvds_unsigned")
    assert (task.role, task.due.date()) == ("police_supervisor", walk_.clock.now.date())


def test_unsigned_somebody_else_may_be_told_and_is_warned_too():
    line = walk_any(
        "dvds_visit", CASE, dvds_undertake=("refused", "signed"), dvds_unsigned="another_protector"
    )
    assert line == f"{UNSIGNED} -> {TOLD}"


def test_not_told_at_the_visit_ends_with_plan_and_record():
    line = walk(dvds_undertake="refused", dvds_unsigned="not_told")
    assert f"dvds_protected_otherwise -> dvds_tell_applicant -> {RECORDED} -> {CLOSED}" in line


TOLD_A = {"dv_told_at": AT, "told_is": "a", "applicant_is": "a"}


@pytest.mark.parametrize(
    ("earlier", "allowed"),
    [
        (TOLD_A, {"at_disclosure"}),
        ({"applicant_is": "a", "dv_told_at": None}, {"nothing_to_disclose", "why_it_stops", "nothing"}),
        ({"applicant_is": "c", "dv_told_at": None}, {"dealt_with", "nothing"}),
        ({"applicant_is": "c", "dv_told_at": AT, "told_is": "a"}, {"dealt_with", "nothing"}),
    ],
)
def test_c_is_never_told_the_outcome(earlier, allowed):
    assert offered("dvds_tell_applicant", "dv_applicant_told", {}, **earlier) == allowed


def test_nobody_is_ever_told_that_there_is_no_record():
    answers = {**ANSWERS["dvds_tell_applicant"]["nothing_to_disclose"], "dv_applicant_neutral": False}
    assert "dv_applicant_neutral" in problems("dvds_tell_applicant", answers)
    for path in WORKFLOWS.glob("forms/dvds_*.form"):
        words = path.read_text().lower()
        assert "no record" not in words and "no trace" not in words and "nothing is known" not in words


def test_b_is_asked_about_only_where_something_was_told_and_never_chosen_for_people():
    assert "dvds_inform_b" not in walked(dvds_decide="not_disclose").line
    assert shown("dvds_inform_b", {})["b_informed"].value in (None, "")
    assert problems("dvds_inform_b", {"b_informed": "yes", "b_informed_why": SAID}) == {"b_informed_plan"}


@pytest.mark.parametrize(
    "choices",
    [
        {"dvds_in_scope": "no"},
        {"dvds_decide": "not_disclose"},
        {"dvds_offer": "declined"},
        {"dvds_prove": "not_proved", "dvds_take_on": "no"},
    ],
    ids=["outside", "not disclosed", "declined", "not proved"],
)
def test_there_is_a_safety_plan_whatever_the_outcome(choices):
    line = walked(**choices).line
    assert line.index("dvds_plan_safety") < line.index("dvds_record_outcome")


OUTCOMES = [
    ({"dv_told_at": AT}, "told"),
    ({"offer_result": "declined"}, "declined"),
    ({"dvds_scope": "no"}, "out_of_scope"),
    ({"dvds_decision": "not_disclose"}, "not_disclosed"),
    ({"dvds_decision": "disclose"}, "not_told"),
    ({"balance": "more"}, "too_dangerous"),
    ({"dvds_proved": "no"}, "stopped"),
]


@pytest.mark.parametrize(("earlier", "outcome"), OUTCOMES)
def test_only_the_outcome_that_came_about_can_be_recorded(earlier, outcome):
    assert offered("dvds_record", "dvds_outcome", {}, **earlier) == {outcome}


def test_the_record_holds_the_reasons_for_every_part():
    earlier = {"dv_pressing_why": "Because", "told_is_why": "Because", "dv_told_at": AT}
    kept = forms.submit(form_of("dvds_record"), ANSWERS["dvds_record"]["told"], earlier).kept
    assert (kept["dv_pressing_why"], kept["told_is_why"]) == ("Because", "Because")


def test_b_who_asks_for_their_own_data_does_not_learn_of_it():
    answers = {**ANSWERS["dvds_record"]["told"], "dvds_sealed": False}
    assert problems("dvds_record", answers, dv_told_at=AT) == {"dvds_sealed"}
    assert "dv_close_b" in problems("dvds_close", {})


def test_what_was_told_is_watched_and_a_breach_makes_people_safe_first():
    line = walk("know", dvds_watch=("watch_on", "broken"))
    assert line.endswith(f"dvds_watch -> dvds_watch -> dvds_breach -> {CLOSED}")


def test_every_end_passes_the_decision_record_and_every_part_is_sealed():
    names = [path.stem for path in WORKFLOWS.glob("dvds_*.bpmn")]
    assert ways_round_records(names) == []
    for name in names:
        for process in diagram(name).processes.values():
            assert process.extensions.properties["handrail:sealed"] == "true"
    for name in ("dvds_disclosure", "dvds_referral"):
        properties = diagram(name).processes[name].extensions.properties
        assert properties["handrail:requires_record"] == "decision"


def test_the_edition_is_kept_with_the_case():
    for form in ("dvds_first_contact", "dvds_referral"):
        kept = forms.submit(form_of(form), next(iter(ANSWERS[form].values())), {}).kept
        assert kept["edition"] == "DVDS-2023-04"
