"""Checks what is compared: whether values of these kinds, or these texts, can ever be equal or in order."""

from collections.abc import Sequence
from typing import TypeGuard

from feel.builtins import BUILT_IN
from feel.check.names import unknown
from feel.check.samples import SAMPLES
from feel.check.scope import Scope, inferred, infers, nearest, plainly, unclear
from feel.equality import order
from feel.evaluator import compiled
from feel.evaluator.literals import is_constant
from feel.evaluator.tests import INPUT
from feel.run import Frame, Run
from feel.syntax import AtLiteral, Between, Call, Comparison, Filter, Literal, Name, Node, Path
from feel.temporal import DateTime
from feel.temporal.reading import read_date_time
from feel.types import BOOLEAN, Type

_ORDERED = frozenset(SAMPLES) - {"boolean", "list", "context"}
_EQUALITY = ("=", "!=")


def operand(node: Node, scope: Scope) -> Type:
    """The type of what is joined or compared. A function stands there where brackets were forgotten."""
    kind = inferred(node, scope)
    if kind.name == "function" and isinstance(node, Name) and node.name not in scope.names:
        signatures = BUILT_IN[node.name].signatures if node.name in BUILT_IN else ()
        inside = "" if any(not one.parameters for one in signatures) else "…"
        return scope.note(node, f"{node.name} is a function: write {node.name}({inside}).")
    return kind


@infers(Comparison)
def comparison(node: Comparison, scope: Scope) -> Type:
    told = len(scope.problems)
    left, right = _sides(node, scope)
    if len(scope.problems) > told:
        return BOOLEAN  # what is wrong inside comes first
    compare(node, left, right, scope, ordered=node.operator not in _EQUALITY)
    if node.operator in _EQUALITY:
        must_be_possible(node, (node.left, left), (node.right, right), scope)
    else:
        must_have_zones((node.left, node.right), scope)
    return BOOLEAN


def _sides(node: Comparison, scope: Scope) -> tuple[Type, Type]:
    """A lone unknown word beside a comparison is most often a text without its quotes."""
    if is_unknown(node.left, scope) and not is_unknown(node.right, scope):
        right = operand(node.right, scope)
        return unknown(node.left, scope, right), right
    left = operand(node.left, scope)
    if is_unknown(node.right, scope) and not is_unknown(node.left, scope):
        return left, unknown(node.right, scope, left)
    return left, operand(node.right, scope)


def is_unknown(node: Node, scope: Scope) -> TypeGuard[Name]:
    return isinstance(node, Name) and scope.type_of(node.name) is None


def compare(node: Node, left: Type, right: Type, scope: Scope, *, ordered: bool) -> None:
    """Notes a comparison that can never be true."""
    kinds = {left.name, right.name}
    if ordered and not kinds & {*SAMPLES, "Null"} <= _ORDERED:
        wrong = left if left.name in {*SAMPLES, "Null"} - _ORDERED else right
        scope.note(node, f"Expected values with an order, but {plainly(wrong)} has none.")
    elif not unclear(left) and not unclear(right) and len(kinds) > 1:
        message = f"Expected to compare values of one kind, but got {plainly(left)} and {plainly(right)}."
        scope.note(node, message + hint(kinds))


_HINTS = {
    frozenset(("number", "string")): "Numbers have no quotes.",
    frozenset(("boolean", "string")): "true and false have no quotes.",
    frozenset(("date", "string")): 'Write @"2026-04-07".',
    frozenset(("date", "number")): 'Write @"2026-04-07".',
    frozenset(("time", "string")): 'Write @"17:00:00".',
    frozenset(("date and time", "string")): 'Write @"2026-04-07T17:00:00@Europe/London".',
    frozenset(("date", "date and time")): "date(…) makes a date of a date and time.",
    frozenset(("list", "number")): "count(…) tells how many a list holds.",
    frozenset(("list", "string")): "list contains(…) looks into a list.",
    frozenset(("days and time duration", "number")): 'Write @"P5D" for five days.',
    frozenset(("days and time duration", "string")): 'Write @"P5D" for five days.',
    frozenset(("years and months duration", "number")): 'Write @"P6M" for six months.',
    frozenset(("years and months duration", "string")): 'Write @"P6M" for six months.',
    frozenset(("days and time duration", "years and months duration")): "Months differ in their days.",
}


def hint(kinds: set[str]) -> str:
    """What most likely was meant with values of these two kinds, after a space; else nothing."""
    found = _HINTS.get(frozenset(kinds))
    return f" {found}" if found else ""


@infers(Between)
def between(node: Between, scope: Scope) -> Type:
    value = operand(node.value, scope)
    for end in (node.low, node.high):
        compare(end, value, operand(end, scope), scope, ordered=True)
    must_rise(node, node.low, node.high, scope)
    must_have_zones((node.value, node.low, node.high), scope)
    return BOOLEAN


def must_have_zones(nodes: Sequence[Node], scope: Scope) -> None:
    """Notes a moment without a zone beside others: it would take the offset that the other has."""
    local = [node for node in nodes if _is_local_moment(node)]
    for node in local if len(local) < len(nodes) else ():
        example = '@"2026-04-07T17:00:00@Europe/London"'
        scope.note(node, f"Write a moment with its time zone, such as {example}.")


def _is_local_moment(node: Node) -> bool:
    value = node.value if isinstance(node, AtLiteral) else None
    if isinstance(node, Call) and said(node.function) == "date and time" and len(node.arguments) == 1:
        text = node.arguments[0]
        value = read_date_time(text.value) if isinstance(text, Literal) and type(text.value) is str else None
    return isinstance(value, DateTime) and value.time.zone is None


def must_rise(node: Node, low: Node, high: Node, scope: Scope) -> None:
    """Notes two literal ends of which the lower does not come first: nothing lies between them."""
    if is_constant(low) and is_constant(high):
        frame = Frame({}, None, Run({}, {}))
        if order(compiled(low)(frame), compiled(high)(frame)) == 1:
            scope.note(node, "Expected the lower end first: nothing lies between these two.")


# Texts that are listed.


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
    close = nearest(value, tuple(sorted(values)), 0.6)
    if close:
        return f'"{value}" is not one of the values of {of}. Did you mean "{close}"?'
    some = sorted(values)[:_SHOWN]
    listed = ", ".join(f'"{one}"' for one in some) + (", …" if len(values) > len(some) else "")
    return f'"{value}" is not one of the values of {of}. They are {listed}.'


_SHOWN = 8


def said(node: Node) -> str:
    """A name, path or call as it is written; "" for other expressions, which have no name."""
    if isinstance(node, Path):
        target = said(node.target)
        return f"{target}.{node.name}" if target else node.name
    if isinstance(node, Filter):
        return said(node.target)
    if isinstance(node, Call):
        function = said(node.function)
        return f"{function}(…)" if function else ""
    if isinstance(node, Name):
        return "the input" if node.name == INPUT else node.name
    return ""
