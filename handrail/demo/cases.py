"""The cases of the demonstration, each at a moment worth looking at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from engine.deadlines import Deadlines
from handrail.demo.story import Story, chapters
from handrail.demo.telling import Telling

LONGEST: Final = timedelta(days=60)  # that a story reaches back


def stories() -> tuple[Story, ...]:
    """All stories, chapter by chapter."""
    return tuple(story for chapter in chapters().values() for story in chapter)


def load_cases(engine: Engine, now: datetime, deadlines: Deadlines | None = None) -> None:
    """Let the demo people work until `now`. Asks for a partnership that has no cases yet."""
    for story in stories():
        Telling(engine, story, now, deadlines or Deadlines(), now - LONGEST).tell()


def finds() -> dict[str, list[str]]:
    """What each person finds of the stories, in their order, by person. Nothing for an onlooker."""
    found: dict[str, list[str]] = {}
    for story in stories():
        for person, what in story.finds.items():
            if what not in found.setdefault(person, []):
                found[person].append(what)
    return found
