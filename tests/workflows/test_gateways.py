"""Every path through the lawful gateways (sections 115, 16, 17; MAPPA), and what each law insists on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import walk, walked


def task(walk_, element):
    return next(each for each in walk_.tasks if each.element == element)


# Section 115 -----------------------------------------------------------------------------------------------

DECIDED_115 = "facts_115 -> decide_115"


def test_section_115_is_recommended_and_a_practitioner_relies_on_it():
    walk_ = walked("section_115", "asked")
    assert walk_.said == f"{DECIDED_115} -> checked_115"
    assert walk_.variable("section_115") == "power"


def test_what_the_old_list_does_not_settle_is_ruled_on_by_the_information_governance_lead():
    walk_ = walked("section_115", "asked", facts_115="health", decide_115="ask")
    assert walk_.said == f"{DECIDED_115} -> ruling_115 -> checked_115"
    assert (walk_.variable("section_115"), walk_.variable("section_115_relied")) == ("ask", "yes")


def test_no_ruling_in_time_is_chased_and_nothing_decided():
    assert (
        walk("section_115", "asked", decide_115="ask", late="ruling_115")
        == f"{DECIDED_115} -> ruling_115_late -> ruling_115 -> checked_115"
    )
    assert (
        walk("section_115", "asked", decide_115="ask", late="ruling_115", later="ruling_115")
        == f"{DECIDED_115} -> ruling_115_late -> chase_115 -> chased_115 -> ruling_115 -> checked_115"
    )


@pytest.mark.parametrize("facts", ["charity", "other_purpose"])
def test_section_115_reaches_no_charity_and_no_other_purpose(facts):
    walk_ = walked("section_115", "asked", facts_115=facts)
    assert walk_.variable("section_115") == "no_power"
    assert walk_.variable("section_115_relied") == "no"
    allowed = offered("section_115_decision", "section_115_relied", {}, section_115="no_power")
    assert allowed == {"no", "ask"}


def test_whoever_acts_for_a_council_counts_as_one():
    assert walked("section_115", "asked", facts_115="for_a_council").variable("section_115") == "power"


def test_section_115_is_never_relied_on_without_knowing_that_it_is_a_power_only():
    answers = {**ANSWERS["section_115_decision"]["yes"], "section_115_only_a_power": False}
    assert problems("section_115_decision", answers, section_115="power") == {"section_115_only_a_power"}


# General and law enforcement processing --------------------------------------------------------------------

REGIMES = [
    ("section_115_decision", "section_115", {"section_115": "power"}),
    ("section_115_ruling", "section_115_ruling", {}),
    ("section_16_decision", "section_16", {"section_16": "may_disclose"}),
    ("section_16_ruling", "section_16_ruling", {}),
    ("section_17_decision", "section_17", {"section_17": ["must_supply"]}),
    ("section_17_ruling", "section_17_ruling", {}),
]


@pytest.mark.parametrize(("form", "name", "context"), REGIMES, ids=lambda each: str(each))
@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        ("school", {"general"}),
        ("health", {"general"}),
        ("council", {"general"}),
        ("police", {"general", "law_enforcement"}),
        ("probation", {"general", "law_enforcement"}),
    ],
)
def test_law_enforcement_processing_is_told_apart_and_never_offered_to_a_school(
    form, name, context, kind, allowed
):
    answers = next(iter(ANSWERS[form].values()))
    assert offered(form, f"{name}_regime", answers, organisation_kind=kind, **context) == allowed


def test_law_enforcement_information_for_another_purpose_needs_a_law_that_authorises_it():
    """Data Protection Act 2018 section 36(4)."""
    general = ("section_16_regime", "section_16_general_basis")
    answers = {
        **{key: value for key, value in ANSWERS["section_16_decision"]["yes"].items() if key not in general},
        "section_16_regime": "law_enforcement",
        "section_16_part_3_basis": "Section 35(2)(b)",
        "section_16_non_law_enforcement": "yes",
    }
    found = problems("section_16_decision", answers, section_16="may_disclose", organisation_kind="police")
    assert found == {"section_16_authority"}


# Section 16 ------------------------------------------------------------------------------------------------

DECIDED_16 = "facts_16 -> decide_16"


def test_section_16_permits_and_what_is_sent_is_logged():
    assert walk("section_16", "asked") == f"{DECIDED_16} -> send_16 -> shared_16"


def test_section_16_never_obliges():
    assert walk("section_16", "asked", decide_16="no") == f"{DECIDED_16} -> not_under_16"
    assert "no" in offered("section_16_decision", "section_16_shared", {}, section_16="may_disclose")


@pytest.mark.parametrize("facts", ["patient", "care", "no_function"])
def test_what_section_16_excludes_cannot_be_shared_under_it_and_another_power_is_looked_at(facts):
    walk_ = walked("section_16", "asked", facts_16=facts)
    assert (walk_.said, walk_.variable("section_16")) == (f"{DECIDED_16} -> not_under_16", "not_authorised")
    assert walk_.variable("section_16_other_power") == "section_47"
    allowed = offered("section_16_decision", "section_16_shared", {}, section_16="not_authorised")
    assert allowed == {"no", "ask"}


def test_existing_agreements_and_other_powers_remain():
    answers = {"section_16_shared": "no"}
    other = offered("section_16_decision", "section_16_other_power", answers, section_16="not_authorised")
    assert {"section_47", "section_115", "police_common_law", "agreement"} < other


@pytest.mark.parametrize(
    ("ruling", "then"), [("yes", "send_16 -> shared_16"), ("no", "not_under_16")], ids=["yes", "no"]
)
def test_doubt_about_section_16_goes_to_the_information_governance_lead(ruling, then):
    said = walk("section_16", "asked", decide_16="ask", ruling_16=ruling)
    assert said == f"{DECIDED_16} -> ruling_16 -> {then}"


def test_a_late_ruling_on_section_16_is_told_to_the_head_of_service():
    assert walk("section_16", "asked", decide_16="ask", late="ruling_16", later="ruling_16") == (
        f"{DECIDED_16} -> ruling_16_late -> chase_16 -> chased_16 -> ruling_16 -> send_16 -> shared_16"
    )


def test_checked_for_a_decision_to_share_it_is_sent_there():
    walk_ = walked("section_16", {"section_16_check_only": "yes"})
    assert walk_.said == f"{DECIDED_16} -> may_share_16"


# Section 17 ------------------------------------------------------------------------------------------------

ASKING_17 = {
    "section_17_authority": "council",
    "section_17_items": "?",
    "section_17_purpose": "?",
    "section_17_name": "?",
    "section_17_reference": "?",
    "edition": "PCSCA-2022-s17",
    "organisation_id": "opcc",
    "organisation_kind": "local_policing_body",
}


def test_a_local_policing_body_asks_an_authority_and_its_request_goes_there():
    walk_ = walked("section_17_ask", ASKING_17, check_17="ask")
    assert walk_.said == "check_17 -> section_17_asked"
    (asked,) = walk_.thrown
    assert asked.name == "section_17_asked"
    given = asked.variables
    assert (given["case_organisation"], given["section_17_body"]) == ("council", "opcc")
    assert (given["section_17_requester"], given["edition"]) == ("own_area", "PCSCA-2022-s17")


def test_what_is_excluded_does_not_stop_the_rest_from_being_asked_for():
    assert walk("section_17_ask", ASKING_17, check_17="in_part") == "check_17 -> section_17_asked"


@pytest.mark.parametrize("choice", ["not_asked", "not_ours"])
def test_what_is_not_asked_for_under_section_17_ends_with_its_reasons(choice):
    assert walk("section_17_ask", ASKING_17, check_17=choice) == "check_17 -> not_asked_17"


MET_17 = ANSWERS["section_17_check"]["ask"]


@pytest.mark.parametrize(
    ("answers", "kind", "allowed"),
    [
        (MET_17, "local_policing_body", {"yes", "no"}),
        (MET_17, "police", {"no"}),
        (MET_17, "council", {"no"}),
        ({**MET_17, "section_17_own_functions": "no"}, "local_policing_body", {"no"}),
        ({**MET_17, "section_17_is_authority": "no"}, "local_policing_body", {"no"}),
        ({**MET_17, "section_17_would_hold": "no"}, "local_policing_body", {"no"}),
        ({**MET_17, "section_17_excluded": "all"}, "local_policing_body", {"no"}),
    ],
)
def test_only_a_local_policing_body_asks_and_only_where_every_condition_holds(answers, kind, allowed):
    found = offered("section_17_check", "section_17_may_ask", answers, organisation_kind=kind)
    assert found == allowed


def test_what_a_local_policing_body_asked_through_the_service_is_answered_like_any_other():
    given = {**ASKING_17, "section_17_received_at": "2026-03-03T09:30:00Z", "section_17_checked": "known"}
    assert walk("section_17", given, event="asked_17") == f"{DECIDED_17} -> {SUPPLIED_17}"


DECIDED_17 = "facts_17 -> decide_17"
SUPPLIED_17 = "supply_17 -> receipt_17 -> supplied_17"
WITHHELD_17 = "refuse_17 -> withheld_17"


def test_the_authority_supplies_what_its_local_policing_body_asks_for():
    assert walk("section_17", "asked") == f"{DECIDED_17} -> {SUPPLIED_17}"


@pytest.mark.parametrize(
    ("facts", "result", "then"),
    [
        ("part", "supply_part", SUPPLIED_17),
        ("excluded", "withhold", WITHHELD_17),
        ("not_asked", "not_section_17", WITHHELD_17),
    ],
)
def test_what_is_excluded_is_withheld_with_its_reason_and_the_rest_supplied(facts, result, then):
    walk_ = walked("section_17", "asked", facts_17=facts)
    assert (walk_.said, walk_.variable("section_17_result")) == (f"{DECIDED_17} -> {then}", result)


@pytest.mark.parametrize(
    ("recommended", "allowed"),
    [
        ("must_supply", {"supply_all", "ask"}),
        ("must_supply_part", {"supply_part", "ask"}),
        ("nothing", {"withhold", "ask"}),
        ("not_section_17", {"not_section_17", "ask"}),
    ],
)
def test_nobody_declines_what_section_17_obliges_without_the_information_governance_lead(
    recommended, allowed
):
    assert offered("section_17_decision", "section_17_result", {}, section_17=[recommended]) == allowed


@pytest.mark.parametrize(
    ("ruling", "then"), [("supply_part", SUPPLIED_17), ("withhold", WITHHELD_17)], ids=["part", "none"]
)
def test_doubt_about_section_17_is_ruled_on(ruling, then):
    said = walk("section_17", "asked", decide_17="ask", ruling_17=ruling)
    assert said == f"{DECIDED_17} -> ruling_17 -> {then}"


def test_twenty_working_days_or_the_day_that_the_request_names():
    twenty = task(walked("section_17", "asked"), "facts_17")
    named = task(walked("section_17", "by_a_day"), "facts_17")
    assert (twenty.clock, twenty.due) == ("section_17_request", datetime(2026, 3, 31, 16, tzinfo=UTC))
    assert (named.clock, named.due.date().isoformat()) == ("section_17_needed_by", "2026-03-10")


def test_overdue_goes_to_the_head_of_the_authority_then_the_policing_body_and_is_never_closed():
    walk_ = walked(
        "section_17",
        "asked",
        meanwhile={"facts_17": "past_17", "decide_17": "wait_17"},
        later="facts_17 decide_17 supply_17",
    )
    assert walk_.said == (
        "past_17 -> head_17 -> facts_17 -> wait_17 -> body_told_17 -> head_17 -> decide_17 -> supply_17 "
        "-> receipt_17 -> supplied_17"
    )
    assert (task(walk_, "head_17").role, task(walk_, "body_told_17").role) == ("partner_head", "lpb_officer")


@pytest.mark.parametrize(
    ("meanwhile", "end"),
    [
        ({"receipt_17": "past_17"}, "in_time_17"),
        ({"facts_17": "past_17", "receipt_17": "wait_17"}, "answered_late_17"),
    ],
)
def test_what_has_been_supplied_is_not_chased(meanwhile, end):
    line = walked("section_17", "asked", meanwhile=meanwhile, later="facts_17").line
    assert end in line and "body_told_17" not in line and line[-1] == "supplied_17"


def test_no_task_about_a_late_answer_falls_to_a_practitioner():
    """The duty is the authority's."""
    for element in ("head_17", "body_told_17"):
        said = diagram("section_17").elements[element].extensions
        assert said.role in ("partner_head", "lpb_officer")


