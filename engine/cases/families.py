"""Cases that processes handed over to one another. Nobody is told of one that they may not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from engine import access, definitions
from engine.tables import case, instance
from policy.authorization import Actor


@dataclass(frozen=True, slots=True)
class Relative:
    """Another case, and the process there that began it or was begun from here."""

    id: str
    reference: str
    process: str  # what the process is called


_other = instance.alias("other")
_OF_CASE = case.join(_other, (_other.c.area_id == case.c.area_id) & (_other.c.case_id == case.c.id))
_HERE = instance.c.area_id == bindparam("a"), instance.c.case_id == bindparam("c")


def _tied(tie: ColumnElement[bool]) -> Select[Any]:
    """Other cases with an instance that is tied to one of this case."""
    return (
        select(case.c.id, case.c.reference, _other.c.process, _other.c.release_id)
        .select_from(_OF_CASE)
        .where(_other.c.area_id == bindparam("a"), tie)
        .where(case.c.id != bindparam("c"), access.visible_cases(case))
        .order_by(_other.c.started_at, _other.c.id)
    )


_BEFORE = _tied(_other.c.id.in_(select(instance.c.handed_over_by).where(*_HERE)))
_AFTER = _tied(_other.c.handed_over_by.in_(select(instance.c.id).where(*_HERE)))


def before(db: Connection, by: Actor, case_id: str) -> tuple[Relative, ...]:
    """The case that this one came from, if this person may read it."""
    return _relatives(db, by, case_id, _BEFORE)


def after(db: Connection, by: Actor, case_id: str) -> tuple[Relative, ...]:
    """The cases that came from this one, of those this person may read."""
    return _relatives(db, by, case_id, _AFTER)


def _relatives(db: Connection, by: Actor, case_id: str, statement: Any) -> tuple[Relative, ...]:
    rows = db.execute(statement, {"a": by.area_id, "p": by.person_id, "c": case_id}).all()
    return tuple(Relative(row.id, row.reference, _name(db, row)) for row in rows)


def _name(db: Connection, row: Any) -> str:
    return definitions.bundle(db, definitions.load(db, row.release_id), row.process).name
