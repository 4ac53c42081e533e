"""Every path through a professional disagreement: stages of a table, their clocks, and immediate harm."""

from __future__ import annotations

import json

import pytest

from engine.spiff.bundle import compile
from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS, walk, walked, walked_through

END = "ladder_settled -> record_dispute -> dispute_settled"
ONE = "settle_stage -> stage_done"


def roles(walk_):
    return [each.role for each in walk_.tasks if each.element in ("talk_stage", "settle_stage")]


def test_most_disagreements_end_between_the_practitioners():
    assert walk("disagreement", "standard") == f"talk_stage -> stage_done -> {END}"


def test_unsettled_it_goes_through_every_stage_to_the_partners_executives():
    walk_ = walked(
        "disagreement",
        "standard",
        talk_stage="not_agreed",
        settle_stage=("not_agreed", "not_agreed", "not_agreed", "decided"),
    )
    assert walk_.said == f"talk_stage -> stage_done -> {' -> '.join([ONE] * 4)} -> {END}"
    assert roles(walk_) == [
        "practitioner",
        "line_manager",
        "partner_head",
        "partner_director",
        "partner_executive",
    ]
    clocks = [each.clock for each in walk_.tasks if each.element in ("talk_stage", "settle_stage")]
    assert clocks == [f"disagreement_standard_{stage}" for stage in range(1, 6)]


def test_with_the_police_the_supervisor_on_call_is_a_stage():
    walk_ = walked("disagreement", "police", talk_stage="not_agreed")
    assert roles(walk_) == ["practitioner", "police_supervisor"]
    assert walk_.tasks[1].clock == "disagreement_high_2"


@pytest.mark.parametrize(
    ("start", "owner"), [("information", "ig_lead"), ("health_information", "caldicott_guardian")]
)
def test_information_that_was_not_shared_climbs_a_second_ladder_beside_the_first(start, owner):
    walk_ = walked("disagreement", start, settle_stage=("not_agreed", "agreed"))
    assert walk_.line.count("ladder_settled") == 2 and walk_.line[-1] == "dispute_settled"
    assert roles(walk_) == ["practitioner", "dsl", owner]


def test_immediate_harm_jumps_to_any_stage_at_once():
    walk_ = walked("disagreement", "immediate", choose_stage="top", settle_stage="decided")
    assert walk_.said == f"choose_stage -> {ONE} -> {END}"
    assert roles(walk_) == ["partner_executive"]
    chosen = walk_.tasks[0]
    assert (chosen.clock, chosen.priority) == ("disagreement_immediate_1", 90)


def test_harm_that_becomes_immediate_goes_on_at_another_stage_at_once():
    walk_ = walked(
        "disagreement",
        "standard",
        meanwhile={"talk_stage": "harm_now"},
        choose_stage="heads",
    )
    assert walk_.said == f"harm_now -> choose_stage -> {ONE} -> {END}"
    assert roles(walk_) == ["practitioner", "partner_head"]
    assert walk_.tasks[-2].clock == "disagreement_immediate_3"


def test_the_stages_to_choose_from_are_those_of_the_table():
    stages = [{"number": 1, "title": "First"}, {"number": 2, "title": "Second"}]
    assert offered("choose_stage", "first_stage", {}, disagreement_stages=stages) == {"1", "2"}


def test_the_number_and_the_owners_of_stages_stand_in_the_table_only():
    """A partnership with two stages edits the table, and the same diagrams run."""
    stages = [
        {"number": 1, "title": "One", "owner": "dsl", "clock": "disagreement_standard_1"},
        {"number": 2, "title": "Two", "owner": "partner_director", "clock": "disagreement_standard_3"},
    ]
    walk_ = walked_through(
        _with_stages(stages), "disagreement_ladder", LADDER, settle_stage=("not_agreed", "decided")
    )
    assert walk_.said == f"{ONE} -> {ONE} -> ladder_settled"
    assert roles(walk_) == ["dsl", "partner_director"]
    for name in ("disagreement", "disagreement_ladder", "disagreement_stage"):
        source = (WORKFLOWS / f"{name}.bpmn").read_text()
        assert not [
            each for each in ("partner_head", "partner_director", "partner_executive") if each in source
        ]


