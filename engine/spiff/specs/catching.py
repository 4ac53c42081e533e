"""Events that wait: start, intermediate and boundary events, and the receive task."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from .. import definitions as d
from ..token import Token
from .base import Activity

STEPS = {"timer": "fired", "condition": "fired"}


class Catching(Activity):
    """Waits for something to happen. `repeats`: whether it goes on listening afterwards."""

    event_definition: Any
    repeats = False

    @property
    def conditions(self) -> bool:  # type: ignore[override]  # worked out, not kept
        return any(isinstance(one, d.Condition) for one in d.definitions(self.event_definition))

    @property
    def bound(self) -> bool:  # type: ignore[override]  # worked out, not kept
        messages = (one for one in d.definitions(self.event_definition) if isinstance(one, d.Message))
        return any(each.bound is not None for message in messages for each in message.properties)

    def messages(self, name: str) -> list[Any]:
        """The messages of this name that it waits for."""
        return [
            one
            for one in d.definitions(self.event_definition)
            if isinstance(one, d.Message) and one.name == name
        ]

    def catches(self, kind: str) -> bool:
        return any(one.kind == kind for one in d.definitions(self.event_definition))

    def entered(self, token: Any) -> bool:
        if token.internal_data.pop("started", None):  # what it waits for is why the instance exists
            return True
        token._state = TaskState.WAITING
        token.workflow.top_workflow.event_manager.tasks[token.id] = token
        if not self.event_definition.arm(token):
            return False
        if self.repeats:
            self.happened(token, {})
            return False
        self.take_over(token)
        return True

    def caught(self, token: Any, kind: str, name: str, variables: Mapping[str, Any]) -> None:
        """What the token waits for has happened."""
        token.workflow.top_workflow.journal.step(STEPS.get(kind, "received"), token, name)
        definition = self.event_definition
        if isinstance(definition, d.Several):
            definition.see(token, kind, name)
            if not definition.enough(token):
                token.attempt(self.take, variables)
                return
        self.happened(token, variables)

    def happened(self, token: Any, variables: Mapping[str, Any]) -> None:
        if self.repeats:
            copy = self.copy(token)
            self.rearm(token)
            copy.attempt(self.go_on, variables)
        else:
            self.take_over(token)
            token.attempt(self.go_on, variables)

    def go_on(self, token: Any, variables: Mapping[str, Any]) -> None:
        self.take(token, variables)
        token._ready()

    def take_over(self, token: Any) -> None:
        """The wait is over: rivals are withdrawn, timer and subscription go."""
        scope = token.workflow
        scope.top_workflow.event_manager.forget(token)
        rivals = token.internal_data.pop("rivals", None)
        if rivals is not None:
            for other in scope.tokens():
                if other is not token and other.internal_data.get("rivals") == rivals:
                    scope.kill(other)

    def copy(self, token: Any) -> Any:
        """The token that goes on from a listener that stays."""
        scope = token.workflow
        copy = Token(scope, self, id=scope.top_workflow.next_id())
        scope.live += 1
        return copy

    def rearm(self, token: Any) -> None:
        """Listen again: messages and signals still do, a timer only when it is a cycle, a condition once it
        was false.
        """
        kept, definition = token.internal_data, self.event_definition
        if isinstance(definition, d.Several):
            definition.again(token)
        elif isinstance(definition, d.Condition):
            kept["held"] = 1
        elif isinstance(definition, d.Timer):
            token.workflow.top_workflow.event_manager.forget(token)
            if "cycle" in kept and definition.again(token):
                token.workflow.top_workflow.event_manager.tasks[token.id] = token
            else:
                token.workflow.remove(token)

    def look(self, token: Any) -> None:
        """Whether a condition it waits for has become true."""
        token.attempt(self._look)

    def _look(self, token: Any) -> None:
        kept, definition = token.internal_data, self.event_definition
        if isinstance(definition, d.Several):
            for index in definition.newly_true(token):
                if token._state == TaskState.WAITING:
                    token.workflow.top_workflow.journal.step("fired", token)
                    kept["seen"].append(index)
                    if definition.enough(token):
                        self.happened(token, {})
        elif not definition.holds(token):
            kept.pop("held", None)
        elif "held" not in kept:
            self.caught(token, definition.kind, "", {})

    def catches_code(self, thrown: Any) -> bool:
        return any(
            one.kind == thrown.kind and one.code in (None, thrown.code)
            for one in d.definitions(self.event_definition)
            if isinstance(one, d.Error | d.Escalation)
        )

    def catches_any_code(self, thrown: Any) -> bool:
        """Whether it would take any code: such a listener comes after an exact one."""
        return all(getattr(one, "code", None) != thrown.code for one in d.definitions(self.event_definition))


class Start(Catching, defaults.StartEvent):
    kind = "startEvent"

    def act(self, token: Any) -> bool:
        if self.extensions.outputs:
            self.take(token, {})
        return True


class Catch(Catching, defaults.IntermediateCatchEvent):
    kind = "intermediateCatchEvent"


class Receive(Catching, defaults.ReceiveTask):
    kind = "receiveTask"

    def entered(self, token: Any) -> bool:
        self.give_inputs(token)
        return super().entered(token)


class Boundary(Catching, defaults.BoundaryEvent):
    """Hangs on an activity. Interrupting: the listener becomes the token. Otherwise a copy of it does."""

    kind = "boundaryEvent"

    def __init__(
        self, wf_spec: Any, bpmn_id: str, event_definition: Any, cancel_activity: bool, **kwargs: Any
    ) -> None:
        super().__init__(wf_spec, bpmn_id, event_definition, cancel_activity, **kwargs)
        self.repeats = not cancel_activity

    def take_over(self, token: Any) -> None:
        super().take_over(token)
        scope = token.workflow
        host = scope.tasks.get(token.internal_data.pop("host", None))
        scope.live += 1
        if host is not None:
            token.branch = host.branch
            scope.kill(host)
            if "undoes" in host.internal_data:
                scope.undone(host.internal_data["undoes"])

    def copy(self, token: Any) -> Any:
        """From here on the activity and what its event started run side by side."""
        copy = super().copy(token)
        host = token.workflow.tasks[token.internal_data["host"]]
        token.workflow.keep_place(host)
        side_by_side(token.workflow, host, copy)
        return copy


def side_by_side(scope: Any, host: Any, copy: Any) -> None:
    """`host` and everything inside it, and `copy`, are two branches from now on."""
    stay, go = scope.forked(host.branch, 2)
    copy.branch = go
    depth = len(host.branch)
    for token in inside(scope, host):
        token.branch = (*stay, *token.branch[depth:])


def inside(scope: Any, host: Any) -> list[Any]:
    """A token, its loop's instances, and the tokens of the scopes they opened."""
    tokens = [host, *(other for other in scope.tokens() if other.internal_data.get("loop") == host.id)]
    found = list(tokens)
    for token in tokens:
        inner = scope.top_workflow.subprocesses.get(token.id)
        if inner is not None:
            inner.base = token.branch
            for other in inner.tokens():
                found += [other] if other.internal_data.get("loop") else inside(inner, other)
    return found
