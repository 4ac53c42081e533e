"""Runs the numbered files in `versions/`. `handrail migrate` is the way to start it."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from engine.tables import metadata


def run(connection: Connection) -> None:
    """Bring the database up to date, each file in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=False,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
