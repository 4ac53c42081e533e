"""From XML to a model: inputs, decisions, knowledge models, services and imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from dmn.boxed import Boxed, FunctionDefinition
from dmn.errors import DmnError, Problem
from dmn.item_types import ANYTHING, ItemType
from dmn.kinds import Kinds
from dmn.names import Names, name_of_value
from dmn.reader import Element, Reader, type_ref
from dmn.reading import function_definition
from dmn.scopes import Scope, scope_of
from dmn.xml import child, children, key_of, local, name_of, open_definitions, required


@dataclass(frozen=True, slots=True, eq=False)
class InputData:
    id: str
    name: str
    kind: ItemType


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """`requires` are hrefs of inputs, decisions and knowledge.

    Others know its value by `name`; `title` is the name of the decision itself, usually the same.
    """

    id: str
    name: str
    title: str
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
    """A decision service. `outputs` and `inputs` are hrefs; input data come before input decisions."""

    id: str
    name: str
    title: str
    kind: ItemType
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


Node = InputData | Decision | Knowledge | Service


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """`definitions` is None when the file was not given, or is no DMN. `location` is the locationURI."""

    name: str
    namespace: str
    location: str
    definitions: Definitions | None


@dataclass(slots=True)
class Definitions:
    """One file. `lent` are the names with symbols that parts of its values and types have."""

    namespace: str
    name: str
    nodes: dict[str, Node] = field(default_factory=dict)
    types: dict[str, ItemType] = field(default_factory=dict)
    imports: list[Import] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lent: frozenset[str] = frozenset()
    _scopes: dict[tuple[str, ...], Scope] = field(default_factory=dict)

    def places(self, href: str) -> list[tuple[Import | None, Node]]:
        """The node that is meant, with the import it comes from: several when a file has several names."""
        namespace, _, key = href.rpartition("#")
        if namespace in ("", self.namespace) and key in self.nodes:
            return [(None, self.nodes[key])]
        return [
            (one, one.definitions.nodes[key])
            for one in self.imports
            if one.definitions is not None
            and namespace
            and namespace in (one.namespace, one.location)
            and key in one.definitions.nodes
        ]

    def scope(self, requires: tuple[str, ...]) -> Scope:
        """What can be seen by something with these requirements. Worked out once."""
        if requires not in self._scopes:
            self._scopes[requires] = scope_of(self, requires)
        return self._scopes[requires]


def read_definitions(content: bytes, others: Mapping[str, Definitions]) -> Definitions:
    """Reads a file; `others` are those it may import, by namespace. Raises DmnError."""
    root = open_definitions(content)
    definitions = Definitions(root.get("namespace") or "", name_of(root))
    for element in children(root, "import"):
        _import(definitions, element, others)
    names = Names(root, definitions)
    definitions.lent = names.lent()
    kinds = Kinds(definitions, root, names.of_types)
    for element in children(root):
        read = _NODES.get(local(element))
        if read is not None:
            reader = Reader(names.of(element), kinds.find, kinds.known, definitions.problems)
            node = read(reader, element)
            if node.id in definitions.nodes:
                raise DmnError(f"Expected each id once, but {node.id} is there twice.")
            definitions.nodes[node.id] = node
    definitions.problems += [
        Problem(name, f"Expected one decision or service called {name}, but there are several.")
        for name in shared_names(definitions)
    ]
    return definitions


def shared_names(definitions: Definitions) -> list[str]:
    """Names that several decisions have, or several services: which one is meant cannot be told."""
    asked = [node for node in definitions.nodes.values() if isinstance(node, Decision | Service)]
    counted = Counter((type(node), node.name) for node in asked)
    return [name for (_, name), count in counted.items() if count > 1]


def namespace_of(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The namespace of a file, and those that it imports."""
    root = open_definitions(content)
    return root.get("namespace") or "", tuple(one.get("namespace") or "" for one in children(root, "import"))


def _import(definitions: Definitions, element: Element, others: Mapping[str, Definitions]) -> None:
    name, namespace = name_of(element), element.get("namespace") or ""
    if name and any(one.name == name for one in definitions.imports):
        raise DmnError(
            f"Expected each import to have a name of its own, but there are several called {name}."
        )
    found = others.get(namespace)
    definitions.imports.append(Import(name, namespace, element.get("locationURI") or "", found))
    if found is None and "DMN" in (element.get("importType") or ""):
        message = f"Expected the model imported as {name}, but it was not given."
        definitions.problems.append(Problem(definitions.name, message))


# Nodes.


def _variable(reader: Reader, element: Element) -> tuple[str, ItemType]:
    """The name and type of what an element gives."""
    variable = child(element, "variable")
    kind = ANYTHING if variable is None else reader.type_of(type_ref(variable))
    return name_of_value(element), kind


def _input_data(reader: Reader, element: Element) -> Node:
    return InputData(key_of(element), *_variable(reader, element))


def _decision(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    logic = reader.only(element, name)
    return Decision(key_of(element), name, name_of(element), kind, logic, required(element))


def _knowledge(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    logic = child(element, "encapsulatedLogic")
    if logic is None:
        nothing = reader.refused("Expected a function, but it has no logic.", name)
        function = FunctionDefinition(name, [], nothing)
    else:
        function = function_definition(reader, logic, name, kind)
    return Knowledge(key_of(element), name, kind, function, required(element))


def _service(reader: Reader, element: Element) -> Node:
    name, kind = _variable(reader, element)
    outputs, decisions, data = (
        tuple(inner.get("href") or "" for inner in children(element, part))
        for part in ("outputDecision", "inputDecision", "inputData")
    )
    return Service(key_of(element), name, name_of(element), kind, outputs, (*data, *decisions))


_NODES = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge,
    "decisionService": _service,
}
