"""From XML to boxed expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from dmn.boxed import Boxed, Context, FunctionDefinition, Invocation, List, Nothing, Relation, Text, Typed
from dmn.errors import Problem
from dmn.item_types import ANYTHING, ItemType
from dmn.iteration import Conditional, Filter, For, Quantified
from dmn.tables import AGGREGATIONS, POLICIES, DecisionTable, Input, Output, Rule
from dmn.xml import child, children, local, name_of, text_of
from feel import Expression, FeelError, parse_tests
from feel.parser import parse_expression
from feel.types import Type

Element = etree._Element
Types = Callable[[str], ItemType]
"""Finds the type for a `typeRef`."""


@dataclass(slots=True)
class Reader:
    """Reads boxed expressions. What cannot be read is null when evaluated, and told in `problems`."""

    names: frozenset[str]
    type_of: Types
    known_types: Mapping[str, ItemType] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def only(self, element: Element, where: str) -> Boxed:
        """The one expression inside an element."""
        for inner in children(element):
            if local(inner) in _READERS:
                return self.expression(inner, where)
        return Nothing("Expected an expression, but there is none.")

    def expression(self, element: Element, where: str) -> Boxed:
        """An expression with the type that it names itself."""
        inner = _READERS[local(element)](self, element, where)
        return self.typed(inner, element.get("typeRef") or "")

    def typed(self, inner: Boxed, type_name: str) -> Boxed:
        kind = self.type_of(type_name) if type_name else ANYTHING
        return inner if kind is ANYTHING or kind.name in ("Any", "any") else Typed(inner, kind)

    def _known_type(self, name: str) -> Type | None:
        kind = self.known_types.get(name)
        return None if kind is None else kind.as_type()

    # Texts.

    def text(self, text: str, where: str) -> Boxed:
        if not text:
            return Nothing("Expected an expression, but there is no text.")
        try:
            return Text(Expression(text, parse_expression(text, self.names, self._known_type)))
        except FeelError as error:
            return Nothing(self.keep(error, where))

    def tests(self, text: str) -> Expression | None:
        """The cell of a table; None for `-`. Raises FeelError."""
        return None if text in ("", "-") else parse_tests(text, self.names)

    def lenient_tests(self, text: str, where: str) -> Expression | None:
        try:
            return self.tests(text)
        except FeelError as error:
            self.keep(error, where)
            return None

    def keep(self, error: FeelError, where: str) -> str:
        self.problems.append(Problem(where, error.message, error.position, error.length))
        return error.message


def _literal(reader: Reader, element: Element, where: str) -> Boxed:
    return reader.text(text_of(element), where)


def _context(reader: Reader, element: Element, where: str) -> Boxed:
    entries = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        name = name_of(variable) if variable is not None else ""
        value = reader.only(entry, name or where)
        if variable is not None:
            value = reader.typed(value, type_ref(variable))
        entries.append((name, value))
    return Context(entries)


def type_ref(element: Element) -> str:
    """The type an element names, as an attribute or as an element inside."""
    return element.get("typeRef") or text_of(child(element, "typeRef"))


def _list(reader: Reader, element: Element, where: str) -> Boxed:
    return List([reader.expression(item, where) for item in _expressions(element)])


def _expressions(element: Element) -> Iterable[Element]:
    return (inner for inner in children(element) if local(inner) in _READERS)


def _relation(reader: Reader, element: Element, where: str) -> Boxed:
    columns = list(children(element, "column"))
    kinds = [type_ref(column) for column in columns]
    rows = [
        [
            reader.typed(reader.expression(cell, where), kind)
            for cell, kind in zip(_expressions(row), kinds, strict=False)
        ]
        for row in children(element, "row")
    ]
    return Relation([name_of(column) for column in columns], rows)


def _invocation(reader: Reader, element: Element, where: str) -> Boxed:
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        name = name_of(parameter) if parameter is not None else ""
        kind = type_ref(parameter) if parameter is not None else ""
        bindings.append((name, reader.typed(reader.only(binding, where), kind)))
    return Invocation(reader.only(element, where), bindings)


def _function(reader: Reader, element: Element, where: str) -> Boxed:
    return function_definition(reader, element, where)


def function_definition(reader: Reader, element: Element, name: str) -> FunctionDefinition:
    parameters = [
        (name_of(parameter), reader.type_of(type_ref(parameter)))
        for parameter in children(element, "formalParameter")
    ]
    if element.get("kind", "FEEL") != "FEEL":
        body: Boxed = Nothing("Expected a function in FEEL, but it is one in Java or PMML.")
    else:
        body = reader.only(element, name)
    return FunctionDefinition(name, parameters, body)


def _part(reader: Reader, element: Element, name: str, where: str) -> Boxed:
    part = child(element, name)
    return Nothing(f"Expected {name}, but it is missing.") if part is None else reader.only(part, where)


def _conditional(reader: Reader, element: Element, where: str) -> Boxed:
    return Conditional(*(_part(reader, element, name, where) for name in ("if", "then", "else")))


def _filter(reader: Reader, element: Element, where: str) -> Boxed:
    return Filter(_part(reader, element, "in", where), _part(reader, element, "match", where))


def _for(reader: Reader, element: Element, where: str) -> Boxed:
    variable = element.get("iteratorVariable") or ""
    source, body = (_part(reader, element, name, where) for name in ("in", "return"))
    return For(variable, source, body)


def _quantified(reader: Reader, element: Element, where: str) -> Boxed:
    variable = element.get("iteratorVariable") or ""
    source, condition = (_part(reader, element, name, where) for name in ("in", "satisfies"))
    return Quantified(local(element) == "every", variable, source, condition)


# Decision tables.


def _table(reader: Reader, element: Element, where: str) -> Boxed:
    inputs = [_input(reader, column, where) for column in children(element, "input")]
    outputs = [_output(reader, column, where) for column in children(element, "output")]
    policy = element.get("hitPolicy", "UNIQUE")
    aggregation = element.get("aggregation", "")
    table = DecisionTable(inputs, outputs, [], policy, aggregation)
    if policy not in POLICIES or aggregation not in AGGREGATIONS:
        table.broken = "Expected a hit policy and aggregation of DMN, but found another."
    try:
        table.rules = [_rule(reader, rule, where, len(inputs)) for rule in children(element, "rule")]
    except FeelError as error:
        # One cell that cannot be read could be the one that matters.
        table.broken = reader.keep(error, where)
    return table


def _input(reader: Reader, element: Element, where: str) -> Input:
    expression = child(element, "inputExpression")
    text = text_of(expression)
    kind = reader.type_of(type_ref(expression)) if expression is not None else ANYTHING
    allowed = reader.lenient_tests(text_of(child(element, "inputValues")), where)
    return Input(element.get("label") or text, reader.text(text, where), kind, allowed)


def _output(reader: Reader, element: Element, where: str) -> Output:
    values = text_of(child(element, "outputValues"))
    kind = reader.type_of(type_ref(element))
    order = values or ", ".join(kind.order)
    default = child(element, "defaultOutputEntry")
    return Output(
        name=name_of(element),
        kind=kind,
        allowed=reader.lenient_tests(values, where),
        priorities=reader.text(f"[{order}]", where) if order else None,
        default=reader.text(text_of(default), where) if default is not None else None,
    )


def _rule(reader: Reader, element: Element, where: str, columns: int) -> Rule:
    return Rule(
        id=element.get("id") or "",
        cells=[reader.tests(text_of(cell)) for cell in children(element, "inputEntry")][:columns],
        outputs=[reader.text(text_of(cell), where) for cell in children(element, "outputEntry")],
        annotations=_annotations(element),
    )


def _annotations(element: Element) -> tuple[str, ...]:
    """The cells of the annotation columns; without any, the description, which dmn-js shows as annotation."""
    cells = tuple(text_of(cell) for cell in children(element, "annotationEntry"))
    said = text_of(child(element, "description"))
    return cells or ((said,) if said else ())


_READERS: dict[str, Callable[[Reader, Element, str], Boxed]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": _function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified,
    "every": _quantified,
    "decisionTable": _table,
}
