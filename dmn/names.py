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
        self._lent: dict[str, Odd] = {}
        imported = [one.definitions for one in definitions.imports if one.definitions is not None]
        self.everywhere = _odd(_of_types(root)).union(
            _odd(one.name for one in definitions.imports), *(one.lent for one in imported)
        )
        """Types and their parts, and all that imports lend."""

    def lent(self) -> Odd:
        """What values and types of this file may have as parts."""
        return self.everywhere.union(*(self._given_by(key) for key in self._nodes))

    def of(self, element: Element) -> Odd:
        """What the texts of one node may use."""
        found = _odd(_bound(element)) | self._given_by(key_of(element)) | self.everywhere
        names = [name for href in required(element) for name in self._called(href)]
        if local(element) == "businessKnowledgeModel":
            names.append(name_of_value(element))
        return found.union(name for name in names if is_odd(name))

    def _called(self, href: str) -> Iterator[str]:
        namespace, _, key = href.rpartition("#")
        if namespace in ("", self._definitions.namespace) and key in self._nodes:
            yield name_of_value(self._nodes[key])
        else:
            yield from (node.name for _, node in self._definitions.places(href))

    def _given_by(self, key: str) -> Odd:
        """The parts that the value of a node may have: its own, and those of what it is made from."""
        if key not in self._lent:
            self._lent[key] = frozenset()  # for nodes that require one another
            element = self._nodes[key]
            local_keys = (href.rpartition("#")[2] for href in (*required(element), *_outputs(element)))
            below = [self._given_by(each) for each in local_keys if each in self._nodes]
            self._lent[key] = _odd((*_parts(element), *self._of_outputs(element))).union(*below)
        return self._lent[key]

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


def _parts(element: Element) -> Iterator[str]:
    """The names of entries, columns and outputs inside a node, and the keys in its texts."""
    for inner in parts(element):
        if local(inner) in ("column", "output"):
            yield name_of(inner)
        elif local(inner) == "contextEntry":
            variable = child(inner, "variable")
            yield "" if variable is None else name_of(variable)
        elif local(inner) in ("literalExpression", "outputEntry", "defaultOutputEntry"):
            for keys in _KEYS:
                yield from keys.findall(text_of(inner))


def _bound(element: Element) -> Iterator[str]:
    for inner in parts(element):
        if local(inner) == "formalParameter":
            yield name_of(inner)
        yield inner.get("iteratorVariable") or ""
