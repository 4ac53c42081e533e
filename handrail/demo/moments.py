"""Moments as a story words them, reckoned from the moment at which somebody looks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from engine.errors import InvalidInput
from policy.calendar import instant, is_working_day, london_day

_DAY: Final = timedelta(days=1)
_NINE: Final = time(9)
_DAY_THEN: Final = r"(?:today|(?P<days>\d+) working days? ago)"
_TIME_OF_DAY: Final = re.compile(rf"{_DAY_THEN}, (?P<time>(?:[01]\d|2[0-3]):[0-5]\d)")
_HOURS: Final = re.compile(r"(?P<hours>\d+(?:\.\d+)?) hours? ago")
_DAYS_AHEAD: Final = re.compile(r"\{in (?P<days>\d+) days?\}")


def moment(words: str, now: datetime) -> datetime:
    """When that was: "today, 09:30", "3 working days ago, 15:10" (London time) or "1.5 hours ago".

    Raises InvalidInput for other words.
    """
    if found := _TIME_OF_DAY.fullmatch(words):
        return _working_days_ago(int(found["days"] or 0), time.fromisoformat(found["time"]), now)
    if found := _HOURS.fullmatch(words):
        return (now - timedelta(hours=float(found["hours"]))).replace(second=0, microsecond=0)
    raise InvalidInput(
        f"Expected a moment such as “3 working days ago, 15:10” or “20 hours ago”, but found “{words}”."
    )


def _working_days_ago(days: int, at: time, now: datetime) -> datetime:
    day = london_day(now)
    for _ in range(days):
        day -= _DAY
        while not is_working_day(day):
            day -= _DAY
    return instant(day, at)


def nine_o_clock(at: datetime) -> datetime:
    """The first nine o'clock in the morning, London time, that is not before `at`."""
    nine = instant(london_day(at), _NINE)
    return nine if nine >= at else instant(london_day(at) + _DAY, _NINE)


def answer(words: Any, at: datetime, now: datetime) -> Any:
    """An answer as a form keeps it: "{now}" is the moment at which it is given, "{in 3 days}" a day."""
    if words == "{now}":
        return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(words, str) and (found := _DAYS_AHEAD.fullmatch(words)):
        return (london_day(now) + int(found["days"]) * _DAY).isoformat()
    return words
