"""The tokens under the parser's eye, and how far it has read."""

from collections.abc import Callable, Iterable

from feel.budget import MAX_NESTING
from feel.errors import FeelError, TooMuchWork
from feel.lexer import Token, tokens
from feel.parser.names import KEYWORDS, NAME_SYMBOLS, WITH_KEYWORDS, KnownNames, tidy
from feel.parser.slips import Unexpected
from feel.syntax import Node
from feel.types import Type

_FIRST_WORDS = frozenset(name.split(" ")[0] for name in WITH_KEYWORDS)


TypeFinder = Callable[[str], Type | None]
"""Knows types that somebody has defined, by name."""


def no_types(name: str) -> None:
    """Knows none."""
    del name


class Stream:
    """One text, read from left to right. Going back is allowed, but the total of steps is bounded."""

    def __init__(self, text: str, names: Iterable[str], types: TypeFinder = no_types) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.index = 0
        self.known = KnownNames(names)
        self.types = types
        self.nesting = 0
        self._steps = 200 + 50 * len(self.tokens)

    # What is next.

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def at(self, *symbols: str) -> bool:
        """Whether a symbol or keyword is next."""
        # The text of a string begins with its quote, so it is never mistaken for a symbol.
        return self.tokens[self.index].text in symbols

    def after(self, count: int = 1) -> Token:
        return self.tokens[min(self.index + count, len(self.tokens) - 1)]

    # Reading on.

    def next(self) -> Token:
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        self._steps -= 1
        if self._steps < 0:
            raise TooMuchWork("Expected a simpler expression, but its brackets can be read in too many ways.")
        return token

    def skip(self, *symbols: str) -> Token | None:
        return self.next() if self.at(*symbols) else None

    def expect(self, symbol: str, why: str) -> Token:
        if not self.at(symbol):
            raise self.unexpected(f"“{symbol}” {why}")
        return self.next()

    def unexpected(self, wanted: str) -> FeelError:
        return Unexpected(wanted, self.tokens, self.index)

    def no_way_back(self, error: FeelError) -> None:
        """Raises the error if another way of reading could not mend it: the text ended, or was too much."""
        if isinstance(error, TooMuchWork) or error.position >= self.tokens[-1].start:
            raise error

    def deeper(self) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise TooMuchWork(
                f"Expected at most {MAX_NESTING} levels of brackets, but found more.", self.token.start
            )

    @property
    def last_end(self) -> int:
        return self.tokens[self.index - 1].end if self.index else 0

    # Names.

    def name_here(self) -> str | None:
        """Reads the name that starts here, or nothing."""
        token = self.token
        if token.kind not in ("name", "symbol"):
            return None
        known = self.known.at(self.text, token.start)
        if known is not None and self._skip_to(known[1]):
            return known[0]
        if token.kind != "name" or token.text in KEYWORDS:
            return None
        return (token.text in _FIRST_WORDS and self._built_in_with_keyword()) or self._words()

    def _skip_to(self, end: int) -> bool:
        index = self.index
        while self.tokens[index].end < end:
            index += 1
        if self.tokens[index].end != end:
            return False
        self.index = index
        self.next()
        return True

    def _built_in_with_keyword(self) -> str | None:
        for name in WITH_KEYWORDS:
            words = name.split(" ")
            if self.token.text == words[0] and self._follows([*words[1:], "("]):
                for _ in words:
                    self.next()
                return name
        return None

    def _follows(self, words: list[str]) -> bool:
        return all(self.after(place).text == word for place, word in enumerate(words, start=1))

    def _words(self) -> str:
        words = [self.next().text]
        if words[0] == "?":
            return "?"
        while self._continues_name():
            words.append(self.next().text)
        return " ".join(words)

    def _continues_name(self) -> bool:
        token = self.token
        if token.kind == "number":
            return token.text.isdigit()
        if token.kind != "name" or token.text in KEYWORDS or token.text == "?":
            return False
        return not (token.text == "instance" and self.after().text == "of")

    def declared_name(self, *closers: str) -> str | None:
        """A name being given (a key, a parameter) up to one of `closers`, which stays unread."""
        index = self.index
        while self.tokens[index].text not in closers or self.tokens[index].kind == "string":
            token = self.tokens[index]
            if token.kind in ("end", "string") or (token.kind == "symbol" and token.text not in NAME_SYMBOLS):
                return None
            index += 1
        if index == self.index or self.token.kind != "name":
            return None
        name = tidy(self.text[self.token.start : self.tokens[index - 1].end])
        while self.index < index:
            self.next()
        self.known.add(name)
        return name


def span(stream: Stream, first: Node | int) -> tuple[int, int]:
    """From a node or place to where the parser has read."""
    return (first if isinstance(first, int) else first.start), stream.last_end
