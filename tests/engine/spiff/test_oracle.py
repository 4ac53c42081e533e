"""Random processes run as the standard says: the engine, saved and loaded between every two steps, against
the oracle. `HANDRAIL_DIAGRAMS` is how many; `tests.engine.spiff.fuzz` plays a million.
"""

from __future__ import annotations

import os

import pytest

from .pair import play

DIAGRAMS = int(os.environ.get("HANDRAIL_DIAGRAMS", "400"))
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
PARTS = 40


@pytest.mark.parametrize("part", range(PARTS))
def test_random_processes_run_as_the_standard_says(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, PARTS):
        play(seed)
