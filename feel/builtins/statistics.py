"""Sums and statistics on lists of numbers (DMN 1.5, section 10.3.4.4). Sums and means take durations too."""

from collections import Counter
from decimal import Decimal
from functools import reduce

from feel.arithmetic import calculate
from feel.builtins.registry import built_in
from feel.numbers import ARITHMETIC_FAILURES, DECIMAL128, number_of
from feel.temporal import DaysAndTime, YearsAndMonths
from feel.values import Value
from feel.work import Work


def _numbers(run: Work, items: tuple[Value, ...]) -> list[Decimal] | None:
    """The numbers, whether they came as one list or one by one; None when something else is among them."""
    spread = items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)
    run.charge(len(spread))
    return spread if all(isinstance(item, Decimal) for item in spread) else None


def _sum_of(run: Work, items: tuple[Value, ...]) -> Value:
    spread = items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)
    run.charge(len(spread))
    return reduce(lambda total, item: calculate("+", total, item), spread) if spread else None


@built_in("sum(list: list) -> Any")
@built_in("sum(...list: Any?) -> Any")
def _sum(run: Work, *items: Value) -> Value:
    total = _sum_of(run, items)
    return total if isinstance(total, Decimal | DaysAndTime | YearsAndMonths) else None


@built_in("mean(list: list) -> Any")
@built_in("mean(...list: Any?) -> Any")
def _mean(run: Work, *items: Value) -> Value:
    count = len(items[0]) if len(items) == 1 and isinstance(items[0], list) else len(items)
    return calculate("/", _sum(run, *items), number_of(count)) if count else None


@built_in("product(list: list) -> number")
@built_in("product(...list: Any?) -> number")
def _product(run: Work, *items: Value) -> Decimal | None:
    numbers = _numbers(run, items)
    if not numbers:
        return None
    try:
        return reduce(DECIMAL128.multiply, numbers)
    except ARITHMETIC_FAILURES:
        return None


@built_in("median(list: list) -> number")
@built_in("median(...list: Any?) -> number")
def _median(run: Work, *items: Value) -> Value:
    numbers = sorted(_numbers(run, items) or ())
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return calculate("/", calculate("+", numbers[middle - 1], numbers[middle]), Decimal(2))


@built_in("stddev(list: list) -> number")
@built_in("stddev(...list: Any?) -> number")
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
        return None


@built_in("mode(list: list) -> list<number>")
@built_in("mode(...list: Any?) -> list<number>")
def _mode(run: Work, *items: Value) -> list[Decimal] | None:
    numbers = _numbers(run, items)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)
