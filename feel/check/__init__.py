"""Strict reading, for saving: what would quietly be null when run is found against the declared variables.

>>> from feel.types import NUMBER, STRING
>>> for problem in check('risk = immediate and age > "3"', {"risk": STRING, "age": NUMBER}):
...     print(problem.position, problem.message)
7 immediate needs quotes ("immediate") if it is a text.
21 Expected to compare values of one kind, but got a number and text. Numbers have no quotes.
"""

from collections.abc import Iterable, Mapping

from feel.check import access, calls, comparing, control, operators, tests
from feel.check.comparing import not_one_of
from feel.check.scope import Scope, inferred, plainly
from feel.errors import FeelError, Problem, not_too_deep
from feel.evaluator.tests import INPUT
from feel.parser import parse_expression, parse_unary_tests
from feel.parser.names import is_odd, tidy
from feel.syntax import Node
from feel.types import BOOLEAN, Type, conforms

GROUPS = (access, calls, comparing, control, operators, tests)


def check(
    text: str,
    declared: Mapping[str, Type] | None = None,
    *,
    functions: Iterable[str] = (),
    wanted: Type | None = None,
    others: bool = False,
) -> list[Problem]:
    """Every mistake that can be seen without running, in the order of the text.

    Without `declared` any variable is taken to exist; with `others`, beside those declared. `functions` are
    those the host lends. `wanted` is the type that the whole must have: true or false for a condition.
    """
    scope = _scope(declared, functions, others)
    try:
        with not_too_deep():
            node = parse_expression(text, filter(is_odd, scope.names))
            kind = inferred(node, scope)
    except FeelError as error:
        return [Problem(error.position, error.length, error.message)]
    if wanted is not None and not scope.problems:
        _must_be(kind, wanted, node, scope)
    return _in_order(scope.problems)


def _must_be(kind: Type, wanted: Type, node: Node, scope: Scope) -> None:
    if kind.name == "Any" or (kind.name == "Null" and wanted != BOOLEAN):
        return
    if kind.name == "Null" or not conforms(kind, wanted):
        scope.note(node, f"Expected the whole to be {plainly(wanted)}, but it is {plainly(kind)}.")
    listed = wanted.values or kind.values or frozenset()
    for value in sorted((kind.values or frozenset()) - listed):
        scope.note(node, not_one_of(value, listed, "the whole"))


def check_unary_tests(
    text: str,
    declared: Mapping[str, Type] | None = None,
    *,
    input_type: Type | None = None,
    functions: Iterable[str] = (),
) -> list[Problem]:
    """The same for the cell of a decision table."""
    scope = _scope(declared, functions)
    scope = scope.within({INPUT: input_type} if input_type is not None else {})
    try:
        with not_too_deep():
            inferred(parse_unary_tests(text, filter(is_odd, scope.names)), scope)
    except FeelError as error:
        return [Problem(error.position, error.length, error.message)]
    return _in_order(scope.problems)


def _scope(declared: Mapping[str, Type] | None, functions: Iterable[str], others: bool = False) -> Scope:
    names = {tidy(name): kind for name, kind in (declared or {}).items()}
    return Scope(names, frozenset(functions), open=others or declared is None)


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.position, problem.length))
