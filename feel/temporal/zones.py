"""Offsets from UTC (whole seconds) and time zones by their IANA name."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from feel.temporal.calendar import Date, from_ordinal

Zone = int | str | None
"""Seconds east of UTC, the name of a zone, or None for local time."""

MAX_OFFSET = 14 * 3600
"""As XML Schema has it (DMN 1.5, table 66)."""


@lru_cache(1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(512)
def zone_info(name: str) -> ZoneInfo | None:
    # Only names of the list are opened: a zone is a file, and the text is somebody's.
    return ZoneInfo(name) if name in _names() else None


def offset_of(zone: Zone, date: Date, second: int) -> int | None:
    """Seconds east of UTC at that local date and second of the day; None for local time."""
    if not isinstance(zone, str):
        return zone
    info = zone_info(zone)
    if info is None:
        return None
    moment = datetime(*_near(date)) + timedelta(seconds=second)  # noqa: DTZ001 - given its zone below
    offset = moment.replace(tzinfo=info).utcoffset()
    return int(offset.total_seconds()) if offset is not None else None


def offset_at(zone: Zone, instant: int) -> int | None:
    """Seconds east of UTC at a moment given in seconds since 1970-01-01, UTC."""
    if not isinstance(zone, str):
        return zone
    info = zone_info(zone)
    if info is None:
        return None
    days, seconds = divmod(instant, 86_400)
    moment = datetime(*_near(from_ordinal(days)), tzinfo=info) + timedelta(seconds=seconds)
    offset = info.fromutc(moment).utcoffset()
    return int(offset.total_seconds()) if offset is not None else None


def _near(date: Date) -> tuple[int, int, int]:
    """The same day in a year that Python has: the rules of a zone no longer change far away."""
    year = date.year
    if not 2 <= year <= 9998:
        year = (9200 if year > 9998 else 400) + year % 400
    return year, date.month, date.day


def offset_text(offset: int) -> str:
    """As ISO 8601 writes it.

    >>> offset_text(0), offset_text(-19_800)
    ('Z', '-05:30')
    """
    if offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(offset), 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
