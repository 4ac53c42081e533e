"""Which tokens run side by side. Only needed to say when two branches wrote one variable.

A branch is the list of forks a token has taken since its scope was alone: `["7.0", "12.1"]`, outermost first,
each the number of the fork (from the instance's own counter) and which way out. A join goes back to what its tokens have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

Branch = tuple[str, ...]


def common(first: Branch, second: Branch) -> Branch:
    """The branch two joined tokens go on with.

    >>> common(("7.0", "9.1"), ("7.0", "9.0"))
    ('7.0',)
    """
    if first == second:
        return first
    return tuple(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def side_by_side(mine: Branch, theirs: Branch, written_at: int) -> bool:
    """Whether what `theirs` wrote at that count may have been written while `mine` was already on its way.

    >>> side_by_side(("7.0",), ("7.1",), 9), side_by_side((), ("7.1",), 9), side_by_side(("12.0",), ("7.1",), 9)
    (True, False, False)
    """
    for a, b in zip(mine, theirs, strict=False):
        if a != b:
            return written_at >= number(a)
    return False


def number(fork: str) -> int:
    return int(fork.partition(".")[0])


def settled(live: Sequence[Branch], written: Iterable[Branch]) -> set[str]:
    """Forks of which one way out is all that is left, so that nothing needs them any more."""
    ways: dict[str, set[str]] = {}
    for branch in (*live, *written):
        for fork in branch:
            ways.setdefault(fork.partition(".")[0], set()).add(fork)
    return {fork for left in ways.values() if len(left) == 1 for fork in left}
