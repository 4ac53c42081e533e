"""Going through a range step by step, and ranges out of text (`range("[1..10)")`)."""

import re
from decimal import Decimal

from feel.equality import order
from feel.lexer import unquote
from feel.numbers import DECIMAL128, number_of, whole
from feel.temporal import Date
from feel.temporal.calendar import add_days
from feel.temporal.reading import read_at_literal, read_date, read_date_time, read_duration, read_time
from feel.values import Range, Value
from feel.work import Work

_ENDS = re.compile(r"\s*([(\[\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([)\]\[])\s*", re.DOTALL)
_CALL = re.compile(r'(date and time|date|time|duration)\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)')
_READERS = {"date": read_date, "time": read_time, "date and time": read_date_time, "duration": read_duration}


def read_range(text: str) -> Range | None:
    """None for anything else than two literals of one kind in order; one of them may be left out."""
    match = _ENDS.fullmatch(text) if len(text) < 1000 else None
    if match is None:
        return None
    opening, first, last, closing = match.groups()
    low, high = _literal(first), _literal(last)
    low_included, high_included = opening == "[", closing == "]"
    if (first and low is None) or (last and high is None) or (not first and not last):
        return None
    if (not first and low_included) or (not last and high_included):
        return None
    if first and last and order(low, high) not in (-1, 0):
        return None
    return Range(low, high, low_included, high_included)


def _literal(text: str) -> Value:
    if text.startswith('@"') and text.endswith('"'):
        return read_at_literal(text[2:-1])
    if len(text) > 1 and text[0] == text[-1] == '"':
        return unquote(text)
    called = _CALL.fullmatch(text)
    if called:
        return _READERS[called[1]](unquote(called[2]))
    return number_of(text) if re.fullmatch(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)", text) else None


def values_in(limits: Range, run: Work) -> list[Value] | None:
    """Every whole number or day of a range, from low to high; None where it cannot be gone through."""
    if order(limits.low, limits.high) == 1:
        return None
    values = counted(limits.low, limits.high, run)
    if values and not limits.low_included:
        values = values[1:]
    return values[:-1] if values and not limits.high_included else values


def counted(first: Value, last: Value, run: Work) -> list[Value] | None:
    """From one end to the other, up or down, both included. None unless both are numbers or both are days."""
    if type(first) is Decimal and type(last) is Decimal:
        steps = _steps(whole(DECIMAL128.subtract(last, first)), run)
        return None if steps is None else [DECIMAL128.add(first, Decimal(step)) for step in steps]
    if type(first) is Date and type(last) is Date:
        steps = _steps(last.ordinal - first.ordinal, run)
        return None if steps is None else [add_days(first, step) for step in steps]
    return None


def _steps(span: int | None, run: Work) -> range | None:
    if span is None:
        return None
    run.charge(abs(span))
    step = 1 if span >= 0 else -1
    return range(0, span + step, step)
