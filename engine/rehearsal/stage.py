"""What a rehearsal remembers between two commands, in place of the database: who waits where, and what for.

`save` and `restore` turn all of it into text and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import orjson

from engine.execution import OpenedJob, OpenedSubscription, OpenedTask, Result


@dataclass(frozen=True, slots=True)
class Standing:
    """One process instance. `state` is the executor's; None before it has started."""

    id: str
    process: str
    state: bytes | None = None
    status: str = "running"


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits to be completed: a person's task, or an operation that only a partnership has."""

    id: str  # instance and token
    instance: str
    token: str
    element: str
    name: str
    type: str
    role: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    instance: str
    token: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Beginning:
    """A process that begins by itself, at the timer of a start event. `count`: how often it has."""

    process: str
    event: str
    due: datetime
    count: int = 0


@dataclass(frozen=True, slots=True)
class Wait:
    """A token that waits for a message or signal. `correlation`: canonical JSON, as the executor gives it."""

    instance: str
    token: str
    kind: str
    name: str
    correlation: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that came before anything waited for it."""

    name: str
    correlation: Mapping[str, Any]
    variables: Mapping[str, Any]
    expires: datetime


@dataclass(slots=True)
class Stage:
    now: datetime
    since: datetime  # when the files were deployed
    instances: dict[str, Standing] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    timers: dict[str, Timer] = field(default_factory=dict)  # in the order they were set
    waits: list[Wait] = field(default_factory=list)  # oldest first
    kept: list[Kept] = field(default_factory=list)  # oldest first
    beginnings: list[Beginning] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)  # instance, a blank, element

    def copy(self) -> Stage:
        """The rows themselves never change, so only what holds them is copied."""
        return replace(
            self,
            instances=dict(self.instances),
            tasks=dict(self.tasks),
            timers=dict(self.timers),
            waits=list(self.waits),
            kept=list(self.kept),
            beginnings=list(self.beginnings),
            trail=list(self.trail),
        )

    def note(self, of: Standing, result: Result, kinds: Mapping[str, str]) -> None:
        """Bring the rows of an instance up to date with one step of it. `kinds`: of elements, by id."""
        gone = [each.token for each in result.closed] + list(result.jobs_gone)
        for token in gone:
            self.tasks.pop(key(of, token), None)
        for token in result.timers_gone:
            self.timers.pop(key(of, token), None)
        self._waits(of, result)
        self.tasks |= {key(of, each.token): _task(of, each) for each in result.opened}
        names = {step.token: step.name for step in result.trail}
        for job in result.jobs:
            name = names.get(job.token) or job.operation or job.decision
            self.tasks[key(of, job.token)] = _job(of, job, name, kinds[job.element])
        self.timers |= {key(of, each.token): Timer(of.id, each.token, each.due) for each in result.timers}
        self.trail += [f"{of.id} {step.element}" for step in result.trail if step.what == "completed"]

    def _waits(self, of: Standing, result: Result) -> None:
        """A token that has waited already keeps its place, whatever it waits for now."""
        anew: dict[str, list[Wait]] = {}
        for each in result.subscriptions:
            anew.setdefault(each.token, []).append(_wait(of, each))
        waits: list[Wait] = []
        for wait in self.waits:
            gone = wait.instance == of.id and wait.token in result.subscriptions_gone
            waits += anew.pop(wait.token, []) if gone else [wait]
        self.waits = [*waits, *(wait for each in anew.values() for wait in each)]

    def save(self) -> bytes:
        return orjson.dumps(self, default=lambda state: state.decode())

    @classmethod
    def restore(cls, saved: bytes) -> Stage:
        rows = orjson.loads(saved)
        return cls(
            now=datetime.fromisoformat(rows["now"]),
            since=datetime.fromisoformat(rows["since"]),
            instances={id: _standing(row) for id, row in rows["instances"].items()},
            tasks={id: Task(**_dated(row, "due")) for id, row in rows["tasks"].items()},
            timers={id: Timer(**_dated(row, "due")) for id, row in rows["timers"].items()},
            waits=[Wait(**row) for row in rows["waits"]],
            kept=[Kept(**_dated(row, "expires")) for row in rows["kept"]],
            beginnings=[Beginning(**_dated(row, "due")) for row in rows["beginnings"]],
            trail=rows["trail"],
        )


def key(of: Standing, token: str) -> str:
    """Tokens are numbered in each instance by itself."""
    return f"{of.id}.{token}"


def _task(of: Standing, each: OpenedTask) -> Task:
    id = key(of, each.token)
    return Task(id, of.id, each.token, each.element, each.name, each.kind, each.role, each.due)


def _job(of: Standing, each: OpenedJob, name: str, kind: str) -> Task:
    return Task(key(of, each.token), of.id, each.token, each.element, name, kind)


def _wait(of: Standing, each: OpenedSubscription) -> Wait:
    return Wait(of.id, each.token, each.kind, each.message, each.correlation)


def _standing(row: dict[str, Any]) -> Standing:
    state = row.pop("state")
    return Standing(state=state if state is None else state.encode(), **row)


def _dated(row: dict[str, Any], name: str) -> dict[str, Any]:
    return row | {name: row[name] and datetime.fromisoformat(row[name])}
