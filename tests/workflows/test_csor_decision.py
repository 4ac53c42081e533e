"""Review, representations, the test in parts, and who decides."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking_csor import (
    ASSESSED,
    CLOSED,
    DECIDED,
    DISCLOSED,
    PROVED,
    QUIET,
    TO_DECISION,
    TOLD,
    VIEWS,
    walk,
    walked,
)


def test_the_review_may_send_the_assessment_back():
    assert walk(review=("back", "sound")) == (
        f"{PROVED} -> {ASSESSED} -> assess_risk -> review -> {VIEWS} -> {DECIDED} -> {TOLD} -> {DISCLOSED}"
    )  # the hub is not told a second time of what it knows


@pytest.mark.parametrize(
    ("process", "task", "others"),
    [
        ("csor_assessment", "review", {"assess_risk"}),
        ("csor_assessment", "three_part_test", {"assess_risk"}),
        ("csor_assessment", "best_placed", {"assess_risk"}),
        ("csor_assessment", "decide", {"assess_risk"}),
        ("csor_assessment", "authorise_urgent", {"in_scope"}),
        ("csor_representations", "views_sought", {"assess_risk"}),
        ("csor_disclosure_visit", "not_signed", {"assess_risk", "undertaking"}),
        ("csor_closure", "check_complete", {"record_outcome"}),
    ],
)
def test_the_assessor_never_reviews_and_never_decides(process, task, others):
    said = diagram(process).elements[task].extensions
    assert said.role == "police_supervisor"
    assert set(said.properties["handrail:four_eyes"].split()) == others


def test_representations_are_sought_and_weighed():
    assert walk(views_sought="sought") == TO_DECISION.replace(
        VIEWS, "views_sought -> invite_views -> views_answer -> weigh_views -> views_weighed"
    ) + (f" -> {TOLD} -> {DISCLOSED}")


def test_no_representations_in_seven_days_and_it_goes_on_without_them():
    assert walk(views_sought="sought", late="views_answer") == TO_DECISION.replace(
        VIEWS, "views_sought -> invite_views -> views_late -> no_views"
    ) + (f" -> {TOLD} -> {DISCLOSED}")


@pytest.mark.parametrize("why", ["not_sought_urgent", "not_sought_prejudice"])
def test_representations_not_sought_need_reasons(why):
    assert problems("csor_views", {"subject_views_sought": why}) == {"subject_views_reasons"}
    assert walk_any("csor_representations", {}, views_sought=why) == VIEWS


def test_representations_never_show_the_applicant():
    for task in diagram("csor_representations").of_kind("userTask"):
        assert "applica" not in task.extensions.properties.get("handrail:shows", "")
    answers = {**ANSWERS["csor_invite_views"]["in_person"], "views_applicant_hidden": False}
    assert problems("csor_invite_views", answers) == {"views_applicant_hidden"}


def test_the_test_not_met_nothing_can_be_disclosed():
    line = walk(three_part_test="not_met", assess_risk="intelligence", decide="not_disclose")
    refused = "three_part_test -> decide -> csor_decided"
    assert line == f"{PROVED} -> {ASSESSED} -> {VIEWS} -> {refused} -> {QUIET} -> {CLOSED}"


def test_a_supervisor_may_decide_against_disclosing_with_reasons():
    line = walk(decide="against_presumption")
    assert line == f"{TO_DECISION} -> {QUIET} -> {CLOSED}"


def test_nothing_found_and_no_concern_is_closed_without_the_hub():
    walk_ = walked(assess_risk="none", three_part_test="not_met", decide="not_disclose")
    assert walk_.thrown == [] and walk_.said.endswith(f"{QUIET} -> {CLOSED}")


MET = {each: "yes" for each in ("test_necessary", "test_pressing", "test_proportionate", "child_interest")}


@pytest.mark.parametrize("part", sorted(MET))
def test_a_person_can_only_disclose_when_every_part_is_met(part):
    assert offered("csor_decision", "disclosure_decision", {}, **MET) == {"disclose", "not_disclose"}
    assert offered("csor_decision", "disclosure_decision", {}, **{**MET, part: "no"}) == {"not_disclose"}


@pytest.mark.parametrize("part", ["necessary", "pressing", "proportionate"])
def test_each_part_of_the_test_needs_its_reasons(part):
    answers = {**ANSWERS["csor_tests"]["met"], f"test_{part}_why": " "}
    assert problems("csor_tests", answers, child_sex_convictions="yes") == {f"test_{part}_why"}


@pytest.mark.parametrize(
    ("convictions", "allowed"),
    [("yes", {"yes", "no"}), ("no", {"not_applicable"}), ("nothing", {"not_applicable"})],
)
def test_the_presumption_is_only_for_child_sex_convictions(convictions, allowed):
    assert offered("csor_tests", "presumption", {}, child_sex_convictions=convictions) == allowed


def test_not_following_the_presumption_needs_its_reason():
    answers = ANSWERS["csor_decision"]["not_disclose"]
    assert problems("csor_decision", answers, **MET, presumption="yes") == {"presumption_departed"}