def test_the_reply_carries_the_restriction_on_its_use():
    answers = {**ANSWERS["section_17_supply"]["sent"], "section_17_stamped": False}
    assert problems("section_17_supply", answers, section_17_result="supply_all") == {"section_17_stamped"}
    receipt = {**ANSWERS["section_17_receipt"]["all"], "section_17_use_only": False}
    assert problems("section_17_receipt", receipt) == {"section_17_use_only"}


def test_nothing_is_supplied_to_somebody_who_was_not_checked():
    context = {"section_17_checked": "not_yet", "section_17_result": "supply_all"}
    answers = {**ANSWERS["section_17_supply"]["sent"], "section_17_checked_now": "no"}
    assert problems("section_17_supply", answers, **context) == {"section_17_unchecked"}
    assert problems("section_17_supply", ANSWERS["section_17_supply"]["checked_now"], **context) == set()


def test_a_day_before_the_request_is_no_day_to_need_it_by():
    answers = {**ANSWERS["start_section_17"]["asked"], "section_17_needed_by": "2026-03-02"}
    assert problems("start_section_17", answers) == {"section_17_needed_by_past"}


@pytest.mark.parametrize("process", ["section_115", "section_16", "section_17"])
def test_a_ruling_is_never_by_whoever_asked_for_it(process):
    number = process.removeprefix("section_")
    said = diagram(process).elements[f"ruling_{number}"].extensions.properties
    assert said["handrail:four_eyes"] == f"decide_{number}"


