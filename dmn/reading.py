"""From XML to boxed expressions."""

from __future__ import annotations

from dmn.boxed import Boxed, Context, FunctionDefinition, Invocation, List, Nothing, Relation
from dmn.item_types import ANYTHING, ItemType
from dmn.iteration import Conditional, Filter, For, Quantified
from dmn.reader import Element, Reader, expressions, reads, type_ref
from dmn.xml import child, children, local, name_of


@reads("literalExpression")
def _literal(reader: Reader, element: Element, where: str) -> Boxed:
    return reader.text(element, where)


@reads("context")
def _context(reader: Reader, element: Element, where: str) -> Boxed:
    entries = []
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        name = _name_of_entry(entry)
        value = reader.only(entry, name or where)
        if variable is not None:
            value = _of_type(reader, value, type_ref(variable))
        entries.append((name, value))
    names = [name for name, _ in entries]
    if len(set(names)) < len(names):
        return reader.refused("Expected each entry of the context once, but one is there twice.", where)
    return Context(entries)


def _name_of_entry(entry: Element) -> str:
    variable = child(entry, "variable")
    return "" if variable is None else name_of(variable)


def _of_type(reader: Reader, value: Boxed, type_name: str) -> Boxed:
    """The variable of a function may name the type of its result, as that of a knowledge model may."""
    kind = reader.type_of(type_name)
    if not isinstance(value, FunctionDefinition) or kind.as_type().name in ("Any", "function"):
        return reader.typed(value, type_name)
    value.result = kind
    return value


@reads("list")
def _list(reader: Reader, element: Element, where: str) -> Boxed:
    return List([reader.expression(item, where) for item in expressions(element)])


@reads("relation")
def _relation(reader: Reader, element: Element, where: str) -> Boxed:
    columns = [(name_of(column), type_ref(column)) for column in children(element, "column")]
    rows = [list(expressions(row)) for row in children(element, "row")]
    for place, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            message = f"Expected row {place} to have {len(columns)} cells, but it has {len(row)}."
            return reader.refused(message, where)
    names = [name for name, _ in columns]
    if len(set(names)) < len(names):
        return reader.refused("Expected each column of the relation once, but one is there twice.", where)
    cells = [
        [
            reader.typed(reader.expression(cell, where), kind)
            for cell, (_, kind) in zip(row, columns, strict=True)
        ]
        for row in rows
    ]
    return Relation(names, cells)


@reads("invocation")
def _invocation(reader: Reader, element: Element, where: str) -> Boxed:
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        name = name_of(parameter) if parameter is not None else ""
        kind = type_ref(parameter) if parameter is not None else ""
        bindings.append((name, reader.typed(reader.only(binding, where), kind)))
    return Invocation(reader.only(element, where), bindings)


@reads("functionDefinition")
def _function(reader: Reader, element: Element, where: str) -> Boxed:
    """Only as the whole of an entry it has a name of its own."""
    made = function_definition(reader, element, where)
    around = element.getparent()
    made.named = around is not None and local(around) == "contextEntry" and bool(_name_of_entry(around))
    return made


def function_definition(
    reader: Reader, element: Element, name: str, kind: ItemType = ANYTHING
) -> FunctionDefinition:
    """`kind` is the type of its result, or that of the function."""
    parameters = [
        (name_of(parameter), reader.type_of(type_ref(parameter)))
        for parameter in children(element, "formalParameter")
    ]
    names = [parameter for parameter, _ in parameters]
    if element.get("kind", "FEEL") != "FEEL":
        body: Boxed = Nothing("Expected a function in FEEL, but it is one in Java or PMML.")
    elif len(set(names)) < len(names):
        body = reader.refused("Expected each parameter once, but one is there twice.", name)
    else:
        body = reader.only(element, name)
    result = kind.result or kind
    named = result.as_type().name not in ("Any", "function")
    return FunctionDefinition(name, parameters, body, result if named else None)


def _part(reader: Reader, element: Element, name: str, where: str) -> Boxed:
    part = child(element, name)
    return Nothing(f"Expected {name}, but it is missing.") if part is None else reader.only(part, where)


@reads("conditional")
def _conditional(reader: Reader, element: Element, where: str) -> Boxed:
    return Conditional(*(_part(reader, element, name, where) for name in ("if", "then", "else")))


@reads("filter")
def _filter(reader: Reader, element: Element, where: str) -> Boxed:
    """A condition that cannot be read would keep nothing, which looks like an answer."""
    source, match = (_part(reader, element, name, where) for name in ("in", "match"))
    return match if isinstance(match, Nothing) else Filter(source, match)


@reads("for")
def _for(reader: Reader, element: Element, where: str) -> Boxed:
    variable = element.get("iteratorVariable") or ""
    source, body = (_part(reader, element, name, where) for name in ("in", "return"))
    return For(variable, source, body)


@reads("some", "every")
def _quantified(reader: Reader, element: Element, where: str) -> Boxed:
    variable = element.get("iteratorVariable") or ""
    source, condition = (_part(reader, element, name, where) for name in ("in", "satisfies"))
    return Quantified(local(element) == "every", variable, source, condition)
