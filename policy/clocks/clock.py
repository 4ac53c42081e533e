"""What a clock is, when it runs out, and how it explains itself.

A clock running out never closes or declines anything: it raises, records and escalates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from policy import calendar
from policy.clocks.pauses import NeverPauses, Pause, added, resumed
from policy.holidays import published_until

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
    "VL": "the local practice of one force or council: a default, not the law",
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
    pauses: str = ""  # when a rule lets it stand still, in words that follow "It may stand still"

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


def due(
    clock: Clock, start: datetime, *, hub: calendar.Hub = calendar.HUB, pauses: Sequence[Pause] = ()
) -> datetime:
    """The aware UTC instant at which the clock runs out, never before `start`. Needs an aware `start`.

    Raises NeverPauses when there are pauses and no rule lets this clock stand still.
    """
    if pauses and not clock.pauses:
        raise NeverPauses(f"Expected no pause, because no rule lets the clock “{clock.name}” stand still.")
    ends = max(start.astimezone(UTC), _due(clock, start, hub))  # refuses a start without a zone
    return resumed(clock.kind, start, ends, pauses, hub)[0]


def _due(clock: Clock, start: datetime, hub: calendar.Hub) -> datetime:
    day = calendar.london_day(start)
    match clock.kind:
        case "minutes":
            return start.astimezone(UTC) + timedelta(minutes=clock.amount)
        case "hours":
            return start.astimezone(UTC) + timedelta(hours=clock.amount)
        case "hub hours":
            return calendar.add_hub_hours(start, timedelta(hours=clock.amount), hub)
        case "calendar days":
            return calendar.end_of_day(day + timedelta(days=clock.amount))
        case "working days":
            return calendar.instant(calendar.add_working_days(day, clock.amount, hub), hub.closes)
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
    hub: calendar.Hub = calendar.HUB,
    pauses: Sequence[Pause] = (),
) -> tuple[str, ...]:
    """How the due time was reached, sentence by sentence, with its source. `at`: when it is already known."""
    reached = due(clock, start, hub=hub, pauses=pauses)
    at = at or reached
    sentences = (
        f"{clock.length[0].upper()}{clock.length[1:]} from {say(start)} ({clock.starts}), so by {say(at)}.",
        _skipped(clock, start, at, hub),
        *_stood_still(clock, start, hub, pauses),
        "" if at == reached else f"The rules have changed since. They would now give {say(reached)}.",
        f"Source: {clock.source}. Evidence: {spell_out(clock.evidence)}.",
        f"When it runs out: {clock.expiry}. Nothing is closed or refused because of it.",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _stood_still(clock: Clock, start: datetime, hub: calendar.Hub, pauses: Sequence[Pause]) -> Iterator[str]:
    """Each pause that counted, with its reason and what it adds."""
    _, counted = resumed(clock.kind, start, _due(clock, start, hub), pauses, hub)
    for pause in counted:
        because = f", because: {pause.reason.rstrip('.')}" if pause.reason else ""
        yield (
            f"It stood still from {say(pause.start)} to {say(pause.end)}{because}. "
            f"That adds {added(clock.kind, pause, hub)}."
        )
    if counted:
        yield f"It may stand still {clock.pauses}."


def spell_out(evidence: str) -> str:
    """What evidence tags mean, in words.

    >>> spell_out("D")
    'our own proposal: no source claims it'
    """
    return "; ".join(dict.fromkeys(EVIDENCE[tag.split(":")[0]] for tag in evidence.split()))


def _skipped(clock: Clock, start: datetime, at: datetime, hub: calendar.Hub) -> str:
    """The days that made it longer, and whether any holiday had to be worked out."""
    if clock.kind not in ("working days", "hub hours"):
        return ""
    first, last = calendar.london_day(start), calendar.london_day(at)
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    weekend = sum(day.weekday() > 4 for day in days)
    shut = {day: why for year in range(first.year, last.year + 1) for day, why in hub.shut(year).items()}
    named = [f"{shut[day]} ({day.day} {day:%B})" for day in days if day in shut]
    skipped = [f"{weekend} day{'' if weekend == 1 else 's'} of weekends"] if weekend else []
    said = f"Not counted: {', '.join([*skipped, *named])}." if skipped or named else ""
    until = published_until(hub.division)
    if last > until:
        said += (
            f" Bank holidays after {until.year} are worked out from the standing rules and may still change."
        )
    return said.strip()