# MAPPA -----------------------------------------------------------------------------------------------------

CONSIDERED = "consider_telling -> self_disclosure"
TOLD = "mappa_warn -> tell_third_party -> record_mappa -> review_mappa -> mappa_ended"
NOT_TOLD = "record_mappa -> review_mappa -> mappa_ended"


@pytest.mark.parametrize(
    ("level", "by"), [("1", "decide_level_1"), ("2", "decide_meeting"), ("3", "decide_meeting")]
)
def test_level_1_is_decided_by_the_lead_agency_and_levels_2_and_3_by_the_meeting(level, by):
    walk_ = walked("mappa_third_party", f"level_{level}")
    assert walk_.said == f"{CONSIDERED} -> {by} -> {TOLD}"
    assert diagram("mappa_third_party").elements[by].extensions.properties["handrail:four_eyes"] == (
        "consider_telling"
    )


def test_the_offender_may_be_asked_to_tell_them_first_and_it_is_confirmed():
    walk_ = walked("mappa_third_party", "level_1", self_disclosure="asked", decide_level_1="self_disclosed")
    assert walk_.said == f"{CONSIDERED} -> self_disclosed -> decide_level_1 -> {NOT_TOLD}"


@pytest.mark.parametrize("told", ["no", "in_part", None])
def test_what_the_offender_says_was_told_does_not_count_until_it_is_confirmed(told):
    answers = ANSWERS["mappa_decision"]["self_disclosed"]
    assert problems("mappa_decision", answers, self_disclosed=told) == {"mappa_not_confirmed"}


