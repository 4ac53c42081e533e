"""Sums and statistics on lists of numbers (DMN 1.5, section 10.3.4.4). Sums and means take durations too.

They are null for no items, and with null among them.
"""

from collections import Counter
from decimal import Decimal
from functools import reduce

from feel.arithmetic import calculate
from feel.builtins.registry import built_in
from feel.errors import NoResult
from feel.numbers import ARITHMETIC_FAILURES, DECIMAL128, number_of
from feel.temporal import DaysAndTime, YearsAndMonths
from feel.values import Value
from feel.work import Work


def _spread(run: Work, items: tuple[Value, ...]) -> list[Value]:
    """The items, whether they came as one list or one by one."""
    spread = items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)
    run.charge(len(spread))
    return spread


def _numbers(run: Work, items: tuple[Value, ...]) -> list[Decimal] | None:
    """The numbers; None with null among them. Raises NoResult when something else is."""
    spread = _spread(run, items)
    if not all(item is None or isinstance(item, Decimal) for item in spread):
        raise NoResult
    return None if None in spread else spread


@built_in("sum(list: list) -> Any?")
@built_in("sum(...list: Any?) -> Any?")
def _sum(run: Work, *items: Value) -> Value:
    spread = _spread(run, items)
    known = [item for item in spread if item is not None]
    total = reduce(lambda total, item: calculate("+", total, item), known) if known else None
    if known and not isinstance(total, _SUMMED):
        raise NoResult
    return total if len(known) == len(spread) else None


_SUMMED = (Decimal, DaysAndTime, YearsAndMonths)


@built_in("mean(list: list) -> Any?")
@built_in("mean(...list: Any?) -> Any?")
def _mean(run: Work, *items: Value) -> Value:
    count = len(items[0]) if len(items) == 1 and isinstance(items[0], list) else len(items)
    total = _sum(run, *items)
    return None if total is None else calculate("/", total, number_of(count))


@built_in("product(list: list) -> number?")
@built_in("product(...list: Any?) -> number?")
def _product(run: Work, *items: Value) -> Decimal | None:
    numbers = _numbers(run, items)
    if not numbers:
        return None
    try:
        return reduce(DECIMAL128.multiply, numbers)
    except ARITHMETIC_FAILURES:
        raise NoResult from None


@built_in("median(list: list) -> number?")
@built_in("median(...list: Any?) -> number?")
def _median(run: Work, *items: Value) -> Value:
    numbers = sorted(_numbers(run, items) or ())
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    half = calculate("/", calculate("+", numbers[middle - 1], numbers[middle]), Decimal(2))
    if half is None:
        raise NoResult
    return half


@built_in("stddev(list: list) -> number?")
@built_in("stddev(...list: Any?) -> number?")
def _stddev(run: Work, *items: Value) -> Decimal | None:
    """Of a sample: divided by one less than there are."""
    numbers = _numbers(run, items)
    if numbers is None or len(numbers) < 2:
        return None
    try:
        mean = DECIMAL128.divide(reduce(DECIMAL128.add, numbers), Decimal(len(numbers)))
        squares = [DECIMAL128.power(DECIMAL128.subtract(number, mean), 2) for number in numbers]
        return DECIMAL128.sqrt(DECIMAL128.divide(reduce(DECIMAL128.add, squares), Decimal(len(numbers) - 1)))
    except ARITHMETIC_FAILURES:
        raise NoResult from None


@built_in("mode(list: list) -> list<number>?")
@built_in("mode(...list: Any?) -> list<number>?")
def _mode(run: Work, *items: Value) -> list[Decimal] | None:
    numbers = _numbers(run, items)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)
