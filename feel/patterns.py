"""Patterns of XPath and XQuery (which DMN borrows) on re2, whose time is linear in the text.

What re2 has no word for is rewritten (`\\i`, `\\c`, class subtraction) or refused with null (a reference back
to a group).
"""

import re
from functools import lru_cache
from typing import Any

import re2

_MAX_PATTERN = 1000
_FLAGS = frozenset("smixq")
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 8 << 20


def find(text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern is found anywhere; None when the pattern or a flag means nothing."""
    compiled = _compiled(pattern, flags)
    return None if compiled is None else compiled.search(text) is not None


def replaced(text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """The text with every match replaced. `$1` is what the first group matched, `$0` the whole."""
    compiled = _compiled(pattern, flags)
    pieces = [("text", replacement)] if "q" in flags else _pieces(replacement)
    # XPath forbids patterns that match nothing at all: what would be replaced?
    if compiled is None or pieces is None or compiled.search("") is not None:
        return None
    return str(compiled.sub(lambda match: _filled(match, pieces, compiled.groups), text))


def split_at(text: str, delimiter: str) -> list[str] | None:
    compiled = _compiled(delimiter, "")
    if compiled is None:
        return None
    if compiled.search("") is not None:
        return list(text) if not delimiter else None
    parts, place = [], 0
    for match in compiled.finditer(text):
        parts.append(text[place : match.start()])
        place = match.end()
    return [*parts, text[place:]]


@lru_cache(500)
def _compiled(pattern: str, flags: str) -> Any:
    if len(pattern) > _MAX_PATTERN or not set(flags) <= _FLAGS:
        return None
    spaced = _without_spaces(pattern) if "x" in flags else pattern
    body = re.escape(pattern) if "q" in flags else translated(spaced)
    if body is None:
        return None
    letters = "".join(letter for letter in "smi" if letter in flags)
    try:
        return re2.compile(f"(?{letters}){body}" if letters else body, _OPTIONS)
    except re2.error:
        return None


_WORDS = {
    r"\i": r"[A-Za-z_:\pL]",
    r"\I": r"[^A-Za-z_:\pL]",
    r"\c": r"[-.0-9:A-Z_a-z\pL\pM\pN]",
    r"\C": r"[^-.0-9:A-Z_a-z\pL\pM\pN]",
    r"\d": r"\p{Nd}",
    r"\D": r"\P{Nd}",
    r"\w": r"[\pL\pM\pN\pS]",
    r"\W": r"[^\pL\pM\pN\pS]",
}
_PIECE = re.compile(r"\\[pP]\{[^}]*\}|\\.|\[|\(\?|\s|.", re.DOTALL)
_ESCAPABLE = frozenset(r"nrt\|.?*+(){}-[]^$sSiIcCdDwW")


def _without_spaces(pattern: str) -> str:
    """The flag x: spaces count only inside classes, and may even stand inside an escape (`\\ s`)."""
    return re.sub(r"(\[(?:\\.|[^\]\\])*\])|\s+", lambda match: match.group(1) or "", pattern)


def translated(pattern: str) -> str | None:
    """The pattern in re2's words; None for what XPath does not know or re2 cannot do."""
    made, place = [], 0
    while place < len(pattern):
        piece = _PIECE.match(pattern, place)
        text = piece.group() if piece else ""
        place += len(text)
        if text == "[":
            closed = _class(pattern, place)
            if closed is None:
                return None
            text, place = closed
        elif text == "(?" and pattern[place : place + 1] != ":":
            return None
        elif text[0] == "\\":
            word = _word(text)
            if word is None:
                return None
            text = word
        made.append(text)
    return "".join(made)


def _word(text: str) -> str | None:
    if text[1:2] in ("p", "P"):
        return _BLOCKS.get(text[3:-1]) if text[3:5] == "Is" else text
    if len(text) != 2 or text[1] not in _ESCAPABLE:
        return None
    return _WORDS.get(text, text)


_BLOCKS = {"IsBasicLatin": r"[\x00-\x7F]", "IsLatin-1Supplement": r"[\x{80}-\x{FF}]", "IsGreek": r"\p{Greek}"}


def _class(pattern: str, place: int) -> tuple[str, int] | None:
    """A class in brackets from behind its opening, and where it ends. None for subtraction (`[a-z-[x]]`)."""
    start = place
    if pattern[place : place + 1] == "^":
        place += 1
    while place < len(pattern):
        character = pattern[place]
        if character == "\\":
            place += 1
        elif character == "[":
            return None
        elif character == "]" and place > start:
            return "[" + pattern[start : place + 1], place + 1
        place += 1
    return None


Piece = tuple[str, str]


def _pieces(replacement: str) -> list[Piece] | None:
    """Text and group numbers, or None for a stray `\\` or `$`."""
    pieces: list[Piece] = []
    for match in re.finditer(r"\\([\\$])|\$([0-9]+)|([^\\$]+)|(.)", replacement, re.DOTALL):
        escaped, group, text, stray = match.groups()
        if stray:
            return None
        pieces.append(("group", group) if group else ("text", escaped or text))
    return pieces


def _filled(match: Any, pieces: list[Piece], groups: int) -> str:
    return "".join(text if kind == "text" else _group(match, text, groups) for kind, text in pieces)


def _group(match: Any, digits: str, groups: int) -> str:
    """The longest number that there is a group for; further digits are text."""
    for length in range(len(digits), 0, -1):
        if int(digits[:length]) <= groups:
            return (match.group(int(digits[:length])) or "") + digits[length:]
    return digits[1:]
