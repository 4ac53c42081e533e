"""What one look or one step costs does not grow with the age of a case, nor with how many there are.

Counted in SQLite's own steps, not in seconds, so that a busy machine changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from engine import cases, documents, history, inbox, messages, records
from engine.database import transaction
from tests.faults import steps
from tests.travelling import TravellingClock

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ROUNDS = 60  # a case that has more than a page of everything
MOST = 1.1  # times as many steps


class Case:
    """A case that goes round, and the person who works on it."""

    def __init__(self, engine: Engine, clock: TravellingClock) -> None:
        self.engine, self.clock = engine, clock
        with transaction(engine) as db:
            opened = steps.open_case(db, steps.actor(db, "ada", self.clock), self.clock)
        self.id, self.task = opened.case_id, opened.tasks[0]
        self.go_on(ROUNDS)
        self.others(5)

    def go_on(self, rounds: int) -> None:
        for _ in range(rounds):
            with transaction(self.engine) as db:
                who = steps.actor(db, "ada", self.clock)
                done = inbox.complete(db, who, self.task, {"go_on": "yes"}, self.clock)
            self.task = done.next_tasks[0]

    def others(self, count: int) -> None:
        """Open other cases of the same person."""
        with transaction(self.engine) as db:
            for _ in range(count):
                steps.open_case(db, steps.actor(db, "ada", self.clock), self.clock)

    def tell(self, times: int) -> None:
        """Somebody tells the case something, again and again."""
        for _ in range(times):
            with transaction(self.engine) as db:
                who, now = steps.actor(db, "ada", self.clock), self.clock.travel(minutes=1)
                ledger = cases.lock(db, who, self.id, now)
                ledger.add("message.received", instance_id="i", payload={"message": "news"})
                ledger.add("message.delivered", instance_id="i", payload={"name": "Told"})
                ledger.write(db)

    def steps_of(self, look: Look) -> int:
        """How many steps SQLite takes. What was done is undone."""
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1

        with self.engine.connect() as db:
            who = steps.actor(db, "ada", self.clock)
            raw = db.connection.driver_connection
            assert raw is not None
            raw.set_progress_handler(count, 1)
            look(db, who, self)
            raw.set_progress_handler(None, 0)
            db.rollback()
        return counted


Look = Callable[..., object]
LOOKS: dict[str, Look] = {
    "story": lambda db, who, case: history.timeline(db, who, case.id, limit=20, everything=False),
    "history": lambda db, who, case: history.timeline(db, who, case.id, limit=20),
    "task": lambda db, who, case: inbox.task(db, who, case.task, case.clock),
    "inbox": lambda db, who, case: inbox.mine(db, who, now=case.clock.now, limit=1),
    "step": lambda db, who, case: inbox.complete(db, who, case.task, {"go_on": "yes"}, case.clock),
}
OF_CASE: dict[str, Look] = {
    "case": lambda db, who, case: cases.view(db, who, case.id, case.clock),
    "messages": lambda db, who, case: messages.possible(db, who, case.id),
    "documents": lambda db, who, case: documents.of_case(db, who, case.id),
    "records": lambda db, who, case: records.of_case(db, who, case.id),
}


@pytest.fixture
def case(engine: Engine, clock: TravellingClock) -> Case:
    steps.load(engine, clock)
    return Case(engine, clock)


@pytest.mark.parametrize("look", LOOKS)
def test_a_look_costs_the_same_however_old_the_case_is(case: Case, look: str) -> None:
    young = case.steps_of(LOOKS[look])

    case.go_on(4 * ROUNDS)

    assert case.steps_of(LOOKS[look]) <= young * MOST


@pytest.mark.parametrize("look", ["story", "history"])
def test_the_history_of_a_case_that_is_told_much_is_read_as_fast(case: Case, look: str) -> None:
    case.tell(ROUNDS)
    young = case.steps_of(LOOKS[look])

    case.tell(4 * ROUNDS)

    assert case.steps_of(LOOKS[look]) <= young * MOST


@pytest.mark.parametrize("look", LOOKS | OF_CASE)
def test_a_look_costs_the_same_however_many_cases_there_are(case: Case, look: str) -> None:
    few = case.steps_of((LOOKS | OF_CASE)[look])

    case.others(100)

    assert case.steps_of((LOOKS | OF_CASE)[look]) <= few * MOST


def test_the_page_of_a_case_grows_only_by_the_tasks_it_lists(case: Case) -> None:
    young = case.steps_of(OF_CASE["case"])

    case.go_on(4 * ROUNDS)

    assert case.steps_of(OF_CASE["case"]) <= young * 5
