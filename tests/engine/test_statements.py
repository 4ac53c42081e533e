"""How many statements a completed task costs, so that nobody adds one unnoticed."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from engine import inbox
from engine.database import transaction
from tests.counting import Counted
from tests.faults import steps
from tests.travelling import NOW, TravellingClock

MOST = 8


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
