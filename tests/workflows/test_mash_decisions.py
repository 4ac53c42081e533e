"""The hub's decision tables, row by row. They recommend, and no more."""

from __future__ import annotations

from itertools import product

import pytest

from tests.workflows.test_decisions import DECISIONS, TABLES, decide, rules

RATING = """
    harm      now  need       enough  rating  rule
    yes       no   universal  yes     red     harm_suspected
    possible  yes  universal  yes     red     harm_possible_soon
    possible  no   some       no      amber   harm_possible_later
    no        yes  complex    yes     amber   complex_need_soon
    no        no   complex    no      amber   complex_need
    no        yes  some       yes     green   some_need
    no        no   some       no      green   some_need
    no        no   universal  no      green   universal_not_enough
    no        yes  universal  yes     blue    universal
"""
FEEDBACK = """
    professional        yes  nothing   telling_is_a_risk
    anonymous           no   nothing   not_known_who
    professional        no   outcome   works_with_the_child
    other_professional  no   received  does_not_work_with_the_child
    family              no   received  does_not_work_with_the_child
    public              no   received  does_not_work_with_the_child
"""
RATINGS = [line.split() for line in RATING.strip().splitlines()[1:]]
TOLD = [line.split() for line in FEEDBACK.strip().splitlines()]
SCREENED = ("screen_harm", "screen_now", "screen_need", "screen_enough")


@pytest.mark.parametrize("row", RATINGS, ids=lambda row: f"{row[5]}-{row[1]}")
def test_what_the_table_recommends_as_a_rating(row):
    *answers, rating, rule = row
    decided = decide("mash_rating", **dict(zip(SCREENED, answers, strict=True)))
    assert (decided.value, rules(decided)) == (rating, [rule])


@pytest.mark.parametrize("row", TOLD, ids=lambda row: f"{row[3]}-{row[0]}")
def test_what_the_table_recommends_to_tell_the_referrer(row):
    kind, risk, told, rule = row
    decided = decide("referrer_feedback", referrer_kind=kind, feedback_risk=risk)
    assert (decided.value, rules(decided)) == (told, [rule])


@pytest.mark.parametrize(("table", "tried"), [("mash_rating", RATINGS), ("referrer_feedback", TOLD)])
def test_every_row_is_tried(table, tried):
    assert {rule.id for rule in TABLES[table].rules} == {row[-1] for row in tried}


def test_there_is_one_rating_for_everything_that_can_be_said():
    for answers in product(
        ("yes", "possible", "no"), ("yes", "no"), ("complex", "some", "universal"), ("yes", "no")
    ):
        rating = decide("mash_rating", **dict(zip(SCREENED, answers, strict=True))).value
        assert rating in ("red", "amber", "green", "blue")
        assert rating == "red" or answers[0] != "yes"


def test_suspected_harm_is_never_less_than_red_and_what_cannot_be_told_is_never_blue():
    assert (
        decide("mash_rating", **dict(zip(SCREENED, ("yes", "no", "some", "yes"), strict=True))).value == "red"
    )
    assert (
        decide("mash_rating", **dict(zip(SCREENED, ("no", "no", "universal", "no"), strict=True))).value
        == "green"
    )


def test_nobody_is_told_where_it_is_a_risk():
    kinds = ("professional", "other_professional", "family", "public", "anonymous")
    assert {decide("referrer_feedback", referrer_kind=kind, feedback_risk="yes").value for kind in kinds} == {
        "nothing"
    }
    assert "referrer_feedback" in DECISIONS.names
