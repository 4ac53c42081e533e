"""The tables of section 17, section 327A, the route of a request and the stages of a disagreement, by row."""

from __future__ import annotations

from itertools import product

import pytest

from policy.clocks import CLOCKS
from policy.roles import ROLES
from tests.workflows.test_decisions import TABLES, YES_NO, decide, rules
from tests.workflows.test_forms import offered

ALL_17 = {
    "asked_by_own_policing_body": "yes",
    "for_section_14": "yes",
    "authority_listed": "yes",
    "information_held": "all",
    "information_relates": "yes",
    "patient_information_in": "no",
    "care_personal_in": "no",
    "data_protection_in": "no",
    "investigatory_powers_in": "no",
}
EXCLUSIONS = {
    "patient_information_in": "patient",
    "care_personal_in": "care",
    "data_protection_in": "data_protection",
    "investigatory_powers_in": "investigatory_powers",
}
SECTION_17 = [
    ({}, "must_supply", ["comply"]),
    ({"asked_by_own_policing_body": "no"}, "not_section_17", ["not_policing_body"]),
    ({"for_section_14": "no"}, "not_section_17", ["other_function"]),
    ({"authority_listed": "no"}, "not_section_17", ["not_an_authority"]),
    ({"information_held": "no"}, "nothing", ["not_held"]),
    ({"information_relates": "no"}, "nothing", ["not_related"]),
    ({"information_held": "part"}, "must_supply_part", ["held_in_part"]),
    *(({each: "all"}, "nothing", [f"{rule}_all"]) for each, rule in EXCLUSIONS.items()),
    *(({each: "part"}, "must_supply_part", [f"{rule}_part"]) for each, rule in EXCLUSIONS.items()),
    ({"patient_information_in": "part", "care_personal_in": "all"}, "nothing", ["care_all", "patient_part"]),
    (
        {"asked_by_own_policing_body": "no", "patient_information_in": "all"},
        "not_section_17",
        ["not_policing_body", "patient_all"],
    ),
]


@pytest.mark.parametrize(("answers", "result", "because"), SECTION_17, ids=lambda each: str(each))
def test_section_17_must_be_complied_with_save_for_four_exclusions(answers, result, because):
    """Everything that applies is named; the most serious comes first."""
    decided = decide("section_17", **ALL_17 | answers)

    assert (decided.value[0], rules(decided)) == (result, because)


def test_section_17_obliges_only_what_nothing_excludes():
    """Every way to answer, against the section said again in a few lines."""
    ways = [YES_NO, YES_NO, YES_NO, ("all", "part", "no"), YES_NO, *[("no", "part", "all")] * 4]
    for answers in product(*ways):
        *asked, held, relates = answers[:5]
        extents = answers[5:]
        if "no" in asked:
            expected = "not_section_17"
        elif held == "no" or relates == "no" or "all" in extents:
            expected = "nothing"
        elif held == "part" or "part" in extents:
            expected = "must_supply_part"
        else:
            expected = "must_supply"

        assert decide("section_17", **dict(zip(ALL_17, answers, strict=True))).value[0] == expected


# Section 327A ----------------------------------------------------------------------------------------------

PRESUMED = dict.fromkeys(
    ("mappa_managed_here", "relevant_convictions", "serious_harm_risk", "telling_necessary"), "yes"
)
SECTION_327A = [
    ({}, "presumption", ["presumed"]),
    ({"mappa_managed_here": "no"}, "not_327a", ["not_managed"]),
    ({"relevant_convictions": "no"}, "not_327a", ["no_convictions"]),
    ({"serious_harm_risk": "no"}, "consider", ["no_serious_harm"]),
    ({"telling_necessary": "no"}, "consider", ["not_necessary"]),
    (
        {"serious_harm_risk": "no", "telling_necessary": "no"},
        "consider",
        ["no_serious_harm", "not_necessary"],
    ),
]


@pytest.mark.parametrize(("answers", "result", "because"), SECTION_327A, ids=lambda each: str(each))
def test_section_327a(answers, result, because):
    decided = decide("section_327a", **PRESUMED | answers)

    assert (decided.value, rules(decided)) == (result, because)


