"""Numbers as DMN wants them: IEEE 754 decimal128, so 34 digits, halves to even, and no infinity."""

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

DECIMAL128 = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    clamp=0,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
ARITHMETIC_FAILURES = (InvalidOperation, DivisionByZero, Overflow, ValueError)

_SMALL = {value: Decimal(value) for value in range(-64, 1025)}


def number_of(value: int | float | str | Decimal) -> Decimal | None:
    """The decimal nearest to `value`; None for infinities, for not-a-number and for what is no number."""
    if type(value) is int and value in _SMALL:
        return _SMALL[value]
    if isinstance(value, int) and value.bit_length() > 21_000:
        return None
    text = repr(value) if isinstance(value, float) else value
    try:
        number = DECIMAL128.create_decimal(text)
    except ARITHMETIC_FAILURES:
        return None
    return number if number.is_finite() else None


def whole(number: object) -> int | None:
    """The integer that `number` is, without its fraction; None for other values and beyond 18 digits."""
    if not isinstance(number, Decimal) or number.adjusted() > 18:
        return None
    return int(number)


def integer(number: Decimal) -> int | None:
    """The same, and None for what has a fraction: it is no position, and no count."""
    found = whole(number)
    return found if found == number else None


def plain_text(number: Decimal) -> str:
    """Digits without exponent and without zeros at the end of the fraction.

    >>> plain_text(Decimal("1.50")), plain_text(Decimal("1E+3")), plain_text(Decimal("-0"))
    ('1.5', '1000', '0')
    """
    if not number:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
