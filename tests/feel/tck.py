"""Reads the part of the DMN TCK that lies beside the repository, and compares values the way the kit does."""

import json
import os
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from feel.temporal.reading import read_at_literal, read_date, read_date_time, read_duration, read_time
from feel.values import enter, leave

KIT = Path(os.environ.get("HANDRAIL_DMN_TCK") or Path(__file__).parents[3] / "shared" / "dmn_tck")
missing = pytest.mark.skipif(
    not (KIT / "cases.json").exists(),
    reason="the DMN TCK data is not beside the repository (HANDRAIL_DMN_TCK)",
)


@cache
def rows() -> list[dict]:
    path = KIT / "cases.json"
    return json.loads(path.read_text()) if path.exists() else []


_READERS = {
    "decimal": Decimal, "double": Decimal, "string": str, "boolean": lambda text: text == "true",
    "date": read_date, "time": read_time, "dateTime": read_date_time, "duration": read_duration,
}  # fmt: skip


def value_of(cell):
    """A Python value from `{"t": type, "v": value}`."""
    return leave(_value_of(cell))


def _value_of(cell):
    if cell is None or cell.get("v") is None:
        return None
    kind, value = cell["t"], cell["v"]
    if kind == "list":
        return [_value_of(item) for item in value]
    if kind == "context":
        return {key: _value_of(inner) for key, inner in value.items()}
    reader = _READERS.get(kind, read_at_literal)
    return reader(value)


def same(left, right) -> bool:
    """Equal, numbers within the eighth decimal as the kit's own runners allow."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return abs(left - right) <= Decimal("1e-8")
    if isinstance(left, date | time | datetime):
        return str(enter(left)) == str(enter(right))
    return type(left) is type(right) and left == right
