"""The time of day, and the date and time. Either may know its offset or zone, or be local."""

from __future__ import annotations

from dataclasses import dataclass

from feel.temporal.calendar import Date, add_days, add_months
from feel.temporal.zones import Zone, offset_at, offset_of, offset_text

DAY = 86_400 * 10**9
"""Nanoseconds."""


@dataclass(frozen=True, slots=True)
class Time:
    hour: int
    minute: int
    second: int
    nano: int = 0
    zone: Zone = None

    def __str__(self) -> str:
        fraction = f".{self.nano:09d}".rstrip("0") if self.nano else ""
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}{fraction}"
        if self.zone is None:
            return text
        return f"{text}@{self.zone}" if isinstance(self.zone, str) else text + offset_text(self.zone)

    @property
    def nanos(self) -> int:
        """Since midnight, on this clock."""
        return (self.hour * 3600 + self.minute * 60 + self.second) * 10**9 + self.nano

    @property
    def offset(self) -> int | None:
        # A zone alone has no offset; winter of the epoch stands in for it, so that times can be ordered.
        return offset_of(self.zone, Date(1970, 1, 1), 0)

    @property
    def key(self) -> tuple[bool, int]:
        """Equal keys are the same moment of the day. Local times and others never are."""
        offset = self.offset
        return (False, self.nanos) if offset is None else (True, self.nanos - offset * 10**9)


@dataclass(frozen=True, slots=True)
class DateTime:
    date: Date
    time: Time

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"

    @property
    def offset(self) -> int | None:
        time = self.time
        return offset_of(time.zone, self.date, time.hour * 3600 + time.minute * 60 + time.second)

    @property
    def nanos(self) -> int:
        """Since 1970-01-01T00:00:00, on this clock."""
        return self.date.ordinal * DAY + self.time.nanos

    @property
    def key(self) -> tuple[bool, int]:
        """Equal keys are the same moment. Local moments and others never are."""
        offset = self.offset
        return (False, self.nanos) if offset is None else (True, self.nanos - offset * 10**9)


def time_from(nanos: int, zone: Zone) -> Time:
    """The time so long after midnight, round the clock."""
    seconds, nano = divmod(nanos % DAY, 10**9)
    minutes, second = divmod(seconds, 60)
    return Time(minutes // 60, minutes % 60, second, nano, zone)


def move(moment: DateTime, nanos: int) -> DateTime | None:
    """So much later. In a zone the clock may be put forward or back on the way."""
    zone = moment.time.zone
    if isinstance(zone, str):
        instant = moment.key[1] + nanos
        offset = offset_at(zone, instant // 10**9)
        local = instant + (offset or 0) * 10**9
    else:
        local = moment.nanos + nanos
    return _moment(local, zone)


def _moment(local: int, zone: Zone) -> DateTime | None:
    days, nanos = divmod(local, DAY)
    date = add_days(Date(1970, 1, 1), days)
    return None if date is None else DateTime(date, time_from(nanos, zone))


def move_months(moment: DateTime, months: int) -> DateTime | None:
    date = add_months(moment.date, months)
    return None if date is None else DateTime(date, moment.time)


def midnight(date: Date) -> DateTime:
    """A date read as a date and time: midnight, UTC (DMN 1.5, section 10.3.2.9.4)."""
    return DateTime(date, Time(0, 0, 0, 0, 0))
