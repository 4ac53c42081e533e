"""Events that make something happen: intermediate and end events, and the send task."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.execution import Thrown

from .. import definitions as d
from ..script import Stuck
from .base import Activity, Flow, Node, heads


class Throwing(Activity):
    """Makes something happen elsewhere, then goes on."""

    event_definition: Any

    def act(self, token: Any) -> bool | None:
        waits = False
        for definition in d.definitions(self.event_definition):
            if waits and definition.kind == "error":
                break  # thrown on leaving, when all is undone
            with _throws(token):
                waits = bool(THROW.get(definition.kind, _nothing)(token, definition)) or waits
            if not token.alive:
                return True
        return None if waits else True

    def leave(self, token: Any) -> None:
        if self.extensions.outputs:
            self.take(token, {})
        thrown = {definition.kind: definition for definition in d.definitions(self.event_definition)}
        if "error" in thrown:
            with _throws(token):
                throw_error(token, thrown["error"])
        elif "terminate" in thrown:
            _terminate(token)
        elif "cancel" in thrown:
            _cancel(token)
        else:
            Node.leave(self, token)


class End(Throwing, defaults.EndEvent):
    kind = "endEvent"

    def route(self, token: Any) -> list[Flow]:  # noqa: ARG002 - as all elements
        return []


class Throw(Throwing, defaults.IntermediateThrowEvent):
    kind = "intermediateThrowEvent"


class Send(Throwing, defaults.SendTask):
    kind = "sendTask"


@contextmanager
def _throws(token: Any) -> Iterator[None]:
    """What ends the token meanwhile is what it throws."""
    token.internal_data["throws"] = 1
    try:
        yield
    finally:
        del token.internal_data["throws"]


def _nothing(token: Any, definition: Any) -> None:
    pass


def _inputs(token: Any) -> dict[str, Any]:
    """What is sent along: only what the diagram names."""
    spec, data = token.task_spec, token.data
    if spec.loops or data.owner != token.id:
        return {}
    named = heads(spec.extensions.inputs)
    return {name: value for name, value in data.own().items() if name in named}


def throw_message(token: Any, definition: Any) -> None:
    """To somebody waiting in this instance, otherwise out of the process."""
    top, variables = token.workflow.top_workflow, _inputs(token)
    keys = definition.sent(token)
    if not top.event_manager.deliver(definition.name, keys, variables):
        spec = token.task_spec
        top.journal.thrown.append(
            Thrown("message", definition.name, spec.bpmn_id, definition.written(keys), variables)
        )


def throw_signal(token: Any, definition: Any) -> None:
    """To everybody waiting in this instance, and out of the process to everybody else."""
    top, variables = token.workflow.top_workflow, _inputs(token)
    top.event_manager.broadcast(definition.name, variables)
    top.journal.thrown.append(Thrown("signal", definition.name, token.task_spec.bpmn_id, "", variables))


def throw_error(token: Any, definition: Any) -> None:
    top = token.workflow.top_workflow
    if not top.event_manager.throw_code(token, definition, _inputs(token)):
        raise Stuck(
            f"Expected the error “{definition.code or definition.name}” to be caught, but nothing catches it."
        )
    if token.alive:
        token.workflow.kill(token)
        token.workflow.check_complete()


def throw_escalation(token: Any, definition: Any) -> None:
    top, variables = token.workflow.top_workflow, _inputs(token)
    if not top.event_manager.throw_code(token, definition, variables):
        name, spec = definition.code or definition.name or "", token.task_spec
        top.journal.thrown.append(Thrown("escalation", name, spec.bpmn_id, "", variables))


def throw_compensation(token: Any, definition: Any) -> bool:
    """True while handlers run. Inside an event sub-process it is the scope around that is compensated."""
    scope = token.workflow
    while scope.parent_task_id is not None and scope.host.task_spec.kind == "eventSubProcess":
        scope = scope.host.workflow
    return bool(scope.compensate(token, definition.activity))


THROW = {
    "message": throw_message,
    "signal": throw_signal,
    "error": throw_error,
    "escalation": throw_escalation,
    "compensation": throw_compensation,
}


def _terminate(token: Any) -> None:
    scope = token.workflow
    scope.top_workflow.journal.step("completed", token)
    scope.remove(token)
    scope.clear()
    scope.check_complete()


def _cancel(token: Any) -> None:
    """Withdraw what still runs in the transaction, compensate what has finished, then go on from the cancel
    event.
    """
    scope = token.workflow
    if scope.roll_back(token):
        token._state = TaskState.STARTED
        return
    scope.top_workflow.journal.step("completed", token)
    scope.top_workflow.event_manager.cancel_transaction(scope)
