"""The rows that inboxes and clocks are read from follow the tokens of an instance that was moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, update

from engine import waits
from engine.instances import Running
from engine.outcome import Outcome
from engine.spiff.migrate import Migrated, Moved
from engine.tables import incident, subscription, timer, user_task

_ELEMENTS = tuple(
    update(table)
    .where(
        table.c.area_id == bindparam("a"),
        table.c.instance_id == bindparam("i"),
        table.c.token == bindparam("t"),
    )
    .values(element=bindparam("e"))
    for table in (timer, subscription)
)
_INCIDENT = (
    update(incident)
    .where(
        incident.c.area_id == bindparam("a"),
        incident.c.instance_id == bindparam("i"),
        incident.c.token == bindparam("t"),
        incident.c.resolved_at.is_(None),
    )
    .values(element=bindparam("e"), name=bindparam("n"))
)
_TASK = (
    update(user_task)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.instance_id == bindparam("i"),
        user_task.c.token == bindparam("t"),
        user_task.c.state == "open",
    )
    .values(element=bindparam("e"), name=bindparam("n"), form=bindparam("f"), properties=bindparam("pr"))
)


def follow(db: Connection, of: Running, migrated: Migrated) -> None:
    """Bring rows and history to where the tokens are. Ids, assignees, roles, drafts and due times stay."""
    if migrated.moved:
        _rows(db, of, migrated.moved)
    for moved in migrated.moved:
        witness(of, moved)
    outcome = Outcome()
    outcome.add(migrated.result)
    own = {of.started_by: of.started_as}
    waits.write(db, of.area_id, of.case_id, of.instance_id, of.organisation_id, outcome, of.ledger, own)


def _rows(db: Connection, of: Running, moved: Sequence[Moved]) -> None:
    places: list[dict[str, Any]] = [
        {"a": of.area_id, "i": of.instance_id, "t": each.token, "e": each.element, "n": each.name}
        for each in moved
    ]
    for statement in _ELEMENTS:
        db.execute(statement, places)
    if of.troubled:
        db.execute(_INCIDENT, places)
    tasks = [
        place | {"n": each.task.name, "f": each.task.form, "pr": dict(each.task.properties)}
        for place, each in zip(places, moved, strict=True)
        if each.task is not None
    ]
    if tasks:
        db.execute(_TASK, tasks)


def witness(of: Running, moved: Moved) -> None:
    """Say in the history that a token is somewhere else, or that its place has another name."""
    if moved.element == moved.before and moved.name == moved.before_name:
        return
    payload = {"name": moved.before_name, "to": moved.name}
    of.ledger.add("element.replaced", instance_id=of.instance_id, element=moved.before, payload=payload)
    entered = {"name": moved.name}
    of.ledger.add("element.entered", instance_id=of.instance_id, element=moved.element, payload=entered)
