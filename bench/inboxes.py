"""Fills an inbox with many open tasks, some sealed, some denied, and reads pages of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, func, insert, select

from bench import ours
from bench.databases import settle
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
    settle(engine)


def _batch(engine: Engine, release_id: str, numbers: range) -> None:
    now = ours.clock().now
    with transaction(engine) as db:
        db.execute(insert(case), [_case(n, now) for n in numbers])
        db.execute(insert(case_member), [_denied(n, now) for n in numbers if n % 20 == 0])
        db.execute(insert(instance), [_instance(n, now, release_id) for n in numbers])
        db.execute(insert(user_task), [_task(n, now) for n in numbers])
        db.execute(insert(event), _filled(now, numbers))


def _case(number: int, now: datetime) -> dict[str, object]:
    opened = {"opened_at": now, "opened_by": ours.WHO, "status": "open", "head_seq": 1, "head_hash": "x"}
    row = {"area_id": ours.AREA, "id": f"many-{number}", "reference": f"M-{number}"}
    return row | opened | {"organisation_id": ours.PLACE, "sealed": number % 50 == 0}


def _denied(number: int, now: datetime) -> dict[str, object]:
    who = {"person_id": ours.WHO, "relation": "denied", "since": now, "reason": "conflict of interest"}
    return _key(number) | who


def _instance(number: int, now: datetime, release_id: str) -> dict[str, object]:
    run = {"id": f"many-{number}", "process": "short", "release_id": release_id, "status": "running"}
    started = {"started_at": now, "started_by": ours.WHO}
    return _key(number) | run | started | {"lock_version": 1, "state": b""}


def _task(number: int, now: datetime) -> dict[str, object]:
    ids = {"id": f"many-{number}", "instance_id": f"many-{number}", "token": "1"}
    what = {"element": "check", "name": "Check", "properties": {}, "state": "open"}
    whose = {"role": "dsl", "organisation_id": ours.PLACE if number % 4 else "elsewhere"}
    when = {"opened_at": now, "due_at": now + timedelta(minutes=number % 9_973)}
    return _key(number) | ids | what | whose | when


def _key(number: int) -> dict[str, object]:
    return {"area_id": ours.AREA, "case_id": f"many-{number}"}


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
