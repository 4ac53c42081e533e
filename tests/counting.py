"""Counts the statements that an engine runs, so that nobody adds one unnoticed."""

from __future__ import annotations

from sqlalchemy import Engine, event


class Counted:
    """The statements an engine runs while this is open, the beginning of the transaction left out."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.statements = engine, list[str]()

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._hear)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self.statements.append(statement)
