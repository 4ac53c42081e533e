"""How points and ranges lie to one another (DMN 1.5, section 10.3.4.7).

A point stands for the range [point..point].
"""

from collections.abc import Callable

from feel.builtins.registry import built_in
from feel.equality import equal, order
from feel.temporal import DateTime, Time
from feel.temporal.zones import Zone
from feel.values import Range, Value
from feel.work import Work


class _NoOrder(Exception):
    """Two ends that cannot be compared."""


def _range(value: Value) -> Range:
    return value if isinstance(value, Range) else Range(value, value, True, True)


def _low(value: Range) -> tuple[int, Value, int]:
    """The lower end as (without end?, point, just above the point?)."""
    return (-1, None, 0) if value.low is None else (0, value.low, 0 if value.low_included else 1)


def _high(value: Range) -> tuple[int, Value, int]:
    return (1, None, 0) if value.high is None else (0, value.high, 0 if value.high_included else -1)


def _place(left: tuple[int, Value, int], right: tuple[int, Value, int]) -> int:
    """-1, 0 or 1 as one end lies before, at or after the other."""
    if left[0] != right[0]:
        return -1 if left[0] < right[0] else 1
    if left[0]:
        return 0
    place = order(left[1], right[1])
    if place is None:
        raise _NoOrder
    return place or (left[2] > right[2]) - (left[2] < right[2])


def _before(a: Range, b: Range) -> bool:
    return _place(_high(a), _low(b)) < 0


def _meets(a: Range, b: Range) -> bool:
    touching = a.high is not None and b.low is not None and _place((0, a.high, 0), (0, b.low, 0)) == 0
    return touching and a.high_included and b.low_included


def _overlaps(a: Range, b: Range) -> bool:
    return not _before(a, b) and not _before(b, a)


def _overlaps_before(a: Range, b: Range) -> bool:
    return _place(_low(a), _low(b)) < 0 and _place(_high(a), _high(b)) <= 0 and not _before(a, b)


def _includes(a: Range, b: Range) -> bool:
    return _place(_low(a), _low(b)) <= 0 and _place(_high(a), _high(b)) >= 0


def _starts(a: Range, b: Range) -> bool:
    return _place(_low(a), _low(b)) == 0 and _place(_high(a), _high(b)) <= 0


def _finishes(a: Range, b: Range) -> bool:
    return _place(_high(a), _high(b)) == 0 and _place(_low(a), _low(b)) >= 0


def _coincides(a: Range, b: Range) -> bool:
    return _place(_low(a), _low(b)) == 0 and _place(_high(a), _high(b)) == 0


def _turned(relation: Callable[[Range, Range], bool]) -> Callable[[Range, Range], bool]:
    return lambda a, b: relation(b, a)


_BOTH = ("point1: Any, point2: Any", "range1: range, range2: range")
_POINT_RANGE, _RANGE_POINT = "point: Any, range: range", "range: range, point: Any"
_RELATIONS: tuple[tuple[str, Callable[[Range, Range], bool], tuple[str, ...]], ...] = (
    ("before", _before, (_BOTH[1], _POINT_RANGE, _RANGE_POINT, _BOTH[0])),
    ("after", _turned(_before), (_BOTH[1], _POINT_RANGE, _RANGE_POINT, _BOTH[0])),
    ("meets", _meets, _BOTH[1:]),
    ("met by", _turned(_meets), _BOTH[1:]),
    ("overlaps", _overlaps, _BOTH[1:]),
    ("overlaps before", _overlaps_before, _BOTH[1:]),
    ("overlaps after", _turned(_overlaps_before), _BOTH[1:]),
    ("finishes", _finishes, (_BOTH[1], _POINT_RANGE)),
    ("finished by", _turned(_finishes), (_BOTH[1], _RANGE_POINT)),
    ("includes", _includes, (_BOTH[1], _RANGE_POINT)),
    ("during", _turned(_includes), (_BOTH[1], _POINT_RANGE)),
    ("starts", _starts, (_BOTH[1], _POINT_RANGE)),
    ("started by", _turned(_starts), (_BOTH[1], _RANGE_POINT)),
    ("coincides", _coincides, (_BOTH[1], _BOTH[0])),
)


def _register(name: str, relation: Callable[[Range, Range], bool], parameters: str) -> None:
    of_points = parameters == _BOTH[0]

    @built_in(f"{name}({parameters}) -> boolean")
    def _related(_: Work, left: Value, right: Value) -> bool | None:
        if of_points and (isinstance(left, Range) or isinstance(right, Range)):
            return None
        try:
            return relation(_range(left), _range(right))
        except _NoOrder:
            return None


for _name, _relation, _signatures in _RELATIONS:
    for _parameters in _signatures:
        _register(_name, _relation, _parameters)


@built_in("is(value1: Any?, value2: Any?) -> boolean")
def _is(run: Work, left: Value, right: Value) -> bool:
    """The same value of the same kind; times must also agree in their offset or zone."""
    if equal(left, right, run) is not True:
        return False
    return _zone(left) == _zone(right)


def _zone(value: Value) -> Zone:
    clock = value.time if isinstance(value, DateTime) else value
    return clock.zone if isinstance(clock, Time) else None
