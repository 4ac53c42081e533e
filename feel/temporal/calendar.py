"""The Gregorian calendar, carried back and forward without end (ISO 8601), and the date."""

from __future__ import annotations

from typing import NamedTuple

MAX_YEAR = 999_999_999
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Date(NamedTuple):
    """A day. Sorts as time passes."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        return ordinal(self.year, self.month, self.day)

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.ordinal + 3) % 7 + 1

    @property
    def day_of_year(self) -> int:
        return self.ordinal - ordinal(self.year, 1, 1) + 1

    @property
    def week(self) -> int:
        """The week of ISO 8601: week 1 holds the first Thursday."""
        thursday = from_ordinal(self.ordinal + 4 - self.weekday)
        return (thursday.day_of_year - 1) // 7 + 1


def date_of(year: int, month: int, day: int) -> Date | None:
    """The date, or None where the calendar has no such day."""
    if not (-MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return Date(year, month, day)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month - 1]


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def ordinal(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01, by counting years from March so that a leap day comes last."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def from_ordinal(days: int) -> Date:
    """The date so many days after 1970-01-01.

    >>> str(from_ordinal(20_550))
    '2026-04-07'
    """
    era, of_era = divmod(days + 719_468, 146_097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return Date(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


def add_months(date: Date, months: int) -> Date | None:
    """The same day so many months on, or the last day of a shorter month. None outside the calendar.

    >>> str(add_months(Date(2026, 1, 31), 1))
    '2026-02-28'
    """
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return date_of(year, month + 1, min(date.day, month_length(year, month + 1)))


def add_days(date: Date, days: int) -> Date | None:
    if abs(days) > 800_000_000_000:
        return None
    moved = from_ordinal(date.ordinal + days)
    return moved if abs(moved.year) <= MAX_YEAR else None
