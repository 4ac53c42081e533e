"""How many statements a completed task costs, so that nobody adds one unnoticed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, event

from engine import inbox
from engine.database import transaction
from tests.faults import steps
from tests.travelling import NOW, TravellingClock

MOST = 8


class Counted:
    """The statements an engine runs while this is open, the beginning of the transaction left out."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.statements = engine, list[str]()

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._hear)
        return self.statements

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            self.statements.append(statement)


@pytest.fixture
def stepping(engine: Engine) -> Engine:
    steps.load(engine, TravellingClock(NOW))
    return engine


def complete(engine: Engine, task: str) -> str:
    with transaction(engine) as db:
        by = steps.actor(db, "ada", TravellingClock(NOW))
        return inbox.complete(db, by, task, {"go_on": "yes"}, TravellingClock(NOW)).next_tasks[0]


def test_a_completed_task_costs_at_most_eight_statements_however_old_the_case(stepping: Engine) -> None:
    with transaction(stepping) as db:
        task = steps.open_case(db, steps.actor(db, "ada", TravellingClock(NOW)), TravellingClock(NOW)).tasks[
            0
        ]
    task = complete(stepping, task)  # what is read once and kept is read by now

    with Counted(stepping) as young:
        task = complete(stepping, task)
    for _ in range(30):
        task = complete(stepping, task)
    with Counted(stepping) as old:
        complete(stepping, task)

    asked_by_the_page = 1  # who is asking, read for every request
    assert len(young) - asked_by_the_page <= MOST, "\n".join(young)
    assert old == young
