"""Checks tests of a value: what stands right of `in`, and in the cells of decision tables."""

from itertools import pairwise

from feel.check.comparing import compare, must_be_possible, must_have_zones, must_rise, operand
from feel.check.scope import Scope, inferred, infers, unclear
from feel.evaluator.tests import INPUT
from feel.syntax import (
    Arithmetic,
    In,
    ListLiteral,
    Literal,
    Name,
    Node,
    Path,
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
    wanted = operand(node, inner)
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
    return kind == BOOLEAN and (mentions(node, INPUT) or not isinstance(node, Literal | Name | Path))


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
    if value.name == "list":
        return
    if not isinstance(node, ListLiteral):
        if wanted.of is not None and not unclear(wanted.of):
            _equal(node, value, wanted.of, scope, of, alone=True)
        return
    for item in node.items:
        kind = inferred(item, scope)
        if kind.name == "range":
            _in_range(item, value, kind, scope, of)
        elif not unclear(kind):
            _equal(item, value, kind, scope, of, alone=len(node.items) == 1)


def _must_be_no_subtraction(node: Node, scope: Scope) -> None:
    """`7-10` is minus three, which nobody means in a test."""
    if isinstance(node, Arithmetic) and isinstance(node.first, Literal) and len(node.rest) == 1:
        operator, last = node.rest[0]
        if operator == "-" and isinstance(last, Literal):
            scope.note(
                node, f"Write [{node.first.value}..{last.value}] for a range: - takes one from the other."
            )


def must_have_no_commas(nodes: list[Node], scope: Scope) -> None:
    """`1,000` is two values, 1 and 0."""
    for before, node in pairwise(nodes):
        if _is_thousands(node, after=isinstance(before, Test)) and node.start == before.end + 1:
            scope.note(node, "Expected a number without commas between its thousands, such as 1000.")


def _is_thousands(node: Node, *, after: bool) -> bool:
    if (
        not isinstance(node, Literal)
        or node.end - node.start != 3
        or isinstance(node.value, str | bool | None)
    ):
        return False
    return node.value.as_tuple().exponent == 0 and (after or node.value < 100)
