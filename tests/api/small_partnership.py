"""A small partnership for the tests of the API, its errand of a process, and people who talk JSON to it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, insert
from werkzeug.test import Client, TestResponse

import api
from engine import definitions, tables, tokens
from engine.database import transaction
from engine.deadlines import At, Deadlines

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
DEADLINES = Deadlines()
ERRAND = Path(__file__).parent / "errand"
# One kind of database is enough for most tests: test_share_information and test_fuzz run on both.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ORGANISATIONS = (
    {"id": "council", "area_id": "north", "name": "Council", "kind": "council", "parent_id": None},
    {"id": "school", "area_id": "north", "name": "School", "kind": "school", "parent_id": "council"},
    {"id": "police", "area_id": "north", "name": "Police", "kind": "police", "parent_id": None},
    {"id": "elsewhere", "area_id": "south", "name": "Elsewhere", "kind": "school", "parent_id": None},
)
PEOPLE = (  # id, area, ((organisation, role), …)
    ("amira", "north", (("school", "practitioner"),)),
    ("ben", "north", (("school", "practitioner"),)),
    ("dana", "north", (("school", "dsl"),)),
    ("carl", "north", (("council", "caldicott_guardian"), ("council", "ig_lead"))),
    ("vic", "north", (("council", "auditor"),)),
    ("zoe", "north", (("school", "practitioner"), ("school", "dsl"))),
    ("olu", "south", (("elsewhere", "practitioner"), ("elsewhere", "dsl"))),
)


class Now(Protocol):
    now: datetime


@dataclass(frozen=True)
class Site:
    """What the API is started with."""

    engine: Engine
    travelling: Now
    settings: dict[str, Any] = field(default_factory=dict)

    def clock(self) -> At:
        return At(self.travelling.now, DEADLINES)

    def app(self) -> Flask:
        outer = Flask("outer")
        api.install(outer, self)
        return outer

    def person(self, id_: str, client: Client) -> Person:
        with transaction(self.engine) as db:
            return Person(id_, tokens.issue(db, id_, "test", 30, self.travelling.now), client)


@dataclass(frozen=True)
class Person:
    """Somebody who uses the API with their token. Every change gets a fresh key unless the test gives one."""

    id: str
    token: str
    client: Client

    _keys = itertools.count()

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self._ask("GET", path, **rest)

    def post(self, path: str, body: Any = None, **rest: Any) -> TestResponse:
        return self._ask("POST", path, body, **rest)

    def put(self, path: str, body: Any = None, **rest: Any) -> TestResponse:
        return self._ask("PUT", path, body, **rest)

    def delete(self, path: str, **rest: Any) -> TestResponse:
        return self._ask("DELETE", path, **rest)

    def _ask(
        self, method: str, path: str, body: Any = None, key: str | None = None, **rest: Any
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}"}
        if method != "GET":
            headers["Idempotency-Key"] = key or f"attempt-{next(self._keys)}"
        headers |= rest.pop("headers", {})
        if body is not None:
            rest["json"] = body
        return self.client.open("/api/v1" + path, method=method, headers=headers, **rest)


def populate(db: Connection) -> None:
    """Two areas with their people."""
    db.execute(insert(tables.area), [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}])
    db.execute(insert(tables.organisation), list(ORGANISATIONS))
    for id_, area_id, roles in PEOPLE:
        who = {"id": id_, "area_id": area_id, "name": id_.title(), "issuer": "test", "subject": id_}
        db.execute(insert(tables.person), who)
        since = {"person_id": id_, "since": LONG_AGO}
        held = [since | {"organisation_id": place, "role": role} for place, role in roles]
        db.execute(insert(tables.role_held), held)


def publish_errand(db: Connection, old: bytes = b"", new: bytes = b"") -> None:
    """Put the errand in force in the north, as it is drawn or with one change."""
    files = {str(p.relative_to(ERRAND)): p.read_bytes() for p in sorted(ERRAND.rglob("*.*"))}
    files["errand.bpmn"] = files["errand.bpmn"].replace(old, new, 1)
    definitions.publish(db, "north", files, by=None, now=LONG_AGO + timedelta(days=1))


# An errand -------------------------------------------------------------------------------------------------

SAM = {"name": "Sam Made-Up", "part": "child", "date_of_birth": "2014-03-09"}
PLAN = {"answers": {"plan": "Walk there"}}
AGREED = {"answers": {"agree": "yes", "reason": "Short and safe"}}


def opening(**change: Any) -> dict[str, Any]:
    body = {
        "process": "errand",
        "organisation_id": "school",
        "subjects": [SAM],
        "answers": {"errand": "Fetch milk"},
    }
    return body | change


def waiting(person: Person) -> list[dict[str, Any]]:
    """What somebody could claim."""
    items: list[dict[str, Any]] = person.get("/inbox/to_claim").json["items"]
    return items


def every_page(person: Person, path: str) -> list[dict[str, Any]]:
    """The items of all pages of a list, two at a time."""
    found, cursor = [], ""
    while cursor is not None:
        page = person.get(f"{path}?limit=2" + (f"&cursor={cursor}" if cursor else "")).json
        found += page["items"]
        cursor = page["next"]
    return found
