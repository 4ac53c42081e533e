"""Runs commands on process instances: the third and fourth beat (change, record) of every command.

The caller has loaded and locked the case (`lock`), and asked whether the person may. What the command
changed, its rows in the inbox, its timers, subscriptions and incidents, and its events are written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from engine import definitions, operations, waits
from engine.audit.record import Ledger
from engine.definitions import Release
from engine.errors import NotFound, Stale
from engine.execution import Clock, Command, OpenedJob, OpenedSubscription, Result, Start, Step, Thrown
from engine.identifiers import new_id
from engine.kept_messages import keep, take
from engine.outcome import Outcome
from engine.stepping import Progress, advance
from engine.tables import case, incident, instance


@dataclass(slots=True)
class Running:
    """One process instance, its case locked, with the ledger its events go to."""

    area_id: str
    case_id: str
    organisation_id: str  # whose case it is
    instance_id: str
    process: str
    release: Release
    state: bytes | None
    lock_version: int
    status: str
    troubled: bool  # whether somebody still has to look at it
    ledger: Ledger


COLUMNS = (
    case.c.head_seq,
    case.c.head_hash,
    case.c.organisation_id,
    case.c.sealed,
    instance.c.area_id,
    instance.c.case_id,
    instance.c.id,
    instance.c.process,
    instance.c.release_id,
    instance.c.state,
    instance.c.lock_version,
    instance.c.status,
    exists()
    .where(
        incident.c.area_id == instance.c.area_id,
        incident.c.instance_id == instance.c.id,
        incident.c.resolved_at.is_(None),
    )
    .label("troubled"),
)
_JOINED = case.join(instance, (case.c.area_id == instance.c.area_id) & (case.c.id == instance.c.case_id))
LOCKED = select(*COLUMNS).select_from(_JOINED).with_for_update()
_BY_ID = LOCKED.where(instance.c.area_id == bindparam("a"), instance.c.id == bindparam("i"))


def lock(db: Connection, area_id: str, instance_id: str, clock: Clock, actor_id: str | None) -> Running:
    """Load an instance and lock its case, so that no other command on the case runs in between."""
    row = db.execute(_BY_ID, {"a": area_id, "i": instance_id}).one_or_none()
    if row is None:
        raise NotFound
    return running(db, row, clock, actor_id)


def running(db: Connection, row: Any, clock: Clock, actor_id: str | None) -> Running:
    """The instance in a row that holds the columns of LOCKED."""
    head = (row.head_seq, row.head_hash)
    return Running(
        area_id=row.area_id,
        case_id=row.case_id,
        organisation_id=row.organisation_id,
        instance_id=row.id,
        process=row.process,
        release=definitions.load(db, row.release_id),
        state=row.state,
        lock_version=row.lock_version,
        status=row.status,
        troubled=row.troubled,
        ledger=Ledger(row.area_id, row.case_id, head, clock.now, actor_id),
    )


# Starting and running --------------------------------------------------------------------------------------


def begin(
    db: Connection, of: Running, variables: Mapping[str, Any], by: str, clock: Clock, edition: str = ""
) -> Outcome:
    """Start a process for a case whose row exists and is locked. `of.state` is None until now."""
    row = {
        "area_id": of.area_id,
        "case_id": of.case_id,
        "id": of.instance_id,
        "process": of.process,
        "release_id": of.release.id,
        "edition": edition,
        "status": "running",
        "lock_version": 0,
        "state": b"",
        "started_at": clock.now,
        "started_by": by,
    }
    db.execute(_INSERT, row)
    bundle = definitions.bundle(db, of.release, of.process)
    name = bundle.name
    of.ledger.add("instance.started", instance_id=of.instance_id, payload={"process_name": name})
    return run(db, of, Start(variables=dict(variables)), clock)


def run(db: Connection, of: Running, command: Command, clock: Clock) -> Outcome:
    """Run one command and write everything it changed. Only the ledger is left for the caller to write.

    Raises Stale when the instance moved on meanwhile, TaskGone when the command's token no longer waits.
    """
    outcome = Outcome()
    _advance(db, of, command, clock, outcome)
    ended = clock.now if of.status != "running" else None
    values = {"s": of.state, "st": of.status, "e": ended, "v": of.lock_version + 1}
    key = {"a": of.area_id, "i": of.instance_id, "old": of.lock_version}
    if db.execute(_SAVE, values | key).rowcount != 1:
        raise Stale
    of.lock_version += 1
    if of.troubled:
        waits.pass_incidents(db, of.area_id, of.instance_id, outcome, of.status, of.ledger)
    waits.write(db, of.area_id, of.case_id, of.instance_id, of.organisation_id, outcome, of.ledger)
    if of.status != "running":
        bundle = definitions.bundle(db, of.release, of.process)
        payload = {"process_name": bundle.name}
        of.ledger.add(f"instance.{of.status}", instance_id=of.instance_id, payload=payload)
    if of.status == "completed":  # what an operator ended early is not finished
        _close_case(db, of)
    return outcome


_OTHERS = select(instance.c.id).where(
    instance.c.area_id == bindparam("a"),
    instance.c.case_id == bindparam("c"),
    instance.c.id != bindparam("i"),
    instance.c.status == "running",
)
_CLOSE = (
    update(case).where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c")).values(status="closed")
)


def _close_case(db: Connection, of: Running) -> None:
    """A case whose last process has ended is closed."""
    key = {"a": of.area_id, "c": of.case_id}
    if db.execute(_OTHERS, key | {"i": of.instance_id}).first() is None:
        db.execute(_CLOSE, key)
        of.ledger.add("case.closed")


_INSERT = insert(instance)
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


def _advance(db: Connection, of: Running, command: Command, clock: Clock, outcome: Outcome) -> None:
    """Run the command, then whatever it gave rise to inside the instance: operations and kept messages."""
    bundle = definitions.bundle(db, of.release, of.process)
    progress = Progress(of.state, of.status, outcome)
    advance(bundle, progress, command, clock, _Case(db, of, clock))
    of.state, of.status = progress.state, progress.status


@dataclass(frozen=True, slots=True)
class _Case:
    """What surrounds a running instance: the history, the operations, and the messages its case keeps."""

    db: Connection
    of: Running
    clock: Clock

    def witness(self, result: Result) -> None:
        _witness(self.of, result)

    def send(self, thrown: Thrown) -> None:
        """A message is kept for whoever in the case waits for it next."""
        if thrown.kind != "message":
            return
        of, payload = self.of, {"message": thrown.name}
        of.ledger.add("message.sent", instance_id=of.instance_id, element=thrown.element, payload=payload)
        kept = thrown.name, thrown.correlation, thrown.variables
        keep(self.db, of.area_id, of.case_id, *kept, self.clock.now)

    def perform(self, job: OpenedJob) -> Mapping[str, Any]:
        return self._decide(job) if job.decision else operations.perform(job)

    def _decide(self, job: OpenedJob) -> Mapping[str, Any]:
        """Made from the instance's own release; the history says which rules made it so."""
        of = self.of
        decided = definitions.decisions(self.db, of.release).decide(job.decision, job.inputs, self.clock.now)
        facts = decided.facts()
        of.ledger.add("decision.evaluated", instance_id=of.instance_id, element=job.element, payload=facts)
        return {job.result: decided.value}

    def take(self, wait: OpenedSubscription) -> Mapping[str, Any] | None:
        of = self.of
        return take(self.db, of.area_id, of.case_id, wait.message, wait.correlation, self.clock.now)


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


def new_instance(
    area_id: str, case_id: str, organisation_id: str, process: str, release: Release, ledger: Ledger
) -> Running:
    """An instance that does not exist yet, for `begin`."""
    return Running(
        area_id=area_id,
        case_id=case_id,
        organisation_id=organisation_id,
        instance_id=new_id(),
        process=process,
        release=release,
        state=None,
        lock_version=0,
        status="running",
        troubled=False,
        ledger=ledger,
    )
