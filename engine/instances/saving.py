"""Takes one instance one command further, and writes what that changed. What it sends is given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, update

from engine import definitions, kept_messages, operations, waits
from engine.errors import Stale
from engine.execution import Clock, Command, Early, OpenedJob, OpenedSubscription, Result, Step, Thrown
from engine.instances.loading import Running
from engine.stepping import Progress, advance
from engine.tables import instance

_SAVE = (
    update(instance)
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.id == bindparam("i"),
        instance.c.lock_version == bindparam("old"),
    )
    .values(
        state=bindparam("s"),
        undo=None,
        status=bindparam("st"),
        ended_at=bindparam("e"),
        lock_version=bindparam("v"),
    )
)


def step(db: Connection, of: Running, command: Command, clock: Clock) -> list[Thrown]:
    """Run one command and write everything it changed but the ledger. Gives what left the process.

    Raises Stale when the instance moved on meanwhile, TaskGone when the command's token no longer waits.
    """
    around = _Case(db, of, clock)
    progress = Progress(of.state, of.status)
    advance(definitions.bundle(db, of.release, of.process), progress, command, clock, around)
    of.state, of.status = progress.state, progress.status
    _save(db, of, clock)
    outcome = progress.outcome
    if of.troubled:
        waits.pass_incidents(db, of.area_id, of.instance_id, outcome, of.status, of.ledger)
    own = {of.started_by: of.started_as}
    waits.write(db, of.area_id, of.case_id, of.instance_id, of.organisation_id, outcome, of.ledger, own)
    if of.status != "running":
        payload = {"process_name": name_of(db, of)}
        of.ledger.add(f"instance.{of.status}", instance_id=of.instance_id, payload=payload)
    return around.thrown


def name_of(db: Connection, of: Running) -> str:
    """What the instance's process is called."""
    return definitions.bundle(db, of.release, of.process).name


def _save(db: Connection, of: Running, clock: Clock) -> None:
    ended = clock.now if of.status != "running" else None
    values = {"s": of.state, "st": of.status, "e": ended, "v": of.lock_version + 1}
    key = {"a": of.area_id, "i": of.instance_id, "old": of.lock_version}
    if db.execute(_SAVE, values | key).rowcount != 1:
        raise Stale
    of.lock_version += 1


@dataclass(frozen=True)
class _Case:
    """What surrounds a running instance: the history, the operations, and the messages its case keeps."""

    db: Connection
    of: Running
    clock: Clock
    thrown: list[Thrown] = field(default_factory=list)

    def witness(self, result: Result) -> None:
        _witness(self.of, result)

    def send(self, thrown: Thrown) -> None:
        """Sent on once the instance is saved: it may come back."""
        if thrown.kind in ("message", "signal"):
            self.thrown.append(thrown)

    def perform(self, job: OpenedJob) -> Mapping[str, Any]:
        return self._decide(job) if job.decision else operations.perform(job)

    def _decide(self, job: OpenedJob) -> Mapping[str, Any]:
        """Made from the instance's own release; the history says which rules made it so."""
        of = self.of
        decided = definitions.decisions(self.db, of.release).decide(job.decision, job.inputs, self.clock.now)
        facts = decided.facts()
        of.ledger.add("decision.evaluated", instance_id=of.instance_id, element=job.element, payload=facts)
        return {job.result: decided.value}

    @cached_property
    def kept(self) -> frozenset[str]:
        """The names of messages kept before this step: what it sends itself, it sends afterwards."""
        return kept_messages.names(self.db, self.of.area_id, self.of.case_id, self.clock.now)

    def take(self, wait: OpenedSubscription) -> Early | None:
        if wait.message not in self.kept:
            return None
        of = self.of
        return kept_messages.take(
            self.db, of.area_id, of.case_id, wait.message, wait.correlation, self.clock.now
        )


_KINDS = {
    "completed": "element.completed",
    "cancelled": "element.cancelled",
    "skipped": "element.skipped",
    "entered": "element.entered",
    "fired": "timer.fired",
    "received": "message.delivered",
}


def _witness(of: Running, result: Result) -> None:
    """Put the steps of a command into the history."""
    people = {task.token for task in result.opened} | {task.token for task in result.closed}
    gone = {step.token for step in result.trail if step.what in ("completed", "cancelled")}
    for step in result.trail:
        if step.token in people:  # what people do has events of its own
            continue
        if step.what != "entered" or step.token not in gone:  # passing through is one event
            _witness_step(of, step)
    changed = sorted({change.variable for change in result.changes})
    if changed:
        payload = {"variables": ", ".join(changed)}
        of.ledger.add("variables.changed", instance_id=of.instance_id, payload=payload)


def _witness_step(of: Running, step: Step) -> None:
    if step.what == "conflicted":
        payload = {"variables": step.detail}
        of.ledger.add("variables.conflicted", instance_id=of.instance_id, payload=payload)
    elif step.what in _KINDS:
        payload = {"name": step.name or step.element}
        if step.what == "received":
            payload["message"] = step.detail
        of.ledger.add(_KINDS[step.what], instance_id=of.instance_id, element=step.element, payload=payload)
