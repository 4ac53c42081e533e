"""The cases of the demonstration, each at a moment worth looking at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from engine.deadlines import Deadlines
from handrail.demo import hub, keeping, police, powers, sharing
from handrail.demo.story import Story

STORIES: Final[tuple[Callable[[Story], None], ...]] = (
    *sharing.STORIES,
    *hub.STORIES,
    *police.STORIES,
    *powers.STORIES,
    *keeping.STORIES,
)
LONGEST: Final = timedelta(days=60)  # that a story reaches back


def load_cases(engine: Engine, now: datetime, deadlines: Deadlines | None = None) -> None:
    """Let the demo people work until `now`. Asks for a partnership that has no cases yet."""
    for tell in STORIES:
        story = Story(engine, now, deadlines or Deadlines(), now - LONGEST)
        tell(story)
        story.goes_on(now)
