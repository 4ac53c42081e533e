"""Every path of an impact assessment in one line; above all that a single share never waits for one."""

from __future__ import annotations

from datetime import date

import pytest

from engine import forms
from engine.forms.fields import walk as every
from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

DRAFTED = "regular -> high_risk -> describe -> risks -> advise"
RUNS = "sign -> a_year_on -> review_flow -> flow_over"


def walked(start="flow", **choices):
    return walked_any("impact_assessment", start, **choices)


def walk(start="flow", **choices):
    return walked(start, **choices).said


# The ways --------------------------------------------------------------------------------------------------


def test_a_single_share_needs_none_and_goes_on():
    assert walk(regular="one_off") == "regular -> one_off"


def said_in(start):
    answers = ANSWERS["start_impact_assessment"][start]
    view = forms.view(form_of("start_impact_assessment"), answers, {})
    return " ".join(field.html for field in every(view) if field.visible)


def test_a_share_that_waits_is_told_to_go_on_before_anything_is_asked():
    assert "never waits for an impact assessment" in said_in("share_waiting")
    assert "never waits for an impact assessment" not in said_in("flow")


def test_what_is_covered_already_is_not_assessed_again():
    assert walk(regular="covered") == "regular -> covered"
    answers = {"flow_kind": "covered", "flow_kind_reasons": "Because"}
    assert problems("impact_systematic", answers) == {"flow_covered_by"}


def test_without_a_high_risk_the_agreement_is_signed():
    assert walk(high_risk="not_high") == f"regular -> high_risk -> {RUNS}"


def test_a_high_risk_is_assessed_advised_on_and_accepted_before_it_starts():
    assert walk() == f"{DRAFTED} -> accept -> {RUNS}"


def test_the_guardian_is_consulted_for_health_and_care():
    assert walk("health") == f"{DRAFTED} -> guardian -> accept -> {RUNS}"


def test_going_ahead_against_the_guardian_needs_its_reason():
    answers = ANSWERS["impact_accept"]["accept"]
    assert problems("impact_accept", answers, guardian_view="not_supported") == {"guardian_departed"}
    assert walk("health", guardian="not_supported").endswith(f"guardian -> accept -> {RUNS}")


def test_advice_may_send_it_back():
    line = walk(advise=("back", "sound"))
    assert line == f"{DRAFTED} -> risks -> advise -> accept -> {RUNS}"


def test_the_risk_owner_may_have_it_changed_or_stop_it():
    changed = f"{DRAFTED} -> accept -> risks -> advise -> accept -> not_started"
    assert walk(accept=("change", "stop")) == changed


@pytest.mark.parametrize("task", ["advise", "guardian", "accept"])
def test_whoever_drafted_it_neither_advises_nor_accepts(task):
    said = diagram("impact_assessment").elements[task].extensions.properties
    assert "risks" in said["handrail:four_eyes"].split()


def test_a_flow_that_a_case_finds_takes_the_same_way():
    given = ANSWERS["start_impact_assessment"]["flow"]
    assert walked_any("impact_assessment", given, event="flow_handed_over").said == walk()


# The Commissioner ------------------------------------------------------------------------------------------

CONSULTED = "consult_commissioner -> commissioner_answers -> commissioner_answered"


def test_a_high_risk_that_remains_is_taken_to_the_commissioner_first():
    assert walk(advise="high_remains") == f"{DRAFTED} -> {CONSULTED} -> accept -> {RUNS}"


@pytest.mark.parametrize("answer", ["change", "infringes"])
def test_what_the_commissioner_objects_to_cannot_be_accepted_as_it_stands(answer):
    allowed = offered("impact_accept", "goes_ahead", {}, commissioner_answer=answer)
    assert allowed == {"change", "stop"}
    line = walk(advise="high_remains", commissioner_answers=answer, accept="stop")
    assert line == f"{DRAFTED} -> {CONSULTED} -> accept -> not_started"


