"""Character classes, with the subtraction that only XPath has: `[a-z-[aeiou]]`."""

from __future__ import annotations

from dataclasses import dataclass, field

from feel.patterns.escapes import Escape, read_escape
from feel.patterns.spans import Span, in_any_case, others, united, without, written

_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"} | {letter: letter for letter in "\\|.?*+(){}-[]^$"}
_NOTHING = "[^\\x{0}-\\x{10ffff}]"
_MAX_DEPTH = 10


@dataclass(slots=True)
class Class:
    """`characters` are those written out, `named` those of an escape, `taken` what is subtracted."""

    negated: bool = False
    characters: list[Span] = field(default_factory=list)
    named: list[Escape] = field(default_factory=list)
    taken: Class | None = None

    def words(self, any_case: bool) -> str:
        """In re2's words. The flag i changes the characters written out, never those that have a name."""
        if self.taken is None and not (any_case and self.named):
            inside = written(self.characters) + "".join(escape.inside() for escape in self.named)
            return f"[{'^' if self.negated else ''}{inside}]"
        spans = self.spans(any_case)
        made = f"[{written(spans)}]" if spans else _NOTHING
        return f"(?-i:{made})" if any_case else made

    def spans(self, any_case: bool) -> list[Span]:
        found = in_any_case(self.characters) if any_case else list(self.characters)
        found = united(found + [span for escape in self.named for span in escape.spans()])
        found = others(found) if self.negated else found
        return found if self.taken is None else without(found, self.taken.spans(any_case))


def read_class(pattern: str, place: int, depth: int = 0) -> tuple[Class, int] | None:
    r"""The class whose opening bracket is just before `place`, and where it ends.

    >>> read_class("a-e-[cd]]x", 0)[0].words(any_case=False)
    '[\\x{61}-\\x{62}\\x{65}-\\x{65}]'
    """
    made = Class(negated=pattern[place : place + 1] == "^")
    place += made.negated
    while place < len(pattern) and depth < _MAX_DEPTH:
        empty = not (made.characters or made.named)
        if pattern[place] == "]":
            return None if empty else (made, place + 1)
        if pattern.startswith("-[", place):
            inner = None if empty else read_class(pattern, place + 2, depth + 1)
            if inner is None or pattern[inner[1] : inner[1] + 1] != "]":
                return None
            made.taken = inner[0]
            return made, inner[1] + 1
        after = _member(made, pattern, place)
        if after is None:
            return None
        place = after
    return None


def _member(made: Class, pattern: str, place: int) -> int | None:
    """Takes in one character, escape or span of characters; gives the place behind it, None for a mistake."""
    first, place = _one(pattern, place)
    if isinstance(first, Escape):
        made.named.append(first)
        return place
    last: int | Escape | None = first
    if pattern[place : place + 1] == "-" and pattern[place + 1 : place + 2] not in ("", "]", "["):
        last, place = _one(pattern, place + 1)
    if first is None or last is None or isinstance(last, Escape) or last < first:
        return None
    made.characters.append((first, last))
    return place


def _one(pattern: str, place: int) -> tuple[int | Escape | None, int]:
    """One code point or escape, and the place behind it; None for what may not stand in a class."""
    if pattern[place] != "\\":
        return (None if pattern[place] == "[" else ord(pattern[place])), place + 1
    letter = pattern[place + 1 : place + 2]
    if letter in _ESCAPED:
        return ord(_ESCAPED[letter]), place + 2
    end = pattern.find("}", place) + 1 if letter in ("p", "P") else place + 2
    return read_escape(pattern[place:end]), end
