"""Fires what has fallen due: each timer in its own transaction, exactly once, however many workers run."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select

from engine import instances
from engine.database import reading, transaction
from engine.errors import HandrailError, TaskGone
from engine.execution import Clock, Fire
from engine.tables import case, timer

log = logging.getLogger("handrail.timers")

_DUE = (
    select(timer.c.area_id, timer.c.instance_id, timer.c.token)
    .where(timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at)
    .limit(bindparam("n"))
)
# Only the case is locked, as in every command: to hold the timer and wait for the case could be a deadlock.
_STILL = (
    select(timer.c.token)
    .select_from(timer.join(case, (case.c.area_id == timer.c.area_id) & (case.c.id == timer.c.case_id)))
    .where(
        timer.c.area_id == bindparam("a"),
        timer.c.instance_id == bindparam("i"),
        timer.c.token == bindparam("t"),
        timer.c.due_at <= bindparam("now"),
    )
    .with_for_update(of=case, skip_locked=True)
)
_NEXT = select(timer.c.due_at).order_by(timer.c.due_at).limit(1)


def fire_due(engine: Engine, clock: Clock, limit: int = 100) -> int:
    """Fire up to `limit` timers that are due at `clock.now`, oldest first. Gives how many were fired."""
    with reading(engine) as db:
        due = db.execute(_DUE, {"now": clock.now, "n": limit}).all()
    return sum(_fire_or_say(engine, row, clock) for row in due)


def _fire(engine: Engine, row: Any, clock: Clock) -> bool:
    with transaction(engine) as db:
        key = {"a": row.area_id, "i": row.instance_id, "t": row.token, "now": clock.now}
        if db.execute(_STILL, key).first() is None:
            return False  # another worker has it, or the case moved on
        return fire(db, row.area_id, row.instance_id, row.token, clock)


def _fire_or_say(engine: Engine, row: Any, clock: Clock) -> bool:
    """One timer that cannot be fired must not keep the others waiting."""
    try:
        return _fire(engine, row, clock)
    except HandrailError as error:
        log.error("Timer %s of instance %s was not fired: %s", row.token, row.instance_id, error.code)
        return False


def fire(db: Connection, area_id: str, instance_id: str, token: str, clock: Clock) -> bool:
    """Fire one timer of a running instance. False when the token is gone."""
    of = instances.lock(db, area_id, instance_id, clock, None)
    try:
        instances.run(db, of, Fire(token), clock)
    except TaskGone:
        return False
    of.ledger.write(db)
    return True


def next_due(db: Connection) -> datetime | None:
    """When the next timer falls due, for a worker that wants to rest until then."""
    return db.execute(_NEXT).scalar()
