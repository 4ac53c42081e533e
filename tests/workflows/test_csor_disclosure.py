"""Every path through the child sex offender disclosure scheme in one line: applications, hub, limits."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram, ways_round_records
from tests.workflows.test_forms import problems
from tests.workflows.walking import WORKFLOWS
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_csor import (
    CHECKED,
    CLOSED,
    DISCLOSED,
    HUB,
    PROVED,
    QUIET,
    QUIET_END,
    TO_DECISION,
    TOLD,
    tasks,
    walk,
    walked,
)


def test_assessed_by_one_decided_by_another_and_told_in_person():
    assert walk() == f"{TO_DECISION} -> {TOLD} -> {DISCLOSED}"


def test_only_the_police_take_applications():
    process = diagram("csor_disclosure").processes["csor_disclosure"]
    assert process.extensions.properties["handrail:start_roles"] == "police_contact"


def test_outside_the_scheme_advice_is_given_and_the_reasons_recorded():
    assert walk(in_scope="no") == f"{CHECKED} -> safety_advice -> {QUIET} -> {CLOSED}"


@pytest.mark.parametrize("proof", ["not_identity", "not_relationship"])
def test_not_proved_nothing_is_disclosed_and_safeguarding_goes_on(proof):
    walk_ = walked(prove=proof, safety_advice="concern")
    assert walk_.said == (
        f"{PROVED} -> csor_concern_later -> tell_applicant -> {HUB} -> record_outcome -> {CLOSED}"
    )
    assert [each.name for each in walk_.thrown] == ["mash_contact"]


@pytest.mark.parametrize("proof", ["not_identity", "not_relationship"])
def test_not_proved_without_a_concern_is_recorded_and_closed(proof):
    assert walk(prove=proof) == f"{PROVED} -> {QUIET} -> {CLOSED}"


def test_immediate_danger_is_acted_on_beside_the_application():
    walk_ = walked("danger")
    assert {"police_told", "social_care_told", "told", "csor_danger_told"} <= set(walk_.line)
    assert "confirm_call" not in walk_.line  # the police do not call themselves
    assert walk_.line.index("initial_checks") < walk_.line.index("csor_danger_told")
    assert walk_.line[-1] == "csor_closed"


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"interview": "immediate_risk_raised"}).line
    assert line.index("csor_danger_later") < line.index("interview")
    assert "csor_told_again" in line and line[-1] == "csor_closed"


@pytest.mark.parametrize(
    "found",
    [
        {"initial_checks": "danger"},
        {"meanwhile": {"assess_risk": "daily"}, "recheck": "danger"},
    ],
)
def test_danger_that_a_check_finds_is_acted_on_at_once_and_the_hub_is_told(found):
    """Nobody has to press a button for it."""
    walk_ = walked(**found, **QUIET_END)
    assert {"police_told", "social_care_told", "csor_told_again", "csor_hub_told"} <= set(walk_.line)
    assert walk_.line.index("csor_hub_told") < walk_.line.index("csor_closed")
    act, tell = tasks(walk_, "police_told"), tasks(walk_, "tell_csor_hub")
    assert len(act) == 1 and tell[0].clock == "csods_hub"


CONCERNS = [
    ({"initial_checks": "concern", **QUIET_END}, "in_scope"),
    ({"safety_advice": "concern", **QUIET_END}, "choose_partners"),
    ({"meanwhile": {"assess_risk": "daily"}, "recheck": "concern", **QUIET_END}, "decide"),
    ({"decide": "against_presumption"}, "decide"),  # the risk assessment
    ({"meanwhile": {"interview": "csor_child_found"}, **QUIET_END}, "prove"),  # from the case page
]


@pytest.mark.parametrize(("found", "before"), CONCERNS)
def test_the_hub_is_told_of_a_concern_as_soon_as_it_is_found_whatever_becomes_of_the_application(
    found, before
):
    walk_ = walked(**found)
    (contact,) = walk_.thrown
    assert contact.name == "mash_contact"
    assert walk_.line.index("csor_concern_later") < walk_.line.index(before)
    assert "csor_told" not in walk_.line and walk_.line[-1] == "csor_closed"
    (task,) = tasks(walk_, "tell_csor_hub")
    assert (task.role, task.clock) == ("police_disclosure_officer", "csods_hub")


def test_a_concern_outside_the_scheme_reaches_the_hub_too():
    walk_ = walked(in_scope="no", safety_advice="concern")
    assert [each.name for each in walk_.thrown] == ["mash_contact"]


def test_what_the_hub_knows_already_is_not_told_again():
    line = walked(tell_csor_hub="told_before").line
    assert "csor_hub_knows" in line and "csor_hub_told" not in line


KNOWN = {
    "applicant_name": "Elsie Crowe",
    "subject_name": "Ron Pike",
    "application_reason": "Elsie's worry",
    "checks_found": "A conviction",
    "children": [{"child_name": "Maya Fenn", "child_subject_relationship": "Neighbour"}],
}


def test_a_supervisor_is_told_when_the_hub_is_not_and_the_hub_is_told_all_the_same():
    walk_ = walked_any("csor_hub", KNOWN, late="tell_csor_hub", later="tell_csor_hub")
    assert (
        walk_.said == "csor_hub_late -> chase_csor_hub -> csor_hub_chased -> tell_csor_hub -> csor_hub_told"
    )
    assert tasks(walk_, "chase_csor_hub")[0].role == "police_supervisor"


def test_what_goes_to_the_hub_is_what_the_officer_wrote_for_it_about_the_children_only():
    (contact,) = walked_any("csor_hub", KNOWN).thrown
    assert contact.variables["case_subjects"] == [
        {"name": "Maya", "part": "child", "date_of_birth": "2018-05-01"}
    ]
    said = str(contact.variables)
    assert not re.search("Elsie|Crowe|Ron|Pike|conviction|Fenn|appl|disclos|scheme", said, re.IGNORECASE)


def test_nothing_goes_to_the_hub_before_it_is_read_through_for_what_it_reveals():
    answers = {**ANSWERS["csor_hub"]["told"], "csor_hub_nothing_secret": False}
    assert problems("csor_hub", answers) == {"csor_hub_nothing_secret"}
    assert problems("csor_hub", {"csor_hub_tell": "no"}) == {"csor_hub_told_before"}


@pytest.mark.parametrize("call", ["csor_danger_now", "csor_danger_again"])
def test_whoever_acts_on_danger_is_not_told_that_anybody_applied(call):
    source = (WORKFLOWS / "csor_disclosure.bpmn").read_text()
    (inputs,) = re.findall(rf'<bpmn:callActivity id="{call}".*?</zeebe:ioMapping>', source, re.DOTALL)
    (concern,) = re.findall(r'source="([^"]*)" target="concern"', inputs)
    assert "application" not in concern and concern.startswith("=&quot;A child may be in danger")


def test_checks_have_24_hours_from_the_application_at_any_hour():
    (task,) = tasks(walked(), "initial_checks")
    assert (task.clock, task.due) == ("csods_initial_checks", datetime(2026, 3, 4, 9, tzinfo=UTC))


def test_late_checks_are_told_to_the_supervisor():
    line = walked(late="initial_checks").line
    assert line[1:5] == ["checks_late", "initial_checks", "chase_checks", "checks_chased"]
    assert line[-1] == "csor_closed"


def test_a_late_interview_is_told_to_the_supervisor():
    line = walked(late="interview").line
    assert line[line.index("interview_late") + 1 :][:3] == [
        "interview",
        "chase_interview",
        "interview_chased",
    ]
    assert line[-1] == "csor_closed"


def test_after_28_days_reasons_a_plan_and_a_reminder_and_the_application_goes_on():
    walk_ = walked(meanwhile={"assess_risk": "overdue"}, later="assess_risk")
    at = walk_.line.index("overdue")
    assert walk_.line[at + 1 : at + 3] == ["overdue_reasons", "interim_plan"]
    assert walk_.line[-2:] == ["another_day", "late_but_done"]
    assert walk_.status == "completed" and "csor_told" in walk_.line


def test_the_reminder_comes_every_day_until_the_outcome_is_recorded():
    line = walked(
        meanwhile={"choose_partners": "overdue", "assess_risk": "another_day", "review": "another_day"}
    ).line
    assert line.count("remind") == 2 and line[-1] == "late_but_done"


def test_28_days_count_from_the_application():
    walk_ = walked(meanwhile={"assess_risk": "overdue"}, later="assess_risk")
    (task,) = tasks(walk_, "assess_risk")
    assert (task.clock, task.due.date().isoformat()) == ("csods_overall", "2026-03-31")


def test_28_days_after_the_outcome_ask_nothing():
    assert "overdue -> in_time" in walk(meanwhile={"breach_watch": "overdue"})


def test_somebody_looks_again_every_day_that_the_application_waits():
    line = walked(meanwhile={"assess_risk": "daily", "review": "next_day"}).line
    assert line.count("recheck") == 2 and line[-1] == "csor_closed"


def test_every_end_passes_the_decision_record_and_every_part_is_sealed():
    names = [path.stem for path in WORKFLOWS.glob("csor_*.bpmn")]
    assert ways_round_records(names) == []
    for name in names:
        for process in diagram(name).processes.values():
            assert process.extensions.properties["handrail:sealed"] == "true"
    main = diagram("csor_disclosure").processes["csor_disclosure"].extensions.properties
    assert main["handrail:requires_record"] == "decision"


def test_an_application_from_the_future_is_refused():
    """The limits count from it, so that a slip of the pen would lengthen them."""
    answers = {**ANSWERS["csor_application"]["application"], "applied_at": "2999-01-01T09:00:00Z"}
    assert problems("csor_application", answers) == {"applied_at_future"}


@pytest.mark.parametrize("missing", ["subject_name", "false_information_warned", "no_conflict"])
def test_an_application_names_a_person_and_warns_the_applicant(missing):
    answers = {**ANSWERS["csor_application"]["application"]}
    del answers[missing]
    assert problems("csor_application", answers) == {missing}


def test_an_application_is_about_a_specific_child():
    answers = {**ANSWERS["csor_application"]["application"], "children": []}
    assert problems("csor_application", answers) == {"children_missing"}