LADDER = {
    "disagreement_ladder": "practice",
    "disagreement_urgency": "standard",
    "other_party": "other",
    "start_number": 1,
}


def _with_stages(stages):
    """The shipped ladder, given these stages in place of its table's."""
    source = (WORKFLOWS / "disagreement_ladder.bpmn").read_text()
    given = json.dumps(stages).replace('"', "&quot;")
    first = 'target="stage_number"/>'
    assert source.count(first) == 2
    drawn = source.replace(first, f'{first}<zeebe:output source="={given}" target="disagreement_stages"/>', 1)
    files = {path.name: path.read_bytes() for path in WORKFLOWS.glob("*.bpmn")}
    return compile(files | {"disagreement_ladder.bpmn": drawn.encode()}, "disagreement_ladder")


# Time ------------------------------------------------------------------------------------------------------


def test_a_stage_out_of_time_is_told_to_the_next_owner_who_may_take_it_up():
    walk_ = walked("disagreement", "standard", meanwhile={"talk_stage": "stage_time"}, later="talk_stage")
    assert walk_.said == f"stage_time -> stage_late -> stage_taken_up -> {ONE} -> {END}"
    late = next(each for each in walk_.tasks if each.element == "stage_late")
    assert late.role == "line_manager"


def test_nothing_moves_by_itself_when_a_stage_runs_out_of_time():
    walk_ = walked("disagreement", "standard", meanwhile={"talk_stage": "stage_time"}, later="stage_late")
    assert walk_.said == f"stage_time -> talk_stage -> stage_done -> {END}"


def test_it_may_stay_at_its_stage_and_is_asked_about_again():
    line = walked(
        "disagreement",
        "standard",
        meanwhile={"talk_stage": "stage_time"},
        later="talk_stage",
        stage_late="wait",
    ).line
    assert line[:3] == ["stage_time", "stage_late", "talk_stage"]


def test_the_last_stage_ends_it_and_has_no_next():
    stages = [{"number": 1}, {"number": 2}]
    last = {"disagreement_stages": stages, "stage": {"number": 2}}
    first = {"disagreement_stages": stages, "stage": {"number": 1}}
    assert offered("settle_stage", "stage_result", {}, **last) == {"agreed", "decided"}
    assert offered("settle_stage", "stage_result", {}, **first) == {"agreed", "not_agreed"}
    assert offered("stage_late", "stage_late_result", {}, **last) == {"wait"}


# Handed over, recorded -------------------------------------------------------------------------------------


def test_another_process_hands_over_and_what_is_missing_is_completed():
    handed = {"disagreement_about": "no_answer", "other_party": "other", "disagreement_urgency": "high"}
    said = walk("disagreement", handed, event="dispute_handed")
    assert said == f"describe_dispute -> talk_stage -> stage_done -> {END}"
    start = diagram("disagreement").elements["dispute_handed"]
    assert [each.name for each in start.events] == ["escalation_raised"]


def test_it_is_not_for_complaints_about_conduct():
    answers = {**ANSWERS["start_disagreement"]["standard"], "disagreement_conduct": "yes"}
    assert problems("start_disagreement", answers) == {"disagreement_not_conduct"}


@pytest.mark.parametrize("view", ["stage_our_view", "stage_their_view"])
def test_both_views_are_kept_at_every_stage(view):
    answers = {**ANSWERS["settle_stage"]["agreed"], view: " "}
    context = {"disagreement_stages": [{"number": 1}], "stage": {"number": 1, "title": "One"}}
    assert problems("settle_stage", answers, **context) == {view}


def test_danger_is_acted_on_beside_the_disagreement():
    line = walked("disagreement", "standard", meanwhile={"talk_stage": "immediate_risk_raised"}).line
    assert "dispute_danger_told" in line and line[-1] == "dispute_settled"
