"""How much longer a clock of each kind runs because it stood still, and which clocks may."""

import doctest
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import clocks
from policy.calendar import LONDON
from policy.clocks import CLOCKS, KINDS, LENGTHENED, NeverPauses, Pause, pauses

MAY = {name for name, clock in CLOCKS.items() if clock.pauses}


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def pause(first: tuple[int, ...], last: tuple[int, ...], reason: str = "") -> Pause:
    return Pause(london(*first), london(*last), reason)


def due(kind: str, amount: int, start: tuple[int, ...], *spans: Pause) -> datetime:
    """When a clock of a kind runs out that may stand still."""
    clock = replace(CLOCKS["subject_access"], kind=kind, amount=amount)
    return clocks.due(clock, london(*start), pauses=spans).astimezone(LONDON)


def test_only_clocks_stand_still_for_which_a_rule_says_so():
    assert {"subject_access", "subject_access_extended", "subject_access_law_enforcement"} <= MAY
    assert {CLOCKS[name].process for name in MAY} == {"subject rights"}
    assert all("section" in CLOCKS[name].pauses or "Article" in CLOCKS[name].pauses for name in MAY)


@pytest.mark.parametrize("name", sorted(set(CLOCKS) - MAY))
def test_every_other_clock_refuses_a_pause_and_is_named(name):
    with pytest.raises(NeverPauses, match=f"“{name}”"):
        clocks.due(CLOCKS[name], london(2026, 3, 2, 9), pauses=[pause((2026, 3, 3, 9), (2026, 3, 4, 9))])


def test_what_a_pause_adds_is_said_for_every_kind():
    assert set(LENGTHENED) == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "amount", "start", "first", "last", "expected"),
    [
        # Elapsed time moves by the time that passed, through a change of the clocks too.
        ("hours", 24, (2026, 11, 2, 9), (2026, 11, 2, 12), (2026, 11, 2, 15, 30), (2026, 11, 3, 12, 30)),
        ("minutes", 30, (2026, 11, 2, 9), (2026, 11, 2, 9, 10), (2026, 11, 2, 9, 25), (2026, 11, 2, 9, 45)),
        ("hours", 24, (2027, 3, 27, 12), (2027, 3, 28, 0), (2027, 3, 28, 12), (2027, 3, 29, 0)),
        # Hub hours: only while the hub is open. Good Friday and Easter Monday lie between.
        ("hub hours", 8, (2026, 4, 2, 13), (2026, 4, 2, 15), (2026, 4, 7, 11), (2026, 4, 7, 17)),
        # Calendar days: from the day it began to the day it ended.
        ("calendar days", 28, (2027, 3, 1, 9), (2027, 3, 20, 23), (2027, 4, 2, 1), (2027, 4, 11, 23, 59)),
        ("calendar days", 28, (2027, 3, 1, 9), (2027, 3, 20, 9), (2027, 3, 20, 17), (2027, 3, 29, 23, 59)),
        # Working days: those after the day it began, over Easter and over Christmas.
        ("working days", 5, (2026, 4, 1, 9), (2026, 4, 2, 9), (2026, 4, 8, 9), (2026, 4, 14, 17)),
        ("working days", 5, (2026, 12, 18, 9), (2026, 12, 24, 9), (2026, 12, 29, 9), (2026, 12, 30, 17)),
        # Months: the corresponding date first, then the days; a month's end and 29 February.
        ("months", 1, (2027, 1, 31, 9), (2027, 2, 1, 9), (2027, 2, 4, 9), (2027, 3, 3, 23, 59)),
        ("months", 1, (2028, 1, 31, 9), (2028, 2, 1, 9), (2028, 2, 2, 9), (2028, 3, 1, 23, 59)),
    ],
)
def test_a_pause_lengthens_each_kind_in_its_own_way(kind, amount, start, first, last, expected):
    assert due(kind, amount, start, pause(first, last)) == london(*expected)


def test_what_two_pauses_share_counts_once():
    one, other = pause((2026, 3, 3, 9), (2026, 3, 3, 12)), pause((2026, 3, 3, 11), (2026, 3, 3, 13))

    assert due("hours", 24, (2026, 3, 3, 8), other, one) == london(2026, 3, 4, 12)


def test_a_pause_before_the_start_or_after_the_end_adds_nothing():
    before, after = pause((2026, 3, 1, 9), (2026, 3, 2, 9)), pause((2026, 3, 9, 9), (2026, 3, 10, 9))

    assert due("hours", 24, (2026, 3, 3, 8), before, after) == london(2026, 3, 4, 8)


def test_a_pause_that_only_an_earlier_one_lets_in_counts():
    first, second = pause((2026, 3, 3, 9), (2026, 3, 4, 9)), pause((2026, 3, 4, 20), (2026, 3, 4, 21))

    assert due("hours", 24, (2026, 3, 3, 8), first, second) == london(2026, 3, 5, 9)


def test_a_pause_ends_after_it_begins_and_has_a_zone():
    with pytest.raises(ValueError, match="after it begins"):
        pause((2026, 3, 4), (2026, 3, 3))
    with pytest.raises(ValueError, match="time zone"):
        Pause(datetime(2026, 3, 3), datetime(2026, 3, 4))  # noqa: DTZ001 (bare on purpose)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 (bounds are bare)
    st.lists(st.tuples(st.integers(-50, 2000), st.integers(0, 500)), max_size=4),
)
def test_pauses_never_shorten_and_never_add_more_than_they_last(kind, naive, spans):
    start = naive.replace(tzinfo=UTC)
    clock = replace(CLOCKS["subject_access"], kind=kind, amount=3)
    listed = [
        Pause(start + timedelta(hours=first), start + timedelta(hours=first + length))
        for first, length in spans
    ]

    plain, paused = clocks.due(clock, start), clocks.due(clock, start, pauses=listed)

    lasted = sum((each.end - each.start for each in listed), timedelta())
    # Whole days may round up by one each; closed days may come between.
    slack = timedelta() if kind in ("minutes", "hours") else timedelta(days=14 * len(listed)) + lasted
    assert plain <= paused <= plain + lasted + slack


def test_a_due_time_tells_its_pauses():
    told = clocks.explain(
        CLOCKS["subject_access"],
        london(2026, 3, 2, 9),
        pauses=[pause((2026, 3, 4, 9), (2026, 3, 9, 9), "A copy of the passport was asked for.")],
    )

    assert told[0].endswith("so by 11:59pm on Tuesday 7 April 2026.")
    assert told[1] == (
        "It stood still from 9am on Wednesday 4 March 2026 to 9am on Monday 9 March 2026, because: A copy of "
        "the passport was asked for. That adds 5 days."
    )
    assert told[2].startswith("It may stand still while proof of identity that was asked for is awaited")


def test_a_due_time_that_today_s_rules_would_not_give_says_so():
    told = clocks.explain(CLOCKS["advice_urgent"], london(2026, 3, 2, 9), london(2026, 3, 2, 12))

    assert "The rules have changed since. They would now give 10am on Monday 2 March 2026." in told


def test_examples():
    assert doctest.testmod(pauses).failed == 0
