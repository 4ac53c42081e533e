"""Checks calls: which arguments a function takes, and whether it can make anything of them."""

import math
from collections.abc import Sequence
from itertools import starmap

from feel.budget import Budget
from feel.builtins import BUILT_IN
from feel.builtins.temporal import MONTHS, WEEKDAYS
from feel.calls import call as invoked
from feel.calls import described
from feel.check.comparing import compare, must_be_possible, said
from feel.check.names import unknown_function
from feel.check.samples import sample
from feel.check.scope import Scope, inferred, infers, plainly, unclear
from feel.check.tests import must_have_no_commas
from feel.errors import Problem, TooMuchWork
from feel.evaluator import compiled
from feel.evaluator.literals import is_constant
from feel.run import Frame, Run
from feel.syntax import Call, Filter, Literal, Name, Node, Path
from feel.types import ANY, Type, conforms, one_of
from feel.values import Function, Parameter, Signature, Value, kind_of


@infers(Call)
def call(node: Call, scope: Scope) -> Type:
    kinds = [inferred(argument, scope) for argument in node.arguments]
    must_have_no_commas(node.arguments, scope)
    if not isinstance(node.function, Name):
        return _own(node, inferred(node.function, scope), kinds, scope)
    name = node.function.name
    known = scope.type_of(name)
    if known is None:
        return unknown_function(node.function, scope)
    declared = name in scope.names and known.name == "function"
    if name in BUILT_IN and name not in scope.functions and not declared:
        return _built_in(node, name, kinds, scope)
    return _own(node, known, kinds, scope)


def _own(node: Call, function: Type, kinds: list[Type], scope: Scope) -> Type:
    """A function that is none of FEEL's own."""
    if unclear(function):
        return ANY
    if function.name != "function":
        what = said(node.function) or "this"
        return scope.note(node, f"Expected a function to call, but {what} is {plainly(function)}.")
    wanted = function.parameters
    if wanted is None or node.names is not None:
        return function.of or ANY
    if len(wanted) != len(kinds):
        return scope.note(node, f"Expected {_values(len(wanted))} in the brackets, but got {len(kinds)}.")
    for argument, kind, parameter in zip(node.arguments, kinds, wanted, strict=True):
        if not unclear(kind) and not _goes(kind, parameter):
            scope.note(argument, f"Expected {plainly(parameter)} here, but got {plainly(kind)}.")
    return function.of or ANY


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count or 'no'} values"


# FEEL's own functions.

_RESULTS = {"day of week": one_of(*WEEKDAYS), "month of year": one_of(*MONTHS)}


def _built_in(node: Call, name: str, kinds: list[Type], scope: Scope) -> Type:
    function = BUILT_IN[name]
    fitting = _fitting(function, node, kinds)
    if not fitting:
        given = ", ".join(map(plainly, kinds)) or "nothing"
        message = f"Expected {described(function)}, but it gets {given}."
        return scope.note(node, message + _list_hint(name, kinds))
    _must_hold(node, name, kinds, scope)
    _must_go_together(node, function, kinds, scope)
    _must_be_patterns(node, name, scope)
    value = _result(node, scope)
    if name in _RESULTS:
        return _RESULTS[name]
    results = {one.result for one in fitting}
    if len(results) == 1 and results != {ANY}:
        return results.pop()
    return ANY if value is None else Type(kind_of(value))


def _list_hint(name: str, kinds: list[Type]) -> str:
    if not kinds or kinds[0].name != "list":
        return ""
    return (
        " list contains(…) looks into a list." if name == "contains" else " It takes one value, not a list."
    )


def _fitting(function: Function, node: Call, kinds: list[Type]) -> list[Signature]:
    fitting = [one for one in function.signatures if accepts(one, kinds, node.names)]
    if fitting:
        return fitting
    alone = list(starmap(_alone, zip(node.arguments, kinds, strict=True)))
    return [one for one in function.signatures if accepts(one, alone, node.names)]


def _alone(argument: Node, kind: Type) -> Type:
    """A list that was filtered may be meant to hold one item, which then stands for itself."""
    return (kind.of or ANY) if kind.name == "list" and _is_filtered(argument) else kind


def _is_filtered(node: Node) -> bool:
    return isinstance(node, Filter) or (isinstance(node, Path) and _is_filtered(node.target))


def _must_hold(node: Call, name: str, kinds: list[Type], scope: Scope) -> None:
    """A list is asked only for what it may hold."""
    if name not in ("list contains", "index of") or node.names is not None:
        return
    listed, wanted = node.arguments
    if not unclear(kinds[0]) and kinds[0].name != "list":
        scope.note(listed, f"Expected a list to look into first, but this is {plainly(kinds[0])}.")
    elif kinds[0].of is not None:
        compare(wanted, kinds[0].of, kinds[1], scope, ordered=False)
        must_be_possible(node, (listed, kinds[0].of), (wanted, kinds[1]), scope)


_OF_LIKE_VALUES = frozenset((
    "sum", "product", "mean", "median", "stddev", "mode", "min", "max", "all", "any", "string join",
    "before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after", "finishes",
    "finished by", "includes", "during", "starts", "started by", "coincides",
))  # fmt: skip
"""Functions that have a result for any values of the right kinds, so one of each kind tells."""


def _must_go_together(node: Call, function: Function, kinds: list[Type], scope: Scope) -> None:
    samples = list(map(sample, kinds))
    if function.name not in _OF_LIKE_VALUES or any(one is None for one in samples):
        return
    run = Run({}, {}, budget=_TRIAL)
    invoked(function, samples, node.names, run)
    if run.problems:
        given = " and ".join(map(plainly, kinds))
        scope.note(node, f"Expected values that {function.name}(…) can take together, but it gets {given}.")


def _must_be_patterns(node: Call, name: str, scope: Scope) -> None:
    """A pattern that means nothing does so for every text."""
    if (
        name not in ("matches", "replace", "split")
        or node.names is not None
        or is_constant(node.arguments[0])
    ):
        return
    nothing = Literal(node.start, node.start, "")
    rest = [nothing] if name == "replace" else []
    trial = Call(node.start, node.end, node.function, [nothing, node.arguments[1], *rest], None)
    if is_constant(node.arguments[1]) and _tried(trial)[1]:
        something = "" if name == "matches" else " and does not match the empty text"
        scope.note(node.arguments[1], f"Expected a pattern that can be read{something}.")


_TRIAL = Budget(steps=10_000, seconds=math.inf)
"""In steps alone, so that the same is found however busy the machine is."""

_FORMS = {
    "date": "a day that there is, such as 2026-04-07",
    "time": "a time of day, such as 17:00:00",
    "date and time": "a date and time, such as 2026-04-07T17:00:00",
    "duration": "a duration, such as P5D for five days or P6M for six months",
}


def _result(node: Call, scope: Scope) -> Value:
    """What a call with nothing but literals has, as it will give the same each time; None for others."""
    if not node.arguments or not all(map(is_constant, node.arguments)):
        return None
    value, problems = _tried(node)
    if problems:
        form = _FORMS.get(said(node.function))
        scope.note(node, f"Expected {form}." if form else problems[0].message)
    return value


def _tried(node: Call) -> tuple[Value, list[Problem]]:
    run = Run({}, {}, budget=_TRIAL)
    try:
        return compiled(node)(Frame({}, None, run)), run.problems
    except TooMuchWork:
        return None, []


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
    return kind.name == "date" and wanted.name == "date and time"
