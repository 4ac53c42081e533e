"""Dates, times and durations out of text, exactly as XML Schema and ISO 8601 write them."""

import re

from feel.temporal.calendar import Date, date_of
from feel.temporal.clock import DAY, DateTime, Time, move
from feel.temporal.durations import DaysAndTime, Duration, YearsAndMonths
from feel.temporal.zones import MAX_OFFSET, Zone, zone_info

_DATE = r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(\.[0-9]+)?(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[\w/+-]+)?"
_ONLY_DATE = re.compile(_DATE, re.ASCII)
_ONLY_TIME = re.compile(_TIME, re.ASCII)
_DATE_TIME = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_MIDNIGHT = re.compile(r"(-?[0-9]+-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_MONTHS = re.compile(r"(-)?P(?:([0-9]+)Y)?(?:([0-9]+)M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]+)D)?(T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]*))?S)?)?", re.ASCII
)
_MAX_DIGITS = 18


def read_date(text: str) -> Date | None:
    match = _ONLY_DATE.fullmatch(text)
    return _date(*match.groups()) if match else None


def read_time(text: str) -> Time | None:
    match = _ONLY_TIME.fullmatch(text)
    return _time(*match.groups()) if match else None


def read_date_time(text: str) -> DateTime | None:
    """A date alone, or with its offset, is read as its midnight."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        day = _MIDNIGHT.fullmatch(text)
        return read_date_time(f"{day[1]}T00:00:00{day[2] or ''}") if day else None
    date, time = _date(*match.groups()[:3]), _time(*match.groups()[3:])
    if date is None or time is None:
        return None
    return move(DateTime(date, time), DAY) if match[4] == "24" else DateTime(date, time)


def read_duration(text: str) -> Duration | None:
    if len(text) > 200 or text.endswith(("P", "T")):
        return None
    months = _MONTHS.fullmatch(text)
    if months:
        return _months(*months.groups())
    days = _DAYS.fullmatch(text)
    return _days(*days.groups()) if days else None


def read_at_literal(text: str) -> Date | Time | DateTime | Duration | None:
    """Whatever stands after @."""
    if text.startswith(("P", "-P")):
        return read_duration(text)
    return read_date(text) or read_time(text) or (read_date_time(text) if "T" in text else None)


def _date(year: str, month: str, day: str) -> Date | None:
    return None if year == "-0000" else date_of(int(year), int(month), int(day))


def _time(hour: str, minute: str, second: str, fraction: str | None, zone: str | None) -> Time | None:
    nano = int((fraction or ".0")[1:10].ljust(9, "0"))
    return time_of(int(hour), int(minute), int(second), nano, *_zone(zone))


def _zone(text: str | None) -> tuple[Zone, bool]:
    """The zone, and whether there is one like it."""
    if text is None:
        return None, True
    if text in "Zz":
        return 0, True
    if text[0] == "@":
        return text[1:], zone_info(text[1:]) is not None
    hours, minutes, seconds = (text[1:] + ":00").split(":")[:3]
    offset = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    allowed = offset <= MAX_OFFSET and int(minutes) < 60 and int(seconds) < 60
    return (-offset if text[0] == "-" else offset), allowed


def time_of(
    hour: int, minute: int, second: int, nano: int = 0, zone: Zone = None, known: bool = True
) -> Time | None:
    """The time, or None where the clock has no such time."""
    if hour == 24 and minute == second == nano == 0:
        hour = 0  # XML Schema allows 24:00:00 for midnight.
    if not (known and 0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return Time(hour, minute, second, nano, zone)


def _months(sign: str | None, years: str | None, months: str | None) -> Duration | None:
    if not (years or months) or len(years or "") > _MAX_DIGITS or len(months or "") > _MAX_DIGITS:
        return None
    total = int(years or 0) * 12 + int(months or 0)
    return YearsAndMonths(-total if sign else total)


def _days(sign: str | None, days: str | None, clock: str | None, *parts: str | None) -> Duration | None:
    if not (days or clock) or any(len(part or "") > _MAX_DIGITS for part in (days, *parts[:3])):
        return None
    hours, minutes, seconds, fraction = parts
    total = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    nanos = total * 10**9 + int((fraction or "0")[:9].ljust(9, "0"))
    return DaysAndTime(-nanos if sign else nanos)
