"""What sharing can rely on, and the traps of the lists."""

import doctest
import json
from importlib import resources
from itertools import combinations

import pytest

from policy import lawful_bases, principles
from policy.clocks import EVIDENCE
from policy.lawful_bases import (
    ARTICLE_6,
    ARTICLE_9,
    ARTICLE_10,
    CONTROLLERS,
    PART_3,
    SCHEDULE_8,
    offered,
    unmet_limbs,
)

EVERY = (*ARTICLE_6, *ARTICLE_9, *ARTICLE_10, *PART_3, *SCHEDULE_8)
MET = {
    "protects": "from_harm",
    "person": "under_18",
    "without_consent": "would_prejudice",
    "public_interest": "yes",
}


def codes(bases, controller):
    return {basis.code for basis in offered(bases, controller)}


@pytest.mark.parametrize("basis", EVERY, ids=lambda basis: basis.code)
def test_every_basis_names_its_law_and_how_sure_it_is(basis):
    assert "Article" in basis.law or "section" in basis.law
    assert {tag.split(":")[0] for tag in basis.evidence.split()} <= set(EVIDENCE)
    assert basis.controllers <= set(CONTROLLERS)


@pytest.mark.parametrize("controller", ["public_authority", "private_or_voluntary"])
def test_schedule_8_is_never_offered_outside_law_enforcement(controller):
    assert codes(SCHEDULE_8, controller) == codes(PART_3, controller) == set()


def test_general_bases_are_not_offered_to_law_enforcement():
    assert codes((*ARTICLE_6, *ARTICLE_9, *ARTICLE_10), "competent_authority") == set()
    assert codes(SCHEDULE_8, "competent_authority") == {"safeguarding_law_enforcement"}


def test_public_authorities_do_not_rely_on_legitimate_interests():
    legitimate = {"legitimate_interests", "recognised_legitimate_interest"}

    assert codes(ARTICLE_6, "public_authority").isdisjoint(legitimate)
    assert legitimate <= codes(ARTICLE_6, "private_or_voluntary")
    assert "public_task" not in codes(ARTICLE_6, "private_or_voluntary")


def test_contract_is_no_basis_for_sharing():
    assert not any("6(1)(b)" in basis.law for basis in ARTICLE_6)


def test_safeguarding_asks_for_four_limbs_under_both_schedules():
    assert len(lawful_bases.SAFEGUARDING_LIMBS) == 4
    assert unmet_limbs(MET) == ()


@pytest.mark.parametrize("missing", [each for n in (1, 2, 3, 4) for each in combinations(MET, n)])
def test_every_limb_is_needed(missing):
    assert unmet_limbs({code: value for code, value in MET.items() if code not in missing}) == missing


@pytest.mark.parametrize("wrong", ["no", "", None, "refused", True])
def test_an_answer_that_is_no_choice_meets_no_limb(wrong):
    assert unmet_limbs(dict.fromkeys(MET, wrong)) == tuple(MET)


def test_a_refusal_of_consent_is_not_by_itself_a_reason_to_do_without():
    reasons = {code for code, _ in lawful_bases.SAFEGUARDING_LIMBS[2].choices}

    assert set(lawful_bases.CONSENT_AS_LIMB.values()) == reasons
    assert {"refused", "withdrawn", "expired", "given"}.isdisjoint(lawful_bases.CONSENT_AS_LIMB)
    assert set(lawful_bases.CONSENT_AS_LIMB) <= set(lawful_bases.CONSENT)


def test_section_115_and_16_are_powers_and_section_17_is_a_duty():
    force = {gateway.code: gateway.force for gateway in lawful_bases.GATEWAYS}

    assert (force["section_115"], force["section_16"], force["section_17"]) == ("power", "power", "duty")


def test_there_are_seven_information_principles_and_seven_or_eight_caldicott_ones():
    assert len(principles.INFORMATION) == 7
    assert "adequate" in {principle.code for principle in principles.INFORMATION}
    assert len(principles.CALDICOTT["caldicott_2013"]) == 7
    assert len(principles.CALDICOTT["caldicott_2020"]) == 8
    assert principles.CALDICOTT["caldicott_2020"][7].code == "inform"
    assert [len(rules) for rules in principles.GOLDEN_RULES.values()] == [7, 7]


# The forms in workflows/forms offer these lists under these keys; a value nobody can look up here is a slip.
LISTS = {
    "article_6": {basis.code for basis in ARTICLE_6},
    "article_9": {basis.code for basis in ARTICLE_9},
    "article_10": {basis.code for basis in ARTICLE_10},
    "section_35": {basis.code for basis in PART_3},
    "schedule_8": {basis.code for basis in SCHEDULE_8},
    "legal_gateway": {gateway.code for gateway in lawful_bases.GATEWAYS},
    "confidentiality": set(lawful_bases.CONFIDENTIALITY),
    "consent_status": set(lawful_bases.CONSENT),
    **{limb.code: {code for code, _ in limb.choices} for limb in lawful_bases.SAFEGUARDING_LIMBS},
}


def _fields(components):
    for each in components:
        yield each
        yield from _fields(each.get("components", []))


def _form(name):
    found = resources.files("workflows") / "forms" / f"{name}.form"
    return list(_fields(json.loads(found.read_text("utf-8"))["components"]))


@pytest.mark.parametrize("name", ["lawful_reason", "consent"])
def test_forms_offer_only_what_the_lists_hold(name):
    offered_by_form = {
        field["key"]: {value["value"] for value in field["values"]}
        for field in _form(name)
        if field.get("key") in LISTS and "values" in field
    }

    assert offered_by_form
    assert {key: values - LISTS[key] for key, values in offered_by_form.items()} == {
        key: set() for key in offered_by_form
    }


def test_the_form_asks_for_every_limb_and_every_choice_of_it():
    fields = {field.get("key"): field for field in _form("lawful_reason")}

    for limb in lawful_bases.SAFEGUARDING_LIMBS:
        assert {value["value"] for value in fields[limb.code]["values"]} == {code for code, _ in limb.choices}


@pytest.mark.parametrize(
    ("name", "prefix", "listed"),
    [
        ("principles", "principle_", principles.INFORMATION),
        ("caldicott_decision", "caldicott_", principles.CALDICOTT_2020),
    ],
)
def test_the_checklists_ask_for_every_principle(name, prefix, listed):
    keys = {field.get("key") for field in _form(name)}

    assert {prefix + principle.code for principle in listed} <= keys


def test_examples():
    assert doctest.testmod(lawful_bases.limbs).failed == 0
