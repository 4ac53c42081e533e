"""What reads boxed expressions from XML: the names and types it knows, and what it could not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from dmn.boxed import Boxed, Nothing, Text, Typed
from dmn.errors import Problem
from dmn.item_types import ANYTHING, ItemType
from dmn.texts import NEVER, expression_in, tests_in
from dmn.xml import child, children, local, text_of
from feel import Expression, FeelError
from feel.parser.stream import TypeFinder, no_types

Element = etree._Element
Types = Callable[[str], ItemType]
"""Finds the type for a `typeRef`."""


@dataclass(slots=True)
class Reader:
    """Reads boxed expressions. What cannot be read is null when evaluated, and told in `problems`."""

    names: frozenset[str]
    type_of: Types
    known: TypeFinder = no_types
    problems: list[Problem] = field(default_factory=list)

    def only(self, element: Element, where: str) -> Boxed:
        """The one expression inside an element."""
        for inner in expressions(element):
            return self.expression(inner, where)
        return Nothing("Expected an expression, but there is none.")

    def expression(self, element: Element, where: str) -> Boxed:
        """An expression with the type that it names itself."""
        inner = READERS[local(element)](self, element, where)
        return self.typed(inner, element.get("typeRef") or "")

    def typed(self, inner: Boxed, type_name: str) -> Boxed:
        kind = self.type_of(type_name) if type_name else ANYTHING
        return inner if kind is ANYTHING or kind.name in ("Any", "any") else Typed(inner, kind)

    # Texts.

    def text(self, element: Element | None, where: str) -> Boxed:
        try:
            return self.readable(element)
        except FeelError as error:
            return Nothing(self.keep(error, where))

    def readable(self, element: Element | None) -> Boxed:
        """The same where nothing else will do. Raises FeelError."""
        if element is None or not text_of(element):
            return Nothing("Expected an expression, but there is no text.")
        return Text(expression_in(element, self.names, self.known))

    def tests(self, element: Element | None) -> Expression | None:
        """The cell of a table; None for `-`. Raises FeelError."""
        return tests_in(element, self.names, self.known)

    def limits(self, element: Element | None, where: str) -> Expression | None:
        """The values that a column lists. Those that cannot be read let nothing through."""
        try:
            return self.tests(element)
        except FeelError as error:
            self.keep(error, where)
            return NEVER

    # What cannot be read.

    def keep(self, error: FeelError, where: str) -> str:
        self.problems.append(Problem(where, error.message, error.position, error.length))
        return error.message

    def refused(self, message: str, where: str) -> Nothing:
        """Stands for what is there and has no meaning."""
        self.problems.append(Problem(where, message))
        return Nothing(message)


ReaderOf = Callable[[Reader, Element, str], Boxed]
READERS: dict[str, ReaderOf] = {}


def reads(*names: str) -> Callable[[ReaderOf], ReaderOf]:
    """Registers what reads the elements of these names."""

    def register(reader: ReaderOf) -> ReaderOf:
        READERS.update(dict.fromkeys(names, reader))
        return reader

    return register


def expressions(element: Element) -> Iterable[Element]:
    """The boxed expressions directly inside an element."""
    return (inner for inner in children(element) if local(inner) in READERS)


def type_ref(element: Element) -> str:
    """The type an element names, as an attribute or as an element inside."""
    return element.get("typeRef") or text_of(child(element, "typeRef"))
