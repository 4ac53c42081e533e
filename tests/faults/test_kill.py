"""`kill -9` at random instants: nothing acknowledged is lost, nothing happens twice, the history is whole."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context

import pytest
from sqlalchemy import Engine, func, select

from engine.audit import chain
from engine.database import reading, transaction
from engine.tables import case, event, idempotency, instance, user_task
from tests.faults import steps
from tests.faults.work import Command, do, take_steps
from tests.travelling import NOW, TravellingClock

pytestmark = pytest.mark.faults

CYCLES = int(os.environ.get("HANDRAIL_FAULTS", "25"))
CONTROL = 500  # a broken variant must be caught within so many cycles
LONGEST = 0.08  # seconds before the kill

_context = get_context("forkserver")
_context.set_forkserver_preload(["tests.faults.work", "tests.travelling"])


@dataclass
class Told:
    """What the caller of a killed process knows."""

    tried: list[Command] = field(default_factory=list)
    acked: list[Command] = field(default_factory=list)

    def hear(self, word: str, command: Command) -> None:
        (self.tried if word == "try" else self.acked).append(command)

    @property
    def unknown(self) -> list[Command]:
        return [command for command in self.tried if command not in self.acked]


def kill_one(url: str, name: str, delay: float, *, early: bool) -> Told:
    """Start a process, kill it after `delay` seconds of work, and give what it had said."""
    ours, theirs = _context.Pipe(duplex=False)
    arguments = (url, theirs, name, TravellingClock(NOW), early)
    child = _context.Process(target=take_steps, args=arguments)
    child.start()
    theirs.close()
    told = Told()
    while not told.acked:  # it is at work from its first answer on
        told.hear(*ours.recv())
    child.join(delay)
    child.kill()
    with suppress(EOFError, OSError):  # the end of what it had said, perhaps in the middle of a word
        while True:
            told.hear(*ours.recv())
    child.join()
    return told


def run(
    engine: Engine,
    cycles: int,
    *,
    early: bool = False,
    keyed: bool = True,
    enough: Callable[[list[str]], bool],
) -> list[str]:
    """Kill `cycles` processes; after each, repeat what the caller cannot know. Gives the faults found."""
    clock, dice, faults = TravellingClock(NOW), random.Random(7), []
    url = engine.url.render_as_string(hide_password=False)
    for cycle in range(cycles):
        told = kill_one(url, f"cycle{cycle}", dice.random() * LONGEST, early=early)
        faults += lost(engine, told.acked)
        for command in told.unknown:
            faults += repeat(engine, command, clock, keyed=keyed)
        if enough(faults):
            break
    return faults + doubled(engine)


def lost(engine: Engine, acked: list[Command]) -> list[str]:
    with reading(engine) as db:
        done = set(db.execute(select(user_task.c.id).where(user_task.c.state == "completed")).scalars())
        known = set(db.execute(select(idempotency.c.key)).scalars())
    tasks = [command.task for command in acked if command.what == "complete"]
    lost_tasks = [f"lost task {task}" for task in tasks if task not in done]
    return lost_tasks + [f"lost answer {command.key}" for command in acked if command.key not in known]


def repeat(engine: Engine, command: Command, clock: TravellingClock, *, keyed: bool) -> list[str]:
    with reading(engine) as db:
        before = db.execute(select(func.count()).select_from(case)).scalar_one()
    with transaction(engine) as db:
        do(db, steps.actor(db, "ada", clock), command, clock, keyed=keyed)
        do(db, steps.actor(db, "ada", clock), command, clock, keyed=keyed)
    with reading(engine) as db:
        after = db.execute(select(func.count()).select_from(case)).scalar_one()
    return [f"opened twice: {command.key}"] if after - before > 1 else []


def doubled(engine: Engine) -> list[str]:
    """Tasks completed twice, instances whose steps and versions disagree, and broken histories."""
    with reading(engine) as db:
        done = Counter(
            db.execute(select(event.c.task_id).where(event.c.kind == "task.completed")).scalars().all()
        )
        steps_of = Counter(
            db.execute(select(user_task.c.instance_id).where(user_task.c.state == "completed"))
            .scalars()
            .all()
        )
        versions = db.execute(select(instance.c.id, instance.c.lock_version)).all()
        report = chain.verify(db)
    found = [f"completed {times} times: {task}" for task, times in done.items() if times != 1]
    found += [f"half done: {row.id}" for row in versions if row.lock_version != steps_of[row.id] + 1]
    return found + [f"{fault.what}: {fault.chain}" for fault in report.faults]


@pytest.fixture
def stepping(engine: Engine) -> Engine:
    steps.load(engine, TravellingClock(NOW))
    return engine


def test_kill_loses_nothing_and_doubles_nothing(stepping: Engine) -> None:
    assert run(stepping, CYCLES, enough=bool) == []


def test_an_engine_that_answers_before_it_commits_is_caught(stepping: Engine) -> None:
    assert run(stepping, CONTROL, early=True, enough=bool) != []


def test_an_engine_without_idempotency_keys_is_caught(stepping: Engine) -> None:
    """The caller whose answer was lost asks again, and a second case is opened."""
    opening = Command("open", "lost-answer")

    assert repeat(stepping, opening, TravellingClock(NOW), keyed=False) == ["opened twice: lost-answer"]
