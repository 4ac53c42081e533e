"""Every path under section 17 in one line: a local policing body asks, and the authority supplies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import task, walk, walked

ASKING_17 = {
    "section_17_authority": "council",
    "section_17_items": "?",
    "section_17_purpose": "?",
    "section_17_name": "?",
    "section_17_reference": "?",
    "edition": "PCSCA-2022-s17",
}
BODY = {
    "organisation_id": "opcc",
    "organisation_kind": "local_policing_body",
    "organisations": {"partner_sharer": [{"value": "council", "label": "Council"}]},
}


def test_a_local_policing_body_asks_an_authority_and_its_request_goes_there():
    walk_ = walked("section_17_ask", "council", before=BODY, check_17="ask")
    assert walk_.said == "check_17 -> section_17_asked"
    (asked,) = walk_.thrown
    assert asked.name == "section_17_asked"
    given = asked.variables
    assert (given["case_organisation"], given["section_17_body"]) == ("council", "opcc")
    assert (given["section_17_requester"], given["edition"]) == ("own_area", "PCSCA-2022-s17")


def test_what_is_excluded_does_not_stop_the_rest_from_being_asked_for():
    assert (
        walk("section_17_ask", "council", before=BODY, check_17="in_part") == "check_17 -> section_17_asked"
    )


@pytest.mark.parametrize("choice", ["not_asked", "not_ours"])
def test_what_is_not_asked_for_under_section_17_ends_with_its_reasons(choice):
    assert walk("section_17_ask", "council", before=BODY, check_17=choice) == "check_17 -> not_asked_17"


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
