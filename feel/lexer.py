"""Cuts the text of an expression into tokens: names, numbers, strings and symbols."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from feel.budget import MAX_LENGTH
from feel.errors import FeelError, TooMuchWork

# The characters of DMN 1.5, grammar rules 28 and 29. A question mark alone is the input value.
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + "?0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Rule 61 and 62: what separates tokens.
_SPACE = r"\s\u0085\u180e\u200b\ufeff"

_SPACES = re.compile(rf"(?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_TOKEN = re.compile(
    rf"""
    (?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)*+
  (?: (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[{_NAME_START}][{_NAME_PART}]*|\?[{_NAME_PART}]*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>\.\.|->|\*\*|<=|>=|!=|==|&&|\|\||[-+*/()\[\]{{}},:.<>=@'’])
  | (?P<end>\Z)
  )
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """`kind` is name, number, string, symbol or end; `start` and `end` are places in the text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Every token, closed by one of kind `end`. Raises FeelError for what FEEL has no use for."""
    if len(text) > MAX_LENGTH:
        raise TooMuchWork(f"Expected at most {MAX_LENGTH} characters, but found {len(text)}.")
    found: list[Token] = []
    place, kind = 0, ""
    while kind != "end":
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unreadable(text, _SPACES.match(text, place).end(), found)  # type: ignore[union-attr]  # or nothing
        kind = match.lastgroup or ""
        start, place = match.span(kind)
        found.append(Token(kind, text[start:place], start, place))
    return found


CURLY_QUOTES = 'Expected straight quotes ("…"), but found curly ones.'
OPEN_COMMENT = "Expected the comment to be closed with */, but the text ends first."
_MEANT = {
    "!": "not(…)",
    "&": "and (or + between texts)",
    "|": "or",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "–": "-",
    "—": "-",
    "−": "-",
    "^": "**",
    "…": "..",
    ";": "a comma",
    **dict.fromkeys("%£$", "the number alone"),
}
"""What to write for a character that FEEL has no use for."""


def open_comment(found: Sequence[Token]) -> int | None:
    """Which token opens a comment that is never closed: closed, it would have been skipped as space."""
    return next(
        (
            place
            for place, (slash, star) in enumerate(pairwise(found))
            if slash.text == "/" and star.text.startswith("*") and slash.end == star.start
        ),
        None,
    )


def _unreadable(text: str, place: int, found: Sequence[Token]) -> FeelError:
    opening = open_comment(found)
    if opening is not None:
        return FeelError(OPEN_COMMENT, found[opening].start, 2)
    character = text[place]
    if character == '"':
        line = text[place:].split("\n", 1)[0].rstrip()
        return FeelError('Expected a closing quote ("), but the text ends first.', place, len(line))
    if character in "‘“”":
        return FeelError(CURLY_QUOTES, place)
    if character in _MEANT:
        return FeelError(f"Write {_MEANT[character]}, not {character}.", place)
    return FeelError(f"Expected an expression, but found “{character}”, which has no meaning here.", place)


_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt'\"\\]))"
)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "'": "'", '"': '"', "\\": "\\"}


def unquote(quoted: str) -> str:
    """The text of a string literal.

    Unknown escapes stay as they are, so that patterns can be written plainly.
    """
    inside = quoted[1:-1]
    return _ESCAPE.sub(_character, inside) if "\\" in inside else inside


def _character(match: re.Match[str]) -> str:
    high, low, four, six, letter = match.groups()
    if letter:
        return _LETTERS[letter]
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00))
    code = int(four or six, 16)
    # Half of a surrogate pair is not a character, and could not be stored or sent.
    return "\ufffd" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else chr(code)
