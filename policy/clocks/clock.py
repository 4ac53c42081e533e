"""What a clock is, when it runs out, and how it explains itself.

A clock running out never closes or declines anything: it raises, records and escalates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from policy import calendar

Kind = Literal["minutes", "hours", "hub hours", "calendar days", "working days", "months"]
Local = Literal["any", "shorter"]

# What an amount of each kind means, for the page that explains clocks.
KINDS: Final[dict[Kind, str]] = {
    "minutes": "Elapsed minutes. They run through nights and weekends.",
    "hours": "Elapsed hours. They run through nights, weekends and both clock changes.",
    "hub hours": "Hours in which the hub is open, on working days. The clock stands still outside them.",
    "calendar days": "Days after the day it starts, weekends and holidays included, to 11:59pm London time "
    "on the last. No days means the same day.",
    "working days": "Monday to Friday without the bank holidays of England and Wales, after the day it "
    "starts, to the hub's closing time on the last, so that somebody is there to act.",
    "months": "To 11:59pm London time on the corresponding date of a later month, or on that month's last "
    "day when it has no such date.",
}

_SINGULAR: Final[dict[Kind, str]] = {
    "minutes": "minute",
    "hours": "hour",
    "hub hours": "hub working hour",
    "calendar days": "calendar day",
    "working days": "working day",
    "months": "month",
}

EVIDENCE: Final[dict[str, str]] = {
    "S0": "stated in the Children's MARS Information Sharing Guidance, August 2022",
    "S1": "stated in the local procedures chapter on information sharing, 24 September 2024",
    "V": "read in the source named",
    "VL": "read as one force's or council's local practice: a default, not the law",
    "B": "background knowledge, not checked here: show it to a governance lead before relying on it",
    "D": "our own proposal: no source claims it",
}


@dataclass(frozen=True, slots=True)
class Clock:
    name: str
    title: str  # what must be done by then, as a practitioner says it
    kind: Kind
    amount: int
    starts: str  # what starts it
    expiry: str  # who is told and what happens when it runs out
    source: str  # document, year, paragraph
    evidence: str  # S0, S1, V:id, VL:id, B, D; several are separated by a space
    process: str  # short name of the process it belongs to
    catalogue: str = ""  # number in the timer catalogue, T01 to T27
    local: Local = "any"  # a partnership may set any value, or only a shorter one because law sets the limit
    note: str = ""  # anything else that a person who checks the number should know

    @property
    def length(self) -> str:
        """The amount in plain words.

        >>> from policy.clocks import CLOCKS
        >>> CLOCKS["dvds_overall"].length
        '28 calendar days'
        """
        if self.kind == "calendar days" and not self.amount:
            return "the same day"
        return f"{self.amount} {_SINGULAR[self.kind]}{'' if self.amount == 1 else 's'}"

    def lasting(self, kind: Kind, amount: int) -> Clock:
        """The same clock with a local value."""
        return replace(self, kind=kind, amount=amount)


def due(clock: Clock, start: datetime, *, hours: calendar.HubHours = calendar.HUB_HOURS) -> datetime:
    """The aware UTC instant at which the clock runs out, never before `start`. Needs an aware `start`."""
    ends = _due(clock, start, hours)  # refuses a start without a zone
    return max(start.astimezone(UTC), ends)


def _due(clock: Clock, start: datetime, hours: calendar.HubHours) -> datetime:
    day = calendar.london_day(start)
    match clock.kind:
        case "minutes":
            return start.astimezone(UTC) + timedelta(minutes=clock.amount)
        case "hours":
            return start.astimezone(UTC) + timedelta(hours=clock.amount)
        case "hub hours":
            return calendar.add_hub_hours(start, timedelta(hours=clock.amount), hours)
        case "calendar days":
            return calendar.end_of_day(day + timedelta(days=clock.amount))
        case "working days":
            return calendar.instant(calendar.add_working_days(day, clock.amount), hours.closes)
        case "months":
            return calendar.end_of_day(calendar.add_months(day, clock.amount))


# In plain words --------------------------------------------------------------------------------------------


def say(at: datetime) -> str:
    """An instant as GOV.UK writes it, in London time.

    >>> say(datetime(2027, 3, 28, 11, 30, tzinfo=UTC))
    '12:30pm on Sunday 28 March 2027'
    """
    local = at.astimezone(calendar.LONDON)
    minutes = f":{local.minute:02d}" if local.minute else ""
    half = "am" if local.hour < 12 else "pm"
    return f"{local.hour % 12 or 12}{minutes}{half} on {local:%A} {local.day} {local:%B %Y}"


def explain(
    clock: Clock,
    start: datetime,
    at: datetime | None = None,
    *,
    hours: calendar.HubHours = calendar.HUB_HOURS,
) -> str:
    """How the due time was reached, with its source. `at` is the due time when it is already known."""
    at = at or due(clock, start, hours=hours)
    parts = (
        f"{clock.length[0].upper()}{clock.length[1:]} from {say(start)} ({clock.starts}), so by {say(at)}.",
        _skipped(clock, start, at),
        f"Source: {clock.source}. Evidence: {spell_out(clock.evidence)}.",
        f"When it runs out: {clock.expiry}. Nothing is closed or refused because of it.",
    )
    return " ".join(part for part in parts if part)


def spell_out(evidence: str) -> str:
    """Evidence tags with what they mean.

    >>> spell_out("D")
    'D (our own proposal: no source claims it)'
    """
    return "; ".join(f"{tag} ({EVIDENCE[tag.split(':')[0]]})" for tag in evidence.split())


def _skipped(clock: Clock, start: datetime, at: datetime) -> str:
    """The bank holidays that made it longer, and whether any had to be worked out."""
    if clock.kind not in ("working days", "hub hours"):
        return ""
    first, last = calendar.london_day(start), calendar.london_day(at)
    named = [
        f"{title} ({day.day} {day:%B})"
        for year in range(first.year, last.year + 1)
        for day, title in sorted(calendar.bank_holidays(year).items())
        if first <= day <= last
    ]
    said = f"Not counted, besides weekends: {', '.join(named)}." if named else ""
    if last > calendar.published_until():
        until = calendar.published_until().year
        said += (
            f" Bank holidays after {until} are worked out from the standing rules and may still be changed."
        )
    return said.strip()
