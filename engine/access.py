"""Asks `policy.authorization` about cases, tasks and records as stored, and scopes every list the same way.

What a person may not know of is not found; what they may know of but not do is refused with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    false,
    literal,
    or_,
    select,
    tuple_,
)

from engine.errors import FourEyes, NotAllowed, NotFound
from engine.tables import case, case_member, document, organisation, person, record, role_held, user_task
from policy.authorization import ACTIONS, CASE_PEOPLE, PART_OF_CASE, Actor, Target, decide, sees
from policy.roles import ROLES

FOUR_EYES: Final = "handrail:four_eyes"  # task property: element ids whose completers are kept out
ASKED: Final = "handrail:organisation"  # task property: the id of the organisation that somebody chose
_DEEPEST: Final = 20  # organisations above one another; more is a circle


# Asking ----------------------------------------------------------------------------------------------------


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


def require(db: Connection, by: Actor, action: str, target: Target | Stored) -> Target:
    """Let the action pass, with what was loaded to decide it.

    Raises NotFound when the person may not even know of it, FourEyes when it checks their own work, and
    NotAllowed otherwise.
    """
    loaded = target if isinstance(target, Target) else load(db, by, target)
    decision = decide(by, action, loaded)
    if decision:
        return loaded
    if not sees(by, loaded):
        raise NotFound
    if decision.reason == "four_eyes":
        raise FourEyes
    raise NotAllowed(_whom(action))


WHO: Final = {  # may do it, by grant
    "everyone": "is signed in",
    "lead": "leads the case",
    "member": "is a member of the case",
    "asked_relation": "has the part in the case that its process asks for",
    "waiting": "holds the role that the task waits for",
    "pool": "holds the role that the task is for",
    "holder": "has taken the task",
    "completer": "completed the task",
    "author": "wrote or added it",
    "starter": "holds a role that starts this process, at this organisation",
    "operator": "is an operator",
    "auditor": "is an auditor",
    "governance_editor": "is a governance editor",
    "governance_approver": "is a governance approver",
}


def _whom(action: str) -> str:
    """Who could do it instead, and so whom to ask. It says nothing about the case."""
    able = [WHO[grant] for grant in ACTIONS[action].grants] if action in ACTIONS else []
    return f"Only somebody who {' or '.join(able)} can do this." if able else "Nobody can do this here."


def require_case(
    db: Connection, by: Actor, action: str, case_id: str, *, who: frozenset[str] = CASE_PEOPLE
) -> Target:
    """As `require`, for a case. `who` are the relations that a diagram lets send a message."""
    return require(db, by, action, replace(load(db, by, OfCase(case_id)), who=who))


def require_task(db: Connection, by: Actor, action: str, task_id: str) -> Target:
    """As `require`, for a task."""
    return require(db, by, action, OfTask(task_id))


def require_document(db: Connection, by: Actor, action: str, document_id: str) -> Target:
    """As `require`, for a document."""
    return require(db, by, action, OfDocument(document_id))


def require_record(db: Connection, by: Actor, action: str, record_id: str) -> Target:
    """As `require`, for a record."""
    return require(db, by, action, OfRecord(record_id))


# Loading ---------------------------------------------------------------------------------------------------

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
    checked = row.properties.get(FOUR_EYES, "").split()
    return Target(
        "task",
        by.area_id,
        relation=frozenset(each.relation for each in rows if each.relation),
        sealed=row.sealed,
        role=row.role,
        organisation_id=row.task_organisation_id,
        assignee=row.assignee_id,
        completed_by=row.completed_by,
        four_eyes=frozenset({by.person_id}) if checked and _own_work(db, by, row.case_id, checked) else _NONE,
    )


_NONE: Final[frozenset[str]] = frozenset()


def _own_work(db: Connection, by: Actor, case_id: str, elements: Sequence[str]) -> bool:
    key = {"a": by.area_id, "p": by.person_id, "c": case_id, "elements": list(elements)}
    return db.execute(_OWN_WORK, key).first() is not None


_LOADERS: Final[dict[type, Any]] = {
    OfCase: (_CASE, _case_target),
    OfTask: (_TASK, task_target),
    OfRecord: (_RECORD, _record_target),
    OfDocument: (_DOCUMENT, _record_target),
}

# Scoping: every list, count, search and export of cases or tasks carries one of these clauses ---------------
# They are built once; the statement is executed with `p`, the person's id. They look through aliases, so that
# a statement may join `case` and `case_member` for its own ends.

_tie = case_member.alias("tie")
_of = case.alias("of_case")


def _tied(table: Table | Any, relations: Sequence[str]) -> ColumnElement[bool]:
    """The person has one of the relations to the case of the row."""
    case_id = table.c.id if table is case else table.c.case_id
    return exists().where(
        _tie.c.area_id == table.c.area_id,
        _tie.c.case_id == case_id,
        _tie.c.person_id == bindparam("p"),
        _tie.c.relation.in_(relations),
        _tie.c.until.is_(None),
    )


def not_denied(table: Table | Any) -> ColumnElement[bool]:
    """The person is not kept out of the case. For `case` or any case-scoped table."""
    return ~_tied(table, ("denied",))


def may_know(table: Table | Any) -> ColumnElement[bool]:
    """The person may know that the case exists: not kept out, and part of it where it is sealed."""
    sealed = case.c.sealed if table is case else _sealed(table)
    return and_(not_denied(table), or_(~sealed, _tied(table, sorted(PART_OF_CASE))))


def _sealed(table: Table | Any) -> ColumnElement[bool]:
    found = select(_of.c.sealed).where(_of.c.area_id == table.c.area_id, _of.c.id == table.c.case_id)
    return found.scalar_subquery()


def visible_cases(table: Table | Any = case) -> ColumnElement[bool]:
    """The person may read the case: exactly when `case:read` is allowed. Needs `p`, and `a` for the area."""
    return and_(table.c.area_id == bindparam("a"), not_denied(table), _tied(table, sorted(CASE_PEOPLE)))


def visible_tasks(by: Actor, table: Table | Any = user_task) -> ColumnElement[bool]:
    """The person may read the task: exactly when `task:read` is allowed. Needs `p` and `a`, the area."""
    held = sorted(by.roles)
    place = tuple_(table.c.organisation_id, table.c.role).in_(held) if held else false()
    standing = or_(and_(table.c.role.is_(None), _tied(table, sorted(PART_OF_CASE))), place)
    return and_(
        table.c.area_id == bindparam("a"),
        may_know(table),
        or_(
            and_(table.c.assignee_id == bindparam("p"), standing),
            table.c.completed_by == bindparam("p"),
            and_(table.c.assignee_id.is_(None), table.c.completed_by.is_(None), place),
            _tied(table, sorted(CASE_PEOPLE)),
        ),
    )


def waiting_tasks(by: Actor, table: Table | Any = user_task) -> ColumnElement[bool]:
    """The person may take the task: it waits for a role they hold. Of a sealed case it is all they see.

    With `visible_tasks`, exactly when `task:glance` is allowed. Needs `p` and `a`, the area.
    """
    held = sorted(by.roles)
    place = tuple_(table.c.organisation_id, table.c.role).in_(held) if held else false()
    unclaimed = and_(table.c.assignee_id.is_(None), table.c.completed_by.is_(None))
    return and_(table.c.area_id == bindparam("a"), not_denied(table), unclaimed, place)


# Who answers -----------------------------------------------------------------------------------------------

_above = select(
    organisation.c.id, organisation.c.parent_id, organisation.c.area_id, literal(0).label("depth")
)
_above_cte = _above.where(organisation.c.id == bindparam("o")).cte("above", recursive=True)
_ABOVE = _above_cte.union_all(
    select(organisation.c.id, organisation.c.parent_id, organisation.c.area_id, _above_cte.c.depth + 1).where(
        organisation.c.id == _above_cte.c.parent_id, _above_cte.c.depth < _DEEPEST
    )
)
_HOLDERS = (
    select(role_held.c.organisation_id, _ABOVE.c.depth)
    .distinct()
    .select_from(
        role_held.join(person, person.c.id == role_held.c.person_id)
        .join(organisation, organisation.c.id == role_held.c.organisation_id)
        .outerjoin(_ABOVE, _ABOVE.c.id == role_held.c.organisation_id)
    )
    .where(
        role_held.c.role == bindparam("r"),
        role_held.c.since <= bindparam("now"),
        or_(role_held.c.until.is_(None), role_held.c.until > bindparam("now")),
        person.c.active,
        organisation.c.area_id
        == select(organisation.c.area_id).where(organisation.c.id == bindparam("o")).scalar_subquery(),
    )
)


def responsible(db: Connection, role: str, organisation_id: str, now: datetime) -> str | None:
    """The organisation whose holders of the role answer for a case of this organisation, or None.

    The case's own organisation, else its parent, and so on upwards. A role of the whole area may also be held
    elsewhere, if by one organisation only: among several, choosing would be telling somebody by guess.
    Raises LookupError for a role that does not exist.
    """
    scope = ROLES[role].scope
    rows = db.execute(_HOLDERS, {"r": role, "o": organisation_id, "now": now}).all()
    near = [(row.depth, row.organisation_id) for row in rows if row.depth is not None]
    if near:
        return str(min(near)[1])
    if scope == "area" and len(rows) == 1:
        return str(rows[0].organisation_id)
    return None


_HERE = select(organisation.c.id).where(
    organisation.c.area_id == bindparam("a"), organisation.c.id == bindparam("o")
)
_HELD_HERE = _HERE.where(
    exists().where(
        role_held.c.organisation_id == organisation.c.id,
        role_held.c.role == bindparam("r"),
        role_held.c.since <= bindparam("now"),
        or_(role_held.c.until.is_(None), role_held.c.until > bindparam("now")),
        person.c.id == role_held.c.person_id,
        person.c.active,
    )
)


def is_here(db: Connection, area_id: str, organisation_id: str) -> bool:
    """Whether it is an organisation of the area."""
    return db.execute(_HERE, {"a": area_id, "o": organisation_id}).first() is not None


def answering(
    db: Connection, area_id: str, role: str, chosen: str, organisation_id: str, now: datetime
) -> tuple[str, bool]:
    """At which organisation a task for this role waits, and whether somebody there can do it.

    `chosen`: the id of the one that somebody chose, or "". It is that one or nobody: another was not asked,
    and must not be told. Without a choice it is who is responsible for a case of `organisation_id`.
    """
    if chosen:
        key = {"a": area_id, "r": role, "o": chosen, "now": now}
        here = is_here(db, area_id, chosen)
        return chosen if here else organisation_id, db.execute(_HELD_HERE, key).first() is not None
    found = responsible(db, role, organisation_id, now)
    return found or organisation_id, found is not None
