"""Conflicts of interest: nobody works on a case about people they have to do with.

Before the first task of a sealed case everybody says that they do not; whoever does is kept out of the case.
Whom it is about is shown for that only where the task itself would show it: an agency that is asked about one
person must not learn of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from engine import access, cases, inbox
from engine.audit.record import Ledger
from engine.execution import Clock
from engine.idempotency import Once
from engine.inbox.claiming import ledger_of
from engine.inbox.finding import find, locked, require_open
from engine.tables import case_member, draft, user_task
from policy.authorization import Actor

_LEAVE = (
    update(case_member)
    .where(
        case_member.c.area_id == bindparam("a"),
        case_member.c.case_id == bindparam("c"),
        case_member.c.person_id == bindparam("p"),
        case_member.c.until.is_(None),
    )
    .values(until=bindparam("now"))
)
_HELD = (
    user_task.c.area_id == bindparam("a"),
    user_task.c.case_id == bindparam("c"),
    user_task.c.assignee_id == bindparam("p"),
    user_task.c.state == "open",
)
_OWN = select(user_task.c.id, user_task.c.name, user_task.c.element, user_task.c.instance_id).where(*_HELD)
_GIVE_BACK = update(user_task).where(*_HELD).values(assignee_id=None)
_FORGET = delete(draft).where(
    draft.c.area_id == bindparam("a"),
    draft.c.task_id.in_(
        select(user_task.c.id).where(
            user_task.c.area_id == bindparam("a"), user_task.c.case_id == bindparam("c")
        )
    ),
    draft.c.person_id == bindparam("p"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody declares for: the task, and whether they may ask first whom the case is about."""

    task_id: str
    task: str
    names: bool
    sealed: bool


def asked(db: Connection, by: Actor, task_id: str) -> Asked:
    """Raises NotFound, NotAllowed, TaskGone."""
    row, target = find(db, by, task_id)
    access.require(db, by, "task:declare", target)
    require_open(row)
    return Asked(task_id, row.name, _told(row), target.sealed)


def names(db: Connection, by: Actor, task_id: str, clock: Clock) -> tuple[str, ...]:
    """Whom the case is about, for somebody who has to say whether they know them. Asking is recorded.

    Nobody, where the task is for one question only: it will not tell them either.
    """
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:declare", target)
    require_open(row)
    if not _told(row):
        return ()
    ledger = ledger_of(row, by, clock)
    ledger.add("conflict.names_shown", task_id=task_id)
    ledger.write(db)
    return tuple(sorted(cases.subject_names(db, row.area_id, row.case_id)))


def _told(row: Any) -> bool:
    properties: dict[str, str] = row.properties
    return properties.get("handrail:access") == "case" or properties.get("handrail:people") == "true"


def declare_none(db: Connection, by: Actor, task_id: str, clock: Clock, key: str | None = None) -> None:
    """Declare that one has nothing to do with anybody in the case, and take the task. Raises as `claim`."""
    inbox.claim(db, by, task_id, clock, key, no_conflict=True)


def declare(db: Connection, by: Actor, task_id: str, clock: Clock, key: str | None = None) -> None:
    """Declare that one has to do with somebody in the case.

    They are kept out of it from now on, and what they had of it waits for others.

    Raises NotFound, NotAllowed, TaskGone.
    """
    once = Once(db, by.person_id, key, "declare", task_id)
    if once.answer() is not None:
        return
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:declare", target)
    require_open(row)
    ledger = ledger_of(row, by, clock)
    ledger.add("conflict.declared", task_id=task_id)
    _give_back(db, by, row, ledger)
    who = {"a": row.area_id, "c": row.case_id, "p": by.person_id}
    db.execute(_LEAVE, who | {"now": clock.now})
    home = {"area_id": row.area_id, "case_id": row.case_id}
    cases.add_member(db, home, by.person_id, "denied", clock.now, "declared a conflict of interest")
    ledger.write(db)
    once.keep({}, clock.now)


def _give_back(db: Connection, by: Actor, row: Any, ledger: Ledger) -> None:
    """Every task of the case that they have, and what they had begun to write in it."""
    who = {"a": row.area_id, "c": row.case_id, "p": by.person_id}
    for task in db.execute(_OWN, who).all():
        payload = {"name": task.name}
        ledger.add(
            "task.released",
            instance_id=task.instance_id,
            task_id=task.id,
            element=task.element,
            payload=payload,
        )
    db.execute(_GIVE_BACK, who)
    db.execute(_FORGET, who)
