"""Fills an inbox with many open tasks, some sealed, some denied, and reads pages of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, func, insert, select, text

from bench import ours
from bench.measuring import Cost, side_by_side
from engine import inbox, people
from engine.database import reading, transaction
from engine.tables import case, case_member, event, instance, user_task

_BATCH = 5_000


def fill(engine: Engine, release_id: str, count: int) -> None:
    """Bring the number of open tasks that wait for a role to `count`, one in each case."""
    with reading(engine) as db:
        there = db.execute(
            select(func.count()).select_from(user_task).where(user_task.c.role == "dsl")
        ).scalar_one()
    for start in range(there, count, _BATCH):
        _batch(engine, release_id, range(start, min(start + _BATCH, count)))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text("ANALYZE"))


def _batch(engine: Engine, release_id: str, numbers: range) -> None:
    now = ours.clock().now
    ids = [{"area_id": ours.AREA, "case_id": f"many-{n}"} for n in numbers]
    opened = {"opened_at": now, "opened_by": ours.WHO, "status": "open", "head_seq": 1, "head_hash": "x"}
    cases = [
        {
            "area_id": ours.AREA,
            "id": f"many-{n}",
            "reference": f"M-{n}",
            "organisation_id": ours.PLACE,
            "sealed": n % 50 == 0,
        }
        | opened
        for n in numbers
    ]
    denied = [
        one | {"person_id": ours.WHO, "relation": "denied", "since": now, "reason": "conflict of interest"}
        for n, one in zip(numbers, ids, strict=True)
        if n % 20 == 0
    ]
    runs = [
        one
        | {
            "id": one["case_id"],
            "process": "short",
            "release_id": release_id,
            "status": "running",
            "lock_version": 1,
        }
        | {"state": b"", "started_at": now, "started_by": ours.WHO}
        for one in ids
    ]
    tasks = [
        one
        | {
            "id": one["case_id"],
            "instance_id": one["case_id"],
            "token": "1",
            "element": "check",
            "name": "Check",
        }
        | {
            "role": "dsl",
            "organisation_id": ours.PLACE if n % 4 else "elsewhere",
            "state": "open",
            "properties": {},
        }
        | {"opened_at": now, "due_at": now + timedelta(minutes=n % 9_973)}
        for n, one in zip(numbers, ids, strict=True)
    ]
    with transaction(engine) as db:
        db.execute(insert(case), cases)
        db.execute(insert(case_member), denied)
        db.execute(insert(instance), runs)
        db.execute(insert(user_task), tasks)
        db.execute(insert(event), _filled(now, numbers))


def _filled(now: object, numbers: range) -> dict[str, object]:
    """The database refuses to change without an event; this one stands for the batch."""
    row = {
        "area_id": ours.AREA,
        "chain": f"filled-{numbers.start}",
        "seq": 1,
        "at": now,
        "kind": "case.opened",
    }
    return row | {"payload": "{}", "hash": "x"}


def page(engine: Engine, each: int) -> Cost:
    """The cost of a page of tasks to claim: the first, and one further on."""
    now = ours.clock().now
    with reading(engine) as db:
        who = people.actor(db, ours.WHO, now)
        cursor = inbox.to_claim(db, who, now=now, limit=100).next

    def look() -> None:
        with reading(engine) as db:
            for at in (None, cursor):
                assert len(inbox.to_claim(db, who, now=now, cursor=at, limit=20).items) == 20

    both = side_by_side({"ours": look}, 5, each)["ours"]
    return Cost(both.wall / 2, both.cpu / 2)
