"""The end of a case: when its last process has ended, and what those that begin with it are told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from engine.audit.record import Ledger
from engine.execution import Clock
from engine.tables import case, instance
from policy.calendar import london_day

_OF_CASE = instance.c.area_id == bindparam("a"), instance.c.case_id == bindparam("c")
_STILL = select(instance.c.id).where(*_OF_CASE, instance.c.status == "running")
_PROCESSES = select(instance.c.process).where(*_OF_CASE)
_CLOSE = (
    update(case)
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"), case.c.status == "open")
    .values(status="closed")
)


def close(db: Connection, area_id: str, case_id: str, ledger: Ledger) -> bool:
    """Close a case whose last process has ended. False while one runs, and where it was closed before."""
    key = {"a": area_id, "c": case_id}
    if db.execute(_STILL, key).first() or not db.execute(_CLOSE, key).rowcount:
        return False
    ledger.add("case.closed")
    return True


def told(db: Connection, area_id: str, case_id: str, clock: Clock) -> dict[str, Any]:
    """What a process that begins with the end of a case knows of it: the day, and what ran in it."""
    processes = db.execute(_PROCESSES, {"a": area_id, "c": case_id}).scalars().all()
    return {"case_closed_on": london_day(clock.now).isoformat(), "case_processes": sorted(set(processes))}
