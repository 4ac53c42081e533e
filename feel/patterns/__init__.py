"""Patterns of XPath and XQuery (which DMN borrows) on re2, whose time is linear in the text.

What re2 has no word for is rewritten by `translation`, or refused with null (a reference back to a group).
"""

import re
from functools import lru_cache
from typing import Any

import re2

from feel.patterns.translation import translated, without_spaces
from feel.work import Work

_MAX_PATTERN = 1000
_UNREADABLE = 100_000
"""The size to count for a pattern that was read in vain."""
_FLAGS = frozenset("smixq")
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.max_mem = 8 << 20


def charge(work: Work, pattern: str, flags: str, length: int) -> None:
    """Counts what a pattern takes: to be read, and then for each character of a text.

    Reading is counted each time, so that the same work costs the same whatever was read before.
    """
    compiled = _compiled(pattern, flags)
    if compiled is None:
        work.charge(_UNREADABLE // 50)
    else:
        size = compiled.programsize
        work.charge(size // 50 + length * (1 + size // 4000))


def find(text: str, pattern: str, flags: str) -> bool | None:
    """Whether the pattern is found anywhere; None when the pattern or a flag means nothing."""
    compiled = _compiled(pattern, flags)
    return None if compiled is None or not is_whole(text) else compiled.search(text) is not None


def replaced(text: str, pattern: str, replacement: str, flags: str) -> str | None:
    """The text with every match replaced. `$1` is what the first group matched, `$0` the whole."""
    compiled = _compiled(pattern, flags)
    pieces = [("text", replacement)] if "q" in flags else _pieces(replacement)
    # XPath forbids patterns that match nothing at all: what would be replaced?
    if compiled is None or pieces is None or not is_whole(text) or compiled.search("") is not None:
        return None
    return str(compiled.sub(lambda match: _filled(match, pieces, compiled.groups), text))


def split_at(text: str, delimiter: str) -> list[str] | None:
    compiled = _compiled(delimiter, "")
    if compiled is None or not is_whole(text) or compiled.search("") is not None:
        return None
    parts, place = [], 0
    for match in compiled.finditer(text):
        parts.append(text[place : match.start()])
        place = match.end()
    return [*parts, text[place:]]


def is_whole(text: str) -> bool:
    """Whether no character is half of a surrogate pair, which re2 cannot look at."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


@lru_cache(128)
def _compiled(pattern: str, flags: str) -> Any:
    if len(pattern) > _MAX_PATTERN or not is_whole(pattern) or not set(flags) <= _FLAGS:
        return None
    spaced = without_spaces(pattern) if "x" in flags else pattern
    body = re.escape(pattern) if "q" in flags else translated(spaced, "i" in flags)
    if body is None:
        return None
    letters = "".join(letter for letter in "smi" if letter in flags)
    try:
        return re2.compile(f"(?{letters}){body}" if letters else body, _OPTIONS)
    except re2.error:
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
