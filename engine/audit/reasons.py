"""The reason that everybody gives who changes what a process would have done by itself."""

from __future__ import annotations

from engine.errors import InvalidInput, Problem

_LONGEST = 500


def checked_reason(reason: str) -> str:
    """The reason without the space around it. Raises InvalidInput when there is none, or a whole essay."""
    said = reason.strip()
    if not 1 <= len(said) <= _LONGEST:
        problem = Problem("reason", f"Say why, in up to {_LONGEST} characters")
        raise InvalidInput("Expected a reason.", problems=(problem,))
    return said
