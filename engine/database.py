"""Opens the database and its transactions, on SQLite and PostgreSQL. Knows nothing of what the rows mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

# NORMAL loses acknowledged work in a power cut; FULL does not.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
)
_POSTGRESQL_OPTIONS = "-c lock_timeout=10s -c statement_timeout=60s -c timezone=UTC"


def connect(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://…`. Anything else is refused."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _require_events(_sqlite(parsed.database, url))
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        options = {"options": _POSTGRESQL_OPTIONS}
        return _require_events(
            create_engine(
                parsed, pool_pre_ping=True, pool_size=10, connect_args=options, hide_parameters=True
            )
        )
    raise ValueError(f"Expected a sqlite or postgresql address, but got {parsed.get_backend_name()}.")


class Unrecorded(RuntimeError):
    """A command changed something without recording an event, so it may not commit."""


# What nobody may change silently: INSERT, UPDATE or DELETE here needs an event in the same transaction.
_WITNESSED = re.compile(
    r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(case|case_subject|case_member|instance|user_task|timer'
    r'|subscription|inbound_message|record|correction|document|document_content|incident|release)"?\s'
)
_EVENT = re.compile(r"\s*INSERT INTO event\s")


@lru_cache(maxsize=1024)  # a service says the same few hundred statements again and again
def _does(statement: str) -> str | None:
    """Whether a statement records an event, or changes what needs one."""
    if _EVENT.match(statement):
        return "recorded"
    return "changed" if _WITNESSED.match(statement) else None


def _require_events(engine: Engine) -> Engine:
    """Keep the promise that every change has its event, whatever code made the change."""

    @event.listens_for(engine, "before_cursor_execute")
    def _watch(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if (what := _does(statement)) is not None:
            connection.info[what] = True

    @event.listens_for(engine, "commit")
    def _check(connection: Connection) -> None:
        if connection.info.pop("changed", False) and not connection.info.pop("recorded", False):
            raise Unrecorded
        connection.info.pop("recorded", None)

    @event.listens_for(engine, "rollback")
    def _forget(connection: Connection) -> None:
        if connection.invalidated:  # the server went away, and what was noted went with it
            return
        connection.info.pop("changed", None)
        connection.info.pop("recorded", None)

    return engine


def _sqlite(path: str | None, url: str) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions behind our back
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # Read-then-write upgrades fail under load, so a transaction that may write says so at once.
        mode = "DEFERRED" if connection.get_execution_options().get("read_only") else "IMMEDIATE"
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """One command, one transaction: everything commits together or nothing does."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look. Writing in it is a mistake; on SQLite it does not wait for writers."""
    with engine.connect().execution_options(read_only=True) as connection, connection.begin():
        yield connection
