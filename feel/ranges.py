"""Going through a range step by step, and ranges out of text (`range("[1..10)")`)."""

from decimal import Decimal

from feel.arithmetic import negate
from feel.equality import order
from feel.errors import FeelError
from feel.lexer import tokens
from feel.numbers import DECIMAL128, whole
from feel.parser import parse_expression
from feel.syntax import AtLiteral, Call, Literal, Name, Negation, Node
from feel.temporal import Date
from feel.temporal.calendar import add_days
from feel.temporal.reading import read_date, read_date_time, read_duration, read_time
from feel.values import Range, Value
from feel.work import Work

_READERS = {"date": read_date, "time": read_time, "date and time": read_date_time, "duration": read_duration}
_MAX_LENGTH = 1000


def read_range(text: str) -> Range | None:
    """None for anything else than two literals of one kind in order; one of them may be left out."""
    if len(text) >= _MAX_LENGTH:
        return None
    try:
        found = tokens(text)
        dots = [token.text for token in found].index("..")
        opening, closing = found[0], found[-2]
        low = _literal(text[opening.end : found[dots].start])
        high = _literal(text[found[dots].end : closing.start])
    except (FeelError, ValueError):
        return None
    if opening.text not in ("[", "(", "]") or closing.text not in ("]", ")", "["):
        return None
    return _from_literals(low, high, opening.text == "[", closing.text == "]")


def _from_literals(low: Value, high: Value, low_included: bool, high_included: bool) -> Range | None:
    """An end that is left out is None, and may not be included."""
    open_ended = (low is None and not low_included) or (high is None and not high_included)
    if low is None or high is None:
        allowed = open_ended and not (low is None and high is None)
    else:
        allowed = order(low, high) in (-1, 0)
    return Range(low, high, low_included, high_included) if allowed else None


def _literal(text: str) -> Value:
    """None for nothing. Raises FeelError or ValueError for what is no literal with an order."""
    if not text.strip():
        return None
    value = _value(parse_expression(text))
    if value is None or isinstance(value, bool):
        raise ValueError
    return value


def _value(node: Node) -> Value:
    if isinstance(node, Negation) and isinstance(node.operand, Literal):
        return negate(node.operand.value)
    if isinstance(node, Call) and isinstance(node.function, Name) and node.names is None:
        reader, values = _READERS.get(node.function.name), [_value(argument) for argument in node.arguments]
        return reader(values[0]) if reader and len(values) == 1 and isinstance(values[0], str) else None
    return node.value if isinstance(node, Literal | AtLiteral) else None


def values_in(limits: Range, run: Work) -> list[Value] | None:
    """Every whole number or day of a range, from low to high; None where it cannot be gone through."""
    if order(limits.low, limits.high) == 1:
        return None
    values = counted(limits.low, limits.high, run)
    if values and not limits.low_included:
        values = values[1:]
    return values[:-1] if values and not limits.high_included else values


def counted(first: Value, last: Value, run: Work) -> list[Value] | None:
    """From one end to the other, up or down, both included.

    None for other ends than two whole numbers or two days.
    """
    if type(first) is Decimal and type(last) is Decimal:
        begin, end = whole(first), whole(last)
        if begin is None or end is None or begin != first or end != last:
            return None
        return [DECIMAL128.add(first, Decimal(step)) for step in _steps(end - begin, run)]
    if type(first) is Date and type(last) is Date:
        return [add_days(first, step) for step in _steps(last.ordinal - first.ordinal, run)]
    return None


def _steps(span: int, run: Work) -> range:
    run.charge(abs(span))
    step = 1 if span >= 0 else -1
    return range(0, span + step, step)
