"""Walks a pattern, and says in one line where its tokens wait after each step.

    03 left right; right → join left; left → after; after → -

First the pattern's number, the variables it starts with if it needs any, and where tokens wait then. A step
is a task to complete, with values after it (`ask way="left"`), `!name` a message, `~name` a signal, `+PT1H`
time that passes. A place stands as often as tokens wait there, a join once; `-` is the end.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from engine.rehearsal import Deployment, Rehearsal, deploy
from tests.engine.spiff.drawing import NOON

HERE = Path(__file__).parent


def files() -> dict[int, Path]:
    """The diagram of each pattern, by its number."""
    return {int(path.name[:2]): path for path in sorted(HERE.glob("*.bpmn"))}


@cache
def deployment(number: int) -> Deployment:
    path = files()[number]
    return deploy({path.name: path.read_bytes()})


def walk(line: str) -> str:
    """What really happens, written as the line is. The state is saved and restored between every two."""
    number, rest = line.split(maxsplit=1)
    variables, rest = _beginning(rest)
    of = Rehearsal(deployment(int(number)), NOON)
    of.start(variables=variables)
    said = [standing(of)]
    for each in rest.split("; ")[1:]:
        step = each.split(" → ")[0]
        of = of.restored()
        take(of, step)
        said.append(f"{step} → {standing(of)}")
    given = f"{json.dumps(variables)} " if variables else ""
    return f"{number} {given}{'; '.join(said)}"


def _beginning(rest: str) -> tuple[dict[str, Any], str]:
    if not rest.startswith("{"):
        return {}, rest
    variables, end = json.JSONDecoder().raw_decode(rest)
    return variables, rest[end + 1 :]


def take(of: Rehearsal, step: str) -> None:
    kind, rest = step[0], step[1:]
    if kind == "!":
        of.message(rest)
    elif kind == "~":
        of.signal(rest)
    elif kind == "+":
        of.advance(rest)
    else:
        element, *values = step.split()
        first = next(task for task in of.tasks() if task.element == element)
        of.complete(
            first.id, {name: json.loads(value) for name, value in (each.split("=") for each in values)}
        )


def standing(of: Rehearsal) -> str:
    """Where tokens wait. Those that only have others inside them do not wait themselves."""
    looks = [look for _, look in of.looks()]
    places = [place for look in looks for place in look.tokens if place.why != "inside"]
    assert not [place.cause for place in places if place.why == "stuck"]
    assert bool(places) == any(look.status == "running" for look in looks)
    return " ".join(sorted(place.element for place in places)) or "-"
