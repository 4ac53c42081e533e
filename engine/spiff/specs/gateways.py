"""Exclusive, parallel, inclusive, complex and event-based gateways. Joins count tokens for each incoming
flow.
"""

# mypy: disallow-subclassing-any=False
# ruff: noqa: ARG002 - the signatures are SpiffWorkflow's, or those of the other elements

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from ..branches import Branch, common
from ..script import Expression, Stuck
from .base import Flow, Node
from .reach import NOWHERE, Reach

FIRST_PHASE = "waitingForStart"  # what conditions call it


@dataclass(slots=True)
class Join:
    """What has arrived at a gateway: tokens for each incoming flow. `used`: flows of the round a complex
    gateway is in.
    """

    arrived: dict[str, int] = field(default_factory=dict)
    branch: Branch = ()
    used: list[str] | None = None

    @property
    def holds(self) -> bool:
        """Whether the scope may not end yet."""
        return bool(self.arrived) or self.used is not None

    def add(self, flow: str, branch: Branch) -> None:
        self.branch = common(self.branch, branch) if self.arrived else branch
        self.arrived[flow] = self.arrived.get(flow, 0) + 1

    def take_one_each(self) -> None:
        """A token from every flow that has one; what is over stays for the next round."""
        self.arrived = {flow: count - 1 for flow, count in self.arrived.items() if count > 1}


class Exclusive(Node, defaults.ExclusiveGateway):
    kind = "exclusiveGateway"

    def route(self, token: Any) -> list[Flow]:
        """The first flow, in the order drawn, whose condition is true."""
        if (
            len(self.flows) < 2
            and self.default is None
            and all(flow.condition is None for flow in self.flows)
        ):
            return list(self.flows)
        true = token.workflow.script_engine.true
        for flow in self.flows:
            if flow.id == self.default:
                continue
            if flow.condition is None or true(token, flow.condition, "this condition"):
                return [flow]
        return self.otherwise()


class Joining(Node):
    """A gateway at which tokens wait for each other. `least`: incoming flows that make it one."""

    least = 2

    def entered(self, token: Any) -> bool:
        if len(self.incoming) < self.least or token.flow is None:
            return True
        scope = token.workflow
        join = scope.joins.setdefault(self.name, Join())
        join.add(token.flow, token.branch)
        if self.complete(token, join):
            token.branch = join.branch
            self.consume(scope, join)
            return True
        scope.remove(token)
        return False

    def complete(self, token: Any, join: Join) -> bool:
        return len(join.arrived) == len(self.incoming)

    def consume(self, scope: Any, join: Join) -> None:
        scope.no_longer_stranded(self)
        join.take_one_each()
        if not join.arrived:
            del scope.joins[self.name]


class Parallel(Joining, defaults.ParallelGateway):
    kind = "parallelGateway"

    def route(self, token: Any) -> list[Flow]:
        return list(self.flows)


def _stays(token: Any) -> bool:
    """Whether it leaves by no flow: a listener, or what is undone. A handler may, by a boundary event."""
    kept = token.internal_data
    undone = "undoes" in kept and not token.task_spec.for_compensation
    return undone or "listens" in kept or "host" in kept


class Inclusive(Joining, defaults.InclusiveGateway):
    """`reach`: by which incoming flows of this gateway a token in the scope can still arrive.

    The rule of the standard (13.4.3): a token elsewhere is waited for when it can reach an empty incoming
    flow, and none that already holds a token. Asked only when nothing else can move.
    """

    kind = "inclusiveGateway"
    reach: Reach = NOWHERE

    def complete(self, token: Any, join: Join) -> bool:
        return False

    def fire(self, scope: Any) -> bool:
        join = scope.joins[self.name]
        if self.awaited(scope, join.arrived):
            return False
        branch = join.branch
        self.consume(scope, join)
        self.go_on(scope, branch)
        return True

    def go_on(self, scope: Any, branch: Branch, **internal: Any) -> None:
        """A new token that has the join behind it."""
        scope.put(self, None, branch, internal=internal)

    def awaited(self, scope: Any, full: Iterable[str]) -> bool:
        """Whether some other token may still fill a flow, without reaching one that is `full`."""
        filled = self.reach.flows(full)
        reached = map(self.reach.of, self._elements_with_tokens(scope))
        return any(flows and not flows & filled for flows in reached)

    def _elements_with_tokens(self, scope: Any) -> set[str]:
        elements = {token.task_spec.name for token in scope.tokens() if not _stays(token)}
        elements.update(name for name, join in scope.joins.items() if name != self.name and join.arrived)
        elements.update(scope.arriving)
        return elements


class Complex(Inclusive):
    """Goes on when its activation condition holds, then waits for the tokens still coming for the same round.

    It chooses its ways twice in a round (13.4.5): when it goes on, and when it resets, where none of them may
    be right. Conditions tell the two apart by `waitingForStart`.
    """

    kind = "complexGateway"
    least = 1
    activation: Expression

    def complete(self, token: Any, join: Join) -> bool:
        return join.used is None and self._activated(token.workflow, token.data, join)

    def _activated(self, scope: Any, data: Any, join: Join) -> bool:
        counted = {"activationCount": sum(join.arrived.values()), FIRST_PHASE: True}
        environment = scope.top_workflow.script_engine.environment
        return environment.evaluate(self.activation, data, counted) is True

    def consume(self, scope: Any, join: Join) -> None:
        scope.no_longer_stranded(self)
        join.used = list(join.arrived)
        join.take_one_each()

    def fire(self, scope: Any) -> bool:
        """The round ends when no token can come any more by a flow that has not been used."""
        join = scope.joins[self.name]
        if join.used is None:
            return self._begin_next(scope, join)
        if self.awaited(scope, [*join.used, *join.arrived]):
            return False
        branch = join.branch
        late = [flow for flow in join.arrived if flow not in join.used]
        join.arrived = {
            flow: count - (flow in late) for flow, count in join.arrived.items() if count > (flow in late)
        }
        join.used = None
        if not join.arrived:
            del scope.joins[self.name]
        self.go_on(scope, branch, reset=1)
        return True

    def _begin_next(self, scope: Any, join: Join) -> bool:
        """A round begins with tokens that came while the one before was not over."""
        try:
            begins = bool(join.arrived) and self._activated(scope, scope.data, join)
        except Stuck:  # the token that came last says so
            begins = False
        if not begins:
            return False
        branch = join.branch
        self.consume(scope, join)
        self.go_on(scope, branch)
        return True

    def route(self, token: Any) -> list[Flow]:
        first = "reset" not in token.internal_data
        out = self.chosen(token, {FIRST_PHASE: first})
        return out if out or not (first or self.default) else self.otherwise()


class EventBased(Node, defaults.EventBasedGateway):
    """Puts a token on every event after it; the first that happens withdraws the others."""

    kind = "eventBasedGateway"

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, None, **kwargs)

    def leave(self, token: Any) -> None:
        scope = token.workflow
        rivals = scope.top_workflow.next_id()
        scope.top_workflow.journal.step("completed", token)
        for flow in self.flows:
            event = scope.put(
                scope.spec.task_specs[flow.target], flow.id, token.branch, internal={"rivals": rivals}
            )
            if event is not None and event._state == TaskState.READY:
                break  # it has happened already
        scope.remove(token)
