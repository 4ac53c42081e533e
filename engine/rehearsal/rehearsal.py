"""Process instances that run beside each other in memory, and pass messages and signals to one another.

Each command is done whole or not at all: an exception leaves everything as it was before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from engine.deadlines import At, Deadlines
from engine.errors import InvalidInput, NotFound, Problem
from engine.execution import (
    TIME_TO_LIVE,
    Broadcast,
    Command,
    Complete,
    Deliver,
    Fire,
    Retry,
    SetVariables,
    Start,
)
from engine.rehearsal.deployment import Deployment
from engine.rehearsal.stage import Beginning, Kept, Stage, Standing, Task, Timer, Wait
from engine.rehearsal.surroundings import Sent, Surroundings
from engine.spiff import commands
from engine.spiff.beginnings import begins
from engine.spiff.events import correlated, keys_of
from engine.spiff.script import Expressions
from engine.spiff.timers import duration
from engine.stepping import Progress, advance

MAX_FIRED = 10_000  # timers in one `advance`
MAX_SENT = 1_000  # messages and signals that one command leads to

Values = Mapping[str, Any]


class Rehearsal:
    """Starts and moves instances of the deployed processes. Time stands still until `advance`."""

    def __init__(self, deployment: Deployment, now: datetime, deadlines: Deadlines | None = None) -> None:
        self.deployment = deployment
        self.deadlines = deadlines or Deadlines()
        self.stage = Stage(now, now)
        for process, event in deployment.started_by("timer", ""):
            self._schedule(process, event.id, 0)

    # Commands

    def start(self, process: str | None = None, variables: Values | None = None) -> str:
        """Start a process; left out, the one that can be started. Gives the instance's id.

        A process that is started by hand no longer begins by itself.
        """
        with self._whole():
            process = process or self.deployment.startable
            self.stage.beginnings = [each for each in self.stage.beginnings if each.process != process]
            return self._start(process, Start(variables or {}))

    def complete(self, task: str, variables: Values | None = None) -> None:
        """Do a task: by its id, or by its element where only one waits. Raises NotFound."""
        with self._whole():
            waiting = self._task(task)
            del self.stage.tasks[waiting.id]
            self._run(waiting.instance, Complete(waiting.token, variables or {}))

    def message(self, name: str, correlation: Values | None = None, variables: Values | None = None) -> str:
        """Send a message to the one it is for. Gives what became of it: delivered, started or kept."""
        with self._whole():
            keys = self._carried(name, variables or {}) | dict(correlation or {})
            return self._send(name, keys, variables or {}, deque())

    def signal(self, name: str, variables: Values | None = None) -> int:
        """Raise a signal, to everybody who waits for it. Gives how many instances it reached or started."""
        with self._whole():
            return self._raise(name, variables or {}, deque())

    def set_variables(self, values: Values, instance: str | None = None) -> None:
        """Correct variables of a process."""
        with self._whole():
            self._run(self._one_running(instance), SetVariables(values))

    def retry(self, element: str | None = None) -> int:
        """Try again what is stuck, everywhere or at one element. Gives how many were tried."""
        with self._whole():
            stuck = [
                (of.id, place.token)
                for of in self._running()
                for place in self._look(of).tokens
                if place.why == "stuck" and element in (None, place.element)
            ]
            for instance, token in stuck:
                if self._still_stuck(instance, token):
                    self._run(instance, Retry(token))
            return len(stuck)

    def advance(self, by: str) -> int:
        """Let time pass (an ISO 8601 duration), firing what falls due in order. Gives how many fired."""
        with self._whole():
            try:
                until = duration(by).after(self.stage.now)
            except ValueError as error:
                raise InvalidInput(str(error)) from error
            fired = 0
            while self._fire_next(until):
                fired += 1
                if fired > MAX_FIRED:
                    raise InvalidInput(
                        f"Expected at most {MAX_FIRED} timers to fall due at once, but there are more. "
                        "Advance by less."
                    )
            self.stage.now = until
            return fired

    # Looking

    @property
    def now(self) -> datetime:
        return self.stage.now

    def tasks(self) -> list[Task]:
        """What waits to be completed, oldest first."""
        return list(self.stage.tasks.values())

    def looks(self, instance: str | None = None) -> list[tuple[Standing, commands.Look]]:
        """One instance or all, each with where its tokens are. Raises NotFound."""
        chosen = [self._instance(instance)] if instance else list(self.stage.instances.values())
        return [(of, self._look(of)) for of in chosen]

    def trail(self, instance: str | None = None) -> list[str]:
        """The elements completed so far, in order; of one instance or of all."""
        steps = (step.split(" ", 1) for step in self.stage.trail)
        return [element for of, element in steps if instance in (None, of)]

    # Saving

    def save(self) -> bytes:
        """Everything but the deployed files."""
        return self.stage.save()

    def restored(self) -> Rehearsal:
        """Another rehearsal that goes on from what this one saves."""
        other = Rehearsal(self.deployment, self.stage.now, self.deadlines)
        other.stage = Stage.restore(self.save())
        return other

    # Finding

    def _task(self, name: str) -> Task:
        if name in self.stage.tasks:
            return self.stage.tasks[name]
        found = [task for task in self.stage.tasks.values() if task.element == name]
        if len(found) != 1:
            seen = "none waits" if not found else f"{len(found)} wait: say which by its id"
            raise NotFound(problems=(Problem(name, f"Expected one open task of this name, but {seen}."),))
        return found[0]

    def _instance(self, id: str) -> Standing:
        if id not in self.stage.instances:
            raise NotFound(problems=(Problem("", f"Expected an instance, but “{id[:40]}” is not one."),))
        return self.stage.instances[id]

    def _running(self) -> list[Standing]:
        return [of for of in self.stage.instances.values() if of.status == "running"]

    def _one_running(self, instance: str | None) -> str:
        if instance:
            return self._instance(instance).id
        running = [of.id for of in self._running()]
        if len(running) != 1:
            raise InvalidInput(f"Expected one running instance, but there are {len(running)}: say which.")
        return running[0]

    def _look(self, of: Standing) -> commands.Look:
        return commands.look(self.deployment.bundle(of.process), of.state or b"")

    def _still_stuck(self, instance: str, token: str) -> bool:
        look = self._look(self.stage.instances[instance])
        return any(place.token == token and place.why == "stuck" for place in look.tokens)

    # Running

    @contextmanager
    def _whole(self) -> Iterator[None]:
        before = self.stage.copy()
        try:
            yield
        except BaseException:  # whatever went wrong: nothing half-done may stay
            self.stage = before
            raise

    def _start(self, process: str, command: Start) -> str:
        self.deployment.bundle(process)
        id = str(len(self.stage.instances) + 1)
        self.stage.instances[id] = Standing(id, process)
        self._run(id, command)
        return id

    def _run(self, instance: str, command: Command) -> None:
        """Run a command, then pass on everything that was thrown, in order."""
        thrown: deque[Sent] = deque()
        self._step(instance, command, thrown)
        self._pass_on(thrown)

    def _pass_on(self, thrown: deque[Sent]) -> None:
        for _ in range(MAX_SENT):
            if not thrown:
                return
            sender, what = thrown.popleft()
            if what.kind == "message":
                self._hand_over(what.name, keys_of(what.correlation), what.variables, thrown)
            elif what.kind == "signal":
                self._spread(what.name, what.variables, thrown, sender)
        raise InvalidInput(f"Expected at most {MAX_SENT} messages, but the processes go round in circles.")

    def _step(self, instance: str, command: Command, thrown: deque[Sent]) -> None:
        of = self.stage.instances[instance]
        bundle = self.deployment.bundle(of.process)
        around = Surroundings(self.stage, of, bundle, thrown, self.deployment.decisions)
        progress = Progress(of.state, of.status)
        advance(bundle, progress, command, At(self.stage.now, self.deadlines), around)
        self.stage.instances[instance] = replace(of, state=progress.state, status=progress.status)

    def _fire_next(self, until: datetime) -> bool:
        every: list[Timer | Beginning] = [*self.stage.beginnings, *self.stage.timers.values()]
        due = [timer for timer in every if timer.due <= until]
        if not due:
            return False
        first = min(due, key=lambda timer: timer.due)  # of several at one instant, the one set first
        self.stage.now = max(self.stage.now, first.due)
        if isinstance(first, Beginning):
            self.stage.beginnings.remove(first)
            self._schedule(first.process, first.event, first.count + 1)
            self._start(first.process, Start(event=first.event))
        else:
            self._run(first.instance, Fire(first.token))
        return True

    def _schedule(self, process: str, event: str, count: int) -> None:
        """Set the timer of a start event for the next time, counted from when the files were deployed."""
        deployed = At(self.stage.since, self.deadlines)
        due = begins(self.deployment.bundle(process), event, deployed, count)
        if due is not None:
            self.stage.beginnings.append(Beginning(process, event, due, count))

    # Messages and signals

    def _send(self, name: str, correlation: Values, variables: Values, thrown: deque[Sent]) -> str:
        became = self._hand_over(name, correlation, variables, thrown)
        self._pass_on(thrown)
        return became

    def _carried(self, name: str, variables: Values) -> dict[str, Any]:
        """The correlation properties that stand in a message itself."""
        environment = Expressions(At(self.stage.now, self.deadlines)).environment
        carried = {
            each.name: environment.plain(each.path, variables)
            for bundle in self.deployment.bundles.values()
            for message in bundle.messages(name)
            for each in message.properties
        }
        return {name: value for name, value in carried.items() if value is not None}

    def _hand_over(self, name: str, correlation: Values, variables: Values, thrown: deque[Sent]) -> str:
        """To the instance that has waited longest for it; else it starts a process; else it is kept."""
        for wait in self.stage.waits:
            if _fits(wait, "message", name) and correlated(wait.correlation, correlation):
                self._step(wait.instance, Deliver(name, correlation, variables), thrown)
                return "delivered"
        for process, event in self.deployment.started_by("message", name):
            self._begin(process, event.id, variables, thrown, correlation)
            return "started"
        expires = self.stage.now + TIME_TO_LIVE
        self.stage.kept.append(Kept(name, dict(correlation), dict(variables), expires))
        return "kept"

    def _raise(self, name: str, variables: Values, thrown: deque[Sent]) -> int:
        reached = self._spread(name, variables, thrown)
        self._pass_on(thrown)
        return reached

    def _spread(self, name: str, variables: Values, thrown: deque[Sent], sender: str = "") -> int:
        """To every instance that waits for it but its sender's, which has had it; and to those it starts."""
        waiting = [wait.instance for wait in self.stage.waits if _fits(wait, "signal", name)]
        reached = [instance for instance in dict.fromkeys(waiting) if instance != sender]
        for instance in reached:
            if self._waits(instance, name):
                self._step(instance, Broadcast(name, variables), thrown)
        starts = list(self.deployment.started_by("signal", name))
        for process, event in starts:
            self._begin(process, event.id, variables, thrown)
        return len(reached) + len(starts)

    def _waits(self, instance: str, signal: str) -> bool:
        return any(wait.instance == instance and _fits(wait, "signal", signal) for wait in self.stage.waits)

    def _begin(
        self,
        process: str,
        event: str,
        variables: Values,
        thrown: deque[Sent],
        correlation: Values = MappingProxyType({}),
    ) -> None:
        """Start a process by what happened to it."""
        id = str(len(self.stage.instances) + 1)
        self.stage.instances[id] = Standing(id, process)
        self._step(id, Start(variables, event, correlation), thrown)


def _fits(wait: Wait, kind: str, name: str) -> bool:
    return (wait.kind, wait.name) == (kind, name)
