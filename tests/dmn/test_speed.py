"""What an answer may cost. Limits are for a quiet machine; a slower one is measured and given more."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

import feel
from engine.decisions import read_decisions
from feel.expression import Expression
from feel.parser import parse_expression
from tests.dmn.models import decision, inputs, source

NOW = datetime(2026, 4, 7, 9, tzinfo=UTC)
CONDITIONS = (
    'risk = "high" and age < 18',
    'answer = "yes" or (kind in ("a", "b", "c") and not(closed))',
    'list contains(agencies, "police") or count(agencies) > 3',
)
LONGER = 'some c in children satisfies c.age < 18 and starts with(c.name, "A")'
VARIABLES = {
    "risk": "high", "age": 17, "answer": "no", "kind": "b", "closed": False,
    "agencies": ["school", "police"],
}  # fmt: skip


def rule(number: int) -> str:
    tests = (f'"k{number % 10}"', f"[{number}..{number + 5})", "-")
    cells = "".join(f"<inputEntry><text>{test}</text></inputEntry>" for test in tests)
    return f'<rule>{cells}<outputEntry><text>"result {number}"</text></outputEntry></rule>'


def columns(**kinds: str) -> str:
    return "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{name}</text></inputExpression></input>'
        for name, kind in kinds.items()
    )


TABLE = source(
    inputs("a", kind="string")
    + inputs("b", kind="number")
    + inputs("c", kind="boolean")
    + decision(
        "d",
        f'<decisionTable hitPolicy="UNIQUE">{columns(a="string", b="number", c="boolean")}'
        f'<output typeRef="string"/>{"".join(map(rule, range(20)))}</decisionTable>',
        needs=("a", "b", "c"),
        kind="string",
    )
)


def microseconds(work: Callable[[], object]) -> float:
    """The best of many, so that what else the machine does counts least."""
    best = 1.0
    for _ in range(40):
        begun = time.process_time()
        for _ in range(50):
            work()
        best = min(best, (time.process_time() - begun) / 50)
    return best * 1e6


def _known_work() -> int:
    return sum(number * number % 7 for number in range(1000))


KNOWN_WORK = 45.0
"""Microseconds that it takes on the quiet machine."""


@pytest.fixture
def slowness() -> float:
    return max(1.0, microseconds(_known_work) / KNOWN_WORK)


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_that_was_read_takes_ten_microseconds(text: str, slowness: float) -> None:
    expression = feel.parse(text)

    assert microseconds(lambda: feel.evaluate(expression, VARIABLES, now=NOW)) <= 10 * slowness


@pytest.mark.parametrize("text", [*CONDITIONS, LONGER])
def test_reading_a_condition_takes_two_hundred_microseconds(text: str, slowness: float) -> None:
    assert microseconds(lambda: Expression(text, parse_expression(text))) <= 200 * slowness


def test_a_table_of_twenty_rows_takes_fifty_microseconds_as_a_diagram_asks_it(slowness: float) -> None:
    tables = read_decisions({"d.dmn": TABLE})
    asked = {"a": "k7", "b": 18, "c": True}

    assert tables.decide("d", asked, NOW).value == "result 17"
    assert microseconds(lambda: tables.decide("d", asked, NOW)) <= 50 * slowness


def test_what_reading_costs_grows_with_the_length() -> None:
    short, long = (" and ".join(["age < 18"] * parts) for parts in (10, 100))

    assert microseconds(lambda: parse_expression(long)) <= 15 * microseconds(lambda: parse_expression(short))
