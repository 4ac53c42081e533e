"""Names with spaces: which words of the text make one name.

Words side by side are always one name (`Full Name`), because nothing else in FEEL puts two names together. A
name that holds a keyword or one of `. - + * / ' ’` is only read as one when it is known: declared, or bound
inside the expression.
"""

import re
from collections.abc import Iterable

KEYWORDS = frozenset(
    ("and", "or", "between", "in", "then", "else", "return", "satisfies")
    + ("if", "for", "some", "every", "function", "external", "true", "false", "null")
)
NAME_SYMBOLS = frozenset(".-+*/'’")
WITH_KEYWORDS = ("date and time", "years and months duration")
"""Built-in functions whose name holds a keyword."""

_PLAIN_WORDS = re.compile(r"\w+(?: \w+)*")


def tidy(name: str) -> str:
    """The name with single spaces.

    >>> tidy("Full   Name")
    'Full Name'
    """
    return " ".join(name.split())


def is_odd(name: str) -> bool:
    """Whether a name can only be read in a text by somebody who knows it.

    >>> is_odd("Full Name"), is_odd("cost-benefit"), is_odd("Terms and Conditions")
    (False, True, True)
    """
    if name.isidentifier():
        return name in KEYWORDS
    return not _PLAIN_WORDS.fullmatch(name) or not KEYWORDS.isdisjoint(name.split(" "))


class KnownNames:
    """Odd names, by their first character, longest first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_start: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        name = tidy(name)
        if not name or not is_odd(name):
            return
        same = self._by_start.setdefault(name[0], [])
        if all(name != known for known, _ in same):
            same.append(
                (name, re.compile(r"\s+".join(re.escape(word) for word in name.split(" ")) + r"(?!\w)"))
            )
            same.sort(key=lambda pair: -len(pair[0]))

    def at(self, text: str, place: int) -> tuple[str, int] | None:
        """The longest known name that starts here, and where it ends."""
        for name, pattern in self._by_start.get(text[place : place + 1], ()):
            match = pattern.match(text, place)
            if match:
                return name, match.end()
        return None
