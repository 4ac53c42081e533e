"""From XML to a model: item definitions, inputs, decisions, knowledge models, services and imports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from dmn.boxed import Boxed, FunctionDefinition, Nothing
from dmn.errors import DmnError, Problem
from dmn.item_types import ANYTHING, BUILT_IN_TYPES, ItemType
from dmn.reading import Element, Reader, function_definition, type_ref
from dmn.xml import child, children, local, name_of, open_definitions, text_of
from feel import Expression, FeelError, parse_tests, parse_type
from feel.types import Type


@dataclass(frozen=True, slots=True, eq=False)
class InputData:
    id: str
    name: str
    kind: ItemType


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """`requires` are hrefs of inputs, decisions and knowledge."""

    id: str
    name: str
    kind: ItemType
    logic: Boxed
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """A business knowledge model."""

    id: str
    name: str
    kind: ItemType
    function: FunctionDefinition
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A decision service. Each field after the type holds hrefs."""

    id: str
    name: str
    kind: ItemType
    outputs: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


Node = InputData | Decision | Knowledge | Service


@dataclass(slots=True)
class Definitions:
    """One file. `imported` maps the names of imports to their definitions."""

    namespace: str
    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    types: dict[str, ItemType] = field(default_factory=dict)
    imported: dict[str, Definitions] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_definitions(content: bytes, others: Mapping[str, Definitions]) -> Definitions:
    """Reads a file; `others` are those it may import, by namespace. Raises DmnError."""
    root = open_definitions(content)
    definitions = Definitions(root.get("namespace") or "", name_of(root))
    for element in children(root, "import"):
        _import(definitions, element, others)
    kinds = _Kinds(definitions, root)
    reader = Reader(_names(root, definitions), kinds.find, kinds.all(), definitions.problems)
    for element in children(root):
        read = _NODES.get(local(element))
        if read is not None:
            node = read(reader, element)
            if node.id in definitions.nodes:
                raise DmnError(f"Expected each id once, but {node.id} is there twice.")
            definitions.nodes[node.id] = node
    return definitions


