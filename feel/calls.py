"""Calling a function: which argument goes to which parameter, and whether it fits there."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

from feel.errors import NoResult
from feel.instance import convert
from feel.values import Function, HostFunction, Parameter, Signature, Value, enter, kind_of, leave
from feel.work import Work


def call(
    function: Function,
    arguments: list[Value],
    names: Sequence[str] | None,
    run: Work,
    place: tuple[int, int] = (0, 0),
) -> Value:
    """The result; null with a problem when no signature fits the arguments, or one is outside its bounds.

    Null that is the answer to arguments as they may be (`max([])`) is no problem.
    """
    run.enter_call()
    try:
        if isinstance(function, HostFunction):
            return _call_host(function, arguments, names, run, place)
        for signature in _as_written(function.signatures, names):
            values = _bind(signature, arguments, names, run)
            if values is not None:
                return _result(function, signature, values, run, place)
    finally:
        run.calls -= 1
    run.note(*place, _misfit(function, arguments, names))
    return None


def _result(
    function: Function, signature: Signature, values: list[Value], run: Work, place: tuple[int, int]
) -> Value:
    try:
        result = signature.call(run, *values)
        if result is not None or signature.nullable:
            return result
    except NoResult:
        pass
    run.note(*place, f"Expected {function.name}(…) to have a result, but these values have none.")
    return None


def _as_written(signatures: Sequence[Signature], names: Sequence[str] | None) -> Sequence[Signature]:
    """First the one with the names in the order given: `after` takes (point, range) and (range, point)."""
    if names is None or len(signatures) == 1:
        return signatures
    given = [*names]
    return sorted(signatures, key=lambda one: [parameter.name for parameter in one.parameters] != given)


def _call_host(
    function: HostFunction,
    arguments: list[Value],
    names: Sequence[str] | None,
    run: Work,
    place: tuple[int, int],
) -> Value:
    values = [leave(argument, run) for argument in arguments]
    keys = [name.replace(" ", "_") for name in names or ()]
    given, named = ([], dict(zip(keys, values, strict=True))) if keys else (values, {})
    try:
        return enter(function.python(*given, **named))
    except TypeError:
        if _can_be_called(function.python, given, named):
            raise
    run.note(*place, f"Expected {function.name}(…) to get the arguments that it takes, but it got others.")
    return None


def _can_be_called(python: Callable[..., Any], given: list[Any], named: dict[str, Any]) -> bool:
    try:
        inspect.signature(python).bind(*given, **named)
    except TypeError:
        return False
    except ValueError:  # written in C, without a signature to ask
        return True
    return True


def _bind(
    signature: Signature, arguments: list[Value], names: Sequence[str] | None, run: Work
) -> list[Value] | None:
    ordered = arguments if names is None else in_order(signature.parameters, arguments, names)
    if ordered is None:
        return None
    values: list[Value] = []
    for index, parameter in enumerate(signature.parameters):
        if parameter.variadic:
            given = [value for value in ordered[index:] if value is not MISSING]
            return _bind_rest(parameter, given, values, run)
        if index >= len(ordered) or ordered[index] is MISSING:
            if not (parameter.optional or _may_be_left_out(parameter, names)):
                return None
            values.append(None)
            continue
        fitting, value = fit(parameter, ordered[index], run)
        if not fitting:
            return None
        values.append(value)
    return values if len(ordered) <= len(signature.parameters) else None


def _may_be_left_out(parameter: Parameter, names: Sequence[str] | None) -> bool:
    """Of named arguments those that are not given are null; by position all are given."""
    return names is not None and parameter.nullable


def _bind_rest(parameter: Parameter, rest: list[Value], values: list[Value], run: Work) -> list[Value] | None:
    if not rest and not parameter.optional:
        return None
    for value in rest:
        fitting, converted = fit(parameter, value, run)
        if not fitting:
            return None
        values.append(converted)
    return values


MISSING = object()


def in_order(
    parameters: Sequence[Parameter], arguments: list[Value], names: Sequence[str]
) -> list[Value] | None:
    """Named arguments in the order of the parameters; None for a name that there is not, or given twice."""
    given = dict(zip(names, arguments, strict=True))
    if len(given) != len(names) or not given.keys() <= {parameter.name for parameter in parameters}:
        return None
    return [given.get(parameter.name, MISSING) for parameter in parameters]


def fit(parameter: Parameter, value: Value, run: Work) -> tuple[bool, Value]:
    """Whether a value fits one of the parameter's types, and the value as the function wants it."""
    if value is None:
        return parameter.nullable, None
    for kind in parameter.types:
        fitting, converted = convert(value, kind, run)
        if fitting:
            return True, converted
    return False, None


def _misfit(function: Function, arguments: list[Value], names: Sequence[str] | None) -> str:
    given = [kind_of(argument) for argument in arguments]
    if names is not None:
        given = [f"{name}: {kind}" for name, kind in zip(names, given, strict=True)]
    return f"Expected {described(function)}, but it got ({', '.join(given)})."


def described(function: Function) -> str:
    """How a function may be called, in one line.

    >>> from feel.builtins import BUILT_IN
    >>> described(BUILT_IN["starts with"])
    'starts with(string: string, match: string)'
    """
    ways = (", ".join(map(_described, signature.parameters)) for signature in function.signatures)
    return " or ".join(f"{function.name}({way})" for way in ways)


def _described(parameter: Parameter) -> str:
    kinds = " or ".join(map(str, parameter.types))
    dots = "..." if parameter.variadic else ""
    return f"{dots}{parameter.name}{'?' if parameter.optional else ''}: {kinds}"
