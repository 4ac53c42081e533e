"""The sum of everything one command did, when it took several steps of the executor to do it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.execution import (
    ArmedTimer,
    ClosedTask,
    Failure,
    OpenedJob,
    OpenedSubscription,
    OpenedTask,
    Result,
)

_LEAVING = ("completed", "cancelled", "skipped", "retried")


@dataclass(slots=True)
class Outcome:
    """What is open at the end that was not before, and what is gone. Keyed by token."""

    opened: dict[str, OpenedTask] = field(default_factory=dict)
    closed: dict[str, ClosedTask] = field(default_factory=dict)
    timers: dict[str, ArmedTimer] = field(default_factory=dict)
    timers_gone: set[str] = field(default_factory=set)
    subscriptions: list[OpenedSubscription] = field(default_factory=list)
    subscriptions_gone: set[str] = field(default_factory=set)
    failures: dict[str, Failure] = field(default_factory=dict)
    jobs: dict[str, OpenedJob] = field(default_factory=dict)  # operations still to be performed
    gone: set[str] = field(default_factory=set)  # tokens that did not stay where they were
    fired: set[str] = field(default_factory=set)  # tokens of timers that ran out
    unasked: list[OpenedSubscription] = field(default_factory=list)  # no kept message looked for yet

    def add(self, result: Result) -> None:
        """Put one more result on top. Something opened and closed again within the command never was."""
        for closed in result.closed:
            if self.opened.pop(closed.token, None) is None:
                self.closed[closed.token] = closed
        for gone in result.timers_gone:
            if self.timers.pop(gone, None) is None:
                self.timers_gone.add(gone)
        for gone in result.subscriptions_gone:
            kept = [each for each in self.subscriptions if each.token != gone]
            if len(kept) == len(self.subscriptions):
                self.subscriptions_gone.add(gone)
            self.subscriptions = kept
        self.unasked = [each for each in self.unasked if each.token not in result.subscriptions_gone]
        for gone in result.jobs_gone:
            self.jobs.pop(gone, None)
        self.opened |= {task.token: task for task in result.opened}
        self.timers |= {timer.token: timer for timer in result.timers}
        self.subscriptions += result.subscriptions
        self.unasked += result.subscriptions
        self.jobs |= {job.token: job for job in result.jobs}
        left = {step.token for step in result.trail if step.what in _LEAVING}
        self.gone |= left
        self.fired |= {step.token for step in result.trail if step.what == "fired"}
        self.failures = {token: each for token, each in self.failures.items() if token not in left}
        self.failures |= {failure.token: failure for failure in result.failures}