def namespace_of(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The namespace of a file, and those that it imports."""
    root = open_definitions(content)
    return root.get("namespace") or "", tuple(one.get("namespace") or "" for one in children(root, "import"))


def _import(definitions: Definitions, element: Element, others: Mapping[str, Definitions]) -> None:
    name, namespace = name_of(element), element.get("namespace") or ""
    if namespace in others:
        definitions.imported[name] = others[namespace]
    elif "DMN" in (element.get("importType") or ""):
        message = f"Expected the model imported as {name}, but it was not given."
        definitions.problems.append(Problem(definitions.name, message))


def _names(root: Element, definitions: Definitions) -> frozenset[str]:
    """Every name that the model gives to anything: its texts may use them."""
    named = (name_of(element) for element in root.iter(etree.Element))
    variables = (element.get("iteratorVariable") or "" for element in root.iter(etree.Element))
    theirs = (name for other in definitions.imported.values() for name in _all_names(other))
    return frozenset(name for name in (*named, *variables, *theirs) if name)


def _all_names(definitions: Definitions) -> Iterable[str]:
    yield from (node.name for node in definitions.nodes.values())
    for kind in definitions.types.values():
        yield from kind.components


# Types.


class _Kinds:
    """Item definitions, read when they are first asked for, because they may name one another."""

    def __init__(self, definitions: Definitions, root: Element) -> None:
        self._definitions = definitions
        self._elements = {name_of(element): element for element in children(root, "itemDefinition")}
        for name in self._elements:
            self.find(name)

    def find(self, name: str) -> ItemType:
        name = self._without_prefix(" ".join(name.split()))
        if not name:
            return ANYTHING
        if name not in self._definitions.types and name in self._elements:
            return self._read(name)
        known = self._definitions.types.get(name) or BUILT_IN_TYPES.get(name) or self._imported(name)
        return known or self._generic(name)

    def all(self) -> dict[str, ItemType]:
        """Every type of the model, and those of its imports under the import's name."""
        lent = {
            f"{prefix}.{name}" if prefix else name: kind
            for prefix, other in self._definitions.imported.items()
            for name, kind in other.types.items()
        }
        return {**lent, **self._definitions.types}

    @staticmethod
    def _without_prefix(name: str) -> str:
        """`feel:string` of DMN 1.1."""
        prefix, colon, rest = name.partition(":")
        return rest if colon and prefix.isidentifier() else name

    def _imported(self, name: str) -> ItemType | None:
        for prefix, other in self._definitions.imported.items():
            if not prefix or name.startswith(prefix + "."):
                found = other.types.get(name.removeprefix(prefix + "."))
                if found is not None:
                    return found
        return None

    def _generic(self, name: str) -> ItemType:
        """`list<number>`, which a model may write where it names a type."""
        try:
            kind = parse_type(name)
        except FeelError:
            kind = Type(name)
        if kind.name in BUILT_IN_TYPES:
            return ItemType(name, kind)
        self._definitions.problems.append(Problem(name, f"Expected a known type, but there is no {name}."))
        return ANYTHING

    def _read(self, name: str) -> ItemType:
        kind = self._definitions.types[name] = ItemType(name)
        self._fill(kind, self._elements[name])
        return kind

    def _fill(self, kind: ItemType, element: Element) -> None:
        kind.collection = element.get("isCollection") == "true"
        kind.allowed = self._limits(kind, element, "allowedValues")
        kind.constraint = self._limits(kind, element, "typeConstraint")
        reference = type_ref(element)
        function = child(element, "functionItem")
        if function is not None:
            kind.kind = BUILT_IN_TYPES["function"].kind
            kind.result = self.find(function.get("outputTypeRef") or "")
        elif reference:
            kind.base = self.find(reference)
        kind.components = {
            name_of(part): self._component(part) for part in children(element, "itemComponent")
        }
        kind.order = self._order(element) or (kind.base.order if kind.base else ())

    def _component(self, element: Element) -> ItemType:
        kind = ItemType(name_of(element))
        self._fill(kind, element)
        return kind

    def _limits(self, kind: ItemType, element: Element, name: str) -> Expression | None:
        text = text_of(child(element, name))
        try:
            return parse_tests(text) if text else None
        except FeelError as error:
            problem = Problem(kind.name, error.message, error.position, error.length)
            self._definitions.problems.append(problem)
            return None

    @staticmethod
    def _order(element: Element) -> tuple[str, ...]:
        """The allowed values as written: PRIORITY ranks by them."""
        text = text_of(child(element, "allowedValues"))
        return (text,) if text else ()


# Nodes.


def _variable(reader: Reader, element: Element) -> tuple[str, ItemType]:
    """The name and type of what an element gives."""
    variable = child(element, "variable")
    if variable is None:
        return name_of(element), ANYTHING
    return name_of(variable) or name_of(element), reader.type_of(type_ref(variable))


def _requires(element: Element) -> tuple[str, ...]:
    wanted = ("informationRequirement", "knowledgeRequirement")
    return tuple(
        inner.get("href") or ""
        for requirement in children(element)
        if local(requirement) in wanted
        for inner in children(requirement)
        if inner.get("href")
    )


def _input_data(reader: Reader, element: Element) -> Node:
    return InputData(element.get("id") or name_of(element), *_variable(reader, element))


def _decision(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    logic = reader.only(element, name)
    return Decision(element.get("id") or name, name, kind, logic, _requires(element))


def _knowledge(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    logic = child(element, "encapsulatedLogic")
    if logic is None:
        function = FunctionDefinition(name, [], Nothing("Expected a function, but it has no logic."))
    else:
        function = function_definition(reader, logic, name)
    return Knowledge(element.get("id") or name, name, kind, function, _requires(element))


def _service(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    outputs, decisions, data = (
        tuple(inner.get("href") or "" for inner in children(element, part))
        for part in ("outputDecision", "inputDecision", "inputData")
    )
    return Service(element.get("id") or name, name, kind, outputs, decisions, data)


_NODES = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}
