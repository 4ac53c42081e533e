"""A small partnership for the tests of pages: four people, one process, a database of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, Executable, insert, select

import web
from engine import definitions
from engine.audit.record import Ledger
from engine.database import connect, transaction
from engine.deadlines import At, Deadlines
from engine.tables import area, case, metadata, organisation, person, role_held
from web.demo_identity import ISSUER

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:5000"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday
PEOPLE = {
    "ana": ("Ana Reid", "Teacher", (("school", "practitioner"),)),
    "ben": ("Ben Shaw", "Deputy head", (("school", "dsl"), ("school", "practitioner"))),
    "dee": ("Dee Hart", "Head teacher", (("school", "dsl"),)),
    "cas": ("Cas Wood", "Constable", (("police", "practitioner"),)),
}


@dataclass
class Time:
    """A clock that stands still until it is moved."""

    now: datetime = NOW
    deadlines: Deadlines = field(default_factory=Deadlines)

    def __call__(self) -> At:
        return At(self.now, self.deadlines)

    def travel(self, **by: int) -> None:
        self.now += timedelta(**by)


def small_process() -> dict[str, bytes]:
    folder = HERE / "small"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def database(path: Path) -> Engine:
    """A database with the partnership in it and its process published."""
    engine = connect(f"sqlite:///{path}")
    metadata.create_all(engine)
    with transaction(engine) as db:
        db.execute(insert(area), {"id": "area", "name": "Westshire", "head_seq": 0, "head_hash": ""})
        for place, kind in (("school", "school"), ("police", "police")):
            row = {
                "id": place,
                "area_id": "area",
                "name": place.capitalize(),
                "kind": kind,
                "parent_id": None,
            }
            db.execute(insert(organisation), row)
        for name in PEOPLE:
            _add_person(db, name)
        definitions.publish(db, "area", small_process(), by=None, now=NOW)
    return engine


def _add_person(db, name: str) -> None:
    full, job, roles = PEOPLE[name]
    row = {"id": name, "area_id": "area", "name": full, "job_title": job, "issuer": ISSUER, "subject": name}
    db.execute(insert(person), row)
    for place, role in roles:
        held = {"person_id": name, "organisation_id": place, "role": role, "since": NOW - timedelta(days=9)}
        db.execute(insert(role_held), held)


def application(engine: Engine, time: Time, **settings) -> Flask:
    app = Flask("handrail", static_folder=None)
    chosen = {"address": ADDRESS, "secret_key": "for tests only", "demo_area": "area"} | settings
    app.jinja_env.bytecode_cache = COMPILED
    web.install(app, web.Context(engine, time, web.Settings(**chosen)))
    return app


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a test run, which takes longer than any test."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def meddle(engine: Engine, change: Executable) -> None:
    """Change what no command of the small process changes, with an event, as the database asks."""
    with transaction(engine) as db:
        row = db.execute(select(case)).one()
        ledger = Ledger(row.area_id, row.id, (row.head_seq, row.head_hash), NOW, None)
        db.execute(change)
        ledger.add("task.opened")
        ledger.write(db)
