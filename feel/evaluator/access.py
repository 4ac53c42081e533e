"""Reaching into values: names, paths and filters."""

from collections.abc import Callable
from decimal import Decimal

from feel.evaluator.registry import Code, compiled, compiles
from feel.numbers import integer, number_of
from feel.run import Frame
from feel.syntax import Filter, Literal, Name, Negation, Node, Path, size
from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.temporal.durations import SECOND, in_seconds
from feel.values import Range, Value, kind_of


@compiles(Name)
def name(node: Name) -> Code:
    wanted, start, end = node.name, node.start, node.end

    def look_up(frame: Frame) -> Value:
        scope: Frame | None = frame
        while scope is not None:
            if wanted in scope.names:
                return scope.names[wanted]
            scope = scope.outer
        return frame.run.variable(wanted, start, end)

    return look_up


# Paths.


@compiles(Path)
def path(node: Path) -> Code:
    target, wanted = compiled(node.target), node.name

    def step(frame: Frame) -> Value:
        value = target(frame)
        if type(value) is dict and wanted in value:
            return value[wanted]
        return _reach(frame, node, value)

    return step


def _reach(frame: Frame, node: Path, value: Value) -> Value:
    if type(value) is list:
        frame.run.charge(len(value))
        return [_reach(frame, node, item) for item in value]
    if type(value) is dict and node.name in value:
        return value[node.name]
    field = _FIELDS.get(type(value))
    found = field(value) if field else {}
    if node.name in found:
        part = found[node.name]
        return number_of(part) if type(part) is int else part
    if value is not None:
        frame.run.note(
            node.start, node.end, f"Expected {kind_of(value)} to have {node.name}, but it has no such part."
        )
    return None


def _date_fields(value: Date) -> dict[str, Value]:
    return {"year": value.year, "month": value.month, "day": value.day, "weekday": value.weekday}


def _time_fields(value: Time) -> dict[str, Value]:
    return _clock_fields(value, value.offset)


def _clock_fields(time: Time, offset: int | None) -> dict[str, Value]:
    return {
        "hour": time.hour,
        "minute": time.minute,
        "second": in_seconds(time.second * SECOND + time.nano),
        "time offset": None if offset is None else DaysAndTime(offset * 10**9),
        "timezone": time.zone if isinstance(time.zone, str) else None,
    }


def _date_time_fields(value: DateTime) -> dict[str, Value]:
    return _date_fields(value.date) | _clock_fields(value.time, value.offset)


def _range_fields(value: Range) -> dict[str, Value]:
    return {
        "start": value.low,
        "end": value.high,
        "start included": value.low_included,
        "end included": value.high_included,
    }


_FIELDS: dict[type, Callable[[Value], dict[str, Value]]] = {
    Date: _date_fields,
    Time: _time_fields,
    DateTime: _date_time_fields,
    DaysAndTime: lambda value: dict(value.fields),
    YearsAndMonths: lambda value: dict(value.fields),
    Range: _range_fields,
}

# Filters.


@compiles(Filter)
def filtered(node: Filter) -> Code:
    target, condition = compiled(node.target), compiled(node.condition)
    position = _constant_position(node.condition)
    cost = size(node.condition)

    def pick(frame: Frame) -> Value:
        value = target(frame)
        items = value if type(value) is list else [] if value is None else [value]
        if position is not None:
            return _at(frame, node, items, position)
        return _choose(frame, node, items, condition, cost)

    return pick


def _constant_position(node: Node) -> int | None:
    if isinstance(node, Negation) and isinstance(node.operand, Literal):
        inner = _constant_position(node.operand)
        return None if inner is None else -inner
    return integer(node.value) if isinstance(node, Literal) and isinstance(node.value, Decimal) else None


def _at(frame: Frame, node: Filter, items: list[Value], position: int | None) -> Value:
    """Null where the list ends before; with a problem for a position that no list has."""
    if not position:
        return _nowhere(frame, node)
    if abs(position) > len(items):
        return None
    return items[position - 1] if position > 0 else items[position]


def _choose(frame: Frame, node: Filter, items: list[Value], condition: Code, cost: int) -> Value:
    run = frame.run
    kept = []
    for place, item in enumerate(items):
        run.charge(cost)
        inner = Frame({"item": item}, frame, run)
        keep = condition(Frame(item, inner, run) if type(item) is dict else inner)
        if keep is True:
            kept.append(item)
        elif place == 0 and type(keep) is Decimal:
            return _at(frame, node, items, integer(keep))
        elif keep is not False and keep is not None:
            return _no_condition(frame, node, keep)
    return kept if items else _empty(frame, node, condition)


def _nowhere(frame: Frame, node: Filter) -> None:
    place = node.condition
    frame.run.note(place.start, place.end, "Expected a position such as 1 or -1, but no list has this one.")


def _no_condition(frame: Frame, node: Filter, found: Value) -> None:
    place = node.condition
    frame.run.note(place.start, place.end, f"Expected a condition, but it is a {kind_of(found)}.")


def _empty(frame: Frame, node: Filter, condition: Code) -> Value:
    """Nothing to filter: still null when the condition is a position. Of no item nothing can be wrong."""
    with frame.run.aside():
        keep = condition(Frame({"item": None}, frame, frame.run))
    return _at(frame, node, [], integer(keep)) if type(keep) is Decimal else []
