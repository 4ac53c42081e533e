"""Conditions, loops and quantifiers."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from feel.equality import order
from feel.evaluator.registry import Code, compiled, compiles
from feel.numbers import DECIMAL128, whole
from feel.run import Frame
from feel.syntax import For, If, Iterator, Quantified, size
from feel.temporal import Date
from feel.temporal.calendar import add_days
from feel.values import Range, Value, kind_of


@compiles(If)
def condition(node: If) -> Code:
    """Only true takes the first branch: null and everything else take the other."""
    test, then, otherwise = compiled(node.condition), compiled(node.then), compiled(node.otherwise)
    return lambda frame: then(frame) if test(frame) is True else otherwise(frame)


Each = Callable[[Frame], Iterable[Frame] | None]


@compiles(For)
def loop(node: For) -> Code:
    """`partial` holds the results so far."""
    frames, body, cost = _frames(node.iterators), compiled(node.body), size(node.body) + 1

    def run(frame: Frame) -> Value:
        results: list[Value] = []
        each = frames(Frame({"partial": results}, frame, frame.run))
        if each is None:
            return None
        for inner in each:
            frame.run.charge(cost)
            value = body(inner)
            # The list may be asked for while it grows: give back the state it has now.
            results.append(list(value) if value is results else value)
        return results

    return run


@compiles(Quantified)
def quantified(node: Quantified) -> Code:
    """Three-valued: one decisive answer settles it, otherwise an answer that is no boolean leaves it open."""
    frames, test, cost = _frames(node.iterators), compiled(node.condition), size(node.condition) + 1
    decisive = not node.every

    def run(frame: Frame) -> Value:
        each = frames(frame)
        if each is None:
            return None
        open_question = False
        for inner in each:
            frame.run.charge(cost)
            answer = test(inner)
            if answer is decisive:
                return decisive
            open_question = open_question or type(answer) is not bool
        return None if open_question else not decisive

    return run


def _frames(iterators: list[Iterator]) -> Each:
    """The frames of nested loops, the last turning fastest; None without a domain to go through."""
    domains = [(iterator.name, _domain(iterator)) for iterator in iterators]

    def frames(frame: Frame) -> Iterable[Frame] | None:
        first = domains[0][1](frame)
        return None if first is None else _nested(frame, domains, first)

    return frames


Domain = Callable[[Frame], list[Value] | None]


def _nested(frame: Frame, domains: list[tuple[str, Domain]], items: Iterable[Value]) -> Iterable[Frame]:
    name = domains[0][0]
    for item in items:
        inner = Frame({name: item}, frame, frame.run)
        if len(domains) == 1:
            yield inner
            continue
        frame.run.charge(1)
        yield from _nested(inner, domains[1:], domains[1][1](inner) or ())


def _domain(iterator: Iterator) -> Domain:
    start = compiled(iterator.domain)
    if iterator.until is None:
        return lambda frame: _items(frame, iterator, start(frame))
    end = compiled(iterator.until)
    return lambda frame: _counted(frame, iterator, start(frame), end(frame))


def _items(frame: Frame, iterator: Iterator, value: Value) -> list[Value] | None:
    if type(value) is list:
        return value
    if type(value) is Range:
        return _steps(frame, iterator, value)
    if value is None:
        frame.run.note(
            iterator.domain.start, iterator.domain.end, "Expected a list to go through, but got null."
        )
        return None
    return [value]


def _steps(frame: Frame, iterator: Iterator, limits: Range) -> list[Value] | None:
    if order(limits.low, limits.high) == 1:
        frame.run.note(iterator.domain.start, iterator.domain.end, "Expected a range from low to high.")
        return None
    values = _counted(frame, iterator, limits.low, limits.high)
    if values and not limits.low_included:
        values = values[1:]
    return values[:-1] if values and not limits.high_included else values


def _counted(frame: Frame, iterator: Iterator, first: Value, last: Value) -> list[Value] | None:
    """From one end to the other, up or down, both included: whole numbers or days."""
    if type(first) is Decimal and type(last) is Decimal:
        span = whole(DECIMAL128.subtract(last, first))
        if span is not None:
            frame.run.charge(abs(span))
            step = 1 if span >= 0 else -1
            return [DECIMAL128.add(first, Decimal(offset)) for offset in range(0, span + step, step)]
    if type(first) is Date and type(last) is Date:
        span = last.ordinal - first.ordinal
        frame.run.charge(abs(span))
        step = 1 if span >= 0 else -1
        return [add_days(first, offset) for offset in range(0, span + step, step)]
    kinds = f"{kind_of(first)} and {kind_of(last)}"
    place = iterator.domain
    frame.run.note(
        place.start, place.end, f"Expected two numbers or two dates to count between, but got {kinds}."
    )
    return None
