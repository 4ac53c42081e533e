"""A process that only takes steps, in a partnership of its own, for tests that break things."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, insert

from engine import cases, definitions, people
from engine.cases import Subject
from engine.database import transaction
from engine.execution import Clock
from engine.tables import area, organisation, person, role_held
from policy.authorization import Actor

HERE = Path(__file__).parent
FILES = {
    "steps.bpmn": (HERE / "steps.bpmn").read_bytes(),
    "forms/step.form": (HERE / "step.form").read_bytes(),
}
PEOPLE = ("ada", "ben")


def load(engine: Engine, clock: Clock) -> None:
    """One school with two practitioners, and the process published."""
    with transaction(engine) as db:
        db.execute(insert(area), {"id": "a", "name": "Area"})
        db.execute(insert(organisation), {"id": "o", "area_id": "a", "name": "School", "kind": "school"})
        for name in PEOPLE:
            who = {"id": name, "area_id": "a", "name": name.title(), "issuer": "i", "subject": name}
            db.execute(insert(person), who)
            held = {"person_id": name, "organisation_id": "o", "role": "practitioner", "since": clock.now}
            db.execute(insert(role_held), held)
        definitions.publish(db, "a", FILES, by=None, now=clock.now)


def actor(db: Connection, name: str, clock: Clock) -> Actor:
    return people.actor(db, name, clock.now)


def open_case(db: Connection, by: Actor, clock: Clock, key: str | None = None) -> cases.Opened:
    return cases.open_case(
        db,
        by,
        process="steps",
        subjects=[Subject("A. Child", "child")],
        answers={"go_on": "yes"},
        organisation_id="o",
        clock=clock,
        key=key,
    )
