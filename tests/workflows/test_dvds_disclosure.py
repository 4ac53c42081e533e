"""Every path through the domestic violence disclosure scheme in one line, and what the scheme insists on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine import diagrams, forms
from engine.diagrams import governance
from policy.clocks import CLOCKS
from policy.roles import ROLES
from tests.workflows.answers import ANSWERS, SAID
from tests.workflows.test_forms import offered, problems, shown
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

AT = "2026-03-03T09:00:00Z"
NOTHING_AT_ONCE = "dvds_no_danger -> dvds_no_child"
CASE = {"contacted_at": AT, "a_name": "?", "risk_band": "medium"}
CHECKED = f"{NOTHING_AT_ONCE} -> dvds_look_up -> dvds_in_scope -> dvds_checked"
MET = "dvds_meet -> dvds_prove -> dvds_met"
WAY_TO_A = "dvds_use -> dvds_reach -> dvds_balance -> dvds_balanced"
RETURNED = " -> ".join(["dvds_return -> dvds_returned"] * 3)
REVIEWED = "dvds_assess_risk -> dvds_review -> dvds_assessed"
ASSESSED = f"dvds_choose_partners -> dvds_do_dash -> {RETURNED} -> {REVIEWED}"
MEMBERS = " -> ".join(["dvds_give_view -> dvds_view_given"] * 2)
NOT_SOUGHT = "dvds_consider_b -> dvds_not_sought"
DECIDED = "dvds_four_part_test -> dvds_who_is_told -> dvds_decide -> dvds_decided"
REFUSED = "dvds_four_part_test -> dvds_decide -> dvds_decided"
FORUM = f"dvds_convene -> {MEMBERS} -> {NOT_SOUGHT}"
TOLD = "dvds_plan_visit -> dvds_offer -> dvds_undertake -> dvds_tell -> dvds_told"
RECORDED = "dvds_plan_safety -> dvds_record_outcome -> dvds_recorded"
CLOSED = "dvds_check_complete -> dvds_checked_and_closed -> dvds_closed"
DISCLOSED = f"{ASSESSED} -> {FORUM} -> {DECIDED} -> {TOLD}"
AFTER_TELLING = f"dvds_inform_b -> {RECORDED} -> dvds_watch -> {CLOSED}"


def walked(start="ask", **choices):
    return walked_any("dvds_disclosure", start, **choices)


def walk(start="ask", **choices):
    return walked(start, **choices).said


def tasks(walk_, element):
    return [task for task in walk_.tasks if task.element == element]


# Right to ask, right to know ----------------------------------------------------------------------


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
    said = _diagram("dvds_disclosure").processes["dvds_disclosure"].extensions.properties
    assert said["handrail:start_roles"] == "police_contact police_disclosure_officer"


# At once: danger, and children ----------------------------------------------------------------------


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
    for task in tasks(walked("ask_danger"), "police_told"):
        assert "prompt" not in task.properties["handrail:shows"]
    assert _source("dvds_disclosure").count("=dvds_prompt") == 0


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
    given = dict(_diagram("dvds_disclosure").elements[end].extensions.inputs)
    words = " ".join(given).lower()
    for secret in ("b_name", "b_details", "c_name", "applicant", "prompt", "checks_found", "a_name"):
        assert secret not in words
    assert all(target not in ("edition", "dvds_route") for target in given.values())


@pytest.mark.parametrize("form", ["dvds_hub", "dvds_child_found"])
def test_what_the_hub_is_told_is_read_through_for_secrets(form):
    answers = {**next(iter(ANSWERS[form].values())), "dv_hub_nothing_secret": False}
    assert problems(form, answers) == {"dv_hub_nothing_secret"}


# First checks and the meeting ----------------------------------------------------------------------


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


# Right to know ----------------------------------------------------------------------


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
    said = _diagram("dvds_know").elements["dvds_balance"].extensions
    assert (said.role, said.properties["handrail:four_eyes"]) == ("police_supervisor", "dvds_reach")


# Agencies, assessment, high risk ----------------------------------------------------------------------


def test_agencies_are_asked_at_once_and_each_sees_its_own_request_only():
    asked = tasks(walked(), "dvds_return")
    assert [task.role for task in asked] == ["csc_screening", "mash_health", "idva"]
    assert {task.clock for task in asked} == {"partner_return"}
    assert 'propagateAllParentVariables="false"' in _source("dvds_assessment")


def test_agencies_are_not_told_that_anybody_asked():
    keys = form_of("dvds_partner_return").keys | form_of("dvds_partners").keys
    assert not {key for key in keys if key.startswith(("c_", "applica"))}


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
    assert (raised.name, raised.correlation) == ("escalation_raised", '{"dvds_partner":"mash_health"}')
    assert raised.variables == {
        "disagreement_issue": f"An agency does not answer the police: {SAID} Speak to: {SAID}",
        "disagreement_about": "no_answer",
        "disagreement_agency": "Health",
        "other_party": "other",
        "disagreement_urgency": "high",
    }


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


# Waiting: every day, and 28 days ----------------------------------------------------------------------


def test_the_risk_is_judged_again_every_day_that_a_waits():
    line = walked(meanwhile={"dvds_meet": "dvds_daily", "dvds_do_dash": "dvds_next_day"}).line
    assert line.count("dvds_look_again") == 2 and line[-1] == "dvds_waits_no_more"


def test_higher_risk_is_acted_on_by_a_supervisor_the_same_day():
    assert (
        walk_any("dvds_retriage", CASE, dvds_look_again="higher")
        == "dvds_look_again -> dvds_act_on_risk -> dvds_risk_acted_on"
    )


def test_a_day_that_nobody_looked_is_told_to_the_supervisor():
    assert (
        walk_any("dvds_retriage", CASE, late="dvds_look_again", later="dvds_look_again")
        == "dvds_look_late -> dvds_chase_look -> dvds_look_chased -> dvds_look_again -> dvds_risk_same"
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
        for element in _diagram(path.stem).of_kind("boundaryEvent")
        if element.interrupting
    }
    assert interrupting == {"dvds_b_late"}


# The forum ----------------------------------------------------------------------


def test_marac_does_not_decide_every_case():
    assert offered("dvds_forum", "forum_kind", {}, risk_band="medium") == {"panel"}
    assert offered("dvds_forum", "forum_kind", {}, risk_band="high") == {"panel", "marac"}
    assert offered("dvds_forum", "forum_kind", {}, dvds_urgent_way="yes") == {"panel", "delegated"}


def test_a_member_who_says_nothing_holds_nothing_up():
    member = {"forum_agency": "health", "forum_member_name": "?", "contacted_at": AT}
    line = walk_any("dvds_member_view", member, late="dvds_give_view", later="dvds_give_view")
    assert line == "dvds_member_late -> dvds_chase_member -> dvds_without_member"


def test_the_chair_may_wait_for_a_member():
    member = {"forum_agency": "health", "forum_member_name": "?", "contacted_at": AT}
    line = walk_any(
        "dvds_member_view",
        member,
        late="dvds_give_view",
        later="dvds_give_view",
        meanwhile={"dvds_give_view": "dvds_member_wait"},
        dvds_chase_member=("wait", "without"),
    )
    assert line.count("dvds_chase_member") == 2


def test_members_see_nothing_of_who_asked():
    given = {target for _, target in _diagram("dvds_forum").elements["dvds_ask_members"].extensions.inputs}
    assert not {each for each in given if each.startswith(("c_", "applica", "a_"))}


@pytest.mark.parametrize("part", ["pressing", "lawful", "necessary", "proportionate"])
def test_a_part_of_the_test_that_is_not_met_and_it_cannot_be_told(part):
    met = {f"dv_{each}": "yes" for each in ("pressing", "lawful", "necessary", "proportionate")}
    assert offered("dvds_decision", "dvds_decision", {}, **met) == {"disclose", "not_disclose"}
    assert offered("dvds_decision", "dvds_decision", {}, **{**met, f"dv_{part}": "no"}) == {"not_disclose"}
    answers = {**ANSWERS["dvds_four_tests"]["met"], f"dv_{part}_why": " "}
    assert problems("dvds_four_tests", answers) == {f"dv_{part}_why"}
    line = walk(dvds_four_part_test=f"not_{part}")
    assert f"{FORUM} -> {REFUSED} -> dvds_tell_applicant -> {RECORDED} -> {CLOSED}" in line


def test_a_forum_may_decide_against_telling_and_says_how_a_is_protected():
    line = walk(dvds_decide="not_disclose")
    assert f"{DECIDED} -> dvds_tell_applicant -> {RECORDED} -> {CLOSED}" in line
    answers = {k: v for k, v in ANSWERS["dvds_decision"]["not_disclose"].items()}
    del answers["dvds_other_protection"]
    assert problems("dvds_decision", answers) == {"dvds_other_protection"}


def test_no_presumption_of_another_scheme_carries_over():
    for path in WORKFLOWS.glob("forms/dvds_*.form"):
        assert not {key for key in form_of(path.stem).keys if "presum" in key}
    assert "no presumption to disclose" in form_of("dvds_four_tests").content.decode()


@pytest.mark.parametrize("why", ["not_sought_risk", "not_sought_urgent", "not_sought_prejudice"])
def test_representations_are_considered_every_time_and_need_reasons(why):
    assert problems("dvds_views", {"b_views": why}) == {"b_views_reasons"}
    assert walk_any("dvds_representations", CASE, dvds_consider_b=why) == NOT_SOUGHT
    (call,) = [e for e in _diagram("dvds_forum").of_kind("callActivity") if e.id == "dvds_b_views"]
    assert call.extensions.called_process == "dvds_representations"


def test_representations_are_sought_and_weighed():
    assert (
        walk_any("dvds_representations", CASE, dvds_consider_b="sought")
        == "dvds_consider_b -> dvds_invite_b -> dvds_b_answers -> dvds_weigh_b -> dvds_weighed"
    )


def test_no_answer_of_b_in_seven_days_and_it_goes_on_without():
    assert (
        walk_any("dvds_representations", CASE, dvds_consider_b="sought", late="dvds_b_answers")
        == "dvds_consider_b -> dvds_invite_b -> dvds_b_late -> dvds_without_b"
    )


def test_asking_b_never_reveals_that_anybody_asked():
    for task in _diagram("dvds_representations").of_kind("userTask"):
        wanted = task.extensions.properties.get("handrail:shows", "").split()
        assert not {key for key in wanted if key.startswith(("applica", "c_", "a_"))}
    answers = {**ANSWERS["dvds_invite_views"]["invited"], "b_invited_hidden": False}
    assert problems("dvds_invite_views", answers) == {"b_invited_hidden"}


@pytest.mark.parametrize(
    ("process", "task", "others"),
    [
        ("dvds_assessment", "dvds_review", {"dvds_assess_risk"}),
        ("dvds_member_view", "dvds_give_view", {"dvds_assess_risk", "dvds_give_view"}),
        ("dvds_forum", "dvds_four_part_test", {"dvds_assess_risk", "dvds_in_scope"}),
        ("dvds_forum", "dvds_who_is_told", {"dvds_assess_risk", "dvds_in_scope"}),
        ("dvds_forum", "dvds_decide", {"dvds_assess_risk", "dvds_in_scope"}),
        ("dvds_checks", "dvds_authorise", {"dvds_in_scope"}),
        ("dvds_meeting", "dvds_take_on", {"dvds_meet"}),
        ("dvds_visit", "dvds_unsigned", {"dvds_assess_risk", "dvds_undertake"}),
        ("dvds_closure", "dvds_check_complete", {"dvds_record_outcome"}),
    ],
)
def test_the_assessor_never_reviews_and_never_decides(process, task, others):
    said = _diagram(process).elements[task].extensions.properties["handrail:four_eyes"]
    assert set(said.split()) == others


# In person, with the undertaking ----------------------------------------------------------------------


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


# Words, B, plan, record, closing ----------------------------------------------------------------------

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
    found = [_diagram(path.stem) for path in sorted(WORKFLOWS.glob("dvds_*.bpmn"))]
    assert not [each for each in governance.objections(found, diagrams.Known()) if "record" in each.message]
    for diagram in found:
        for process in diagram.processes.values():
            assert process.extensions.properties["handrail:sealed"] == "true"
    for name in ("dvds_disclosure", "dvds_referral"):
        properties = _diagram(name).processes[name].extensions.properties
        assert properties["handrail:requires_record"] == "decision"


def test_the_edition_is_kept_with_the_case():
    for form in ("dvds_first_contact", "dvds_referral"):
        kept = forms.submit(form_of(form), next(iter(ANSWERS[form].values())), {}).kept
        assert kept["edition"] == "DVDS-2023-04"


def _diagram(name):
    return diagrams.read(_source(name).encode(), f"{name}.bpmn")


def _source(name):
    return (WORKFLOWS / f"{name}.bpmn").read_text()
