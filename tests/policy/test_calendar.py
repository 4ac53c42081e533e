"""London days, bank holidays and hub hours, at every awkward turn of the year."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import calendar, holidays
from policy.calendar import LONDON, Hub

# Holidays that were moved or added by proclamation, so the standing rules cannot know them.
PROCLAIMED = {
    2012: {date(2012, 5, 28), date(2012, 6, 4), date(2012, 6, 5)},
    2020: {date(2020, 5, 4), date(2020, 5, 8)},
    2022: {date(2022, 5, 30), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)},
    2023: {date(2023, 5, 8)},
}
MOVED = {"scotland": {2026: {date(2026, 6, 15)}}, "northern-ireland": {}}


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize("year", range(2012, 2029))
def test_standing_rules_give_the_published_holidays_but_for_proclaimed_ones(year):
    worked_out, published = holidays.standing_holidays(year), holidays.bank_holidays(year)

    assert set(worked_out) ^ set(published) == PROCLAIMED.get(year, set())
    assert all(published[day] == title for day, title in worked_out.items() if day in published)


@pytest.mark.parametrize("division", ["scotland", "northern-ireland"])
@pytest.mark.parametrize("year", range(2012, 2029))
def test_the_rules_of_the_other_divisions_give_theirs_too(year, division):
    worked_out, published = holidays.standing_holidays(year, division), holidays.bank_holidays(year, division)
    proclaimed = PROCLAIMED.get(year, set()) | MOVED[division].get(year, set())

    assert set(worked_out) ^ set(published) <= proclaimed


def test_published_holidays_reach_to_the_end_of_2028():
    assert holidays.published_until() == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26"),
        (2032, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"),
        (2011, "01-03 04-22 04-25 05-02 05-30 08-29 12-26 12-27"),
    ],
)
def test_other_years_follow_the_standing_rules(year, days):
    """2032: Christmas Day is a Saturday. 2033: a Sunday. 2011: before the list."""
    assert sorted(holidays.bank_holidays(year)) == [
        date.fromisoformat(f"{year}-{day}") for day in days.split()
    ]


@pytest.mark.parametrize(
    "sunday",
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22", "2049-04-18"],
)
def test_easter(sunday):
    """2038 is the latest date possible, 2285 the earliest."""
    assert holidays.easter(int(sunday[:4])) == date.fromisoformat(sunday)


def test_reading_bank_holidays_needs_no_network_client():
    code = "import sys, policy.calendar as c; c.bank_holidays(2026); sys.exit('requests' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-04-02", 1, "2026-04-07"),  # Maundy Thursday: over Easter
        ("2026-04-02", 2, "2026-04-08"),
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day on a Saturday: Monday stands in
        ("2027-12-24", 1, "2027-12-29"),  # Christmas on a Saturday: Monday and Tuesday stand in
        ("2027-12-31", 1, "2028-01-04"),  # New Year's Day on a Saturday
        ("2028-02-28", 1, "2028-02-29"),
        ("2026-11-21", 1, "2026-11-23"),  # a Saturday counts like the Friday before
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-30", 10, "2026-12-14"),
    ],
)
def test_working_days_step_over_weekends_and_bank_holidays(day, count, expected):
    assert calendar.add_working_days(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2027-03-15", 1, "2027-04-15"),
        ("2027-08-31", 1, "2027-09-30"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2027-11-30", 3, "2028-02-29"),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(day, count, expected):
    assert calendar.add_months(date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2027-03-27", "2027-03-27T23:59"),  # the clocks go forward that night
        ("2027-03-28", "2027-03-28T22:59"),
        ("2027-10-30", "2027-10-30T22:59"),  # the clocks go back that night
        ("2027-10-31", "2027-10-31T23:59"),
    ],
)
def test_a_day_ends_in_london_on_both_sides_of_the_clock_changes(day, utc):
    assert calendar.end_of_day(date.fromisoformat(day)) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_time_that_happens_twice_is_the_first():
    assert calendar.instant(date(2027, 10, 31), time(1, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_half_past_eleven_in_utc_on_a_summer_evening_is_the_next_day_in_london():
    assert calendar.london_day(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == date(2027, 7, 1)


@pytest.mark.parametrize(
    "ask", [calendar.london_day, lambda at: calendar.add_hub_hours(at, timedelta(hours=1))]
)
def test_an_instant_without_a_zone_is_refused(ask):
    with pytest.raises(ValueError, match="time zone"):
        ask(datetime(2026, 1, 1))  # noqa: DTZ001 (bare on purpose)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        (london(2026, 11, 20, 16), 24, london(2026, 11, 25, 16)),  # Friday: 1 + 8 + 8 + 7
        (london(2026, 4, 2, 16), 2, london(2026, 4, 7, 10)),  # Maundy Thursday
        (london(2026, 11, 21, 3), 1, london(2026, 11, 23, 10)),  # Saturday night
        (london(2026, 11, 23, 17), 1, london(2026, 11, 24, 10)),  # closing time
        (london(2026, 11, 23, 22), 1, london(2026, 11, 24, 10)),  # late in the evening
        (london(2026, 11, 23, 6), 8, london(2026, 11, 23, 17)),  # the whole day, and no more
        (london(2027, 3, 26, 12), 9, london(2027, 3, 31, 10)),  # Good Friday, and the clocks go forward
        (london(2027, 10, 29, 16), 2, london(2027, 11, 1, 10)),  # the clocks go back
    ],
)
def test_hub_hours_stand_still_while_the_hub_is_closed(start, hours, expected):
    assert calendar.add_hub_hours(start, timedelta(hours=hours)) == expected


def test_a_hub_has_its_own_hours():
    longer = Hub(time(8), time(20))

    assert calendar.add_hub_hours(london(2026, 11, 20, 19), timedelta(hours=2), longer) == london(
        2026, 11, 23, 9
    )


def test_a_hub_cannot_close_before_it_opens():
    with pytest.raises(ValueError, match="open before it closes"):
        Hub(time(17), time(9))


def test_nothing_counts_backwards():
    with pytest.raises(ValueError, match="zero or more"):
        calendar.add_working_days(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="zero or more"):
        calendar.add_hub_hours(london(2026, 1, 1), timedelta(hours=-1))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2012, 1, 1), date(2060, 1, 1)), st.integers(1, 60))
def test_exactly_as_many_working_days_lie_between(day, count):
    end = calendar.add_working_days(day, count)
    between = (day + timedelta(days=n) for n in range(1, (end - day).days + 1))

    assert sum(map(calendar.is_working_day, between)) == count
    assert calendar.is_working_day(end)