@pytest.mark.parametrize(
    ("regime", "first", "longer"),
    [
        ("law_enforcement", date(2026, 4, 14), date(2026, 5, 14)),
        ("general", date(2026, 4, 28), date(2026, 6, 9)),
        (None, date(2026, 4, 28), date(2026, 6, 9)),
    ],
)
def test_six_weeks_and_a_month_or_eight_weeks_and_six(regime, first, longer):
    """Consulted on 3 March 2026."""
    walk_ = walked_any("commissioner_consultation", {"flow_regime": regime}, commissioner_answers="extended")
    assert walk_.said == (
        "consult_commissioner -> commissioner_answers -> answers_later -> commissioner_answered"
    )
    days = {task.element: task.due.date() for task in walk_.tasks}
    assert (days["commissioner_answers"], days["answers_later"]) == (first, longer)


def test_silence_is_not_consent():
    line = walk_any("commissioner_consultation", {}, late="commissioner_answers")
    assert line.startswith("consult_commissioner -> answer_late -> commissioner_answers -> ")
    assert "chase_commissioner -> commissioner_chased" in line


def test_silence_in_the_longer_time_is_not_consent_either():
    choices = {"commissioner_answers": "extended", "late": "answers_later"}
    line = walk_any("commissioner_consultation", {}, **choices)
    assert "answer_later_late" in line and "chase_commissioner" in line


def test_more_time_is_taken_once():
    first, again = (
        offered("commissioner_answer", "commissioner_answer", {}, commissioner_extended=extended)
        for extended in ("no", "yes")
    )
    assert first - again == {"extended"} and again


# Afterwards ------------------------------------------------------------------------------------------------


def test_every_party_signs_and_nothing_starts_before():
    answers = {**ANSWERS["impact_agreement"]["signed"], "signatures": []}
    assert problems("impact_agreement", answers) == {"signatures_missing"}
    answers = {**ANSWERS["impact_agreement"]["signed"], "all_signed": False}
    assert problems("impact_agreement", answers) == {"all_signed"}


def test_it_is_reviewed_every_year_while_it_runs():
    walk_ = walked(high_risk="not_high", review_flow=("holds", "ended"))
    once = "a_year_on -> review_flow"
    assert walk_.said == f"regular -> high_risk -> sign -> {once} -> {once} -> flow_over"
    assert walk_.clock.now.date() == date(2028, 3, 3)


def test_a_change_is_reviewed_at_once_and_assessed_again():
    walk_ = walked(high_risk="not_high", meanwhile={"a_year_on": "flow_changed"}, review_flow="changed")
    assert walk_.said == "regular -> high_risk -> sign -> flow_changes -> review_flow -> assess_again"
    (thrown,) = walk_.thrown
    assert (thrown.name, thrown.variables["flow_name"]) == ("impact_assessment_again", "Said in a walk.")


@pytest.mark.parametrize("event", ["flow_handed_over", "flow_changed_start"])
def test_what_is_handed_over_is_screened_like_what_somebody_describes(event):
    described = ANSWERS["share_flow"]["flow"]
    walk_ = walked_any("impact_assessment", described, event=event, high_risk="not_high", review_flow="ended")
    assert walk_.said == f"regular -> high_risk -> {RUNS}"


def test_a_flow_that_a_case_finds_is_assessed_in_a_case_of_its_own_and_a_change_in_the_same():
    starts = {each.id: each for each in diagram("impact_assessment").of_kind("startEvent")}
    own = {id for id, each in starts.items() if each.extensions.properties.get("handrail:case") == "new"}
    assert own == {"flow_handed_over"}


def test_a_remaining_risk_is_only_asked_of_a_sound_assessment():
    asked = [
        advice
        for advice in ("sound", "back")
        if "residual_high" in shown("impact_advice", {"impact_advice_is": advice})
    ]
    assert asked == ["sound"]
