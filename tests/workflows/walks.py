"""The tests of this folder that walk, found by their names, and run with each of their parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.workflows.walking import ASKED, Walk


def every_walk() -> Iterator[tuple[Callable[..., None], dict[str, Any]]]:
    """Each walk test of this folder with each of its parameters."""
    for module in walk_modules():
        for name, test in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("test_"):
                asked = set(
                    inspect.signature(test).parameters
                )  # a test that needs more goes through the engine
                yield from ((test, given) for given in parameters(test) if asked <= set(given))


def walk_modules() -> Iterator[ModuleType]:
    """The test files of this folder that walk."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        module = import_module(f"{__package__}.{path.stem}")
        if hasattr(module, "walk") or hasattr(module, "walked"):
            yield module


def parameters(test: Callable[..., None]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", []):
        given = [mark.args[0]] if isinstance(mark.args[0], str) else list(mark.args[0])
        given = [name.strip() for names in given for name in names.split(",")]
        rows = [dict(zip(given, [row] if len(given) == 1 else row, strict=True)) for row in mark.args[1]]
        found = [{**before, **row} for before in found for row in rows]
    return found


@cache
def walks_of(name: str) -> tuple[Walk, ...]:
    """What `test_file::test_name` walks, with each of its parameters."""
    file, _, function = name.partition("::")
    test = getattr(import_module(f"{__package__}.{file}"), function)
    before = len(ASKED)
    for given in parameters(test):
        test(**given)
    return tuple(ASKED[before:])
