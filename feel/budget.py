"""How much work one evaluation may do. A step is about one small operation, some 100 ns to 1 µs."""

from dataclasses import dataclass

MAX_LENGTH = 20_000
"""Characters in one expression."""

MAX_NESTING = 40
"""Brackets, conditions and loops inside one another."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`steps` bounds work and memory, `seconds` wall time, `calls` functions inside functions."""

    steps: int = 1_000_000
    seconds: float = 1.0
    calls: int = 100


DEFAULT = Budget()
