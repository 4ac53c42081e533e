"""A partnership's settings file: its own values for clocks, and when its hubs are open. In TOML.

`docs/operations.md` shows one. It is read once, when Handrail starts; what is wrong with it is told line by
line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any, cast

from engine.deadlines import Deadlines, Hub, Override, refusals
from engine.errors import InvalidInput, Problem
from policy import calendar
from policy.holidays import DIVISIONS, Division

_FILE = ("hub", "clocks", "hubs")
_HOURS = ("opens", "closes", "bank_holidays", "closed")
_HUB = ("organisations", "clocks", *_HOURS)
_CLOCK = ("amount", "kind", "reason", "decided_by", "decided_on")
_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")

Table = Mapping[str, Any]
Place = tuple[str, ...]


def read(path: Path) -> Deadlines:
    """The clocks that a file describes. Raises InvalidInput, with the line of each problem."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InvalidInput(
            f"Expected the partnership's settings in {path}, but it cannot be read."
        ) from error
    return read_text(text, str(path))


def read_text(text: str, name: str = "the settings file") -> Deadlines:
    """The same for the text of a file. `name` is how messages call it."""
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"Expected {name} to be TOML, but it is not: {error}.") from error
    reading = _Reading(_lines(text))
    whole_area, hubs = reading.partnership(whole)
    if reading.problems:
        told = "\n".join(f"  {problem.element}: {problem.message}" for problem in reading.problems)
        message = f"Expected {name} to be usable, but these lines are not:\n{told}"
        raise InvalidInput(message, problems=tuple(reading.problems))
    return Deadlines(whole_area.overrides, hub=whole_area.calendar, hubs=hubs)


def _lines(text: str) -> dict[Place, int]:
    """On which line each table and key stands."""
    found: dict[Place, int] = {}
    inside: Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            inside = _place(header[1])
            found[inside] = number
        elif key := _KEY.match(line):
            found.setdefault((*inside, *_place(key[1])), number)
    return found


