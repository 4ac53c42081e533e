"""Dates and times: ISO text when kept, small inputs when asked (`key-day`, `-month`, `-year`, `-time`).

What was typed and cannot be read stays a dictionary of those parts, so that the page can show it again.
Typed times are London times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.forms import wording
from engine.forms.components import Component
from engine.forms.spoken import MONTHS, spoken_time
from engine.forms.wording import Wrong
from policy.calendar import LONDON

DAY_PARTS = ("day", "month", "year")
_EARLIEST = 1900  # of a date with a time: before 1847 London had no offset in whole minutes
WALL_CLOCK = timedelta(minutes=5)
PARTS = {"date": DAY_PARTS, "time": ("time",), "datetime": (*DAY_PARTS, "time")}

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_TIME = re.compile(r"\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_TYPED_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def read(component: Component, value: Any) -> str:
    """The ISO text of an answer: itself, or made of its parts. Raises Wrong."""
    if isinstance(value, Mapping):
        return _assembled(component, value)
    if isinstance(value, str) and len(value) <= 40 and _is_iso(component.subtype, value):
        return value
    example = {"date": "a date, like 2026-11-21", "time": "a time, like 14:10"}
    raise Wrong(
        wording.expected(component, example.get(component.subtype, "a date and time, like 2026-11-21T14:10Z"))
    )


def _is_iso(subtype: str, value: str) -> bool:
    day, separator, moment = value.partition("T") if subtype == "datetime" else (value, "", value)
    if subtype == "datetime" and not separator:
        return False
    try:
        if subtype != "time":
            if not _ISO_DATE.fullmatch(day):
                return False
            date.fromisoformat(day)
        if subtype != "date":
            if not _ISO_TIME.fullmatch(moment):
                return False
            time.fromisoformat(moment)
        if subtype == "datetime":
            datetime.fromisoformat(value).astimezone(LONDON)
    except (ValueError, OverflowError):
        return False
    return True


# From what was typed ---------------------------------------------------------------------------------------


def typed(component: Component, parts: Mapping[str, str]) -> Any:
    """An answer out of what was typed: ISO text, null for nothing, or the parts when they make no date."""
    given = {part: text.strip()[:20] for part, text in parts.items()}
    if not any(given.values()):
        return None
    try:
        return _assembled(component, given)
    except Wrong:
        return given


def _assembled(component: Component, parts: Mapping[str, Any]) -> str:
    texts = {part: parts.get(part) for part in PARTS[component.subtype]}
    for part, text in texts.items():
        if not isinstance(text, str) or not text:
            raise Wrong(wording.incomplete(component, part), part)
    if component.subtype == "time":
        return _clock(component, texts["time"]).isoformat(timespec="minutes")  # no offset without a day
    day = _day(component, texts)
    if component.subtype == "date":
        return day.isoformat()
    return _moment(component, day, _clock(component, texts["time"]))


def _day(component: Component, texts: Mapping[str, Any]) -> date:
    if not _YEAR.fullmatch(texts["year"]):
        raise Wrong(wording.short_year(component), "year")
    try:
        return date(int(texts["year"]), _month(texts["month"]), _whole(texts["day"]))
    except ValueError:
        raise Wrong(wording.expected(component, "a real date"), "day") from None


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError
    return int(text)


def _month(text: str) -> int:
    """A number, or the name in English, whole or its first three letters."""
    for number, month in enumerate(MONTHS, 1):
        if text.lower() in (month.lower(), month[:3].lower()):
            return number
    return _whole(text)


def _clock(component: Component, text: Any) -> time:
    """`2:10pm`, `14:10`, `2pm`, `midday`, `midnight`."""
    if text.lower() in ("midday", "noon"):
        return time(12)
    if text.lower() == "midnight":
        return time(0)
    found = _TYPED_TIME.fullmatch(text)
    hour, minute, half = (
        (int(found[1]), int(found[2] or 0), (found[3] or "").lower()) if found else (99, 0, "")
    )
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or not found or (found[2] is None and len(found[1]) > 2):
        hour = 99
    if hour > 23 or minute > 59:
        raise Wrong(wording.expected(component, "a real time, like 2:10pm or 14:10"), "time")
    return time(hour, minute)


def _moment(component: Component, day: date, clock: time) -> str:
    if day.year < _EARLIEST:
        raise Wrong(wording.expected(component, "a real date"), "year")
    local = datetime.combine(day, clock, LONDON)
    if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Wrong(wording.expected(component, "a real time: the clocks went forward over this one"), "time")
    if component.time_format == "no_timezone":
        return local.replace(tzinfo=None).isoformat(timespec="minutes")
    if component.time_format == "utc_normalized":
        return local.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="minutes") + "Z"
    return local.isoformat(timespec="minutes")


# To what is shown ------------------------------------------------------------------------------------------


def parts(component: Component, value: Any) -> dict[str, str]:
    """What each small input shows."""
    wanted = PARTS[component.subtype]
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "")[:20] for part in wanted}
    if not isinstance(value, str) or not _is_iso(component.subtype, value):
        return dict.fromkeys(wanted, "")
    return {part: text for part, text in _shown(component.subtype, value).items() if part in wanted}


def _shown(subtype: str, value: str) -> dict[str, str]:
    if subtype == "time":
        return {"time": spoken_time(time.fromisoformat(value))}
    moment = datetime.fromisoformat(value)
    local = moment.astimezone(LONDON) if moment.tzinfo else moment
    shown = {"day": str(local.day), "month": str(local.month), "year": f"{local.year:04}"}
    return {**shown, "time": spoken_time(local.time())}


def is_after(component: Component, value: str, now: datetime) -> bool:
    """Whether a kept date, or date and time, is still to come; a wall clock may be a few minutes ahead."""
    if component.subtype == "date":
        return date.fromisoformat(value) > now.astimezone(LONDON).date()
    moment = datetime.fromisoformat(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    return moment > now + WALL_CLOCK


def day_of(component: Component, value: str) -> date:
    """The London day of a kept date, or date and time."""
    if component.subtype == "date":
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()
