"""The agencies that are asked, silence, and the urgent route without them."""

from __future__ import annotations

import json

import pytest

from policy.roles import ROLES
from tests.workflows import silence
from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import problems, shown
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking import walked as walked_any
from tests.workflows.walking_csor import (
    APPLIED,
    ASSESSED,
    DECIDED,
    DISCLOSED,
    PROVED,
    REVIEWED,
    TOLD,
    VIEWS,
    tasks,
    walk,
    walked,
)


def test_agencies_are_asked_at_once_and_each_sees_its_own_request_only():
    asked = tasks(walked(), "partner_return")
    assert [task.role for task in asked] == ["csc_screening", "mash_health", "mash_education"]
    assert len({task.clock for task in asked}) == 1


def test_every_return_reaches_the_assessor():
    returns = walked(partner_return=("held", "nothing")).variable("partner_returns")
    assert returns is None  # what agencies said stays in the assessment
    walk_ = walked_any("csor_assessment", APPLIED, partner_return=("held", "nothing"))
    kept = walk_.variable("partner_returns")
    assert [(each["return_agency"], each["return_held"]) for each in kept] == [
        ("csc_screening", "yes"),
        ("mash_health", "no"),
        ("mash_education", "no"),
    ]


def test_what_an_agency_is_given_holds_nothing_of_the_applicant():
    """The called process gets its own request, and none of the variables around it."""
    (call,) = (
        each for each in diagram("csor_assessment").of_kind("callActivity") if each.id == "ask_partners"
    )
    source = (WORKFLOWS / "csor_assessment.bpmn").read_text()
    assert 'processId="csor_partner_return"' in source
    assert source.count('propagateAllParentVariables="false"') == 1
    assert call.extensions.called_process == "csor_partner_return"
    assert not {key for key in form_of("csor_partner_return").keys if key.startswith("applica")}


PARTNER = {"partner": "mash_health", "partner_question": "?", "partner_about": "?"}


def test_an_agency_that_does_not_answer_is_chased_and_may_still_answer():
    assert (
        walk_any("csor_partner_return", PARTNER, late="partner_return", later="chase_partner")
        == "partner_late -> partner_return -> partner_returned"
    )


def test_the_police_may_go_on_without_an_agency():
    assert (
        walk_any("csor_partner_return", PARTNER, late="partner_return", later="partner_return")
        == "partner_late -> chase_partner -> went_on_without"
    )


SILENT = {"late": "partner_return", "later": "partner_return"}
ESCALATED = {
    **SILENT,
    "chase_partner": ("escalate", "without"),
    "meanwhile": {"partner_return": "wait_longer"},
}


def test_silence_is_taken_to_a_disagreement_while_the_agency_is_still_waited_for():
    walk_ = walked_any("csor_partner_return", PARTNER, **ESCALATED)
    assert walk_.said == (
        "partner_late -> chase_partner -> raise_silence -> silence_raised "
        "-> wait_longer -> chase_partner -> went_on_without"
    )
    (raised,) = walk_.thrown
    assert (raised.name, [*json.loads(raised.correlation).values()]) == ("escalation_raised", ["mash_health"])
    assert raised.variables == silence.RAISED


def test_a_supervisor_may_leave_it_with_the_officer():
    walk_ = walked_any("csor_partner_return", PARTNER, **ESCALATED, raise_silence="no")
    assert walk_.thrown == [] and "silence_left" in walk_.line


def test_a_chase_that_is_late_is_told_to_the_supervisor_and_closes_nothing():
    """Both tasks stay open: the agency may still answer, and the officer may still chase."""
    walk_ = walked_any(
        "csor_partner_return",
        PARTNER,
        late="partner_return",
        later="partner_return chase_partner",
        meanwhile={"partner_return": "chase_late"},
    )
    assert walk_.said == (
        "partner_late -> chase_late -> raise_silence -> silence_raised -> partner_return -> partner_returned"
    )


@pytest.mark.parametrize("agency", ["csc_screening", "mash_education", "mash_probation", "mash_housing"])
def test_each_agency_is_named_beside_what_it_is_asked_and_chased_for(agency):
    walk_ = walked_any("csor_partner_return", {**PARTNER, "partner": agency}, **ESCALATED)
    assert {each.name.rpartition(" (")[2] for each in walk_.tasks} == {f"{ROLES[agency].name})"}
    (raised,) = walk_.thrown
    assert raised.variables["disagreement_agency"].lower() in ROLES[agency].name.lower()


@pytest.mark.parametrize("scheme", ["csor", "dvds"])
def test_of_two_organisations_with_one_role_the_chase_says_which_was_asked(scheme):
    partner = "partner" if scheme == "csor" else "dvds_partner"
    both = [{"value": "a", "label": "Trent Bank"}, {"value": "b", "label": "Isle Hospital"}]
    chosen = {partner: "mash_health", f"{partner}_organisation": "b"}
    field = shown(f"{scheme}_chase_partner", {}, **chosen, organisations={"mash_health": both})
    assert field[f"{partner}_organisation"].value == "b"
    assert f"{partner}_organisation" not in shown(f"{scheme}_chase_partner", {}, **{partner: "mash_health"})


def test_those_who_settle_it_are_told_nothing_before_it_is_read_through():
    answers = {**ANSWERS["partner_silence"]["yes"], "silence_nothing_secret": False}
    assert problems("partner_silence", answers) == {"silence_nothing_secret"}


def test_the_police_may_wait_longer_and_chase_again():
    assert (
        walk_any(
            "csor_partner_return",
            PARTNER,
            late="partner_return",
            later="partner_return",
            meanwhile={"partner_return": "wait_longer"},
            chase_partner=("wait", "without"),
        )
        == "partner_late -> chase_partner -> wait_longer -> chase_partner -> went_on_without"
    )


def test_the_urgent_route_leaves_out_partner_returns_and_is_written_up_afterwards():
    assert walk(in_scope="cannot_wait") == (
        f"{PROVED} -> authorise_urgent -> {REVIEWED} -> {VIEWS} -> {DECIDED} -> {TOLD} "
        f"-> urgent_paperwork -> {DISCLOSED}"
    )


def test_urgency_that_is_not_authorised_asks_the_partners():
    assert walk(in_scope="cannot_wait", authorise_urgent="no") == (
        f"{PROVED} -> authorise_urgent -> {ASSESSED} -> {VIEWS} -> {DECIDED} -> {TOLD} -> {DISCLOSED}"
    )
