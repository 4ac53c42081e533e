"""Cuts the text of an expression into tokens: names, numbers, strings and symbols."""

import re
from typing import NamedTuple

from feel.budget import MAX_LENGTH
from feel.errors import FeelError, TooMuchWork

# The characters of DMN 1.5, grammar rules 27 to 29. The question mark stands alone, as the input value.
_NAME_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Rule 61 and 62: what separates tokens.
_SPACE = r"\s\u0085\u180e\u200b\ufeff"

_SPACES = re.compile(rf"(?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_TOKEN = re.compile(
    rf"""
    (?:[{_SPACE}]+|//[^\n]*|/\*.*?\*/)*+
  (?: (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<name>[{_NAME_START}][{_NAME_PART}]*|\?[{_NAME_PART}]*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<symbol>\.\.|->|\*\*|<=|>=|!=|==|&&|\|\||[-+*/()\[\]{{}},:.<>=@'])
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
    found = []
    place, kind = 0, ""
    while kind != "end":
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unreadable(text, _SPACES.match(text, place).end())  # type: ignore[union-attr]  # matches nothing too
        kind = match.lastgroup or ""
        start, place = match.span(kind)
        found.append(Token(kind, text[start:place], start, place))
    return found


def _unreadable(text: str, place: int) -> FeelError:
    character = text[place]
    if character == '"':
        return FeelError('Expected a closing quote ("), but the text ends first.', place)
    if character in "‘’“”":
        return FeelError('Expected straight quotes ("…"), but found curly ones.', place)
    if text.startswith("/*", place):
        return FeelError("Expected the comment to be closed with */, but the text ends first.", place, 2)
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
