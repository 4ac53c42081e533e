"""Who has a task: take it, give it back, pass it on. Each is one transaction, under the lock of the case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, update

from engine import access, cases, people
from engine.audit.record import Ledger
from engine.errors import AlreadyClaimed, DeclarationNeeded, InvalidInput, NotAllowed, NotFound, NotSignedIn
from engine.execution import Clock
from engine.idempotency import Once
from engine.inbox.finding import locked, require_open
from engine.tables import user_task
from policy.authorization import PART_OF_CASE, Actor, Target

_ASSIGN = (
    update(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t"))
    .values(assignee_id=bindparam("p"))
)


def claim(
    db: Connection,
    by: Actor,
    task_id: str,
    clock: Clock,
    key: str | None = None,
    *,
    no_conflict: bool = False,
) -> None:
    """Take a waiting task. Taking one's own again does nothing.

    `no_conflict`: they have declared that they have nothing to do with anybody in the case. Raises NotFound,
    NotAllowed, FourEyes, TaskGone, DeclarationNeeded, or AlreadyClaimed when somebody else was first.
    """
    once = Once(db, by.person_id, key, "claim", task_id, no_conflict)
    if once.answer() is not None:
        return
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:claim", target)
    require_open(row)
    if row.assignee_id not in (None, by.person_id):
        raise AlreadyClaimed
    ledger = ledger_of(row, by, clock)
    if row.assignee_id is None:
        _declare(target, no_conflict, ledger)
        db.execute(_ASSIGN, {"a": by.area_id, "t": task_id, "p": by.person_id})
        _note(ledger, "task.claimed", row)
        join_case(db, by, row, target, ledger)
        ledger.write(db)
    once.keep({}, clock.now)


def _declare(target: Target, no_conflict: bool, ledger: Ledger) -> None:
    """Nobody becomes part of a sealed case without having said that they know nobody in it."""
    if target.sealed and target.relation.isdisjoint(PART_OF_CASE):
        if not no_conflict:
            raise DeclarationNeeded
        ledger.add("conflict.none_declared")


def release(db: Connection, by: Actor, task_id: str, clock: Clock, key: str | None = None) -> None:
    """Give a task back to everybody who may do it. Raises NotAllowed when it never waited for a role."""
    once = Once(db, by.person_id, key, "release", task_id)
    if once.answer() is not None:
        return
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:release", target)
    require_open(row)
    if row.role is None:
        raise InvalidInput(
            "Expected a task that others could do, but this one is for one person. Pass it on."
        )
    db.execute(_ASSIGN, {"a": by.area_id, "t": task_id, "p": None})
    ledger = ledger_of(row, by, clock)
    _note(ledger, "task.released", row)
    ledger.write(db)
    once.keep({}, clock.now)


def reassign(db: Connection, by: Actor, task_id: str, to: str, clock: Clock, key: str | None = None) -> None:
    """Pass a task to somebody else who may do it. Raises InvalidInput when they may not."""
    once = Once(db, by.person_id, key, "reassign", task_id, to)
    if once.answer() is not None:
        return
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:reassign", target)
    require_open(row)
    try:
        other = people.actor(db, to, clock.now)
        theirs = access.require_task(db, other, "task:claim", task_id)
    except (NotSignedIn, NotFound, NotAllowed) as error:
        raise InvalidInput("Expected somebody who may do this task.") from error
    if theirs.sealed and theirs.relation.isdisjoint(PART_OF_CASE):
        raise InvalidInput(
            "Expected somebody who is part of the case. Others take the task themselves: give it back."
        )
    db.execute(_ASSIGN, {"a": by.area_id, "t": task_id, "p": to})
    ledger = ledger_of(row, by, clock)
    _note(ledger, "task.reassigned", row, to=to)
    join_case(db, other, row, theirs, ledger)
    ledger.write(db)
    once.keep({}, clock.now)


def join_case(db: Connection, who: Actor, row: Any, target: Target, ledger: Ledger) -> None:
    """Whoever takes a task becomes part of its case: of the whole of it, or of this task only.

    A case that nobody leads, because nobody opened it, is led by the first who becomes part of all of it.
    """
    whole = row.properties.get("handrail:access") == "case"
    relation = "member" if whole else "adviser"
    if whole and not cases.leads(db, row.area_id, row.case_id):
        relation = "lead"
    if target.relation & {"lead", relation} or target.relation & {"member"} and relation != "lead":
        return
    key = {"area_id": row.area_id, "case_id": row.case_id}
    cases.add_member(db, key, who.person_id, relation, ledger.at, f"took “{row.name}”")
    ledger.add("member.added", task_id=row.task_id, payload={"relation": relation, "person": who.person_id})


def ledger_of(row: Any, by: Actor, clock: Clock) -> Ledger:
    head = (row.head_seq, row.head_hash)
    return Ledger(row.area_id, row.case_id, head, clock.now, by.person_id, row.role)


def _note(ledger: Ledger, kind: str, row: Any, **more: Any) -> None:
    payload = {"name": row.name, **more}
    ledger.add(kind, instance_id=row.id, task_id=row.task_id, element=row.element, payload=payload)
