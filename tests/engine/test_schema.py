"""The migrations build exactly the tables that the code describes, forth and back, on both databases."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from engine import schema
from engine.database import connect, reading
from engine.tables import metadata


def test_the_migrations_build_what_the_tables_say(engine: Engine) -> None:
    with reading(engine) as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_every_migration_can_be_undone_and_done_again(database_url: str) -> None:
    engine = connect(database_url)
    schema.upgrade(engine)
    schema.downgrade(engine)

    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}

    schema.upgrade(engine)
    assert schema.present(engine) == schema.newest()
    engine.dispose()
