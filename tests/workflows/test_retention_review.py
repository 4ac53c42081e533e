"""Every path of keeping and disposing in one line; both tables row by row; what may never be destroyed."""

from __future__ import annotations

from itertools import product

import pytest

from engine import diagrams
from engine.execution import Start
from tests.workflows.answers import ANSWERS
from tests.workflows.test_decisions import TABLES, decide, rules
from tests.workflows.test_forms import offered, problems
from tests.workflows.walking import WORKFLOWS, Walk, bundle_of
from tests.workflows.walking import walked as walked_any

LOOKED = "look_for_holds -> needed -> decide_retention"
GONE = "second_person -> carry_out -> disposed"


def walked(start="over", **choices):
    return walked_any("retention_review", start, **choices)


def walk(start="over", **choices):
    return walked(start, **choices).said


# Ways ------------------------------------------------------------------------------------------------------


def test_its_period_over_and_not_needed_two_people_dispose_of_it():
    assert walk() == f"{LOOKED} -> {GONE}"


@pytest.mark.parametrize("choice", ["anonymise", "transfer"])
def test_making_anonymous_and_passing_on_need_two_people_too(choice):
    assert walk(decide_retention=choice) == f"{LOOKED} -> {GONE}"


def test_what_is_kept_is_looked_at_again_after_a_year():
    walk_ = walked(look_for_holds=("yes", "no"))
    assert walk_.said == f"{LOOKED} -> next_review -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2027-03-03"


def test_the_rare_indefinite_case_needs_two_people_and_its_review_comes_every_year():
    line = walk(decide_retention=("indefinitely", "indefinitely", "dispose"))
    once = f"{LOOKED} -> second_person -> next_review"
    assert line == f"{once} -> {once} -> {LOOKED} -> {GONE}"


def test_without_the_second_person_nothing_is_destroyed():
    line = walk(second_person=("no", "yes"))
    assert line == f"{LOOKED} -> second_person -> next_review -> {LOOKED} -> {GONE}"


def test_a_hold_stops_a_disposal_that_has_begun():
    line = walk(meanwhile={"carry_out": "legal_hold_set"}, look_for_holds=("no", "yes", "no"))
    assert (
        line
        == f"{LOOKED} -> second_person -> hold_set -> held -> {LOOKED} -> next_review -> {LOOKED} -> {GONE}"
    )


def test_a_review_can_be_asked_for_before_the_year_is_over():
    walk_ = walked(look_for_holds=("yes", "no"), meanwhile={"next_review": "retention_review_wanted"})
    assert walk_.said == f"{LOOKED} -> review_now -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2026-03-03"


def test_whoever_decides_does_not_agree_as_the_second_person():
    said = _diagram().elements["second_person"].extensions
    assert (said.role, said.properties["handrail:four_eyes"]) == ("ig_lead", "decide_retention")


def test_the_history_survives_what_is_destroyed():
    answers = {**ANSWERS["retention_carry_out"]["erased"], "audit_kept": False}
    assert problems("retention_carry_out", answers) == {"audit_kept"}


def test_the_second_person_looks_for_holds_again():
    answers = {**ANSWERS["retention_second"]["yes"], "second_holds": False}
    assert problems("retention_second", answers) == {"second_holds"}


# What may be chosen ----------------------------------------------------------------------------------------


def test_a_hold_leaves_nothing_to_choose_but_keeping():
    assert offered("retention_decision", "retention_choice", {}, retention_recommended="keep_on_hold") == {
        "keep"
    }


@pytest.mark.parametrize("recommended", ["keep_sexual_abuse", "find_out", "keep_child"])
def test_what_relates_to_the_sexual_abuse_of_a_child_cannot_be_destroyed(recommended):
    assert offered("retention_decision", "retention_choice", {}, retention_recommended=recommended) == {
        "keep",
        "keep_indefinitely",
    }


@pytest.mark.parametrize(
    ("recommended", "choice"),
    [("may_dispose", "keep"), ("keep_period", "dispose"), ("keep_needed", "dispose")],
)
def test_departing_from_the_table_needs_its_reason(recommended, choice):
    answers = {"retention_choice": choice, "retention_reasons": "Because"}
    assert problems("retention_decision", answers, retention_recommended=recommended) == {
        "retention_departed"
    }


@pytest.mark.parametrize("recommended", ["may_dispose", "keep_on_hold", "keep_period", "decide"])
def test_every_decision_needs_its_reasons(recommended):
    given = {"retention_recommended": recommended}
    assert "retention_reasons" in problems("retention_decision", {"retention_choice": "keep"}, **given)


