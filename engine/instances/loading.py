"""One process instance with what every command on it needs, its case locked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from engine import definitions
from engine.audit.record import Ledger
from engine.definitions import Release
from engine.errors import NotFound
from engine.execution import Clock
from engine.tables import case, incident, instance


@dataclass(slots=True)
class Running:
    """One process instance, its case locked, with the ledger its events go to."""

    area_id: str
    case_id: str
    organisation_id: str  # whose case it is
    sealed: bool  # whether its case is
    instance_id: str
    process: str
    release: Release
    state: bytes | None
    lock_version: int
    status: str
    started_by: str | None
    started_as: str | None  # the role in which they did
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
    instance.c.started_by,
    instance.c.started_as,
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


def lock(
    db: Connection,
    area_id: str,
    instance_id: str,
    clock: Clock,
    actor_id: str | None,
    ledger: Ledger | None = None,
) -> Running:
    """Load an instance and lock its case, so that no other command on the case runs in between.

    `ledger`: the one of a command that has the case locked already, and goes on writing its history.
    """
    row = db.execute(_BY_ID, {"a": area_id, "i": instance_id}).one_or_none()
    if row is None:
        raise NotFound
    return running(db, row, clock, actor_id, ledger)


def running(
    db: Connection, row: Any, clock: Clock, actor_id: str | None, ledger: Ledger | None = None
) -> Running:
    """The instance in a row that holds the columns of LOCKED."""
    head = (row.head_seq, row.head_hash)
    return Running(
        area_id=row.area_id,
        case_id=row.case_id,
        organisation_id=row.organisation_id,
        sealed=row.sealed,
        instance_id=row.id,
        process=row.process,
        release=definitions.load(db, row.release_id),
        state=row.state,
        lock_version=row.lock_version,
        status=row.status,
        started_by=row.started_by,
        started_as=row.started_as,
        troubled=row.troubled,
        ledger=ledger or Ledger(row.area_id, row.case_id, head, clock.now, actor_id),
    )
