"""Bank holidays, by the division of the United Kingdom whose they are.

They are those published by GOV.UK, as the `govuk-bank-holidays` package ships them: whole years, 2012 to
2028 in release 0.19. The file is read from the package; nothing is fetched. For other years they are worked
out from the standing rules: Banking and Financial Dealings Act 1971, section 1 and Schedule 1 (Easter
Monday, the last Mondays of May and August, 26 December, 27 December when Christmas Day or Boxing Day is a
Sunday; in Scotland 2 January, the first Monday of August and 30 November; in Northern Ireland 17 March);
Good Friday and Christmas Day at common law; New Year's Day, the first Monday of May, 12 July in Northern
Ireland and the other substitute days by yearly proclamation [B]. Extra or moved holidays that are
proclaimed for those years are not known to the rules.
"""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Division = Literal["england-and-wales", "scotland", "northern-ireland"]
HERE: Final[Division] = "england-and-wales"
DIVISIONS: Final[dict[Division, str]] = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
_DAY: Final = timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


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


def _weekday(day: date) -> date:
    """The day itself, or the Monday that stands in for it at a weekend."""
    return day + _DAY * {_SATURDAY: 2, _SUNDAY: 1}.get(day.weekday(), 0)


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


def _scottish_new_year(year: int) -> dict[date, str]:
    """1 and 2 January, or the weekdays that stand in for them."""
    first = date(year, 1, 1)
    days = {
        _FRIDAY: (first, date(year, 1, 4)),
        _SATURDAY: (date(year, 1, 3), date(year, 1, 4)),
        _SUNDAY: (date(year, 1, 3), date(year, 1, 2)),
    }
    new_year, second = days.get(first.weekday(), (first, date(year, 1, 2)))
    return {new_year: "New Year’s Day", second: "2nd January"}


def standing_holidays(year: int, division: Division = HERE) -> dict[date, str]:
    """The bank holidays that the standing rules give, without proclaimed extras."""
    sunday = easter(year)
    shared = {
        sunday - 2 * _DAY: "Good Friday",
        _monday(year, 5): "Early May bank holiday",
        _monday(year, 5, last=True): "Spring bank holiday",
        **_christmas(year),
    }
    if division == "scotland":
        own = {
            **_scottish_new_year(year),
            _monday(year, 8): "Summer bank holiday",
            _weekday(date(year, 11, 30)): "St Andrew’s Day",
        }
    else:
        own = {
            _weekday(date(year, 1, 1)): "New Year’s Day",
            sunday + _DAY: "Easter Monday",
            _monday(year, 8, last=True): "Summer bank holiday",
        }
    if division == "northern-ireland":
        own |= {
            _weekday(date(year, 3, 17)): "St Patrick’s Day",
            _weekday(date(year, 7, 12)): "Battle of the Boyne (Orangemen’s Day)",
        }
    return own | shared


@cache
def _published() -> dict[Division, dict[int, dict[date, str]]]:
    """Every year that GOV.UK's list covers, as shipped."""
    raw = json.loads((files("govuk_bank_holidays") / "bank-holidays.json").read_text("utf-8"))
    return {division: _years(division, raw[division]["events"]) for division in DIVISIONS}


def _years(division: Division, events: list[dict[str, str]]) -> dict[int, dict[date, str]]:
    """The years that are whole: a list that ends in spring does not speak for December."""
    years: dict[int, dict[date, str]] = {}
    for holiday in events:
        day = date.fromisoformat(holiday["date"])
        years.setdefault(day.year, {})[day] = holiday["title"]
    return {year: days for year, days in years.items() if len(days) >= len(standing_holidays(year, division))}


@cache
def bank_holidays(year: int, division: Division = HERE) -> dict[date, str]:
    """The bank holidays of a division by date: as published, else by the standing rules."""
    return _published()[division].get(year) or standing_holidays(year, division)


def published_until(division: Division = HERE) -> date:
    """The last day for which bank holidays are published, not worked out."""
    return date(max(_published()[division]), 12, 31)
