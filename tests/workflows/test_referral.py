"""Every path of telling children's social care about a child in one line, and what is insisted on there."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.test_forms import problems
from tests.workflows.walking import walked as walked_any

SENT = "refer_no_danger -> refer_family -> refer_send"


def walked(start="worry", **choices):
    return walked_any("referral", start, **choices)


def walk(start="worry", **choices):
    return walked(start, **choices).said


def sent(walk_):
    return [each.name for each in walk_.thrown]


def test_a_worry_goes_to_the_hub_and_its_answer_is_waited_for():
    walk_ = walked()
    assert walk_.said == f"{SENT} -> refer_to_hub -> refer_reply -> refer_closed"
    assert sent(walk_) == ["mash_contact"]


def test_a_move_goes_to_whoever_sees_to_moves():
    walk_ = walked("moves")
    assert walk_.said == f"{SENT} -> refer_move -> refer_reply -> refer_closed"
    assert sent(walk_) == ["child_moving"]


def test_a_worry_and_a_move_go_to_both():
    assert set(sent(walked("both"))) == {"mash_contact", "child_moving"}


def test_danger_is_told_at_once_and_once_only():
    walk_ = walked("danger")
    assert {"police_told", "social_care_told", "refer_danger_told"} <= set(walk_.line)
    (contact,) = walk_.thrown
    assert contact.variables["contact_danger"] == "no"


TOLD = "confirm_call -> police_told -> social_care_told -> told"


@pytest.mark.parametrize("stage", ["refer_family", "refer_send", "refer_reply"])
def test_new_danger_is_told_at_once_at_any_stage_and_nothing_stops_for_it(stage):
    line = walk(meanwhile={stage: "immediate_risk_raised"})
    assert f"refer_danger_later -> {stage}" in line
    on_its_way = [
        each for each in line.split(" -> ") if each not in (*TOLD.split(" -> "), "refer_danger_later")
    ]
    assert " -> ".join(on_its_way) == walk()


def test_an_answer_from_social_care_does_not_wait_for_whoever_is_told_of_danger():
    later = "confirm_call police_told social_care_told"
    line = walk(meanwhile={"refer_reply": "immediate_risk_raised"}, later=later)
    assert line.endswith(f"refer_reply -> refer_closed -> {TOLD}")


def test_danger_may_be_raised_again_after_the_danger_at_the_start():
    line = walk("danger", meanwhile={"refer_reply": "immediate_risk_raised"})
    assert line.count("police_told") == 2 and "refer_danger_told" in line


def test_only_children_are_named_to_the_hub():
    (contact,) = walked().thrown
    assert [each["part"] for each in contact.variables["case_subjects"]] == ["child"]


def test_the_family_not_being_told_needs_its_reason_and_agreement_is_never_required():
    assert problems("referral_family", {"family_told": "unsafe"}) == {"family_told_why"}
    assert problems("referral_family", {"family_told": "told"}) == set()
    assert walk(referral_family="unsafe") == walk()


def test_what_is_sent_says_why_and_that_it_is_no_more_than_needed():
    answers = {**ANSWERS["referral_send"]["sent"], "refer_reasons": " ", "refer_accurate": False}
    assert problems("referral_send", answers) == {"refer_reasons", "refer_accurate"}


def test_a_child_is_named_and_a_move_says_which_way():
    assert "refer_children_missing" in problems(
        "referral_start", {**ANSWERS["referral_start"]["worry"], "refer_children": []}
    )
    moves = {
        key: each for key, each in ANSWERS["referral_start"]["moves"].items() if key != "refer_direction"
    }
    assert problems("referral_start", moves) == {"refer_direction"}


def test_an_answer_is_due_in_one_working_day():
    (task,) = [each for each in walked().tasks if each.element == "refer_reply"]
    assert (task.role, task.clock) == ("practitioner", "referral_decision")


def test_whoever_disagrees_escalates():
    walk_ = walked(refer_reply="disagrees")
    assert walk_.line[-1] == "refer_disagreed"
    assert sent(walk_) == ["mash_contact", "escalation_raised"]


def test_no_answer_is_chased_by_the_lead_every_working_day_until_there_is_one():
    walk_ = walked(
        late="refer_reply",
        later="refer_reply",
        meanwhile={"refer_reply": "refer_wait"},
        refer_chase=("wait", "wait"),
    )
    assert walk_.line.count("refer_chase") == 2
    assert walk_.line[-1] == "refer_in_the_end" and "refer_closed" in walk_.line


def test_no_answer_is_escalated_and_still_waited_for():
    walk_ = walked(late="refer_reply", refer_chase="escalate", later="refer_reply")
    assert sent(walk_) == ["mash_contact", "escalation_raised"]
    assert walk_.thrown[-1].variables["disagreement_about"] == "no_answer"
    assert walk_.line[-1] == "refer_closed"
