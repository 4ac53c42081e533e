"""An expression that has been read, and the ways to run it. Reading is cached: the same text is read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from feel.budget import DEFAULT, Budget
from feel.errors import Problem, TooMuchWork, not_too_deep
from feel.evaluator import Code, compiled
from feel.evaluator.tests import INPUT
from feel.free_names import free_names
from feel.parser import parse_expression, parse_unary_tests
from feel.parser.names import KEYWORDS, is_odd
from feel.run import Frame, Run
from feel.syntax import Node
from feel.values import Value, enter, leave

Context = Mapping[str, object]
Functions = Mapping[str, Callable[..., Any]]
_NOTHING: dict[str, Any] = {}
_MAX_NAMES = 2000


class Expression:
    """One expression, ready to run. Unchanging, so threads may share it."""

    __slots__ = ("code", "node", "text")

    def __init__(self, text: str, node: Node) -> None:
        self.text = text
        self.node = node
        with not_too_deep():
            self.code: Code = compiled(node)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"

    def value(self, run: Run, names: Mapping[str, Value] = _NOTHING) -> Value:
        """The value inside a run, in FEEL's own kinds. `names` hold here before all others."""
        try:
            return self.code(Frame(names, Frame(run.known, None, run), run))
        except RecursionError as error:
            raise TooMuchWork(
                "Expected less nesting, but the values lie too deep inside one another."
            ) from error


_MAX_CACHED = 2000
"""Characters. Longer texts are read each time, so that nobody can fill the memory with them."""

Reading = Callable[[str, frozenset[str]], Expression]


def _cached(read: Reading) -> Reading:
    remembered = lru_cache(2048)(read)

    def reading(text: str, names: frozenset[str]) -> Expression:
        return remembered(text, names) if len(text) <= _MAX_CACHED else read(text, names)

    return reading


@_cached
def _parse(text: str, names: frozenset[str]) -> Expression:
    return Expression(text, parse_expression(text, names))


@_cached
def _parse_tests(text: str, names: frozenset[str]) -> Expression:
    return Expression(text, parse_unary_tests(text, names))


_NONE: frozenset[str] = frozenset()


def parse(text: str, names: Iterable[str] = ()) -> Expression:
    """Reads an expression. Raises FeelError with the place of the mistake.

    `names` are the known variables; only those with symbols or keywords in them (`cost-benefit`) make a
    difference.
    """
    return _parse(text, frozenset(filter(is_odd, names)))


def parse_tests(text: str, names: Iterable[str] = ()) -> Expression:
    """Reads the cell of a decision table."""
    return _parse_tests(text, frozenset(filter(is_odd, names)))


def _read(
    text: str | Expression, context: Context, reader: Callable[[str, frozenset[str]], Expression]
) -> Expression:
    if isinstance(text, Expression):
        return text
    plain = all(type(key) is not str or key.isidentifier() for key in context) and KEYWORDS.isdisjoint(
        context
    )
    if plain and not _has_room_for_odd_parts(text):
        return reader(text, _NONE)
    return reader(text, frozenset(name for name in odd_names(context) if name[0] in text))


_ODD_PART = re.compile(r"\.\s*\w[\w\s]*(?:[-+*/']|\s(?:" + "|".join(KEYWORDS) + r")\s)")


@lru_cache(2048)
def _has_room_for_odd_parts(text: str) -> bool:
    """Whether a part of a path (`case.start-date`) could have a name that only its context knows."""
    return _ODD_PART.search(text) is not None


def odd_names(context: Context) -> set[str]:
    """The names in a context, and in the contexts inside it, that only a reader who knows them can read."""
    found: set[str] = set()
    waiting: list[object] = [context]
    seen = 0
    while waiting and seen < _MAX_NAMES:
        inner = waiting.pop()
        if isinstance(inner, Mapping):
            seen += len(inner)
            found.update(key for key in inner if isinstance(key, str) and key and is_odd(key))
            waiting.extend(value for value in inner.values() if isinstance(value, dict | list))
        elif isinstance(inner, list):
            seen += 1
            waiting.extend(inner[:1])
    return found


def given_back(value: Value, run: Run) -> Any:
    """The value as Python has it; TooMuchWork when it lies too deep inside itself."""
    try:
        return leave(value, run)
    except RecursionError as error:
        raise TooMuchWork("Expected less nesting, but the result lies too deep.") from error


def evaluate(
    expression: str | Expression,
    context: Context = _NOTHING,
    *,
    now: datetime | None = None,
    functions: Functions = _NOTHING,
    budget: Budget = DEFAULT,
) -> Any:
    """The value of an expression, in Python's kinds.

    >>> evaluate("if age < 18 then \\"child\\" else \\"adult\\"", {"age": 17})
    'child'
    """
    run = Run(context, functions, now, budget)
    return given_back(_read(expression, context, _parse).value(run), run)


def evaluate_with_problems(
    expression: str | Expression,
    context: Context = _NOTHING,
    *,
    now: datetime | None = None,
    functions: Functions = _NOTHING,
    budget: Budget = DEFAULT,
) -> tuple[Any, list[Problem]]:
    """The value, and why it or a part of it is null."""
    run = Run(context, functions, now, budget)
    return given_back(_read(expression, context, _parse).value(run), run), run.problems


NO_INPUT = object()
"""For `unary_tests` of nothing, as form-js asks them: each is a condition by itself, and null passes."""


def unary_tests(
    tests: str | Expression,
    input_value: object,
    context: Context = _NOTHING,
    *,
    now: datetime | None = None,
    functions: Functions = _NOTHING,
    budget: Budget = DEFAULT,
) -> bool | None:
    """Whether a value passes the tests of a decision table's cell.

    >>> unary_tests("< 5, [7..9)", 8)
    True
    """
    run = Run(context, functions, now, budget)
    run.no_input = input_value is NO_INPUT
    with not_too_deep():
        value = enter(input_value)
    answer = _read(tests, context, _parse_tests).value(run, {INPUT: value})
    return answer if isinstance(answer, bool) else None


def names(expression: str | Expression) -> set[str]:
    """The variables that an expression uses.

    >>> sorted(names("for child in children return child.age + margin"))
    ['children', 'margin']
    """
    return free_names((parse(expression) if isinstance(expression, str) else expression).node)
