"""The clocks as one partnership runs them: the defaults of `policy.clocks` with its local values on top.

A local value needs a reason and two people, and never lengthens a limit that law sets. A hub of the
partnership may have values and opening hours of its own. Where all this is kept is not known here; it is
handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from engine.errors import InvalidInput, Problem
from engine.execution import Clock, Reckoning
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
    approved_by: tuple[str, ...]  # two different people: who proposed it and who approved it
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Hub:
    """An organisation, or several, with values or opening hours of its own."""

    name: str
    organisations: frozenset[str]  # ids
    overrides: Mapping[str, Override] = field(default_factory=dict)
    calendar: calendar.Hub = calendar.HUB


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is due when it is, for the page that a due date opens."""

    name: str
    title: str
    due: datetime  # aware UTC
    sentence: str  # the whole story in plain words
    steps: tuple[str, ...]  # the same, sentence by sentence
    default: str  # "10 working days"
    local: str | None  # "8 working days" where the partnership has its own value …
    reason: str | None  # … and why
    source: str
    evidence: str
    expiry: str
    note: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock as the page about clocks shows it. `hub`: where the local value holds; "" for everywhere."""

    name: str
    title: str
    process: str
    starts: str
    default: str
    local: str | None
    hub: str
    reason: str | None
    approved_by: tuple[str, ...]
    decided_on: date | None
    source: str
    evidence: str  # in words
    expiry: str
    may_set: str  # any, shorter
    pauses: str
    note: str


class Deadlines:
    """When things are due in one partnership. Immutable; make a new one when a setting changes.

    Raises InvalidInput, with a problem for each, when an override cannot be used.
    """

    def __init__(
        self,
        overrides: Mapping[str, Override] | None = None,
        *,
        hub: calendar.Hub = calendar.HUB,
        hubs: Sequence[Hub] = (),
    ) -> None:
        overrides = overrides or {}
        problems = [problem for name, override in overrides.items() for problem in refusals(name, override)]
        for each in hubs:
            problems += [found for name, local in each.overrides.items() for found in refusals(name, local)]
        if problems:
            raise InvalidInput("Expected local values that every clock allows.", problems=tuple(problems))
        self._overrides = dict(overrides)
        self.hub = hub
        self.hubs = tuple(hubs)
        self._clocks = {name: self._local(clock) for name, clock in clocks.CLOCKS.items()}
        self._of_hubs = {
            organisation: Deadlines({**overrides, **each.overrides}, hub=each.calendar)
            for each in hubs
            for organisation in each.organisations
        }

    def _local(self, clock: clocks.Clock) -> clocks.Clock:
        override = self._overrides.get(clock.name)
        return clock.lasting(override.kind, override.amount) if override else clock

    def at(self, organisation: str | None) -> Deadlines:
        """The clocks of an organisation: its hub's, or the partnership's."""
        return self._of_hubs.get(organisation or "", self)

    def clock(self, name: str) -> clocks.Clock:
        """The clock with its local value. Raises LookupError for an unknown name."""
        try:
            return self._clocks[name]
        except KeyError:
            raise LookupError(f"Expected the name of a clock, but there is none called {name!r}.") from None

    def deadline(self, name: str, start: datetime, pauses: Sequence[clocks.Pause] = ()) -> datetime:
        """When the clock runs out if started at `start`, in UTC.

        Raises LookupError for an unknown name and NeverPauses for a pause that no rule allows.
        """
        return clocks.due(self.clock(name), start, hub=self.hub, pauses=pauses)

    def reckon(
        self,
        name: str,
        start: datetime,
        pauses: Sequence[clocks.Pause] = (),
        organisation: str | None = None,
    ) -> Reckoning:
        """The same, with what has to be kept to explain it later: settings may change, a due time never."""
        there = self.at(organisation)
        clock = there.clock(name)
        due = there.deadline(name, start, pauses)
        return Reckoning(name, start, due, clock.kind, clock.amount, tuple(pauses), organisation)

    def explain(self, name: str, start: datetime, due: datetime | None = None) -> Explanation:
        """How a due time is reached with today's values. Give `due` when it was fixed earlier."""
        reckoning = self.reckon(name, start)
        return self.explain_kept(due or reckoning.due, reckoning.facts())

    def explain_kept(self, due: datetime, kept: Mapping[str, Any]) -> Explanation:
        """How a due time was reached, by the rule that was kept with it."""
        made = Reckoning.kept(due, kept)
        name, usual, there = made.clock, clocks.CLOCKS[made.clock], self.at(made.organisation)
        clock = usual.lasting(made.kind, made.amount)
        steps = clocks.explain(clock, made.start, due, hub=there.hub, pauses=made.pauses)
        local = (clock.kind, clock.amount) != (usual.kind, usual.amount)
        override = there._overrides.get(name)
        known = (
            override if override and (override.kind, override.amount) == (made.kind, made.amount) else None
        )
        if local:
            because = f", because: {known.reason}" if known else "."
            steps = (*steps, f"The partnership set this itself (usually {usual.length}){because}")
        return Explanation(
            name=name,
            title=clock.title,
            due=due,
            sentence=" ".join(steps),
            steps=steps,
            default=usual.length,
            local=clock.length if local else None,
            reason=known.reason if local and known else None,
            source=clock.source,
            evidence=clocks.spell_out(clock.evidence),
            expiry=clock.expiry,
            note=clock.note,
        )

    def every(self) -> list[ClockView]:
        """Every clock with its values, those of a hub after that of the partnership."""
        return [view for clock in clocks.CLOCKS.values() for view in self._views(clock)]

    def _views(self, clock: clocks.Clock) -> Iterator[ClockView]:
        yield _view(clock, self._overrides.get(clock.name), "")
        for each in self.hubs:
            if clock.name in each.overrides:
                yield _view(clock, each.overrides[clock.name], each.name)


def _view(clock: clocks.Clock, local: Override | None, hub: str) -> ClockView:
    return ClockView(
        name=clock.name,
        title=clock.title,
        process=clock.process,
        starts=clock.starts,
        default=clock.length,
        local=clock.lasting(local.kind, local.amount).length if local else None,
        hub=hub,
        reason=local.reason if local else None,
        approved_by=local.approved_by if local else (),
        decided_on=local.decided_on if local else None,
        source=clock.source,
        evidence=clocks.spell_out(clock.evidence),
        expiry=clock.expiry,
        may_set=clock.local,
        pauses=clock.pauses,
        note=clock.note,
    )


def refusals(name: str, override: Override) -> Iterator[Problem]:
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

    def reckon(
        self,
        name: str,
        start: datetime,
        pauses: Sequence[clocks.Pause] = (),
        organisation: str | None = None,
    ) -> Reckoning:
        """When the named clock runs out if started at `start`. Raises LookupError for an unknown name."""
        return self.deadlines.reckon(name, start, pauses, organisation)


def reached(clock: Clock, due: datetime, reckoned: Mapping[str, Any] | None) -> Explanation | None:
    """How a due time was reached, for a page; None when no named clock gave it."""
    deadlines = getattr(clock, "deadlines", None)
    if reckoned is None or not isinstance(deadlines, Deadlines) or reckoned["clock"] not in clocks.CLOCKS:
        return None
    return deadlines.explain_kept(due, reckoned)
