"""Who is part of a case, and the lock that every command on it takes first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from engine.audit.record import Ledger
from engine.errors import NotFound
from engine.execution import Clock
from engine.tables import case, case_member, user_task
from policy.authorization import Actor


def add_member(
    db: Connection, key: Mapping[str, str], person_id: str, relation: str, now: datetime, reason: str
) -> None:
    row = {"person_id": person_id, "relation": relation, "since": now, "reason": reason}
    db.execute(insert(case_member), dict(key) | row)


_LEADS = select(case_member.c.person_id).where(
    case_member.c.area_id == bindparam("a"),
    case_member.c.case_id == bindparam("c"),
    case_member.c.relation == "lead",
    case_member.c.until.is_(None),
)


def leads(db: Connection, area_id: str, case_id: str) -> tuple[str, ...]:
    """The people who lead a case; nobody while nobody has taken up a case that nobody opened."""
    return tuple(db.execute(_LEADS, {"a": area_id, "c": case_id}).scalars())


_LOCK_CASE = (
    select(case.c.head_seq, case.c.head_hash)
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
    .with_for_update()
)


def lock(db: Connection, by: Actor, case_id: str, clock: Clock) -> Ledger:
    """Lock a case for a command that touches no process, and give the ledger for its events."""
    row = db.execute(_LOCK_CASE, {"a": by.area_id, "c": case_id}).one_or_none()
    if row is None:
        raise NotFound
    return Ledger(by.area_id, case_id, (row.head_seq, row.head_hash), clock.now, by.person_id)


_OWN_OPEN = (
    select(user_task.c.id)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.case_id == bindparam("c"),
        user_task.c.assignee_id == bindparam("p"),
        user_task.c.state == "open",
    )
    .order_by(user_task.c.priority.desc(), user_task.c.due_at, user_task.c.id)
)


def own_open_tasks(db: Connection, by: Actor, case_id: str) -> tuple[str, ...]:
    """The open tasks of a case that are this person's, most urgent first."""
    found = db.execute(_OWN_OPEN, {"a": by.area_id, "c": case_id, "p": by.person_id})
    return tuple(found.scalars())
