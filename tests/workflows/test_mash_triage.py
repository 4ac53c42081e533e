"""Every path through the safeguarding hub in one line, and what is insisted on there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram, ways_round_records
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

FIRST = "mash_no_danger -> mash_known -> mash_acknowledge -> mash_acknowledged"
RATED = f"{FIRST} -> mash_screen -> mash_rate"
RETURNED = " -> ".join(["mash_return -> mash_returned"] * 3)
RESEARCHED = f"mash_choose -> {RETURNED} -> mash_collate -> mash_researched"
DECIDED = f"{RATED} -> {RESEARCHED} -> mash_outcome -> hub_decided"
TOLD = "mash_feedback -> mash_closed"


def walked(start="contact", **choices):
    return walked_any("mash_triage", start, **choices)


def walk(start="contact", **choices):
    return walked(start, **choices).said


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]


# The way of a contact --------------------------------------------------------------------------------------


def test_suspected_harm_goes_to_a_strategy_discussion():
    assert walk() == f"{DECIDED} -> mash_to_strategy -> {TOLD}"


@pytest.mark.parametrize("outcome", ["early_help", "other_agency", "nfa", "advice"])
def test_every_other_outcome_is_decided_with_reasons_and_told(outcome):
    assert walk(mash_outcome=outcome) == f"{DECIDED} -> {TOLD}"


def test_an_assessment_is_handed_over():
    walk_ = walked(mash_outcome="assessment")
    assert walk_.said == f"{DECIDED} -> mash_to_assessment -> {TOLD}"
    assert [each.name for each in walk_.thrown] == ["assessment_wanted"]


def test_an_open_case_goes_straight_to_its_social_worker_and_not_through_the_hub():
    assert walk(mash_known="yes") == f"{FIRST} -> mash_pass_on -> {TOLD}"


def test_a_contact_that_another_process_hands_over_goes_the_same_way():
    start = {"contact_received_at": "2026-03-03T09:00:00Z", "contact_concern": "?", "mash_children": []}
    assert walk_any("mash_triage", start, event="mash_contact_came") == walk()
    assert walk_any("mash_triage", {"contact_concern": "?"}, event="mash_contact_came") == walk()


def test_danger_is_acted_on_beside_the_contact():
    line = walked("danger").line
    assert {"police_told", "social_care_told", "mash_danger_told"} <= set(line)
    assert line.index("mash_known") < line.index("mash_danger_told")


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"mash_screen": "immediate_risk_raised"}).line
    assert "mash_told_again" in line and line[-1] == "mash_closed"


# Rating: a table recommends, a person decides, at any time again --------------------------------------------


@pytest.mark.parametrize("rating", ["red", "amber", "green", "blue"])
def test_the_table_recommends_what_the_screening_says(rating):
    assert walked(mash_screen=rating).variable("brag_recommended") == rating


def test_a_person_decides_otherwise_and_says_why():
    walk_ = walked(mash_rate="green_all_the_same")
    assert (walk_.variable("brag_recommended"), walk_.variable("brag")) == ("red", "green")
    assert problems("mash_rate", {"brag": "green", "brag_reasons": "?"}, brag_recommended="red") == {
        "brag_departed"
    }
    assert problems("mash_rate", {"brag": "red", "brag_reasons": "?"}, brag_recommended="red") == set()


def test_blue_is_decided_without_asking_any_agency():
    line = walk(mash_screen="blue", mash_outcome="advice")
    assert line == f"{RATED} -> mash_outcome -> hub_decided -> {TOLD}"


@pytest.mark.parametrize(
    ("rating", "clock", "due"),
    [
        ("red", "mash_red", datetime(2026, 3, 3, 13, 30, tzinfo=UTC)),
        ("amber", "mash_amber", datetime(2026, 3, 6, 9, 30, tzinfo=UTC)),
        ("green", "mash_green", datetime(2026, 3, 16, 9, 30, tzinfo=UTC)),
        ("blue", "referral_decision", datetime(2026, 3, 4, 17, tzinfo=UTC)),
    ],
)
def test_the_rating_chooses_the_clock_by_its_name(rating, clock, due):
    """Red runs through the night; amber and green in the hub's working hours."""
    (task,) = tasks(walked(mash_screen=rating, mash_outcome="nfa"), "mash_outcome")
    assert (task.clock, task.due) == (clock, due)


@pytest.mark.parametrize("rating", ["red", "amber", "green"])
def test_the_rating_chooses_how_soon_agencies_answer(rating):
    asked = tasks(walked(mash_screen=rating, mash_outcome="nfa"), "mash_return")
    assert {task.clock for task in asked} == {f"mash_return_{rating}"}


