"""The models of the DMN TCK: every decision must come out as the kit expects."""

from functools import cache

import pytest

import dmn
from tests.feel import tck

pytestmark = tck.missing

MISSES = {
    "0086-import": "the model that it imports is not in the part of the kit at hand",
}
"""Suites that are known to fail, each with its reason."""


@cache
def model(path):
    return dmn.read((tck.KIT / "models" / path).read_bytes())


@pytest.mark.parametrize("row", tck.rows(), ids=lambda row: f"{row['suite']}-{row['case']}-{row['node']}")
def test_the_kit_agrees(row):
    if reason := MISSES.get(row["suite"]):
        pytest.xfail(reason)
    inputs = {name: tck.value_of(cell) for name, cell in (row["inputs"] or {}).items()}

    assert tck.same(model(row["model"]).evaluate(asked(row), inputs).value, tck.value_of(row["expect"]))


def asked(row):
    """The kit asks for this decision through its service, whose type then counts too."""
    return "decisionService_001" if row["case"] == "decisionService_001" else row["node"]
