"""The cases a person is part of, as a keyset page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, select

from engine import access
from engine.pages import Page, checked_limit, cursor_of, read_cursor
from engine.tables import FAR, case, case_member
from policy.authorization import Actor


@dataclass(frozen=True, slots=True)
class CaseItem:
    id: str
    reference: str
    status: str
    opened_at: datetime
    relation: str


_MINE = (
    select(case.c.id, case.c.reference, case.c.status, case.c.opened_at, case_member.c.relation)
    .select_from(
        case_member.join(
            case, (case.c.area_id == case_member.c.area_id) & (case.c.id == case_member.c.case_id)
        )
    )
    .where(
        case_member.c.person_id == bindparam("p"),
        case_member.c.relation.in_(("lead", "member")),
        case_member.c.until.is_(None),
        case.c.area_id == bindparam("a"),
        access.not_denied(case),
        or_(
            case.c.opened_at < bindparam("at"),
            and_(case.c.opened_at == bindparam("at"), case.c.id < bindparam("id")),
        ),
    )
    .order_by(case.c.opened_at.desc(), case.c.id.desc())
    .limit(bindparam("n"))
)


def mine(db: Connection, by: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[CaseItem]:
    """The cases this person is part of, newest first."""
    at, last = read_cursor(cursor) if cursor else (FAR, "~")
    count = checked_limit(limit)
    key = {"p": by.person_id, "a": by.area_id, "at": at, "id": last, "n": count + 1}
    rows = [CaseItem(*row) for row in db.execute(_MINE, key)]
    shown = tuple(rows[:count])
    more = len(rows) > count
    return Page(shown, cursor_of(shown[-1].opened_at, shown[-1].id) if more else None)
