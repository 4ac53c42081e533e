"""The clocks as one partnership runs them: the defaults of `policy.clocks` with its local values on top.

A local value needs a reason and two people, and never lengthens a limit that law sets. Where local values are
kept is not known here; they are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.errors import InvalidInput, Problem
from policy import calendar, clocks

_LONGEST: Final[dict[clocks.Kind, int]] = {
    "minutes": 24 * 60,
    "hours": 24 * 366,
    "hub hours": 2000,
    "calendar days": 3660,
    "working days": 2600,
    "months": 1200,
}


@dataclass(frozen=True, slots=True)
class Override:
    """A partnership's own value for one clock."""

    kind: clocks.Kind
    amount: int
    reason: str
    approved_by: tuple[str, str]  # ids of two different people: who proposed it and who approved it


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is due when it is, for the page that a due date opens."""

    name: str
    title: str
    due: datetime  # aware UTC
    sentence: str  # the whole story in plain words
    default: str  # "10 working days"
    local: str | None  # "8 working days" where the partnership has its own value …
    reason: str | None  # … and why
    source: str
    evidence: str
    expiry: str
    note: str


class Deadlines:
    """When things are due in one partnership. Immutable; make a new one when a setting changes.

    Raises InvalidInput, with a problem for each, when an override cannot be used.
    """

    def __init__(
        self,
        overrides: Mapping[str, Override] | None = None,
        *,
        hours: calendar.HubHours = calendar.HUB_HOURS,
    ) -> None:
        overrides = overrides or {}
        problems = tuple(
            problem for name, override in overrides.items() for problem in _wrong(name, override)
        )
        if problems:
            raise InvalidInput("Expected local values that every clock allows.", problems=problems)
        self._overrides = dict(overrides)
        self._hours = hours
        self._clocks = {name: self._local(clock) for name, clock in clocks.CLOCKS.items()}

    def _local(self, clock: clocks.Clock) -> clocks.Clock:
        override = self._overrides.get(clock.name)
        return clock.lasting(override.kind, override.amount) if override else clock

    def clock(self, name: str) -> clocks.Clock:
        """The clock with its local value. Raises LookupError for an unknown name."""
        try:
            return self._clocks[name]
        except KeyError:
            raise LookupError(f"Expected the name of a clock, but there is none called {name!r}.") from None

    def deadline(self, name: str, start: datetime) -> datetime:
        """When the clock runs out if started at `start`, in UTC. Raises LookupError for an unknown name."""
        return clocks.due(self.clock(name), start, hours=self._hours)

    def explain(self, name: str, start: datetime, due: datetime | None = None) -> Explanation:
        """How a due time was reached. Give `due` when it was fixed earlier."""
        clock = self.clock(name)
        due = due or self.deadline(name, start)
        override = self._overrides.get(name)
        sentence = clocks.explain(clock, start, due, hours=self._hours)
        if override:
            usual = clocks.CLOCKS[name].length
            sentence += f" The partnership set this itself (usually {usual}), because: {override.reason}"
        return Explanation(
            name=name,
            title=clock.title,
            due=due,
            sentence=sentence,
            default=clocks.CLOCKS[name].length,
            local=clock.length if override else None,
            reason=override.reason if override else None,
            source=clock.source,
            evidence=clocks.spell_out(clock.evidence),
            expiry=clock.expiry,
            note=clock.note,
        )


def _wrong(name: str, override: Override) -> Iterator[Problem]:
    """What is wrong with one local value."""
    clock = clocks.CLOCKS.get(name)
    if clock is None:
        yield Problem(name, "Expected the name of a clock, but there is none of this name.")
        return
    if override.kind not in clocks.KINDS:
        yield Problem(name, f"Expected one of {', '.join(clocks.KINDS)}, but found {override.kind!r}.")
        return
    least = 0 if override.kind == "calendar days" else 1
    if not least <= override.amount <= _LONGEST[override.kind]:
        yield Problem(name, f"Expected {least} to {_LONGEST[override.kind]} {override.kind}.")
    if not override.reason.strip():
        yield Problem(name, "Expected the reason for the local value.")
    if len(set(override.approved_by)) != 2 or not all(override.approved_by):
        yield Problem(name, "Expected two different people to have approved the local value.")
    if clock.local == "shorter" and (override.kind != clock.kind or override.amount > clock.amount):
        yield Problem(name, f"Expected at most {clock.length}, because law sets this limit.")


@dataclass(frozen=True, slots=True)
class At:
    """One instant and a partnership's clocks: what a command runs at. It is an `engine.execution.Clock`."""

    now: datetime  # aware UTC
    deadlines: Deadlines

    def deadline(self, name: str, start: datetime) -> datetime:
        """When the named clock runs out if started at `start`. Raises LookupError for an unknown name."""
        return self.deadlines.deadline(name, start)
