"""Checks tests of a value: what stands right of `in`, and in the cells of decision tables."""

from decimal import Decimal
from itertools import pairwise

from feel.check.comparing import compare, is_unknown, must_be_possible, must_have_zones, must_rise, operand
from feel.check.names import unknown
from feel.check.scope import Scope, inferred, infers, unclear
from feel.evaluator.tests import INPUT, names_a_value
from feel.syntax import (
    Arithmetic,
    In,
    ListLiteral,
    Literal,
    Name,
    Node,
    RangeLiteral,
    Test,
    UnaryTests,
    mentions,
)
from feel.types import ANY, BOOLEAN, Type


@infers(In)
def membership(node: In, scope: Scope) -> Type:
    value = operand(node.value, scope)
    must_have_no_commas(node.tests, scope)
    for test in node.tests:
        check_test(test, value, scope, node.value, alone=len(node.tests) == 1)
    return BOOLEAN


@infers(UnaryTests)
def unary_tests(node: UnaryTests, scope: Scope) -> Type:
    must_have_no_commas(node.tests, scope)
    for test in node.tests:
        check_test(test, scope.type_of(INPUT) or ANY, scope)
    return BOOLEAN


@infers(Test)
def open_range(node: Test, scope: Scope) -> Type:
    return Type("range", inferred(node.operand, scope))


_INPUT = Name(0, 0, INPUT)


def check_test(node: Node, value: Type, scope: Scope, of: Node = _INPUT, *, alone: bool = True) -> None:
    """Checks one test of a value of a known type, `of` which it is; `alone` when there are no others."""
    inner = scope.within({INPUT: value})
    if isinstance(node, Test):
        wanted = operand(node.operand, inner)
        compare(node, value, wanted, scope, ordered=node.operator not in ("=", "!="))
        if node.operator in ("=", "!="):
            must_be_possible(node, (of, value), (node.operand, wanted), scope)
        else:
            must_have_zones((of, node.operand), scope)
        return
    if isinstance(node, ListLiteral):
        _in_items(node, value, inner, of)
        return
    wanted = unknown(node, inner, value) if is_unknown(node, inner) else operand(node, inner)
    if unclear(wanted) or _is_condition(node, wanted):
        return
    if wanted.name == "range":
        _in_range(node, value, wanted, scope, of)
    elif wanted.name == "list":
        _in_list(node, value, wanted, inner, of)
    else:
        _must_be_no_subtraction(node, scope)
        _equal(node, value, wanted, scope, of, alone=alone)


def _is_condition(node: Node, kind: Type) -> bool:
    """What is true or false by itself, and not compared with the value."""
    return kind == BOOLEAN and (mentions(node, INPUT) or not names_a_value(node))


def _equal(node: Node, value: Type, wanted: Type, scope: Scope, of: Node, *, alone: bool) -> None:
    compare(node, value, wanted, scope, ordered=False)
    if alone or not value.gathered:
        must_be_possible(node, (of, value), (node, wanted), scope)


def _in_range(node: Node, value: Type, wanted: Type, scope: Scope, of: Node) -> None:
    if isinstance(node, RangeLiteral):
        must_rise(node, node.low, node.high, scope)
        must_have_zones((of, node.low, node.high), scope)
    if wanted.of is not None and value.name != "range":
        compare(node, value, wanted.of, scope, ordered=True)


def _in_list(node: Node, value: Type, wanted: Type, scope: Scope, of: Node) -> None:
    if value.name != "list" and wanted.of is not None and not unclear(wanted.of):
        _equal(node, value, wanted.of, scope, of, alone=True)


def _in_items(node: ListLiteral, value: Type, scope: Scope, of: Node) -> None:
    must_have_no_commas(node.items, scope)
    for item in node.items:
        kind = operand(item, scope)
        if value.name == "list":
            continue
        if kind.name == "range":
            _in_range(item, value, kind, scope, of)
        elif not unclear(kind):
            _equal(item, value, kind, scope, of, alone=len(node.items) == 1)


def _must_be_no_subtraction(node: Node, scope: Scope) -> None:
    """`7-10` is minus three, which nobody means in a test."""
    if isinstance(node, Arithmetic) and len(node.rest) == 1 and node.rest[0][0] == "-":
        first, last = _number(node.first), _number(node.rest[0][1])
        if first is not None and last is not None and first < last:
            scope.note(node, f"Write [{first}..{last}] for a range: - takes one from the other.")


def _number(node: Node) -> Decimal | None:
    return node.value if isinstance(node, Literal) and isinstance(node.value, Decimal) else None


def must_have_no_commas(nodes: list[Node], scope: Scope) -> None:
    """`1,000` is two values, 1 and 0."""
    for before, node in pairwise(nodes):
        if _is_thousands(node, after=isinstance(before, Test)) and node.start == before.end + 1:
            scope.note(node, "Write 1000 without a comma, or put a space after the comma if these are two.")


def _is_thousands(node: Node, *, after: bool) -> bool:
    number = _number(node)
    if number is None or node.end - node.start != 3:
        return False
    return number.as_tuple().exponent == 0 and (after or number < 100)
