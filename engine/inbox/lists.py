"""The three lists of an inbox: keyset pages over the tasks' own rows. Nothing is restored to show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select, union_all

from engine import access, people
from engine.identifiers import short
from engine.pages import Page, checked_limit, cursor_of, read_cursor
from engine.tables import FAR, case, user_task
from policy.authorization import Actor

URGENT = 90  # priority from which a task is marked urgent
_START = (datetime.min.replace(tzinfo=FAR.tzinfo), "")


@dataclass(frozen=True, slots=True)
class TaskItem:
    """A task in a list. It names the work, never the child."""

    id: str
    case_id: str
    reference: str
    name: str
    number: str  # of the task: tells apart those of one name, also on the telephone
    role: str | None
    organisation: str
    assignee_id: str | None
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    urgent: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tasks wait. Counting stops at 100: beyond that the number helps nobody."""

    mine: int
    overdue: int
    to_claim: int


_COLUMNS = (
    user_task.c.id,
    user_task.c.area_id,
    user_task.c.case_id,
    user_task.c.name,
    user_task.c.role,
    user_task.c.organisation_id,
    user_task.c.assignee_id,
    user_task.c.due_at,
    user_task.c.opened_at,
    user_task.c.closed_at,
    user_task.c.priority,
)
_AFTER = or_(
    user_task.c.due_at > bindparam("at"),
    and_(user_task.c.due_at == bindparam("at"), user_task.c.id > bindparam("id")),
)
_ORDER = (user_task.c.due_at, user_task.c.id)


def _with_reference(tasks: Any) -> Select[Any]:
    """The case's reference beside each task that was chosen."""
    joined = tasks.join(case, (case.c.area_id == tasks.c.area_id) & (case.c.id == tasks.c.case_id))
    return select(tasks, case.c.reference).select_from(joined)


_MINE_CHOSEN = (
    select(*_COLUMNS)
    .where(user_task.c.assignee_id == bindparam("p"), user_task.c.state == "open", _AFTER)
    .where(access.may_know(user_task))
    .order_by(*_ORDER)
    .limit(bindparam("n"))
    .subquery()
)
_MINE = _with_reference(_MINE_CHOSEN).order_by(_MINE_CHOSEN.c.due_at, _MINE_CHOSEN.c.id)

_DONE_CHOSEN = (
    select(*_COLUMNS)
    .where(
        user_task.c.completed_by == bindparam("p"),
        or_(
            user_task.c.closed_at < bindparam("at"),
            and_(user_task.c.closed_at == bindparam("at"), user_task.c.id < bindparam("id")),
        ),
    )
    .where(access.may_know(user_task))
    .order_by(user_task.c.closed_at.desc(), user_task.c.id.desc())
    .limit(bindparam("n"))
    .subquery()
)
_DONE = _with_reference(_DONE_CHOSEN).order_by(_DONE_CHOSEN.c.closed_at.desc(), _DONE_CHOSEN.c.id.desc())


@lru_cache(maxsize=64)
def _to_claim(roles: int) -> Select[Any]:
    """One index walk for each role held, cut to a page before they are put together."""
    walks = [
        select(*_COLUMNS)
        .where(
            user_task.c.organisation_id == bindparam(f"o{n}"),
            user_task.c.role == bindparam(f"r{n}"),
            user_task.c.state == "open",
            user_task.c.assignee_id.is_(None),
            _AFTER,
        )
        .where(access.not_denied(user_task))  # of a sealed case, too: see access.waiting_tasks
        .order_by(*_ORDER)
        .limit(bindparam("n"))
        .subquery()
        for n in range(roles)
    ]
    chosen = union_all(*(select(walk) for walk in walks)).subquery()
    return _with_reference(chosen).order_by(chosen.c.due_at, chosen.c.id).limit(bindparam("n"))


def mine(
    db: Connection, by: Actor, *, now: datetime, cursor: str | None = None, limit: int = 20
) -> Page[TaskItem]:
    """The open tasks a person has, overdue first, then soonest due."""
    count, (at, last) = checked_limit(limit), read_cursor(cursor) if cursor else _START
    rows = db.execute(_MINE, {"p": by.person_id, "at": at, "id": last, "n": count + 1}).all()
    return _page(db, rows, count, now, "due_at")


def to_claim(
    db: Connection, by: Actor, *, now: datetime, cursor: str | None = None, limit: int = 20
) -> Page[TaskItem]:
    """The open tasks that wait for one of the roles a person holds, overdue first, then soonest due."""
    count, (at, last) = checked_limit(limit), read_cursor(cursor) if cursor else _START
    held = sorted(by.roles)
    if not held:
        return Page(())
    key = {"p": by.person_id, "at": at, "id": last, "n": count + 1}
    rows = db.execute(_to_claim(len(held)), key | _roles(held)).all()
    return _page(db, rows, count, now, "due_at")


def completed(
    db: Connection, by: Actor, *, now: datetime, cursor: str | None = None, limit: int = 20
) -> Page[TaskItem]:
    """The tasks a person has completed, newest first."""
    count, (at, last) = checked_limit(limit), read_cursor(cursor) if cursor else (FAR, "~")
    rows = db.execute(_DONE, {"p": by.person_id, "at": at, "id": last, "n": count + 1}).all()
    return _page(db, rows, count, now, "closed_at")


def _roles(held: Sequence[tuple[str, str]]) -> dict[str, str]:
    organisations = {f"o{n}": organisation for n, (organisation, _) in enumerate(held)}
    return organisations | {f"r{n}": role for n, (_, role) in enumerate(held)}


def _page(db: Connection, rows: Sequence[Any], count: int, now: datetime, sort: str) -> Page[TaskItem]:
    shown = rows[:count]
    places = people.organisation_names(db, [row.organisation_id for row in shown])
    items = tuple(item(row, places, now) for row in shown)
    more = len(rows) > count
    return Page(items, cursor_of(getattr(shown[-1], sort), shown[-1].id) if more else None)


def item(row: Any, places: dict[str, str], now: datetime) -> TaskItem:
    """A row with the columns of a list, as a value."""
    return TaskItem(
        id=row.id,
        case_id=row.case_id,
        reference=row.reference,
        name=row.name,
        number=short(row.id),
        role=row.role,
        organisation=places.get(row.organisation_id, ""),
        assignee_id=row.assignee_id,
        due_at=None if row.due_at == FAR else row.due_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        urgent=row.priority >= URGENT,
        overdue=row.closed_at is None and row.due_at < now,
    )


# Counts ----------------------------------------------------------------------------------------------------

_MOST = 100
_MINE_DUE = (
    select(user_task.c.due_at)
    .where(user_task.c.assignee_id == bindparam("p"), user_task.c.state == "open")
    .where(access.may_know(user_task))
    .order_by(*_ORDER)
    .limit(_MOST)
    .subquery()
)
_COUNT_MINE = select(func.count(), func.count().filter(_MINE_DUE.c.due_at < bindparam("now"))).select_from(
    _MINE_DUE
)


def counts(db: Connection, by: Actor, *, now: datetime) -> Counts:
    """What the tabs of the inbox say."""
    own, overdue = db.execute(_COUNT_MINE, {"p": by.person_id, "now": now}).one()
    waiting = to_claim(db, by, now=now, limit=_MOST)
    return Counts(mine=own, overdue=overdue, to_claim=len(waiting.items))
