"""What a running evaluation offers to the functions it calls. `run.Run` is the one that does."""

from typing import Any, Protocol


class Work(Protocol):
    calls: int

    def charge(self, steps: int) -> None:
        """Counts steps. Raises TooMuchWork when none are left."""

    def now(self) -> Any:
        """The present moment, as a FEEL date and time."""

    def note(self, start: int, end: int, message: str) -> None:
        """Keeps a problem, with its place in the text."""

    def enter_call(self) -> None:
        """One function deeper. Raises TooMuchWork when that is too deep."""
