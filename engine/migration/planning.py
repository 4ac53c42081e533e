"""Where the running instances of a process stand, and where each of these places goes in another release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine import access, definitions
from engine.definitions import Release
from engine.errors import NotFound
from engine.spiff.bundle import Bundle
from engine.spiff.matching import Occupied, occupied, propose
from engine.tables import instance, release
from policy.authorization import Actor, Target

_AT_ONCE = 500  # instances looked at in one statement


@dataclass(frozen=True, slots=True)
class Change:
    """Which instances are meant: those of a process on one release, and the release they go to."""

    process: str
    before: int  # numbers of releases
    after: int


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a plan. `to` is an element of the same process; None for an event that stops listening."""

    process: str  # the process itself, or one that it calls
    element: str
    to: str | None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A place where instances stand, with where it goes as proposed."""

    process: str
    element: str
    name: str
    kind: str
    instances: int  # how many stand there
    to: str | None
    to_name: str
    optional: bool  # an event that listens may be left out: it then stops


@dataclass(frozen=True, slots=True)
class MigrationPlan:
    """A proposal. Places without `to` that are not optional have to be filled in."""

    change: Change
    running: int
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True)
class ReleaseInUse:
    """A release, and how many instances of a process run on it."""

    number: int
    published_at: datetime
    running: int


@dataclass(frozen=True, slots=True)
class Versions:
    """Both releases of a change, with the process as each has it."""

    before: Release
    after: Release
    old: Bundle
    new: Bundle


_BY_NUMBER = select(release.c.id).where(
    release.c.area_id == bindparam("a"), release.c.number == bindparam("n")
)
_RUNNING = (
    instance.c.area_id == bindparam("a"),
    instance.c.process == bindparam("p"),
    instance.c.status == "running",
)
_IN_USE = (
    select(release.c.number, release.c.published_at, func.count().label("running"))
    .select_from(instance.join(release, release.c.id == instance.c.release_id))
    .where(*_RUNNING)
    .group_by(release.c.number, release.c.published_at)
    .order_by(release.c.number)
)
_STATES = (
    select(instance.c.id, instance.c.state)
    .where(*_RUNNING, instance.c.release_id == bindparam("r"), instance.c.id > bindparam("after"))
    .order_by(instance.c.id)
    .limit(_AT_ONCE)
)


def require(db: Connection, by: Actor) -> None:
    """Governance approvers only. They see where instances stand, and nothing of anybody's case."""
    access.require(db, by, "definition:migrate", Target("definition", by.area_id))


def releases(db: Connection, by: Actor, process: str) -> list[ReleaseInUse]:
    """The releases on which instances of the process run, oldest first."""
    require(db, by)
    rows = db.execute(_IN_USE, {"a": by.area_id, "p": process})
    return [ReleaseInUse(row.number, row.published_at, row.running) for row in rows]


def versions(db: Connection, by: Actor, change: Change) -> Versions:
    """Raises NotFound for a release or process that there is not, DiagramRefused for one that cannot run."""
    before, after = (_release(db, by, number) for number in (change.before, change.after))
    for each in (before, after):
        definitions.diagram_of(db, each, change.process)
    old, new = (definitions.bundle(db, each, change.process) for each in (before, after))
    return Versions(before, after, old, new)


def _release(db: Connection, by: Actor, number: int) -> Release:
    found = db.execute(_BY_NUMBER, {"a": by.area_id, "n": number}).scalar()
    if found is None:
        raise NotFound(f"Expected a release {number}, but there is none.")
    return definitions.load(db, found)


def plan(db: Connection, by: Actor, change: Change) -> MigrationPlan:
    """Every place where an instance stands now, with a proposal: the same id, else the same name and kind."""
    require(db, by)
    known = versions(db, by, change)
    places: Counter[Occupied] = Counter()
    running = 0
    for row in _standing(db, by, change, known.before):
        running += 1
        places.update(occupied(known.old, row.state))
    proposed, names = propose(known.old, known.new), _names(known.new)
    steps = [
        _step(place, count, proposed.get((place.process, place.element)), names)
        for place, count in places.items()
    ]
    return MigrationPlan(change, running, tuple(sorted(steps, key=lambda step: (step.process, step.element))))


def _standing(db: Connection, by: Actor, change: Change, before: Release) -> Iterator[Any]:
    key = {"a": by.area_id, "p": change.process, "r": before.id, "after": ""}
    while rows := db.execute(_STATES, key).all():
        yield from rows
        key["after"] = rows[-1].id


def _step(place: Occupied, count: int, to: str | None, names: dict[str, str]) -> PlanStep:
    name = names.get(to or "", "")
    return PlanStep(
        place.process, place.element, place.name, place.kind, count, to, name, optional=place.listens
    )


def _names(bundle: Bundle) -> dict[str, str]:
    return {
        element.id: element.name or element.id
        for diagram in bundle.diagrams.values()
        for element in diagram.elements.values()
    }
