"""The names with symbols (`tax-rate`) that the texts of a node may use, which no text can tell by itself.

They are what the node requires, what is bound inside it, and the parts that those values may have. Any other
name with a symbol is out of scope (DMN 1.5, section 10.3.2.11): there `tax-rate` is a subtraction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from dmn.xml import child, children, key_of, local, name_of, parts, required, text_of
from feel.parser.names import KEYWORDS, is_odd, tidy

if TYPE_CHECKING:
    from dmn.definitions import Definitions

Element = etree._Element
Odd = frozenset[str]

_NODES = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
_KEYS = (re.compile(r'[{,]([^{}\[\](),:"]+):'), re.compile(r'[{,]\s*"([^"\\]+)"\s*:'))
"""The keys of context literals. It does no harm to find a few names more, such as those of arguments."""


class Names:
    """What each node of a file may use, and what the file lends to those that import it."""

    def __init__(self, root: Element, definitions: Definitions) -> None:
        self._definitions = definitions
        self._nodes = {key_of(element): element for element in children(root) if local(element) in _NODES}
        self._owners: dict[str, set[str]] = {}
        for key, element in self._nodes.items():
            for name in _odd((*_keys(element), *self._of_outputs(element))):
                self._owners.setdefault(name, set()).add(key)
        imported = [one.definitions for one in definitions.imports if one.definitions is not None]
        names = (*_of_types(root), *(one.name for one in definitions.imports))
        self.of_types = _odd(names).union(*(one.lent for one in imported))
        """Types and their parts, and all that imports lend."""
        self._everywhere = self.of_types | _odd(_parts(root))

    def lent(self) -> Odd:
        """What values and types of this file may have as parts."""
        return self._everywhere.union(self._owners)

    def of(self, element: Element) -> Odd:
        """What the texts of one node may use. What knowledge is given may come from anywhere in the file."""
        names = {name for href in required(element) for name in self._called(href)}
        if local(element) == "businessKnowledgeModel":
            names |= {name_of_value(element), *self._owners}
        else:
            names |= self._keys_for(element)
        return self._everywhere.union(_odd(_bound(element)), filter(is_odd, names))

    def _keys_for(self, element: Element) -> set[str]:
        """The keys that a node names and that it, or what it is made from, has."""
        said = " ".join(tidy(text_of(inner)) for inner in parts(element))
        named = [name for name in self._owners if name in said]
        made_from = self._behind(element) if named else set()
        return {name for name in named if not made_from.isdisjoint(self._owners[name])}

    def _behind(self, element: Element) -> set[str]:
        """The node itself and all that it requires."""
        found = {key_of(element)}
        waiting = [element]
        while waiting:
            each = waiting.pop()
            keys = {href.rpartition("#")[2] for href in (*required(each), *_outputs(each))}
            new = (keys - found) & self._nodes.keys()
            found |= new
            waiting += [self._nodes[key] for key in new]
        return found

    def _called(self, href: str) -> Iterator[str]:
        namespace, _, key = href.rpartition("#")
        if namespace in ("", self._definitions.namespace) and key in self._nodes:
            yield name_of_value(self._nodes[key])
        else:
            yield from (node.name for _, node in self._definitions.places(href))

    def _of_outputs(self, element: Element) -> Iterator[str]:
        """A service with several outputs gives a context of them."""
        outputs = _outputs(element)
        if len(outputs) > 1:
            yield from (name for href in outputs for name in self._called(href))


def name_of_value(element: Element) -> str:
    """The name of a node's variable, by which others know its value."""
    variable = child(element, "variable")
    return (name_of(variable) if variable is not None else "") or name_of(element)


def _outputs(element: Element) -> list[str]:
    return [inner.get("href") or "" for inner in children(element, "outputDecision")]


def _odd(names: Iterable[str]) -> Odd:
    """Those that could be mistaken. A keyword or sign alone is never a name: it would change every text."""
    tidied = (tidy(name) for name in names)
    return frozenset(
        name for name in tidied if is_odd(name) and name[:1].isidentifier() and name not in KEYWORDS
    )


def _of_types(root: Element) -> Iterator[str]:
    for definition in children(root, "itemDefinition"):
        kinds = ("itemDefinition", "itemComponent")
        yield from (name_of(part) for part in parts(definition) if local(part) in kinds)


def _parts(root: Element) -> Iterator[str]:
    """The names of entries, columns and outputs."""
    for inner in parts(root):
        if local(inner) in ("column", "output"):
            yield name_of(inner)
        elif local(inner) == "contextEntry":
            variable = child(inner, "variable")
            yield "" if variable is None else name_of(variable)


def _keys(element: Element) -> Iterator[str]:
    for inner in parts(element):
        if local(inner) in ("literalExpression", "outputEntry", "defaultOutputEntry"):
            for keys in _KEYS:
                yield from keys.findall(text_of(inner))


def _bound(element: Element) -> Iterator[str]:
    for inner in parts(element):
        if local(inner) == "formalParameter":
            yield name_of(inner)
        yield inner.get("iteratorVariable") or ""
