"""How dates, times and counts are said."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime, timedelta
from types import ModuleType

import pytest

from engine.cases import subjects
from web import deadlines, guidance, wording

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # the day before the clocks go forward


@pytest.mark.parametrize("module", [wording, guidance, deadlines, subjects])
def test_the_examples_in_the_code_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).attempted > 0
    assert doctest.testmod(module).failed == 0


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
    assert wording.age("2016-02-29", date(2026, 2, 28)) == "9"
    assert wording.age("2016-02-29", date(2026, 3, 1)) == "10"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("2026-03-28", "0 days"),
        ("2026-03-27", "1 day"),
        ("2026-03-15", "13 days"),
        ("2026-03-14", "2 weeks"),
        ("2026-02-01", "7 weeks"),
        ("2026-01-31", "1 month"),
        ("2026-01-28", "2 months"),
        ("2024-03-29", "23 months"),
        ("2024-03-28", "2"),
    ],
)
def test_the_age_of_a_baby_is_not_nought(born: str, said: str) -> None:
    assert wording.age(born, date(2026, 3, 28)) == said
