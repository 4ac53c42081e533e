"""Answers as a person would say them: "21 November 2026 at 2:10pm", "yes", "3.5"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from policy.calendar import LONDON

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_TIME = re.compile(r"\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")


def spoken(value: Any) -> str:
    """Any JSON value as text. ISO dates and times are said; an object has no text."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(spoken, value)))
    if isinstance(value, str):
        return spoken_moment(value)
    return number(value)


def number(value: int | float | Decimal) -> str:
    """Without an exponent or useless zeros.

    >>> number(3.50), number(10.0), number(1e-7)
    ('3.5', '10', '0.0000001')
    """
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def spoken_moment(text: str) -> str:
    """An ISO date, time, or date and time said in London time; any other text as it is.

    >>> spoken_moment("2026-07-01T16:00:00Z")
    '1 July 2026 at 5pm'
    """
    try:
        if _DATE.fullmatch(text):
            return spoken_date(date.fromisoformat(text))
        if _DATE_TIME.fullmatch(text):
            moment = datetime.fromisoformat(text)
            local = moment.astimezone(LONDON) if moment.tzinfo else moment
            return f"{spoken_date(local.date())} at {spoken_time(local.time())}"
        if _TIME.fullmatch(text):
            return spoken_time(time.fromisoformat(text))
    except (ValueError, OverflowError):
        return text  # shaped like a date, but there is no such day
    return text


def spoken_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_time(moment: time) -> str:
    """GOV.UK style.

    >>> spoken_time(time(0, 0)), spoken_time(time(12, 0)), spoken_time(time(14, 5)), spoken_time(time(9, 0))
    ('midnight', 'midday', '2:05pm', '9am')
    """
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"
