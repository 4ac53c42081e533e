"""Which names an expression takes from outside: its variables."""

from feel.builtins import BUILT_IN
from feel.evaluator.tests import INPUT
from feel.syntax import (
    Call,
    ContextLiteral,
    Filter,
    For,
    FunctionLiteral,
    Iterator,
    Name,
    Node,
    Quantified,
    children,
)

Bound = frozenset[str]
_ALWAYS = frozenset((INPUT,))


def free_names(node: Node) -> set[str]:
    """Names that are neither bound inside nor built in.

    Inside a filter any name may be a part of the item instead; it is still counted here.
    """
    found: set[str] = set()
    _gather(node, _ALWAYS, found)
    return found


def _gather(node: Node, bound: Bound, found: set[str]) -> None:
    if isinstance(node, Name):
        if node.name not in bound and node.name not in BUILT_IN:
            found.add(node.name)
    elif isinstance(node, For):
        _gather(node.body, _through(node.iterators, bound | {"partial"}, found), found)
    elif isinstance(node, Quantified):
        _gather(node.condition, _through(node.iterators, bound, found), found)
    elif isinstance(node, ContextLiteral):
        for key, value in node.entries:
            _gather(value, bound | {key} if isinstance(value, FunctionLiteral) else bound, found)
            bound |= {key}
    elif isinstance(node, FunctionLiteral):
        _gather(node.body, bound | {name for name, _ in node.parameters}, found)
    else:
        _gather_plain(node, bound, found)


def _gather_plain(node: Node, bound: Bound, found: set[str]) -> None:
    if isinstance(node, Filter):
        _gather(node.target, bound, found)
        _gather(node.condition, bound | {"item"}, found)
        return
    inside = children(node)
    if isinstance(node, Call) and isinstance(node.function, Name) and node.function.name in BUILT_IN:
        inside = node.arguments
    for child in inside:
        _gather(child, bound, found)


def _through(iterators: list[Iterator], bound: Bound, found: set[str]) -> Bound:
    for iterator in iterators:
        _gather(iterator.domain, bound, found)
        if iterator.until is not None:
            _gather(iterator.until, bound, found)
        bound |= {iterator.name}
    return bound
