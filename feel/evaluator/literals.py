"""Literals, lists, contexts and ranges."""

from feel.equality import order
from feel.evaluator.registry import Code, compiled, compiles
from feel.run import Frame
from feel.syntax import (
    AtLiteral,
    ContextLiteral,
    FunctionLiteral,
    ListLiteral,
    Literal,
    Name,
    Negation,
    Node,
    RangeLiteral,
    children,
)
from feel.values import PLAIN_TYPES, Range, Value


@compiles(Literal)
def literal(node: Literal) -> Code:
    value = node.value
    return lambda _: value


@compiles(AtLiteral)
def at_literal(node: AtLiteral) -> Code:
    value = node.value
    return lambda _: value


@compiles(ListLiteral)
def list_literal(node: ListLiteral) -> Code:
    items = [compiled(item) for item in node.items]
    return lambda frame: [item(frame) for item in items]


@compiles(ContextLiteral)
def context_literal(node: ContextLiteral) -> Code:
    """Each entry sees those before it, a function also itself. The same name twice makes the whole null."""
    if len({key for key, _ in node.entries}) < len(node.entries):
        return _twice(node)
    entries: list[tuple[str, Code, bool]] = []
    later: set[str] = set()
    for key, value in reversed(node.entries):
        entries.append((key, compiled(value), later.isdisjoint(_used_by_functions(value))))
        later.add(key)
    entries.reverse()

    def context(frame: Frame) -> Value:
        made: dict[str, Value] = {}
        names: dict[str, Value] = {}
        inner = Frame(names, frame, frame.run)
        for key, value, shared in entries:
            made[key] = names[key] = value(inner)
            if not shared:
                # A function made here must not see the names of later entries.
                names = {}
                inner = Frame(names, inner, frame.run)
        return made

    return context


def _used_by_functions(node: Node) -> set[str]:
    """The names in the functions that are written inside."""
    found: set[str] = set()
    waiting = [(node, False)]
    while waiting:
        inner, within = waiting.pop()
        if within and isinstance(inner, Name):
            found.add(inner.name)
        within = within or isinstance(inner, FunctionLiteral)
        waiting.extend((child, within) for child in children(inner))
    return found


def _twice(node: ContextLiteral) -> Code:
    def refused(frame: Frame) -> Value:
        frame.run.note(node.start, node.end, "Expected each name once in a context, but one is there twice.")

    return refused


_ENDS = PLAIN_TYPES - {Range, bool}


def is_constant(node: Node) -> bool:
    """Whether a node has the same value everywhere, so that it can be had once and for all."""
    if isinstance(node, Negation):
        return is_constant(node.operand)
    if isinstance(node, RangeLiteral):
        return is_constant(node.low) and is_constant(node.high)
    return isinstance(node, Literal | AtLiteral)


@compiles(RangeLiteral)
def range_literal(node: RangeLiteral) -> Code:
    low, high = compiled(node.low), compiled(node.high)

    def limits(frame: Frame) -> Value:
        first, last = low(frame), high(frame)
        if type(first) not in _ENDS or type(last) not in _ENDS:
            return _no_range(frame, node)
        if first is not None and last is not None and order(first, last) is None:
            return _no_range(frame, node)
        return Range(first, last, node.low_included, node.high_included)

    return limits


def _no_range(frame: Frame, node: RangeLiteral) -> None:
    frame.run.note(node.start, node.end, "Expected two ends of one kind that have an order, but got others.")
