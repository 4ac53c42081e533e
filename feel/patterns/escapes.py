r"""Sets of characters that have a name in XML Schema's patterns: `\d`, `\P{Lu}`, `\p{IsGreek}`."""

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from feel.patterns.blocks import blocks
from feel.patterns.spans import Span, others, united, written

_GROUPS = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
_CATEGORIES = frozenset(group + part for group, parts in _GROUPS.items() for part in ("", *parts))
_UNASSIGNED = frozenset(("C", "Cn"))
"""Categories that hold what has no character yet. re2 does not count it in."""

_LETTERS: dict[str, list[Span]] = {
    "s": [(0x9, 0xA), (0xD, 0xD), (0x20, 0x20)],
    "i": [
        (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF),
        (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF),
        (0x3001, 0xD7FF), (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
    ],
}  # fmt: skip
_LETTERS["c"] = united(
    [*_LETTERS["i"], (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)]
)
_WORD = ("L", "M", "N", "S")


class Escape(NamedTuple):
    """`name` is a letter (`w`), a category (`Lu`) or a block (`IsGreek`); `negated` all other characters."""

    name: str
    negated: bool

    def spans(self) -> list[Span]:
        return others(_spans(self.name)) if self.negated else _spans(self.name)

    def alone(self) -> str:
        """In re2's words, as a class of its own."""
        return f"[{'^' if self.negated else ''}{_inside(self.name)}]"

    def inside(self) -> str:
        """In re2's words, between the brackets of a class."""
        if not self.negated:
            return _inside(self.name)
        return rf"\P{{{self.name}}}" if _is_known(self.name) else written(self.spans())


def read_escape(text: str) -> Escape | None:
    r"""None for an escape that names no set of characters.

    >>> read_escape(r"\D"), read_escape(r"\p{IsHebrew}"), read_escape(r"\p{Hebrew}")
    (Escape(name='Nd', negated=True), Escape(name='IsHebrew', negated=False), None)
    """
    letter = text[1:2]
    if letter in ("p", "P"):
        name = text[3:-1] if text[2:3] == "{" and text.endswith("}") else ""
        known = name in _CATEGORIES or (name.startswith("Is") and name[2:] in blocks())
        return Escape(name, letter == "P") if known else None
    if len(text) != 2 or letter not in "dDwWsSiIcC":
        return None
    return Escape("Nd" if letter in "dD" else letter.lower(), letter.isupper())


def _is_known(name: str) -> bool:
    """Whether re2 has the category under the same name."""
    return name in _CATEGORIES and name not in _UNASSIGNED


def _inside(name: str) -> str:
    if name == "w":
        return "".join(rf"\p{{{category}}}" for category in _WORD)
    return rf"\p{{{name}}}" if _is_known(name) else written(_spans(name))


def _spans(name: str) -> list[Span]:
    if name == "w":
        return united([span for category in _WORD for span in _categories()[category]])
    if name in _LETTERS:
        return _LETTERS[name]
    return blocks()[name[2:]] if name.startswith("Is") else _categories()[name]


@lru_cache(1)
def _categories() -> dict[str, list[Span]]:
    """Every category of Unicode and every group of them. Gathered when first needed: it takes 0.1 s."""
    found: dict[str, list[Span]] = {name: [] for name in (*_CATEGORIES, "Cs")}
    start = 0
    for name, same in groupby(map(unicodedata.category, map(chr, range(0x110000)))):
        end = start + sum(1 for _ in same)
        found[name].append((start, end - 1))
        found[name[0]].append((start, end - 1))
        start = end
    return {name: united(spans) for name, spans in found.items()}
