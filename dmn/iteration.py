"""Boxed conditions, filters and iterators (DMN 1.5, section 10.2.1).

A null condition counts as it does in FEEL: a filter drops the item, `if` takes the other branch, and
`some` and `every` stay null unless another item decides. Stricter than FEEL, any other condition that is
neither true nor false makes the whole null.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dmn.boxed import Boxed, Names
from dmn.trace import Trace
from feel.ranges import values_in
from feel.values import Range, Value


@dataclass(slots=True)
class Conditional:
    condition: Boxed
    then: Boxed
    otherwise: Boxed

    def value(self, run: Trace, names: Names) -> Value:
        answer = self.condition.value(run, names)
        if not _decided(answer):
            return _undecided(run)
        return (self.then if answer is True else self.otherwise).value(run, names)


@dataclass(slots=True)
class Filter:
    """Each item is called `item`; the entries of a context can be named directly."""

    source: Boxed
    match: Boxed

    def value(self, run: Trace, names: Names) -> Value:
        kept = []
        for item in _items(run, self.source.value(run, names)) or ():
            entries = item if type(item) is dict else {}
            answer = self.match.value(run, {**names, "item": item, **entries})
            if not _decided(answer):
                return _undecided(run)
            if answer:
                kept.append(item)
        return kept


@dataclass(slots=True)
class For:
    """`partial` holds the results so far."""

    variable: str
    source: Boxed
    body: Boxed

    def value(self, run: Trace, names: Names) -> Value:
        items = _items(run, self.source.value(run, names))
        if items is None:
            return None
        results: list[Value] = []
        for item in items:
            results.append(self.body.value(run, {**names, "partial": list(results), self.variable: item}))
        return results


@dataclass(slots=True)
class Quantified:
    every: bool
    variable: str
    source: Boxed
    condition: Boxed

    def value(self, run: Trace, names: Names) -> Value:
        items = _items(run, self.source.value(run, names))
        if items is None:
            return None
        answers = [self.condition.value(run, {**names, self.variable: item}) for item in items]
        if not all(map(_decided, answers)):
            return _undecided(run)
        decisive = not self.every
        if decisive in answers:
            return decisive
        return None if None in answers else self.every


def _items(run: Trace, value: Value) -> Iterator[Value] | None:
    """What to go through; one value alone is a list of one."""
    if type(value) is Range:
        value = values_in(value, run)
    if value is None:
        run.tell("Expected a list to go through, but it is null.")
        return None
    return _charged(run, value if type(value) is list else [value])


def _charged(run: Trace, items: list[Value]) -> Iterator[Value]:
    for item in items:
        run.charge(10)
        yield item


def _decided(answer: Value) -> bool:
    return answer is None or type(answer) is bool


def _undecided(run: Trace) -> None:
    run.tell("Expected a condition to be true or false, but it is neither.")
