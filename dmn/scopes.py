"""What a decision may see: only what it requires (DMN 1.5, sections 6.3.3 and 10.3.2.11)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmn.definitions import Definitions, Import, Node

MISSING = "Expected what is required to be in the model, but it is not."


@dataclass(frozen=True, slots=True)
class Seen:
    """A node under one name. `prefix` is the name of the import that it is reached through, or nothing."""

    prefix: str
    node: Node
    source: Import | None


@dataclass(frozen=True, slots=True)
class Scope:
    """`faults` say what is wrong with the requirements; it is `unclear` if a name stands for two things."""

    seen: tuple[Seen, ...]
    faults: tuple[str, ...] = ()
    unclear: bool = False


def scope_of(definitions: Definitions, requires: Iterable[str]) -> Scope:
    """Of imports without a name the own nodes come first, then the imports in their order."""
    resolved = [definitions.places(href) for href in requires]
    found = [
        Seen(source.name if source else "", node, source) for place in resolved for source, node in place
    ]
    order = {None: 0} | {source: place for place, source in enumerate(definitions.imports, start=1)}
    kept: dict[tuple[str, str], Seen] = {}
    clashes: list[str] = []
    for one in found:
        first = kept.setdefault((one.prefix, one.node.name), one)
        if order[one.source] < order[first.source]:
            kept[one.prefix, one.node.name] = one
        elif first.node is not one.node and first.source is one.source:
            clashes.append(one.node.name)
    bare = {name for prefix, name in kept if not prefix}
    clashes += [prefix for prefix, _ in kept if prefix in bare]
    faults = [MISSING] * resolved.count([]) + [
        f"Expected one thing called {name} to be required, but there are several." for name in clashes
    ]
    return Scope(tuple(kept.values()), tuple(dict.fromkeys(faults)), bool(clashes))
