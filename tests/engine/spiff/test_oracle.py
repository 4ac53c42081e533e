"""Random processes run as the standard says: the engine, saved and loaded between every two steps, against
the oracle.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from engine.errors import TaskGone

from .drawing import Run, timedelta
from .oracle import Oracle
from .random_diagrams import MESSAGES, SIGNALS, Drawing

DIAGRAMS = int(os.environ.get("HANDRAIL_FUZZ", "150"))
FIRST = int(os.environ.get("HANDRAIL_FUZZ_FROM", "0"))
STEPS = 25
MANY = 60  # tokens: enough is enough


class Pair:
    """One process in the engine and in the oracle. Every step is done to both, then they must agree."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        drawing = Drawing(seed, size=Random(seed).choice((3, 5, 8)))
        n = self.random.randint(0, 9)
        self.oracle = Oracle(drawing.scope, n)
        self.run = Run(drawing.bpmn, variables={"n": n})
        self.done = [f"n={n}"]
        self.stranded: set[str] = set()  # joins at which tokens have waited, perhaps in vain
        self.agree()

    def agree(self) -> None:
        said = "\n".join(self.done)
        assert self.run.places() == self.oracle.places(), said
        assert (self.run.status == "completed") == self.oracle.over, said
        assert Counter(self.run.trail) == self.oracle.passed, said
        assert self.run.open() == sorted(wait.node.id for wait in self.oracle.tasks()), said
        assert self.run.variables["n"] == self.oracle.top.names["n"], said
        assert sorted(t.element for t in self.run.timers.values()) == sorted(
            w.node.id for w in self.oracle.timers()
        ), said
        joins = {node for node in self.oracle.places() if node.startswith(("and", "or"))}
        assert {failure.element for failure in self.run.failures.values()} <= joins | self.stranded, said
        self.stranded |= joins

    def step(self) -> bool:
        """Do something possible. False when nothing is."""
        moves = [self.complete] * 4 * bool(self.run.tasks) + [self.message, self.signal, self.travel]
        if self.oracle.over or len(self.oracle.waits) > MANY:
            return False
        self.random.choice(moves)()
        self.agree()
        return True

    def complete(self) -> None:
        element = self.random.choice(sorted({task.element for task in self.run.tasks.values()}))
        mine = sorted((w for w in self.oracle.tasks() if w.node.id == element), key=lambda wait: wait.seq)
        theirs = sorted((t.token for t in self.run.tasks.values() if t.element == element), key=int)
        nth, n = self.random.randrange(len(mine)), self.random.randint(0, 9)
        self.done.append(f"complete {element} #{nth} n={n}")
        self.oracle.complete(mine[nth], n)
        self.run.complete(
            element,
            [task.token for task in self.run.tasks.values() if task.element == element].index(theirs[nth]),
            n=n,
        )

    def message(self) -> None:
        name = self.random.choice(MESSAGES)
        self.done.append(f"message {name}")
        if self.oracle.listening("message", name):
            self.oracle.message(name)
            self.run.message(name)
        else:
            with pytest.raises(TaskGone):
                self.run.message(name)

    def signal(self) -> None:
        name = self.random.choice(SIGNALS)
        self.done.append(f"signal {name}")
        if self.oracle.listening("signal", name):
            self.oracle.signal(name)
            self.run.signal(name)
        else:
            with pytest.raises(TaskGone):
                self.run.signal(name)

    def travel(self) -> None:
        """Let time pass; what falls due fires in order."""
        until = self.oracle.now + self.random.randint(1, 12)
        self.done.append(f"until {until}")
        while (due := self.oracle.timers()) and (due[0].due or 0) <= until:
            self.oracle.now = max(self.oracle.now, due[0].due or 0)
            self.run.advance_to_next()
            self.done.append(f"fire {due[0].node.id}")
            self.oracle.fire(due[0])
            self.agree()
        self.run.clock.now += timedelta(hours=until - self.oracle.now)
        self.oracle.now = until


@pytest.mark.parametrize("part", range(10))
def test_random_processes_run_as_the_standard_says(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, 10):
        pair = Pair(seed)
        for _ in range(STEPS):
            if not pair.step():
                break
