"""The values inside an evaluation, and the border where Python's values come in and go out.

Inside: None, bool, Decimal, str, list, dict, our own dates, times and durations, Range, and functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from feel.numbers import number_of
from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.temporal.zones import MAX_OFFSET, Zone, zone_info
from feel.types import ANY, Type
from feel.work import Work

Value: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; None leaves that side open without end."""

    low: Value
    high: Value
    low_included: bool
    high_included: bool

    def __str__(self) -> str:
        low, high = ("null" if end is None else end for end in (self.low, self.high))
        return f"{'[' if self.low_included else '('}{low}..{high}{']' if self.high_included else ')'}"


@dataclass(frozen=True, slots=True)
class Parameter:
    """`types` are alternatives. A `variadic` parameter takes all arguments that are left."""

    name: str
    types: tuple[Type, ...] = (ANY,)
    optional: bool = False
    nullable: bool = True
    variadic: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. `call` takes the run and then one value for each parameter.

    Where the result is not `nullable`, null tells that the values were wrong; where it is, `NoResult` does.
    """

    parameters: tuple[Parameter, ...]
    call: Callable[..., Value]
    result: Type = ANY
    nullable: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something to call. The first signature that the arguments fit is the one used."""

    name: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"function({', '.join(parameter.name for parameter in self.signatures[0].parameters)})"


@dataclass(frozen=True, slots=True, eq=False)
class HostFunction(Function):
    """A Python function that the host lends.

    It gets and gives Python's values, and raises the host's errors.
    """

    python: Callable[..., Any] = field(kw_only=True)


_PLAIN = (str, Decimal, bool, type(None), Date, Time, DateTime, DaysAndTime, YearsAndMonths, Range)
PLAIN_TYPES = frozenset((*_PLAIN, Function, HostFunction))


def enter(value: object) -> Value:
    """A Python value as FEEL has it. What FEEL has no value for becomes null.

    >>> enter({"age": 17, "born": date(2009, 2, 3)})
    {'age': Decimal('17'), 'born': Date(year=2009, month=2, day=3)}
    """
    kind = type(value)
    if kind in PLAIN_TYPES and (kind is not Decimal or value.is_finite()):  # type: ignore[attr-defined]  # a Decimal has it
        return value
    if isinstance(value, Mapping):
        return {str(key): enter(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [enter(inner) for inner in value]
    return _enter_scalar(value)


def _enter_scalar(value: object) -> Value:
    if isinstance(value, int | float | Decimal):
        return number_of(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, timedelta):
        return DaysAndTime((value.days * 86_400 + value.seconds) * 10**9 + value.microseconds * 1000)
    return _enter_temporal(value)


def _enter_temporal(value: object) -> Value:
    if isinstance(value, datetime):
        return DateTime(Date(value.year, value.month, value.day), _enter_time(value.timetz(), value))
    if isinstance(value, date):
        return Date(value.year, value.month, value.day)
    return _enter_time(value, None) if isinstance(value, time) else None


def _enter_time(value: time, moment: datetime | None) -> Time:
    return Time(value.hour, value.minute, value.second, value.microsecond * 1000, _enter_zone(value, moment))


def _enter_zone(value: time, moment: datetime | None) -> Zone:
    if isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key:
        return value.tzinfo.key
    offset = (moment or value).utcoffset()
    return None if offset is None else int(offset.total_seconds())


_STAYING = frozenset((str, bool, Decimal, type(None)))


def leave(value: Value, work: Work | None = None) -> Any:
    """A FEEL value as Python has it. What lies beyond Python's years or microseconds stays as it is.

    With `work` every item is charged: a list may hold another many times over, and be endless when copied.
    """
    kind = type(value)
    if kind in _STAYING:
        return value
    if kind is list or kind is dict:
        return _leave_inside(value, work)
    if kind is Date:
        return date(*value) if 1 <= value.year <= 9999 else value
    if kind is Time:
        return value if value.nano % 1000 else _leave_time(value)
    return _leave_date_time(value) if kind is DateTime else value


def _leave_inside(value: Value, work: Work | None) -> Any:
    if work is not None:
        work.charge(1 + len(value))
    if type(value) is list:
        return [leave(inner, work) for inner in value]
    return {key: leave(inner, work) for key, inner in value.items()}


def _leave_time(value: Time) -> time | Time:
    zone = _leave_zone(value.zone)
    if isinstance(zone, str):
        return value
    return time(value.hour, value.minute, value.second, value.nano // 1000, zone)


def _leave_date_time(value: DateTime) -> datetime | DateTime:
    day, clock = leave(value.date), leave(value.time)
    if not (isinstance(day, date) and isinstance(clock, time)):
        return value
    return datetime.combine(day, clock)


def _leave_zone(zone: Zone) -> timezone | ZoneInfo | str | None:
    if zone is None:
        return None
    if isinstance(zone, str):
        return zone_info(zone) or zone
    return timezone(timedelta(seconds=zone)) if abs(zone) <= MAX_OFFSET else "beyond"


def kind_of(value: Value) -> str:
    """The word for what a value is, in the standard's words."""
    return KINDS.get(type(value), "value")


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysAndTime: "days and time duration",
    YearsAndMonths: "years and months duration",
    Range: "range",
    Function: "function",
    HostFunction: "function",
}
