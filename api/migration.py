"""Moving running instances to another release: for governance approvers, who see no case while doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from api.context import Call
from api.fields import About, Id, Listing, Many, Text, Whole
from api.routes import Noun
from engine import errors, migration
from engine.errors import NotFound
from engine.migration import Batch, Change, MigrationPlan, ReleaseInUse

noun = Noun("migration", "Migration: moving running instances to another release.")

_NAME = Text("An id in the diagram.", longest=200, example="decide")


@dataclass(frozen=True, slots=True)
class Step:
    """Where one place goes."""

    process: Annotated[str, _NAME]
    element: Annotated[str, _NAME]
    to: Annotated[str | None, Text("An element of the same process; null to stop listening.", longest=200)]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A plan to be tried. What it leaves out goes as proposed."""

    steps: Annotated[tuple[Step, ...], Many("Places that differ from the proposal.", most=1000)] = ()
    only: Annotated[tuple[Id, ...], Many("These instances only; all when empty.", most=1000)] = ()
    after: Annotated[Id | None, About("The `next` of the batch before.")] = None
    limit: Annotated[int, Whole("How many instances at most.", least=1, most=100)] = 100


@dataclass(frozen=True, slots=True)
class Application:
    """A plan to be carried out, with the reason."""

    reason: Annotated[str, Text("Why, for the history of each case.", example="New statutory limit.")]
    steps: Annotated[tuple[Step, ...], Many("Places that differ from the proposal.", most=1000)] = ()
    only: Annotated[tuple[Id, ...], Many("These instances only; all when empty.", most=1000)] = ()
    after: Annotated[Id | None, About("The `next` of the batch before.")] = None
    limit: Annotated[int, Whole("How many instances at most.", least=1, most=100)] = 100


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Which instances to take back, with the reason."""

    reason: Annotated[str, Text("Why, for the history of each case.", example="Too early.")]
    only: Annotated[tuple[Id, ...], Many("These instances only; all when empty.", most=1000)] = ()
    after: Annotated[Id | None, About("The `next` of the batch before.")] = None
    limit: Annotated[int, Whole("How many instances at most.", least=1, most=100)] = 100


_STEP = {"process": "visit", "element": "decide", "to": "judge"}
_PATH = "/processes/{process}/migrations/{from_release}/{to_release}"


def _change(process: str, from_release: str, to_release: str) -> Change:
    numbers = [
        int(each)
        for each in (from_release, to_release)
        if each.isascii() and each.isdigit() and len(each) < 10
    ]
    if len(numbers) != 2:
        raise NotFound
    return Change(process, *numbers)


def _steps(given: tuple[Step, ...]) -> tuple[migration.Step, ...]:
    return tuple(migration.Step(each.process, each.element, each.to) for each in given)


@noun.get("/processes/{process}/releases", "definition:migrate")
def releases(call: Call, process: str) -> Listing[ReleaseInUse]:
    """The releases on which instances of the process run, oldest first."""
    return Listing(tuple(migration.releases(call.db, call.by, process)))


@noun.get(_PATH, "definition:migrate")
def plan(call: Call, process: str, from_release: str, to_release: str) -> MigrationPlan:
    """Where instances on the one release stand, and where each place would go in the other."""
    return migration.plan(call.db, call.by, _change(process, from_release, to_release))


@noun.post(f"{_PATH}/rehearse", "definition:migrate", example={"steps": [_STEP], "limit": 20})
def rehearse(call: Call, process: str, from_release: str, to_release: str, body: Rehearsal) -> Batch:
    """Try the plan on the next instances without any effect. Repeat with `next` until it is null."""
    return migration.rehearse(
        call.db,
        call.by,
        _change(process, from_release, to_release),
        _steps(body.steps),
        call.clock,
        only=body.only,
        after=body.after,
        limit=body.limit,
    )


@noun.post(
    f"{_PATH}/apply",
    "definition:migrate",
    refuses=(errors.Stale,),
    example={"reason": "New statutory limit.", "steps": [_STEP]},
)
def apply(call: Call, process: str, from_release: str, to_release: str, body: Application) -> Batch:
    """Move the next instances. Those whose meaning would change stay, each with its reasons."""
    return migration.apply(
        call.db,
        call.by,
        _change(process, from_release, to_release),
        _steps(body.steps),
        body.reason,
        call.clock,
        only=body.only,
        after=body.after,
        limit=body.limit,
    )


@noun.post(f"{_PATH}/undo", "definition:migrate", refuses=(errors.Stale,), example={"reason": "Too early."})
def undo(call: Call, process: str, from_release: str, to_release: str, body: TakeBack) -> Batch:
    """Take instances back to the release they came from, unless something has happened to them since."""
    return migration.undo(
        call.db,
        call.by,
        _change(process, from_release, to_release),
        body.reason,
        call.clock,
        only=body.only,
        after=body.after,
        limit=body.limit,
    )
