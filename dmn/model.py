"""Models ready to decide: requirements are followed, each decision is made once, and what fired is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dmn.boxed import Names, Nothing, conformed
from dmn.definitions import (
    Decision,
    Definitions,
    InputData,
    Knowledge,
    Node,
    Service,
    namespace_of,
    read_definitions,
)
from dmn.errors import DmnError, Problem
from dmn.requirements import missing
from dmn.trace import Fired, Trace
from feel import Budget
from feel.errors import not_too_deep
from feel.values import Function, Parameter, Signature, Value, enter, leave

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
        self._asked: dict[str, Decision | Service] = {}
        for node in definitions.nodes.values():
            if isinstance(node, Decision | Service):
                self._asked.setdefault(node.name, node)
                self._asked.setdefault(node.id, node)
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
        if isinstance(node, Service) or self.definitions.imported:
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
            session = _Session(self.definitions, run, {key: enter(value) for key, value in inputs.items()})
            value = session.decide(node) if isinstance(node, Decision) else session.serve_given(node)
            return Outcome(leave(value, run), tuple(run.found), tuple(run.fired))

    def _wanted(self, name: str) -> Decision | Service:
        if name not in self._asked:
            raise DmnError(f"Expected a decision of the model, but there is none called {name}.")
        return self._asked[name]


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


class _Session:
    """One evaluation in one file: what was given, and what has been decided so far."""

    def __init__(
        self, definitions: Definitions, run: Trace, inputs: Names, given: dict[str, Value] | None = None
    ) -> None:
        self._definitions = definitions
        self._run = run
        self._inputs = inputs
        self._decided: dict[str, Value] = dict(given or {})
        self._deciding: set[str] = set()
        self._others: dict[str, _Session] = {}

    def decide(self, decision: Decision) -> Value:
        if decision.id in self._decided:
            return self._decided[decision.id]
        if decision.id in self._deciding:
            self._run.tell(f"Expected {decision.name} not to require itself, but it does.")
            return None
        if isinstance(decision.logic, Nothing) and decision.name in self._inputs:
            # A decision without logic is made by somebody else, who gives its value.
            return conformed(self._run, decision.kind, self._inputs[decision.name])
        self._deciding.add(decision.id)
        names = self._names(decision.requires)
        with self._run.inside(decision.name):
            value = conformed(self._run, decision.kind, decision.logic.value(self._run, names))
        self._decided[decision.id] = value
        return value

    def serve(self, service: Service) -> Value:
        """The one output of a service, or a context of several."""
        nodes = [self._node(href) for href in service.outputs]
        values = {node.name: self._value(node) for node in nodes if node is not None}
        value = next(iter(values.values()), None) if len(nodes) == 1 else values
        return conformed(self._run, service.kind.result or service.kind, value)

    def serve_given(self, service: Service) -> Value:
        """The same when the values of its input decisions came by name among the inputs."""
        for href in service.input_decisions:
            node = self._node(href)
            if isinstance(node, Decision) and node.name in self._inputs:
                self._decided[node.id] = self._inputs[node.name]
        return self.serve(service)

    # What a decision may see: only what it requires.

    def _names(self, requires: Iterable[str]) -> Names:
        names: Names = {}
        for href in requires:
            prefix, node, session = self._resolved(href)
            if node is None:
                self._run.tell("Expected what is required to be in the model, but it is not.")
            elif prefix:
                names.setdefault(prefix, {})[node.name] = session._value(node)
            else:
                names[node.name] = session._value(node)
        return names

    def _node(self, href: str) -> Node | None:
        return self._resolved(href)[1]

    def _resolved(self, href: str) -> tuple[str, Node | None, _Session]:
        """The import's name, the node, and the session of its file."""
        namespace, _, key = href.rpartition("#")
        if key in self._definitions.nodes and namespace in ("", self._definitions.namespace):
            return "", self._definitions.nodes[key], self
        for prefix, other in self._definitions.imported.items():
            if other.namespace == namespace and key in other.nodes:
                return prefix, other.nodes[key], self._session(prefix, other)
        return "", self._definitions.nodes.get(key), self

    def _session(self, prefix: str, definitions: Definitions) -> _Session:
        if prefix not in self._others:
            inner = self._inputs.get(prefix) if prefix else None
            inputs = {**self._inputs, **inner} if isinstance(inner, dict) else self._inputs
            self._others[prefix] = _Session(definitions, self._run, inputs)
        return self._others[prefix]

    def _value(self, node: Node) -> Value:
        if isinstance(node, InputData):
            return self._input(node)
        if isinstance(node, Decision):
            return self.decide(node)
        return self._knowledge(node) if isinstance(node, Knowledge) else self._service(node)

    def _input(self, node: InputData) -> Value:
        fitting, value = node.kind.conform(self._run, self._inputs.get(node.name))
        if not fitting:
            self._run.tell(f"Expected the input {node.name} to be a {node.kind.name}, but it is not.")
        return value

    # Functions.

    def _knowledge(self, node: Knowledge) -> Function:
        if node.id not in self._decided:
            if node.id in self._deciding:
                return self._later(node)
            self._deciding.add(node.id)
            self._decided[node.id] = _result_checked(node, node.function.bound(self._names(node.requires)))
        function: Function = self._decided[node.id]
        return function

    def _later(self, node: Knowledge) -> Function:
        """For knowledge that requires itself in a circle: looked up when it is called."""
        parameters = tuple(Parameter(name, (kind.as_type(),)) for name, kind in node.function.parameters)

        def run_later(run: Trace, *values: Value) -> Value:
            found: Function = self._decided[node.id]
            return found.signatures[0].call(run, *values)

        return Function(node.name, (Signature(parameters, run_later),))

    def _service(self, node: Service) -> Function:
        """A decision service is called with its input data in order, and then its input decisions."""
        hrefs = (*node.input_data, *node.input_decisions)
        wanted = [found for found in map(self._node, hrefs) if isinstance(found, InputData | Decision)]
        parameters = tuple(Parameter(found.name, (found.kind.as_type(),)) for found in wanted)

        def run_service(run: Trace, *values: Value) -> Value:
            run.charge(10)
            pairs = list(zip(wanted, values, strict=True))
            inputs = {found.name: value for found, value in pairs if isinstance(found, InputData)}
            given = {found.id: value for found, value in pairs if isinstance(found, Decision)}
            return _Session(self._definitions, run, inputs, given).serve(node)

        return Function(node.name, (Signature(parameters, run_service),))


def _result_checked(node: Knowledge, function: Function) -> Function:
    """A knowledge model's variable may name the type of its result, or that of the function."""
    kind = node.kind.result or node.kind
    if kind.as_type().name in ("Any", "function"):
        return function
    (signature,) = function.signatures

    def call(run: Trace, *values: Value) -> Value:
        return conformed(run, kind, signature.call(run, *values))

    return Function(function.name, (Signature(signature.parameters, call, signature.result),))
