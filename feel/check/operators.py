"""Checks arithmetic, comparison, logic and tests."""

from decimal import Decimal
from difflib import get_close_matches

from feel.arithmetic import OPERATIONS, negate
from feel.check.scope import Scope, inferred, infers, plainly, unclear
from feel.evaluator.tests import INPUT
from feel.syntax import (
    And,
    Arithmetic,
    Between,
    Comparison,
    Filter,
    In,
    InstanceOf,
    ListLiteral,
    Literal,
    Name,
    Negation,
    Node,
    Or,
    Path,
    RangeLiteral,
    Test,
    UnaryTests,
)
from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.types import ANY, BOOLEAN, NAMED, Type
from feel.values import Value, kind_of

_DAY = Date(2001, 1, 1)
_SAMPLES: dict[str, Value] = {
    "number": Decimal(1),
    "string": "",
    "boolean": True,
    "date": _DAY,
    "time": Time(0, 0, 0),
    "date and time": DateTime(_DAY, Time(0, 0, 0, 0, 0)),
    "days and time duration": DaysAndTime(1),
    "years and months duration": YearsAndMonths(1),
    "list": [],
    "context": {},
}
"""One value of each kind: what an operator makes of it tells what it makes of its kind."""


@infers(Arithmetic)
def arithmetic(node: Arithmetic, scope: Scope) -> Type:
    kind = inferred(node.first, scope)
    for operator, operand in node.rest:
        right = inferred(operand, scope)
        kind = _operation(node, operator, kind, right, scope)
    return kind


def _operation(node: Node, operator: str, left: Type, right: Type, scope: Scope) -> Type:
    if left.name not in _SAMPLES or right.name not in _SAMPLES:
        return ANY
    first, second = _SAMPLES[left.name], _SAMPLES[right.name]
    operation = OPERATIONS.get((operator, type(first), type(second)))
    if operation is not None:
        return Type(kind_of(operation(first, second)))
    message = f"Expected values that {operator} can join, but got {plainly(left)} and {plainly(right)}."
    if {left.name, right.name} == {"number", "string"} and operator == "+":
        message += " string(…) makes a text of a number."
    return scope.note(node, message)


@infers(Negation)
def negation(node: Negation, scope: Scope) -> Type:
    kind = inferred(node.operand, scope)
    if kind.name in _SAMPLES and negate(_SAMPLES[kind.name]) is None:
        return scope.note(node, f"Expected a number or duration after -, but got {plainly(kind)}.")
    return kind


_ORDERED = frozenset(_SAMPLES) - {"boolean", "list", "context"}


@infers(Comparison)
def comparison(node: Comparison, scope: Scope) -> Type:
    left, right = _sides(node, scope)
    compare(node, left, right, scope, ordered=node.operator not in ("=", "!="))
    if node.operator in ("=", "!="):
        must_be_possible(node, (node.left, left), (node.right, right), scope)
    return BOOLEAN


def _sides(node: Comparison, scope: Scope) -> tuple[Type, Type]:
    return _side(node.left, node.right, scope), _side(node.right, node.left, scope)


def _side(node: Node, other: Node, scope: Scope) -> Type:
    """A lone unknown word beside a comparison is most often a text without its quotes."""
    if isinstance(node, Name) and scope.type_of(node.name) is None and _is_known(other, scope):
        like = scope.like(node.name)
        meant = f", or did you mean {like}?" if like else "."
        return scope.note(node, f'{node.name} needs quotes ("{node.name}") if it is a text{meant}')
    return inferred(node, scope)


def _is_known(node: Node, scope: Scope) -> bool:
    return not isinstance(node, Name) or scope.type_of(node.name) is not None


def compare(node: Node, left: Type, right: Type, scope: Scope, *, ordered: bool) -> None:
    """Notes a comparison that can never be true."""
    kinds = {left.name, right.name}
    if ordered and not {kind for kind in kinds if kind in _SAMPLES} <= _ORDERED:
        wrong = left if left.name in _SAMPLES and left.name not in _ORDERED else right
        scope.note(node, f"Expected values with an order, but {plainly(wrong)} has none.")
    elif not unclear(left) and not unclear(right) and len(kinds) > 1:
        message = f"Expected to compare values of one kind, but got {plainly(left)} and {plainly(right)}."
        scope.note(node, message + _comparing_hint(kinds))


