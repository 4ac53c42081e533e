"""When a timer falls due: ISO 8601 as written in diagrams, computed once on entry, kept as an absolute UTC
instant.

Months and years are counted on London's calendar and clamped to the month's end; days and below are elapsed
time, as in FEEL.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import feel
from policy.calendar import LONDON

from .script import london

_DURATION = re.compile(
    r"P(?=[0-9T])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?",
    re.ASCII,
)
_CYCLE = re.compile(r"R(?P<times>\d*)/(?P<first>[^/]+)(?:/(?P<second>[^/]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    months: int
    elapsed: timedelta

    def after(self, start: datetime, times: int = 1) -> datetime:
        """The UTC instant `times` of this duration after `start`. Raises ValueError beyond the year 9999.

        >>> duration("P6M").after(datetime(2026, 8, 31, 12, tzinfo=UTC)).date()
        datetime.date(2027, 2, 28)
        """
        try:
            return (_months_after(start, self.months * times) + self.elapsed * times).astimezone(UTC)
        except (OverflowError, ValueError) as error:
            raise ValueError("Expected an instant before the year 10000.") from error


@dataclass(frozen=True, slots=True)
class Cycle:
    """`R3/P1D`: how often (None: for ever, or until the end), how far apart, and when first or last if the
    diagram says so.
    """

    times: int | None
    every: Duration
    start: datetime | None = None
    end: datetime | None = None

    def first(self, now: datetime) -> datetime | None:
        """The anchor every later occurrence is counted from, unless there is an end: then from that. None
        when there is none.
        """
        times = self.times if self.end is None or self.times is not None else self._left(self.end, now)
        if times == 0:
            return None
        if self.start is not None:
            return self.start
        if self.end is None or times is None:
            return self.every.after(now)
        return self._to(self.end, times)

    def later(self, anchor: datetime, count: int) -> datetime | None:
        """So many after the first one. None when there is none left."""
        times = self.times
        if times is None and self.end is not None:
            times = self._left(self.end, anchor) + 1
        if times is None:
            return self.every.after(anchor, count)
        if count >= times:
            return None
        return self.every.after(anchor, count) if self.end is None else self._to(self.end, times - count)

    def _to(self, end: datetime, left: int) -> datetime:
        """The one with which so many are left, the last of them at the end."""
        return self.every.after(end, 1 - left)

    def _left(self, end: datetime, now: datetime) -> int:
        """How many come after now, the last of them at the end. Months differ in length."""
        count = max(int((end - now) / (self.every.after(now) - now)), 0)
        while self._to(end, count + 1) > now:
            count += 1
        while count and self._to(end, count) <= now:
            count -= 1
        return count


def _months_after(start: datetime, months: int) -> datetime:
    """On London's calendar, clamped to the month's end. UTC."""
    if not months:
        return start.astimezone(UTC)
    local = start.astimezone(LONDON)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day, fold=0).astimezone(UTC)


def duration(text: str) -> Duration:
    """Raises ValueError for anything but an ISO 8601 duration above nothing at all."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise ValueError("Expected a duration such as P2D or PT1H.")
    part = {name: value or "0" for name, value in match.groupdict().items()}
    try:
        elapsed = timedelta(
            weeks=int(part["weeks"]),
            days=int(part["days"]),
            hours=int(part["hours"]),
            minutes=int(part["minutes"]),
            seconds=float(part["seconds"].replace(",", ".")),
        )
    except (OverflowError, ValueError) as error:
        raise ValueError("Expected a duration that ends before the year 10000.") from error
    months = int(part["years"][:9]) * 12 + int(part["months"][:9])
    return Duration(months, elapsed)


def instant(value: str | date) -> datetime:
    """A UTC instant. Raises ValueError; a time without an offset is London's, a date begins at London's
    midnight.
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError("Expected a date and time such as 2026-03-03T17:00:00.") from error
    elif not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - made London's below
    try:
        return london(value).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("Expected an instant between the years 1 and 9999.") from error


def cycle(text: str) -> Cycle:
    """Raises ValueError for anything but R3/P1D, R3/start/P1D, R3/P1D/end, or the same without a number."""
    match = _CYCLE.fullmatch(text.strip())
    if match is None:
        raise ValueError("Expected a repetition such as R3/P1D or R/PT1H.")
    times = int(match["times"][:9]) if match["times"] else None
    first, second = match["first"], match["second"]
    if second is None:
        found = Cycle(times, duration(first))
    elif first.startswith("P"):
        found = Cycle(times, duration(first), end=instant(second))
    else:
        found = Cycle(times, duration(second), start=instant(first))
    if not found.every.months and not found.every.elapsed:
        raise ValueError("Expected a repetition with time between, such as R3/P1D.")
    return found


def moment(value: object) -> str | date:
    """What FEEL or a literal gives where a time is expected. Raises ValueError for anything else."""
    if isinstance(value, str | date):
        return value
    known = value is not None and not isinstance(value, bool | Decimal | list | dict)
    text = feel.to_json(value) if known else None
    if not isinstance(text, str):
        raise ValueError("Expected a time.")
    return text
