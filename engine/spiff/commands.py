"""Takes one command on one saved state: the whole of what the rest of the product sees of the executor.

Pure: the same state, command and clock give the same result, and an exception leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine import execution as x
from engine.errors import InvalidInput, TaskGone

from . import codec, repairs
from . import definitions as d
from .bundle import Bundle
from .script import Expressions
from .specs.activities import Human, Job
from .specs.loops import MultiInstance
from .variables import Variables, plain, write_all
from .workflow import Instance


def run(bundle: Bundle, state: bytes | None, command: x.Command, clock: x.Clock) -> x.Result:
    """Raises TaskGone when the token a command names is not there, InvalidInput for bad variables."""
    expressions = Expressions(clock)
    if isinstance(command, x.Start):
        if state is not None:
            raise InvalidInput("Expected no state to start from.")
        instance = Instance(bundle.spec, bundle.specs, expressions)
    elif state is None:
        raise InvalidInput("Expected the state of a started process.")
    else:
        instance = codec.load(state, bundle, expressions)
        if instance.completed:
            raise TaskGone("Expected a running process, but this one has ended.")
    apply(instance, command)
    return instance.journal.result(codec.dump(instance), instance.status)


def apply(instance: Instance, command: x.Command) -> None:
    """Do one command in memory; what it did is in the instance's journal."""
    _DO[type(command)](instance, command)
    instance.settle()
    instance.strand()


def _start(instance: Instance, command: x.Start) -> None:
    instance.open(Variables(plain(command.variables)))
    for name in command.variables:
        instance.journal.changed(name, "", "")
    spec = instance.spec
    tasks = spec.task_specs.values()
    triggered = [task.name for task in tasks if task.kind == "startEvent" or task.instantiates]
    starts = spec.starts
    if command.event is not None:
        if command.event not in triggered:
            raise InvalidInput(f"Expected a start event of this process, but “{command.event}” is not one.")
        starts = (command.event,)
    elif not starts and len(triggered) == 1:
        starts = (triggered[0],)
    elif not starts:
        raise InvalidInput("Expected to be told which start event to start at.")
    if command.event is not None:
        for one in d.definitions(spec.task_specs[command.event].event_definition):
            if isinstance(one, d.Message):
                one.received(instance, plain(command.correlation, "correlation keys"), command.variables)
    instance.begin(starts, started=not spec.starts or command.event is not None)


def _at_work(instance: Instance, id: str) -> Any:
    """An open task or job. Raises TaskGone when the token is neither."""
    token = instance.get_task_from_id(id)
    spec, state = token.task_spec, token._state
    if (
        isinstance(spec, Human)
        and state == TaskState.READY
        or isinstance(spec, Job)
        and state == TaskState.STARTED
    ):
        return token
    raise TaskGone


def _complete(instance: Instance, command: x.Complete) -> None:
    token = _at_work(instance, command.token)
    variables = plain(command.variables)
    if isinstance(token.task_spec, Human):
        instance.journal.task_closed(token, "completed")
    token.finish(variables)


def _deliver(instance: Instance, command: x.Deliver) -> None:
    token = None if command.token is None else instance.get_task_from_id(command.token)
    variables, correlation = plain(command.variables), plain(command.correlation, "correlation keys")
    if not instance.event_manager.deliver(command.name, correlation, variables, token):
        raise TaskGone("Expected the process to wait for this message, but it does not.")


def _broadcast(instance: Instance, command: x.Broadcast) -> None:
    if not instance.event_manager.broadcast(command.name, plain(command.variables)):
        raise TaskGone("Expected the process to wait for this signal, but it does not.")


def _fire(instance: Instance, command: x.Fire) -> None:
    instance.event_manager.fire(instance.get_task_from_id(command.token))


def _set_variables(instance: Instance, command: x.SetVariables) -> None:
    if command.token is None:
        write_all(instance.task_tree, plain(command.variables), instance.data)
    else:
        write_all(instance.get_task_from_id(command.token), plain(command.variables))


