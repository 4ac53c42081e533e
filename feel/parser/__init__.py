"""From text to syntax: the grammar of FEEL (DMN 1.5, section 10.3.1.2)."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager

from feel.errors import FeelError, not_too_deep
from feel.parser import slips
from feel.parser.operators import COMPARISONS, Operators
from feel.parser.stream import TypeFinder, no_types, span
from feel.syntax import For, FunctionLiteral, If, Iterator, Node, Quantified, UnaryTests
from feel.types import ANY, Type


def parse_expression(text: str, names: Iterable[str] = (), types: TypeFinder = no_types) -> Node:
    """Reads one expression. `names` are the names with symbols or keywords in them that may occur.

    `types` knows the types that are not FEEL's own.
    """
    with _reading(text, names, types) as parser:
        node = parser.expression()
        parser.end()
        return node


def parse_unary_tests(text: str, names: Iterable[str] = (), types: TypeFinder = no_types) -> UnaryTests:
    """Reads the cell of a decision table: `< 5, [7..9]`, `not("a", "b")` or `-`."""
    with _reading(text, names, types) as parser:
        return _unary_tests(parser, text)


def _unary_tests(parser: "Parser", text: str) -> UnaryTests:
    if [token.text for token in parser.tokens] == ["-", ""]:
        return UnaryTests(0, len(text), [])
    negated = _negated_tests(parser) if parser.at("not") and parser.after().text == "(" else None
    if negated is not None:
        return negated
    tests = parser.positive_tests()
    parser.end()
    return UnaryTests(0, len(text), tests)


def parse_type(text: str, types: TypeFinder = no_types) -> Type:
    """The type named by a text such as `list<number>`."""
    with _reading(text, (), types) as parser:
        kind = parser.type_name()
        parser.end()
        return kind


@contextmanager
def _reading(text: str, names: Iterable[str], types: TypeFinder) -> Generator["Parser"]:
    """A parser of the text, whose complaint is put plainly once no other way of reading is left."""
    with not_too_deep():
        parser = Parser(text, names, types)
        try:
            yield parser
        except FeelError as error:
            raise slips.explained(error, parser.tokens) from None


def _negated_tests(parser: "Parser") -> UnaryTests | None:
    index, nesting = parser.index, parser.nesting
    parser.next()
    parser.next()
    try:
        tests = parser.positive_tests()
        parser.expect(")", "to close not(")
        parser.end()
    except FeelError as error:
        parser.no_way_back(error)
        # `not(a) and b` is an expression that happens to begin with not.
        parser.index, parser.nesting = index, nesting
        return None
    return UnaryTests(0, len(parser.text), tests, negated=True)


class Parser(Operators):
    """Adds the expressions that run to the end: conditions, loops and functions."""

    def end(self) -> None:
        if self.token.kind != "end":
            raise self.unexpected("the end of the expression")

    def expression(self) -> Node:
        token = self.token
        if token.text in _LEADING and self.known.at(self.text, token.start) is None:
            reader = _LEADING[token.text]
            if token.text != "function" or self.after().text == "(":
                self.deeper()
                node = reader(self)
                self.nesting -= 1
                return node
        return self.test() if token.text in COMPARISONS else self.disjunction()

    def _if(self) -> Node:
        start = self.next().start
        condition = self.expression()
        self.expect("then", "after the condition of if")
        then = self.expression()
        self.expect("else", "with the value for all other cases")
        otherwise = self.expression()
        return If(*span(self, start), condition, then, otherwise)

    def _for(self) -> Node:
        start = self.next().start
        iterators = self._iterators()
        self.expect("return", "with what to give back")
        body = self.expression()
        return For(*span(self, start), iterators, body)

    def _quantified(self) -> Node:
        token = self.next()
        iterators = self._iterators()
        self.expect("satisfies", "with the condition")
        condition = self.expression()
        return Quantified(*span(self, token.start), token.text == "every", iterators, condition)

    def _iterators(self) -> list[Iterator]:
        iterators = [self._iterator()]
        while self.skip(","):
            iterators.append(self._iterator())
        return iterators

    def _iterator(self) -> Iterator:
        name = self.declared_name("in")
        if name is None:
            raise self.unexpected("a name and “in”")
        self.next()
        domain = self.expression()
        until = self.expression() if self.skip("..") else None
        return Iterator(name, domain, until)

    def _function(self) -> Node:
        start = self.next().start
        self.next()
        parameters = [] if self.at(")") else [self._parameter()]
        while self.skip(","):
            parameters.append(self._parameter())
        self.expect(")", "to close the parameters")
        external = self.skip("external") is not None
        body = self.expression()
        return FunctionLiteral(*span(self, start), parameters, body, external)

    def _parameter(self) -> tuple[str, Type]:
        name = self.declared_name(":", ",", ")")
        if name is None:
            raise self.unexpected("the name of a parameter")
        return name, self.type_name() if self.skip(":") else ANY


_LEADING: dict[str, Callable[[Parser], Node]] = {
    "if": Parser._if,
    "for": Parser._for,
    "some": Parser._quantified,
    "every": Parser._quantified,
    "function": Parser._function,
}
