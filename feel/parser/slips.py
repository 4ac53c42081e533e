"""What somebody probably meant who wrote what FEEL has no use for: the word at fault, and what to write.

Only asked when a text has been refused for good, so nothing here decides what can be read.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from feel.errors import FeelError
from feel.lexer import CURLY_QUOTES, OPEN_COMMENT, Token, open_comment
from feel.parser.names import KEYWORDS, NAME_SYMBOLS


class Unexpected(FeelError):
    """One token stands where something else was `wanted`, which is said in words."""

    def __init__(self, wanted: str, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        found = "the text ends" if token.kind == "end" else f"found {token.text}"
        super().__init__(f"Expected {wanted}, but {found}.", token.start, max(1, token.end - token.start))
        self.wanted = wanted
        self.index = index


class Slip(NamedTuple):
    """The first and the last token at fault, and what to say."""

    first: int
    last: int
    message: str


def explained(error: FeelError, tokens: Sequence[Token]) -> FeelError:
    """The same error, or one that says what to write if this is a slip we know."""
    if not isinstance(error, Unexpected):
        return error
    for find in _FINDERS:
        slip = find(tokens, error.index, error.wanted)
        if slip is not None:
            start, end = tokens[slip.first].start, tokens[slip.last].end
            return FeelError(slip.message, start, max(1, end - start))
    return FeelError(error.message, error.position, error.length)


# Signs.

_SIGNS = {
    "==": "Use one = to compare, not two.",
    "&&": "Write and, not &&.",
    "||": "Write or, not ||.",
    "'": 'Texts go in double quotes ("…"), not single ones.',
    "’": CURLY_QUOTES,
}
_PAIRS = {
    ("<", ">"): "Write !=, not <>.",
    ("=", ">"): "Write >=, not =>.",
    ("=", "<"): "Write <=, not =<.",
    (">", "="): "Write >= without a space.",
    ("<", "="): "Write <= without a space.",
}


def _comment(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    opening = open_comment(tokens)
    return Slip(opening, opening + 1, OPEN_COMMENT) if opening in (index - 1, index) else None


def _sign(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    if tokens[index].text in _SIGNS:
        return Slip(index, index, _SIGNS[tokens[index].text])
    pair = _PAIRS.get((tokens[index - 1].text, tokens[index].text))
    return Slip(index - 1, index, pair) if pair else None


def _question(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    if tokens[index].text.startswith("?") and any(token.text == ":" for token in tokens[index:]):
        return Slip(index, index, "Write if … then … else …, not ? and :.")
    return None


_ENTRY = ("the name of an entry", "“:” after the name of the entry")


def _entry(tokens: Sequence[Token], index: int, wanted: str) -> Slip | None:
    if wanted not in _ENTRY:
        return None
    place = index
    while wanted == _ENTRY[0] and _may_be_named(tokens[place]):
        place += 1
    if tokens[place].text == "=":
        return Slip(place, place, "Write : after the name of an entry, not =.")
    if tokens[index].kind == "name":
        return Slip(place, place, Unexpected(_ENTRY[1], tokens, place).message)
    return None


def _may_be_named(token: Token) -> bool:
    return token.kind in ("name", "number") or token.text in NAME_SYMBOLS


# Words that other languages use. Before a value they were read as the end of a name.

_SAID = {
    **dict.fromkeys(("is", "equals", "is equal to", "equal to"), "Write = to compare, not {words}."),
    **dict.fromkeys(("is not", "not equal to"), "Write != to compare, not {words}."),
    **dict.fromkeys(("is less than", "less than"), "Write < to compare, not {words}."),
    **dict.fromkeys(
        ("is more than", "more than", "is greater than", "greater than"), "Write > to compare, not {words}."
    ),
    **dict.fromkeys(("is at least", "at least"), "Write >= to compare, not {words}."),
    **dict.fromkeys(("is at most", "at most"), "Write <= to compare, not {words}."),
    **dict.fromkeys(
        ("contains", "includes", "has"),
        "Write contains({left}, {right}), or list contains(…) for a list.",
    ),
    # What stands after like may hold signs for any text, which contains(…) would take as they are.
    "like": "Write contains({left}, …) with the part to find, not like.",
    **dict.fromkeys(("starts with", "begins with"), "Write starts with({left}, {right})."),
    "ends with": "Write ends with({left}, {right}).",
}
_VALUE_STARTS = ("@", "{", "null", "true", "false", "if", "for", "some", "every", "function")
_LONGEST = 40
"""Characters of an operand that are worth repeating in a sentence."""


def _said(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    for first in range(max(0, index - 3), index + 1):
        last, words = _phrase(tokens, first, _SAID)
        if words and (first == index or (last == index - 1 and _begins_value(tokens[index]))):
            value = tokens[last + 1]
            right = value.text if value.kind == "string" and len(value.text) <= _LONGEST else "…"
            message = _SAID[words.lower()].format(words=words, left=_operand(tokens, first), right=right)
            return Slip(first, last, message)
    return None


def _phrase(tokens: Sequence[Token], first: int, table: dict[str, str]) -> tuple[int, str]:
    """The last token and the words of the longest phrase of a table that starts here; no words if none."""
    for size in (3, 2, 1):
        words = " ".join(token.text for token in tokens[first : first + size])
        if words.lower() in table:
            return first + size - 1, words
    return first, ""


def _begins_value(token: Token) -> bool:
    return token.kind in ("string", "number") or token.text in _VALUE_STARTS


def _operand(tokens: Sequence[Token], end: int) -> str:
    """The name or path of names before a token, as one would write it again."""
    start = end
    while start and (_is_word(tokens[start - 1]) or tokens[start - 1].text == "."):
        start -= 1
    text = " ".join(token.text for token in tokens[start:end]).replace(" . ", ".")
    return "…" if not text or text.startswith(".") or len(text) > _LONGEST else text


def _is_word(token: Token) -> bool:
    return token.kind == "number" or (token.kind == "name" and token.text not in KEYWORDS)


_UNITS = {
    "day": ("P{}D", 1),
    "week": ("P{}D", 7),
    "month": ("P{}M", 1),
    "year": ("P{}Y", 1),
    "hour": ("PT{}H", 1),
    "minute": ("PT{}M", 1),
    "second": ("PT{}S", 1),
}


def _duration(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    number = tokens[index - 1]
    shape, times = _UNITS.get(tokens[index].text.lower().removesuffix("s"), ("", 1))
    if not shape or number.kind != "number":
        return None
    if not re.fullmatch("[0-9]{1,9}", number.text):
        return Slip(index - 1, index, 'Write a duration in whole numbers, such as @"PT36H".')
    return Slip(index - 1, index, f'Write a duration as @"{shape.format(int(number.text) * times)}".')


# Keywords, written otherwise.

_OPENERS = {
    "then": ("if",),
    "else": ("if",),
    "satisfies": ("some", "every"),
    "return": ("for",),
    "and": ("between",),
}
_INSTEAD: dict[str, dict[str, str]] = {
    "else": {
        "otherwise": "else",
        **dict.fromkeys(("elseif", "elsif", "elif"), "else if"),
    },
    "satisfies": dict.fromkeys(("where", "when", "such that", "has", "have"), "satisfies"),
    "return": dict.fromkeys(("do", "give", "yield", "collect"), "return"),
    "and": {"to": "and"},
    "in": dict.fromkeys(("of", "from", "among"), "in"),
}
_KEYWORD_WANTED = re.compile("“([a-z]+)”")


def _opener(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    """`If a = b then`: the first word was read as a name."""
    place = _opener_before(tokens, index, tokens[index].text.lower())
    return None if place is None else _in_capitals(tokens, place)


def _opener_before(tokens: Sequence[Token], index: int, keyword: str) -> int | None:
    openers = _OPENERS.get(keyword, ())
    return next((at for at in range(index - 1, -1, -1) if tokens[at].text.lower() in openers), None)


def _capitals(tokens: Sequence[Token], index: int, _: str) -> Slip | None:
    places = [index]
    if index and _begins_value(tokens[index]):
        places.append(index - 1)
    if tokens[index].text == "..":
        # `age IN [1..3]`: the bracket was read as a filter.
        opening = next((at for at in range(index, 0, -1) if tokens[at].text in ("[", "(")), 1)
        places.append(opening - 1)
    return next(filter(None, (_in_capitals(tokens, place) for place in places)), None)


def _in_capitals(tokens: Sequence[Token], place: int) -> Slip | None:
    word = tokens[place].text
    if word in KEYWORDS or word.lower() not in KEYWORDS:
        return None
    return Slip(place, place, f"Write {word.lower()}, in small letters.")


def _instead(tokens: Sequence[Token], index: int, wanted: str) -> Slip | None:
    """`children where c`: the word was read as part of a name, so it is found by looking back."""
    found = _KEYWORD_WANTED.search(wanted)
    keyword = found[1] if found else ""
    table = {keyword: keyword, **_INSTEAD.get(keyword, {})}
    start, stop = _opener_before(tokens, index, keyword), index + 1
    if keyword == "in":
        start = stop = index
        while _is_word(tokens[stop]):
            stop += 1
    for place in range(index if start is None else start, stop):
        last, words = _phrase(tokens, place, table)
        if words and words != keyword:
            return _in_capitals(tokens, place) or Slip(
                place, last, f"Write {table[words.lower()]}, not {words}."
            )
    return None


_FINDERS: tuple[Callable[[Sequence[Token], int, str], Slip | None], ...] = (
    _comment,
    _sign,
    _question,
    _entry,
    _said,
    _duration,
    _opener,
    _capitals,
    _instead,
)
