"""The cases a person is part of, as a keyset page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select

from engine import access, definitions
from engine.cases.subjects import initials
from engine.pages import Page, checked_limit, cursor_of, read_cursor
from engine.tables import FAR, case, case_member, case_subject, instance
from policy.authorization import Actor


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case in a list: enough to know it by. A name is on its page, where looking is recorded.

    `about`: the initials of those it is to protect; of nobody where the case is sealed.
    """

    id: str
    reference: str
    process: str  # what the process is called that it was opened with
    about: tuple[str, ...]
    status: str
    sealed: bool
    opened_at: datetime
    relation: str


_MINE = (
    select(
        case.c.id,
        case.c.reference,
        case.c.status,
        case.c.sealed,
        case.c.opened_at,
        case_member.c.relation,
    )
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
    rows = db.execute(_MINE, key).all()
    shown = rows[:count]
    items = _items(db, by.area_id, shown)
    more = len(rows) > count
    return Page(items, cursor_of(shown[-1].opened_at, shown[-1].id) if more else None)


# What it is, and whom it is about --------------------------------------------------------------------------

_LISTED: BindParameter[Any] = bindparam("cases", expanding=True)
_OPENED_WITH = (
    select(instance.c.case_id, instance.c.process, instance.c.release_id)
    .where(instance.c.area_id == bindparam("a"), instance.c.case_id.in_(_LISTED))
    .order_by(instance.c.started_at, instance.c.handed_over_by.is_not(None), instance.c.id)
)
_SUBJECTS = (
    select(case_subject.c.case_id, case_subject.c.name, case_subject.c.part)
    .where(case_subject.c.area_id == bindparam("a"), case_subject.c.case_id.in_(_LISTED))
    .order_by(case_subject.c.name)
)


def _items(db: Connection, area_id: str, rows: Sequence[Any]) -> tuple[CaseItem, ...]:
    key = {"a": area_id, "cases": [row.id for row in rows]}
    first: dict[str, Any] = {}
    for row in db.execute(_OPENED_WITH, key):
        first.setdefault(row.case_id, row)
    subjects: dict[str, list[Any]] = {}
    for row in db.execute(_SUBJECTS, key):
        subjects.setdefault(row.case_id, []).append(row)
    return tuple(
        CaseItem(
            id=row.id,
            reference=row.reference,
            process=_name(db, first[row.id]),
            about=() if row.sealed else initials(subjects.get(row.id, ())),
            status=row.status,
            sealed=row.sealed,
            opened_at=row.opened_at,
            relation=row.relation,
        )
        for row in rows
    )


def _name(db: Connection, row: Any) -> str:
    release = definitions.load(db, row.release_id)
    process = definitions.diagram_of(db, release, row.process).processes[row.process]
    return process.name or process.id
