"""What can go wrong: an expression that cannot be read, and work that grows past its budget."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class FeelError(Exception):
    """The expression cannot be read. `position` counts characters from 0."""

    def __init__(self, message: str, position: int = 0, length: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.length = length


class NoResult(Exception):
    """What a built-in function raises when its values are wrong, where null would be an answer.

    `calls.call` makes it null with a problem, so it is never seen outside.
    """


class TooMuchWork(FeelError):
    """The expression is too long, nested too deeply, or runs for too long."""


@contextmanager
def not_too_deep() -> Iterator[None]:
    """Turns Python's own limit, which the host may have nearly used up, into one of ours."""
    try:
        yield
    except RecursionError as error:
        raise TooMuchWork("Expected less nesting, but this goes too deep.") from error


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place in the text. Never holds a value, so it is safe to log."""

    position: int
    length: int
    message: str
