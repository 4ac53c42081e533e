"""XPath patterns in the words of re2."""

import re

from feel.patterns.classes import read_class
from feel.patterns.escapes import read_escape
from feel.patterns.repeats import repeated

_PIECE = re.compile(r"\\[pP]\{[^}]*\}|\\.|\(\?:?|\{[0-9]+(?:,[0-9]*)?\}\??|.", re.DOTALL)
_ESCAPABLE = frozenset(r"nrt\|.?*+(){}-[]^$")
_MAX_MADE = 200_000


def without_spaces(pattern: str) -> str:
    r"""The flag x: spaces count only inside classes, and may even stand inside an escape (`\ s`)."""
    return re.sub(r"\\\s*(\S)|(\[(?:\\.|[^\]\\])*\])|\s+", _unspaced, pattern)


def _unspaced(match: re.Match[str]) -> str:
    escaped, inside = match.groups()
    return f"\\{escaped}" if escaped else inside or ""


def translated(pattern: str, any_case: bool = False) -> str | None:
    """The pattern in re2's words; None for what XPath does not know or re2 cannot do.

    `any_case` says that the flag i will be set: it folds letters, but leaves `\\p{Lu}` as it is.
    """
    made: list[str] = []
    opened: list[int] = []
    last: int | None = None
    place = size = 0
    while place < len(pattern):
        text = _PIECE.match(pattern, place).group()  # type: ignore[union-attr]  # some character is always there
        place += len(text)
        if text[0] == "{":
            word = None if last is None or len(text) < 3 else repeated("".join(made[last:]), text)
            del made[last:]
        elif text == "[":
            read = read_class(pattern, place)
            word, place = (None, place) if read is None else (read[0].words(any_case), read[1])
        else:
            word = _word(text, any_case)
        if word is None or size + len(word) > _MAX_MADE:
            return None
        last = _begun(text, len(made), opened)
        made.append(word)
        size += len(word)
    return "".join(made)


def _begun(text: str, place: int, opened: list[int]) -> int | None:
    """Where among the pieces that begins which a number in braces would repeat; None where nothing does."""
    if text in ("(", "(?:"):
        opened.append(place)
        return None
    if text == ")":
        return opened.pop() if opened else None
    return None if text[0] == "{" or text in ("|", "*", "+", "?", "^", "$") else place


def _word(text: str, any_case: bool) -> str | None:
    if text in ("(?", "]", "}"):
        return None
    if text[0] != "\\" or text[1:] in _ESCAPABLE:
        return text
    escape = read_escape(text)
    if escape is None:
        return None
    return f"(?-i:{escape.alone()})" if any_case else escape.alone()
