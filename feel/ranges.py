"""Ranges out of text (`range("[1..10)")`): both ends must be literals, and the lower one first."""

import re

from feel.equality import order
from feel.lexer import unquote
from feel.numbers import number_of
from feel.temporal.reading import read_at_literal, read_date, read_date_time, read_duration, read_time
from feel.values import Range, Value

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
