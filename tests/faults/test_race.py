"""People who press the button at the same moment: exactly one wins, and the other is told so."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select, update

from engine import inbox
from engine.audit import chain
from engine.database import reading, transaction
from engine.errors import AlreadyClaimed, Stale, TaskGone
from engine.tables import event, user_task
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import NOW, TravellingClock

pytestmark = pytest.mark.faults

RACES = 1000 if os.environ.get("HANDRAIL_FAULTS") else 60
CONTROL = 200  # a broken variant must be caught within so many races

Attempt = Callable[[Engine, Actor, str], object]


@pytest.fixture
def stepping(engine: Engine) -> Engine:
    steps.load(engine, TravellingClock(NOW))
    return engine


def together(engine: Engine, names: tuple[str, str], task: str, attempt: Attempt) -> list[str]:
    """Two people at one task at once; gives what each was told, in no order."""
    gate, told = threading.Barrier(2), []

    def one(name: str) -> None:
        with reading(engine) as db:
            who = steps.actor(db, name, TravellingClock(NOW))
        gate.wait()
        try:
            attempt(engine, who, task)
            told.append("won")
        except (TaskGone, AlreadyClaimed, Stale) as refusal:
            told.append(refusal.code)

    threads = [threading.Thread(target=one, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def complete(engine: Engine, by: Actor, task: str) -> None:
    with transaction(engine) as db:
        inbox.complete(db, by, task, {"go_on": "yes"}, TravellingClock(NOW))


def claim(engine: Engine, by: Actor, task: str) -> None:
    with transaction(engine) as db:
        inbox.claim(db, by, task, TravellingClock(NOW))


def waiting_task(engine: Engine) -> str:
    with transaction(engine) as db:
        by = steps.actor(db, "ada", TravellingClock(NOW))
        return steps.open_case(db, by, TravellingClock(NOW)).tasks[0]


def test_one_task_is_completed_once(stepping: Engine) -> None:
    """Somebody with the task open in two windows presses both buttons."""
    task = waiting_task(stepping)
    for _ in range(RACES):
        assert together(stepping, ("ada", "ada"), task, complete) == ["task_gone", "won"]
        task = open_task(stepping)

    with reading(stepping) as db:
        completions = db.execute(select(event.c.seq).where(event.c.kind == "task.completed")).all()
        assert len(completions) == RACES
        assert chain.verify(db).faults == ()


def open_task(engine: Engine) -> str:
    with reading(engine) as db:
        return str(db.execute(select(user_task.c.id).where(user_task.c.state == "open")).scalar_one())


def test_one_task_is_taken_once(stepping: Engine) -> None:
    task = waiting_task(stepping)
    for _ in range(RACES):
        offer(stepping, task)
        assert together(stepping, ("ada", "ben"), task, claim) == ["already_claimed", "won"]


def offer(engine: Engine, task: str) -> None:
    with transaction(engine) as db:
        holder = db.execute(select(user_task.c.assignee_id).where(user_task.c.id == task)).scalar_one()
        inbox.release(db, steps.actor(db, holder, TravellingClock(NOW)), task, TravellingClock(NOW))


def test_taking_without_the_lock_of_the_case_is_caught(stepping: Engine) -> None:
    """Look first, write later, in two transactions: both are told that they won."""
    task = waiting_task(stepping)

    def careless(engine: Engine, by: Actor, task: str) -> None:
        with reading(engine) as db:
            holder = db.execute(select(user_task.c.assignee_id).where(user_task.c.id == task)).scalar_one()
        if holder is not None:
            raise AlreadyClaimed
        with transaction(engine) as db:
            db.execute(update(user_task).where(user_task.c.id == task).values(assignee_id=by.person_id))
            db.info["recorded"] = True

    outcomes = []
    for _ in range(CONTROL):
        offer(stepping, task)
        outcomes.append(together(stepping, ("ada", "ben"), task, careless))
        if ["won", "won"] in outcomes:
            break
    assert ["won", "won"] in outcomes
