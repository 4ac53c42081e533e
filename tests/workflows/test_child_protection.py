"""Every path through child protection in one line, and the times and separations that are insisted on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram, ways_round_records
from tests.workflows.test_forms import problems
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

AT = "2026-03-03T09:00:00Z"
CHILD = {"cp_children": [{"child_name": "?"}], "cp_reason": "?", "cp_referred_at": AT}
ENQUIRED = {**CHILD, "strategy_at": AT, "strategy_outcome": "section_47"}
CLOSED = "cp_record -> cp_closed"
PARTS = ("child_protection", "section_47_enquiry", "child_assessment", "protection_conference")


def walked(start="wanted", **choices):
    return walked_any("child_protection", start, **choices)


def enquiry(**choices):
    return walk_any("section_47_enquiry", ENQUIRED, **choices)


def conference(**choices):
    return walk_any("protection_conference", ENQUIRED, **choices)


def assessment(**choices):
    return walk_any("child_assessment", CHILD, **choices)


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]


# From the strategy discussion to the outcome ----------------------------------------------------------------


def test_enquiries_and_assessment_run_beside_each_other_and_a_conference_follows():
    line = walked().line
    assert line[0] == "cp_strategy" and line[-2:] == ["cp_record", "cp_closed"]
    assert {"s47_see", "s47_agree", "assess_child", "hold_conference", "core_group", "plan_ended"} <= set(
        line
    )
    assert line.index("assess_child") < line.index("hold_conference")


def test_no_conference_is_a_decision_and_the_outcome_is_recorded():
    line = walked(s47_agree="no_conference").line
    assert "hold_conference" not in line and line[-1] == "cp_closed"


def test_an_assessment_alone():
    line = walked(cp_strategy="assessment").said
    assert line == f"cp_strategy -> assess_child -> assessment_agree -> assessment_ended -> {CLOSED}"


def test_no_reasonable_cause_is_recorded_with_reasons():
    assert walked(cp_strategy="nfa").said == f"cp_strategy -> {CLOSED}"


def test_discussed_again_the_conference_counts_from_the_last_discussion():
    walk_ = walked(cp_strategy=("again", "section_47"))
    assert walk_.line[:2] == ["cp_strategy", "cp_strategy"]
    (task,) = tasks(walk_, "hold_conference")
    assert (task.clock, task.due) == ("initial_conference", datetime(2026, 3, 24, 17, tzinfo=UTC))


def test_the_hub_hands_over_and_nothing_of_the_referrer_is_needed():
    line = walk_any("child_protection", CHILD, event="cp_handed_over", cp_strategy="nfa")
    assert line == f"cp_strategy -> {CLOSED}"


def test_a_late_strategy_discussion_is_told_to_the_head_of_service():
    line = walked(late="cp_strategy", cp_strategy="nfa").line
    assert {"cp_chase_strategy", "cp_strategy_chased", "cp_closed"} <= set(line)


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"cp_record": "immediate_risk_raised"}, cp_strategy="nfa").line
    assert {"cp_told_again", "cp_closed"} <= set(line)


def test_a_discussion_without_police_or_health_says_why():
    answers = {**ANSWERS["cp_strategy"]["nfa"], "strategy_present": ["csc", "police"]}
    assert problems("cp_strategy", answers) == {"strategy_missing"}


# Section 47 enquiries --------------------------------------------------------------------------------------

SEEN = "s47_responsible -> s47_see -> s47_protect"
AGREED = "s47_enquire -> s47_agree -> s47_ended"


def test_the_child_is_seen_and_protected_before_the_enquiries_end():
    assert enquiry() == f"{SEEN} -> {AGREED}"


def test_the_child_is_seen_within_24_hours():
    (task,) = tasks(walked_any("section_47_enquiry", ENQUIRED), "s47_see")
    assert (task.clock, task.due) == ("child_seen", datetime(2026, 3, 4, 9, 30, tzinfo=UTC))


def test_a_child_found_here_is_enquired_about_here():
    assert enquiry(s47_responsible="found_here") == f"{SEEN} -> {AGREED}"


def test_responsibility_moves_only_when_accepted_in_writing():
    assert enquiry(s47_responsible="theirs") == "s47_responsible -> s47_theirs"
    answers = {**ANSWERS["cp_responsible"]["theirs"], "s47_accepted": ""}
    assert problems("cp_responsible", answers) == {"s47_accepted"}


@pytest.mark.parametrize("why", ["refused", "not_found"])
def test_a_child_who_was_not_seen_is_the_managers_question_until_seen(why):
    line = enquiry(s47_see=(why, "alone"))
    assert line == f"s47_responsible -> s47_see -> s47_not_seen -> s47_see -> s47_protect -> {AGREED}"


def test_24_hours_and_not_seen_raises_and_closes_nothing():
    line = enquiry(late="s47_see")
    assert "s47_unseen" in line and "s47_chased" in line and line.endswith("s47_ended")


@pytest.mark.parametrize(
    ("power", "clock", "day"),
    [("police_protection", "police_protection", 6), ("order", "emergency_protection_order", 11)],
)
def test_what_follows_a_power_is_decided_before_it_ends(power, clock, day):
    walk_ = walked_any("section_47_enquiry", ENQUIRED, s47_protect=power)
    (task,) = tasks(walk_, "s47_order_next")
    assert (task.clock, task.due.date().day) == (clock, day)
    assert walk_.said == f"{SEEN} -> s47_order_next -> {AGREED}"


def test_the_manager_may_send_the_enquiries_back():
    assert enquiry(s47_agree=("back", "conference")) == f"{SEEN} -> s47_enquire -> s47_agree -> {AGREED}"


# Assessment ------------------------------------------------------------------------------------------------


def test_an_assessment_has_45_working_days_from_the_referral():
    """Good Friday and Easter Monday do not count."""
    (task,) = tasks(walked_any("child_assessment", CHILD), "assess_child")
    assert (task.clock, task.due.date().isoformat()) == ("assessment", "2026-05-08")


def test_reasons_are_recorded_when_the_45_days_are_exceeded():
    line = assessment(late="assess_child", later="assessment_why_late")
    assert "assessment_why_late -> assessment_delay" in line and "assessment_ended" in line


def test_the_manager_may_send_the_assessment_back():
    again = assessment(assessment_agree=("back", "in_need"))
    assert again == "assess_child -> assessment_agree -> " * 2 + "assessment_ended"


def test_an_assessment_may_lead_to_a_strategy_discussion():
    walk_ = walked_any("child_assessment", CHILD, event="assessment_handed_over", assessment_agree="strategy")
    assert walk_.said == "assess_child -> assessment_agree -> assessment_to_strategy"
    assert [each.name for each in walk_.thrown] == ["strategy_discussion_wanted"]


def test_beside_enquiries_no_second_strategy_discussion_is_started():
    walk_ = walked(assessment_agree="strategy", s47_agree="no_conference")
    assert "assessment_ended" in walk_.line and not walk_.thrown


# Conference, plan and reviews ------------------------------------------------------------------------------


def test_a_plan_has_a_core_group_and_reviews_until_it_ends():
    line = conference(hold_review=("on", "on", "end"))
    reviews = " -> ".join(["hold_review"] * 3)
    assert line == f"hold_conference -> core_group -> {reviews} -> plan_ended"


def test_reviews_come_after_three_months_and_then_every_six():
    walk_ = walked_any("protection_conference", ENQUIRED, hold_review=("on", "end"))
    first, second = tasks(walk_, "hold_review")
    assert (first.clock, first.due.date().isoformat()) == ("first_review_conference", "2026-06-03")
    assert (second.clock, second.due.date().isoformat()) == ("review_conference", "2026-09-03")


def test_the_core_group_meets_within_ten_working_days():
    (task,) = tasks(walked_any("protection_conference", ENQUIRED), "core_group")
    assert (task.clock, task.due.date().isoformat()) == ("core_group", "2026-03-17")


def test_a_conference_may_decide_against_a_plan():
    assert conference(hold_conference="no_plan") == "hold_conference -> no_plan"


@pytest.mark.parametrize(
    ("task", "told"),
    [
        ("hold_conference", "conference_chased"),
        ("core_group", "core_chased"),
        ("hold_review", "review_chased"),
    ],
)
def test_what_is_late_is_told_on_and_closes_nothing(task, told):
    line = conference(late=task)
    assert told in line and "plan_ended" in line


def test_a_plan_ends_for_a_move_only_with_the_acceptance_in_writing():
    answers = {**ANSWERS["cp_review"]["moved"], "review_accepted": " "}
    assert problems("cp_review", answers) == {"review_accepted"}
    assert conference(hold_review="moved").endswith("hold_review -> plan_ended")


# Separations and records -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("process", "task", "others"),
    [
        ("section_47_enquiry", "s47_agree", {"s47_enquire", "s47_see"}),
        ("child_assessment", "assessment_agree", {"assess_child"}),
        (
            "protection_conference",
            "hold_conference",
            {"s47_enquire", "s47_agree", "cp_strategy", "assess_child"},
        ),
        ("protection_conference", "hold_review", {"core_group", "s47_agree"}),
    ],
)
def test_nobody_agrees_to_or_reviews_their_own_work(process, task, others):
    said = diagram(process).elements[task].extensions.properties
    assert set(said["handrail:four_eyes"].split()) == others


def test_every_end_passes_a_decision_record():
    assert ways_round_records((*PARTS, "immediate_danger")) == []


@pytest.mark.parametrize("key", ["strategy_reasons", "strategy_safe", "strategy_each_child"])
def test_a_strategy_discussion_records_reasons_safety_and_each_child(key):
    answers = {**ANSWERS["cp_strategy"]["section_47"], key: " "}
    assert problems("cp_strategy", answers) == {key}
