"""Handrail itself, through the functions that the pages and the API call: every check on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine, event, insert

from bench.diagrams import files
from engine import cases, definitions, inbox, people, tables
from engine.database import transaction
from engine.deadlines import At, Deadlines
from policy.authorization import Actor

DEADLINES = Deadlines()
AREA, PLACE, WHO = "bench", "school", "amira"


def clock() -> At:
    return At(datetime.now(UTC), DEADLINES)


def populate(engine: Engine) -> str:
    """One area, one school, one practitioner, and the measured processes. Gives the release's id."""
    now = datetime.now(UTC)
    with transaction(engine) as db:
        db.execute(insert(tables.area), {"id": AREA, "name": "Bench"})
        db.execute(
            insert(tables.organisation), {"id": PLACE, "area_id": AREA, "name": "School", "kind": "school"}
        )
        who = {"id": WHO, "area_id": AREA, "name": "Amira", "issuer": "bench", "subject": WHO}
        db.execute(insert(tables.person), who)
        held = [
            {"person_id": WHO, "organisation_id": PLACE, "since": now, "role": r}
            for r in ("practitioner", "dsl")
        ]
        db.execute(insert(tables.role_held), held)
        return definitions.publish(db, AREA, files(), by=None, now=now).id


class Ours:
    """Starts and completes; a transaction each, the person read anew each time."""

    name = "Handrail"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def start(self, process: str) -> str:
        with transaction(self.engine) as db:
            opened = cases.open_case(
                db,
                self._who(db),
                process=process,
                subjects=[cases.Subject("Robin Example", "child")],
                answers={"note": "x"},
                organisation_id=PLACE,
                clock=clock(),
            )
        return opened.tasks[0]

    def complete(self, task_id: str, note: str) -> str:
        """Complete a task; gives the next one."""
        with transaction(self.engine) as db:
            done = inbox.complete(db, self._who(db), task_id, {"note": note}, clock())
        return done.next_tasks[0]

    def _who(self, db) -> Actor:
        return people.actor(db, WHO, datetime.now(UTC))


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects the statements that are executed meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
