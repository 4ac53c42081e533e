"""Rehearses, applies and undoes a migration, instance by instance under the lock of its case.

Until the next command of an instance, how it was stays in its row; every other command forgets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select, update

from engine import instances, people
from engine.audit.reasons import checked_reason
from engine.database import transaction
from engine.errors import MigrationRefused, Problem, Stale
from engine.execution import Clock
from engine.idempotency import Once
from engine.instances import Running
from engine.migration import remembering
from engine.migration.following import follow, witness
from engine.migration.planning import Change, Step, Versions, require, versions
from engine.pages import checked_limit
from engine.spiff.matching import Plan
from engine.spiff.migrate import migrate
from engine.tables import instance
from policy.authorization import Actor


@dataclass(frozen=True, slots=True)
class Why:
    """An element that cannot go on as planned, and the reason in plain words."""

    element: str
    message: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """An instance that stays where it is, and why."""

    instance_id: str
    problems: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done (or, rehearsed, could be) for some instances. `next`: go on after it; None at the end."""

    done: tuple[str, ...]  # ids of instances
    refused: tuple[Refusal, ...]
    next: str | None


_NEXT = (
    select(instance.c.id, instance.c.state)
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.process == bindparam("p"),
        instance.c.release_id == bindparam("r"),
        instance.c.status == "running",
        instance.c.id > bindparam("after"),
    )
    .order_by(instance.c.id)
    .limit(bindparam("n"))
)
_CHOSEN = _NEXT.where(instance.c.id.in_(bindparam("ids", expanding=True)))


def _choose(
    db: Connection, by: Actor, process: str, release_id: str, only: Iterable[str], after: str | None, n: int
) -> list[Any]:
    """The next instances in the order of their ids, which is the order every batch locks them in."""
    ids = list(only)
    key = {"a": by.area_id, "p": process, "r": release_id, "after": after or "", "n": n}
    return list(db.execute(_CHOSEN if ids else _NEXT, key | ({"ids": ids} if ids else {})))


def _plan_of(steps: Iterable[Step]) -> Plan:
    return {(step.process, step.element): step.to for step in steps}


# Rehearsing ------------------------------------------------------------------------------------------------


def rehearse(
    db: Connection,
    by: Actor,
    change: Change,
    steps: Iterable[Step],
    clock: Clock,
    *,
    only: Iterable[str] = (),
    after: str | None = None,
    limit: int = 100,
) -> Batch:
    """What `apply` would do with these instances. Nothing is changed."""
    require(db, by)
    known, chosen = versions(db, by, change), _plan_of(steps)
    rows = _choose(db, by, change.process, known.before.id, only, after, checked_limit(limit))
    found = [(row.id, _problems(known, row.state, chosen, clock)) for row in rows]
    return _batch(rows, found, limit)


def _problems(known: Versions, state: bytes, chosen: Plan, clock: Clock) -> tuple[Problem, ...]:
    try:
        migrate(known.old, known.new, state, chosen, clock)
    except MigrationRefused as refused:
        return refused.problems
    return ()


def _batch(rows: list[Any], found: list[tuple[str, tuple[Problem, ...]]], limit: int) -> Batch:
    done = tuple(id for id, problems in found if not problems)
    refused = tuple(Refusal(id, tuple(Why(*each) for each in problems)) for id, problems in found if problems)
    return Batch(done, refused, rows[-1].id if len(rows) == limit else None)


# Applying --------------------------------------------------------------------------------------------------


def apply(
    db: Connection,
    by: Actor,
    change: Change,
    steps: Iterable[Step],
    reason: str,
    clock: Clock,
    *,
    only: Iterable[str] = (),
    after: str | None = None,
    limit: int = 100,
    key: str | None = None,
) -> Batch:
    """Move the next instances to the other release. Those that would change in meaning stay, and say why."""
    steps, only = tuple(steps), tuple(only)
    request = (asdict(change), [asdict(step) for step in steps], reason, list(only), after, limit)
    once = Once(db, by.person_id, key, "migrate", *request)
    if (before := once.answer()) is not None:
        return _read_batch(before)
    require(db, by)
    said, known, chosen = checked_reason(reason), versions(db, by, change), _plan_of(steps)
    found = []
    rows = _choose(db, by, change.process, known.before.id, only, after, checked_limit(limit))
    for row in rows:
        of = instances.lock(db, by.area_id, row.id, clock, by.person_id)
        if of.release.id == known.before.id and of.status == "running":
            found.append((row.id, _apply(db, of, known, chosen, said, clock)))
    batch = _batch(rows, found, limit)
    once.keep(asdict(batch), clock.now)
    return batch


