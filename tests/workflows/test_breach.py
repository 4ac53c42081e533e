"""Every path of a breach and of a broken undertaking in one line, and what the law insists on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import problems, shown
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

REPORTED = "decide_report -> report_commissioner"
LOGGED = "log_breach -> breach_logged"


def walked(start="wrong_recipient", **choices):
    return walked_any("breach", start, **choices)


def walk(start="wrong_recipient", **choices):
    return walked(start, **choices).said


# Breach ----------------------------------------------------------------------------------------------------


def test_contained_assessed_reported_told_and_logged():
    assert walk() == f"contain_breach -> assess_breach -> {REPORTED} -> tell_people -> {LOGGED}"


def test_whoever_holds_it_is_told_without_delay():
    walk_ = walked(contain_breach="held")
    assert (
        walk_.said
        == f"contain_breach -> assess_breach -> notify_recipients -> {REPORTED} -> tell_people -> {LOGGED}"
    )
    (task,) = [task for task in walk_.tasks if task.element == "notify_recipients"]
    assert task.due.date() == walk_.clock.now.date()


def test_the_people_affected_are_told_of_a_high_risk_only():
    assert walk(assess_breach="risk") == f"contain_breach -> assess_breach -> {REPORTED} -> {LOGGED}"


def test_not_reporting_is_looked_at_by_a_second_person_and_logged_all_the_same():
    line = walk(assess_breach="unlikely", decide_report="no")
    assert line == f"contain_breach -> assess_breach -> decide_report -> confirm_not_reported -> {LOGGED}"


def test_the_second_person_may_have_it_reported():
    line = walk(assess_breach="risk", decide_report="no", confirm_not_reported="report")
    assert line == (
        "contain_breach -> assess_breach -> decide_report -> confirm_not_reported -> report_commissioner "
        f"-> {LOGGED}"
    )


def test_whoever_decided_not_to_report_does_not_confirm_it():
    said = diagram("breach").elements["confirm_not_reported"].extensions
    assert said.role == "siro"
    assert set(said.properties["handrail:four_eyes"].split()) == {"assess_breach", "decide_report"}


def test_72_hours_count_from_knowing_of_it():
    """Known on Tuesday at 9: Friday at 9, through the nights."""
    for element in ("assess_breach", "decide_report", "report_commissioner"):
        (task,) = [task for task in walked().tasks if task.element == element]
        assert task.due == datetime(2026, 3, 6, 9, tzinfo=UTC)


def test_after_72_hours_the_reasons_are_recorded_and_the_report_is_still_made():
    line = walked(meanwhile={"decide_report": "breach_overdue_watch"}, report_commissioner="late").line
    assert line.index("overdue_report") > line.index("breach_overdue_watch")
    assert "breach_late_noted" in line and "report_commissioner" in line and line[-1] == "breach_logged"


def test_reported_in_time_72_hours_ask_nothing():
    line = walked(meanwhile={"log_breach": "breach_overdue_watch"}).line
    assert "breach_in_time" in line and "overdue_report" not in line


def test_rightly_not_reported_72_hours_ask_nothing():
    line = walked(decide_report="no", meanwhile={"log_breach": "breach_overdue_watch"}).line
    assert "breach_in_time" in line


def test_a_report_after_72_hours_gives_the_reasons_for_the_delay():
    late = {key: value for key, value in ANSWERS["breach_reported"]["late"].items() if key != "report_delay"}
    given = {"breach_aware_at": "2026-03-03T09:00:00Z"}
    assert problems("breach_reported", late, **given) == {"report_delay"}
    in_time = ANSWERS["breach_reported"]["in_time"]
    assert "report_delay" not in shown("breach_reported", in_time, **given)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_reporting_and_not_reporting_both_need_reasons(answer):
    assert problems("breach_report_decision", {"breach_report": answer}) == {"breach_report_reasons"}


@pytest.mark.parametrize("answer", sorted(ANSWERS["breach_tell"]))
def test_whether_people_are_told_needs_reasons_and_never_tells_of_another(answer):
    assert problems("breach_tell", {"people_told_breach": answer}) == {
        "people_told_reasons",
        "people_told_safely",
    }
    assert walk(tell_people=answer).endswith(LOGGED)


def test_danger_is_acted_on_beside_the_breach():
    line = walked("danger").line
    assert {"police_told", "social_care_told", "breach_danger_told"} <= set(line)
    assert line.index("assess_breach") < line.index("breach_danger_told") and line[-1] == "breach_logged"


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"decide_report": "immediate_risk_raised"}).line
    assert "breach_told_again" in line and line[-1] == "breach_logged"


def test_a_breach_that_a_case_finds_takes_the_same_way():
    given = {**ANSWERS["start_breach"]["wrong_data"]}
    assert walked_any("breach", given, event="breach_handed_over").said == walk("wrong_data")


def test_what_is_not_said_in_a_hand_over_stops_nothing():
    """Danger and the kind of breach may be missing: the breach goes on."""
    given = {"breach_aware_at": "2026-03-03T09:00:00Z"}
    assert walk_any("breach", given, event="breach_handed_over").endswith(LOGGED)


def test_no_recipients_no_notification():
    answers = {**ANSWERS["breach_notify"]["told"], "notified": []}
    assert problems("breach_notify", answers) == {"notified_missing"}


# A broken undertaking --------------------------------------------------------------------------------------


def test_a_broken_undertaking_goes_to_a_sealed_case_of_the_police_and_the_breach_goes_on():
    walk_ = walked("undertaking")
    assert walk_.line[:2] == ["undertaking_to_police", "undertaking_handed_over"]
    assert walk_.line[-1] == "breach_logged"
    (thrown,) = walk_.thrown
    assert thrown.name == "undertaking_broken"
    assert set(thrown.variables) == {"undertaking_what", "undertaking_known_at", "edition"}
    process = diagram("undertaking_breach")
    assert process.processes["undertaking_breach"].extensions.properties["handrail:sealed"] == "true"
    start = process.elements["undertaking_handed"].extensions.properties
    assert start["handrail:case"] == "new"


@pytest.mark.parametrize("danger", ["child", "subject"])
def test_the_child_and_the_person_it_is_about_are_both_protected(danger):
    assert walk_any("undertaking_breach", "broken", undertaking_harm=danger) == (
        "undertaking_harm -> undertaking_protect -> undertaking_decide -> undertaking_dealt_with"
    )


@pytest.mark.parametrize("action", sorted(ANSWERS["undertaking_outcome"]))
def test_legal_action_is_decided_and_never_automatic(action):
    assert walk_any(
        "undertaking_breach",
        {"undertaking_what": "?", "undertaking_known_at": "2026-03-03T09:00:00Z"},
        event="undertaking_handed",
        undertaking_harm="nobody",
        undertaking_decide=action,
    ) == ("undertaking_harm -> undertaking_decide -> undertaking_dealt_with")


def test_nothing_more_is_disclosed_while_it_is_looked_into():
    answers = {**ANSWERS["undertaking_outcome"]["none"], "undertaking_no_more": False}
    assert problems("undertaking_outcome", answers) == {"undertaking_no_more"}
