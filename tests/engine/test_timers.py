"""What falls due is fired once, in order, and never early; a timer of a case that moved on is left alone."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, delete, func, select

from engine import definitions, timers
from engine.audit import chain
from engine.database import reading, transaction
from engine.tables import event, timer, user_task
from tests.faults import steps
from tests.travelling import TravellingClock

REMINDER = """
    <boundaryEvent id="late" name="Not taken in time" attachedToRef="step" cancelActivity="false">
      <outgoing>to_remind</outgoing>
      <timerEventDefinition id="late_timer"><timeDuration>PT1H</timeDuration></timerEventDefinition>
    </boundaryEvent>
    <userTask id="remind" name="Ask why">
      <extensionElements>
        <zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
        <zeebe:formDefinition formId="step" />
      </extensionElements>
      <incoming>to_remind</incoming><outgoing>reminded</outgoing>
    </userTask>
    <endEvent id="asked" name="Asked"><incoming>reminded</incoming></endEvent>
    <sequenceFlow id="to_remind" sourceRef="late" targetRef="remind" />
    <sequenceFlow id="reminded" sourceRef="remind" targetRef="asked" />
  </process>"""


@pytest.fixture
def waiting(engine: Engine, clock: TravellingClock) -> Engine:
    """Five cases whose step has a clock of one hour."""
    steps.load(engine, clock)
    drawn = steps.FILES["steps.bpmn"].replace(b"  </process>", REMINDER.encode().lstrip(b"\n"))
    with transaction(engine) as db:
        definitions.publish(db, "a", steps.FILES | {"steps.bpmn": drawn}, by=None, now=clock.now)
        ada = steps.actor(db, "ada", clock)
        for _ in range(5):
            steps.open_case(db, ada, clock)
    return engine


def reminders(engine: Engine) -> int:
    with reading(engine) as db:
        found = select(func.count()).select_from(user_task).where(user_task.c.element == "remind")
        return int(db.execute(found).scalar_one())


def test_nothing_fires_before_its_time_and_everything_at_it(waiting: Engine, clock: TravellingClock) -> None:
    assert timers.fire_due(waiting, clock.travel(minutes=59.9)) == 0
    assert reminders(waiting) == 0

    assert timers.fire_due(waiting, clock.travel(minutes=0.1)) == 5
    assert timers.fire_due(waiting, clock) == 0
    assert reminders(waiting) == 5


def test_eight_workers_fire_each_timer_once(waiting: Engine, clock: TravellingClock) -> None:
    clock.travel(hours=2)
    workers = [threading.Thread(target=timers.fire_due, args=(waiting, clock)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    timers.fire_due(waiting, clock)  # what all eight left to one another

    with reading(waiting) as db:
        fired = db.execute(select(func.count()).where(event.c.kind == "timer.fired")).scalar_one()
        assert chain.verify(db).faults == ()
    assert (fired, reminders(waiting)) == (5, 5)


def test_a_timer_that_is_gone_is_not_fired(waiting: Engine, clock: TravellingClock) -> None:
    with transaction(waiting) as db:
        row = db.execute(select(timer).limit(1)).one()
        db.execute(delete(timer).where(timer.c.instance_id == row.instance_id))
        db.info["recorded"] = True
        assert not timers.fire(db, row.area_id, row.instance_id, "no-such-token", clock)

    assert timers.fire_due(waiting, clock.travel(hours=2)) == 4


def test_a_worker_knows_how_long_it_may_rest(waiting: Engine, clock: TravellingClock) -> None:
    with reading(waiting) as db:
        due = timers.next_due(db)
    assert due is not None
    assert (due - clock.now).total_seconds() == 3600
