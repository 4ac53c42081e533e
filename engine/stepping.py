"""Takes one command as far as an instance can go by itself: the loop that cases and rehearsals share.

Operations are performed and kept messages delivered until everything waits for somebody. What surrounds the
instance (rows and history, or a rehearsal's memory) is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.execution import Clock, Command, Complete, Deliver, OpenedJob, OpenedSubscription, Result, Thrown
from engine.outcome import Outcome
from engine.spiff import commands
from engine.spiff.bundle import Bundle


class Surroundings(Protocol):
    """Who is told what an instance does, and where its operations and messages come from."""

    def witness(self, result: Result) -> None:
        """Told of every step before anything else happens."""
        ...

    def send(self, thrown: Thrown) -> None:
        """Something left the process uncaught."""
        ...

    def perform(self, job: OpenedJob) -> Mapping[str, Any] | None:
        """What an operation gives; None when it waits for somebody to answer it."""
        ...

    def take(self, wait: OpenedSubscription) -> Mapping[str, Any] | None:
        """The variables of a message that came early and fits; None when there is none."""
        ...


@dataclass(slots=True)
class Progress:
    """Where an instance stands, and all that one command did."""

    state: bytes | None
    status: str
    outcome: Outcome = field(default_factory=Outcome)


def advance(bundle: Bundle, progress: Progress, command: Command, clock: Clock, around: Surroundings) -> None:
    """Run a command, then whatever it gave rise to. After an exception, discard `progress`."""
    step: Command | None = command
    while step is not None:
        result = commands.run(bundle, progress.state, step, clock)
        progress.state, progress.status = result.state, result.status
        progress.outcome.add(result)
        around.witness(result)
        for thrown in result.thrown:
            around.send(thrown)
        step = _next(progress.outcome, around)


def _next(outcome: Outcome, around: Surroundings) -> Command | None:
    """What the instance can go on with by itself, or None when it waits for somebody."""
    while outcome.jobs:
        job = outcome.jobs.pop(next(iter(outcome.jobs)))
        given = around.perform(job)
        if given is not None:
            return Complete(job.token, given)
    while outcome.unasked:
        wait = outcome.unasked.pop(0)
        variables = around.take(wait) if wait.kind == "message" else None  # signals are not kept
        if variables is not None:
            return Deliver(wait.message, variables=variables, token=wait.token)
    return None
