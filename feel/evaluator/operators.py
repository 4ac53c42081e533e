"""Arithmetic, comparison and logic."""

from collections.abc import Callable
from decimal import Decimal

from feel.arithmetic import OPERATIONS, calculate, negate
from feel.equality import equal, order
from feel.evaluator.registry import Code, compiled, compiles
from feel.instance import is_instance
from feel.run import Frame
from feel.syntax import And, Arithmetic, Between, Comparison, InstanceOf, Literal, Negation, Node, Or
from feel.temporal import Date, DateTime, Time
from feel.types import no_type
from feel.values import Value, kind_of


@compiles(Arithmetic)
def arithmetic(node: Arithmetic) -> Code:
    first = compiled(node.first)
    rest = [(operator, compiled(operand)) for operator, operand in node.rest]

    def chain(frame: Frame) -> Value:
        value = first(frame)
        for operator, operand in rest:
            right = operand(frame)
            result = calculate(operator, value, right)
            if result is None:
                return _no_result(frame, node, operator, value, right)
            if type(result) is str:
                frame.run.charge(len(result))
            value = result
        return value

    return chain


_MOMENTS = frozenset((Date, DateTime, Time))


def _no_result(frame: Frame, node: Node, operator: str, left: Value, right: Value) -> None:
    if operator == "-" and type(left) in _MOMENTS and type(right) in _MOMENTS:
        message = "Expected both moments to have an offset, or neither, but only one has."
    elif (operator, type(left), type(right)) in OPERATIONS:
        message = f"Expected a result from {operator}, but there is none (division by zero, or too large)."
    else:
        message = f"Expected values that {operator} can join, but got {kind_of(left)} and {kind_of(right)}."
    frame.run.note(node.start, node.end, message)


@compiles(Negation)
def negation(node: Negation) -> Code:
    operand = compiled(node.operand)

    def minus(frame: Frame) -> Value:
        value = operand(frame)
        result = negate(value)
        if result is None:
            frame.run.note(
                node.start, node.end, f"Expected a number or duration after -, but got {kind_of(value)}."
            )
        return result

    return minus


# Comparison.

_DIRECT = frozenset((str, Decimal, bool))
_PLACES: dict[str, Callable[[int], bool]] = {
    "<": lambda place: place < 0,
    "<=": lambda place: place <= 0,
    ">": lambda place: place > 0,
    ">=": lambda place: place >= 0,
}


@compiles(Comparison)
def comparison(node: Comparison) -> Code:
    left, right = compiled(node.left), compiled(node.right)
    if node.operator in ("=", "!="):
        return _equality(node, left, right, wanted=node.operator == "=")
    holds = _PLACES[node.operator]

    def compare(frame: Frame) -> bool | None:
        first, second = left(frame), right(frame)
        place = order(first, second)
        return _incomparable(frame, node, first, second) if place is None else holds(place)

    return compare


def _equality(node: Comparison, left: Code, right: Code, *, wanted: bool) -> Code:
    if isinstance(node.right, Literal) and type(node.right.value) is str:
        return _text_equality(node, left, node.right.value, wanted=wanted)

    def compare(frame: Frame) -> bool | None:
        first, second = left(frame), right(frame)
        if type(first) is type(second) and type(first) in _DIRECT:
            return (first == second) is wanted
        answer = equal(first, second, frame.run)
        return _incomparable(frame, node, first, second) if answer is None else answer is wanted

    return compare


def _text_equality(node: Comparison, left: Code, text: str, *, wanted: bool) -> Code:
    """The commonest condition of all: `answer = "yes"`."""

    def compare(frame: Frame) -> bool | None:
        first = left(frame)
        if type(first) is str:
            return (first == text) is wanted
        answer = equal(first, text, frame.run)
        return _incomparable(frame, node, first, text) if answer is None else answer is wanted

    return compare


def _incomparable(frame: Frame, node: Node, left: Value, right: Value) -> Value:
    kinds = f"{kind_of(left)} and {kind_of(right)}"
    frame.run.note(node.start, node.end, f"Expected values that can be compared, but got {kinds}.")
    return None


@compiles(Between)
def between(node: Between) -> Code:
    value, low, high = compiled(node.value), compiled(node.low), compiled(node.high)

    def inside(frame: Frame) -> bool | None:
        middle = value(frame)
        above, below = order(middle, low(frame)), order(middle, high(frame))
        if (above is not None and above < 0) or (below is not None and below > 0):
            return False
        if above is None or below is None:
            frame.run.note(node.start, node.end, "Expected values that can be compared, but got others.")
            return None
        return True

    return inside


@compiles(InstanceOf)
def instance_of(node: InstanceOf) -> Code:
    value, kind, fault = compiled(node.value), node.type, no_type(node.type)
    if fault is None:
        return lambda frame: is_instance(value(frame), kind, frame.run)

    def no_answer(frame: Frame) -> None:
        frame.run.note(node.start, node.end, fault)

    return no_answer


# Logic, with null for what is neither true nor false.


@compiles(And)
def conjunction(node: And) -> Code:
    return _three_valued(node, decisive=False)


@compiles(Or)
def disjunction(node: Or) -> Code:
    return _three_valued(node, decisive=True)


def _three_valued(node: And | Or, *, decisive: bool) -> Code:
    other = not decisive
    parts = [(part, compiled(part)) for part in node.parts]

    def combine(frame: Frame) -> Value:
        result: Value = other
        for part, code in parts:
            value = code(frame)
            if value is decisive:
                return decisive
            if value is not other:
                result = _neither(frame, part, value)
        return result

    return combine


def _neither(frame: Frame, part: Node, value: Value) -> Value:
    if value is not None:
        frame.run.note(part.start, part.end, f"Expected true or false, but got {kind_of(value)}.")
    return None
