"""London days: which are working days, when the hub is open, and where a month ends.

Bank holidays of England and Wales are those published by GOV.UK, as the `govuk-bank-holidays` package ships
them: whole years, 2012 to 2028 in release 0.19. The file is read from the package; nothing is fetched.
For other years they are worked out from the standing rules: Banking and Financial Dealings Act 1971,
section 1 and Schedule 1 (Easter Monday, the last Mondays of May and August, 26 December, 27 December when
Christmas Day or Boxing Day is a Sunday); Good Friday and Christmas Day at common law; New Year's Day, the
first Monday of May and the other substitute days by yearly proclamation [B]. Extra or moved holidays that are
proclaimed for those years are not known to the rules.
"""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
END_OF_DAY: Final = time(
    23, 59
)  # GOV.UK style: "11:59pm", because nobody agrees which day midnight belongs to
_DAY: Final = timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


@dataclass(frozen=True, slots=True)
class HubHours:
    """When the hub works, on working days, London time. [D]: hubs differ, so each sets its own."""

    opens: time = time(9)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("Expected the hub to open before it closes.")


HUB_HOURS: Final = HubHours()

# Bank holidays ---------------------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm).

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday(year: int, month: int, *, last: bool = False) -> date:
    """The first or the last Monday of a month."""
    if last:
        end = date(year, month, monthrange(year, month)[1])
        return end - _DAY * end.weekday()
    first = date(year, month, 1)
    return first + _DAY * (-first.weekday() % 7)


def _christmas(year: int) -> dict[date, str]:
    """Christmas Day and Boxing Day, or the weekdays that stand in for them."""
    christmas = date(year, 12, 25)
    days = {
        _SATURDAY: (date(year, 12, 27), date(year, 12, 28)),
        _SUNDAY: (date(year, 12, 27), date(year, 12, 26)),
        _FRIDAY: (christmas, date(year, 12, 28)),
    }
    first, second = days.get(christmas.weekday(), (christmas, date(year, 12, 26)))
    return {first: "Christmas Day", second: "Boxing Day"}


def _new_year(year: int) -> date:
    first = date(year, 1, 1)
    return first + _DAY * {_SATURDAY: 2, _SUNDAY: 1}.get(first.weekday(), 0)


def standing_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England and Wales that the standing rules give, without proclaimed extras."""
    sunday = easter(year)
    return {
        _new_year(year): "New Year’s Day",
        sunday - 2 * _DAY: "Good Friday",
        sunday + _DAY: "Easter Monday",
        _monday(year, 5): "Early May bank holiday",
        _monday(year, 5, last=True): "Spring bank holiday",
        _monday(year, 8, last=True): "Summer bank holiday",
        **_christmas(year),
    }


@cache
def _published() -> dict[int, dict[date, str]]:
    """Every year that GOV.UK's list covers, as shipped."""
    raw = (files("govuk_bank_holidays") / "bank-holidays.json").read_text("utf-8")
    years: dict[int, dict[date, str]] = {}
    for holiday in json.loads(raw)["england-and-wales"]["events"]:
        day = date.fromisoformat(holiday["date"])
        years.setdefault(day.year, {})[day] = holiday["title"]
    return {year: days for year, days in years.items() if len(days) >= len(standing_holidays(year))}


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England and Wales by date: as published, else by the standing rules."""
    return _published().get(year) or standing_holidays(year)


def published_until() -> date:
    """The last day for which bank holidays are published, not worked out."""
    return date(max(_published()), 12, 31)


# Days ------------------------------------------------------------------------------------------------------


def london_day(at: datetime) -> date:
    """The London date of an aware instant. One without a zone is refused, never guessed at."""
    if at.tzinfo is None:
        raise ValueError("Expected an instant with a time zone.")
    return at.astimezone(LONDON).date()


def instant(day: date, clock_time: time) -> datetime:
    """The UTC instant of a London date and time. Of a time that happens twice in October, the first."""
    return datetime.combine(day, clock_time, LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The UTC instant at which a London day counts as over, 11:59pm."""
    return instant(day, END_OF_DAY)


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day`, in England and Wales. The day itself is not counted.

    >>> add_working_days(date(2026, 4, 2), 1)   # Maundy Thursday: over the Easter weekend
    datetime.date(2026, 4, 7)
    """
    if count < 0:
        raise ValueError("Expected a number of working days, zero or more.")
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def add_months(day: date, count: int) -> date:
    """The corresponding date `count` months later, or the last day of that month when there is none.

    >>> add_months(date(2027, 8, 31), 1)
    datetime.date(2027, 9, 30)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Hub hours -------------------------------------------------------------------------------------------------


def add_hub_hours(start: datetime, amount: timedelta, hours: HubHours = HUB_HOURS) -> datetime:
    """The UTC instant at which the hub has been open for `amount` since `start`."""
    if amount < timedelta():
        raise ValueError("Expected hub hours, zero or more.")
    day, at = london_day(start), start.astimezone(UTC)
    while True:
        if is_working_day(day):
            at = max(at, instant(day, hours.opens))
            open_for = instant(day, hours.closes) - at
            if amount <= open_for:
                return at + amount
            amount -= max(open_for, timedelta())
        day += _DAY
