"""A diagram that goes round through operations for ever stops with an incident, and what was done is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import stepping
from engine.execution import Complete, OpenedJob, OpenedSubscription, Result, Thrown
from engine.stepping import MAX_ROUNDS, Progress, advance
from tests.engine.spiff.drawing import Run, diagram, flows, nodes, zeebe

FETCH = zeebe('<zeebe:taskDefinition type="fetch"/>')
ROUND = diagram(
    nodes(s="startEvent", a="userTask", m="exclusiveGateway", f=f"serviceTask|{FETCH}")
    + flows("s>a", "a>m", "m>f", "f>m")
)


class Around:
    """Operations that always answer."""

    performed = 0

    def witness(self, result: Result) -> None:
        pass

    def send(self, thrown: Thrown) -> None:
        raise AssertionError(thrown)

    def perform(self, job: OpenedJob) -> Mapping[str, Any]:
        self.performed += 1
        return {}

    def take(self, wait: OpenedSubscription) -> None:
        return None


def test_a_loop_through_operations_ends_as_an_incident_at_its_step() -> None:
    run = Run(ROUND)
    around, progress = Around(), Progress(run.state, run.status)
    advance(run.bundle, progress, Complete(run.token("a")), run.clock, around)

    (failure,) = progress.outcome.failures.values()
    assert failure.element == "f" and "round in circles" in failure.cause
    assert around.performed < MAX_ROUNDS == stepping.MAX_ROUNDS
    assert [closed.how for closed in progress.outcome.closed.values()] == ["completed"]
