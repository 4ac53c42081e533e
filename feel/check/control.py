"""Checks conditions, loops, functions and calls."""

import math
from collections.abc import Sequence

from feel.budget import Budget
from feel.builtins import BUILT_IN
from feel.calls import described
from feel.check.access import unknown
from feel.check.operators import must_be_possible, must_be_true_or_false
from feel.check.scope import Scope, bounded, inferred, infers, joined, plainly, unclear
from feel.errors import TooMuchWork
from feel.evaluator import compiled
from feel.evaluator.literals import is_constant
from feel.run import Frame, Run
from feel.syntax import Call, For, FunctionLiteral, If, Iterator, Name, Quantified
from feel.types import ANY, BOOLEAN, Type, conforms, list_of
from feel.values import Parameter, Signature


@infers(If)
def condition(node: If, scope: Scope) -> Type:
    must_be_true_or_false(node.condition, inferred(node.condition, scope), scope)
    return joined([inferred(node.then, scope), inferred(node.otherwise, scope)])


@infers(For)
def loop(node: For, scope: Scope) -> Type:
    inner = _through(node.iterators, scope.within({"partial": Type("list")}))
    kind = inferred(node.body, inner)
    return Type("list") if unclear(kind) else bounded(list_of(kind))


@infers(Quantified)
def quantified(node: Quantified, scope: Scope) -> Type:
    inner = _through(node.iterators, scope)
    must_be_true_or_false(node.condition, inferred(node.condition, inner), inner)
    return BOOLEAN


def _through(iterators: list[Iterator], scope: Scope) -> Scope:
    for iterator in iterators:
        kind = inferred(iterator.domain, scope)
        if iterator.until is not None:
            inferred(iterator.until, scope)
        elif kind.name in ("number", "boolean", "string"):
            scope.note(iterator.domain, f"Expected a list to go through, but this is {plainly(kind)}.")
        item = kind if iterator.until is not None else (kind.of or ANY)
        scope = scope.within({iterator.name: item})
    return scope


@infers(FunctionLiteral)
def function_literal(node: FunctionLiteral, scope: Scope) -> Type:
    result = inferred(node.body, scope.within(dict(node.parameters)))
    return bounded(Type("function", result, parameters=tuple(kind for _, kind in node.parameters)))


@infers(Call)
def call(node: Call, scope: Scope) -> Type:
    kinds = [inferred(argument, scope) for argument in node.arguments]
    if isinstance(node.function, Name):
        name = node.function.name
        known = scope.type_of(name)
        if known is None:
            return scope.note(node.function, unknown(name, scope).split(" A text needs")[0])
        if name in BUILT_IN and name not in scope.functions and known.name in ("function", "Any"):
            return _built_in(node, name, kinds, scope)
        return known.of or ANY
    called = inferred(node.function, scope)
    return (called.of if called.name == "function" else None) or ANY


def _built_in(node: Call, name: str, kinds: list[Type], scope: Scope) -> Type:
    function = BUILT_IN[name]
    fitting = [one for one in function.signatures if accepts(one, kinds, node.names)]
    if fitting:
        _must_hold(node, name, kinds, scope)
        _must_have_a_result(node, scope)
        return fitting[0].result if len({one.result for one in fitting}) == 1 else ANY
    given = ", ".join(map(plainly, kinds)) or "nothing"
    return scope.note(node, f"Expected {described(function)}, but it gets {given}.")


def _must_hold(node: Call, name: str, kinds: list[Type], scope: Scope) -> None:
    """A list is asked only for what it may hold."""
    if name == "list contains" and node.names is None and kinds[0].of is not None:
        listed, wanted = node.arguments
        must_be_possible(node, (listed, kinds[0].of), (wanted, kinds[1]), scope)


_TRIAL = Budget(steps=10_000, seconds=math.inf)
"""In steps alone, so that the same is found however busy the machine is."""


def _must_have_a_result(node: Call, scope: Scope) -> None:
    """A call with nothing but literals is tried out, for it will give the same each time."""
    if not node.arguments or not all(map(is_constant, node.arguments)):
        return
    run = Run({}, {}, budget=_TRIAL)
    try:
        compiled(node)(Frame({}, None, run))
    except TooMuchWork:
        return
    if run.problems:
        scope.note(node, run.problems[0].message)


def accepts(signature: Signature, kinds: list[Type], names: Sequence[str] | None) -> bool:
    """Whether arguments of these types can go to the parameters."""
    if names is not None:
        return _accepts_named(signature.parameters, dict(zip(names, kinds, strict=True)))
    parameters = list(signature.parameters)
    while parameters and parameters[-1].variadic and len(parameters) < len(kinds):
        parameters.append(parameters[-1])
    needed = sum(not parameter.optional for parameter in parameters)
    return needed <= len(kinds) <= len(parameters) and all(map(_fits, parameters, kinds))


def _accepts_named(parameters: Sequence[Parameter], given: dict[str, Type]) -> bool:
    known = {parameter.name: parameter for parameter in parameters}
    return (
        given.keys() <= known.keys()
        and all(name in given or parameter.optional for name, parameter in known.items())
        and all(_fits(known[name], kind) for name, kind in given.items())
    )


def _fits(parameter: Parameter, kind: Type) -> bool:
    if unclear(kind):
        return kind.name == "Any" or parameter.nullable
    return any(_goes(kind, wanted) for wanted in parameter.types)


def _goes(kind: Type, wanted: Type) -> bool:
    """Whether a value may go there, on its own or after one of DMN's conversions."""
    if conforms(kind, wanted) or kind.name == wanted.name:
        return True
    if wanted.name == "list":
        return wanted.of is None or conforms(kind, wanted.of)
    if kind.name == "list":
        return _goes(kind.of or ANY, wanted) or kind.of is None
    return kind.name == "date" and wanted.name == "date and time"
