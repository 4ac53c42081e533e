"""What surrounds one instance of a rehearsal while it steps: operations, decisions, and the messages kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import operations
from engine.decisions import Decisions
from engine.execution import Early, OpenedJob, OpenedSubscription, Result, Thrown
from engine.rehearsal.stage import Stage, Standing, key
from engine.spiff.bundle import Bundle
from engine.spiff.events import correlated

Values = Mapping[str, Any]
Sent = tuple[str, Thrown]  # the instance that threw it


@dataclass(slots=True)
class Surroundings:
    """One instance's; see `engine.stepping`. `thrown`: collected for whoever passes it on."""

    stage: Stage
    of: Standing
    bundle: Bundle
    thrown: deque[Sent]
    decisions: Decisions | None

    def witness(self, result: Result) -> None:
        kinds = {
            each.element: diagram.elements[each.element].kind
            for each in result.jobs
            for diagram in self.bundle.diagrams.values()
            if each.element in diagram.elements
        }
        self.stage.note(self.of, result, kinds)

    def send(self, thrown: Thrown) -> None:
        self.thrown.append((self.of.id, thrown))

    def perform(self, job: OpenedJob) -> Values | None:
        """A decision that was given, or one of Handrail's operations; any other waits to be answered."""
        if job.decision:
            return self._decide(job)
        if job.operation not in operations.OPERATIONS:
            return None
        del self.stage.tasks[key(self.of, job.token)]
        return operations.perform(job)

    def _decide(self, job: OpenedJob) -> Values | None:
        if self.decisions is None:
            return None
        del self.stage.tasks[key(self.of, job.token)]
        return {job.result: self.decisions.decide(job.decision, job.inputs, self.stage.now).value}

    def take(self, wait: OpenedSubscription) -> Early | None:
        for number, kept in enumerate(self.stage.kept):
            fits = kept.name == wait.message and kept.expires > self.stage.now
            if fits and correlated(wait.correlation, kept.correlation):
                del self.stage.kept[number]
                return Early(kept.correlation, kept.variables)
        return None
