"""Tests of a value: what stands right of `in`, and in the cells of decision tables."""

import operator
from collections.abc import Callable
from decimal import Decimal

from feel.equality import equal, order, same, within
from feel.evaluator.literals import is_constant
from feel.evaluator.registry import Code, compiled, compiles
from feel.run import Frame
from feel.syntax import (
    AtLiteral,
    Filter,
    In,
    Literal,
    Name,
    Node,
    Path,
    RangeLiteral,
    Test,
    UnaryTests,
    mentions,
)
from feel.values import Range, Value, kind_of

INPUT = "?"

Check = Callable[[Frame, Value], bool | None]
"""A test of one value in a frame."""


@compiles(Test)
def open_range(node: Test) -> Code:
    """A test as a value: the range of what passes. `!=` has none."""
    operand, symbol = compiled(node.operand), node.operator

    def limits(frame: Frame) -> Value:
        value = operand(frame)
        if symbol in ("<", "<="):
            return Range(None, value, False, symbol == "<=")
        if symbol in (">", ">="):
            return Range(value, None, symbol == ">=", False)
        return Range(value, value, True, True) if symbol == "=" else None

    return limits


@compiles(In)
def membership(node: In) -> Code:
    value, passes = compiled(node.value), any_of([check_of(test) for test in node.tests])

    def inside(frame: Frame) -> bool | None:
        wanted = value(frame)
        answer = passes(frame, wanted)
        if answer is None:
            message = (
                f"Expected a value that can be compared with what follows in, but got {kind_of(wanted)}."
            )
            frame.run.note(node.start, node.end, message)
        return answer

    return inside


@compiles(UnaryTests)
def unary_tests(node: UnaryTests) -> Code:
    """Tests the value called `?`."""
    if not node.tests:
        return lambda _: True
    passes = any_of([check_of(test) for test in node.tests])
    if not node.negated:
        return lambda frame: passes(frame, _input(frame))
    return lambda frame: _not(passes(frame, _input(frame)))


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _input(frame: Frame) -> Value:
    return frame.names[INPUT]


def any_of(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]

    def check(frame: Frame, value: Value) -> bool | None:
        result: bool | None = False
        for passes in checks:
            answer = passes(frame, value)
            if answer is True:
                return True
            if answer is None:
                result = None
        return result

    return check


def check_of(node: Node) -> Check:
    if isinstance(node, Test):
        return _operator(node)
    if isinstance(node, Literal | AtLiteral):
        return _literal(node.value)
    code, uses_input = compiled(node), mentions(node, INPUT)
    condition = uses_input or not names_a_value(node)
    if is_constant(node):
        code = _once(code)
    if isinstance(node, RangeLiteral) and is_number(node.low) and is_number(node.high):
        return _between_numbers(node, code)

    def check(frame: Frame, value: Value) -> bool | None:
        inner = Frame({INPUT: value}, frame, frame.run) if uses_input else frame
        return _matches(frame, value, code(inner), uses_input, condition)

    return check


def names_a_value(node: Node) -> bool:
    """Whether a test is a value to be equal to, and not a condition that is true or false by itself."""
    return isinstance(node, Literal | Name | Path | Filter)


def _literal(wanted: Value) -> Check:
    kind = type(wanted)
    if kind is bool:
        return lambda frame, value: wanted if frame.run.no_input else equal(value, wanted, frame.run)
    if kind in (str, Decimal):
        return lambda frame, value: (
            value == wanted if type(value) is kind else equal(value, wanted, frame.run)
        )
    return lambda frame, value: equal(value, wanted, frame.run)


def _once(code: Code) -> Code:
    """The code of a constant: run the first time, remembered from then on."""
    known: list[Value] = []

    def remembered(frame: Frame) -> Value:
        if not known:
            known.append(code(frame))
        return known[0]

    return remembered


def is_number(node: Node) -> bool:
    return isinstance(node, Literal) and type(node.value) is Decimal


def _between_numbers(node: RangeLiteral, code: Code) -> Check:
    """The commonest cell of decision tables: `[18..65)`. Other kinds than numbers go the long way."""
    low, high = node.low.value, node.high.value  # type: ignore[attr-defined]  # both are literals: `is_number`
    above = operator.ge if node.low_included else operator.gt
    below = operator.le if node.high_included else operator.lt

    def check(frame: Frame, value: Value) -> bool | None:
        if type(value) is Decimal:
            return bool(above(value, low) and below(value, high))
        return _matches(frame, value, code(frame))

    return check


def _matches(
    frame: Frame, value: Value, wanted: Value, uses_input: bool = False, condition: bool = False
) -> bool | None:
    """A `condition` is taken by its own truth; what only has a name is compared, as any value is."""
    if type(wanted) is Range:
        return _in_range(frame, value, wanted)
    if type(wanted) is list:
        frame.run.charge(len(wanted))
        return _in_list(frame, value, wanted)
    if type(wanted) is bool and (condition or frame.run.no_input) and (uses_input or type(value) is not bool):
        return wanted
    if uses_input and wanted is None:
        return None
    return equal(value, wanted, frame.run)


def _in_range(frame: Frame, value: Value, wanted: Range) -> bool | None:
    return same(value, wanted, frame.run) if type(value) is Range else within(value, wanted)


def _in_list(frame: Frame, value: Value, wanted: list[Value]) -> bool:
    if type(value) is list and same(value, wanted, frame.run):
        return True
    return any(_matches_item(frame, value, item) is True for item in wanted)


def _matches_item(frame: Frame, value: Value, item: Value) -> bool | None:
    if type(item) is Range:
        return _in_range(frame, value, item)
    return equal(value, item, frame.run)


def _operator(node: Test) -> Check:
    operand, symbol = compiled(node.operand), node.operator
    uses_input = mentions(node.operand, INPUT)
    compare = _COMPARERS[symbol]

    def check(frame: Frame, value: Value) -> bool | None:
        wanted = operand(Frame({INPUT: value}, frame, frame.run) if uses_input else frame)
        if type(value) is Decimal and type(wanted) is Decimal:
            return bool(compare(value, wanted))
        if symbol in ("=", "!="):
            answer = equal(value, wanted, frame.run)
            return answer if symbol == "=" or answer is None else not answer
        place = order(value, wanted)
        return None if place is None else bool(compare(place, 0))

    return check


_COMPARERS: dict[str, Callable[[Value, Value], Value]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
