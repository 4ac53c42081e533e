"""Moments as stories word them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.errors import InvalidInput
from handrail.demo.moments import answer, moment, nine_o_clock

MONDAY = datetime(2026, 11, 23, 10, 20, 31, tzinfo=UTC)
AFTER_EASTER = datetime(2027, 3, 30, 8, 0, tzinfo=UTC)  # a Tuesday, nine o'clock in London


@pytest.mark.parametrize(
    ("words", "now", "then"),
    [
        ("today, 09:05", MONDAY, datetime(2026, 11, 23, 9, 5, tzinfo=UTC)),
        ("1 working day ago, 14:40", MONDAY, datetime(2026, 11, 20, 14, 40, tzinfo=UTC)),
        ("3 working days ago, 00:00", MONDAY, datetime(2026, 11, 18, 0, 0, tzinfo=UTC)),
        ("1 working day ago, 14:40", AFTER_EASTER, datetime(2027, 3, 25, 14, 40, tzinfo=UTC)),
        ("today, 14:40", AFTER_EASTER, datetime(2027, 3, 30, 13, 40, tzinfo=UTC)),
        ("20 hours ago", MONDAY, datetime(2026, 11, 22, 14, 20, tzinfo=UTC)),
        ("1.5 hours ago", MONDAY, datetime(2026, 11, 23, 8, 50, tzinfo=UTC)),
    ],
)
def test_a_moment_is_reckoned_in_london_working_days_or_in_hours(
    words: str, now: datetime, then: datetime
) -> None:
    assert moment(words, now) == then


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2 days ago, 14:40", "today", "today, 25:00", "today, 9:05"]
)
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(InvalidInput, match="Expected a moment such as"):
        moment(words, MONDAY)


@pytest.mark.parametrize(
    ("at", "nine"),
    [
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 1, tzinfo=UTC), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 23, 59, tzinfo=UTC), datetime(2027, 3, 28, 8, 0, tzinfo=UTC)),  # summer time
    ],
)
def test_nine_o_clock_is_london_s_and_never_before(at: datetime, nine: datetime) -> None:
    assert nine_o_clock(at) == nine


def test_an_answer_may_be_this_moment_or_a_day_to_come() -> None:
    at = datetime(2026, 11, 20, 14, 40, tzinfo=UTC)

    assert answer("{now}", at, MONDAY) == "2026-11-20T14:40:00Z"
    assert answer("{in 3 days}", at, MONDAY) == "2026-11-26"
    assert answer("{in 1 day}", at, MONDAY) == "2026-11-24"


@pytest.mark.parametrize("given", ["now", "in 3 days", "It is {now} or never.", True, ["{now}"]])
def test_any_other_answer_stays_as_it_is(given: object) -> None:
    assert answer(given, MONDAY, MONDAY) == given
