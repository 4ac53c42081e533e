"""A command that dies at any point leaves nothing behind: done again, it gives what it would have given.

The process is thought to die in the middle of some call, so nothing may catch what kills it.
"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import asdict
from inspect import CO_GENERATOR
from random import Random
from types import FrameType
from typing import Any

import pytest

from engine import execution as x
from engine.errors import TaskGone
from engine.spiff import commands

from .drawing import Run
from .test_restoring import MANY, begun, moves

DIAGRAMS = int(os.environ.get("HANDRAIL_DIAGRAMS", "400")) // 8
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
PARTS = 10
STEPS = 12


class Killed(BaseException):
    """The process is gone."""


class Calls:
    """Counts calls, and dies at one of them: never in a garbage collection, which swallows every error."""

    def __init__(self, last: int | None = None) -> None:
        self.made = 0
        self.last = last

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        closing = frame.f_code.co_flags & CO_GENERATOR  # where nothing can be raised
        if event == "call" and not closing:
            self.made += 1
            if self.made == self.last:
                raise Killed

    def __enter__(self) -> Calls:
        self.before = sys.getprofile()
        gc.disable()
        sys.setprofile(self)
        return self

    def __exit__(self, *error: object) -> None:
        sys.setprofile(self.before)
        gc.enable()


class Dying(Run):
    """Before each command is done, it is begun and killed, at three different calls."""

    killed = 0
    random: Random

    def do(self, command: x.Command) -> x.Result:
        undisturbed, state, _ = self.tried(command)
        *_, before = self.tried(command)  # without what is worked out once, the first time
        specs = drawn(self)
        for _ in range(3):
            with pytest.raises(Killed), Calls(self.random.randint(1, before)):
                commands.run(self.bundle, self.state, command, self.clock)
            self.killed += 1
        assert self.state == state and drawn(self) == specs
        assert self.tried(command)[0] == undisturbed
        return super().do(command)

    def tried(self, command: x.Command) -> tuple[x.Result, bytes | None, int]:
        """What a command gives, the state before it, and how many calls it takes."""
        with Calls() as calls:
            result = commands.run(self.bundle, self.state, command, self.clock)
        return result, self.state, calls.made - 1  # without the way out of `Calls`


def drawn(run: Run) -> dict[str, Any]:
    """Everything that is kept between commands: nothing ever writes to it."""
    return {
        f"{process} {name}": {key: repr(value) for key, value in vars(spec).items()}
        for process, scope in run.bundle.specs.items()
        for name, spec in scope.task_specs.items()
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_a_command_that_dies_half_way_leaves_everything_as_it_was(part: int) -> None:
    killed = 0
    for seed in range(FIRST + part, FIRST + DIAGRAMS, PARTS):
        random = Dying.random = Random(seed)
        run = begun(seed, random, Dying)
        for _ in range(STEPS):
            if run.status != "running" or len(run.tasks) > MANY:
                break
            try:
                random.choice(moves(run, random))()
            except TaskGone:
                continue
        assert isinstance(run, Dying)
        killed += run.killed

    assert killed >= 3 * (DIAGRAMS // PARTS)


def test_the_killing_is_real() -> None:
    """A counted call is a call of the engine's, and dying there gives no result."""
    run = begun(3, Random(3))
    with pytest.raises(Killed), Calls(200):
        commands.run(run.bundle, None, x.Start({"n": 1}), run.clock)

    assert asdict(commands.run(run.bundle, None, x.Start({"n": 1}), run.clock))
