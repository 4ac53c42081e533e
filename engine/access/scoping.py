"""Clauses that every list, count, search and export of cases or tasks carries one of.

They are built once; the statement is executed with `p`, the person's id. They look through aliases, so that a
statement may join `case` and `case_member` for its own ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, exists, false, or_, select, tuple_

from engine.tables import case, case_member, user_task
from policy.authorization import CASE_PEOPLE, PART_OF_CASE, Actor

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
