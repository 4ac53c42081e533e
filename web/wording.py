"""How pages say dates, times and counts, as GOV.UK writes them. Days and times are those of London."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from engine.tables import FAR
from policy.calendar import LONDON

_TODDLER, _BABY, _NEWBORN = 24, 56, 14  # months; days; days
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def day(value: date | datetime | str) -> str:
    """The day alone.

    >>> day("2026-11-21")
    '21 November 2026'
    """
    if isinstance(value, str):
        value = date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(LONDON)
    return f"{value.day} {value:%B %Y}"


def clock_time(value: datetime) -> str:
    """The time of day.

    >>> clock_time(datetime(2026, 7, 1, 11, 5, tzinfo=UTC))
    '12:05pm'
    """
    local = value.astimezone(LONDON)
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """The day and the time.

    >>> moment(datetime(2026, 11, 21, 14, 10, tzinfo=UTC))
    '21 November 2026 at 2:10pm'
    """
    return f"{day(value)} at {clock_time(value)}"


def distance(value: datetime, now: datetime) -> str:
    """How far off an instant is, roughly.

    >>> distance(datetime(2026, 11, 21, 17, tzinfo=UTC), datetime(2026, 11, 21, 14, tzinfo=UTC))
    'in 3 hours'
    """
    amount = _roughly(abs(value - now))
    if not amount:
        return "now"
    return f"in {amount}" if value > now else f"{amount} ago"


def due(value: datetime, now: datetime) -> str:
    """What to say about a due time: "in 3 hours", "overdue by 2 days"; nothing when there is none."""
    if value >= FAR:
        return ""
    if value >= now:
        return distance(value, now)
    return f"overdue by {_roughly(now - value) or 'a moment'}"


def _roughly(span: timedelta) -> str:
    for size, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if span >= size * (2 if size == DAY else 1):  # up to two days, hours tell more
            return count(span // size, name)
    return ""


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "task"), count(2, "task")
    ('1 task', '2 tasks')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def age(born: str, today: date) -> str:
    """How old somebody is on a day: in full years, of a small child in months, of a newborn in weeks or days.

    >>> age("2018-02-28", date(2026, 2, 27)), age("2026-01-20", date(2026, 2, 27))
    ('7', '5 weeks')
    """
    birth = date.fromisoformat(born)
    months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    days = (today - birth).days
    if months >= _TODDLER:
        return str(months // 12)
    if days >= _BABY:
        return count(months, "month")
    return count(days // 7, "week") if days >= _NEWBORN else count(days, "day")


def local_day(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def stamp(value: datetime) -> str:
    """An instant for machines, in UTC."""
    return value.astimezone(UTC).isoformat(timespec="seconds")
