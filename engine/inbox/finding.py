"""Finds one task with its instance and case, and locks them for a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import access, instances
from engine.errors import NotFound, TaskGone
from engine.tables import case, case_member, draft, instance, user_task
from policy.authorization import Actor, Target

_JOINED = (
    case.join(instance, (case.c.area_id == instance.c.area_id) & (case.c.id == instance.c.case_id))
    .join(
        user_task,
        (user_task.c.area_id == instance.c.area_id) & (user_task.c.instance_id == instance.c.id),
    )
    .outerjoin(case_member, access.RELATIONS_TO_CASE)
)
_HAS_DRAFT = (
    select(draft.c.task_id)
    .where(draft.c.area_id == user_task.c.area_id, draft.c.task_id == user_task.c.id)
    .exists()
)
_ONE = (
    select(
        user_task.c.id.label("task_id"),
        user_task.c.token,
        user_task.c.element,
        user_task.c.name,
        user_task.c.role,
        user_task.c.organisation_id.label("task_organisation_id"),
        user_task.c.assignee_id,
        user_task.c.state.label("task_state"),
        user_task.c.form,
        user_task.c.properties,
        user_task.c.priority,
        user_task.c.opened_at,
        user_task.c.due_at,
        user_task.c.reckoned,
        user_task.c.closed_at,
        user_task.c.completed_by,
        case.c.reference,
        case_member.c.relation,
        _HAS_DRAFT.label("has_draft"),
        *instances.COLUMNS,
    )
    .select_from(_JOINED)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t"))
)
_LOCKED = _ONE.with_for_update(of=[case, instance, user_task])


def find(db: Connection, by: Actor, task_id: str) -> tuple[Any, Target]:
    """The task with its instance and case, and what deciding about it needs. Raises NotFound."""
    return _found(db, by, db.execute(_ONE, {"a": by.area_id, "t": task_id, "p": by.person_id}).all())


def locked(db: Connection, by: Actor, task_id: str) -> tuple[Any, Target]:
    """The same, with the case locked for a command."""
    return _found(db, by, db.execute(_LOCKED, {"a": by.area_id, "t": task_id, "p": by.person_id}).all())


def _found(db: Connection, by: Actor, rows: Sequence[Any]) -> tuple[Any, Target]:
    if not rows:
        raise NotFound
    return rows[0], access.task_target(db, by, rows)


def require_open(row: Any) -> None:
    """Raises TaskGone for a task that was completed or is no longer needed."""
    if row.task_state != "open":
        raise TaskGone(f"Expected an open task, but this one is already {row.task_state}.")
