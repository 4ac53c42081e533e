"""Decision tables: which rules match, and what the hit policy makes of them (DMN 1.5, section 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from dmn.boxed import Boxed, Names
from dmn.item_types import ANYTHING, ItemType, passes
from dmn.trace import Fired, Trace
from feel import Expression
from feel.builtins import BUILT_IN
from feel.calls import call
from feel.equality import same
from feel.evaluator import Code
from feel.numbers import number_of
from feel.run import Frame
from feel.values import Value


@dataclass(slots=True)
class Input:
    """`allowed` are the input values, if the column lists them."""

    label: str
    expression: Boxed
    kind: ItemType = ANYTHING
    allowed: Expression | None = None


@dataclass(slots=True)
class Output:
    """`order` are the output values, each as a test, the most important first."""

    name: str
    kind: ItemType = ANYTHING
    allowed: Expression | None = None
    order: tuple[Expression, ...] = ()
    default: Boxed | None = None


@dataclass(slots=True)
class Rule:
    """A cell is None where it is `-`."""

    id: str
    cells: list[Expression | None]
    outputs: list[Boxed]
    annotations: tuple[str, ...] = ()
    tests: list[tuple[int, Code]] = field(init=False)

    def __post_init__(self) -> None:
        self.tests = [(column, cell.code) for column, cell in enumerate(self.cells) if cell is not None]


@dataclass(slots=True)
class Hit:
    """A rule that matched. `place` counts from 1; `result` is a context when there are several outputs."""

    place: int
    rule: Rule
    values: list[Value]
    result: Value


@dataclass(slots=True)
class DecisionTable:
    """`policy` is the hit policy in one word, `aggregation` that of COLLECT."""

    inputs: list[Input]
    outputs: list[Output]
    rules: list[Rule]
    policy: str = "UNIQUE"
    aggregation: str = ""
    broken: str = field(default="")

    def value(self, run: Trace, names: Names) -> Value:
        if self.broken:
            run.tell(self.broken)
            return None
        inputs = self._inputs(run, names)
        if inputs is None:
            return None
        places = self._matching(run, names, inputs)
        if not places:
            return self._default(run, names)
        hits = [self._hit(run, names, place) for place in self._wanted(places)]
        return POLICIES[self.policy](self, run, hits)

    def _wanted(self, places: list[int]) -> list[int]:
        return places[:1] if self.policy == "FIRST" else places

    def _inputs(self, run: Trace, names: Names) -> list[Value] | None:
        values = []
        for column in self.inputs:
            fitting, value = column.kind.conform(run, column.expression.value(run, names))
            if not fitting or not column.kind.lists(column.allowed, run, value):
                run.tell(f"Expected {column.label} to be one of its input values, but it is another.")
                return None
            values.append(value)
        return values

    def _matching(self, run: Trace, names: Names, inputs: list[Value]) -> list[int]:
        """Numbers of the rules of which every cell passes."""
        outer = Frame(run.known, None, run)
        scopes = [Frame({**names, "?": value}, outer, run) for value in inputs]
        run.charge(len(self.rules) * (1 + len(inputs)))
        found = []
        for place, rule in enumerate(self.rules):
            for column, test in rule.tests:
                if test(scopes[column]) is not True:
                    break
            else:
                found.append(place)
        return found

    def _hit(self, run: Trace, names: Names, place: int) -> Hit:
        rule = self.rules[place]
        values = [
            self._output(run, output, cell.value(run, names))
            for output, cell in zip(self.outputs, rule.outputs, strict=True)
        ]
        return Hit(place + 1, rule, values, self.result_of(values))

    def _output(self, run: Trace, output: Output, value: Value) -> Value:
        fitting, converted = output.kind.conform(run, value)
        if fitting and output.kind.lists(output.allowed, run, converted):
            return converted
        run.tell(f"Expected {output.name or 'the output'} to be one of its output values, but it is another.")
        return None

    def result_of(self, values: list[Value]) -> Value:
        if len(self.outputs) == 1:
            return values[0]
        return {output.name: value for output, value in zip(self.outputs, values, strict=True)}

    def _default(self, run: Trace, names: Names) -> Value:
        """No match is null, unless the outputs have defaults."""
        if not any(output.default for output in self.outputs):
            return None
        values = [
            self._output(run, output, output.default.value(run, names)) if output.default else None
            for output in self.outputs
        ]
        return self.result_of(values)


# Hit policies. Each tells which rules count, and makes the result of them.

Policy = Callable[[DecisionTable, Trace, list[Hit]], Value]


def _fire(run: Trace, hits: list[Hit]) -> None:
    run.fired.extend(Fired(run.where, hit.place, hit.rule.id, hit.rule.annotations) for hit in hits)


def _one(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    del table
    _fire(run, hits[:1])
    return hits[0].result


def _unique(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    if len(hits) > 1:
        return _refused(run, hits, "Expected at most one rule to match")
    return _one(table, run, hits)


def _any(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    if not all(same(hit.result, hits[0].result, run) or hit.result is hits[0].result for hit in hits):
        return _refused(run, hits, "Expected all rules that match to have the same outputs")
    del table
    _fire(run, hits)
    return hits[0].result


def _refused(run: Trace, hits: list[Hit], wanted: str) -> None:
    places = ", ".join(str(hit.place) for hit in hits)
    run.tell(f"{wanted}, but rules {places} match.")


def _all(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    del table
    _fire(run, hits)
    return [hit.result for hit in hits]


def _by_priority(table: DecisionTable, run: Trace, hits: list[Hit]) -> list[Hit]:
    """In the order of the output values, the first output weighing most."""

    def weight(hit: Hit) -> list[int]:
        return [_rank(run, output, value) for output, value in zip(table.outputs, hit.values, strict=True)]

    return sorted(hits, key=weight)


def _rank(run: Trace, output: Output, value: Value) -> int:
    return next(
        (place for place, test in enumerate(output.order) if passes(test, run, value)), len(output.order)
    )


def _priority(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    return _one(table, run, _by_priority(table, run, hits))


def _output_order(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    return _all(table, run, _by_priority(table, run, hits))


def _collect(table: DecisionTable, run: Trace, hits: list[Hit]) -> Value:
    results = _all(table, run, hits)
    return _aggregated(table.aggregation, run, results) if table.aggregation else results


def _aggregated(aggregation: str, run: Trace, values: list[Value]) -> Value:
    if aggregation == "COUNT":
        return number_of(len(values))
    return call(BUILT_IN[aggregation.lower()], [values], None, run)


POLICIES: dict[str, Policy] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _one,
    "PRIORITY": _priority,
    "RULE ORDER": _all,
    "OUTPUT ORDER": _output_order,
    "COLLECT": _collect,
}
RANKING = ("PRIORITY", "OUTPUT ORDER")
AGGREGATIONS = ("", "SUM", "COUNT", "MIN", "MAX")
