"""Sets of characters as spans of code points: what is in either, in neither, and in one but not the other."""

from collections import defaultdict
from functools import lru_cache

Span = tuple[int, int]
"""Two code points, both included."""

_LAST = 0x10FFFF
_LAST_WITH_CASE = 0x1FFFF


def united(spans: list[Span]) -> list[Span]:
    """In order, and none touching another.

    >>> united([(5, 9), (1, 4), (8, 12)])
    [(1, 12)]
    """
    made: list[Span] = []
    for low, high in sorted(spans):
        if made and low <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(high, made[-1][1]))
        else:
            made.append((low, high))
    return made


def others(spans: list[Span]) -> list[Span]:
    """Every character that is not there."""
    made, next_one = [], 0
    for low, high in united(spans):
        if low > next_one:
            made.append((next_one, low - 1))
        next_one = high + 1
    return made if next_one > _LAST else [*made, (next_one, _LAST)]


def without(spans: list[Span], taken: list[Span]) -> list[Span]:
    return others(others(spans) + taken)


def in_any_case(spans: list[Span]) -> list[Span]:
    """With the case variants of every character.

    >>> [chr(low) for low, _ in in_any_case([(ord("k"), ord("k"))])]
    ['K', 'k', '\u212a']
    """
    variants = {
        other
        for code, others_too in _variants().items()
        if any(low <= code <= high for low, high in spans)
        for other in others_too
    }
    return united([*spans, *((code, code) for code in variants)])


@lru_cache(1)
def _variants() -> dict[int, set[int]]:
    """Each letter with a case, and all that share its small or its capital letter (XPath F&O 5.6.1.1)."""
    alike: dict[tuple[bool, str], set[int]] = defaultdict(set)
    for code in range(_LAST_WITH_CASE):
        small, capital = chr(code).lower(), chr(code).upper()
        if small != capital:
            alike[False, small].add(code)
            alike[True, capital].add(code)
    made: dict[int, set[int]] = defaultdict(set)
    for codes in alike.values():
        for code in codes:
            made[code] |= codes
    return made


def written(spans: list[Span]) -> str:
    """As re2 writes them between the brackets of a class."""
    return "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in spans)
