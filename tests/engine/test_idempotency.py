"""A key makes a command safe to repeat, and never answers for another command."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting

import pytest
from sqlalchemy import Connection, Engine, func, select

from engine import inbox
from engine.database import transaction
from engine.errors import IdempotencyConflict, InvalidInput
from engine.tables import case, event
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]
KEY = "k-0123456789"


def test_opening_twice_with_one_key_opens_one_case(db: Connection, who: Who, clock: TravellingClock) -> None:
    first = steps.open_case(db, who("ada"), clock, KEY)

    assert steps.open_case(db, who("ada"), clock, KEY) == first
    assert db.execute(select(func.count()).select_from(case)).scalar() == 1


def test_completing_twice_with_one_key_completes_once(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    task = steps.open_case(db, who("ada"), clock).tasks[0]
    first = inbox.complete(db, who("ada"), task, {"go_on": "yes"}, clock, KEY)

    assert inbox.complete(db, who("ada"), task, {"go_on": "yes"}, clock, KEY) == first
    done = select(func.count()).where(event.c.kind == "task.completed")
    assert db.execute(done).scalar() == 1


def test_a_repetition_that_comes_too_soon_waits_for_the_first_and_gives_its_answer(
    engine: Engine, clock: TravellingClock
) -> None:
    """Whoever asks again because a server died does not know whether the database is still at work for it."""
    steps.load(engine, clock)
    with transaction(engine) as db:
        task = steps.open_case(db, steps.actor(db, "ada", clock), clock).tasks[0]

    def completed() -> inbox.Completed:
        with transaction(engine) as db:
            return inbox.complete(db, steps.actor(db, "ada", clock), task, {"go_on": "yes"}, clock, KEY)

    with ThreadPoolExecutor(1) as repeating:
        with transaction(engine) as db:
            first = inbox.complete(db, steps.actor(db, "ada", clock), task, {"go_on": "yes"}, clock, KEY)
            second = repeating.submit(completed)
            with pytest.raises(StillWaiting):
                second.result(timeout=0.3)
        assert second.result(timeout=30) == first


def test_a_key_used_for_something_else_is_refused(db: Connection, who: Who, clock: TravellingClock) -> None:
    task = steps.open_case(db, who("ada"), clock).tasks[0]
    inbox.complete(db, who("ada"), task, {"go_on": "yes"}, clock, KEY)

    with pytest.raises(IdempotencyConflict):
        inbox.complete(db, who("ada"), task, {"go_on": "no"}, clock, KEY)


def test_two_people_may_use_the_same_key(db: Connection, who: Who, clock: TravellingClock) -> None:
    ours = steps.open_case(db, who("ada"), clock, KEY)

    assert steps.open_case(db, who("ben"), clock, KEY).case_id != ours.case_id


@pytest.mark.parametrize("key", ["short", "x" * 65])
def test_a_key_has_8_to_64_characters(db: Connection, who: Who, clock: TravellingClock, key: str) -> None:
    with pytest.raises(InvalidInput, match="8 to 64"):
        steps.open_case(db, who("ada"), clock, key)
