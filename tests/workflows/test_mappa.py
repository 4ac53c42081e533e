"""Every path of telling a third party under MAPPA in one line, and who decides it."""

from __future__ import annotations

import pytest

from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import task, walk, walked

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
