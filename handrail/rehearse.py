"""`handrail rehearse`: commands as JSON lines on standard input, an answer to each on standard output."""

from __future__ import annotations

import json
import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import orjson

from engine.diagrams.report import contents_of
from engine.errors import DiagramRefused, HandrailError, InvalidInput, Problem
from engine.rehearsal import Deployment, Rehearsal, Standing, Task, deploy
from engine.spiff.commands import Look

MAX_LINE = 20_000_000  # bytes

MAX_DIGITS = 18  # of a whole number
_LONG = re.compile(rb"[0-9.]{16}|[0-9][eE]")

Answer = dict[str, Any]
Asked = Mapping[str, Any]


def deployed(paths: Iterable[Path]) -> Deployment:
    """The files, vetted. Raises DiagramRefused."""
    contents, missing = contents_of(map(str, paths))
    if missing:
        problems = [Problem(path, each.message) for path, found in missing.items() for each in found]
        raise DiagramRefused(problems=tuple(problems))
    return deploy(contents)


def answers(rehearsal: Rehearsal, lines: Iterable[bytes], restore: bool = False) -> Iterator[bytes]:
    """One answer for each line that is not empty. `restore`: save and restore everything in between."""
    for line in lines:
        if line.strip():
            yield said(answer(rehearsal, line))
            if restore:
                rehearsal = rehearsal.restored()


def answer(rehearsal: Rehearsal, line: bytes) -> Answer:
    """What a command gives, or why it was refused. Never raises."""
    try:
        asked = _read(line)
        return {"ok": True} | _DO[asked["do"]](rehearsal, asked)
    except HandrailError as error:
        return refusal(error)
    except Exception:  # a mistake of ours, or a value nobody thought of: say so and take the next line
        logging.getLogger(__name__).exception("A command of the rehearsal failed.")
        return refusal(InvalidInput("Expected a command that can be done, but this one failed."))


def said(what: Answer) -> bytes:
    return orjson.dumps(what, option=orjson.OPT_APPEND_NEWLINE)


def refusal(error: HandrailError) -> Answer:
    problems = error.problems or (Problem("", error.message),)
    return {"ok": False, "problems": [{"element": each[0], "message": each[1]} for each in problems]}


# What is asked ---------------------------------------------------------------------------------------------

_TEXT, _VALUES = (str, type(None)), (dict, type(None))
_FIELDS: Final[dict[str, dict[str, tuple[type, ...]]]] = {
    "start": {"process": _TEXT, "variables": _VALUES},
    "tasks": {},
    "complete": {"task": (str,), "variables": _VALUES},
    "message": {"name": (str,), "correlation": _VALUES, "variables": _VALUES},
    "signal": {"name": (str,), "variables": _VALUES},
    "variables": {"set": (dict,), "instance": _TEXT},
    "advance": {"by": (str,)},
    "retry": {"element": _TEXT},
    "state": {"instance": _TEXT},
}
_SAID = {str: "text", dict: "an object", type(None): "nothing"}


def _read(line: bytes) -> Asked:
    """A command with the fields it may have. Raises InvalidInput."""
    if len(line) > MAX_LINE:
        raise InvalidInput(f"Expected a line of at most {MAX_LINE} bytes.")
    try:
        asked = _exactly(line) if _LONG.search(line) else orjson.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("Expected one JSON object in a line.") from error
    if not isinstance(asked, dict):
        raise InvalidInput("Expected one JSON object in a line.")
    do = asked.get("do")
    if not isinstance(do, str) or do not in _FIELDS:
        raise InvalidInput(f"Expected “do” to be one of {', '.join(_FIELDS)}.")
    problems = tuple(_wrong(asked, do))
    if problems:
        raise InvalidInput(problems=problems)
    return asked


def _exactly(line: bytes) -> Any:
    return json.loads(line.decode(), parse_int=_exact, parse_float=_exact, parse_constant=_exact)


def _exact(text: str) -> int | float:
    """A number as it is written. Raises InvalidInput when it could only be kept rounded."""
    number = int(text) if text.lstrip("-").isdigit() and len(text) <= MAX_DIGITS else float(text)
    if not math.isfinite(number) or Decimal(text) != Decimal(repr(number)):
        raise InvalidInput(f"Expected numbers that can be kept exactly, but {text[:40]} would be rounded.")
    return number


