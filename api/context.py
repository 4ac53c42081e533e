"""What the API needs from whoever starts it: a database, the time and the settings. Nothing is global."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from engine.execution import Clock
from policy.authorization import Actor


class Context(Protocol):
    """Anything with these three will do; the pages use the same object."""

    @property
    def engine(self) -> Engine: ...

    @property
    def settings(self) -> Any: ...

    def clock(self) -> Clock:
        """The instant one request runs at, with the partnership's named clocks."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as a route sees it: the open transaction, who asks, and what they asked for.

    `cursor` and `limit` are set on routes that give pages.
    """

    db: Connection
    by: Actor
    clock: Clock
    cursor: str | None = None
    limit: int = 20
