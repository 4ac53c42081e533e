"""Conditions, loops and quantifiers."""

from collections.abc import Callable, Iterable

from feel.evaluator.registry import Code, compiled, compiles
from feel.ranges import counted, values_in
from feel.run import Frame
from feel.syntax import For, If, Iterator, Quantified, mentions, size
from feel.values import Range, Value, kind_of


@compiles(If)
def condition(node: If) -> Code:
    """Only true takes the first branch: null and everything else take the other."""
    test, then, otherwise = compiled(node.condition), compiled(node.then), compiled(node.otherwise)
    place = node.condition

    def choose(frame: Frame) -> Value:
        answer = test(frame)
        if answer is True:
            return then(frame)
        if answer is not False:
            found = f"Expected a condition to be true or false, but it is {kind_of(answer)}."
            frame.run.note(place.start, place.end, found)
        return otherwise(frame)

    return choose


Each = Callable[[Frame], Iterable[Frame | None] | None]
"""The frames to go through, with None in place of those of an inner loop that has no domain."""


@compiles(For)
def loop(node: For) -> Code:
    """`partial` holds the results so far."""
    frames, body, cost = _frames(node.iterators), compiled(node.body), size(node.body) + 1
    uses_partial = mentions(node, "partial")

    def run(frame: Frame) -> Value:
        results: list[Value] = []
        names: dict[str, Value] = {"partial": []}
        each = frames(Frame(names, frame, frame.run))
        if each is None:
            return None
        for inner in each:
            frame.run.charge(cost)
            if inner is None:
                return None
            if uses_partial:
                frame.run.charge(len(results) // 2)
                names["partial"] = list(results)
            results.append(body(inner))
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
            answer = None if inner is None else test(inner)
            if answer is decisive:
                return decisive
            open_question = open_question or type(answer) is not bool
        return None if open_question else not decisive

    return run


def _frames(iterators: list[Iterator]) -> Each:
    """The frames of nested loops, the last turning fastest."""
    domains = [(iterator.name, _domain(iterator)) for iterator in iterators]

    def frames(frame: Frame) -> Iterable[Frame | None] | None:
        first = domains[0][1](frame)
        return None if first is None else _nested(frame, domains, first)

    return frames


Domain = Callable[[Frame], list[Value] | None]


def _nested(
    frame: Frame, domains: list[tuple[str, Domain]], items: Iterable[Value]
) -> Iterable[Frame | None]:
    name = domains[0][0]
    for item in items:
        inner = Frame({name: item}, frame, frame.run)
        if len(domains) == 1:
            yield inner
            continue
        frame.run.charge(1)
        within = domains[1][1](inner)
        if within is None:
            yield None
        else:
            yield from _nested(inner, domains[1:], within)


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
        return _told(frame, iterator, values_in(value, frame.run))
    if value is None:
        frame.run.note(
            iterator.domain.start, iterator.domain.end, "Expected a list to go through, but got null."
        )
        return None
    return [value]


def _counted(frame: Frame, iterator: Iterator, first: Value, last: Value) -> list[Value] | None:
    return _told(frame, iterator, counted(first, last, frame.run))


def _told(frame: Frame, iterator: Iterator, values: list[Value] | None) -> list[Value] | None:
    if values is None:
        message = "Expected two whole numbers or two dates to count between, but got others."
        frame.run.note(iterator.domain.start, iterator.domain.end, message)
    return values