def _place(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


@dataclass
class _Reading:
    """One file, and what was found wrong with it so far."""

    lines: dict[Place, int]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, place: Place, message: str) -> None:
        self.problems.append(Problem(self._line(place), message))

    def _line(self, place: Place) -> str:
        """Where it stands, or the nearest that stands there: what is inside it, or what it is inside."""
        inside = [line for other, line in self.lines.items() if other[: len(place)] == place]
        around = [self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines]
        return f"line {next(iter([*around[:1], *inside]), 1)}, {'.'.join(place)}"

    # Tables

    def partnership(self, whole: Table) -> tuple[Hub, list[Hub]]:
        """What holds everywhere, and the hubs."""
        self.only(whole, _FILE, ())
        table = self.table(whole.get("hub", {}), ("hub",))
        self.only(table, _HOURS, ("hub",))
        clocks = dict(self.clocks(("clocks",), whole.get("clocks", {})))
        everywhere = Hub("", frozenset(), clocks, self.calendar(("hub",), table, calendar.HUB))
        found = self.table(whole.get("hubs", {}), ("hubs",))
        hubs = [
            self.hub(("hubs", name), self.table(inner, ("hubs", name)), everywhere.calendar)
            for name, inner in found.items()
        ]
        self._apart(hubs)
        return everywhere, hubs

    def hub(self, place: Place, table: Table, usual: calendar.Hub) -> Hub:
        self.only(table, _HUB, place)
        organisations = table.get("organisations")
        if not isinstance(organisations, list) or not organisations or not _texts(organisations):
            self.wrong((*place, "organisations"), "Expected the ids of this hub's organisations, as a list.")
            organisations = []
        clocks = dict(self.clocks((*place, "clocks"), table.get("clocks", {})))
        return Hub(place[-1], frozenset(organisations), clocks, self.calendar(place, table, usual))

    def _apart(self, hubs: list[Hub]) -> None:
        """An organisation is in one hub."""
        seen: set[str] = set()
        for hub in hubs:
            for twice in sorted(hub.organisations & seen):
                place = ("hubs", hub.name, "organisations")
                self.wrong(place, f"Expected each organisation in one hub, but {twice} is in two.")
            seen |= hub.organisations

    def table(self, found: Any, place: Place) -> Table:
        if isinstance(found, dict):
            return found
        self.wrong(place, "Expected a table, such as [clocks.partner_return].")
        return {}

    def only(self, table: Table, known: tuple[str, ...], place: Place) -> None:
        for key in table:
            if key not in known:
                self.wrong((*place, key), f"Expected one of {', '.join(known)}, but found {key}.")

    # Clocks

    def clocks(self, place: Place, found: Any) -> Iterator[tuple[str, Override]]:
        for name, value in self.table(found, place).items():
            here = (*place, name)
            table = self.table(value, here)
            self.only(table, _CLOCK, here)
            if missing := [key for key in _CLOCK if key not in table]:
                self.wrong(here, f"Expected {', '.join(missing)} as well.")
            elif self._usable(here, table):
                override = _override(table)
                for problem in refusals(name, override):
                    self.wrong(here, problem.message)
                yield name, override

    def _usable(self, place: Place, table: Table) -> bool:
        before = len(self.problems)
        if type(table["amount"]) is not int:
            self.wrong((*place, "amount"), "Expected a whole number.")
        if not isinstance(table["kind"], str):
            self.wrong((*place, "kind"), 'Expected a kind in quotes, such as "working days".')
        if not isinstance(table["reason"], str):
            self.wrong((*place, "reason"), "Expected the reason in quotes.")
        if not isinstance(table["decided_by"], list) or not _texts(table["decided_by"]):
            self.wrong((*place, "decided_by"), "Expected the names of two people, as a list.")
        if type(table["decided_on"]) is not date:
            self.wrong((*place, "decided_on"), "Expected a date without quotes, such as 2026-09-01.")
        return len(self.problems) == before

    # Opening hours

    def calendar(self, place: Place, table: Table, usual: calendar.Hub) -> calendar.Hub:
        """A hub's hours; what it does not say is as `usual`, and it is closed on those days too."""
        opens = self._time((*place, "opens"), table.get("opens"), usual.opens)
        closes = self._time((*place, "closes"), table.get("closes"), usual.closes)
        if opens >= closes:
            self.wrong((*place, "closes"), "Expected the hub to open before it closes.")
            opens, closes = usual.opens, usual.closes
        closed = {**usual.closed, **self._closed(place, table)}
        return calendar.Hub(opens, closes, self._division(place, table, usual.division), closed)

    def _time(self, place: Place, found: Any, usual: time) -> time:
        if found is None:
            return usual
        if type(found) is time and found.tzinfo is None:
            return found
        if isinstance(found, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", found):
            return time.fromisoformat(found)
        self.wrong(place, 'Expected a London time, such as "08:30".')
        return usual

    def _division(self, place: Place, table: Table, usual: Division) -> Division:
        found = table.get("bank_holidays", usual)
        if found in DIVISIONS:
            return cast(Division, found)
        self.wrong((*place, "bank_holidays"), f"Expected one of {', '.join(DIVISIONS)}.")
        return usual

    def _closed(self, place: Place, table: Table) -> dict[date, str]:
        days: dict[date, str] = {}
        for text, why in self.table(table.get("closed", {}), (*place, "closed")).items():
            here = (*place, "closed", text)
            try:
                day = date.fromisoformat(text)
            except ValueError:
                self.wrong(here, "Expected a date, such as 2026-12-24.")
                continue
            if isinstance(why, str) and why.strip():
                days[day] = why
            else:
                self.wrong(here, "Expected why the hub is closed on that day.")
        return days


def _override(table: Table) -> Override:
    by = tuple(name.strip() for name in table["decided_by"])
    return Override(
        kind=table["kind"],
        amount=table["amount"],
        reason=table["reason"],
        approved_by=by,
        decided_on=table["decided_on"],
    )


def _texts(found: list[Any]) -> bool:
    return all(isinstance(each, str) for each in found)
