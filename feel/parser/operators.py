"""Operators, from the loosest (`or`) to the tightest (a minus sign), in DMN's own order."""

from collections.abc import Callable

from feel.errors import FeelError, TooMuchWork
from feel.parser.primary import Primary
from feel.parser.stream import span
from feel.parser.type_names import TypeNames
from feel.syntax import (
    And,
    Arithmetic,
    Between,
    Comparison,
    In,
    InstanceOf,
    Negation,
    Node,
    Or,
    Test,
)

_LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

_AFTER_OPERAND = frozenset((*COMPARISONS, "between", "in"))


class Operators(Primary, TypeNames):
    """Reads everything between two commas that is not `if`, `for`, `some`, `every` or `function`."""

    def disjunction(self) -> Node:
        parts = [self._conjunction()]
        while self.skip("or"):
            parts.append(self._conjunction())
        return parts[0] if len(parts) == 1 else Or(*span(self, parts[0]), parts)

    def _conjunction(self) -> Node:
        parts = [self._comparison()]
        while self.skip("and"):
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 else And(*span(self, parts[0]), parts)

    def _comparison(self) -> Node:
        node = self.additive()
        if self.token.text not in _AFTER_OPERAND:
            return node
        for _ in range(64):
            if self.at(*COMPARISONS):
                operator = self.next().text
                right = self.additive()
                node = Comparison(*span(self, node), operator, node, right)
            elif self.skip("between"):
                node = self._between(node)
            elif self.skip("in"):
                node = In(*span(self, node), node, self._in_tests())
                node.end = self.last_end
            else:
                return node
        raise TooMuchWork("Expected at most 64 comparisons in a row, but found more.", node.start)

    def _between(self, value: Node) -> Node:
        low = self.additive()
        self.expect("and", "with the upper end of between")
        high = self.additive()
        return Between(*span(self, value), value, low, high)

    # What stands right of `in`, and in the cells of decision tables.

    def _in_tests(self) -> list[Node]:
        if not self.at("("):
            return [self.positive_test(self.additive)]
        index, nesting = self.index, self.nesting
        try:
            return self._bracketed_tests()
        except FeelError as error:
            self.no_way_back(error)
            # Then the bracket opens a range or an arithmetic expression.
            self.index, self.nesting = index, nesting
            return [self.positive_test(self.additive)]

    def _bracketed_tests(self) -> list[Node]:
        start = self.next()
        self.deeper()
        tests = self.positive_tests()
        self.nesting -= 1
        self.expect(")", "to close the tests")
        if self.at("[", ".", "(", "+", "-", "*", "/", "**") or not tests:
            raise FeelError("Expected tests in brackets.", start.start)
        return tests

    def positive_tests(self) -> list[Node]:
        tests = [self.positive_test(self.expression)]
        while self.skip(","):
            tests.append(self.positive_test(self.expression))
        return tests

    def positive_test(self, otherwise: Callable[[], Node]) -> Node:
        return self.test() if self.at(*COMPARISONS) else otherwise()

    def test(self) -> Node:
        token = self.next()
        operand = self.additive()
        return Test(token.start, self.last_end, token.text, operand)

    # Arithmetic.

    def additive(self) -> Node:
        self.deeper()
        first = self._signed()
        node = self._tighter(first, 1) if self.token.text in _LEVELS else first
        self.nesting -= 1
        return node

    def _tighter(self, node: Node, level: int) -> Node:
        """Takes up the operators that follow, down to a level."""
        while (found := _LEVELS.get(self.token.text, 0)) >= level:
            node = self._chain(node, found)
        return node

    def _chain(self, first: Node, level: int) -> Node:
        rest = []
        while _LEVELS.get(self.token.text) == level:
            operator = self.next().text
            rest.append((operator, self._tighter(self._signed(), level + 1)))
        return Arithmetic(*span(self, first), first, rest)

    def _signed(self) -> Node:
        return self._instance_of(self._negation() if self.at("-") else self.postfix())

    def _negation(self) -> Node:
        start = self.next().start
        self.deeper()
        operand = self._negation() if self.at("-") else self.postfix()
        self.nesting -= 1
        return Negation(*span(self, start), operand)

    def _instance_of(self, node: Node) -> Node:
        if not (self.at("instance") and self.after().text == "of"):
            return node
        self.next()
        self.next()
        kind = self.whole_type()
        return InstanceOf(*span(self, node), node, kind)
