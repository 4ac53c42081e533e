"""Taking, giving back, passing on and answering tasks, and the lists they stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, insert, update

from engine import inbox
from engine.errors import AlreadyClaimed, ClaimFirst, InvalidInput, NotAllowed, NotFound, TaskGone
from engine.tables import case, person, role_held, user_task
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]


@pytest.fixture
def task(db: Connection, who: Who, clock: TravellingClock) -> str:
    """Ada's task."""
    return steps.open_case(db, who("ada"), clock).tasks[0]


def names(page: object) -> list[str]:
    return [item.id for item in page.items]


def test_a_task_moves_from_mine_to_completed(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    ada = who("ada")
    assert names(inbox.mine(db, ada, now=clock.now)) == [task]

    inbox.complete(db, ada, task, {"go_on": "no"}, clock)

    assert names(inbox.mine(db, ada, now=clock.now)) == []
    assert names(inbox.completed(db, ada, now=clock.now)) == [task]


def test_a_task_given_back_waits_for_everybody_with_its_role(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    assert names(inbox.to_claim(db, who("ben"), now=clock.now)) == []
    inbox.release(db, who("ada"), task, clock)
    assert names(inbox.to_claim(db, who("ben"), now=clock.now)) == [task]

    inbox.claim(db, who("ben"), task, clock)
    inbox.claim(db, who("ben"), task, clock)

    assert names(inbox.mine(db, who("ben"), now=clock.now)) == [task]
    with pytest.raises(AlreadyClaimed):
        inbox.claim(db, who("ada"), task, clock)


def test_a_task_must_be_one_s_own_to_be_answered(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    with pytest.raises(NotAllowed):
        inbox.complete(db, who("ben"), task, {"go_on": "no"}, clock)
    inbox.release(db, who("ada"), task, clock)
    with pytest.raises(ClaimFirst):
        inbox.complete(db, who("ben"), task, {"go_on": "no"}, clock)


def test_a_task_is_passed_on_only_to_somebody_who_may_do_it(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    outsider = {"id": "eve", "area_id": "a", "name": "Eve", "issuer": "i", "subject": "eve"}
    db.execute(insert(person), outsider)
    for somebody in ("eve", "nobody"):
        with pytest.raises(InvalidInput):
            inbox.reassign(db, who("ada"), task, somebody, clock)

    inbox.reassign(db, who("ada"), task, "ben", clock)

    assert names(inbox.mine(db, who("ben"), now=clock.now)) == [task]


def test_a_task_nobody_told_you_of_does_not_exist(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    stranger = {"id": "eve", "area_id": "a", "name": "Eve", "issuer": "i", "subject": "eve"}
    db.execute(insert(person), stranger)
    db.execute(
        insert(role_held), {"person_id": "eve", "organisation_id": "o", "role": "auditor", "since": clock.now}
    )
    eve = who("eve")
    for attempt in (
        lambda: inbox.task(db, eve, task, clock),
        lambda: inbox.claim(db, eve, task, clock),
        lambda: inbox.complete(db, eve, task, {}, clock),
        lambda: inbox.task(db, eve, "no-such-task", clock),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_wrong_answers_change_nothing(db: Connection, who: Who, clock: TravellingClock, task: str) -> None:
    for answers in ({}, {"go_on": "perhaps"}, {"go_on": "yes", "extra": 1}, {"go_on": ["yes"]}):
        with pytest.raises(InvalidInput) as refusal:
            inbox.complete(db, who("ada"), task, answers, clock)
        assert refusal.value.problems

    assert names(inbox.mine(db, who("ada"), now=clock.now)) == [task]


def test_a_closed_task_is_gone(db: Connection, who: Who, clock: TravellingClock, task: str) -> None:
    inbox.complete(db, who("ada"), task, {"go_on": "no"}, clock)

    with pytest.raises(TaskGone):
        inbox.complete(db, who("ada"), task, {"go_on": "no"}, clock)
    with pytest.raises(TaskGone):
        inbox.release(db, who("ada"), task, clock)


def test_a_draft_waits_for_its_writer_and_ends_with_the_task(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    inbox.save_draft(db, who("ada"), task, {"go_on": "yes"}, clock)
    inbox.save_draft(db, who("ada"), task, {"go_on": "no"}, clock)
    assert inbox.task(db, who("ada"), task, clock).answers == {"go_on": "no"}

    following = inbox.complete(db, who("ada"), task, {"go_on": "yes"}, clock).next_tasks[0]

    assert inbox.task(db, who("ada"), following, clock).answers == {}


def test_overdue_tasks_come_first_and_pages_meet_without_gap(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    ada = who("ada")
    tasks = [steps.open_case(db, ada, clock.travel(hours=1)).tasks[0] for _ in range(7)]
    last = tasks[-1]
    clock.travel(hours=-1)
    db.execute(update(user_task).where(user_task.c.id == last).values(due_at=clock.now))
    clock.travel(hours=2)

    pages, cursor = [], None
    while True:
        page = inbox.mine(db, ada, now=clock.now, cursor=cursor, limit=3)
        pages.append(page.items)
        cursor = page.next
        if cursor is None:
            break

    found = [item for page in pages for item in page]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(item.id for item in found) == sorted(tasks)
    assert found[0].id == last and found[0].overdue
    assert [item.due_at for item in found] == sorted(item.due_at for item in found)


def test_counts_say_what_the_lists_hold(db: Connection, who: Who, clock: TravellingClock, task: str) -> None:
    other = steps.open_case(db, who("ada"), clock).tasks[0]
    inbox.release(db, who("ada"), other, clock)

    counts = inbox.counts(db, who("ada"), now=clock.now)

    assert (counts.mine, counts.overdue, counts.to_claim) == (1, 0, 1)


def test_a_glance_at_a_sealed_task_explains_no_clock(
    db: Connection, who: Who, clock: TravellingClock, task: str
) -> None:
    """The explanation tells of pauses, whose reasons are somebody's words."""
    inbox.release(db, who("ada"), task, clock)
    before = inbox.task(db, who("ben"), task, clock)
    assert before.clock is not None

    db.execute(update(case).values(sealed=True))
    glance = inbox.task(db, who("ben"), task, clock)
    assert glance.clock is None
    assert glance.item.due_at == before.item.due_at
