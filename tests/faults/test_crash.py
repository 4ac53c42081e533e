"""A command that dies at a random call leaves nothing: done again, it gives what it would have given."""

from __future__ import annotations

import gc
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Engine, select

import engine as engine_package
from engine.audit import chain
from engine.database import reading
from engine.tables import inbound_message, instance, metadata, subscription, timer, user_task
from tests.engine.handing import OWN, STARTED, County, begun, catch, end, event_of, names, process, throw
from tests.travelling import NOW, TravellingClock

CRASHES = max(20, int(os.environ.get("HANDRAIL_FAULTS", "0")) // 10)  # of each command, on each database
OURS = (str(Path(engine_package.__file__).parent), "SpiffWorkflow")
COMMIT = "database.py"  # the driver hides what dies while it commits
TOLD = f"{event_of('', 'told')}{event_of('', 'heard')}".replace("|", "")
ROOTS = names("told", "heard", "begin")
LATE = (
    b'<boundaryEvent id="late" attachedToRef="think"><timerEventDefinition><timeDuration>P3D</timeDuration>'
    b'</timerEventDefinition></boundaryEvent><userTask id="look"/>'
    b'<sequenceFlow id="to_look" sourceRef="late" targetRef="look"/></process>'
)
TELLER = process(
    "worry", ROOTS, s=STARTED, a=throw("told"), b=throw("begin"), think=OWN, c=throw("heard"), e=end()
).replace(b"</process>", LATE)
LISTENER = process(
    "waits",
    ROOTS,
    s=begun("begin"),
    both=f"intermediateCatchEvent parallelMultiple='true'|{TOLD}",
    after=OWN,
    again=catch("told"),
    e=end(),
)


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def calls(last: int = 0) -> Iterator[list[int]]:
    """Counts calls inside the engine, and dies at one of them."""
    made = [0]

    def count(frame: FrameType, event: str, argument: Any) -> None:
        where = frame.f_code.co_filename
        if event == "call" and not where.endswith(COMMIT) and any(part in where for part in OURS):
            made[0] += 1
            if made[0] == last:
                raise Killed

    sys.setprofile(count)
    try:
        yield made
    finally:
        sys.setprofile(None)


def stored(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table."""
    with reading(engine) as db:
        return {
            table.name: sorted(map(repr, db.execute(select(table)).all())) for table in metadata.sorted_tables
        }


def outcome(here: County, case_id: str) -> list[list[tuple[Any, ...]]]:
    """Everything about a case but the ids that are drawn at random."""
    of = {
        instance: ("process", "status", "lock_version", "state"),
        user_task: ("element", "state"),
        timer: ("element", "due_at"),
        subscription: ("element", "message", "correlation"),
        inbound_message: ("name", "delivered_at"),
    }
    rows = [sorted(here.rows(table, *columns, case_id=case_id), key=repr) for table, columns in of.items()]
    rows[0] = [(*row[:-1], len(row[-1])) for row in rows[0]]
    return [*rows, [(kind,) for kind in here.kinds(case_id)]]


@pytest.fixture
def here(engine: Engine) -> County:
    return County(engine, TravellingClock(NOW), {"a.bpmn": TELLER, "b.bpmn": LISTENER}).build()


@pytest.mark.parametrize("command", ["open", "complete"])
def test_a_command_that_dies_leaves_every_row_as_it_was(here: County, command: str) -> None:
    dice = random.Random(command)
    undisturbed = here.open()
    with calls() as made:
        here.do("ada", "think") if command == "complete" else here.open()
    case_id = here.open() if command == "complete" else ""
    for _ in range(CRASHES):
        before = stored(here.engine)
        with pytest.raises(Killed), calls(dice.randint(1, made[0] * 9 // 10)):
            here.do("ada", "think") if command == "complete" else here.open()
        gc.collect()  # a process that is gone holds no connection
        assert stored(here.engine) == before

    if command == "complete":
        here.do("ada", "think")
    else:
        case_id = here.open()
    assert outcome(here, case_id) == outcome(here, undisturbed)
    with reading(here.engine) as db:
        assert chain.verify(db).faults == ()