def _apply(
    db: Connection, of: Running, known: Versions, chosen: Plan, reason: str, clock: Clock
) -> tuple[Problem, ...]:
    try:
        migrated = migrate(known.old, known.new, of.state or b"", chosen, clock)
    except MigrationRefused as refused:
        return refused.problems
    undo = remembering.remember(db, of, migrated.moved)
    _save(db, of, migrated.result.state, known.after.id, undo)
    of.ledger.actor_role = "governance_approver"
    _tell(of, "instance.migrated", known.new.name, known.before.number, known.after.number, reason)
    follow(db, of, migrated)
    of.release, of.state = known.after, migrated.result.state
    instances.catch_up(db, of, migrated.result.subscriptions, clock)
    of.ledger.write(db)
    return ()


_SAVE = (
    update(instance)
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.id == bindparam("i"),
        instance.c.lock_version == bindparam("old"),
    )
    .values(state=bindparam("s"), release_id=bindparam("r"), undo=bindparam("u"), lock_version=bindparam("v"))
)


def _save(db: Connection, of: Running, state: bytes, release_id: str, undo: bytes | None) -> None:
    key = {"a": of.area_id, "i": of.instance_id, "old": of.lock_version, "v": of.lock_version + 1}
    if db.execute(_SAVE, key | {"s": state, "r": release_id, "u": undo}).rowcount != 1:
        raise Stale
    of.lock_version += 1


def _tell(of: Running, kind: str, process: str, before: int, after: int, reason: str) -> None:
    payload = {"process_name": process, "before": before, "after": after, "reason": reason}
    of.ledger.add(kind, instance_id=of.instance_id, payload=payload)


# Undoing ---------------------------------------------------------------------------------------------------

_TOO_LATE = Problem("", "Expected no command since the instance was moved, but it has gone on.")


def undo(
    db: Connection,
    by: Actor,
    change: Change,
    reason: str,
    clock: Clock,
    *,
    only: Iterable[str] = (),
    after: str | None = None,
    limit: int = 100,
    key: str | None = None,
) -> Batch:
    """Take instances back to how they were before `change`, unless something has happened to them since."""
    only = tuple(only)
    once = Once(db, by.person_id, key, "undo", asdict(change), reason, list(only), after, limit)
    if (before := once.answer()) is not None:
        return _read_batch(before)
    require(db, by)
    said, known = checked_reason(reason), versions(db, by, change)
    found = []
    rows = _choose(db, by, change.process, known.after.id, only, after, checked_limit(limit))
    for row in rows:
        of = instances.lock(db, by.area_id, row.id, clock, by.person_id)
        if of.release.id == known.after.id and of.status == "running":
            found.append((row.id, _undo(db, of, known, said)))
    batch = _batch(rows, found, limit)
    once.keep(asdict(batch), clock.now)
    return batch


def _undo(db: Connection, of: Running, known: Versions, reason: str) -> tuple[Problem, ...]:
    before = remembering.recall(db, of)
    if before is None or before.release_id != known.before.id:
        return (_TOO_LATE,)
    _save(db, of, before.state, before.release_id, None)
    remembering.restore(db, of, before)
    of.ledger.actor_role = "governance_approver"
    _tell(of, "migration.undone", known.old.name, known.after.number, known.before.number, reason)
    for moved in before.back:
        witness(of, moved)
    of.ledger.write(db)
    return ()


def _read_batch(kept: Mapping[str, Any]) -> Batch:
    refused = tuple(
        Refusal(each["instance_id"], tuple(Why(**problem) for problem in each["problems"]))
        for each in kept["refused"]
    )
    return Batch(tuple(kept["done"]), refused, kept["next"])


# Thousands -------------------------------------------------------------------------------------------------


def apply_all(
    engine: Engine, person_id: str, change: Change, steps: Iterable[Step], reason: str, clock: Clock
) -> Iterator[Batch]:
    """Every instance of a change, a hundred in a transaction, so that nobody waits long for one case."""
    steps, after = tuple(steps), None
    while True:
        with transaction(engine) as db:
            by = people.actor(db, person_id, clock.now)
            batch = apply(db, by, change, steps, reason, clock, after=after)
        yield batch
        after = batch.next
        if after is None:
            return
