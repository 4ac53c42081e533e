"""Every row of the benchmark still runs, and a completed task asks the database no more often than it did."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from bench import measuring, rows
from bench.measuring import Cost, Row

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

STATEMENTS_OF_A_COMPLETION = 8  # never to be raised without a reason beside it


@pytest.fixture
def tiny(engine: Engine) -> rows.Site:
    made = rows.Site(engine, "sqlite", quick=True)
    made.rounds, made.each = 1, 2
    return made


@pytest.mark.parametrize("name", ["start", "complete", "busy", "api"])
def test_a_row_measures_something(tiny: rows.Site, name: str):
    (row,) = rows.ROWS[name](tiny)

    assert row.ours is not None and row.ours.wall > 0


def test_a_completed_task_asks_the_database_no_more_often_than_it_did(tiny: rows.Site):
    (row,) = rows.statements(tiny)

    assert len(row.more["statements"]) <= STATEMENTS_OF_A_COMPLETION, row.more["statements"]


@pytest.mark.usefixtures("engine")
def test_the_table_shows_ratios_by_the_clock_and_by_processor_time():
    row = Row("complete", "sqlite", naive=Cost(8, 4), floor=Cost(0.5, 0.5), ours=Cost(1, 1), target="8 ×")
    cells: Any = measuring.markdown([row]).splitlines()[-1].split(" | ")

    assert cells[2:7] == ["8 (4)", "0.5 (0.5)", "1 (1)", "8.0 × (4.0 ×)", "50% (50%)"]
