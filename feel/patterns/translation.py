"""XPath patterns in the words of re2."""

import re

from feel.patterns.classes import read_class

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


def without_spaces(pattern: str) -> str:
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
            closed = read_class(pattern, place)
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
