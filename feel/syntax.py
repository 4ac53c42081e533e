"""The shapes an expression is made of. `start` and `end` are places in the text.

Chains such as `a and b and c` or `1 + 2 + 3` are one node with many parts, so that length is not depth.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from feel.types import Type


@dataclass(slots=True)
class Node:
    start: int
    end: int


@dataclass(slots=True)
class Literal(Node):
    value: Decimal | str | bool | None


@dataclass(slots=True)
class AtLiteral(Node):
    """`@"2026-04-07"`: a date, time, date and time or duration."""

    value: Any


@dataclass(slots=True)
class Name(Node):
    name: str


@dataclass(slots=True)
class Path(Node):
    target: Node
    name: str


@dataclass(slots=True)
class Filter(Node):
    target: Node
    condition: Node


@dataclass(slots=True)
class Call(Node):
    """`names` is None for arguments by position."""

    function: Node
    arguments: list[Node]
    names: list[str] | None


@dataclass(slots=True)
class Arithmetic(Node):
    """`first` and then (operator, operand) pairs of one precedence, from left to right."""

    first: Node
    rest: list[tuple[str, Node]]


@dataclass(slots=True)
class Negation(Node):
    operand: Node


@dataclass(slots=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(slots=True)
class In(Node):
    value: Node
    tests: list[Node]


@dataclass(slots=True)
class And(Node):
    parts: list[Node]


@dataclass(slots=True)
class Or(Node):
    parts: list[Node]


@dataclass(slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(slots=True)
class Iterator:
    """`name in domain`, or `name in domain..until`."""

    name: str
    domain: Node
    until: Node | None = None


@dataclass(slots=True)
class For(Node):
    iterators: list[Iterator]
    body: Node


@dataclass(slots=True)
class Quantified(Node):
    """`every` is False for `some`."""

    every: bool
    iterators: list[Iterator]
    condition: Node


@dataclass(slots=True)
class InstanceOf(Node):
    value: Node
    type: Type


@dataclass(slots=True)
class FunctionLiteral(Node):
    parameters: list[tuple[str, Type]]
    body: Node
    external: bool = False


@dataclass(slots=True)
class ContextLiteral(Node):
    entries: list[tuple[str, Node]]


@dataclass(slots=True)
class ListLiteral(Node):
    items: list[Node]


@dataclass(slots=True)
class RangeLiteral(Node):
    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(slots=True)
class Test(Node):
    """`< 5` on its own: a test of the input value, and as a value a range open at one side."""

    operator: str
    operand: Node


@dataclass(slots=True)
class UnaryTests(Node):
    """The cell of a decision table. No tests at all (`-`) is true for everything."""

    tests: list[Node]
    negated: bool = field(default=False)


def children(node: Node) -> list[Node]:
    """The nodes directly inside."""
    found: list[Node] = []
    for name in _parts(type(node)):  # type: ignore[arg-type]  # a class can be hashed, whatever its instances can
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif value.__class__ is list:
            found.extend(_inside(value))
    return found


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    """The fields of one kind of node that may hold nodes."""
    return tuple(name for name in kind.__dataclass_fields__ if name not in ("start", "end"))


def _inside(value: object) -> list[Node]:
    if isinstance(value, Node):
        return [value]
    if isinstance(value, Iterator):
        return [value.domain] if value.until is None else [value.domain, value.until]
    if isinstance(value, list | tuple):
        return [node for part in value for node in _inside(part)]
    return []


def size(node: Node) -> int:
    """How many nodes: what one evaluation without loops costs, in steps."""
    count, waiting = 0, [node]
    while waiting:
        count += 1
        waiting.extend(children(waiting.pop()))
    return count


def mentions(node: Node, name: str) -> bool:
    """Whether a name is used anywhere inside."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Name) and inner.name == name:
            return True
        waiting.extend(children(inner))
    return False
