"""How an instance was before it was migrated: its state, and its rows, as bytes in its own row.

The next command of the instance forgets them, so they are there exactly while it can be undone.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from engine.instances import Running
from engine.spiff.migrate import Moved
from engine.tables import incident, instance, subscription, timer, user_task

_WAITS = {"timer": timer, "subscription": subscription}
_INSTANTS = ("due_at", "opened_at")


def _of(table: Table) -> tuple[Any, Any]:
    return table.c.area_id == bindparam("a"), table.c.instance_id == bindparam("i")


_KEPT = {name: select(table).where(*_of(table)) for name, table in _WAITS.items()} | {
    "user_task": select(
        user_task.c.id, user_task.c.element, user_task.c.name, user_task.c.form, user_task.c.properties
    ).where(*_of(user_task), user_task.c.state == "open"),
    "incident": select(incident.c.id, incident.c.element, incident.c.name).where(
        *_of(incident), incident.c.resolved_at.is_(None)
    ),
}
_UNDO = select(instance.c.undo).where(instance.c.area_id == bindparam("a"), instance.c.id == bindparam("i"))
_FORGET = {name: delete(table).where(*_of(table)) for name, table in _WAITS.items()}
_PUT_BACK = {
    "user_task": update(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("w"))
    .values(
        element=bindparam("b_element"),
        name=bindparam("b_name"),
        form=bindparam("b_form"),
        properties=bindparam("b_properties"),
    ),
    "incident": update(incident)
    .where(incident.c.area_id == bindparam("a"), incident.c.id == bindparam("w"))
    .values(element=bindparam("b_element"), name=bindparam("b_name")),
}


@dataclass(frozen=True, slots=True)
class Before:
    """An instance as it was. `rows`: by the table's name."""

    release_id: str
    state: bytes
    rows: Mapping[str, list[dict[str, Any]]]
    back: tuple[Moved, ...]


def remember(db: Connection, of: Running, moved: Iterable[Moved]) -> bytes:
    """The instance as it is now, to be kept in its row, with the way back of each token."""
    key = {"a": of.area_id, "i": of.instance_id}
    rows = {
        name: [_plain(row) for row in db.execute(statement, key).mappings()]
        for name, statement in _KEPT.items()
    }
    state = base64.b64encode(of.state or b"").decode()
    back = [(each.token, each.element, each.name, each.before, each.before_name) for each in moved]
    return orjson.dumps({"release_id": of.release.id, "state": state, "rows": rows, "back": back})


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """SQLAlchemy's column names are a text of its own, which JSON keys may not be."""
    return {"".join(name): value for name, value in row.items()}


def recall(db: Connection, of: Running) -> Before | None:
    """None when the instance was not migrated, or something has happened to it since."""
    kept = db.execute(_UNDO, {"a": of.area_id, "i": of.instance_id}).scalar()
    if kept is None:
        return None
    said = orjson.loads(kept)
    back = tuple(Moved(*each) for each in said["back"])
    return Before(said["release_id"], base64.b64decode(said["state"]), said["rows"], back)


def restore(db: Connection, of: Running, before: Before) -> None:
    """Put the rows back as they were. What people did to a task meanwhile (take it, draft it) stays."""
    key = {"a": of.area_id, "i": of.instance_id}
    for name, table in _WAITS.items():
        db.execute(_FORGET[name], key)
        if rows := before.rows[name]:
            db.execute(insert(table), [_with_instants(row) for row in rows])
    for name, statement in _PUT_BACK.items():
        if rows := before.rows[name]:
            db.execute(statement, [_bound(of, row) for row in rows])


def _bound(of: Running, row: Mapping[str, Any]) -> dict[str, Any]:
    values = {f"b_{name}": value for name, value in row.items() if name != "id"}
    return values | {"a": of.area_id, "w": row["id"]}


def _with_instants(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name in _INSTANTS and value else value
        for name, value in row.items()
    }
