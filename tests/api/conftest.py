"""A small partnership on a real database, its clock in the test's hand, and clients that talk JSON."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, insert
from werkzeug.test import Client, TestResponse

import api
from engine import tables, tokens
from engine.database import connect, transaction
from engine.deadlines import At, Deadlines

DEADLINES = Deadlines()
NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)

ORGANISATIONS = (
    {"id": "council", "area_id": "north", "name": "Council", "kind": "council", "parent_id": None},
    {"id": "school", "area_id": "north", "name": "School", "kind": "school", "parent_id": "council"},
    {"id": "care", "area_id": "north", "name": "Care", "kind": "childrens_services", "parent_id": "council"},
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


@dataclass
class Instant:
    """The time in a test. Nothing waits: a test travels."""

    now: datetime = NOON

    def travel(self, by: timedelta) -> None:
        self.now += by


@dataclass(frozen=True)
class Context:
    """What the API is started with."""

    engine: Engine
    instant: Instant
    settings: dict[str, Any] = field(default_factory=dict)

    def clock(self) -> At:
        return At(self.instant.now, DEADLINES)


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


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = connect(f"sqlite:///{tmp_path}/handrail.sqlite3")
    populate(made)
    yield made
    made.dispose()


def populate(engine: Engine) -> None:
    tables.metadata.create_all(engine)
    with transaction(engine) as db:
        db.execute(insert(tables.area), [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}])
        db.execute(insert(tables.organisation), list(ORGANISATIONS))
        for id_, area_id, roles in PEOPLE:
            who = {"id": id_, "area_id": area_id, "name": id_.title(), "issuer": "test", "subject": id_}
            db.execute(insert(tables.person), who)
            since = {"person_id": id_, "since": NOON - timedelta(days=30)}
            held = [since | {"organisation_id": place, "role": role} for place, role in roles]
            db.execute(insert(tables.role_held), held)


@pytest.fixture
def instant() -> Instant:
    return Instant()


@pytest.fixture
def site(engine: Engine, instant: Instant) -> Context:
    return Context(engine, instant)


@pytest.fixture
def app(site: Context) -> Flask:
    outer = Flask("outer")
    api.install(outer, site)
    return outer


@pytest.fixture
def person(app: Flask, site: Context) -> Callable[[str], Person]:
    """Gives somebody of the partnership, with a fresh token."""

    def give(id_: str, client: Client | None = None) -> Person:
        with transaction(site.engine) as db:
            token = tokens.issue(db, id_, "test", 30, site.instant.now)
        return Person(id_, token, client or app.test_client())

    return give


@pytest.fixture
def amira(person: Callable[[str], Person]) -> Person:
    return person("amira")
