"""Messages that came before anything waited for them: kept until something does, or their time is up.

And what a command held back, because it had led to too much, until a person lets it go on.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.execution import TIME_TO_LIVE, Early, Thrown
from engine.identifiers import new_id
from engine.spiff.events import correlated, keys_of
from engine.tables import FAR, inbound_message

_INSERT = insert(inbound_message)
_UNDELIVERED = inbound_message.c.area_id == bindparam("a"), inbound_message.c.delivered_at.is_(None)
_KEPT = (
    *_UNDELIVERED,
    inbound_message.c.case_id == bindparam("c"),
    inbound_message.c.kind == "message",
    inbound_message.c.expires_at > bindparam("now"),
    inbound_message.c.expires_at < FAR,  # what is held back is a person's to let go
)
_NAMES = select(inbound_message.c.name).where(*_KEPT)
_FITTING = (
    select(inbound_message.c.id, inbound_message.c.correlation, inbound_message.c.variables)
    .where(*_KEPT, inbound_message.c.name == bindparam("n"))
    .order_by(inbound_message.c.received_at, inbound_message.c.id)
)
_ONE = select(inbound_message).where(*_UNDELIVERED, inbound_message.c.id == bindparam("i"))
_TAKE = (
    update(inbound_message)
    .where(inbound_message.c.area_id == bindparam("a"), inbound_message.c.id == bindparam("i"))
    .values(delivered_at=bindparam("now"))
)


def keep(db: Connection, area_id: str, case_id: str, message: Thrown, now: datetime) -> None:
    """Keep a message for a case for 28 days."""
    _write(db, area_id, case_id, message, now, now + TIME_TO_LIVE)


def hold(db: Connection, area_id: str, case_id: str, thrown: Thrown, now: datetime) -> str:
    """Keep a message or signal until a person has looked. Gives its id, for `release`."""
    return _write(db, area_id, case_id, thrown, now, FAR)


def _write(db: Connection, area_id: str, case_id: str, thrown: Thrown, now: datetime, until: datetime) -> str:
    id = new_id()
    row = {
        "area_id": area_id,
        "case_id": case_id,
        "id": id,
        "kind": thrown.kind,
        "name": thrown.name,
        "correlation": thrown.correlation,
        "variables": dict(thrown.variables),
        "received_at": now,
        "expires_at": until,
    }
    db.execute(_INSERT, row)
    return id


def names(db: Connection, area_id: str, case_id: str, now: datetime) -> frozenset[str]:
    """What the messages that a case keeps are called."""
    return frozenset(db.execute(_NAMES, {"a": area_id, "c": case_id, "now": now}).scalars())


def take(
    db: Connection, area_id: str, case_id: str, name: str, correlation: str, now: datetime
) -> Early | None:
    """The oldest kept message that carries every key that is asked for, marked as delivered; None when
    there is none.
    """
    for row in db.execute(_FITTING, {"a": area_id, "c": case_id, "n": name, "now": now}).all():
        keys = keys_of(row.correlation)
        if correlated(correlation, keys):
            db.execute(_TAKE, {"a": area_id, "i": row.id, "now": now})
            return Early(keys, row.variables)
    return None


def release(db: Connection, area_id: str, held: str, now: datetime) -> Thrown | None:
    """What was held back, to be sent on now. None when it has been sent on already."""
    row = db.execute(_ONE, {"a": area_id, "i": held}).one_or_none()
    if row is None:
        return None
    db.execute(_TAKE, {"a": area_id, "i": row.id, "now": now})
    return Thrown(row.kind, row.name, "", row.correlation, row.variables)