def _wrong(asked: Asked, do: str) -> Iterator[Problem]:
    fields = _FIELDS[do]
    for name, kinds in fields.items():
        if not isinstance(asked.get(name), kinds):
            yield Problem("", f"Expected “{name}” to be {' or '.join(_SAID[kind] for kind in kinds)}.")
    for name in asked:
        if name != "do" and name not in fields:
            known = ", ".join(f"“{field}”" for field in fields) or "nothing else"
            yield Problem("", f"Expected {known} beside “do”, but there is “{name[:40]}”.")


# What is answered ------------------------------------------------------------------------------------------


def _start(rehearsal: Rehearsal, asked: Asked) -> Answer:
    return {"instance": rehearsal.start(asked.get("process"), asked.get("variables"))}


def _tasks(rehearsal: Rehearsal, asked: Asked) -> Answer:  # noqa: ARG001 - all commands look alike
    return {"tasks": [_task(task) for task in rehearsal.tasks()]}


def _task(task: Task) -> Answer:
    said = {"id": task.id, "element": task.element, "name": task.name, "type": task.type}
    return said | {"role": task.role, "due": task.due and stamp(task.due)}


def _complete(rehearsal: Rehearsal, asked: Asked) -> Answer:
    rehearsal.complete(asked["task"], asked.get("variables"))
    return {}


def _message(rehearsal: Rehearsal, asked: Asked) -> Answer:
    became = rehearsal.message(asked["name"], asked.get("correlation"), asked.get("variables"))
    return {"message": became}


def _signal(rehearsal: Rehearsal, asked: Asked) -> Answer:
    return {"reached": rehearsal.signal(asked["name"], asked.get("variables"))}


def _variables(rehearsal: Rehearsal, asked: Asked) -> Answer:
    rehearsal.set_variables(asked["set"], asked.get("instance"))
    return {}


def _advance(rehearsal: Rehearsal, asked: Asked) -> Answer:
    fired = rehearsal.advance(asked["by"])
    return {"now": stamp(rehearsal.now), "fired": fired}


def _retry(rehearsal: Rehearsal, asked: Asked) -> Answer:
    return {"tried": rehearsal.retry(asked.get("element"))}


def _state(rehearsal: Rehearsal, asked: Asked) -> Answer:
    """Of one instance, or of all together: then variables of a later one stand before those of an earlier."""
    found = rehearsal.looks(asked.get("instance"))
    variables: Answer = {}
    for _, look in found:
        variables |= look.variables
    return {
        "running": any(of.status == "running" for of, _ in found),
        "elements": list(dict.fromkeys(element for _, look in found for element in _places(look))),
        "trail": rehearsal.trail(asked.get("instance")),
        "variables": variables,
        "incidents": [incident for _, look in found for incident in _incidents(look)],
        "instances": [_instance(of) for of, _ in found],
    }


def _places(look: Look) -> list[str]:
    """Where tokens wait. What only has others inside it (a sub-process, a loop) does not wait itself."""
    return [place.element for place in look.tokens if place.why != "inside" or place.kind.endswith("Event")]


def _incidents(look: Look) -> list[Answer]:
    stuck = [place for place in look.tokens if place.why == "stuck"]
    return [{"element": place.element, "cause": place.cause} for place in stuck]


def _instance(of: Standing) -> Answer:
    return {"id": of.id, "process": of.process, "running": of.status == "running"}


def stamp(at: datetime) -> str:
    """UTC, to the second.

    >>> from datetime import UTC
    >>> stamp(datetime(2026, 3, 3, 9, 30, tzinfo=UTC))
    '2026-03-03T09:30:00Z'
    """
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


_DO: Final[dict[str, Callable[[Rehearsal, Asked], Answer]]] = {
    "start": _start,
    "tasks": _tasks,
    "complete": _complete,
    "message": _message,
    "signal": _signal,
    "variables": _variables,
    "advance": _advance,
    "retry": _retry,
    "state": _state,
}
