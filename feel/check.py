"""Strict reading, for saving: what would quietly be null at run time is found against the declared variables."""

from collections.abc import Iterable, Mapping

from feel.builtins import BUILT_IN
from feel.errors import FeelError, Problem
from feel.expression import names, parse
from feel.types import Type


def check(
    text: str, declared: Mapping[str, Type] | None = None, *, functions: Iterable[str] = ()
) -> list[Problem]:
    """Every mistake that can be seen without running. Without `declared` any variable is taken to exist."""
    try:
        expression = parse(text, declared or ())
    except FeelError as error:
        return [Problem(error.position, error.length, error.message)]
    if declared is None:
        return []
    unknown = names(expression) - set(declared) - set(functions) - set(BUILT_IN)
    return [
        Problem(
            max(0, text.find(name)), len(name), f"Expected a known name, but there is nothing called {name}."
        )
        for name in sorted(unknown)
    ]
