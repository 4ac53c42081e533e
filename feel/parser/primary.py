"""The innermost pieces: literals, names, brackets, lists, contexts, ranges, and what follows them."""

from decimal import Decimal

from feel.budget import MAX_NESTING
from feel.errors import FeelError, TooMuchWork
from feel.lexer import unquote
from feel.numbers import number_of
from feel.parser.stream import Stream, span
from feel.syntax import (
    AtLiteral,
    Call,
    ContextLiteral,
    Filter,
    ListLiteral,
    Literal,
    Name,
    Node,
    Path,
    RangeLiteral,
)
from feel.temporal.reading import read_at_literal

LEADING = frozenset(("if", "for", "some", "every"))
"""Words that begin an expression that runs to the end; it may still stand right of an operator."""

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class Primary(Stream):
    """Reads one operand with everything that hangs on it."""

    def expression(self) -> Node:
        raise NotImplementedError

    def additive(self) -> Node:
        raise NotImplementedError

    def postfix(self) -> Node:
        node = self.primary()
        for _ in range(MAX_NESTING):
            longer = self._longer(node)
            if longer is None:
                return node
            node = longer
        raise TooMuchWork(f"Expected at most {MAX_NESTING} steps in one path, but found more.", node.start)

    def _longer(self, node: Node) -> Node | None:
        if self.at("."):
            return self._path(node)
        if self.at("(") and isinstance(node, Name | Path | Call | Filter) | self._is_bracketed(node):
            return self._call(node)
        return self._filter(node) if self.at("[") else None

    def _is_bracketed(self, node: Node) -> bool:
        return self.tokens[self.index - 1].text == ")" and not isinstance(node, Literal | AtLiteral)

    def _path(self, target: Node) -> Node:
        self.next()
        name = self.name_here()
        if name is None:
            raise self.unexpected("a name after the dot")
        return Path(*span(self, target), target, name)

    def _filter(self, target: Node) -> Node | None:
        """None when the bracket closes a range instead (`[1..3[`)."""
        index, nesting, waiting = self.index, self.nesting, self.open_ranges
        self.next()
        self.open_ranges = 0
        try:
            condition = self.expression()
            self.expect("]", "to close the filter")
        except FeelError as error:
            if isinstance(error, TooMuchWork) or not waiting:
                raise
            self.index, self.nesting, self.open_ranges = index, nesting, waiting
            return None
        self.open_ranges = waiting
        return Filter(*span(self, target), target, condition)

    open_ranges = 0
    """How many ranges wait for their closing bracket."""

    def _call(self, function: Node) -> Node:
        self.next()
        names: list[str] = []
        arguments: list[Node] = []
        if not self.at(")"):
            self._argument(arguments, names)
            while self.skip(","):
                self._argument(arguments, names)
        self.expect(")", "to close the arguments")
        return Call(*span(self, function), function, arguments, names or None)

    def _argument(self, arguments: list[Node], names: list[str]) -> None:
        start = self.token
        name = self.declared_name(":") if start.kind == "name" else None
        if (name is None) == bool(names) and arguments:
            length = (start.end if name is None else self.last_end) - start.start
            raise FeelError("Expected all arguments to be named, or none of them.", start.start, length)
        if name is not None:
            self.next()
            names.append(name)
        arguments.append(self.expression())

    # Operands.

    def primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            self.next()
            return Literal(token.start, token.end, self._number(token.text, token.start))
        if token.kind == "string":
            self.next()
            return Literal(token.start, token.end, unquote(token.text))
        if token.text in LEADING and self.known.at(self.text, token.start) is None:
            return self.expression()
        name = self.name_here()
        if name is not None:
            return Name(token.start, self.last_end, name)
        if token.kind == "name" and token.text in _WORDS:
            self.next()
            return Literal(token.start, token.end, _WORDS[token.text])
        return self._symbol()

    def _number(self, text: str, place: int) -> Decimal:
        number = number_of(text)
        if number is None:
            raise FeelError("Expected a number within 34 digits and an exponent of 6144.", place, len(text))
        return number

    def _symbol(self) -> Node:
        if self.at("("):
            return self._brackets()
        if self.at("["):
            return self._list()
        if self.at("]"):
            return self._range_from(self.next().start, included=False)
        if self.at("{"):
            return self._context()
        if self.at("@"):
            return self._at_literal()
        raise self.unexpected("a value")

    def _at_literal(self) -> Node:
        start = self.next().start
        token = self.next()
        value = read_at_literal(unquote(token.text)) if token.kind == "string" else None
        if value is None:
            length = token.end - start if token.kind == "string" else 1
            raise FeelError(
                'Expected a date, time or duration after @, such as @"2026-04-07".', start, length
            )
        return AtLiteral(start, token.end, value)

    def _brackets(self) -> Node:
        start = self.next().start
        waiting, self.open_ranges = self.open_ranges, 0
        inner = self.expression()
        self.open_ranges = waiting
        if self.at(".."):
            return self._range_to(start, inner, included=False)
        self.expect(")", "to close the bracket")
        inner.start, inner.end = span(self, start)
        return inner

    def _list(self) -> Node:
        start = self.next().start
        waiting, self.open_ranges = self.open_ranges, 0
        items: list[Node] = []
        if not self.at("]"):
            items.append(self.expression())
            if self.at(".."):
                self.open_ranges = waiting
                return self._range_to(start, items[0], included=True)
            while self.skip(","):
                items.append(self.expression())
        self.open_ranges = waiting
        self.expect("]", "to close the list")
        return ListLiteral(*span(self, start), items)

    def _range_from(self, start: int, *, included: bool) -> Node:
        low = self.additive()
        if not self.at(".."):
            raise self.unexpected("“..” and the end of the range")
        return self._range_to(start, low, included=included)

    def _range_to(self, start: int, low: Node, *, included: bool) -> Node:
        self.next()
        self.open_ranges += 1
        high = self.additive()
        self.open_ranges -= 1
        if not self.at("]", ")", "["):
            raise self.unexpected("“]” or “)” to close the range")
        high_included = self.next().text == "]"
        return RangeLiteral(*span(self, start), low, high, included, high_included)

    def _context(self) -> Node:
        start = self.next().start
        entries: list[tuple[str, Node]] = []
        if not self.at("}"):
            entries.append(self._entry())
            while self.skip(","):
                entries.append(self._entry())
        self.expect("}", "to close the context")
        return ContextLiteral(*span(self, start), entries)

    def _entry(self) -> tuple[str, Node]:
        key = self._key()
        self.expect(":", "after the name of the entry")
        return key, self.expression()

    def _key(self) -> str:
        if self.token.kind == "string":
            key = unquote(self.next().text)
            self.known.add(key)
            return key
        name = self.declared_name(":")
        if name is None:
            raise self.unexpected("the name of an entry")
        return name