def test_new_information_changes_the_rating_at_any_time_and_the_manager_sees_it():
    walk_ = walked(mash_screen="green", meanwhile={"mash_collate": "mash_new_information:red"})
    (seen,), (outcome,) = tasks(walk_, "mash_raised"), tasks(walk_, "mash_outcome")
    assert (seen.role, seen.clock, outcome.clock) == ("csc_manager", "mash_red", "mash_red")
    assert walk_.line[-2:] == ["mash_new_limit", "mash_in_time"]


@pytest.mark.parametrize(("before", "after"), [("green", "red"), ("red", "green")])
@pytest.mark.parametrize("task", ["mash_choose", "mash_return"])
def test_what_opens_after_a_new_rating_follows_it_also_while_agencies_answer(task, before, after):
    """Up or down; what is open keeps its date."""
    walk_ = walked(mash_screen=before, meanwhile={task: f"mash_new_information:{after}"})
    opened = [tasks(walk_, name)[0] for name in ("mash_collate", "mash_outcome")]
    said = (f"mash_{after}", "true" if after == "red" else "false")
    assert [(each.clock, each.properties["handrail:urgent"]) for each in opened] == [said, said]
    asked = {each.clock for each in tasks(walk_, "mash_return")}
    assert asked == {f"mash_return_{after if task == 'mash_choose' else before}"}


def test_a_silent_agency_is_chased_by_the_new_rating():
    """Every agency that has not answered, two hours after the new rating and not a day after it was asked."""
    walk_ = walked(
        mash_screen="green",
        later="mash_return mash_raised mash_chase",
        meanwhile={"mash_return": "mash_new_information:red mash_return_late"},
    )
    (chase,) = tasks(walk_, "mash_chase")
    assert chase.properties["handrail:urgent"] == "true" and walk_.line.count("mash_wait_rated_again") == 3
    opened = datetime(2026, 3, 3, 11, 30, tzinfo=UTC)
    assert (chase.clock, chase.due) == ("mash_late", opened + timedelta(hours=2))


def test_what_agencies_are_told_of_a_new_rating_says_nothing_of_what_is_new():
    said = diagram("mash_triage").elements["mash_rating_told"].extensions
    assert {target for _, target in said.inputs} == {"brag", "rated_at"}


def test_a_new_rating_has_its_own_limit_that_closes_nothing():
    walk_ = walked(
        mash_screen="green",
        mash_outcome="nfa",
        meanwhile={"mash_collate": "mash_new_information:red", "mash_outcome": "mash_new_limit"},
        later="mash_outcome mash_collate",
    )
    assert "mash_chase_again" in walk_.line and "mash_chased_again" in walk_.line
    assert "mash_feedback" in walk_.line


def test_a_rating_may_also_go_down():
    walk_ = walked(meanwhile={"mash_collate": "mash_new_information:green"}, mash_outcome="nfa")
    assert walk_.variable("brag") == "green"


# Limits: they raise and record, and close nothing -----------------------------------------------------------


def test_after_a_working_day_the_manager_asks_why():
    line = walked(meanwhile={"mash_screen": "mash_day_past"}, later="mash_screen").line
    assert "mash_chase_contact" in line and "mash_day_recorded" in line and line[-1] == "mash_closed"


def test_a_contact_rated_and_acknowledged_within_the_day_asks_nothing():
    assert "mash_day_kept" in walk(meanwhile={"mash_collate": "mash_day_past"})


def test_the_working_day_counts_from_the_contact():
    (task,) = tasks(walked(), "mash_acknowledge")
    assert (task.clock, task.due) == ("referral_decision", datetime(2026, 3, 4, 17, tzinfo=UTC))


def test_a_late_outcome_is_looked_at_by_the_manager_and_still_decided():
    line = walked(meanwhile={"mash_collate": "hub_late"}).line
    assert "mash_chase_outcome" in line and "mash_chased" in line and line[-1] == "mash_closed"


# Agencies --------------------------------------------------------------------------------------------------

ASKED = {"agency": "mash_health", "agency_about": "?", "agency_question": "?", "brag": "red"}


def test_agencies_are_asked_all_at_once_and_each_sees_its_own_request_only():
    asked = tasks(walked(), "mash_return")
    assert [task.role for task in asked] == ["mash_police", "mash_health", "mash_education"]
    source = (WORKFLOWS / "mash_agency_research.bpmn").read_text()
    assert source.count('propagateAllParentVariables="false"') == 1
    assert not {key for key in form_of("mash_agency_return").keys if key.startswith("referrer")}


def test_every_return_reaches_whoever_puts_them_together():
    walk_ = walked(mash_return=("held", "nothing"))
    kept = [(each["return_agency"], each["return_held"]) for each in walk_.variable("agency_returns")]
    assert kept == [("mash_police", "yes"), ("mash_health", "no"), ("mash_education", "no")]


def test_no_task_that_asks_agencies_shows_who_referred():
    for name in ("mash_agency_research", "mash_agency_return"):
        tasks = list(diagram(name).of_kind("userTask"))
        shown = [task.extensions.properties.get("handrail:shows", "") for task in tasks]
        assert any(shown) and not any("referrer" in each for each in shown)


