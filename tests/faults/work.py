"""What the process that gets killed does: open a case, take steps, and say so only after each commit.

It writes a line before each command (`try`) and one after it (`ack`), as an HTTP caller would know them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe

from sqlalchemy import Connection

from engine import inbox
from engine.database import connect, transaction
from engine.execution import Clock
from policy.authorization import Actor
from tests.faults import steps

ANSWER = 0.0005  # seconds between the commit and the caller knowing of it: the network
EARLY = 0.05  # seconds by which a broken engine answers before its commit


@dataclass(frozen=True)
class Command:
    """`open` a case or `complete` a task, under a key."""

    what: str
    key: str
    task: str = ""


def do(db: Connection, by: Actor, command: Command, clock: Clock, *, keyed: bool = True) -> str:
    """Run a command; gives the task that waits next."""
    key = command.key if keyed else None
    if command.what == "open":
        return steps.open_case(db, by, clock, key).tasks[0]
    return inbox.complete(db, by, command.task, {"go_on": "yes"}, clock, key).next_tasks[0]


def take_steps(url: str, pipe: Pipe, name: str, clock: Clock, early: bool = False) -> None:
    """Work until killed. With `early`, acknowledge before the commit: the mistake a test must catch."""
    engine = connect(url)
    command = Command("open", f"{name}-open")
    for number in range(10_000):
        _say(pipe, "try", command)
        with transaction(engine) as db:
            waiting = do(db, steps.actor(db, "ada", clock), command, clock)
            if early:
                _say(pipe, "ack", command)
                time.sleep(EARLY)
        if not early:
            time.sleep(ANSWER)
            _say(pipe, "ack", command)
        command = Command("complete", f"{name}-{number:06}", waiting)


def _say(pipe: Pipe, word: str, command: Command) -> None:
    pipe.send((word, command))
