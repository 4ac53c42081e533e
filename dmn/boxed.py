"""Boxed expressions: texts, contexts, lists, relations, functions, invocations (DMN 1.5, section 10.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dmn.item_types import ItemType
from dmn.trace import Trace
from feel import Expression
from feel.calls import call
from feel.values import Function, HostFunction, Parameter, Signature, Value

Names = dict[str, Value]


class Boxed(Protocol):
    """Anything that has a value where names are known."""

    def value(self, run: Trace, names: Names) -> Value: ...


@dataclass(slots=True)
class Text:
    """A literal expression."""

    expression: Expression

    def value(self, run: Trace, names: Names) -> Value:
        return self.expression.value(run, names)


@dataclass(slots=True)
class Nothing:
    """What could not be read, or was left out. Always null."""

    message: str

    def value(self, run: Trace, names: Names) -> Value:
        del names
        run.tell(self.message)


@dataclass(slots=True)
class Typed:
    """An expression that must conform to a type, or is null."""

    inner: Boxed
    kind: ItemType

    def value(self, run: Trace, names: Names) -> Value:
        return conformed(run, self.kind, self.inner.value(run, names))


def conformed(run: Trace, kind: ItemType, value: Value) -> Value:
    fitting, converted = kind.conform(run, value)
    if not fitting:
        run.tell(f"Expected a value of type {kind.name}, but the result is of another.")
    return converted


@dataclass(slots=True)
class Context:
    """Each entry sees those before it. An entry without a name is the result."""

    entries: list[tuple[str, Boxed]]

    def value(self, run: Trace, names: Names) -> Value:
        made: dict[str, Value] = {}
        for name, entry in self.entries:
            value = entry.value(run, {**names, **made})
            if not name:
                return value
            made[name] = value
        return made


@dataclass(slots=True)
class List:
    items: list[Boxed]

    def value(self, run: Trace, names: Names) -> Value:
        return [item.value(run, names) for item in self.items]


@dataclass(slots=True)
class Relation:
    """A list of contexts, written as a table."""

    columns: list[str]
    rows: list[list[Boxed]]

    def value(self, run: Trace, names: Names) -> Value:
        return [
            {column: cell.value(run, names) for column, cell in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


@dataclass(slots=True)
class FunctionDefinition:
    """A function with typed parameters. Java and PMML are never run: their result is null.

    `named` is one that its body knows by its name: knowledge, or an entry of a context. Any other has the
    name of where it stands, which its body may use for something else.
    """

    name: str
    parameters: list[tuple[str, ItemType]]
    body: Boxed
    result: ItemType | None = None
    named: bool = True

    def value(self, run: Trace, names: Names) -> Function:
        del run
        return self.bound(names)

    def bound(self, names: Names) -> Function:
        """The function, seeing these names, and itself if it is named."""
        seen = dict(names)

        def run_body(run: Trace, *values: Value) -> Value:
            run.charge(10)
            given: Names = {}
            for (name, kind), value in zip(self.parameters, values, strict=True):
                fitting, given[name] = kind.conform(run, value)
                if not fitting:
                    run.tell(f"Expected {name} of type {kind.name}, but it got another.")
                    return None
            with run.inside(self.name):
                value = self.body.value(run, {**seen, **given})
                return value if self.result is None else conformed(run, self.result, value)

        parameters = tuple(Parameter(name, (kind.as_type(),)) for name, kind in self.parameters)
        function = Function(self.name, (Signature(parameters, run_body),))
        if self.named:
            seen.setdefault(self.name, function)
        return function


@dataclass(slots=True)
class Invocation:
    """A function called with named arguments."""

    function: Boxed
    bindings: list[tuple[str, Boxed]]

    def value(self, run: Trace, names: Names) -> Value:
        function = self.function.value(run, names)
        if not isinstance(function, Function | HostFunction):
            run.tell("Expected a function to invoke, but there is none.")
            return None
        arguments = [binding.value(run, names) for _, binding in self.bindings]
        return call(function, arguments, [name for name, _ in self.bindings], run)
