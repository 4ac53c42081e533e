"""One value of each kind: what an operator or function makes of it tells what it makes of its kind."""

from decimal import Decimal

from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.types import Type
from feel.values import Range, Value

_DAY = Date(2001, 1, 1)
SAMPLES: dict[str, Value] = {
    "number": Decimal(1),
    "string": "",
    "boolean": True,
    "date": _DAY,
    "time": Time(0, 0, 0),
    "date and time": DateTime(_DAY, Time(0, 0, 0, 0, 0)),
    "days and time duration": DaysAndTime(1),
    "years and months duration": YearsAndMonths(1),
    "list": [],
    "context": {},
}


def sample(kind: Type) -> Value:
    """A value of a type, a list with an item in it. None where the type does not tell enough."""
    if kind.name not in ("list", "range"):
        return SAMPLES.get(kind.name)
    inner = None if kind.of is None else sample(kind.of)
    if inner is None:
        return None
    return [inner] if kind.name == "list" else Range(inner, inner, True, True)
