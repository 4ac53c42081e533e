"""What one command did: the differences that the product keeps in its own rows. Emptied into a `Result`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.execution import (
    ArmedTimer,
    Change,
    ClosedTask,
    Failure,
    OpenedJob,
    OpenedSubscription,
    OpenedTask,
    Result,
    Step,
    Thrown,
)


class Journal:
    """What opens and closes again within one command was never there, so it is not told."""

    def __init__(self) -> None:
        self.tasks: dict[str, OpenedTask] = {}
        self.closed: list[ClosedTask] = []
        self.jobs: dict[str, OpenedJob] = {}
        self.jobs_gone: list[str] = []
        self.timers: dict[str, ArmedTimer] = {}
        self.timers_gone: dict[str, None] = {}
        self.subscriptions: dict[tuple[str, str], OpenedSubscription] = {}
        self.subscriptions_gone: dict[str, None] = {}
        self.thrown: list[Thrown] = []
        self.trail: list[Step] = []
        self.changes: dict[tuple[str, str], Change] = {}
        self.failures: dict[str, Failure] = {}

    def step(self, what: str, token: Any, detail: str = "") -> None:
        spec = token.task_spec
        self.trail.append(Step(what, spec.bpmn_id, token.id, spec.bpmn_name or "", detail))

    def changed(self, name: str, scope: str, element: str) -> None:
        self.changes[(scope, name)] = Change(name, scope, element)

    def task_closed(self, token: Any, how: str) -> None:
        if self.tasks.pop(token.id, None) is None:
            self.closed.append(ClosedTask(token.id, token.task_spec.bpmn_id, how))

    def job_gone(self, token: Any) -> None:
        if self.jobs.pop(token.id, None) is None:
            self.jobs_gone.append(token.id)

    def timer_armed(self, token: Any, due: datetime, reckoned: dict[str, Any] | None) -> None:
        spec = token.task_spec
        self.timers[token.id] = ArmedTimer(token.id, spec.bpmn_id, due, reckoned, spec.bpmn_name or "")

    def timer_gone(self, token: Any) -> None:
        if self.timers.pop(token.id, None) is None:
            self.timers_gone[token.id] = None

    def subscribed(self, token: Any, message: str, correlation: str, kind: str) -> None:
        opened = OpenedSubscription(token.id, token.task_spec.bpmn_id, message, correlation, kind)
        self.subscriptions[(token.id, message)] = opened

    def subscription_gone(self, token: Any) -> None:
        mine = [key for key in self.subscriptions if key[0] == token.id]
        for key in mine:
            del self.subscriptions[key]
        if not mine:
            self.subscriptions_gone[token.id] = None

    def failed(self, token: Any, cause: str) -> None:
        spec = token.task_spec
        self.failures[token.id] = Failure(token.id, spec.bpmn_id, cause, spec.bpmn_name or "")

    def result(self, state: bytes, status: str) -> Result:
        return Result(
            state,
            status,
            opened=tuple(self.tasks.values()),
            closed=tuple(self.closed),
            jobs=tuple(self.jobs.values()),
            jobs_gone=tuple(self.jobs_gone),
            timers=tuple(self.timers.values()),
            timers_gone=tuple(self.timers_gone),
            subscriptions=tuple(sorted(self.subscriptions.values(), key=lambda each: int(each.token))),
            subscriptions_gone=tuple(self.subscriptions_gone),
            thrown=tuple(self.thrown),
            trail=tuple(self.trail),
            changes=tuple(self.changes.values()),
            failures=tuple(self.failures.values()),
        )
