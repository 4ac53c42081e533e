"""Pauses: spans in which a clock stood still, and how much longer each kind of clock runs because of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from policy import calendar

# How a pause lengthens each kind, for the page that explains clocks.
LENGTHENED: Final[dict[str, str]] = {
    "minutes": "By the time that the pause lasted.",
    "hours": "By the time that the pause lasted.",
    "hub hours": "By the hours for which the hub was open in the pause.",
    "calendar days": "By the days from the day on which the pause began to the day on which it ended. One "
    "that ended on the day it began adds nothing.",
    "working days": "By the working days after the day on which the pause began, with the day on which it "
    "ended. One that ended on the day it began adds nothing.",
    "months": "The corresponding date is found first. Then it moves by the days of the pause, counted as for "
    "calendar days.",
}


class NeverPauses(ValueError):
    """A clock was to stand still for which no rule allows it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Aware instants, kept in UTC: Python subtracts two times of one zone by the clock on the wall.

    `reason` is what somebody wrote about it.
    """

    start: datetime
    end: datetime
    reason: str = ""

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("Expected a pause with a time zone.")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.end < self.start:
            raise ValueError("Expected a pause to end after it begins.")


def resumed(
    kind: str, start: datetime, due: datetime, pauses: Sequence[Pause], hub: calendar.Hub
) -> tuple[datetime, tuple[Pause, ...]]:
    """The due time after all pauses, and the part of each in which the clock would have run.

    What two pauses share counts once, and one that begins after the clock ran out comes too late.
    """
    counted, latest = [], start.astimezone(UTC)
    for pause in sorted(pauses, key=lambda each: (each.start, each.end)):
        begun = max(pause.start, latest)
        if begun < min(pause.end, due):
            counted.append(Pause(begun, pause.end, pause.reason))
            due = lengthened(kind, due, counted[-1], hub)
        latest = max(latest, pause.end)
    return due, tuple(counted)


def lengthened(kind: str, due: datetime, pause: Pause, hub: calendar.Hub) -> datetime:
    """The due time after one pause."""
    first, last = calendar.london_day(pause.start), calendar.london_day(pause.end)
    match kind:
        case "minutes" | "hours":
            return due + (pause.end - pause.start)
        case "hub hours":
            return calendar.add_hub_hours(due, calendar.hub_hours_between(pause.start, pause.end, hub), hub)
        case "working days":
            days = calendar.working_days_between(first, last, hub)
            day = calendar.add_working_days(calendar.london_day(due), days, hub)
            return calendar.instant(day, hub.closes)
        case _:
            return calendar.end_of_day(calendar.london_day(due) + (last - first))


def added(kind: str, pause: Pause, hub: calendar.Hub) -> str:
    """What one pause adds, in words.

    >>> pause = Pause(datetime(2026, 4, 2, 9, tzinfo=UTC), datetime(2026, 4, 8, 9, tzinfo=UTC))
    >>> added("months", pause, calendar.HUB), added("working days", pause, calendar.HUB)
    ('6 days', '2 working days')
    """
    first, last = calendar.london_day(pause.start), calendar.london_day(pause.end)
    match kind:
        case "minutes" | "hours":
            return _spoken(pause.end - pause.start)
        case "hub hours":
            return f"{_spoken(calendar.hub_hours_between(pause.start, pause.end, hub))} of opening hours"
        case "working days":
            return _plural(calendar.working_days_between(first, last, hub), "working day")
        case _:
            return _plural((last - first).days, "day")


def _spoken(span: timedelta) -> str:
    hours, minutes = divmod(round(span.total_seconds() / 60), 60)
    said = [_plural(hours, "hour")] if hours else []
    return " ".join([*said, _plural(minutes, "minute")]) if minutes or not said else said[0]


def _plural(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"