def test_not_following_the_presumption_needs_its_reason():
    answers = ANSWERS["mappa_decision"]["not_tell"]
    assert problems("mappa_decision", answers, section_327a="presumption") == {"mappa_departed"}
    assert problems("mappa_decision", answers, section_327a="consider") == set()


@pytest.mark.parametrize("considered", ["consider", "not_327a"])
def test_without_the_presumption_a_person_decides_all_the_same(considered):
    walk_ = walked("mappa_third_party", "level_1", consider_telling=considered, decide_level_1="not_tell")
    assert walk_.said == f"{CONSIDERED} -> decide_level_1 -> {NOT_TOLD}"
    assert walk_.variable("section_327a") == considered
    allowed = offered("mappa_decision", "mappa_decision", {}, section_327a=considered)
    assert allowed == {"tell", "self_disclosed", "not_tell"}


@pytest.mark.parametrize(
    ("decision", "then"),
    [("tell", "tell_third_party -> record_mappa"), ("not_tell", "record_mappa")],
)
def test_unsigned_those_who_decided_consider_whether_they_are_told_all_the_same(decision, then):
    line = walk("mappa_third_party", "level_1", mappa_warn="refused", mappa_unsigned=decision)
    assert f"mappa_warn -> mappa_unsigned -> {then}" in line


