"""Every path through the domestic violence disclosure scheme in one line: asking, meeting, waiting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import forms
from engine.execution import Complete, Start
from engine.spiff import commands
from policy.clocks import CLOCKS
from tests.workflows.answers import ANSWERS, SAID
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import WORKFLOWS, Walk, bundle_of, form_of, start_forms, submitted
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_dvds import (
    AFTER_TELLING,
    ASSESSED,
    CASE,
    CHECKED,
    CLOSED,
    DISCLOSED,
    MET,
    RECORDED,
    WAY_TO_A,
    tasks,
    walk,
    walked,
)


def test_right_to_ask_a_is_met_and_told_in_person():
    assert walk() == f"{CHECKED} -> {MET} -> {DISCLOSED} -> dvds_tell_applicant -> {AFTER_TELLING}"


def test_right_to_know_nobody_asked_and_nobody_is_answered():
    assert walk("know") == f"{CHECKED} -> {WAY_TO_A} -> {DISCLOSED} -> {AFTER_TELLING}"


def test_an_agency_asks_and_the_police_take_it_on_as_right_to_know():
    """What its request hands over is enough to start with."""
    asked = walked_any("dvds_referral", "asked")
    assert asked.said == "referral_no_danger -> referral_record -> referral_handed_over"
    (thrown,) = asked.thrown
    assert thrown.name == "dvds_indicator"
    walk_ = walked_any("dvds_disclosure", dict(thrown.variables), event="dvds_indicator_received")
    assert walk_.said == f"{CHECKED} -> {WAY_TO_A} -> {DISCLOSED} -> {AFTER_TELLING}"


def test_what_an_agency_hands_over_leaves_its_own_reasons_behind():
    (thrown,) = walked_any("dvds_referral", "asked").thrown
    assert thrown.variables["dvds_route"] == "know" and thrown.variables["a_name"] == SAID
    assert not {"referral_reasons", "referral_power", "referral_ground"} & set(thrown.variables)


def test_an_agency_acts_on_danger_beside_its_request():
    line = walked_any("dvds_referral", "danger").line
    assert {"confirm_call", "police_told", "referral_danger_acted", "referral_handed_over"} <= set(line)


def test_whoever_asks_for_another_does_not_speak_for_a():
    """C proved who C is; A has not asked, so what holds for right to know holds here too."""
    line = walk("ask_for_another")
    met = "dvds_meet -> dvds_prove"
    assert line.startswith(f"{CHECKED} -> {met} -> {WAY_TO_A} -> dvds_way_found -> {ASSESSED}")


def test_only_the_police_record_it():
    said = diagram("dvds_disclosure").processes["dvds_disclosure"].extensions.properties
    assert said["handrail:start_roles"] == "police_contact police_disclosure_officer"


def test_danger_is_acted_on_beside_the_checks():
    walk_ = walked("ask_danger_child")
    assert {"police_told", "social_care_told", "told", "dvds_danger_acted"} <= set(walk_.line)
    assert "confirm_call" not in walk_.line  # the police do not call themselves
    assert walk_.line.index("dvds_look_up") < walk_.line.index("dvds_danger_acted")
    assert walk_.line[-1] == "dvds_closed"


def test_the_danger_of_an_adult_is_not_for_childrens_social_care():
    line = walked("ask_danger").line
    assert "police_told" in line and "social_care_told" not in line


def test_danger_can_be_raised_at_any_time():
    line = walked(meanwhile={"dvds_meet": "immediate_risk_raised"}).line
    assert line.index("dvds_danger_later") < line.index("dvds_meet")
    assert "dvds_danger_acted_again" in line and line[-1] == "dvds_closed"


def test_danger_says_nothing_of_who_asked_or_why():
    (told,) = tasks(walked("ask_danger"), "police_told")
    assert "prompt" not in told.properties["handrail:shows"]
    assert (WORKFLOWS / "dvds_disclosure.bpmn").read_text().count("=dvds_prompt") == 0


def test_the_hub_is_told_of_a_child_at_once_and_not_at_the_end():
    walk_ = walked("ask_child")
    assert walk_.line.index("hub_told") < walk_.line.index("dvds_in_scope")
    (thrown,) = walk_.thrown
    assert thrown.name == "mash_contact"
    assert thrown.variables["mash_children"] == [
        {"child_name": "Maya", "child_dob": None, "child_where": "At school"}
    ]


def test_a_child_who_comes_to_light_later_is_told_at_once():
    walk_ = walked(meanwhile={"dvds_do_dash": "dvds_child_found"})
    assert "hub_told_later" in walk_.line
    assert [each.name for each in walk_.thrown] == ["mash_contact"]


@pytest.mark.parametrize("end", ["hub_told", "hub_told_later"])
def test_the_hub_learns_nothing_of_b_of_who_asked_or_of_the_scheme(end):
    given = dict(diagram("dvds_disclosure").elements[end].extensions.inputs)
    words = " ".join(given).lower()
    assert "dv_hub_concern" in words
    for secret in ("b_name", "b_details", "c_name", "applicant", "prompt", "checks_found", "a_name"):
        assert secret not in words
    assert all(target not in ("edition", "dvds_route") for target in given.values())


@pytest.mark.parametrize("form", ["dvds_hub", "dvds_child_found"])
def test_what_the_hub_is_told_is_read_through_for_secrets(form):
    answers = {**next(iter(ANSWERS[form].values())), "dv_hub_nothing_secret": False}
    assert problems(form, answers) == {"dv_hub_nothing_secret"}


def test_first_checks_have_24_hours_from_first_contact_at_any_hour():
    (task,) = tasks(walked(), "dvds_look_up")
    assert (task.clock, task.due) == ("dvds_initial_checks", datetime(2026, 3, 4, 9, tzinfo=UTC))


@pytest.mark.parametrize("missing", ["first_checks_private", "first_checks_no_conflict"])
def test_checks_are_never_made_in_front_of_whoever_asked(missing):
    answers = {**ANSWERS["dvds_first_checks"]["relevant"], missing: False}
    assert problems("dvds_first_checks", answers) == {missing}


def test_the_meeting_has_ten_working_days_from_first_contact():
    (task,) = tasks(walked(), "dvds_meet")
    assert (task.clock, task.due.date().isoformat()) == ("dvds_meeting", "2026-03-17")
    assert CLOCKS["dvds_meeting"].amount == 10 and CLOCKS["dvds_meeting"].kind == "working days"


@pytest.mark.parametrize(
    ("during", "timer"), [("dvds_look_up", "dvds_checks_late"), ("dvds_meet", "dvds_meeting_late")]
)
def test_late_tells_the_supervisor_and_closes_nothing(during, timer):
    line = walked(meanwhile={during: timer}).line
    at = line.index(timer)
    assert during in line[at:] and "dvds_chase" in line[at:] and "dvds_chased" in line
    assert line[-1] == "dvds_closed"


def test_nothing_about_b_is_said_at_the_meeting():
    answers = {**ANSWERS["dvds_meeting"]["met"], "meeting_nothing_said": False}
    assert problems("dvds_meeting", answers) == {"meeting_nothing_said"}


def test_safe_contact_is_asked_first_and_gone_through_again():
    missing = {"safe_when", "safe_voicemail", "safe_codeword"}
    answers = {k: v for k, v in ANSWERS["dvds_first_contact"]["ask"].items() if k not in missing}
    assert problems("dvds_first_contact", answers) == missing
    (meet,) = tasks(walked(), "dvds_meet")
    assert {"safe_way", "safe_when", "safe_codeword"} <= set(meet.properties["handrail:shows"].split())
    again = {**ANSWERS["dvds_meeting"]["met"], "meeting_safe_again": False}
    assert problems("dvds_meeting", again) == {"meeting_safe_again"}


@pytest.mark.parametrize("missing", ["dvds_told_process", "dvds_false_warned", "dvds_b_not_told"])
def test_an_applicant_is_told_what_happens_and_b_is_not_told(missing):
    answers = {**ANSWERS["dvds_first_contact"]["ask"], missing: False}
    assert problems("dvds_first_contact", answers) == {missing}


def test_persons_a_b_and_c_are_kept_apart():
    asked = set(shown("dvds_first_contact", {"dvds_route": "ask", "applicant_is": "c"}))
    assert {"a_name", "b_name", "c_name", "c_safe", "c_a_knows"} <= asked
    assert "c_name" not in shown("dvds_first_contact", {"dvds_route": "ask", "applicant_is": "a"})
    assert "c_name" not in shown("dvds_first_contact", {"dvds_route": "know", "applicant_is": "c"})


def test_a_first_contact_to_come_is_refused():
    """The limits count from it, so that a slip of the pen would lengthen them."""
    answers = {**ANSWERS["dvds_first_contact"]["ask"], "contacted_at": "2026-03-04T09:00:00Z"}
    now = datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert set(forms.submit(form_of("dvds_first_contact"), answers, {}, now=now).errors) == {"contacted_at"}


@pytest.mark.parametrize("other", ["employment", "own_data", "court", "child_abuse"])
def test_the_scheme_is_no_way_round_vetting_or_subject_access(other):
    said = {"scope_intimate": "yes", "scope_other_way": other}
    assert offered("dvds_scope", "dvds_scope", said) == {"no"}


@pytest.mark.parametrize("relation", ["living_together", "apart", "former", "online"])
def test_any_intimate_relationship_is_in_the_scheme_also_when_it_is_over(relation):
    answers = {**ANSWERS["dvds_first_contact"]["ask"], "dvds_relationship": relation}
    assert problems("dvds_first_contact", answers) == set()


def test_outside_the_scheme_there_is_a_safety_plan_and_a_record():
    words = "dvds_tell_applicant"
    assert walk(dvds_in_scope="no") == f"{CHECKED} -> {words} -> {RECORDED} -> {CLOSED}"


def test_not_proved_nobody_is_told_and_a_supervisor_looks_at_the_risk():
    line = walk(dvds_prove="not_proved", dvds_take_on="no")
    stopped = "dvds_meet -> dvds_prove -> dvds_take_on -> dvds_not_taken_on"
    assert line == f"{CHECKED} -> {stopped} -> dvds_tell_applicant -> {RECORDED} -> {CLOSED}"


@pytest.mark.parametrize("how", ["withdrawn", "not_reached"])
def test_withdrawn_or_not_reached_it_may_be_taken_on_as_right_to_know(how):
    line = walk(dvds_meet=how, dvds_take_on="yes")
    assert line.startswith(
        f"{CHECKED} -> dvds_meet -> dvds_take_on -> {WAY_TO_A} -> dvds_way_found -> {ASSESSED}"
    )


def test_the_risk_is_judged_again_every_day_that_a_waits():
    line = walked(meanwhile={"dvds_meet": "dvds_daily", "dvds_do_dash": "dvds_next_day"}).line
    assert line.count("dvds_look_again") == 2 and line[-1] == "dvds_waits_no_more"


def test_higher_risk_is_acted_on_by_a_supervisor_the_same_day():
    assert (
        walk_any("dvds_retriage", CASE, dvds_look_again="higher")
        == "dvds_look_again -> dvds_risk_told -> dvds_act_on_risk -> dvds_risk_acted_on"
    )


def test_a_day_that_nobody_looked_is_told_to_the_supervisor():
    assert (
        walk_any("dvds_retriage", CASE, late="dvds_look_again", later="dvds_look_again")
        == "dvds_look_late -> dvds_chase_look -> dvds_look_chased"
        " -> dvds_look_again -> dvds_risk_told -> dvds_risk_same"
    )


def test_after_28_days_reasons_a_plan_for_a_and_a_daily_reminder_and_nothing_is_closed():
    walk_ = walked(meanwhile={"dvds_meet": "dvds_overdue_later", "dvds_assess_risk": "dvds_another_day"})
    line = walk_.line
    at = line.index("dvds_overdue_later")
    assert [each for each in line[at:] if each.startswith("dvds_late_") and each != "dvds_late_reminded"] == [
        "dvds_late_reasons",
        "dvds_late_plan",
        "dvds_late_planned",
    ]
    assert line.count("dvds_remind") == 1 and "dvds_told" in line and "dvds_closed" in line
    assert walk_.status == "completed"


@pytest.mark.parametrize("task", ["dvds_late_reasons", "dvds_remind"])
def test_whoever_says_why_it_is_late_sees_the_risk_as_it_was_judged_last(task):
    """Judged higher while the supervisor's task is open, and not yet acted on."""
    walk_ = Walk(bundle_of("dvds_disclosure"), {}, {}, set())
    walk_.elements = {id: each for one in walk_.bundle.diagrams.values() for id, each in one.elements.items()}
    form = start_forms()["dvds_disclosure"]
    walk_.run(Start({**submitted(form, ANSWERS[form]["ask"], {}), "case_id": "case"}))
    walk_.say("dvds_overdue_later")
    if task == "dvds_remind":
        for each in ("dvds_late_reasons", "dvds_late_plan"):
            done(walk_, each)
        walk_.say("dvds_another_day")
    walk_.say("dvds_daily")
    (late,) = (each for each in walk_.open.values() if each.element == task)
    said = {"retriage_risk": "high", "retriage_found": "He came to the house.", "retriage_change": "higher"}
    done(walk_, "dvds_look_again", said)
    known = commands.variables_at(walk_.bundle, walk_.state, late.token)
    assert {key: known[key] for key in said} == said
    assert {"retriage_risk", "retriage_found"} <= set(late.properties["handrail:shows"].split())


def done(walk_, element, answers=None):
    (task,) = (each for each in walk_.open.values() if each.element == element)
    walk_.run(Complete(task.token, answers or walk_.kept(task.form, element, task.token)))


def test_28_days_count_from_first_contact_weekends_too():
    (task,) = tasks(walked(), "dvds_review")
    assert (task.clock, task.due.date().isoformat()) == ("dvds_overall", "2026-03-31")


def test_28_days_after_the_outcome_ask_nothing():
    assert "dvds_overdue_later -> dvds_limit_over" in walk(meanwhile={"dvds_watch": "dvds_overdue_later"})


def test_no_clock_of_the_scheme_closes_or_declines():
    """Only the seven days of B's representations interrupt, and then it goes on without them."""
    interrupting = {
        element.id
        for path in WORKFLOWS.glob("dvds_*.bpmn")
        for element in diagram(path.stem).of_kind("boundaryEvent")
        if element.interrupting
    }
    assert interrupting == {"dvds_b_late"}
