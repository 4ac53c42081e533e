"""London days: which are working days, when the hub is open, and where a month ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from policy.holidays import HERE, Division, bank_holidays

LONDON: Final = ZoneInfo("Europe/London")
END_OF_DAY: Final = time(
    23, 59
)  # GOV.UK style: "11:59pm", because nobody agrees which day midnight belongs to
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Hub:
    """When the hub works, London time. [D]: hubs differ, so each sets its own.

    It works on working days: Monday to Friday without the bank holidays of its division and the days on which
    it is `closed` besides, each with its reason.
    """

    opens: time = time(9)
    closes: time = time(17)
    division: Division = HERE
    closed: Mapping[date, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("Expected the hub to open before it closes.")

    def holidays(self, year: int) -> dict[date, str]:
        return bank_holidays(year, self.division)

    def shut(self, year: int) -> dict[date, str]:
        """The days of a year on which it does not work though they may be weekdays, with why."""
        extra = {day: why for day, why in self.closed.items() if day.year == year}
        return {**extra, **self.holidays(year)}


HUB: Final = Hub()

# Days ------------------------------------------------------------------------------------------------------


def london_time(at: datetime) -> datetime:
    """The same instant on London's clock, with the offset that it has then: what expressions call now."""
    local = at.astimezone(LONDON)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))


def london_day(at: datetime) -> date:
    """The London date of an aware instant. One without a zone is refused, never guessed at."""
    if at.tzinfo is None:
        raise ValueError("Expected an instant with a time zone.")
    return at.astimezone(LONDON).date()


def instant(day: date, clock_time: time) -> datetime:
    """The UTC instant of a London date and time. Of a time that happens twice in October, the first."""
    return datetime.combine(day, clock_time, LONDON).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The UTC instant at which a London day counts as over, 11:59pm."""
    return instant(day, END_OF_DAY)


def is_working_day(day: date, hub: Hub = HUB) -> bool:
    return day.weekday() < _SATURDAY and day not in hub.closed and day not in hub.holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1)


def add_working_days(day: date, count: int, hub: Hub = HUB) -> date:
    """The working day `count` working days after `day`. The day itself is not counted.

    >>> add_working_days(date(2026, 4, 2), 1)   # Maundy Thursday: over the Easter weekend
    datetime.date(2026, 4, 7)
    """
    if count < 0:
        raise ValueError("Expected a number of working days, zero or more.")
    while count:
        day += _DAY
        count -= is_working_day(day, hub)
    return day


def working_days_between(day: date, last: date, hub: Hub = HUB) -> int:
    """The working days after `day`, up to and with `last`.

    >>> working_days_between(date(2026, 4, 2), date(2026, 4, 8))   # Easter lies between
    2
    """
    return sum(is_working_day(day + _DAY * count, hub) for count in range(1, (last - day).days + 1))


def add_months(day: date, count: int) -> date:
    """The corresponding date `count` months later, or the last day of that month when there is none.

    >>> add_months(date(2027, 8, 31), 1)
    datetime.date(2027, 9, 30)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# Hub hours -------------------------------------------------------------------------------------------------


def add_hub_hours(start: datetime, amount: timedelta, hub: Hub = HUB) -> datetime:
    """The UTC instant at which the hub has been open for `amount` since `start`."""
    if amount < timedelta():
        raise ValueError("Expected hub hours, zero or more.")
    at = start.astimezone(UTC)
    for opens, closes in _open(start, hub):
        begun = max(at, opens)
        if begun + amount <= closes:
            return begun + amount
        amount -= max(closes - begun, timedelta())
    raise ValueError("Expected an instant that a calendar has.")


def hub_hours_between(start: datetime, end: datetime, hub: Hub = HUB) -> timedelta:
    """For how long the hub is open from one instant to another."""
    total = timedelta()
    for opens, closes in _open(start, hub):
        if opens >= end:
            break
        total += max(min(closes, end) - max(opens, start), timedelta())
    return total


def _open(start: datetime, hub: Hub) -> Iterator[tuple[datetime, datetime]]:
    """When the hub opens and closes, on every working day from that of `start` on."""
    day = london_day(start)
    while True:
        if is_working_day(day, hub):
            yield instant(day, hub.opens), instant(day, hub.closes)
        day += _DAY
