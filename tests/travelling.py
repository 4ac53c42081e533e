"""A clock that a test moves. Nothing in a test sleeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.deadlines import Deadlines
from engine.execution import Reckoning
from policy.clocks import Pause

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)  # a Tuesday morning in term


@dataclass
class TravellingClock:
    """An `engine.execution.Clock` that a test moves."""

    now: datetime = NOW
    deadlines: Deadlines = field(default_factory=Deadlines)

    def reckon(
        self, name: str, start: datetime, pauses: Sequence[Pause] = (), organisation: str | None = None
    ) -> Reckoning:
        return self.deadlines.reckon(name, start, pauses, organisation)

    def travel(self, **by: float) -> TravellingClock:
        """Move forward: `clock.travel(hours=1)`."""
        self.now += timedelta(**by)
        return self
