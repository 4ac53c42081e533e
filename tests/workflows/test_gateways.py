"""Every path under sections 115 and 16 in one line, and what holds for every power to share."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import walk, walked

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


@pytest.mark.parametrize("process", ["section_115", "section_16", "section_17"])
def test_a_ruling_is_never_by_whoever_asked_for_it(process):
    number = process.removeprefix("section_")
    said = diagram(process).elements[f"ruling_{number}"].extensions.properties
    assert said["handrail:four_eyes"] == f"decide_{number}"


@pytest.mark.parametrize("process", ["section_115", "section_16", "section_17", "mappa_third_party"])
def test_tables_recommend_and_people_decide(process):
    """After every table somebody is asked before anything leaves."""
    drawn = diagram(process)
    (table,) = drawn.of_kind("businessRuleTask")
    after = drawn.elements[drawn.flows[table.outgoing[0]].target]
    assert after.kind == "userTask"
