"""An instance saved and loaded between every two commands runs as one that never left memory, whatever is
drawn.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from engine import execution as x
from engine.errors import TaskGone
from engine.spiff import codec, commands
from engine.spiff.journal import Journal
from engine.spiff.script import Expressions
from engine.spiff.workflow import Instance

from .drawing import Run
from .random_diagrams import Drawing
from .random_events import MESSAGES, SIGNALS

DIAGRAMS = int(os.environ.get("HANDRAIL_DIAGRAMS", "400")) // 4
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
PARTS = 10
STEPS = 20
MANY = 60


class Both(Run):
    """Every command is done twice: on the saved state, and on an instance that stays in memory."""

    memory: Instance | None = None

    def do(self, command: x.Command) -> x.Result:
        result = super().do(command)
        if self.memory is None:
            self.memory = Instance(self.bundle.spec, self.bundle.specs, Expressions(self.clock))
        self.memory.journal = Journal()
        commands.apply(self.memory, command)
        assert self.memory.journal.result(codec.dump(self.memory), self.memory.status) == result
        return result

    def agree(self) -> None:
        """What was told, command by command, adds up to what is there."""
        seen = commands.look(self.bundle, self.state or b"").tokens
        assert sorted(self.tasks) == sorted(place.token for place in seen if place.why == "task")
        assert seen or self.status == "completed"


def begun(seed: int, random: Random, run: type[Run] = Run) -> Run:
    drawing = Drawing(seed)
    event = random.choice([None, *(start.id for start in drawing.starts)])
    return run(drawing.bpmn, variables={"n": random.randint(0, 9)}, event=event)


def moves(run: Run, random: Random) -> list[Any]:
    found: list[Any] = (
        [lambda: run.complete(random.choice(run.open()), n=random.randint(0, 9))] * 5 * bool(run.tasks)
    )
    found.append(lambda: run.message(random.choice(MESSAGES)))
    found.append(lambda: run.signal(random.choice(SIGNALS)))
    found.append(lambda: run.advance(hours=random.randint(1, 12)))
    found.append(lambda: run.do(x.SetVariables({"n": random.randint(0, 9)})))
    stuck = list(run.failures)
    return found + [lambda: run.do(x.Retry(random.choice(stuck)))] * bool(stuck)


@pytest.mark.parametrize("part", range(PARTS))
def test_saving_and_loading_changes_nothing(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, PARTS):
        random = Random(seed)
        run = begun(seed, random, Both)
        for _ in range(STEPS):
            assert isinstance(run, Both)
            run.agree()
            if run.status != "running" or len(run.tasks) > MANY:
                break
            try:
                random.choice(moves(run, random))()
            except TaskGone:
                continue  # nobody waited for it
