"""Random diagrams and random commands: every one is answered, and restoring in between changes nothing."""

from __future__ import annotations

import json
import os
from random import Random
from typing import Any

import pytest

from engine.errors import DiagramRefused
from engine.rehearsal import Rehearsal, deploy
from handrail.rehearse import answer
from tests.engine.spiff.drawing import NOON
from tests.engine.spiff.random_diagrams import Drawing
from tests.engine.spiff.random_events import MESSAGES, SIGNALS

DIAGRAMS = int(os.environ.get("HANDRAIL_FUZZ", "60"))
FIRST = int(os.environ.get("HANDRAIL_FUZZ_FROM", "0"))
STEPS = 20
ANYTHING = (None, 0, "", "x", [], {}, {"n": 1}, True, "1.2", "PT1H", "-P1D", 1e300)


def command(random: Random, tasks: list[dict[str, Any]]) -> dict[str, Any]:
    """Mostly one that can be done."""
    number = {"n": random.randint(0, 9)}
    possible: list[dict[str, Any]] = [
        {"do": "message", "name": random.choice(MESSAGES), "variables": number},
        {"do": "signal", "name": random.choice(SIGNALS)},
        {"do": "advance", "by": random.choice(("PT1H", "PT5H", "P1M"))},
        {"do": "variables", "set": number},
        {"do": "retry"},
        {"do": "start", "variables": number},
        {name: random.choice(ANYTHING) for name in ("do", "task", "name", "by", "set")},
        {"do": random.choice(("complete", "message", "advance")), "task": random.choice(ANYTHING)},
    ]
    completes = [{"do": "complete", "task": task["id"], "variables": number} for task in tasks]
    return random.choice([*possible, *completes * 3])


@pytest.mark.parametrize("seed", range(FIRST, FIRST + DIAGRAMS))
def test_every_command_is_answered_the_same_with_and_without_restoring(seed: int) -> None:
    try:
        plain = Rehearsal(deploy({"random.bpmn": Drawing(seed).bpmn}), NOON)
    except DiagramRefused:
        pytest.skip("this drawing is refused")
    restoring, random = plain.restored(), Random(seed)
    tasks: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"do": "start", "process": "p", "variables": {"n": 1}}
    for _ in range(STEPS):
        told = [
            [answer(of, json.dumps(each).encode()) for each in (asked, {"do": "tasks"}, {"do": "state"})]
            for of in (plain, restoring)
        ]
        restoring = restoring.restored()

        assert told[0] == told[1]
        assert all("this one failed" not in str(each.get("problems")) for each in told[0]), asked
        assert all("ok" in each for each in told[0])
        tasks = told[0][1]["tasks"]
        asked = command(random, tasks)
