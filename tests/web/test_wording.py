"""How dates, times and counts are said."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime, timedelta

import pytest

from web import wording

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the day before the clocks go forward


def test_the_examples_in_the_code_hold() -> None:
    assert doctest.testmod(wording).failed == 0


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ({"seconds": 20}, "now"),
        ({"minutes": 1}, "in 1 minute"),
        ({"minutes": 59}, "in 59 minutes"),
        ({"hours": 1}, "in 1 hour"),
        ({"hours": 47}, "in 47 hours"),
        ({"hours": 48}, "in 2 days"),
        ({"days": 28}, "in 28 days"),
        ({"hours": -3}, "overdue by 3 hours"),
        ({"days": -2}, "overdue by 2 days"),
    ],
)
def test_how_far_off_a_due_time_is(by: dict[str, int], said: str) -> None:
    assert wording.due(NOW + timedelta(**by), NOW) == said


def test_times_are_those_of_london_on_both_sides_of_a_clock_change() -> None:
    assert wording.moment(datetime(2026, 3, 29, 0, 30, tzinfo=UTC)) == "29 March 2026 at 12:30am"
    assert wording.moment(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == "29 March 2026 at 2:30am"


def test_noon_and_midnight_have_names() -> None:
    assert wording.clock_time(datetime(2026, 1, 1, 12, 0, tzinfo=UTC)) == "midday"
    assert wording.clock_time(datetime(2026, 1, 1, 0, 0, tzinfo=UTC)) == "midnight"


def test_a_day_in_summer_begins_an_hour_before_that_of_utc() -> None:
    assert wording.day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


def test_an_age_changes_on_the_birthday() -> None:
    assert wording.age("2016-02-29", datetime(2026, 2, 28, tzinfo=UTC).date()) == 9
    assert wording.age("2016-02-29", datetime(2026, 3, 1, tzinfo=UTC).date()) == 10
