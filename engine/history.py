"""Reads the history of a case back, in plain words. Looking at it is itself recorded, by `cases.view`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select

from engine import access, people
from engine.audit.events import EVENTS, MACHINERY
from engine.errors import InvalidInput
from engine.pages import Page, checked_limit
from engine.tables import event
from policy.authorization import Actor
from policy.roles import ROLES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `who` is a person's name, or None when the service itself did it."""

    seq: int
    at: datetime
    kind: str
    text: str
    who: str | None
    role: str | None
    element: str | None
    task_id: str | None
    instance_id: str | None
    machinery: bool


_PAGE = (
    select(event)
    .where(
        event.c.area_id == bindparam("a"), event.c.chain == bindparam("c"), event.c.seq < bindparam("before")
    )
    .order_by(event.c.seq.desc())
    .limit(bindparam("n"))
)
_STORY = _PAGE.where(event.c.kind.not_in(sorted(MACHINERY)))
_END = 2**62


def timeline(
    db: Connection,
    by: Actor,
    case_id: str,
    *,
    cursor: str | None = None,
    limit: int = 50,
    everything: bool = True,
) -> Page[Entry]:
    """The history of a case, newest first. With `everything=False` only what tells the story."""
    access.require_case(db, by, "history:read", case_id)
    return entries(db, by.area_id, case_id, cursor=cursor, limit=limit, everything=everything)


def entries(
    db: Connection, area_id: str, case_id: str, *, cursor: str | None, limit: int, everything: bool
) -> Page[Entry]:
    """A page of history for a caller who has been allowed to see it."""
    count = checked_limit(limit)
    key = {"a": area_id, "c": case_id, "before": _before(cursor), "n": count + 1}
    rows = db.execute(_PAGE if everything else _STORY, key).all()
    names = people.names(db, [row.actor_id for row in rows])
    shown = tuple(_entry(row, names) for row in rows[:count])
    return Page(shown, str(shown[-1].seq) if len(rows) > count else None)


def _before(cursor: str | None) -> int:
    if cursor is None:
        return _END
    if not cursor.isdecimal() or len(cursor) > 18:  # noqa: PLR2004
        raise InvalidInput("Expected a cursor from the page before.")
    return int(cursor)


def _entry(row: Any, names: dict[str, str]) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        text=sentence(row.kind, orjson.loads(row.payload)),
        who=names.get(row.actor_id),
        role=row.actor_role,
        element=row.element,
        task_id=row.task_id,
        instance_id=row.instance_id,
        machinery=row.kind in MACHINERY,
    )


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(kind: str, payload: dict[str, Any]) -> str:
    """What an event says, with role codes turned into names."""
    words = {key: _words(key, value) for key, value in payload.items()}
    return EVENTS[kind].format_map(_Blank(words))


def _words(key: str, value: Any) -> str:
    if key == "role" and value in ROLES:
        return ROLES[value].name
    return str(value)
