"""Character classes, with the subtraction that only XPath has: `[a-z-[aeiou]]`."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]
"""Two code points, both included."""

_LAST = 0x10FFFF
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_SETS: dict[str, list[Span]] = {"d": [(48, 57)], "s": [(9, 10), (13, 13), (32, 32)]}
_PLAIN_ESCAPED = frozenset("\\|.?*+(){}-[]^$")


@dataclass(slots=True)
class _Class:
    """`text` is the inside as written; `spans` the same as code points, or None where only re2 knows them."""

    negated: bool = False
    text: str = ""
    spans: list[Span] | None = field(default_factory=list)

    def add(self, text: str, spans: list[Span] | None) -> None:
        self.text += text
        self.spans = None if self.spans is None or spans is None else self.spans + spans

    def all(self) -> list[Span] | None:
        return self.spans if self.spans is None or not self.negated else _without([(0, _LAST)], self.spans)


def read_class(pattern: str, place: int) -> tuple[str, int] | None:
    r"""The class whose opening bracket is just before `place`, in re2's words, and where it ends.

    >>> read_class("a-e-[cd]]x", 0)
    ('[\\x{61}-\\x{62}\\x{65}-\\x{65}]', 9)
    """
    made = _Class(negated=pattern[place : place + 1] == "^")
    place += made.negated
    while place < len(pattern):
        if pattern[place] == "]":
            return (f"[{'^' if made.negated else ''}{made.text}]", place + 1) if made.text else None
        if pattern.startswith("-[", place):
            return _subtracted(made, pattern, place + 2)
        if pattern[place] == "[":
            return None
        place = _member(made, pattern, place)
    return None


def _member(made: _Class, pattern: str, place: int) -> int:
    """Takes in one character, escape or span of characters; gives the place behind it."""
    text, spans, place = _one(pattern, place)
    follows = pattern[place + 1 : place + 2]
    if (
        not spans
        or spans[0][0] != spans[0][1]
        or pattern[place : place + 1] != "-"
        or follows in ("", "]", "[")
    ):
        made.add(text, spans)
        return place
    last, ends, place = _one(pattern, place + 1)
    made.add(f"{text}-{last}", [(spans[0][0], ends[0][1])] if ends else None)
    return place


def _one(pattern: str, place: int) -> tuple[str, list[Span] | None, int]:
    character = pattern[place]
    if character != "\\":
        return ("\\^" if character == "^" else character), [(ord(character), ord(character))], place + 1
    letter = pattern[place + 1 : place + 2]
    if letter in ("p", "P"):
        end = pattern.find("}", place) + 1 or len(pattern)
        return pattern[place:end], None, end
    if letter in _ESCAPES or letter in _PLAIN_ESCAPED:
        code = ord(_ESCAPES.get(letter, letter or "\\"))
        return "\\" + letter, [(code, code)], place + 2
    return "\\" + letter, _SETS.get(letter), place + 2


def _subtracted(made: _Class, pattern: str, place: int) -> tuple[str, int] | None:
    """The class without what stands in the inner brackets. None where code points are not known."""
    inner = _Class(negated=pattern[place : place + 1] == "^")
    place += inner.negated
    while place < len(pattern) and pattern[place] not in "[]":
        place = _member(inner, pattern, place)
    outside, taken = made.all(), inner.all()
    if pattern[place : place + 2] != "]]" or outside is None or taken is None:
        return None
    left = _without(outside, taken)
    text = "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in left)
    return (f"[{text}]" if left else "[^\\x00-\\x{10ffff}]"), place + 2


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    for low, high in taken:
        spans = [
            part
            for start, end in spans
            for part in ((start, min(end, low - 1)), (max(start, high + 1), end))
            if part[0] <= part[1]
        ]
    return sorted(set(spans))
