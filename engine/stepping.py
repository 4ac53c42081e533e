"""Takes one command as far as an instance can go by itself: the loop that cases and rehearsals share.

Operations are performed and kept messages delivered until everything waits for somebody. What surrounds the
instance (rows and history, or a rehearsal's memory) is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from engine.errors import Incident, InvalidInput
from engine.execution import (
    Clock,
    Command,
    Complete,
    Deliver,
    Early,
    Fail,
    OpenedJob,
    OpenedSubscription,
    Result,
    Thrown,
)
from engine.outcome import Outcome
from engine.spiff import commands
from engine.spiff.bundle import Bundle
from engine.spiff.variables import plain

MAX_ROUNDS = 1000  # operations and kept messages of one command: a loop through them ends here


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

    def take(self, wait: OpenedSubscription) -> Early | None:
        """The oldest message that came early and fits; None when there is none."""
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
    rounds = 0
    while step is not None:
        result = commands.run(bundle, progress.state, step, clock)
        progress.state, progress.status = result.state, result.status
        progress.outcome.add(result)
        around.witness(result)
        for thrown in result.thrown:
            around.send(thrown)
        rounds += 1
        step = _next(progress.outcome, around) if rounds < MAX_ROUNDS else _halt(progress.outcome)


def _next(outcome: Outcome, around: Surroundings) -> Command | None:
    """What the instance can go on with by itself, or None when it waits for somebody."""
    while outcome.jobs:
        job = outcome.jobs.pop(next(iter(outcome.jobs)))
        answer = _perform(job, around)
        if answer is not None:
            return answer
    while outcome.unasked:
        wait = min(outcome.unasked, key=lambda each: int(each.token))  # who has waited longest
        early = around.take(wait) if wait.kind == "message" else None  # signals are not kept
        if early is not None:
            # If it goes on listening, it is asked again: several may have come early.
            return Deliver(wait.message, early.correlation, early.variables, wait.token)
        outcome.unasked.remove(wait)
    return None


def _perform(job: OpenedJob, around: Surroundings) -> Command | None:
    """The operation's answer. When it fails, the service task keeps its place, and so does all before it."""
    try:
        given = around.perform(job)
        return None if given is None else Complete(job.token, plain(given))
    except Incident as incident:
        return Fail(job.token, incident.message)
    except InvalidInput:
        asked = job.operation or job.decision
        return Fail(job.token, f"Expected {asked} to answer in plain data, but it did not.")


def _halt(outcome: Outcome) -> Command | None:
    """The instance goes round by itself: whatever would go on next keeps its place."""
    cause = f"Expected a task within {MAX_ROUNDS} operations, but the diagram goes round in circles."
    if outcome.jobs:
        return Fail(outcome.jobs.pop(next(iter(outcome.jobs))).token, cause)
    waiting = [wait for wait in outcome.unasked if wait.kind == "message"]
    outcome.unasked = waiting[1:]
    return Fail(waiting[0].token, cause) if waiting else None
