"""From XML to the types of a model: its item definitions, those of its imports, and FEEL's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dmn.errors import Problem
from dmn.item_types import ANYTHING, BUILT_IN_TYPES, ItemType, listed
from dmn.reader import Element, type_ref
from dmn.texts import NEVER, tests_in
from dmn.xml import child, children, flag, name_of
from feel import Expression, FeelError
from feel.parser import parse_type
from feel.types import Type

if TYPE_CHECKING:
    from dmn.definitions import Definitions

_PREFIX = re.compile(r"([\w.-]+):(.+)")
"""`feel:string` of DMN 1.1."""
_LIST = re.compile(r"list\s*<(.*)>")


class Kinds:
    """Item definitions, read when they are first asked for, because they may name one another."""

    def __init__(self, definitions: Definitions, root: Element, names: Iterable[str]) -> None:
        """`names` are the names with symbols that the tests of types may use."""
        self._definitions = definitions
        self._names = frozenset(names)
        self._namespaces = root.nsmap
        self._elements = self._by_name(children(root, "itemDefinition"))
        self._unfinished: list[tuple[ItemType, Element]] = []
        for name in self._elements:
            self.find(name)
        self._refuse_circles()
        self._lent = self._all()
        for finish in (self._take_parameters, self._limit):
            for kind, element in self._unfinished:
                finish(kind, element)
            for kind in self._definitions.types.values():
                kind.known = None  # it was not finished when somebody asked

    def find(self, name: str) -> ItemType:
        """The type that a typeRef names. An unknown one is told, and holds anything."""
        prefix, rest = _without_prefix(" ".join(name.split()))
        if not rest:
            return ANYTHING
        namespace = self._namespaces.get(prefix) if prefix else None
        if namespace and any(one.namespace == namespace for one in self._definitions.imports):
            return self._of_namespace(namespace, rest) or self._unknown(rest)
        if rest not in self._definitions.types and rest in self._elements:
            return self._read(rest)
        known = self._definitions.types.get(rest) or BUILT_IN_TYPES.get(rest) or self._imported(rest)
        return known or self._generic(rest)

    def known(self, name: str) -> Type | None:
        """The type that a FEEL text names, if the model or an import defines it."""
        kind = self._lent.get(name)
        return None if kind is None else kind.as_type()

    def _all(self) -> dict[str, ItemType]:
        """Every type of the model, and those of its imports under the import's name: the first goes first."""
        lent = {
            f"{one.name}.{name}" if one.name else name: kind
            for one in reversed(self._definitions.imports)
            for name, kind in (one.definitions.types if one.definitions else {}).items()
        }
        return {**lent, **self._definitions.types}

    def _of_namespace(self, namespace: str, name: str) -> ItemType | None:
        """`other:tPerson` of DMN 1.1."""
        lent = (one.definitions for one in self._definitions.imports if one.namespace == namespace)
        return next((each.types[name] for each in lent if each and name in each.types), None)

    def _imported(self, name: str) -> ItemType | None:
        for one in self._definitions.imports:
            if one.definitions and (not one.name or name.startswith(one.name + ".")):
                found = one.definitions.types.get(name.removeprefix(one.name + "."))
                if found is not None:
                    return found
        return None

    def _generic(self, name: str) -> ItemType:
        """`list<number>`, which a model may write where it names a type."""
        items = _LIST.fullmatch(name)
        if items is not None:
            return ItemType(name, base=self.find(items[1]), collection=True)
        try:
            kind = parse_type(
                name, lambda inner: self.find(inner).as_type() if inner in self._elements else None
            )
        except FeelError:
            kind = Type(name)
        return ItemType(name, kind) if kind.name in BUILT_IN_TYPES else self._unknown(name)

    def _unknown(self, name: str) -> ItemType:
        self._definitions.problems.append(Problem(name, f"Expected a known type, but there is no {name}."))
        return ANYTHING

    # One item definition: first what it is made of, then its tests, which may name any type.

    def _read(self, name: str) -> ItemType:
        kind = self._definitions.types[name] = ItemType(name)
        self._fill(kind, self._elements[name])
        return kind

    def _fill(self, kind: ItemType, element: Element) -> None:
        kind.collection = flag(element, "isCollection")
        reference = type_ref(element)
        function = child(element, "functionItem")
        if function is not None:
            kind.kind = BUILT_IN_TYPES["function"].kind
            kind.result = self.find(function.get("outputTypeRef") or "")
        elif reference:
            kind.base = self.find(reference)
        parts = self._by_name(children(element, "itemComponent"), kind.name)
        kind.components = {name: self._component(part) for name, part in parts.items()}
        self._unfinished.append((kind, element))

    def _by_name(self, elements: Iterable[Element], owner: str = "") -> dict[str, Element]:
        """Types, or the parts of one. Of several with one name the last counts, which is told."""
        named = [(name_of(element), element) for element in elements]
        what = f"part of {owner}" if owner else "type"
        self._definitions.problems += [
            Problem(owner or name, f"Expected one {what} called {name}, but there are several.")
            for name, count in Counter(name for name, _ in named).items()
            if count > 1
        ]
        return dict(named)

    def _component(self, element: Element) -> ItemType:
        kind = ItemType(name_of(element))
        self._fill(kind, element)
        return kind

    def _refuse_circles(self) -> None:
        """A type that narrows itself holds nothing."""
        for kind in self._definitions.types.values():
            passed = {id(kind)}
            base = kind.base
            while base is not None and id(base) not in passed:
                passed.add(id(base))
                base = base.base
            if base is kind:
                kind.base, kind.kind = None, Type(kind.name)
                message = f"Expected {kind.name} not to be based on itself, but it is."
                self._definitions.problems.append(Problem(kind.name, message))

    def _take_parameters(self, kind: ItemType, element: Element) -> None:
        function = child(element, "functionItem")
        if function is not None:
            parameters = [self.find(type_ref(one)).as_type() for one in children(function, "parameters")]
            kind.kind = Type("function", parameters=tuple(parameters))

    def _limit(self, kind: ItemType, element: Element) -> None:
        kind.allowed = self._limits(kind, child(element, "allowedValues"))
        kind.constraint = self._limits(kind, child(element, "typeConstraint"))
        kind.order = listed(kind.allowed) or listed(kind.constraint)

    def _limits(self, kind: ItemType, element: Element | None) -> Expression | None:
        try:
            return tests_in(element, self._names, self.known)
        except FeelError as error:
            problem = Problem(kind.name, error.message, error.position, error.length)
            self._definitions.problems.append(problem)
            return NEVER


def _without_prefix(name: str) -> tuple[str, str]:
    found = _PREFIX.fullmatch(name)
    return (found[1], found[2]) if found else ("", name)
