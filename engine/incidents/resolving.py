"""Putting an incident right: try again, skip, go on elsewhere, or end the instance. Each once, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from engine import access, definitions, instances, waits
from engine.audit.reasons import checked_reason
from engine.errors import AlreadyResolved, InvalidInput
from engine.execution import Cancel, Clock, Command, Move, Retry, Skip
from engine.idempotency import Once
from engine.incidents.looking import allow, find
from engine.instances import Running
from engine.tables import incident, user_task
from policy.authorization import Actor
from policy.roles import ROLES


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a command led to. `open`: incidents of the instance that are open now, perhaps new ones."""

    incident_id: str
    status: str  # of the instance
    open: tuple[str, ...]


def retry(
    db: Connection, by: Actor, incident_id: str, reason: str, clock: Clock, key: str | None = None
) -> Resolved:
    """Try the step again. Where it fails again, that is a new incident.

    Of a task that nobody could do, look again for somebody. Raises InvalidInput when there is still nobody.
    """
    wish = _Wish("retried", reason)
    return _resolve(db, by, incident_id, wish, clock, key)


def skip(
    db: Connection,
    by: Actor,
    incident_id: str,
    reason: str,
    clock: Clock,
    *,
    flow: str | None = None,
    key: str | None = None,
) -> Resolved:
    """Let the process go on as if the step were done. Raises InvalidInput when the way out must be chosen."""
    return _resolve(db, by, incident_id, _Wish("skipped", reason, flow), clock, key)


def move_token(
    db: Connection, by: Actor, incident_id: str, to: str, reason: str, clock: Clock, key: str | None = None
) -> Resolved:
    """Let the process go on at another element. Raises InvalidInput for a place a token cannot be put on."""
    return _resolve(db, by, incident_id, _Wish("moved", reason, to), clock, key)


def cancel(
    db: Connection, by: Actor, incident_id: str, reason: str, clock: Clock, key: str | None = None
) -> Resolved:
    """End the whole process instance. The case and everything written in it stays."""
    return _resolve(db, by, incident_id, _Wish("cancelled", reason), clock, key)


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an operator wants done, and why. `choice`: the flow or element it names."""

    how: str
    reason: str
    choice: str | None = None

    def command(self, token: str) -> Command:
        if self.how == "skipped":
            return Skip(token, self.choice)
        if self.how == "moved":
            return Move(token, self.choice or "")
        return Cancel() if self.how == "cancelled" else Retry(token)


_RESOLVE = (
    update(incident)
    .where(incident.c.area_id == bindparam("a"), incident.c.id == bindparam("w"))
    .values(resolved_at=bindparam("now"), resolved_by=bindparam("p"), resolution=bindparam("how"))
)


def _resolve(
    db: Connection, by: Actor, incident_id: str, wish: _Wish, clock: Clock, key: str | None
) -> Resolved:
    once = Once(db, by.person_id, key, wish.how, incident_id, wish.reason, wish.choice)
    if (before := once.answer()) is not None:
        return Resolved(**(before | {"open": tuple(before["open"])}))
    row, of = locked(db, by, incident_id, wish.reason, clock)
    values = {"a": by.area_id, "w": incident_id, "now": clock.now, "p": by.person_id, "how": wish.how}
    db.execute(_RESOLVE, values)
    payload = {"name": row.name, "reason": wish.reason.strip()}
    payload |= {"to": _name_of(db, of, wish.choice)} if wish.how == "moved" else {}
    note(of, f"incident.{wish.how}", row, payload)
    held = waits.held_message(row.token)
    if held is not None:
        _send_on(db, of, held, wish, clock)
    elif wish.how != "retried" or not _offer_again(db, of, row):
        instances.run(db, of, wish.command(row.token), clock)
    of.ledger.write(db)
    done = Resolved(incident_id, of.status, still_open(db, of))
    once.keep(asdict(done), clock.now)
    return done


def locked(db: Connection, by: Actor, incident_id: str, reason: str, clock: Clock) -> tuple[Any, Running]:
    """The incident with its case locked. Raises AlreadyResolved, NotFound, NotAllowed, InvalidInput."""
    found = find(db, by, incident_id)
    allow(db, by, "incident:resolve", found.case_id)
    checked_reason(reason)
    of = instances.lock(db, by.area_id, found.instance_id, clock, by.person_id)
    of.ledger.actor_role = "operator"
    row = find(db, by, incident_id)  # again, because it may have been resolved while we waited
    if row.resolved_at is not None:
        raise AlreadyResolved
    return row, of


def note(of: Running, kind: str, row: Any, payload: Mapping[str, Any]) -> None:
    of.ledger.add(kind, instance_id=of.instance_id, element=row.element, payload=payload)


def _name_of(db: Connection, of: Running, element: str | None) -> str:
    for diagram in definitions.bundle(db, of.release, of.process).diagrams.values():
        if element in diagram.elements:
            return diagram.elements[element or ""].name or element or ""
    return element or ""


_OF_INSTANCE = (
    select(incident.c.id)
    .where(
        incident.c.area_id == bindparam("a"),
        incident.c.instance_id == bindparam("i"),
        incident.c.resolved_at.is_(None),
    )
    .order_by(incident.c.raised_at, incident.c.id)
)


def still_open(db: Connection, of: Running) -> tuple[str, ...]:
    return tuple(db.execute(_OF_INSTANCE, {"a": of.area_id, "i": of.instance_id}).scalars())


# A message that was held back ------------------------------------------------------------------------------


def _send_on(db: Connection, of: Running, held: str, wish: _Wish, clock: Clock) -> None:
    """Let a message go on that a step held back; skipped, it only stays for whoever waits for it next."""
    if wish.how in ("moved", "cancelled"):
        raise InvalidInput("Expected to send the message on or to leave it: no step waits here.")
    if wish.how == "retried":
        instances.send_on(db, of, held, clock)


# A task nobody could do ------------------------------------------------------------------------------------

_TASK = select(user_task.c.id, user_task.c.role, user_task.c.name, user_task.c.properties).where(
    user_task.c.area_id == bindparam("a"),
    user_task.c.instance_id == bindparam("i"),
    user_task.c.token == bindparam("t"),
    user_task.c.state == "open",
)
_OFFER = (
    update(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("task"))
    .values(organisation_id=bindparam("o"))
)


def _offer_again(db: Connection, of: Running, row: Any) -> bool:
    """Find somebody for an open task. False when the incident is not about one."""
    task = db.execute(_TASK, {"a": of.area_id, "i": of.instance_id, "t": row.token}).one_or_none()
    if task is None or task.role is None:
        return False
    chosen, but = task.properties.get(access.ASKED, ""), task.properties.get(access.NOT_BY, "")
    place, held = access.answering(db, of.area_id, task.role, chosen, of.organisation_id, of.ledger.at, but)
    if not held:
        raise InvalidInput(f"Expected somebody who is a {ROLES[task.role].name}, but there is still nobody.")
    db.execute(_OFFER, {"a": of.area_id, "task": task.id, "o": place})
    payload = {"name": task.name, "role": task.role}
    of.ledger.add(
        "task.offered",
        instance_id=of.instance_id,
        task_id=task.id,
        element=row.element,
        payload=payload,
    )
    return True