def must_be_possible(node: Node, one: tuple[Node, Type], other: tuple[Node, Type], scope: Scope) -> None:
    """Notes two texts that have no value in common, and so are never equal."""
    if isinstance(one[0], Literal):
        one, other = other, one
    possible, wanted = one[1].values, other[1].values
    if possible is None or wanted is None or possible & wanted:
        return
    name = said(one[0])
    if isinstance(other[0], Literal) and name:
        scope.note(other[0], not_one_of(str(other[0].value), possible, name))
    else:
        scope.note(node, "Expected two texts that can be the same, but they have no value in common.")


def not_one_of(value: str, values: frozenset[str], of: str) -> str:
    """What to say about a text that is none of the values there are.

    >>> not_one_of("hihg", frozenset({"high", "low"}), "risk")
    '"hihg" is not one of the values of risk. Did you mean "high"?'
    """
    values -= {""}
    close = get_close_matches(value, sorted(values), n=1, cutoff=0.6)
    if close:
        return f'"{value}" is not one of the values of {of}. Did you mean "{close[0]}"?'
    some = sorted(values)[:_SHOWN]
    listed = ", ".join(f'"{one}"' for one in some) + (", …" if len(values) > len(some) else "")
    return f'"{value}" is not one of the values of {of}. They are {listed}.'


_SHOWN = 8


def said(node: Node) -> str:
    """A name or path as it is written; "" for other expressions, which have no name."""
    if isinstance(node, Path):
        target = said(node.target)
        return f"{target}.{node.name}" if target else node.name
    if isinstance(node, Filter):
        return said(node.target)
    if isinstance(node, Name):
        return "the input" if node.name == INPUT else node.name
    return ""


def _comparing_hint(kinds: set[str]) -> str:
    if kinds == {"number", "string"}:
        return " Numbers have no quotes."
    return ' Write @"2026-04-07".' if kinds == {"date", "string"} else ""


@infers(Between)
def between(node: Between, scope: Scope) -> Type:
    value = inferred(node.value, scope)
    for end in (node.low, node.high):
        compare(end, value, inferred(end, scope), scope, ordered=True)
    return BOOLEAN


@infers(In)
def membership(node: In, scope: Scope) -> Type:
    value = inferred(node.value, scope)
    for test in node.tests:
        check_test(test, value, scope, node.value)
    return BOOLEAN


@infers(UnaryTests)
def unary_tests(node: UnaryTests, scope: Scope) -> Type:
    for test in node.tests:
        check_test(test, scope.type_of(INPUT) or ANY, scope)
    return BOOLEAN


_INPUT = Name(0, 0, INPUT)


def check_test(node: Node, value: Type, scope: Scope, of: Node = _INPUT) -> None:
    """Checks one test of a value of a known type, `of` which it is."""
    inner = scope.within({INPUT: value})
    if isinstance(node, Test):
        wanted = inferred(node.operand, inner)
        compare(node, value, wanted, scope, ordered=node.operator not in ("=", "!="))
        if node.operator in ("=", "!="):
            must_be_possible(node, (of, value), (node.operand, wanted), scope)
        return
    wanted = inferred(node, inner)
    if isinstance(node, RangeLiteral) and wanted.of is not None:
        compare(node, value, wanted.of, scope, ordered=True)
    elif isinstance(node, Literal):
        compare(node, value, wanted, scope, ordered=False)
        must_be_possible(node, (of, value), (node, wanted), scope)
    elif isinstance(node, ListLiteral):
        for item in node.items:
            if isinstance(item, Literal):
                must_be_possible(node, (of, value), (item, inferred(item, inner)), scope)


@infers(Test)
def test(node: Test, scope: Scope) -> Type:
    return Type("range", inferred(node.operand, scope))


@infers(InstanceOf)
def instance_of(node: InstanceOf, scope: Scope) -> Type:
    inferred(node.value, scope)
    if node.type.name not in NAMED:
        scope.note(node, f"Expected a known type, but there is no {node.type.name}.")
    return BOOLEAN


def _logic(node: And | Or, scope: Scope) -> Type:
    for part in node.parts:
        must_be_true_or_false(part, inferred(part, scope), scope)
    return BOOLEAN


infers(And)(_logic)
infers(Or)(_logic)


def must_be_true_or_false(node: Node, kind: Type, scope: Scope) -> None:
    if not unclear(kind) and kind != BOOLEAN:
        scope.note(node, f"Expected something true or false, but this is {plainly(kind)}.")
