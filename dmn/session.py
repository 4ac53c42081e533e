"""One evaluation: requirements are followed, and each decision is made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from dmn.boxed import Names, Nothing, conformed
from dmn.definitions import Decision, Definitions, Import, InputData, Knowledge, Node, Service
from dmn.requirements import given_to
from dmn.scopes import MISSING
from dmn.trace import Trace
from feel.equality import same
from feel.values import Function, Parameter, Signature, Value


class Circular(Exception):
    """A decision, knowledge or a service requires itself: nothing can be decided."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Expected {name} not to require itself, but it does.")


class Session:
    """One evaluation in one file: what was given, and what has been decided so far.

    A service is `closed`: it is a function of its inputs, and sees no others.
    """

    def __init__(
        self, definitions: Definitions, run: Trace, inputs: Mapping[str, Value], *, closed: bool = False
    ) -> None:
        self._definitions = definitions
        self._run = run
        self._inputs = inputs
        self._closed = closed
        self._decided: dict[str, Value] = {}
        self._deciding: set[str] = set()
        self._others: dict[int, Session] = {}

    def decide(self, decision: Decision) -> Value:
        """The value of a decision. Raises Circular."""
        if decision.id in self._decided:
            return self._decided[decision.id]
        if decision.id in self._deciding:
            raise Circular(decision.name)
        if isinstance(decision.logic, Nothing) and decision.name in self._inputs:
            # A decision without logic is made by somebody else, who gives its value.
            return conformed(self._run, decision.kind, self._inputs[decision.name])
        self._deciding.add(decision.id)
        names = self._names(decision.requires)
        value = None
        if names is not None:
            with self._run.inside(decision.name):
                value = conformed(self._run, decision.kind, decision.logic.value(self._run, names))
        self._decided[decision.id] = value
        return value

    def serve_given(self, service: Service) -> Value:
        """Runs a service with what came by name among the inputs; what did not come is null."""
        inner = Session(self._definitions, self._run, {}, closed=True)
        for href in service.inputs:
            for source, node in self._definitions.places(href)[:1]:
                inner.give(href, self._of(source)._inputs.get(node.name))
        return inner._serve(service)

    def give(self, href: str, value: Value) -> bool:
        """Sets an input of a service. False, and null, if the value is not of its type."""
        fits = True
        for source, node in self._definitions.places(href)[:1]:
            if isinstance(node, InputData | Decision):
                fits, converted = node.kind.conform(self._run, value)
                self._of(source)._decided[node.id] = converted
                if not fits:
                    self._run.tell(_misfit(node))
        return fits

    def _serve(self, service: Service) -> Value:
        """The one output of a service, or a context of several."""
        values: Names = {}
        for href in service.outputs:
            places = self._definitions.places(href)
            if not places:
                self._run.tell(MISSING)
            for source, node in places[:1]:
                values[node.name] = self._of(source)._value(node)
        value = next(iter(values.values()), None) if len(service.outputs) == 1 else values
        return conformed(self._run, service.kind.result or service.kind, value)

    # What a decision may see: only what it requires.

    def _names(self, requires: tuple[str, ...]) -> Names | None:
        """The values of what is required, by name or by import and name. None if a name stands for two."""
        scope = self._definitions.scope(requires)
        for fault in scope.faults:
            self._run.tell(fault)
        if scope.unclear:
            return None
        names: Names = {}
        for seen in scope.seen:
            value = self._of(seen.source)._value(seen.node)
            if seen.prefix:
                names.setdefault(seen.prefix, {})[seen.node.name] = value
            else:
                names[seen.node.name] = value
        return names

    def _of(self, source: Import | None) -> Session:
        """The session of an import's file: one, whatever names the import has."""
        if source is None or source.definitions is None:
            return self
        key = id(source.definitions)
        if key not in self._others:
            inputs = given_to(source.definitions, self._definitions, self._inputs)
            self._others[key] = Session(source.definitions, self._run, inputs, closed=self._closed)
        return self._others[key]

    def _value(self, node: Node) -> Value:
        if isinstance(node, InputData):
            return self._input(node)
        if isinstance(node, Decision):
            return self.decide(node)
        return self._knowledge(node) if isinstance(node, Knowledge) else self._service(node)

    def _input(self, node: InputData) -> Value:
        if node.id not in self._decided:
            if self._closed:
                self._run.tell(f"Expected {node.name} to be an input of the service, but it is not.")
            fitting, self._decided[node.id] = node.kind.conform(self._run, self._inputs.get(node.name))
            if not fitting:
                self._run.tell(_misfit(node))
        return self._decided[node.id]

    # Functions.

    def _knowledge(self, node: Knowledge) -> Function | None:
        if node.id not in self._decided:
            if node.id in self._deciding:
                return self._later(node)
            self._deciding.add(node.id)
            names = self._names(node.requires)
            self._decided[node.id] = None if names is None else node.function.bound(names)
        function: Function | None = self._decided[node.id]
        return function

    def _later(self, node: Knowledge) -> Function:
        """For knowledge that requires itself in a circle: looked up when it is called.

        Calling it raises Circular while what it requires is still being made.
        """
        parameters = tuple(Parameter(name, (kind.as_type(),)) for name, kind in node.function.parameters)

        def run_later(run: Trace, *values: Value) -> Value:
            if node.id not in self._decided:
                raise Circular(node.name)
            found: Function | None = self._decided[node.id]
            return None if found is None else found.signatures[0].call(run, *values)

        return Function(node.name, (Signature(parameters, run_later),))

    def _service(self, node: Service) -> Function:
        """A decision service is called with its input data in order, and then its input decisions."""
        places = [(href, place) for href in node.inputs for place in self._definitions.places(href)[:1]]
        if len(places) < len(node.inputs):
            self._run.tell(MISSING)
        wanted = [(href, found) for href, (_, found) in places if isinstance(found, InputData | Decision)]
        parameters = tuple(Parameter(found.name, (found.kind.as_type(),)) for _, found in wanted)

        def run_service(run: Trace, *values: Value) -> Value:
            run.charge(10)
            with _serving(run, node, [*values]):
                inner = Session(self._definitions, run, {}, closed=True)
                fits = [inner.give(href, value) for (href, _), value in zip(wanted, values, strict=True)]
                return inner._serve(node) if all(fits) else None

        return Function(node.name, (Signature(parameters, run_service),))


@contextmanager
def _serving(run: Trace, service: Service, values: list[Value]) -> Iterator[None]:
    """Raises Circular where a service calls itself with the arguments that it has: that would never end."""
    running = run.serving.setdefault(service, [])
    if running and same(running[-1], values, run):
        raise Circular(service.name)
    running.append(values)
    try:
        yield
    finally:
        running.pop()


def _misfit(node: InputData | Decision) -> str:
    what = "the input" if isinstance(node, InputData) else "the decision"
    return f"Expected {what} {node.name} to be a {node.kind.name}, but it is not."
