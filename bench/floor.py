"""No engine at all: a hand-written state machine that writes the same rows on Core."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Engine, bindparam, insert, select, update

from engine.audit.chain import canonical, first_hash, next_hash
from engine.database import transaction
from engine.identifiers import new_id, new_reference
from engine.tables import FAR, case, case_member, case_subject, event, instance, user_task

_FIND = (
    select(
        user_task, instance.c.state.label("at"), instance.c.lock_version, case.c.head_seq, case.c.head_hash
    )
    .join(instance, (instance.c.area_id == user_task.c.area_id) & (instance.c.id == user_task.c.instance_id))
    .join(case, (case.c.area_id == user_task.c.area_id) & (case.c.id == user_task.c.case_id))
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t"))
    .with_for_update()
)
_CLOSE = (
    update(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t"))
    .values(state="completed", closed_at=bindparam("now"), completed_by=bindparam("p"))
)
_SAVE = (
    update(instance)
    .where(
        instance.c.area_id == bindparam("a"),
        instance.c.id == bindparam("i"),
        instance.c.lock_version == bindparam("v"),
    )
    .values(state=bindparam("s"), lock_version=bindparam("v") + 1)
)
_HEAD = (
    update(case)
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
    .values(head_seq=bindparam("seq"), head_hash=bindparam("hash"))
)
_CASE, _SUBJECT, _MEMBER = insert(case), insert(case_subject), insert(case_member)
_INSTANCE, _TASK, _EVENT = insert(instance), insert(user_task), insert(event)
_EVENTS_OF_START = ("case.opened", "instance.started", "task.opened")
_EVENTS_OF_STEP = ("task.completed", "variables.changed", "task.opened")


class Floor:
    """Starts and completes; a transaction each. The process is a number that counts up."""

    name = "floor"

    def __init__(self, engine: Engine, release_id: str) -> None:
        self.engine, self.release_id = engine, release_id

    def start(self, process: str) -> str:
        ids = {"area_id": "bench", "case_id": new_id()}
        now = datetime.now(UTC)
        run = {**ids, "id": new_id(), "process": process, "release_id": self.release_id, "status": "running"}
        with transaction(self.engine) as db:
            row = {
                "area_id": "bench",
                "id": ids["case_id"],
                "reference": new_reference(),
                "organisation_id": "school",
            }
            row |= {"opened_at": now, "opened_by": "amira", "status": "open", "head_seq": 0, "head_hash": ""}
            db.execute(_CASE, row)
            db.execute(_SUBJECT, {**ids, "id": new_id(), "name": "Robin Example", "part": "child"})
            since = {"person_id": "amira", "relation": "lead", "since": now, "reason": "opened the case"}
            db.execute(_MEMBER, {**ids, **since})
            state = orjson.dumps({"step": 0, "note": "x"})
            db.execute(
                _INSTANCE,
                {**run, "lock_version": 1, "state": state, "started_at": now, "started_by": "amira"},
            )
            task = self._open(db, ids | {"instance_id": run["id"]}, 0, now)
            self._record(db, ids, (0, ""), _EVENTS_OF_START, now)
        return task

    def complete(self, task_id: str, note: str) -> str:
        """Complete a task; gives the next one."""
        now = datetime.now(UTC)
        with transaction(self.engine) as db:
            row = db.execute(_FIND, {"a": "bench", "t": task_id}).one()
            if row.state != "open" or row.assignee_id != "amira" or not isinstance(note, str):
                raise ValueError("Expected an open task of one's own.")
            step = orjson.loads(row.at)["step"] + 1
            db.execute(_CLOSE, {"a": "bench", "t": task_id, "p": "amira", "now": now})
            state = orjson.dumps({"step": step, "note": note})
            db.execute(_SAVE, {"a": "bench", "i": row.instance_id, "v": row.lock_version, "s": state})
            ids = {"area_id": "bench", "case_id": row.case_id}
            task = self._open(db, ids | {"instance_id": row.instance_id}, step, now)
            self._record(db, ids, (row.head_seq, row.head_hash), _EVENTS_OF_STEP, now)
        return task

    def _open(self, db: Any, ids: dict[str, str], step: int, now: datetime) -> str:
        task_id = new_id()
        row = {**ids, "id": task_id, "token": f"{step}", "element": f"task_{step}", "name": f"Task {step}"}
        row |= {"organisation_id": "school", "assignee_id": "amira", "state": "open", "form": "note"}
        db.execute(_TASK, row | {"properties": {}, "opened_at": now, "due_at": FAR})
        return task_id

    def _record(self, db: Any, ids: dict[str, str], head: tuple[int, str], kinds: Any, now: datetime) -> None:
        chain = ids["case_id"]
        seq, last = head[0], head[1] or first_hash(chain)
        rows = []
        for kind in kinds:
            seq += 1
            row = {
                "area_id": "bench",
                "chain": chain,
                "seq": seq,
                "at": now,
                "kind": kind,
                "actor_id": "amira",
            }
            row |= {"actor_role": None, "instance_id": None, "task_id": None, "element": None}
            row["payload"] = canonical({"name": "Task"})
            last = row["hash"] = next_hash(last, row)
            rows.append(row)
        db.execute(_EVENT, rows)
        db.execute(_HEAD, {"a": "bench", "c": chain, "seq": seq, "hash": last})
