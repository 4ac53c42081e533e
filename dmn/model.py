"""Models ready to decide, with everything that they import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import dmn.table_reading  # noqa: F401  # it reads the decision tables
from dmn.definitions import (
    Decision,
    Definitions,
    InputData,
    Service,
    namespace_of,
    read_definitions,
    shared_names,
)
from dmn.errors import DmnError, Problem
from dmn.requirements import missing
from dmn.session import Circular, Session
from dmn.trace import Fired, Trace
from feel import Budget
from feel.errors import not_too_deep
from feel.values import enter, leave

Inputs = Mapping[str, object]
_NO_FUNCTIONS: Mapping[str, Callable[..., Any]] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a decision, why it or a part of it is null, and which rules made it."""

    value: Any
    problems: tuple[Problem, ...]
    fired: tuple[Fired, ...]


class Model:
    """A DMN model with everything that it imports. Unchanging, so threads may share it."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.problems: tuple[Problem, ...] = tuple(definitions.problems)
        """What could not be read. Those parts are null."""
        self._asked = _by_name_and_id(definitions)
        self._unclear = frozenset(shared_names(definitions))
        self._required: dict[str, tuple[str, ...]] = {}

    @property
    def decisions(self) -> list[str]:
        """The names of all decisions, in the order of the file."""
        return [node.name for node in self.definitions.nodes.values() if isinstance(node, Decision)]

    @property
    def inputs(self) -> list[str]:
        """The names of all inputs."""
        return [node.name for node in self.definitions.nodes.values() if isinstance(node, InputData)]

    def missing(self, decision: str, inputs: Inputs) -> list[str]:
        """The names of inputs that a decision requires and is not given, not even as null."""
        node = self._wanted(decision)
        if isinstance(node, Service) or self.definitions.imports:
            return missing(self.definitions, node, inputs)
        if decision not in self._required:
            self._required[decision] = tuple(missing(self.definitions, node, {}))
        return [name for name in self._required[decision] if name not in inputs]

    def evaluate(
        self,
        decision: str,
        inputs: Inputs,
        *,
        now: datetime | None = None,
        functions: Mapping[str, Callable[..., Any]] = _NO_FUNCTIONS,
        budget: Budget | None = None,
    ) -> Outcome:
        """Makes a decision or runs a decision service, by name or id. Raises DmnError for an unknown one."""
        node = self._wanted(decision)
        run = Trace({}, functions, now, budget or Budget()).begin()
        with not_too_deep():
            session = Session(self.definitions, run, {key: enter(value) for key, value in inputs.items()})
            try:
                value = session.decide(node) if isinstance(node, Decision) else session.serve_given(node)
            except Circular as circle:
                run.tell(str(circle))
                value = None
            return Outcome(leave(value, run), tuple(run.found), tuple(run.fired))

    def _wanted(self, name: str) -> Decision | Service:
        if name in self._unclear:
            raise DmnError(f"Expected one decision called {name}, but there are several. Ask by id.")
        if name not in self._asked:
            raise DmnError(f"Expected a decision of the model, but there is none called {name}.")
        return self._asked[name]


def _by_name_and_id(definitions: Definitions) -> dict[str, Decision | Service]:
    """What can be asked for. The name of a value goes before that of a decision, where they differ."""
    asked: dict[str, Decision | Service] = {}
    nodes = [node for node in definitions.nodes.values() if isinstance(node, Decision | Service)]
    for node in nodes:
        asked.setdefault(node.name, node)
        asked.setdefault(node.id, node)
    for node in nodes:
        asked.setdefault(node.title, node)
    return asked


def read(content: bytes, imports: Iterable[bytes] = ()) -> Model:
    """Reads a model from the bytes of its file; `imports` are the files it may import. Raises DmnError."""
    try:
        return Model(_read_all(content, imports))
    except RecursionError as error:
        raise DmnError("Expected less nesting, but the model goes too deep.") from error


def _read_all(content: bytes, imports: Iterable[bytes]) -> Definitions:
    others: dict[str, Definitions] = {}
    waiting = {namespace_of(other)[0]: other for other in imports}
    for namespace in list(waiting):
        _read_import(namespace, waiting, others, ())
    return read_definitions(content, others)


def _read_import(
    namespace: str, waiting: dict[str, bytes], others: dict[str, Definitions], above: tuple[str, ...]
) -> None:
    """Reads what an import imports first. A circle is left open, so it ends as a problem."""
    if namespace in others or namespace not in waiting or namespace in above:
        return
    for inner in namespace_of(waiting[namespace])[1]:
        _read_import(inner, waiting, others, (*above, namespace))
    others[namespace] = read_definitions(waiting[namespace], others)
