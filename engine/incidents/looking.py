"""What an operator sees of an incident: steps, causes and names of variables, nothing that was written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select

from engine import access, definitions
from engine.errors import NotFound, TaskGone
from engine.execution import RESERVED
from engine.pages import Page, checked_limit, cursor_of, read_cursor
from engine.spiff import repairs
from engine.spiff.repairs import Way
from engine.tables import FAR, case, incident, instance
from policy.authorization import Actor, Target

_START = (datetime.min.replace(tzinfo=FAR.tzinfo), "")


@dataclass(frozen=True, slots=True)
class IncidentItem:
    """A process that stopped: where and why. Nothing about anybody."""

    id: str
    reference: str  # of the case: random, says nothing
    process: str  # what the process is called
    release: int
    element: str
    name: str
    cause: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable in reach of the step, with the kind of value it holds."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with what can be done about it. Resolved ones offer nothing."""

    item: IncidentItem
    resolution: str | None
    resolved_at: datetime | None
    flows: tuple[Way, ...]  # to choose from when the step is skipped
    places: tuple[Way, ...]  # where the process may go on instead
    variables: tuple[Variable, ...]


_ITEMS = (
    select(incident, case.c.reference, instance.c.process, instance.c.release_id, instance.c.state)
    .select_from(
        incident.join(case, (case.c.area_id == incident.c.area_id) & (case.c.id == incident.c.case_id)).join(
            instance,
            (instance.c.area_id == incident.c.area_id) & (instance.c.id == incident.c.instance_id),
        )
    )
    .where(incident.c.area_id == bindparam("a"))
)
_OPEN = (
    _ITEMS.where(
        incident.c.resolved_at.is_(None),
        or_(
            incident.c.raised_at > bindparam("at"),
            and_(incident.c.raised_at == bindparam("at"), incident.c.id > bindparam("id")),
        ),
        access.not_denied(incident),
    )
    .order_by(incident.c.raised_at, incident.c.id)
    .limit(bindparam("n"))
)
_ONE = _ITEMS.where(incident.c.id == bindparam("id"))


def unresolved(
    db: Connection, by: Actor, *, cursor: str | None = None, limit: int = 20
) -> Page[IncidentItem]:
    """The operators' list: what stopped and nobody has put right, oldest first."""
    access.require(db, by, "incident:read", Target("incident", by.area_id))
    count, (at, last) = checked_limit(limit), read_cursor(cursor) if cursor else _START
    key = {"a": by.area_id, "p": by.person_id, "at": at, "id": last, "n": count + 1}
    rows = db.execute(_OPEN, key).all()
    items = tuple(_item(db, row) for row in rows[:count])
    more = len(rows) > count
    return Page(items, cursor_of(items[-1].raised_at, items[-1].id) if more else None)


def view(db: Connection, by: Actor, incident_id: str) -> IncidentView:
    """One incident. Raises NotFound for people who are no operators, or kept out of the case."""
    row = find(db, by, incident_id)
    allow(db, by, "incident:read", row.case_id)
    offered = _choices(db, row) if row.resolved_at is None else None
    kinds = offered.kinds.items() if offered else ()
    return IncidentView(
        item=_item(db, row),
        resolution=row.resolution,
        resolved_at=row.resolved_at,
        flows=offered.flows if offered else (),
        places=offered.places if offered else (),
        variables=tuple(Variable(name, kind) for name, kind in kinds if name not in RESERVED),
    )


def find(db: Connection, by: Actor, incident_id: str) -> Any:
    row = db.execute(_ONE, {"a": by.area_id, "id": incident_id}).one_or_none()
    if row is None:
        raise NotFound
    return row


def allow(db: Connection, by: Actor, action: str, case_id: str) -> None:
    target = replace(access.load(db, by, access.OfCase(case_id)), kind="incident")
    access.require(db, by, action, target)


def _item(db: Connection, row: Any) -> IncidentItem:
    release = definitions.load(db, row.release_id)
    process = definitions.bundle(db, release, row.process).name
    return IncidentItem(
        row.id, row.reference, process, release.number, row.element, row.name, row.cause, row.raised_at
    )


def _choices(db: Connection, row: Any) -> repairs.Choices | None:
    bundle = definitions.bundle(db, definitions.load(db, row.release_id), row.process)
    try:
        return repairs.choices(bundle, row.state, row.token)
    except TaskGone:
        return None
