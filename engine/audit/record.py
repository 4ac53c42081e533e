"""Writes the events of a command. Nothing else inserts into `event`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine.audit.chain import canonical, first_hash, next_hash
from engine.audit.events import EVENTS
from engine.tables import area, case, event

_INSERT = insert(event)
_CASE_HEAD = (
    update(case)
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
    .values(head_seq=bindparam("seq"), head_hash=bindparam("hash"))
)
_AREA_HEAD = (
    update(area)
    .where(area.c.id == bindparam("a"))
    .values(head_seq=bindparam("seq"), head_hash=bindparam("hash"))
)
_LOCK_AREA = select(area.c.head_seq, area.c.head_hash).where(area.c.id == bindparam("a")).with_for_update()


class Ledger:
    """The events of one command on one chain, kept in order until they are written together.

    The caller has locked the row that keeps the chain's head (the case, or the area) before making one.
    """

    def __init__(
        self,
        area_id: str,
        chain: str,
        head: tuple[int, str],
        at: datetime,
        actor_id: str | None,
        actor_role: str | None = None,
    ) -> None:
        self.area_id, self.chain, self.at = area_id, chain, at
        self.actor_id, self.actor_role = actor_id, actor_role
        self.seq, self.hash = head[0], head[1] or first_hash(chain)
        self._rows: list[dict[str, Any]] = []

    @contextmanager
    def by_nobody(self) -> Iterator[None]:
        """What follows from somebody's command, but is not their deed: the service does it."""
        by = self.actor_id, self.actor_role
        self.actor_id = self.actor_role = None
        yield
        self.actor_id, self.actor_role = by

    def add(
        self,
        kind: str,
        *,
        instance_id: str | None = None,
        task_id: str | None = None,
        element: str | None = None,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Say that something happened. `kind` must be one of EVENTS."""
        if kind not in EVENTS:
            raise LookupError(f"Expected an event that engine/audit/events.py lists, but got {kind}.")
        self.seq += 1
        row = {
            "area_id": self.area_id,
            "chain": self.chain,
            "seq": self.seq,
            "at": self.at,
            "kind": kind,
            "actor_id": self.actor_id,
            "actor_role": self.actor_role,
            "instance_id": instance_id,
            "task_id": task_id,
            "element": element,
            "payload": canonical(payload or {}),
        }
        self.hash = row["hash"] = next_hash(self.hash, row)
        self._rows.append(row)

    def write(self, db: Connection) -> None:
        """Insert the events and move the chain's head. A command that recorded nothing is a mistake."""
        if not self._rows:
            raise ValueError("Expected at least one event: a command that changes something records it.")
        db.execute(_INSERT, self._rows)
        head = {"a": self.area_id, "seq": self.seq, "hash": self.hash}
        if self.chain == self.area_id:
            db.execute(_AREA_HEAD, head)
        else:
            db.execute(_CASE_HEAD, head | {"c": self.chain})
        self._rows = []


def area_ledger(db: Connection, area_id: str, at: datetime, actor_id: str | None) -> Ledger:
    """A ledger for what belongs to no case. Locks the area's row."""
    row = db.execute(_LOCK_AREA, {"a": area_id}).one()
    return Ledger(area_id, area_id, (row.head_seq, row.head_hash), at, actor_id)