def _retry(instance: Instance, command: x.Retry) -> None:
    token = instance.get_task_from_id(command.token)
    if not token.stuck:
        raise TaskGone("Expected a token that is stuck, but this one is not.")
    halted = [other for other in instance.every_token() if "halted" in other.internal_data]
    for other in halted if "halted" in token.internal_data else [token]:
        instance.journal.step("retried", other)
        other.retry()


def _raise(instance: Instance, command: x.Raise) -> None:
    token = _at_work(instance, command.token)
    variables = plain(command.variables)
    error = d.Error(command.code, command.code)
    if not instance.event_manager.throw_code(token, error, variables, host=token):
        token.workflow.unhost(token)
        token.task_spec.withdrawn(token)
        token.fail(f"Expected the error “{command.code}” to be caught, but nothing catches it.")
    elif token.alive:
        token.workflow.kill(token)
        token.workflow.check_complete()


def _withdraw(instance: Instance, command: x.Withdraw) -> None:
    token = _at_work(instance, command.token)
    scope, loop = token.workflow, token.internal_data.get("loop")
    if loop is not None and isinstance(scope.tasks[loop].task_spec, MultiInstance):
        controller = scope.tasks[loop]
        controller.task_spec.drop(controller, token)
    else:
        scope.kill(token)
        if "undoes" in token.internal_data:
            scope.undone(token.internal_data["undoes"])
        scope.check_complete()


def _cancel(instance: Instance, command: x.Cancel) -> None:  # noqa: ARG001 - as all commands
    instance.cancel()


_DO: Mapping[type, Callable[[Instance, Any], None]] = {
    x.Start: _start,
    x.Complete: _complete,
    x.Deliver: _deliver,
    x.Broadcast: _broadcast,
    x.Fire: _fire,
    x.SetVariables: _set_variables,
    x.Retry: _retry,
    x.Cancel: _cancel,
    x.Fail: repairs.fail,
    x.Skip: repairs.skip,
    x.Move: repairs.move,
    x.Raise: _raise,
    x.Withdraw: _withdraw,
}


# Looking, for operators and rehearsals only: the product reads its own rows.


@dataclass(frozen=True, slots=True)
class Place:
    """Where one token waits. `why`: task, job, event, inside, join, stuck."""

    token: str
    element: str
    name: str
    kind: str
    why: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    status: str
    tokens: tuple[Place, ...]
    variables: Mapping[str, Any]


def look(bundle: Bundle, state: bytes) -> Look:
    instance = codec.at_rest(state, bundle)
    stranded = {
        (token.workflow, token.task_spec.name): token
        for token in instance.every_token()
        if "stranded" in token.internal_data
    }
    places = [_place(token) for token in instance.every_token() if not _silent(token)]
    for scope in instance.scopes():
        held = [name for name, join in scope.joins.items() if join.arrived]
        for name in (*held, *scope.arriving):
            spec, token = scope.spec.task_specs[name], stranded.get((scope, name))
            found = _place(token) if token else None
            places.append(found or Place("", spec.bpmn_id, spec.bpmn_name or "", spec.kind, "join"))
    return Look(instance.status, tuple(places), instance.data.own())


def _silent(token: Any) -> bool:
    """Listeners that do listen, and what only says that a join waits in vain."""
    kept = token.internal_data
    return "stranded" in kept or not token.stuck and ("host" in kept or "listens" in kept)


def _place(token: Any) -> Place:
    spec = token.task_spec
    if token.stuck:
        why = "stuck"
    elif token._state == TaskState.WAITING:
        why = "event"
    elif isinstance(spec, Human):
        why = "task"
    else:
        why = "job" if isinstance(spec, Job) else "inside"
    return Place(
        token.id, spec.bpmn_id, spec.bpmn_name or "", spec.kind, why, token.internal_data.get("cause", "")
    )


def variables_at(bundle: Bundle, state: bytes, token: str) -> dict[str, Any]:
    """The variables in reach of one token, its own scope first. Raises TaskGone when it is not there."""
    instance = codec.at_rest(state, bundle)
    return dict(instance.get_task_from_id(token).data.items())