def test_the_presumption_needs_all_four_and_convictions_for_child_sex_offences():
    for answers in product(YES_NO, repeat=4):
        managed, convicted, harm, necessary = answers
        if "no" in (managed, convicted):
            expected = "not_327a"
        else:
            expected = "presumption" if (harm, necessary) == ("yes", "yes") else "consider"

        assert decide("section_327a", **dict(zip(PRESUMED, answers, strict=True))).value == expected


# The route of a request ------------------------------------------------------------------------------------

ROUTES = """
    requester_kind         relied_on    health_or_care  route           rule
    person                 nothing      yes             subject_access  about_themselves
    police                 court_order  yes             court_order     an_order
    local_policing_body    section_17   yes             section_17      policing_body
    hub                    nothing      yes             hub             the_hub
    police                 nothing      yes             caldicott       health_information
    health                 section_17   yes             caldicott       health_information
    local_policing_body    statute      yes             caldicott       policing_body_health
    police                 section_17   no              decide          not_policing_body
    council                nothing      no              decide          any_other
    local_policing_body    nothing      no              decide          any_other
"""
ROWS = [line.split() for line in ROUTES.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS, ids="-".join)
def test_the_route_of_a_request(row):
    kind, relied, health, route, rule = row

    decided = decide("request_route", requester_kind=kind, relied_on=relied, health_or_care=health)

    assert (decided.value, rules(decided)) == (route, [rule])


def test_every_request_has_exactly_one_route_and_none_is_refused():
    kinds = offered("start_partner_request", "requester_kind", {})
    relied = offered("start_partner_request", "request_relied_on", {})
    for kind, law, health in product(kinds, relied, YES_NO):
        decided = decide("request_route", requester_kind=kind, relied_on=law, health_or_care=health)
        assert decided.value in {row[3] for row in ROWS} and len(decided.rules) == 1


# The stages of a disagreement ------------------------------------------------------------------------------

STAGES = [
    (
        "practice",
        "other",
        ["practitioner", "line_manager", "partner_head", "partner_director", "partner_executive"],
    ),
    (
        "practice",
        "police",
        ["practitioner", "police_supervisor", "partner_head", "partner_director", "partner_executive"],
    ),
    ("information", "other", ["dsl", "ig_lead", "siro"]),
    ("health_information", "police", ["dsl", "caldicott_guardian", "siro"]),
]


@pytest.mark.parametrize("urgency", ["immediate", "high", "standard"])
@pytest.mark.parametrize(("ladder", "party", "owners"), STAGES)
def test_each_stage_has_its_owner_and_its_clock_up_to_the_top(ladder, party, owners, urgency):
    stages = decide(
        "disagreement_stages", disagreement_ladder=ladder, other_party=party, disagreement_urgency=urgency
    ).value

    assert [stage["owner"] for stage in stages] == owners
    assert [stage["number"] for stage in stages] == list(range(1, len(owners) + 1))
    assert all(stage["owner"] in ROLES and stage["title"] for stage in stages)
    assert all(stage["clock"] in CLOCKS and urgency in stage["clock"] for stage in stages)


def test_a_disagreement_with_the_police_goes_to_the_supervisor_on_call():
    decided = decide(
        "disagreement_stages",
        disagreement_ladder="practice",
        other_party="police",
        disagreement_urgency="high",
    )
    assert decided.value[1]["title"] == "The police supervisor on call"


@pytest.mark.parametrize(
    ("table", "tried"),
    [
        ("section_17", {rule for _, _, because in SECTION_17 for rule in because}),
        ("section_327a", {rule for _, _, because in SECTION_327A for rule in because}),
        ("request_route", {row[-1] for row in ROWS}),
    ],
)
def test_every_row_is_tried(table, tried):
    assert {rule.id for rule in TABLES[table].rules} == tried


def test_every_row_of_the_stages_is_tried():
    tried = set()
    for ladder, party, _ in STAGES:
        given = {"disagreement_ladder": ladder, "other_party": party, "disagreement_urgency": "standard"}
        tried |= set(rules(decide("disagreement_stages", **given)))
    assert {rule.id for rule in TABLES["disagreement_stages"].rules} == tried
