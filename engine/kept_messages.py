"""Messages that came before anything waited for them: kept until something does, or their time is up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.execution import TIME_TO_LIVE
from engine.identifiers import new_id
from engine.tables import inbound_message

_INSERT = insert(inbound_message)
_OLDEST = (
    select(inbound_message.c.id, inbound_message.c.variables)
    .where(
        inbound_message.c.area_id == bindparam("a"),
        inbound_message.c.case_id == bindparam("c"),
        inbound_message.c.name == bindparam("n"),
        inbound_message.c.correlation.in_(("", bindparam("k"))),
        inbound_message.c.delivered_at.is_(None),
        inbound_message.c.expires_at > bindparam("now"),
    )
    .order_by(inbound_message.c.received_at, inbound_message.c.id)
    .limit(1)
)
_TAKE = (
    update(inbound_message)
    .where(inbound_message.c.area_id == bindparam("a"), inbound_message.c.id == bindparam("i"))
    .values(delivered_at=bindparam("now"))
)


def keep(
    db: Connection,
    area_id: str,
    case_id: str,
    name: str,
    correlation: str,
    variables: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep a message of a case for 28 days."""
    row = {
        "area_id": area_id,
        "case_id": case_id,
        "id": new_id(),
        "name": name,
        "correlation": correlation,
        "variables": dict(variables),
        "received_at": now,
        "expires_at": now + TIME_TO_LIVE,
    }
    db.execute(_INSERT, row)


def take(
    db: Connection, area_id: str, case_id: str, name: str, correlation: str, now: datetime
) -> Mapping[str, Any] | None:
    """The oldest kept message that fits, marked as delivered; None when there is none."""
    key = {"a": area_id, "c": case_id, "n": name, "k": correlation, "now": now}
    row = db.execute(_OLDEST, key).one_or_none()
    if row is None:
        return None
    db.execute(_TAKE, {"a": area_id, "i": row.id, "now": now})
    variables: Mapping[str, Any] = row.variables
    return variables
