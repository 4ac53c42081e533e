"""Running instances go to another release: planned, rehearsed, in batches, due times kept, and undone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from engine import inbox, migration, timers
from engine.audit import chain
from engine.database import reading, transaction
from engine.errors import InvalidInput, NotAllowed, NotFound
from engine.migration import Change, Step
from tests.engine.incidents.register import Register
from tests.engine.migration.visits import CHANGE, FIRST, SECOND, Visits, visit


@pytest.fixture
def visits(engine: Engine, clock: Any) -> Visits:
    built = Visits(engine, clock, Register(), FIRST)
    built.build()
    return built


def test_the_plan_says_where_instances_stand_and_proposes_where_each_place_goes(visits: Visits) -> None:
    waiting, *_ = visits.start(3)
    visits.decide(waiting)
    visits.publish(SECOND)
    plan = visits.plan()

    assert plan.running == 3
    assert [(step.element, step.instances, step.to, step.optional) for step in plan.steps] == [
        ("decide", 2, "judge", False),
        ("late", 2, None, True),
        ("wait", 1, "wait", False),
    ]
    with reading(visits.engine) as db:
        used = migration.releases(db, visits.actor(db, "gil"), "visit")
    assert [(each.number, each.running) for each in used] == [(1, 3)]


def test_a_task_keeps_its_id_assignee_draft_and_due_time(visits: Visits) -> None:
    (opened,) = visits.start(1)
    with transaction(visits.engine) as db:
        inbox.save_draft(db, visits.actor(db, "ada"), opened.tasks[0], {"go_on": "no"}, visits.clock)
    (before,) = visits.rows("user_task")
    visits.publish(SECOND)
    visits.clock.travel(days=1)
    assert len(visits.apply().done) == 1

    (after,) = visits.rows("user_task")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"element", "form"} and (after["element"], after["form"]) == ("judge", "better")
    with reading(visits.engine) as db:
        seen = inbox.task(db, visits.actor(db, "ada"), opened.tasks[0], visits.clock)
    assert (dict(seen.answers), seen.release, seen.form_id) == ({"go_on": "no"}, 2, "better")
    assert visits.rows("timer") == []  # the reminder is not in the new release
    visits.decide(opened)
    assert visits.tasks(opened) == []


def test_a_ninety_day_timer_migrated_on_day_sixty_still_fires_on_day_ninety(visits: Visits) -> None:
    (opened,) = visits.start(1)
    visits.decide(opened)
    (before,) = visits.rows("timer")
    visits.publish(SECOND)
    visits.clock.travel(days=60)
    visits.apply()

    assert visits.rows("timer") == [before]
    visits.clock.travel(days=29)
    assert timers.fire_due(visits.engine, visits.clock) == 0
    visits.clock.travel(days=1)
    assert timers.fire_due(visits.engine, visits.clock) == 1
    assert visits.rows("instance")[0]["status"] == "completed"


def test_rehearsing_changes_nothing_and_says_what_applying_would(visits: Visits) -> None:
    visits.start(3)
    visits.publish(SECOND)
    before = [visits.rows(name) for name in ("instance", "user_task", "timer")]
    rehearsed = visits.rehearse()

    assert [visits.rows(name) for name in ("instance", "user_task", "timer")] == before
    assert visits.apply() == rehearsed and len(rehearsed.done) == 3


def test_what_would_change_its_meaning_stays_and_is_named(visits: Visits) -> None:
    """Two wait at the task, one for its ninety days: only the task cannot go on."""
    waiting, *_ = visits.start(3)
    visits.decide(waiting)
    visits.publish({**SECOND, "visit.bpmn": visit("judge").replace(b'name="Decide"', b'name="Other"')})
    (plan,) = [step for step in visits.plan().steps if step.element == "decide"]
    assert plan.to is None
    batch = visits.apply()

    assert len(batch.done) == 1 and len(batch.refused) == 2
    assert {why.element for refusal in batch.refused for why in refusal.problems} == {"decide"}
    edited = visits.apply(Step("visit", "decide", "judge"))
    assert len(edited.done) == 2 and not edited.refused


def test_an_edited_plan_is_refused_where_it_makes_no_sense(visits: Visits) -> None:
    visits.start(1)
    visits.publish(SECOND)
    batch = visits.apply(Step("visit", "decide", "wait"))

    assert not batch.done
    assert "to be a userTask too" in batch.refused[0].problems[0].message


def test_undoing_puts_back_everything_as_it_was(visits: Visits) -> None:
    opened, waiting = visits.start(2)
    visits.decide(waiting)
    visits.publish(SECOND)
    before = [visits.rows(name) for name in ("instance", "user_task", "timer", "subscription")]
    visits.apply()
    assert len(visits.undo().done) == 2

    after = [visits.rows(name) for name in ("instance", "user_task", "timer", "subscription")]
    for row in (*before[0], *after[0]):
        row.pop("lock_version")
    assert after == before
    told = [kind for kind in visits.events(opened) if kind.startswith(("instance", "migration", "element"))]
    assert told[-6:] == [
        "instance.migrated",
        "element.replaced",
        "element.entered",
        "migration.undone",
        "element.replaced",
        "element.entered",
    ]
    with reading(visits.engine) as db:
        assert chain.verify(db).faults == ()


def test_after_the_next_command_it_cannot_be_undone(visits: Visits) -> None:
    first, second = visits.start(2)
    visits.publish(SECOND)
    visits.apply()
    visits.decide(first)
    batch = visits.undo()

    assert len(batch.done) == 1
    assert ["gone on" in refusal.problems[0].message for refusal in batch.refused] == [True]
    assert {row["release_id"] for row in visits.rows("instance")} != {None}
    assert visits.tasks(second) == ["decide"]


def test_nothing_of_how_it_was_is_kept_after_the_next_command(visits: Visits) -> None:
    (opened,) = visits.start(1)
    visits.publish(SECOND)
    visits.apply()
    assert visits.rows("instance")[0]["undo"] is not None
    visits.decide(opened)

    assert visits.rows("instance")[0]["undo"] is None


def test_a_task_taken_meanwhile_stays_taken_when_it_is_undone(visits: Visits) -> None:
    (opened,) = visits.start(1)
    visits.publish(SECOND)
    visits.apply()
    with transaction(visits.engine) as db:
        visits.give(db, "vic", "practitioner")
    with transaction(visits.engine) as db:
        inbox.release(db, visits.actor(db, "ada"), opened.tasks[0], visits.clock)
        inbox.claim(db, visits.actor(db, "vic"), opened.tasks[0], visits.clock)
    visits.undo()

    (row,) = visits.rows("user_task")
    assert (row["assignee_id"], row["element"]) == ("vic", "decide")


def test_only_the_chosen_instances_go(visits: Visits) -> None:
    first, second = visits.start(2)
    visits.publish(SECOND)
    batch = visits.apply(only=[second.instance_id])

    assert batch.done == (second.instance_id,)
    assert (visits.tasks(first), visits.tasks(second)) == (["decide"], ["judge"])


def test_a_repeated_request_gets_the_first_answer(visits: Visits) -> None:
    visits.start(3)
    visits.publish(SECOND)
    bad = Step("visit", "decide", "wait")
    first = visits.apply(bad, limit=2, key="migrate-once")

    assert visits.apply(bad, limit=2, key="migrate-once") == first and len(first.refused) == 2
    done = visits.apply(key="migrate-all-of-it")
    assert visits.apply(key="migrate-all-of-it") == done and len(done.done) == 3


@pytest.mark.parametrize("name", ["ada", "olu", "vic"])
def test_only_governance_approvers_migrate(visits: Visits, name: str) -> None:
    visits.start(1)
    visits.publish(SECOND)
    with pytest.raises((NotAllowed, NotFound)):
        visits.plan(name)
    with pytest.raises((NotAllowed, NotFound)):
        visits.apply(by=name)


@pytest.mark.parametrize("change", [Change("visit", 1, 9), Change("nothing", 1, 2)])
def test_a_release_or_process_that_there_is_not_is_not_found(visits: Visits, change: Change) -> None:
    visits.publish(SECOND)
    with pytest.raises(NotFound):
        visits.plan(change=change)


def test_a_migration_says_why(visits: Visits) -> None:
    visits.publish(SECOND)
    with transaction(visits.engine) as db, pytest.raises(InvalidInput):
        migration.apply(db, visits.actor(db, "gil"), CHANGE, (), " ", visits.clock)


def test_many_instances_go_in_batches_of_a_hundred(visits: Visits) -> None:
    visits.start(320)
    visits.publish(SECOND)
    batches = list(migration.apply_all(visits.engine, "gil", CHANGE, (), "New guidance.", visits.clock))

    assert [len(batch.done) for batch in batches if batch.done] == [100, 100, 100, 20]
    assert not any(batch.refused for batch in batches)
    assert len({id for batch in batches for id in batch.done}) == 320
    assert {row["element"] for row in visits.rows("user_task")} == {"judge"}
    with reading(visits.engine) as db:
        assert chain.verify(db).faults == ()
