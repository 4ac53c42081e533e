"""What can go wrong with a model, and in an evaluation."""

from dataclasses import dataclass


class DmnError(Exception):
    """The file is not a DMN model, or asks for something that it does not have."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is null. `where` is the decision or function; never holds a value."""

    where: str
    message: str
    position: int = 0
    length: int = 0
