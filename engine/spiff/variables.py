"""Variables. One dictionary for each scope; tokens of a scope share it, so a join has nothing to merge and
nothing to lose.

Nothing writes a dictionary directly: `write` does, so that every change is in the journal with the element
that made it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from engine.errors import InvalidInput, Problem

from .branches import Branch, side_by_side

MAX_INTEGER = 2**63 - 1
MAX_NESTING = 64


class Variables(dict[str, Any]):
    """The variables of a process, or of an activity that keeps its own."""

    __slots__ = ("given", "isolated", "owner", "parent", "writers")

    def __init__(
        self,
        own: Mapping[str, Any] = {},  # only read
        *,
        owner: str = "",
        parent: Variables | None = None,
        isolated: bool = True,
    ) -> None:
        """`isolated` keeps every write here; otherwise only names this scope already has stay."""
        dict.__init__(self, own)
        self.owner = owner  # "" for the process, else the token whose scope this is
        self.parent = parent
        self.isolated = isolated
        self.given: dict[str, list[Any]] = {}  # what it goes on seeing: name → [value], or [] for none
        self.writers: dict[str, Branch] = {}  # only while branches run side by side

    def own(self) -> dict[str, Any]:
        return dict(dict.items(self))  # not a copy of self: that would ask for what is around, too

    def holder(self, name: str) -> Variables:
        """The scope a write of `name` goes to."""
        scope = self
        while scope.parent is not None and not scope.isolated and not dict.__contains__(scope, name):
            scope = scope.parent
        return scope

    # Reading sees through to the scopes around.

    def __missing__(self, name: str) -> Any:
        if name in self.given:
            for value in self.given[name]:
                return value
        elif self.parent is not None:
            return self.parent[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        if dict.__contains__(self, name):
            return True
        if name in self.given:
            return bool(self.given[str(name)])
        return self.parent is not None and name in self.parent

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def __iter__(self) -> Iterator[str]:
        yield from dict.__iter__(self)
        yield from (name for name, value in self.given.items() if value and not dict.__contains__(self, name))
        if self.parent is not None:
            mine = self.given
            yield from (name for name in self.parent if not (dict.__contains__(self, name) or name in mine))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def keys(self) -> Any:
        return list(self)

    def values(self) -> Any:
        return [self[name] for name in self]

    def items(self) -> Any:
        return [(name, self[name]) for name in self]


def write(token: Any, name: str, value: Any, scope: Variables | None = None) -> None:
    """Set one variable for `token`, from its own scope outward. A concurrent write is kept in the history."""
    scope = token.data if scope is None else scope
    holder = scope.holder(name)
    while scope is not holder and scope is not None:
        scope.given.pop(name, None)
        scope = scope.parent
    instance = token.workflow.top_workflow
    before = dict.get(holder, name, _ABSENT)
    written = holder.writers.get(name)
    if written and before != value and side_by_side(token.branch, written):
        instance.journal.step("conflicted", token, detail=name)
    if before is _ABSENT or before != value:
        _hold(instance, holder, name)
    dict.__setitem__(holder, name, value)
    if token.branch:
        holder.writers[name] = token.branch
    else:
        holder.writers.pop(name, None)
    if before is _ABSENT or before != value:
        instance.journal.changed(name, holder.owner, token.task_spec.bpmn_id)


def write_all(token: Any, values: Mapping[str, Any], scope: Variables | None = None) -> None:
    for name, value in values.items():
        write(token, name, value, scope)


def _hold(instance: Any, holder: Variables, name: str) -> None:
    """A variable is about to change: called processes go on with what they were given."""
    for scope in instance.subprocesses.values():  # what is around comes first
        data = scope.data
        if scope.called and _sees(data, holder, name):
            around = data.parent
            data.given[name] = [around[name]] if name in around else []


def _sees(data: Variables, holder: Variables, name: str) -> bool:
    """Whether it reads `name` in that scope around it, or would."""
    scope: Variables | None = data
    while scope is not None and scope is not holder:
        if dict.__contains__(scope, name) or name in scope.given:
            return False
        scope = scope.parent
    return scope is holder and scope is not data


_ABSENT = object()


def plain(values: Mapping[str, Any], what: str = "variables") -> dict[str, Any]:
    """The values as they are, when they are plain JSON. Raises InvalidInput naming the variable otherwise."""
    problems = [
        Problem(str(name), f"Expected {what} to be plain JSON, but this one is not.")
        for name, value in values.items()
        if not isinstance(name, str) or not is_json(value, 0)
    ]
    if problems:
        raise InvalidInput(f"Expected {what} to be plain JSON.", problems=tuple(problems))
    return dict(values)


def is_json(value: Any, depth: int = 0) -> bool:
    """Whether it can be kept as it is: no number is rounded, and nothing is nested without end."""
    kind = type(value)
    if kind is str:
        return _is_text(value)
    if value is None or kind is bool:
        return True
    if kind is int:
        return bool(-MAX_INTEGER - 1 <= value <= MAX_INTEGER)
    if kind is float:
        return math.isfinite(value)
    if depth >= MAX_NESTING:
        return False
    if kind is list:
        return all(is_json(item, depth + 1) for item in value)
    return kind is dict and all(
        type(key) is str and _is_text(key) and is_json(item, depth + 1) for key, item in value.items()
    )


def _is_text(value: str) -> bool:
    """Lone surrogates cannot be written as UTF-8."""
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
