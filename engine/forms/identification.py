"""Does a text name somebody? For advice that is asked without saying who it is about.

Each part of a name counts as a whole word, however it is written. Parts that are also ordinary words (Will,
May, Hope) count only as they are spelt in the name, so that "it may help" is no name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """
    a al an best bill bishop brook chance cook dale day dean dr drew faith field frank good grace grant
    green harm hill home hope house jack joy june king lane law little long love mark may miles miss
    moon mr mrs ms page pat patience price rich rob rose rush short sky small star summer the to van
    ward wells west will wood young
        """,
    )
)


def names_somebody(text: str, names: tuple[str, ...]) -> bool:
    words = _words(text)
    folded = [word.casefold() for word in words]
    seen, spelt = set(folded), set(words)
    return any(_found(name, folded, seen, spelt) for name in names)


def _found(name: str, folded: list[str], seen: set[str], spelt: set[str]) -> bool:
    parts = _name_words(name)
    whole = [part.casefold() for part in parts]
    if any(_is_named(part, seen, spelt) for part in parts):
        return True
    return (
        bool(whole)
        and whole[0] in seen
        and any(folded[start : start + len(whole)] == whole for start in range(len(folded) - len(whole) + 1))
    )


def _is_named(part: str, seen: set[str], spelt: set[str]) -> bool:
    if len(part) < 2:
        return False
    return part in spelt if part.casefold() in _ORDINARY else part.casefold() in seen


@lru_cache(maxsize=1024)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(_words(name))


def _words(text: str) -> list[str]:
    """Words without accents, possessive endings or invisible characters, hyphenated ones also taken apart."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in decomposed if unicodedata.category(one) not in ("Mn", "Cf"))
    found: list[str] = []
    for word in _WORD.findall(plain.replace("’", "'").replace("ʼ", "'")):
        found += re.split("-", re.sub(r"'s?$", "", word, flags=re.IGNORECASE))
    return [word for word in found if word]
