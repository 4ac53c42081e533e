"""What becomes of a token that cannot go on: it keeps its place, is let go undone, or is put elsewhere.

`choices` says what an operator may do with it, without a word of what people wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine import execution as x
from engine.errors import InvalidInput, TaskGone

from . import codec
from .bundle import Bundle
from .specs.activities import Human, Job
from .specs.catching import Catching
from .specs.gateways import EventBased, Exclusive, Joining
from .workflow import Instance

NO_PLACE = ("root", "startEvent", "boundaryEvent", "eventSubProcess")


@dataclass(frozen=True, slots=True)
class Way:
    """A flow out of an element, or an element a token may be put on. `name`: what a person calls it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What an operator can do with one token. `kinds`: variables in its reach, with their kinds of value."""

    flows: tuple[Way, ...]  # to choose from when it is skipped; empty when there is no choice
    places: tuple[Way, ...]  # where it may be put
    kinds: dict[str, str]


def choices(bundle: Bundle, state: bytes, token: str) -> Choices:
    """Raises TaskGone when the token is not there, or does not need anybody."""
    instance = codec.at_rest(state, bundle)
    found = _troubled(instance, token)
    specs = found.workflow.spec.task_specs
    flows = tuple(Way(flow.id, _named(specs[flow.target])) for flow in _ways(found.task_spec))
    places = tuple(Way(spec.name, _named(spec)) for spec in _places(found)) if _movable(found) else ()
    kinds = {name: _kind(value) for name, value in sorted(found.data.items())}
    return Choices(flows, places, kinds)


_KINDS = {str: "text", bool: "yes or no", int: "number", float: "number", list: "list", dict: "group"}


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "nothing")


def _named(spec: Any) -> str:
    return str(spec.bpmn_name or spec.bpmn_id)


def _troubled(instance: Instance, id: str) -> Any:
    """A stuck token, or a task that waits for somebody there is not. Raises TaskGone for any other."""
    token = instance.get_task_from_id(id)
    waits = isinstance(token.task_spec, Human) and token._state == TaskState.READY
    if not token.stuck and not waits:
        raise TaskGone("Expected a step that needs help, but this one does not.")
    return token


# Failing ---------------------------------------------------------------------------------------------------


def fail(instance: Instance, command: x.Fail) -> None:
    """An operation could not be done, or nobody can say when it will be: the token waits for a person."""
    token = instance.get_task_from_id(command.token)
    spec, state = token.task_spec, token._state
    if isinstance(spec, Job) and state == TaskState.STARTED:
        spec.withdrawn(token)
    elif isinstance(spec, Catching) and state == TaskState.WAITING:
        instance.event_manager.forget(token)
    else:
        raise TaskGone
    token.fail(command.cause)


# Skipping --------------------------------------------------------------------------------------------------


def skip(instance: Instance, command: x.Skip) -> None:
    """Leave the element without its work. Raises InvalidInput when it must be said by which flow."""
    token = _troubled(instance, command.token)
    flows = _chosen(token.task_spec, command.flow)
    instance.journal.step("skipped", token)
    if "stranded" in token.internal_data:
        _go_on_alone(token)
    else:
        _give_up(token)
        _pass(token, flows)


def _ways(spec: Any) -> list[Any]:
    """The flows to choose from; empty when the token takes all of them anyhow."""
    flows = list(getattr(spec, "flows", ()))
    chooses = isinstance(spec, Exclusive) or spec.default or any(flow.condition for flow in flows)
    return flows if chooses and len(flows) > 1 else []


def _chosen(spec: Any, flow: str | None) -> list[Any]:
    ways = _ways(spec)
    if not ways:
        return list(spec.flows)
    found = [each for each in ways if each.id == flow]
    if not found:
        raise InvalidInput("Expected to be told which flow to leave by: there are several.")
    return found


def _give_up(token: Any) -> None:
    """Withdraw what hangs on the token: its task or job, its boundary events, its rivals, what is inside."""
    scope, spec = token.workflow, token.task_spec
    spec.withdrawn(token)
    inner = scope.top_workflow.subprocesses.pop(token.id, None)
    if inner is not None:
        inner.clear()
    for other in (*scope.depending(token), *_rivals(token)):
        scope.kill(other)


def _rivals(token: Any) -> list[Any]:
    group = token.internal_data.get("rivals")
    others = [] if group is None else token.workflow.tokens()
    return [each for each in others if each is not token and each.internal_data.get("rivals") == group]


def _pass(token: Any, flows: list[Any]) -> None:
    scope, spec, kept = token.workflow, token.task_spec, token.internal_data
    if "host" in kept or "listens" in kept:
        scope.remove(token)
    elif "loop" in kept:
        controller = scope.tasks[kept["loop"]]
        token.attempt(controller.task_spec.instance_done, controller)
    elif "undoes" in kept:
        scope.remove(token)
        scope.undone(kept["undoes"])
    elif isinstance(spec, EventBased):
        spec.leave(token)
    else:
        scope._leave(token, flows)


def _go_on_alone(token: Any) -> None:
    """A join goes on with the tokens it has."""
    scope, spec = token.workflow, token.task_spec
    scope.remove(token)
    join = scope.joins.pop(spec.name, None)
    if spec.name in scope.arriving:
        scope.arriving[spec.name] = spec.start_quantity - 1
    scope.put(spec, None, join.branch if join else ())


# Moving ----------------------------------------------------------------------------------------------------


def move(instance: Instance, command: x.Move) -> None:
    """Put a token on another element of the same scope. Raises InvalidInput for any other place."""
    token = _troubled(instance, command.token)
    scope = token.workflow
    target = next((spec for spec in _places(token) if spec.name == command.to), None)
    if target is None or not _movable(token):
        raise InvalidInput("Expected a step of the same process that a single token can be put on.")
    if "stranded" in token.internal_data:
        scope.joins.pop(token.task_spec.name, None)
        scope.arriving.pop(token.task_spec.name, None)
        instance.journal.step("cancelled", token)
        scope.remove(token)
    else:
        for other in _rivals(token):
            scope.kill(other)
        scope.kill(token)
    scope.put(target, None, token.branch)


def _movable(token: Any) -> bool:
    """Listeners, instances of a loop and compensation belong where they are."""
    return not any(mark in token.internal_data for mark in ("host", "listens", "loop", "undoes"))


def _places(token: Any) -> list[Any]:
    """A join is no place for a token: it would have to say for which of its flows it stands."""
    return [
        spec
        for spec in token.workflow.spec.task_specs.values()
        if spec.kind not in NO_PLACE
        and spec is not token.task_spec
        and not spec.for_compensation
        and not spec.name.endswith(" [child]")
        and spec.start_quantity == 1
        and not (isinstance(spec, Joining) and len(spec.incoming) > 1)
    ]
