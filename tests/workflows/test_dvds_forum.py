"""The forum that decides, its members, its tests, and what B may say."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS, form_of
from tests.workflows.walking import walk as walk_any
from tests.workflows.walking_dvds import AT, CASE, CLOSED, DECIDED, FORUM, NOT_SOUGHT, RECORDED, REFUSED, walk


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
    given = {target for _, target in diagram("dvds_forum").elements["dvds_ask_members"].extensions.inputs}
    assert given and not {each for each in given if each.startswith(("c_", "applica", "a_"))}


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
    (call,) = [e for e in diagram("dvds_forum").of_kind("callActivity") if e.id == "dvds_b_views"]
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
    for task in diagram("dvds_representations").of_kind("userTask"):
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
    said = diagram(process).elements[task].extensions.properties["handrail:four_eyes"]
    assert set(said.split()) == others
