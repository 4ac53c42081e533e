"""Brings a database to the newest schema, with Alembic, from the numbered files in `migrations/`."""

from __future__ import annotations

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from engine.database import reading, transaction


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("migrations")))
    return config


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run every migration that has not run yet, in one transaction."""
    config = _config()
    with transaction(engine) as db:
        config.attributes["connection"] = db
        command.upgrade(config, to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Undo migrations, in one transaction. Data in what is undone is lost."""
    config = _config()
    with transaction(engine) as db:
        config.attributes["connection"] = db
        command.downgrade(config, to)


def newest() -> str:
    """The number of the newest migration."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def present(engine: Engine) -> str:
    """The number of the last migration that ran, or "" on an empty database."""
    with reading(engine) as db:
        return MigrationContext.configure(db).get_current_revision() or ""
