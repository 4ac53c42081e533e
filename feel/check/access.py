"""Checks names, paths, filters and literals."""

from decimal import Decimal

from feel.check.comparing import operand
from feel.check.names import never_a_name, unknown
from feel.check.scope import Scope, bounded, inferred, infers, joined, plainly, unclear
from feel.check.tests import must_have_no_commas
from feel.numbers import integer
from feel.syntax import (
    AtLiteral,
    ContextLiteral,
    Filter,
    FunctionLiteral,
    ListLiteral,
    Literal,
    Name,
    Node,
    Path,
    RangeLiteral,
)
from feel.types import (
    ANY,
    BOOLEAN,
    DAYS_AND_TIME_DURATION,
    FUNCTION,
    NULL,
    NUMBER,
    STRING,
    Type,
    list_of,
)
from feel.values import kind_of


@infers(Literal)
def literal(node: Literal, scope: Scope) -> Type:
    del scope
    if node.value is None:
        return NULL
    if isinstance(node.value, bool):
        return BOOLEAN
    if isinstance(node.value, Decimal):
        return NUMBER
    return Type("string", values=frozenset((node.value,)), gathered=True)


@infers(AtLiteral)
def at_literal(node: AtLiteral, scope: Scope) -> Type:
    del scope
    return Type(kind_of(node.value))


@infers(Name)
def name(node: Name, scope: Scope) -> Type:
    if scope.open and node.name not in scope.names:
        return never_a_name(node, scope)  # also where it is called like a function: a variable may be
    found = scope.type_of(node.name)
    return found if found is not None else unknown(node, scope)


@infers(ListLiteral)
def list_literal(node: ListLiteral, scope: Scope) -> Type:
    must_have_no_commas(node.items, scope)
    kind = joined([inferred(item, scope) for item in node.items])
    return Type("list") if kind == ANY else bounded(list_of(kind))


@infers(ContextLiteral)
def context_literal(node: ContextLiteral, scope: Scope) -> Type:
    entries: dict[str, Type] = {}
    for key, value in node.entries:
        if key in entries:
            scope.note(node, f"Expected each name once, but {key} is there twice.")
        itself = {key: FUNCTION} if isinstance(value, FunctionLiteral) else {}
        entries[key] = inferred(value, scope.within({**entries, **itself}))
    return bounded(Type("context", entries=tuple(entries.items())))


_WITHOUT_ORDER = frozenset(("boolean", "list", "context"))


@infers(RangeLiteral)
def range_literal(node: RangeLiteral, scope: Scope) -> Type:
    low, high = operand(node.low, scope), operand(node.high, scope)
    for end, kind in ((node.low, low), (node.high, high)):
        if kind.name in _WITHOUT_ORDER:
            return scope.note(end, f"Expected an end with an order, but {plainly(kind)} has none.")
    if not unclear(low) and not unclear(high) and low.name != high.name:
        message = f"Expected both ends of one kind, but one is {plainly(low)} and the other {plainly(high)}."
        return scope.note(node, message)
    return Type("range", joined([low, high]))


_CLOCK = {"hour": NUMBER, "minute": NUMBER, "second": NUMBER, "time offset": DAYS_AND_TIME_DURATION}
_DAY = {"year": NUMBER, "month": NUMBER, "day": NUMBER, "weekday": NUMBER}
_PARTS: dict[str, dict[str, Type]] = {
    "date": _DAY,
    "time": {**_CLOCK, "timezone": STRING},
    "date and time": {**_DAY, **_CLOCK, "timezone": STRING},
    "days and time duration": dict.fromkeys(("days", "hours", "minutes", "seconds"), NUMBER),
    "years and months duration": dict.fromkeys(("years", "months"), NUMBER),
    "range": {"start": ANY, "end": ANY, "start included": BOOLEAN, "end included": BOOLEAN},
}


@infers(Path)
def path(node: Path, scope: Scope) -> Type:
    target = inferred(node.target, scope)
    if target.name != "list":
        return _part(node, target, scope)
    item = target.of or ANY
    if node.name in ("length", "size", "count") and not unclear(item) and not item.entry(node.name):
        return scope.note(node, "Write count(…) for how many a list holds.")
    told = len(scope.problems)
    part = _part(node, item, scope)
    return list_of(part) if len(scope.problems) == told else ANY


def _part(node: Path, target: Type, scope: Scope) -> Type:
    if unclear(target) or (target.name == "context" and target.entries is None):
        return ANY
    parts = dict(target.entries or ()) if target.name == "context" else _PARTS.get(target.name, {})
    if node.name in parts:
        return parts[node.name]
    if not parts:
        return scope.note(node, f"Expected something with parts, but {plainly(target)} has no {node.name}.")
    return scope.note(node, f"Expected one of {', '.join(parts)}, but there is no {node.name}.")


@infers(Filter)
def filtered(node: Filter, scope: Scope) -> Type:
    target = inferred(node.target, scope)
    item = (target.of or ANY) if target.name == "list" else target
    entries = dict(item.entries or ()) if item.name == "context" else {}
    knows_all = not unclear(item) and (item.name != "context" or item.entries is not None)
    condition = inferred(node.condition, scope.within({"item": item, **entries}, open=not knows_all))
    if condition.name == "number":
        _must_be_a_position(node.condition, scope)
        return item
    if not unclear(condition) and condition != BOOLEAN:
        scope.note(
            node.condition, f"Expected a condition or a position in [ ], but this is {plainly(condition)}."
        )
    return Type("list") if unclear(item) else list_of(item)


def _must_be_a_position(node: Node, scope: Scope) -> None:
    if isinstance(node, Literal) and isinstance(node.value, Decimal) and not integer(node.value):
        scope.note(node, "Expected a position such as 1 or -1: no list has this one.")
