"""Values as text (`string()`), and as JSON."""

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from feel.errors import FeelError, TooMuchWork
from feel.numbers import plain_text
from feel.values import Function, Range, Value, enter
from feel.work import Work

_MAX_JSON_NODES = 1_000_000


def spelled(value: Value, run: Work) -> str:
    """The text of a value. Texts stand bare on their own, and in quotes inside lists and contexts."""
    run.charge(1)
    if isinstance(value, str):
        run.charge(len(value))
        return value
    if isinstance(value, list):
        return "[" + ", ".join(_inside(item, run) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_inside(inner, run)}" for key, inner in value.items()) + "}"
    return _scalar(value, run)


def _scalar(value: Value, run: Work) -> str:
    if isinstance(value, Range):
        low, high = (_inside(end, run) if end is not None else "" for end in (value.low, value.high))
        return f"{'[' if value.low_included else '('}{low}..{high}{']' if value.high_included else ')'}"
    if isinstance(value, Decimal):
        run.charge(abs(value.adjusted()))  # 1E6000 has 6001 digits
        return plain_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _key(key: str) -> str:
    return key if key.replace(" ", "_").isidentifier() else _quoted(key)


def _inside(value: Value, run: Work) -> str:
    return _quoted(value) if isinstance(value, str) else spelled(value, run)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def to_json(value: object) -> Any:
    """What `json.dumps` takes: whole numbers as int, others as float, dates and durations as their ISO text.

    Raises FeelError for a number beyond any float, which JSON's readers could not hold.

    >>> to_json({"days": Decimal("28"), "on": date(2026, 4, 7)})
    {'days': 28, 'on': '2026-04-07'}
    """
    return _to_json(value, [_MAX_JSON_NODES])


def _to_json(value: object, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0:
        raise TooMuchWork(f"Expected at most {_MAX_JSON_NODES} values inside one another, but found more.")
    if isinstance(value, dict):
        return {str(key): _to_json(inner, left) for key, inner in value.items()}
    if isinstance(value, list):
        return [_to_json(inner, left) for inner in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return _number_or_text(value)


def _number_or_text(value: object) -> int | float | str | None:
    if isinstance(value, Decimal):
        return _json_number(value)
    if isinstance(value, date | datetime | time | timedelta):
        value = enter(value)
    return None if isinstance(value, Function) else str(value)


def _json_number(value: Decimal) -> int | float:
    if value == value.to_integral_value() and value.adjusted() < 40:
        return int(value)
    found = float(value)
    if math.isinf(found):
        raise FeelError("Expected a number up to 1.8E+308, but it is larger.")
    return found