def test_keeping_indefinitely_says_why_no_date_is_enough():
    answers = {"retention_choice": "keep_indefinitely", "retention_reasons": "Because"}
    missing = problems("retention_decision", answers, retention_recommended="decide")
    assert missing == {"indefinite_why"}


@pytest.mark.parametrize(
    ("start", "recommended"),
    [
        ("over", "may_dispose"),
        ("running", "keep_period"),
        ("not_set", "decide"),
        ("sexual_abuse", "keep_sexual_abuse"),
        ("not_known", "find_out"),
        ("looked_after", "keep_period"),
        ("child", "keep_child"),
        ("grown_up", "may_dispose"),
    ],
)
def test_the_tables_recommend_for_the_record(start, recommended):
    """As the person who decides meets it: the first recommendation, from what was said of the record."""
    walk_ = Walk(bundle_of("retention_review"), {}, {}, set())
    walk_.elements = dict(_diagram().elements)
    walk_.run(Start(ANSWERS["start_retention_review"][start]))
    while "decide_retention" not in {task.element for task in walk_.open.values()}:
        walk_.step()
    assert walk_.variable("retention_recommended") == recommended


# The tables ------------------------------------------------------------------------------------------------

PERIODS = [
    ("looked_after", None, "2085-05-01", "looked_after"),
    ("looked_after", "2020-02-29", "2035-02-28", "looked_after_died"),
    ("child_protection", None, "2055-06-01", "child_protection"),
    ("child_in_need", None, "2031-05-01", "child_in_need"),
    ("allegation", None, "2120-06-01", "allegation"),
    ("allegation_unfounded", None, "2030-06-01", "allegation_unfounded"),
    ("police_intelligence", None, "2026-06-01", "police_intelligence"),
    ("disclosure_scheme", None, "2026-06-01", "disclosure_scheme"),
    ("part_of_case", None, None, "part_of_case"),
    ("other", None, None, "other"),
]


@pytest.mark.parametrize(("kind", "died", "until", "rule"), PERIODS)
def test_each_kind_of_record_has_its_own_period(kind, died, until, rule):
    """Born on 1 May 2010, last contact on 1 June 2020."""
    decided = decide(
        "retention_period",
        record_class=kind,
        born_on="2010-05-01",
        died_on=died,
        last_contact_on="2020-06-01",
    )
    assert (decided.value, rules(decided)) == (until, [rule])


def test_activity_after_the_eighteenth_birthday_counts_for_a_child_in_need():
    given = {"born_on": "2000-05-01", "died_on": None, "last_contact_on": "2020-06-01"}
    assert decide("retention_period", record_class="child_in_need", **given).value == "2023-06-01"


RETENTION = """
    on_hold  csa_related  child_under_18  period   still_needed  result             rule
    yes      yes          yes             over     no            keep_on_hold       on_hold
    no       yes          no              over     no            keep_sexual_abuse  sexual_abuse
    no       not_known    no              over     no            find_out           not_known
    no       no           yes             over     no            keep_child         child
    no       no           no              running  no            keep_period        running
    no       no           no              not_set  no            decide             not_set
    no       no           no              over     yes           keep_needed        needed
    no       no           no              over     no            may_dispose        over
"""
HEAD, *ROWS = [line.split() for line in RETENTION.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids="-".join)
def test_retention(row):
    *answers, result, rule = row
    decided = decide("retention", **dict(zip(HEAD, answers, strict=False)))
    assert (decided.value, rules(decided)) == (result, [rule])


def test_every_row_of_both_tables_is_tried():
    assert {rule.id for rule in TABLES["retention"].rules} == {row[-1] for row in ROWS}
    assert {rule.id for rule in TABLES["retention_period"].rules} == {row[-1] for row in PERIODS}


def test_only_what_nothing_forbids_and_nobody_needs_may_be_disposed_of():
    """All 72 ways to answer: one recommendation each, and disposal for exactly one of them."""
    ways = product(("yes", "no"), ("yes", "no", "not_known"), ("yes", "no"), ("running", "over", "not_set"))
    for hold, csa, child, period in ways:
        for needed in ("yes", "no"):
            given = dict(zip(HEAD, (hold, csa, child, period, needed), strict=False))
            decided = decide("retention", **given)
            clear = (hold, csa, child, period, needed) == ("no", "no", "no", "over", "no")
            assert len(decided.rules) == 1 and (decided.value == "may_dispose") == clear


def _diagram():
    return diagrams.read((WORKFLOWS / "retention_review.bpmn").read_bytes(), "retention_review.bpmn")
