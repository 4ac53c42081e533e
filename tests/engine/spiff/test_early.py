"""Random processes with messages that nobody waits for yet, in a rehearsal, against the oracle."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest

from engine.execution import SetVariables

from . import early
from .drawing import chain, diagram, nodes
from .early import Early, Rehearsed
from .oracle_early import Keeping
from .pair import STEPS, Different, play
from .test_differences import MESSAGE, ROOTS, condition

DIAGRAMS = min(int(os.environ.get("HANDRAIL_DIAGRAMS", "400")), 3_000)
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
PARTS = 20


@pytest.mark.parametrize("part", range(PARTS))
def test_random_oracle_of_messages_that_come_early(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, PARTS):
        play(seed, Early)


class Watched(Keeping):
    """Counts what is taken out of keeping, by how the one who takes it waits."""

    taken: Counter[str] = Counter()

    def happen(self, wait: Any, index: int, n: int | None = None) -> None:
        if self.busy:
            how = f"{wait.role} parallel" if wait.node.parallel else wait.role
            self.taken[how if wait.node.interrupting else f"{how} that stays"] += 1
        super().happen(wait, index, n)


def test_early_messages_are_taken_by_everything_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "Keeping", Watched)
    for seed in range(300):
        play(seed, Early)

    assert all(Watched.taken[way] for way in ("event", "boundary", "boundary that stays")), Watched.taken


@pytest.mark.parametrize("wrong", ["never", "newest", "once"])
def test_an_oracle_with_other_rules_differs(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: it tells who takes what, in which order, and how often."""
    oldest, happen = Keeping.oldest, Keeping.happen

    def last(self: Keeping, wait: Any) -> Any:
        self.kept.reverse()
        found = oldest(self, wait)
        self.kept.reverse()
        return found

    def once(self: Keeping, wait: Any, index: int, n: int | None = None) -> None:
        self.asking = [other for other in self.asking if other is not wait]
        happen(self, wait, index, n)

    if wrong == "once":
        monkeypatch.setattr(Keeping, "happen", once)
    else:
        monkeypatch.setattr(Keeping, "oldest", last if wrong == "newest" else lambda *_: None)
    with pytest.raises(Different, match="the engine says"):
        for seed in range(STEPS * 10):
            play(seed, Early)


def test_a_listener_that_waits_anew_keeps_its_place_before_a_younger_one() -> None:
    """The first also wants a condition. When that comes true it begins to wait for the message once more."""
    both = "startEvent isInterrupting='false' parallelMultiple='true'|" + MESSAGE + condition("n > 8")
    one = f"startEvent isInterrupting='false'|{MESSAGE}"
    handlers = [
        nodes(i=both, x="userTask") + chain("i", "x"),
        nodes(j=one, y="userTask") + chain("j", "y"),
    ]
    drawn = nodes(s="startEvent", a="userTask") + chain("s", "a")
    drawn += "".join(
        f'<subProcess id="h{n}" triggeredByEvent="true">{inner}</subProcess>'
        for n, inner in enumerate(handlers)
    )
    run = Rehearsed(diagram(drawn, ROOTS), 1, [])
    run.message("m").do(SetVariables({"n": 9}))
    assert run.open() == ["a", "x"]

    assert run.message("m").open() == ["a", "x"]
    assert run.message("m").open() == ["a", "x", "y"]
