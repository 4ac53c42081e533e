"""What the operators + - * / ** do to each pair of kinds (DMN 1.5, section 10.3.2).

None where they do nothing.
"""

from collections.abc import Callable
from decimal import Decimal

from feel.numbers import ARITHMETIC_FAILURES, DECIMAL128
from feel.temporal import Date, DateTime, DaysAndTime, Time, YearsAndMonths
from feel.temporal.calendar import add_days, add_months
from feel.temporal.clock import DAY, midnight, move, move_months, time_from
from feel.values import Value

Operation = Callable[[Value, Value], Value]


def calculate(operator: str, left: Value, right: Value) -> Value:
    """The result, or None where the kinds do not go together or the result has no value."""
    operation = OPERATIONS.get((operator, type(left), type(right)))
    if operation is None:
        return None
    try:
        result = operation(left, right)
    except ARITHMETIC_FAILURES:
        return None
    return None if type(result) in _DURATIONS and result.too_long else result


_DURATIONS = frozenset((DaysAndTime, YearsAndMonths))


def negate(value: Value) -> Value:
    if type(value) is Decimal:
        return DECIMAL128.minus(value)
    if type(value) is DaysAndTime:
        return DaysAndTime(-value.nanos)
    return YearsAndMonths(-value.months) if type(value) is YearsAndMonths else None


def _swapped(operation: Operation) -> Operation:
    return lambda left, right: operation(right, left)


def _power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """Anything to the power of 0 is 1, as in IEEE 754, section 9.2.1, which Python does not say of 0 ** 0.

    0 to a negative power is a division by zero, which Python calls infinite without a signal.
    """
    if not exponent:
        return Decimal(1)
    if abs(exponent) > _MAX_EXPONENT:
        return None
    return DECIMAL128.power(base, exponent) if base or exponent > 0 else None


_MAX_EXPONENT = 999_999_999
"""As table 60 has it."""


# Dates and times.


def _date_plus(date: Date, duration: DaysAndTime) -> Date | None:
    return add_days(date, (date.ordinal * DAY + duration.nanos) // DAY - date.ordinal)


def _time_plus(time: Time, duration: DaysAndTime) -> Time:
    return time_from(time.nanos + duration.nanos, time.zone)


def _between_moments(left: DateTime | Time, right: DateTime | Time) -> DaysAndTime | None:
    (left_zoned, here), (right_zoned, there) = left.key, right.key
    return DaysAndTime(here - there) if left_zoned == right_zoned else None


def _between_dates(left: Date, right: Date) -> DaysAndTime:
    return DaysAndTime((left.ordinal - right.ordinal) * DAY)


def _minus(operation: Operation) -> Operation:
    return lambda left, right: operation(left, negate(right))


_DURATION_SHIFTS: dict[tuple[type, type], Operation] = {
    (Date, DaysAndTime): _date_plus,
    (Date, YearsAndMonths): lambda date, duration: add_months(date, duration.months),
    (DateTime, DaysAndTime): lambda moment, duration: move(moment, duration.nanos),
    (DateTime, YearsAndMonths): lambda moment, duration: move_months(moment, duration.months),
    (Time, DaysAndTime): _time_plus,
}

# Durations and numbers. A duration keeps whole nanoseconds or months; the rest is cut off.


def _days_times(duration: DaysAndTime, number: Decimal) -> DaysAndTime:
    return DaysAndTime(int(DECIMAL128.multiply(Decimal(duration.nanos), number)))


def _months_times(duration: YearsAndMonths, number: Decimal) -> YearsAndMonths:
    return YearsAndMonths(int(DECIMAL128.multiply(Decimal(duration.months), number)))


def _days_over(duration: DaysAndTime, number: Decimal) -> DaysAndTime:
    return DaysAndTime(int(DECIMAL128.divide(Decimal(duration.nanos), number)))


def _months_over(duration: YearsAndMonths, number: Decimal) -> YearsAndMonths:
    return YearsAndMonths(int(DECIMAL128.divide(Decimal(duration.months), number)))


OPERATIONS: dict[tuple[str, type, type], Operation] = {
    ("+", Decimal, Decimal): DECIMAL128.add,
    ("-", Decimal, Decimal): DECIMAL128.subtract,
    ("*", Decimal, Decimal): DECIMAL128.multiply,
    ("/", Decimal, Decimal): DECIMAL128.divide,
    ("**", Decimal, Decimal): _power,
    ("+", str, str): lambda left, right: left + right,
    ("+", DaysAndTime, DaysAndTime): lambda left, right: DaysAndTime(left.nanos + right.nanos),
    ("-", DaysAndTime, DaysAndTime): lambda left, right: DaysAndTime(left.nanos - right.nanos),
    ("+", YearsAndMonths, YearsAndMonths): lambda left, right: YearsAndMonths(left.months + right.months),
    ("-", YearsAndMonths, YearsAndMonths): lambda left, right: YearsAndMonths(left.months - right.months),
    ("-", Date, Date): _between_dates,
    ("-", DateTime, DateTime): _between_moments,
    ("-", Time, Time): _between_moments,
    ("-", Date, DateTime): lambda left, right: _between_moments(midnight(left), right),
    ("-", DateTime, Date): lambda left, right: _between_moments(left, midnight(right)),
    ("*", DaysAndTime, Decimal): _days_times,
    ("*", Decimal, DaysAndTime): _swapped(_days_times),
    ("*", YearsAndMonths, Decimal): _months_times,
    ("*", Decimal, YearsAndMonths): _swapped(_months_times),
    ("/", DaysAndTime, Decimal): _days_over,
    ("/", YearsAndMonths, Decimal): _months_over,
    ("/", DaysAndTime, DaysAndTime): lambda a, b: DECIMAL128.divide(Decimal(a.nanos), Decimal(b.nanos)),
    ("/", YearsAndMonths, YearsAndMonths): lambda a, b: DECIMAL128.divide(
        Decimal(a.months), Decimal(b.months)
    ),
}
for (_moment, _duration), _shift in _DURATION_SHIFTS.items():
    OPERATIONS["+", _moment, _duration] = _shift
    OPERATIONS["+", _duration, _moment] = _swapped(_shift)
    OPERATIONS["-", _moment, _duration] = _minus(_shift)
