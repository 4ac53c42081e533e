"""Every path of keeping and disposing in one line; the tables row by row; what may never be destroyed."""

from __future__ import annotations

import re
from itertools import product

import pytest

from engine.execution import Start
from tests.workflows.answers import ANSWERS
from tests.workflows.shipped import diagram
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


# A case that is closed ------------------------------------------------------------------------------------

DESCRIBED = "next_review -> describe_record"


def closed(*ran, on="2026-03-03", **choices):
    told = {"case_closed_on": on, "case_processes": list(ran), "case_reference": "AB12-CD34"}
    return walked_any("retention_review", told, event="case_is_closed", **choices)


@pytest.mark.parametrize(
    ("ran", "due"),
    [
        ("csor_disclosure", "2032-03-04"),
        ("dvds_disclosure", "2032-03-04"),
        ("mappa_third_party", "2032-03-04"),
        ("child_protection", "2061-03-04"),
    ],
)
def test_the_review_of_a_closed_case_comes_by_itself_the_day_after_its_period(ran, due):
    walk_ = closed("mash_triage", ran, describe_record="over")
    assert walk_.said == f"{DESCRIBED} -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == due


def test_where_no_period_is_known_the_review_comes_in_a_year():
    walk_ = closed("share_information", describe_record="over")
    assert walk_.said == f"{DESCRIBED} -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2027-03-03"


def test_the_clock_asks_what_the_record_is_and_nobody_is_asked_before_it_runs_out():
    walk_ = closed("csor_disclosure", describe_record="over")
    assert [task.element for task in walk_.tasks][0] == "describe_record"
    assert walk_.variable("record_reference") == "AB12-CD34"
    assert walk_.variable("record_class") == "police_intelligence"  # as the reviewer says, not the table


def test_a_period_that_runs_on_is_waited_for_to_its_end():
    """Looked at after a year; the reviewer finds a record whose period ends on 1 June 2031."""
    walk_ = closed("share_information", describe_record="running", decide_retention=("keep", "dispose"))
    assert walk_.said == f"{DESCRIBED} -> {LOOKED} -> next_review -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2031-06-02"


def test_the_rare_indefinite_case_has_its_scheduled_review_every_year_whatever_its_period():
    decided = ("indefinitely", "indefinitely", "transfer")
    walk_ = closed("share_information", describe_record="running", decide_retention=decided)
    once = f"{LOOKED} -> second_person -> next_review"
    assert walk_.said == f"{DESCRIBED} -> {once} -> {once} -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2029-03-03"


def test_a_hold_is_looked_for_first_and_a_held_case_is_looked_at_again_every_year():
    walk_ = closed(
        "share_information",
        describe_record="running",
        look_for_holds=("yes", "no"),
        decide_retention=("keep", "keep", "dispose"),
    )
    assert walk_.said.startswith(f"{DESCRIBED} -> {LOOKED} -> next_review -> {LOOKED} -> next_review")
    assert walk_.clock.now.date().isoformat() == "2031-06-02"


def test_what_relates_to_the_sexual_abuse_of_a_child_is_never_offered_for_disposal_by_the_clock():
    walk_ = Walk(bundle_of("retention_review"), {"describe_record": "sexual_abuse"}, {}, set())
    walk_.elements = dict(diagram("retention_review").elements)
    told = {"case_closed_on": "2026-03-03", "case_processes": ["csor_disclosure"]}
    walk_.run(Start(told, "case_is_closed"))
    while "decide_retention" not in {task.element for task in walk_.open.values()}:
        walk_.step()
    assert walk_.variable("retention_recommended") == "keep_sexual_abuse"


def test_somebody_on_the_case_may_ask_for_its_review_before_its_time():
    walk_ = closed(
        "csor_disclosure", describe_record="over", meanwhile={"next_review": "retention_review_wanted"}
    )
    assert walk_.said == f"review_now -> describe_record -> {LOOKED} -> {GONE}"
    assert walk_.clock.now.date().isoformat() == "2026-03-03"


def test_whoever_reviews_becomes_part_of_the_case_and_the_second_person_does_not():
    whole = {
        element.id
        for element in diagram("retention_review").of_kind("userTask")
        if element.extensions.properties.get("handrail:access") == "case"
    }
    assert whole == {"describe_record", "look_for_holds", "needed", "decide_retention"}


# What nobody does alone ------------------------------------------------------------------------------------


def test_whoever_decides_does_not_agree_as_the_second_person():
    said = diagram("retention_review").elements["second_person"].extensions
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
    walk_.elements = dict(diagram("retention_review").elements)
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


KINDS = [
    (["child_protection", "csor_disclosure"], "child_protection", "protection"),
    (["mappa_third_party"], "police_intelligence", "offender"),
    (["csor_disclosure"], "disclosure_scheme", "scheme"),
    (["breach", "dvds_disclosure"], "disclosure_scheme", "scheme"),
    (["dvds_referral"], "disclosure_scheme", "scheme"),
    (["share_information"], "other", "not_said"),
    ([], "other", "not_said"),
]


@pytest.mark.parametrize(("ran", "kind", "rule"), KINDS)
def test_what_ran_says_what_kind_of_record_a_closed_case_is_or_says_nothing(ran, kind, rule):
    decided = decide("retention_kind", case_processes=ran)
    assert (decided.value, rules(decided)) == (kind, [rule])


def test_every_process_that_the_table_of_kinds_names_is_one():
    named = set(re.findall(r'"(\w+)"\)', (WORKFLOWS / "decisions/retention_kind.dmn").read_text()))
    assert named and named <= {path.stem for path in WORKFLOWS.glob("*.bpmn")}


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


def test_every_row_of_the_tables_is_tried():
    assert {rule.id for rule in TABLES["retention_kind"].rules} == {row[-1] for row in KINDS}
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