def test_nobody_is_told_what_they_do_not_wish_to_hear():
    allowed = offered("mappa_not_signed", "mappa_unsigned_decision", {}, mappa_undertaking="not_heard")
    assert allowed == {"not_tell"}


@pytest.mark.parametrize("warning", ["purpose", "confidential", "legal"])
def test_every_warning_is_given_before_they_sign(warning):
    answers = {**ANSWERS["mappa_undertaking"]["signed"], f"mappa_warned_{warning}": False}
    assert problems("mappa_undertaking", answers) == {f"mappa_warned_{warning}"}


def test_a_third_party_is_told_in_person_and_never_in_writing():
    answers = {**ANSWERS["mappa_tell"]["told"], "mappa_in_person": False}
    assert problems("mappa_tell", answers) == {"mappa_in_person"}


@pytest.mark.parametrize("missing", ["mappa_section_35", "mappa_policy_document", "mappa_recipient"])
def test_telling_names_its_law_enforcement_basis_and_the_person_told(missing):
    answers = {key: value for key, value in ANSWERS["mappa_decision"]["tell"].items() if key != missing}
    assert problems("mappa_decision", answers, section_327a="presumption") == {missing}


def test_each_meeting_looks_again_and_may_consider_it_anew():
    line = walked("mappa_third_party", "level_1", review_mappa=("stands", "again", "close")).line
    assert line.count("review_mappa") == 3 and line.count("consider_telling") == 2


def test_a_day_that_passes_is_told_to_the_coordinator_until_it_is_decided():
    line = walked(
        "mappa_third_party",
        "level_1",
        meanwhile={"self_disclosure": "mappa_late", "decide_level_1": "mappa_wait"},
        later="self_disclosure decide_level_1",
    ).line
    assert line.count("mappa_overdue") == 2 and line[-1] == "mappa_ended"


@pytest.mark.parametrize(
    ("meanwhile", "end"),
    [
        ({"record_mappa": "mappa_late"}, "mappa_in_time"),
        ({"self_disclosure": "mappa_late", "record_mappa": "mappa_wait"}, "mappa_decided_late"),
    ],
)
def test_what_has_been_decided_is_not_chased(meanwhile, end):
    line = walked("mappa_third_party", "level_1", meanwhile=meanwhile, later="self_disclosure").line
    assert end in line and line[-1] == "mappa_ended"


def test_it_is_decided_before_anybody_is_exposed_or_at_the_next_meeting():
    start = ANSWERS["start_mappa"]["level_1"]
    meeting = task(walked("mappa_third_party", start), "decide_level_1")
    exposed = task(walked("mappa_third_party", {**start, "mappa_exposure": "2026-03-12"}), "decide_level_1")
    assert (meeting.clock, meeting.due.date().isoformat()) == ("mappa_decision", "2026-04-01")
    assert exposed.due.date().isoformat() == "2026-03-12"


def test_danger_is_acted_on_beside_the_consideration():
    line = walked("mappa_third_party", "level_1", meanwhile={"self_disclosure": "immediate_risk_raised"}).line
    assert "mappa_danger_told" in line and line[-1] == "mappa_ended"


def test_mappa_is_sealed_and_only_the_lead_agency_starts_it():
    said = diagram("mappa_third_party").processes["mappa_third_party"].extensions.properties
    assert (said["handrail:sealed"], said["handrail:start_roles"]) == ("true", "mappa_lead_agency")


@pytest.mark.parametrize("process", ["section_115", "section_16", "section_17", "mappa_third_party"])
def test_tables_recommend_and_people_decide(process):
    """After every table somebody is asked before anything leaves."""
    drawn = diagram(process)
    (table,) = drawn.of_kind("businessRuleTask")
    after = drawn.elements[drawn.flows[table.outgoing[0]].target]
    assert after.kind == "userTask"
