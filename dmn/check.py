"""Strict reading of a model, for saving.

What would quietly be null is found against what each decision requires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch

from dmn.boxed import Context, FunctionDefinition, Invocation, List, Relation, Text, Typed
from dmn.definitions import Decision, Definitions, InputData, Knowledge, Node
from dmn.errors import Problem
from dmn.item_types import limited
from dmn.iteration import Conditional, Filter, For, Quantified
from dmn.model import Model
from dmn.tables import DecisionTable, Input, Output
from feel import Expression
from feel.check.comparing import not_one_of
from feel.check.operators import must_be_true_or_false
from feel.check.scope import Scope, bounded, inferred, joined, plainly, unclear
from feel.evaluator.tests import INPUT
from feel.syntax import Node as FeelNode
from feel.types import ANY, BOOLEAN, FUNCTION, Type, conforms, list_of

_WHOLE = FeelNode(0, 0)


def check(model: Model, *, functions: Iterable[str] = ()) -> list[Problem]:
    """Every mistake that can be seen without deciding. `functions` are those the host lends."""
    definitions = model.definitions
    found = list(model.problems)
    for node in definitions.nodes.values():
        if isinstance(node, Decision | Knowledge):
            found += _of_node(definitions, node, frozenset(functions))
    return found


def _of_node(
    definitions: Definitions, node: Decision | Knowledge, functions: frozenset[str]
) -> list[Problem]:
    scope = Scope(_required(definitions, node.requires), functions, open=False)
    for fault in definitions.scope(node.requires).faults:
        scope.note(_WHOLE, fault)
    logic = node.logic if isinstance(node, Decision) else node.function
    kind = infer(logic, scope.within({node.name: FUNCTION}) if isinstance(node, Knowledge) else scope)
    if isinstance(node, Decision):
        _must_be(kind, node.kind.as_type(), scope)
    return [Problem(node.name, one.message, one.position, one.length) for one in scope.problems]


def _required(definitions: Definitions, requires: tuple[str, ...]) -> Mapping[str, Type]:
    seen = definitions.scope(requires).seen
    return {one.prefix or one.node.name: ANY if one.prefix else _type_of(one.node) for one in seen}


def _type_of(node: Node) -> Type:
    return node.kind.as_type() if isinstance(node, InputData | Decision) else FUNCTION


def _must_be(kind: Type, wanted: Type, scope: Scope) -> None:
    alone = kind.name == "list" and kind.of is not None and conforms(kind.of, wanted)
    if unclear(kind) or conforms(kind, wanted) or kind.name == wanted.name or alone:
        return
    if wanted.name != "list" and not scope.problems:
        scope.note(_WHOLE, f"Expected the result to be {plainly(wanted)}, but it is {plainly(kind)}.")


@singledispatch
def infer(boxed: object, scope: Scope) -> Type:
    """The type that a boxed expression will have, as far as can be told; mistakes go to the scope."""
    del boxed, scope
    return ANY


@infer.register
def _(boxed: Text, scope: Scope) -> Type:
    return inferred(boxed.expression.node, scope)


@infer.register
def _(boxed: Typed, scope: Scope) -> Type:
    wanted = boxed.kind.as_type()
    _must_be(infer(boxed.inner, scope), wanted, scope)
    return wanted


@infer.register
def _(boxed: Context, scope: Scope) -> Type:
    entries: dict[str, Type] = {}
    for name, entry in boxed.entries:
        itself = {name: FUNCTION} if isinstance(entry, FunctionDefinition) else {}
        kind = infer(entry, scope.within({**entries, **itself}))
        if not name:
            return kind
        entries[name] = kind
    return bounded(Type("context", entries=tuple(entries.items())))


@infer.register
def _(boxed: List, scope: Scope) -> Type:
    return _list_of(joined([infer(item, scope) for item in boxed.items]))


@infer.register
def _(boxed: Relation, scope: Scope) -> Type:
    columns = zip(*([infer(cell, scope) for cell in row] for row in boxed.rows), strict=False)
    kinds = dict(zip(boxed.columns, map(joined, map(list, columns)), strict=False))
    return bounded(list_of(Type("context", entries=tuple(kinds.items()))))


@infer.register
def _(boxed: FunctionDefinition, scope: Scope) -> Type:
    names = {name: kind.as_type() for name, kind in boxed.parameters}
    result = infer(boxed.body, scope.within(names))
    if boxed.result is not None:
        _must_be(result, boxed.result.as_type(), scope)
        result = boxed.result.as_type()
    return Type("function", result, parameters=tuple(names.values()))


@infer.register
def _(boxed: Invocation, scope: Scope) -> Type:
    for _name, argument in boxed.bindings:
        infer(argument, scope)
    return infer(boxed.function, scope).of or ANY


# Conditions and loops.


@infer.register
def _(boxed: Conditional, scope: Scope) -> Type:
    must_be_true_or_false(_WHOLE, infer(boxed.condition, scope), scope)
    return joined([infer(boxed.then, scope), infer(boxed.otherwise, scope)])


@infer.register
def _(boxed: Filter, scope: Scope) -> Type:
    source = infer(boxed.source, scope)
    item = source.of or ANY
    entries = dict(item.entries or ())
    infer(boxed.match, scope.within({"item": item, **entries}, open=unclear(item)))
    return source


@infer.register
def _(boxed: For, scope: Scope) -> Type:
    item = infer(boxed.source, scope).of or ANY
    return _list_of(infer(boxed.body, scope.within({boxed.variable: item, "partial": Type("list")})))


@infer.register
def _(boxed: Quantified, scope: Scope) -> Type:
    item = infer(boxed.source, scope).of or ANY
    inner = scope.within({boxed.variable: item})
    must_be_true_or_false(_WHOLE, infer(boxed.condition, inner), inner)
    return BOOLEAN


def _list_of(kind: Type) -> Type:
    return Type("list") if unclear(kind) else bounded(list_of(kind))


# Tables.


@infer.register
def _(table: DecisionTable, scope: Scope) -> Type:
    columns = [_column(infer(one.expression, scope), one) for one in table.inputs]
    for place, rule in enumerate(table.rules, start=1):
        row = Scope(scope.names, scope.functions, scope.open)
        for cell, kind in zip(rule.cells, columns, strict=False):
            if cell is not None:
                inferred(cell.node, row.within({INPUT: kind}))
        for result, output in zip(rule.outputs, table.outputs, strict=False):
            kind = infer(result, row)
            _must_be(kind, output.kind.as_type(), row)
            _must_be_listed(kind, output, row)
        scope.problems.extend(
            type(one)(one.position, one.length, f"Rule {place}: {one.message}") for one in row.problems
        )
    return _result_of(table)


def _column(found: Type, column: Input) -> Type:
    """What a column's cells test: as its expression gives it, its type says and its input values list."""
    named = column.kind.as_type()
    return _listed(found if unclear(named) else named, column.allowed)


def _listed(kind: Type, allowed: Expression | None) -> Type:
    return kind if allowed is None or kind.name != "string" else limited(kind, allowed)


def _must_be_listed(kind: Type, output: Output, scope: Scope) -> None:
    """A result is one of the output values."""
    values = _listed(output.kind.as_type(), output.allowed).values
    for value in sorted((kind.values or frozenset()) - values if values else ()):
        scope.note(_WHOLE, not_one_of(value, values or frozenset(), output.name or "the output"))


def _result_of(table: DecisionTable) -> Type:
    if table.policy in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") or len(table.outputs) != 1:
        return ANY
    (output,) = table.outputs
    return _listed(output.kind.as_type(), output.allowed)
