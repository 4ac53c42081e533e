"""Keyset pages: a list cut after a row, not after a count, so every page costs what the first does."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from engine.errors import InvalidInput

Item = TypeVar("Item")
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items and the cursor of the page after them, or None at the end."""

    items: tuple[Item, ...]
    next: str | None = None


def checked_limit(limit: int) -> int:
    """Between 1 and 100."""
    if not 1 <= limit <= LONGEST:
        raise InvalidInput(f"Expected a limit of 1 to {LONGEST}.")
    return limit


def cursor_of(at: datetime, last_id: str) -> str:
    """An opaque cursor for the row that sorts by (`at`, `last_id`)."""
    return base64.urlsafe_b64encode(f"{at.astimezone(UTC).isoformat()}|{last_id}".encode()).decode()


def read_cursor(cursor: str) -> tuple[datetime, str]:
    """What `cursor_of` put in. Raises InvalidInput for anything else."""
    try:
        at, last_id = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        instant = datetime.fromisoformat(at)
        known = instant.astimezone(UTC) and instant.tzinfo is not None and last_id.replace("-", "").isalnum()
    except (ValueError, OverflowError, binascii.Error) as error:
        raise InvalidInput("Expected a cursor from the page before.") from error
    if not known:
        raise InvalidInput("Expected a cursor from the page before.")
    return instant, last_id
