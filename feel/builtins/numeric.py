"""Functions on numbers (DMN 1.5, section 10.3.4.5), and `not`."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)

from feel.builtins.registry import built_in
from feel.numbers import ARITHMETIC_FAILURES, DECIMAL128, whole
from feel.temporal import DaysAndTime, YearsAndMonths
from feel.values import Value
from feel.work import Work

MIN_SCALE, MAX_SCALE = -6111, 6176
"""The scales that a decimal128 can have."""


def rounded(number: Decimal, scale: Value, rounding: str) -> Decimal | None:
    """The number with at most `scale` digits after the point; None for a scale that no number can have."""
    places = whole(scale)
    if places is None or not MIN_SCALE <= places <= MAX_SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    try:
        return DECIMAL128.plus(number.quantize(Decimal(1).scaleb(-places), rounding, _WIDE))
    except ARITHMETIC_FAILURES:
        return None


_WIDE = Context(prec=80, Emin=-20_000, Emax=20_000)


def _rounding(signature: str, mode: str) -> None:
    @built_in(signature)
    def _round(_: Work, number: Decimal, scale: Value = None) -> Decimal | None:
        return rounded(number, Decimal(0) if scale is None else scale, mode)


for _signature, _mode in (
    ("decimal(n: number, scale: number) -> number", ROUND_HALF_EVEN),
    ("floor(n: number, scale?: number) -> number", ROUND_FLOOR),
    ("ceiling(n: number, scale?: number) -> number", ROUND_CEILING),
    ("round up(n: number, scale: number) -> number", ROUND_UP),
    ("round down(n: number, scale: number) -> number", ROUND_DOWN),
    ("round half up(n: number, scale: number) -> number", ROUND_HALF_UP),
    ("round half down(n: number, scale: number) -> number", ROUND_HALF_DOWN),
):
    _rounding(_signature, _mode)


@built_in("abs(n: number) -> number")
def _abs(_: Work, number: Decimal) -> Decimal:
    return DECIMAL128.abs(number)


@built_in("abs(n: days and time duration) -> days and time duration")
def _abs_days(_: Work, duration: DaysAndTime) -> DaysAndTime:
    return DaysAndTime(abs(duration.nanos))


@built_in("abs(n: years and months duration) -> years and months duration")
def _abs_months(_: Work, duration: YearsAndMonths) -> YearsAndMonths:
    return YearsAndMonths(abs(duration.months))


def _guarded(calculation: Callable[[], Decimal]) -> Decimal | None:
    try:
        return calculation()
    except ARITHMETIC_FAILURES:
        return None


@built_in("modulo(dividend: number, divisor: number) -> number")
def _modulo(_: Work, dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """dividend - divisor * floor(dividend / divisor): the sign is that of the divisor."""
    if not divisor:
        return None
    rest = _guarded(lambda: _remainder(dividend, divisor))
    if rest is None or not rest or (rest < 0) == (divisor < 0):
        return rest
    return _guarded(lambda: DECIMAL128.add(rest, divisor))


def _remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    if dividend.adjusted() - divisor.adjusted() < 30:
        return DECIMAL128.remainder(dividend, divisor)
    digits = dividend.adjusted() - divisor.adjusted() + 80
    wide = Context(prec=digits, Emin=-20_000, Emax=20_000)
    return DECIMAL128.plus(wide.remainder(dividend, divisor))


@built_in("sqrt(number: number) -> number")
def _sqrt(_: Work, number: Decimal) -> Decimal | None:
    return DECIMAL128.sqrt(number) if number >= 0 else None


@built_in("log(number: number) -> number")
def _log(_: Work, number: Decimal) -> Decimal | None:
    return DECIMAL128.ln(number) if number > 0 else None


@built_in("exp(number: number) -> number")
def _exp(_: Work, number: Decimal) -> Decimal | None:
    return _guarded(lambda: DECIMAL128.exp(number))


def _parity(number: Decimal) -> Decimal | None:
    """0 or 1, or None for a number with a fraction."""
    rest = abs(_remainder(number, Decimal(2)))
    return rest if rest in (0, 1) else None


@built_in("odd(number: number) -> boolean")
def _odd(_: Work, number: Decimal) -> bool:
    return _parity(number) == 1


@built_in("even(number: number) -> boolean")
def _even(_: Work, number: Decimal) -> bool:
    return _parity(number) == 0


@built_in("not(negand: boolean) -> boolean")
def _not(_: Work, negand: bool) -> bool:
    return not negand
