"""When two values are equal, and which comes first (DMN 1.5, section 10.3.2).

None means they cannot be compared.
"""

from decimal import Decimal

from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.values import Range, Value
from feel.work import Work

_DIRECT = frozenset((str, Decimal, bool, Date, DaysAndTime, YearsAndMonths))
_KEYED = frozenset((Time, DateTime))


def equal(left: Value, right: Value, work: Work) -> bool | None:
    """None for two values of different kinds."""
    kind = type(left)
    if left is None or right is None:
        return left is right
    if kind is not type(right):
        return None
    if kind in _DIRECT:
        return bool(left == right)
    if kind in _KEYED:
        return bool(left.key == right.key)
    return _equal_inside(left, right, work)


def _equal_inside(left: Value, right: Value, work: Work) -> bool:
    if type(left) is list:
        work.charge(len(left))
        return len(left) == len(right) and all(same(a, b, work) for a, b in zip(left, right, strict=True))
    if type(left) is dict:
        work.charge(len(left))
        return left.keys() == right.keys() and all(same(left[key], right[key], work) for key in left)
    if type(left) is Range:
        return (
            _ends(left) == _ends(right)
            and same(left.low, right.low, work)
            and same(left.high, right.high, work)
        )
    return left is right


def _ends(value: Range) -> tuple[bool, bool]:
    return value.low_included, value.high_included


def same(left: Value, right: Value, work: Work) -> bool:
    """Whether two values are surely equal."""
    return equal(left, right, work) is True


_ORDERED = frozenset((str, Decimal, Date, DaysAndTime, YearsAndMonths))


def order(left: Value, right: Value) -> int | None:
    """-1, 0 or 1 as `left` comes before, with or after `right`; None where there is no order."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _ORDERED:
        return int(left > right) - int(left < right)
    if kind in _KEYED:
        (mine, here), (theirs, there) = left.key, right.key
        if mine != theirs:
            # What has no offset takes that of the other (table 54): then their clocks decide.
            here, there = left.nanos, right.nanos
        return int(here > there) - int(here < there)
    return None


def within(value: Value, limits: Range) -> bool | None:
    """Whether a value lies in a range; None where it cannot be compared with an end.

    An end that is left open is null and not included. Null that is included is a value nobody knows.
    """
    if value is None:
        return None
    low = _beyond(limits.low, value, limits.low_included)
    if low is False:
        return False
    high = _beyond(value, limits.high, limits.high_included)
    return high if low or high is False else None


def _beyond(first: Value, second: Value, included: bool) -> bool | None:
    if first is None or second is None:
        return None if included else True
    place = order(first, second)
    return None if place is None else place < 0 or (included and place == 0)
