"""Functions that make values out of texts and parts (DMN 1.5, section 10.3.4.1)."""

import re
from decimal import Decimal

from feel.builtins.registry import built_in
from feel.numbers import number_of, whole
from feel.ranges import read_range
from feel.spelling import spelled
from feel.temporal import Date, DateTime, DaysAndTime, Duration, Time, YearsAndMonths
from feel.temporal.calendar import date_of
from feel.temporal.durations import SECOND
from feel.temporal.reading import read_date, read_date_time, read_duration, read_time, time_of
from feel.temporal.zones import MAX_OFFSET, Zone, zone_info
from feel.values import Range, Value
from feel.work import Work


@built_in("date(from: string | date and time | date) -> date")
def _date(_: Work, value: str | Date | DateTime) -> Date | None:
    if isinstance(value, str):
        return read_date(value)
    return value.date if isinstance(value, DateTime) else value


@built_in("date(year: number, month: number, day: number) -> date")
def _date_from_parts(_: Work, *parts: Decimal) -> Date | None:
    year, month, day = map(whole, parts)
    return None if year is None or month is None or day is None else date_of(year, month, day)


@built_in("time(from: string | time | date and time) -> time")
def _time(_: Work, value: str | Time | DateTime) -> Time | None:
    if isinstance(value, str):
        return read_time(value)
    return value.time if isinstance(value, DateTime) else value


@built_in("time(hour: number, minute: number, second: number, offset?: days and time duration?) -> time")
def _time_from_parts(
    _: Work, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysAndTime | None = None
) -> Time | None:
    zone = None if offset is None else offset.nanos // SECOND
    return _clock(hour, minute, second, zone)


def _clock(hour: Decimal, minute: Decimal, second: Decimal, zone: Zone) -> Time | None:
    hours, minutes, seconds = whole(hour), whole(minute), whole(second)
    if hours is None or minutes is None or seconds is None or second < 0:
        return None
    nano = int(second % 1 * SECOND)
    known = zone_info(zone) is not None if isinstance(zone, str) else abs(zone or 0) <= MAX_OFFSET
    return time_of(hours, minutes, seconds, nano, zone, known) if hours < 24 else None


@built_in("date and time(from: string | date and time) -> date and time")
def _date_and_time(_: Work, value: str | DateTime) -> DateTime | None:
    return read_date_time(value) if isinstance(value, str) else value


@built_in("date and time(date: date | date and time, time: time) -> date and time")
def _date_and_time_from_both(_: Work, date: Date | DateTime, time: Time) -> DateTime:
    return DateTime(date.date if isinstance(date, DateTime) else date, time)


_PARTS = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@built_in(f"date and time({_PARTS}, offset?: days and time duration?) -> date and time")
def _date_and_time_from_parts(_: Work, *parts: Value) -> DateTime | None:
    offset = parts[6] if len(parts) > 6 else None
    return _moment(list(parts[:6]), None if offset is None else offset.nanos // SECOND)


@built_in(f"date and time({_PARTS}, timezone: string) -> date and time")
def _date_and_time_in_zone(_: Work, *parts: Value) -> DateTime | None:
    return _moment(list(parts[:6]), parts[6])


def _moment(parts: list[Decimal], zone: Zone) -> DateTime | None:
    year, month, day = map(whole, parts[:3])
    if year is None or month is None or day is None:
        return None
    date, time = date_of(year, month, day), _clock(parts[3], parts[4], parts[5], zone)
    return None if date is None or time is None else DateTime(date, time)


@built_in("duration(from: string | days and time duration | years and months duration) -> Any")
def _duration(_: Work, value: str | Duration) -> Duration | None:
    return read_duration(value) if isinstance(value, str) else value


@built_in(
    "years and months duration(from: date | date and time, to: date | date and time)"
    " -> years and months duration"
)
def _years_and_months(_: Work, start: Date | DateTime, end: Date | DateTime) -> YearsAndMonths:
    """Whole months from one day to another, towards zero. The time of day does not count."""
    first, last = _day(start), _day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsAndMonths(months)


def _day(value: Date | DateTime) -> Date:
    return value if isinstance(value, Date) else value.date


@built_in("number(from: string) -> number")
def _number(_: Work, text: str) -> Decimal | None:
    return _read_number(text)


@built_in("number(from: string, grouping separator: string?, decimal separator: string?) -> number")
def _number_with_separators(_: Work, text: str, grouping: str | None, point: str | None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", "."):
        return None
    if grouping is not None and grouping == point:
        return None
    ungrouped = text.replace(grouping, "") if grouping else text
    if point is not None and point != ".":
        if "." in ungrouped:
            return None
        ungrouped = ungrouped.replace(point, ".")
    return _read_number(ungrouped)


def _read_number(text: str) -> Decimal | None:
    """As FEEL writes numbers, with a sign in front: no spaces, no underscores, no words."""
    return number_of(text) if len(text) < 10_000 and _NUMBER.fullmatch(text) else None


_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@built_in("string(from: Any?) -> string?")
def _string(run: Work, value: Value) -> str | None:
    return None if value is None else spelled(value, run)


@built_in("range(from: string) -> range")
def _range(run: Work, text: str) -> Range | None:
    run.charge(len(text))
    return read_range(text)
