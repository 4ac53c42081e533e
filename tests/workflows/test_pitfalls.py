"""The mistakes that are easy to make are not made: each has a test that there is."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.workflows.pitfalls import PITFALLS

TESTS = Path(__file__).parents[1]


@cache
def written_in(file: str) -> set[str]:
    read = ast.parse((TESTS / file).read_text())
    return {each.name for each in read.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.mistake)
def test_each_is_proved_by_tests_that_there_are(pitfall):
    assert pitfall.tests
    named = [test.split("::") for test in pitfall.tests]
    assert [name for file, name in named if name not in written_in(file)] == []