@pytest.mark.parametrize(("result", "more"), [("wait", []), ("escalate", ["mash_chase_escalated"])])
def test_an_agency_that_does_not_answer_is_chased_and_then_gone_on_without(result, more):
    walk_ = walked_any(
        "mash_agency_return",
        ASKED,
        later="mash_return",
        meanwhile={"mash_return": "mash_return_late mash_return_late"},
        mash_chase=(result, "without"),
    )
    went = ["mash_return_late", "mash_chase", *more, "mash_return_late", "mash_chase", "mash_went_without"]
    assert walk_.line == went
    assert [each.name for each in walk_.thrown] == (["escalation_raised"] if more else [])


def test_an_agency_that_is_chased_may_still_answer():
    late = {"mash_return": "mash_return_late"}
    line = walk_any("mash_agency_return", ASKED, later="mash_chase", meanwhile=late)
    assert line == "mash_return_late -> mash_return -> mash_returned"


def test_an_agency_marks_fact_opinion_and_age_of_each_thing_it_says():
    answers = {**ANSWERS["mash_agency_return"]["held"], "agency_items": [{"item_said": "?"}]}
    assert problems("mash_agency_return", answers) == {
        "agency_items.0.item_mark",
        "agency_items.0.item_age",
    }
    graded = [{"item_said": "?", "item_mark": "intelligence", "item_age": "current"}]
    assert problems("mash_agency_return", {**answers, "agency_items": graded}) == {
        "agency_items.0.item_grading"
    }


# Decision and feedback -------------------------------------------------------------------------------------


def test_the_manager_who_decides_neither_rated_nor_put_the_answers_together():
    said = diagram("mash_triage").elements["mash_outcome"].extensions
    assert said.role == "csc_manager"
    assert set(said.properties["handrail:four_eyes"].split()) == {"mash_rate", "mash_collate"}


def test_no_further_action_says_what_makes_it_safe():
    answers = {**ANSWERS["mash_outcome"]["nfa"], "mash_nfa_safe": " "}
    assert problems("mash_outcome", answers) == {"mash_nfa_safe"}


def test_reasonable_cause_without_a_strategy_discussion_needs_its_reasons():
    answers = {**ANSWERS["mash_outcome"]["nfa"], "mash_section_47": "yes"}
    assert problems("mash_outcome", answers) == {"mash_against"}
    assert walk(mash_outcome="against") == f"{DECIDED} -> mash_to_assessment -> {TOLD}"


@pytest.mark.parametrize(
    ("start", "more", "told"),
    [
        ("contact", {}, "outcome"),
        ("neighbour", {}, "received"),
        ("anonymous", {"mash_acknowledge": "cannot", "mash_feedback": "nothing"}, "nothing"),
    ],
)
def test_what_the_referrer_may_be_told_depends_on_who_they_are(start, more, told):
    assert walked(start, **more).variable("feedback_recommended") == told


def test_nobody_is_told_what_others_said():
    answers = {**ANSWERS["mash_feedback"]["outcome"], "feedback_least": False}
    assert problems("mash_feedback", answers) == {"feedback_least"}


def test_a_referrer_who_disagrees_is_taken_to_the_next_stage():
    walk_ = walked(mash_feedback="disagrees", mash_outcome="nfa")
    assert walk_.said == f"{DECIDED} -> mash_feedback -> mash_escalated"
    assert [each.name for each in walk_.thrown] == ["escalation_raised"]


def test_what_is_handed_over_says_nothing_of_the_referrer():
    (thrown,) = walked().thrown
    assert "cp_children" in thrown.variables
    assert not {key for key in thrown.variables if key.startswith("referrer")}


# Forms and diagrams ----------------------------------------------------------------------------------------


def test_only_social_care_starts_it_so_that_a_referrer_never_comes_to_see_the_case():
    process = diagram("mash_triage").processes["mash_triage"]
    assert process.extensions.properties["handrail:start_roles"] == "csc_screening csc_manager"
    start = diagram("mash_triage").elements["mash_contact_came"]
    assert start.extensions.properties["handrail:case"] == "new"


def test_every_end_passes_a_decision_record():
    assert ways_round_records(path.stem for path in sorted(WORKFLOWS.glob("mash_*.bpmn"))) == []


def test_a_contact_is_about_at_least_one_child():
    answers = {**ANSWERS["mash_contact"]["contact"], "mash_children": []}
    assert problems("mash_contact", answers) == {"mash_children_missing"}


def test_the_family_is_told_or_it_is_said_why_not_and_agreement_is_never_required():
    answers = {**ANSWERS["mash_contact"]["contact"], "family_told": "unsafe"}
    assert problems("mash_contact", answers) == {"family_told_why"}
    assert offered("mash_contact", "family_told", {}) == {"agreed", "told", "unsafe", "not_yet"}
