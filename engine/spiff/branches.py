"""Which tokens run side by side. Only needed to say when two branches wrote one variable.

A branch is the list of forks a token has taken, outermost first: `("7.0", "12.1")`, each the number of the
fork (from the instance's own counter) and which way out. A join goes back to what its tokens have in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

Branch = tuple[str, ...]


def common(first: Branch, second: Branch) -> Branch:
    """The branch two joined tokens go on with.

    >>> common(("7.0", "9.1"), ("7.0", "9.0"))
    ('7.0',)
    """
    if first == second:
        return first
    return tuple(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def side_by_side(first: Branch, second: Branch) -> bool:
    """Whether they left one fork by different ways, so that neither knows what the other does.

    >>> side_by_side(("7.0",), ("7.1",)), side_by_side((), ("7.1",)), side_by_side(("12.0",), ("7.1",))
    (True, False, False)
    """
    ways = dict(map(_split, first))
    return any(ways.get(fork, way) != way for fork, way in map(_split, second))


def settled(branches: Iterable[Branch]) -> set[str]:
    """Forks of which one way out is all that is left, so that nothing needs them any more.

    >>> settled([("7.0", "9.1"), ("7.0", "9.0")])
    {'7.0'}
    """
    ways: dict[str, set[str]] = {}
    for branch in branches:
        for fork in branch:
            ways.setdefault(_split(fork)[0], set()).add(fork)
    return {fork for left in ways.values() if len(left) == 1 for fork in left}


def without(branch: Branch, forks: set[str]) -> Branch:
    return tuple(fork for fork in branch if fork not in forks)


def _split(fork: str) -> tuple[str, str]:
    number, _, way = fork.partition(".")
    return number, way
