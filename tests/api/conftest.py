"""The small partnership on a real database, and its people as clients."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from engine import tables
from engine.database import reading, transaction
from tests.api.small_partnership import PLAN, Person, Site, opening, populate, publish_errand


@pytest.fixture
def site(engine: Engine, clock: Any) -> Site:
    with transaction(engine) as db:
        populate(db)
    return Site(engine, clock)


@pytest.fixture
def errand(site: Site) -> None:
    """The processes in force are one small errand: prepare it, have it checked, perhaps again."""
    with transaction(site.engine) as db:
        publish_errand(db)


@pytest.fixture
def app(site: Site) -> Flask:
    return site.app()


@pytest.fixture
def person(app: Flask, site: Site) -> Callable[[str], Person]:
    """Gives somebody of the partnership, with a fresh token."""
    return lambda id_: site.person(id_, app.test_client())


@pytest.fixture
def amira(person: Callable[[str], Person]) -> Person:
    return person("amira")


@pytest.fixture
def dana(person: Callable[[str], Person]) -> Person:
    return person("dana")


@pytest.fixture
def opened(errand: None, amira: Person) -> dict[str, Any]:
    """An errand that Amira has opened."""
    response = amira.post("/cases", opening())
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json
    return found


@pytest.fixture
def prepared(amira: Person, opened: dict[str, Any]) -> dict[str, Any]:
    """An errand that waits to be checked."""
    response = amira.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN)
    assert response.status_code == 200, response.text
    return opened


@pytest.fixture
def digest(site: Site) -> Callable[[], str]:
    """Gives the fingerprint of everything in the database, to show that nothing changed."""

    def take() -> str:
        sums = hashlib.sha256()
        with reading(site.engine) as db:
            for table in tables.metadata.sorted_tables:
                for row in db.execute(select(table).order_by(*table.primary_key.columns)):
                    sums.update(repr((table.name, tuple(row))).encode())
        return sums.hexdigest()

    return take
