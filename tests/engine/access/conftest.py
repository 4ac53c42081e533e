"""The county on a real database of each kind, in one transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from engine import schema
from engine.database import connect
from tests.conftest import fresh_postgres
from tests.engine.access import county


@pytest.fixture(scope="package", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('access') / 'handrail.sqlite3'}"
    else:
        yield from fresh_postgres(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="package")
def empty(url: str) -> Iterator[Engine]:
    """One database of each kind for the whole folder: no test commits anything."""
    made = connect(url)
    schema.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def db(empty: Engine) -> Iterator[Connection]:
    with empty.connect() as connection, connection.begin() as everything:
        county.found(connection)
        yield connection
        everything.rollback()
