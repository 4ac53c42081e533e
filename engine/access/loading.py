"""Reads what deciding about a case, task, record or document needs, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, bindparam, select

from engine.errors import NotFound
from engine.tables import case, case_member, document, record, user_task
from policy.authorization import Actor, Target

FOUR_EYES: Final = "handrail:four_eyes"  # task property: element ids whose completers are kept out
NOT_BY: Final = "handrail:not_by"  # task property: the id of a person who is kept out


@dataclass(frozen=True, slots=True)
class OfCase:
    """A case to load and ask about, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class OfTask:
    """A task to load and ask about, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class OfRecord:
    """A record to load and ask about, by id."""

    id: str


@dataclass(frozen=True, slots=True)
class OfDocument:
    """A document to load and ask about, by id."""

    id: str


Stored = OfCase | OfTask | OfRecord | OfDocument


_RELATION = (
    case_member.c.area_id == bindparam("a"),
    case_member.c.person_id == bindparam("p"),
    case_member.c.until.is_(None),
)
_IN_CASE = case_member.c.case_id == case.c.id
_OF_AREA = case.c.area_id == bindparam("a")
_CASE = (
    select(case.c.sealed, case_member.c.relation)
    .select_from(case.outerjoin(case_member, and_(_IN_CASE, *_RELATION)))
    .where(_OF_AREA, case.c.id == bindparam("id"))
)


def _written(table: Table, author: ColumnElement[str]) -> Select[Any]:
    """What somebody put into a case, with who did."""
    joined = table.join(case, and_(case.c.area_id == table.c.area_id, case.c.id == table.c.case_id))
    return (
        select(case.c.sealed, case_member.c.relation, author.label("author"))
        .select_from(joined.outerjoin(case_member, and_(_IN_CASE, *_RELATION)))
        .where(_OF_AREA, table.c.id == bindparam("id"))
    )


_RECORD = _written(record, record.c.written_by)
_DOCUMENT = _written(document, document.c.added_by)

_TASK = (
    select(
        user_task.c.case_id,
        user_task.c.role,
        user_task.c.organisation_id.label("task_organisation_id"),
        user_task.c.assignee_id,
        user_task.c.completed_by,
        user_task.c.properties,
        case.c.sealed,
        case_member.c.relation,
    )
    .select_from(
        user_task.join(
            case, and_(case.c.area_id == user_task.c.area_id, case.c.id == user_task.c.case_id)
        ).outerjoin(case_member, and_(_IN_CASE, *_RELATION))
    )
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("id"))
)
_OWN_WORK = (
    select(user_task.c.element)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.case_id == bindparam("c"),
        user_task.c.completed_by == bindparam("p"),
        user_task.c.element.in_(bindparam("elements", expanding=True)),
    )
    .limit(1)
)
# For a statement that loads a task, its case and the person's relations to it at once: needs `a` and `p`.
RELATIONS_TO_CASE = and_(_IN_CASE, *_RELATION)


def load(db: Connection, by: Actor, what: Stored) -> Target:
    """What deciding needs, in one statement. Raises NotFound when there is nothing in the person's area."""
    statement, target = _LOADERS[type(what)]
    rows = db.execute(statement, {"a": by.area_id, "p": by.person_id, "id": what.id}).all()
    if not rows:
        raise NotFound
    loaded: Target = target(db, by, rows)
    return loaded


def _case_target(db: Connection, by: Actor, rows: Sequence[Any]) -> Target:  # noqa: ARG001  (all take it)
    relation = frozenset(row.relation for row in rows if row.relation)
    return Target("case", by.area_id, relation=relation, sealed=rows[0].sealed)


def _record_target(db: Connection, by: Actor, rows: Sequence[Any]) -> Target:
    return replace(_case_target(db, by, rows), kind="record", author=rows[0].author)


def task_target(db: Connection, by: Actor, rows: Sequence[Any]) -> Target:
    """The target in rows that hold a task, `sealed` of its case, and one `relation` of the person each."""
    row = rows[0]
    return Target(
        "task",
        by.area_id,
        relation=frozenset(each.relation for each in rows if each.relation),
        sealed=row.sealed,
        role=row.role,
        organisation_id=row.task_organisation_id,
        assignee=row.assignee_id,
        completed_by=row.completed_by,
        four_eyes=frozenset({by.person_id}) if _kept_out(db, by, row) else _NONE,
    )


_NONE: Final[frozenset[str]] = frozenset()


def _kept_out(db: Connection, by: Actor, row: Any) -> bool:
    """Whether the task answers this person's own question or checks their own work."""
    if row.properties.get(NOT_BY) == by.person_id:
        return True
    checked = row.properties.get(FOUR_EYES, "").split()
    return bool(checked) and _own_work(db, by, row.case_id, checked)


def _own_work(db: Connection, by: Actor, case_id: str, elements: Sequence[str]) -> bool:
    key = {"a": by.area_id, "p": by.person_id, "c": case_id, "elements": list(elements)}
    return db.execute(_OWN_WORK, key).first() is not None


_LOADERS: Final[dict[type, Any]] = {
    OfCase: (_CASE, _case_target),
    OfTask: (_TASK, task_target),
    OfRecord: (_RECORD, _record_target),
    OfDocument: (_DOCUMENT, _record_target),
}
