"""The state of an instance as bytes: live tokens, variables, joins, nothing else. Version 1.

`[1, count, flags, scopes, variables once it has ended, correlation keys if any]`. A scope:
`[host, variables, joins, arriving, undo, tokens]` with null for what is empty.
The specification is never in it, so the same state can be loaded with another version of the diagram.
"""

from __future__ import annotations

from typing import Any

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.errors import HandrailError

from .branches import settled, side_by_side, without
from .bundle import Bundle
from .script import Expressions
from .specs.gateways import Join
from .token import Token
from .variables import Variables
from .workflow import Instance

VERSION = 1
STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS


class UnknownState(HandrailError):
    """Expected the state of a process instance of this version of Handrail."""

    code = "unknown_state"


# Saving


def dump(instance: Instance) -> bytes:
    _settle(instance)
    flags = instance.completed + 2 * instance.cancelled
    scopes = [] if instance.completed else [_scope(scope, instance) for scope in instance.scopes()]
    data = _variables(instance.data) if instance.completed else None
    keys = [instance.keys] if instance.keys else []
    return orjson.dumps([VERSION, instance.count, flags, scopes, data, *keys], option=STRICT)


def _settle(instance: Instance) -> None:
    """Forget forks that nothing needs any more, so that loops leave no trace."""
    tokens = list(instance.every_token())
    joins = [join for scope in instance.scopes() for join in scope.joins.values()]
    data = _all_variables(instance, tokens)
    live = {token.branch for token in tokens} | {join.branch for join in joins}
    for variables in data:
        if variables.writers:
            kept = variables.writers.items()
            variables.writers = {
                name: branch for name, branch in kept if any(side_by_side(branch, other) for other in live)
            }
    if live <= {()}:
        return
    done = settled([*live, *(branch for variables in data for branch in variables.writers.values())])
    if not done:
        return
    for holder in (*tokens, *joins):
        holder.branch = without(holder.branch, done)
    for scope in instance.scopes():
        scope.base = without(scope.base, done)
    for variables in data:
        variables.writers = {name: without(branch, done) for name, branch in variables.writers.items()}


def _all_variables(instance: Instance, tokens: list[Any]) -> list[Variables]:
    found: dict[int, Variables] = {}
    for holder in (*instance.scopes(), *tokens):
        data = holder.data
        while data is not None and id(data) not in found:
            found[id(data)] = data
            data = data.parent
    return list(found.values())


def _variables(data: Variables) -> list[Any]:
    """`[own values, isolated, sees the scope around, writers, given]`, the end left out when empty."""
    writers = {name: list(branch) for name, branch in data.writers.items()}
    packed: list[Any] = [data.own(), int(data.isolated), int(data.parent is not None)]
    if data.given:
        return [*packed, writers, data.given]
    return [*packed, writers] if writers else packed


def _scope(scope: Any, instance: Instance) -> list[Any]:
    top = scope is instance
    own = top or scope.called
    joins = {name: [join.arrived, list(join.branch), join.used] for name, join in scope.joins.items()}
    tokens = [_token(token) for token in scope.tokens()]
    return [
        None if top else scope.parent_task_id,
        _variables(scope.data) if own else None,
        joins or None,
        scope.arriving or None,
        scope.undo or None,
        list(scope.base) or None,
        tokens,
    ]


def _token(token: Any) -> list[Any]:
    """`[id, element, state, internal data, branch, variables]`, the end left out when it says nothing."""
    packed = [
        token.id,
        token.task_spec.name,
        token._state,
        token.internal_data or None,
        list(token.branch) or None,
    ]
    if token.data.owner == token.id and not token.task_spec.loops:  # a loop's counts are worked out
        packed.append(_variables(token.data))
    while packed[-1] is None:
        packed.pop()
    return packed


# Loading


class _NoClock:
    """Looking happens at no time."""


def at_rest(state: bytes, bundle: Bundle) -> Instance:
    """An instance to look at. Raises UnknownState as `load` does."""
    return load(state, bundle, Expressions(_NoClock()))  # type: ignore[arg-type]  # nothing asks it the time


def load(state: bytes, bundle: Bundle, expressions: Expressions) -> Instance:
    """Raises UnknownState for anything that `dump` did not write for these elements."""
    try:
        version, count, flags, scopes, data, *keys = orjson.loads(state)
        if version != VERSION:
            raise UnknownState
        instance = Instance(bundle.spec, bundle.specs, expressions)
        instance.count = count
        instance.keys = keys[0] if keys else {}
        instance.completed, instance.cancelled = bool(flags & 1), bool(flags & 2)
        instance.open(Variables())
        if data is not None:
            instance.data = _read_variables(data, "", None)
        tokens: dict[str, Any] = {}
        for scope in scopes:
            _load_scope(instance, scope, tokens)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise UnknownState from error
    return instance


def _load_scope(instance: Instance, packed: list[Any], tokens: dict[str, Any]) -> None:
    host_id, data, joins, arriving, undo, base, live = packed
    if host_id is None:
        scope: Any = instance
        scope.data = _read_variables(data, "", None)
    else:
        host = tokens[host_id]
        scope = instance.create_subprocess(host, host.task_spec.spec)
        scope.open(host.data if data is None else _read_variables(data, host_id, host.data))
    scope.joins = {
        name: Join(arrived, tuple(branch), used) for name, (arrived, branch, used) in (joins or {}).items()
    }
    scope.arriving, scope.undo, scope.base = arriving or {}, undo or [], tuple(base or ())
    for token in live:
        _load_token(scope, tokens, *token)


def _load_token(
    scope: Any,
    tokens: dict[str, Any],
    id: str,
    element: str,
    state: int,
    internal: dict[str, Any] | None = None,
    branch: list[str] | None = None,
    data: list[Any] | None = None,
) -> None:
    if not id.isdecimal():
        raise ValueError(id)
    token = Token(scope, scope.spec.task_specs[element], id=id, state=state)
    if internal:
        token.internal_data = internal
        if "loop" in internal:
            token.data = tokens[internal["loop"]].data
        if token.task_spec.loops and "count" in internal:
            token.task_spec.recount(token)
    if branch:
        token.branch = tuple(branch)
    if data is not None:
        token.data = _read_variables(data, id, token.data)
    if internal is None or not ("host" in internal or "listens" in internal):
        scope.live += 1
    if state == TaskState.WAITING:
        scope.top_workflow.event_manager.tasks[id] = token
    tokens[id] = token


def _read_variables(packed: list[Any], owner: str, around: Variables | None) -> Variables:
    own, isolated, sees = packed[:3]
    data = Variables(own, owner=owner, parent=around if sees else None, isolated=bool(isolated))
    if len(packed) > 3:
        data.writers = {name: tuple(branch) for name, branch in packed[3].items()}
    if len(packed) > 4:
        data.given = {name: list(value) for name, value in packed[4].items()}
    return data
