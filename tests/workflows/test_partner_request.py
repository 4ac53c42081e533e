"""Every path through another agency's request, and what it insists on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any

BEFORE = "check_request -> choose_route"
DECIDED = "weigh_request -> request_lawful_reason -> decide_supply -> request_decided"
SUPPLIED = "supply_request -> request_supplied"
REFUSED = "explain_refusal -> request_look_again -> request_declined"


def walked(start="council", **choices):
    return walked_any("partner_request", start, **choices)


def walk(start="council", **choices):
    return walk_any("partner_request", start, **choices)


def task(walk_, element):
    return next(each for each in walk_.tasks if each.element == element)


def test_a_request_is_checked_decided_and_supplied():
    assert walk() == f"{BEFORE} -> {DECIDED} -> {SUPPLIED}"


# Who asks, and what for ------------------------------------------------------------------------------------


def test_a_police_request_without_necessity_and_proportionality_goes_back_to_the_police():
    said = walk("police_bare", check_request=("ask", "police_ready"))
    assert said == f"check_request -> ask_requester -> {BEFORE} -> {DECIDED} -> {SUPPLIED}"


@pytest.mark.parametrize("missing", ["request_purpose", "request_necessity", "request_proportionality"])
def test_a_police_request_carries_purpose_necessity_and_proportionality(missing):
    answers = {**ANSWERS["check_request"]["police_ready"]}
    assert offered("check_request", "request_ready", answers, requester_kind="police") == {"yes", "ask"}
    del answers[missing]
    assert offered("check_request", "request_ready", answers, requester_kind="police") == {"ask", "stop"}


def test_who_cannot_be_verified_is_never_supplied():
    walk_ = walked(check_request="not_verified", decide_supply="decline")
    assert walk_.said == f"check_request -> decide_supply -> request_decided -> {REFUSED}"
    context = {"request_ready": "stop", "request_verified": "not_verified"}
    assert offered("request_decision", "request_decision", {}, **context) == {"decline"}
    sent = ANSWERS["request_supply"]["sent"]
    assert problems("request_supply", sent, **context) == {"request_unverified"}


def test_a_request_is_acknowledged_the_same_day():
    acknowledge = task(walked(), "check_request")
    assert (acknowledge.clock, acknowledge.due.date().isoformat()) == ("request_acknowledge", "2026-03-03")


@pytest.mark.parametrize(
    ("start", "clock", "due"),
    [
        ("council", "request_routine", datetime(2026, 3, 10, 17, tzinfo=UTC)),
        ("urgent", "request_urgent", datetime(2026, 3, 3, 13, tzinfo=UTC)),
        ("by_a_day", "request_needed_by", datetime(2026, 3, 5, 23, 59, tzinfo=UTC)),
    ],
)
def test_five_working_days_four_hours_or_the_day_it_is_needed_by(start, clock, due):
    choose = task(walked(start), "choose_route")
    assert (choose.clock, choose.due.replace(second=0)) == (clock, due)


# Where it goes ---------------------------------------------------------------------------------------------


def test_health_information_for_the_police_goes_through_the_guardian():
    walk_ = walked("police_health", check_request="police_ready")
    assert walk_.said == (
        f"{BEFORE} -> weigh_request -> request_lawful_reason -> request_review -> triage -> guardian_decides "
        f"-> reviewed -> decide_supply -> request_decided -> {SUPPLIED}"
    )
    assert walk_.variable("route_chosen") == "caldicott"


def test_what_the_guardian_declines_cannot_be_supplied():
    assert offered("request_decision", "request_decision", {}, caldicott_decision="decline") == {"decline"}
    line = walked(
        "police_health",
        check_request="police_ready",
        guardian_decides="decline",
        decide_supply="decline",
    ).line
    assert line[-1] == "request_declined"


def test_a_local_policing_body_is_answered_under_section_17():
    assert walk("policing_body") == (
        f"{BEFORE} -> facts_17 -> decide_17 -> supply_17 -> receipt_17 -> supplied_17 -> request_section_17"
    )


def test_an_order_of_a_court_is_decided_with_legal_advice():
    assert walk("court") == f"{BEFORE} -> {DECIDED} -> {SUPPLIED}"
    answers = {"route_chosen": "court_order"}
    assert problems("request_route", answers, request_route="court_order") == {"route_legal_advice"}


@pytest.mark.parametrize("start", ["person", "hub"])
def test_what_others_answer_is_passed_on_and_recorded(start):
    assert walk(start) == f"{BEFORE} -> pass_on -> request_passed_on"


def test_another_way_than_the_table_recommends_needs_its_reason():
    assert walk("person", choose_route="departed").startswith(f"{BEFORE} -> weigh_request")
    assert problems("request_route", {"route_chosen": "decide"}, request_route="hub") == {"route_departed"}


# Deciding --------------------------------------------------------------------------------------------------


def test_subtle_harm_is_decided_or_advised_by_the_designated_lead():
    assert walk(weigh_request="subtle") == (
        f"{BEFORE} -> weigh_request -> lead_decides -> lead_decided -> request_lawful_reason "
        f"-> decide_supply -> request_decided -> {SUPPLIED}"
    )


def test_with_consent_no_other_lawful_reason_is_needed():
    assert walk(weigh_request="consented") == (
        f"{BEFORE} -> weigh_request -> decide_supply -> request_decided -> {SUPPLIED}"
    )


@pytest.mark.parametrize(
    "context",
    [{"lawful_reason_found": "no"}, {"lead_decision": "do_not_share"}, {"caldicott_decision": "decline"}],
    ids=lambda each: next(iter(each)),
)
def test_without_a_lawful_reason_only_a_refusal_can_be_chosen(context):
    assert offered("request_decision", "request_decision", {}, **context) == {"decline"}


def test_part_may_be_supplied_with_the_reason_for_the_rest():
    assert walk(decide_supply="supply_part") == f"{BEFORE} -> {DECIDED} -> {SUPPLIED}"
    answers = {**ANSWERS["request_decision"]["supply_part"], "request_not_supplied": " "}
    assert problems("request_decision", answers) == {"request_not_supplied"}


def test_what_cannot_wait_is_supplied_first_and_looked_at_afterwards():
    line = walked("health_cannot_wait", request_lawful_reason="health").line
    assert line.index("supply_request") < line.index("guardian_ratifies")
    assert line[-1] == "request_looked_at"


# Refusing --------------------------------------------------------------------------------------------------


def test_a_refusal_has_reasons_and_is_discussed_with_the_requester():
    walk_ = walked(request_lawful_reason="no", decide_supply="decline")
    assert walk_.said == f"{BEFORE} -> {DECIDED} -> {REFUSED}"
    answers = {**ANSWERS["request_decision"]["decline"], "request_decision_reasons": " "}
    assert problems("request_decision", answers) == {"request_decision_reasons"}


def test_new_information_is_decided_again_as_a_new_decision():
    line = walked(
        request_lawful_reason=("no", "yes"),
        decide_supply=("decline", "supply_again"),
        request_look_again="changed",
        weigh_request=("clear", "again"),
    ).line
    assert line.count("decide_supply") == 2 and line[-1] == "request_supplied"


def test_a_requester_who_disagrees_is_handed_to_the_disagreement():
    walk_ = walked(request_lawful_reason="no", decide_supply="decline", explain_refusal="disagrees")
    assert walk_.said.endswith("explain_refusal -> raise_refusal -> request_look_again -> request_declined")
    (handed,) = walk_.thrown
    assert handed.name == "escalation_raised"
    assert handed.variables["disagreement_about"] == "information"
    assert handed.variables["disagreement_urgency"] == "standard"


# No answer -------------------------------------------------------------------------------------------------


def test_no_answer_in_time_is_raised_and_handed_to_the_disagreement():
    walk_ = walked(
        meanwhile={"choose_route": "request_late"}, later="choose_route", request_overdue="further"
    )
    at = walk_.line.index("request_late")
    assert walk_.line[at + 1 : at + 3] == ["request_overdue", "raise_no_answer"]
    assert walk_.line[-1] == "request_supplied"
    (handed,) = walk_.thrown
    assert (handed.name, handed.variables["disagreement_about"]) == ("escalation_raised", "no_answer")


def test_silence_never_refuses_and_is_asked_about_every_working_day():
    line = walked(
        meanwhile={"choose_route": "request_late", "weigh_request": "request_next_day"},
        later="choose_route weigh_request",
    ).line
    assert line.count("request_overdue") == 2 and line[-1] == "request_supplied"


@pytest.mark.parametrize(
    ("meanwhile", "end"),
    [
        ({"supply_request": "request_late"}, "request_in_time"),
        ({"choose_route": "request_late", "supply_request": "request_next_day"}, "request_answered_late"),
    ],
)
def test_what_has_been_decided_is_not_chased(meanwhile, end):
    line = walked(meanwhile=meanwhile, later="choose_route").line
    assert end in line and line[-1] == "request_supplied"


def test_danger_is_acted_on_beside_the_request():
    line = walked(meanwhile={"choose_route": "immediate_risk_raised"}).line
    assert "request_danger_told" in line and line[-1] == "request_supplied"
