"""Looking is an event too: who looked at a case or a task, once in a quarter of an hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from engine.cases.members import lock
from engine.execution import Clock
from engine.tables import event
from policy.authorization import Actor

_VIEWED_AGAIN = timedelta(minutes=15)
_RECENT_EVENTS = (
    200  # only the newest can be from the last quarter of an hour; more than this is another visit
)
_VIEWED = select(event.c.seq).where(
    event.c.area_id == bindparam("a"),
    event.c.chain == bindparam("c"),
    event.c.seq > bindparam("seq"),
    event.c.kind == bindparam("kind"),
    event.c.actor_id == bindparam("p"),
    func.coalesce(event.c.task_id, "") == bindparam("t"),
    event.c.at > bindparam("since"),
)


def record_view(
    db: Connection,
    by: Actor,
    case_id: str,
    clock: Clock,
    kind: str,
    task_id: str | None = None,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Record that somebody looked, unless they did so just now. Locks the case."""
    ledger = lock(db, by, case_id, clock)
    key = {"a": by.area_id, "c": case_id, "p": by.person_id, "kind": kind, "t": task_id or ""}
    since = {"since": clock.now - _VIEWED_AGAIN, "seq": ledger.seq - _RECENT_EVENTS}
    if db.execute(_VIEWED, key | since).first() is None:
        ledger.add(kind, task_id=task_id, payload=payload)
        ledger.write(db)
