"""What is known while an expression is checked: the types of names, and the mistakes found so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from feel.builtins import BUILT_IN
from feel.errors import Problem
from feel.syntax import Node
from feel.types import ANY, FUNCTION, STRING, Type

_PLAIN_WORDS = {
    "string": "text",
    "boolean": "true or false",
    "Null": "nothing (null)",
    "context": "a group of values",
    "number": "a number",
    "list": "a list",
    "range": "a range",
    "function": "a function",
    "date": "a date",
    "time": "a time",
    "date and time": "a date and time",
    "days and time duration": "a duration in days",
    "years and months duration": "a duration in months",
}


_MANY = {
    "string": "texts",
    "number": "numbers",
    "date": "dates",
    "time": "times",
    "date and time": "dates and times",
    "context": "groups of values",
    "list": "lists",
}


def plainly(kind: Type) -> str:
    """A type in plain words.

    >>> plainly(Type("boolean")), plainly(Type("days and time duration"))
    ('true or false', 'a duration in days')
    >>> plainly(Type("list", Type("number")))
    'a list of numbers'
    """
    if kind.name == "list" and kind.of is not None and kind.of.name in _MANY:
        return f"a list of {_MANY[kind.of.name]}"
    return _PLAIN_WORDS.get(kind.name, f"a {kind.name}")


@dataclass(slots=True)
class Scope:
    """`names` are known here. Where `open` is set, other names may exist too."""

    names: Mapping[str, Type]
    functions: frozenset[str]
    open: bool
    problems: list[Problem] = field(default_factory=list)

    def within(self, names: Mapping[str, Type], *, open: bool = False) -> Scope:
        return Scope({**self.names, **names}, self.functions, self.open or open, self.problems)

    def note(self, node: Node, message: str) -> Type:
        """Keeps a mistake. What made it is of any type from then on, so that it is told once."""
        self.problems.append(Problem(node.start, node.end - node.start, message))
        return ANY

    def type_of(self, name: str) -> Type | None:
        """None for a name that nothing here has."""
        if name in self.names:
            return self.names[name]
        if name in self.functions or name in BUILT_IN:
            return FUNCTION
        return ANY if self.open else None

    def like(self, name: str) -> str | None:
        """A known name that is spelt nearly so."""
        return nearest(name, (*self.names, *self.functions, *BUILT_IN), 0.75)


@lru_cache(1024)
def nearest(name: str, known: tuple[str, ...], cutoff: float) -> str | None:
    """The known word that is spelt most like this one, of those not less like it than `cutoff`.

    Remembered, as one misspelt name often stands in many places and each comparison is dear: too dear with
    very many words.
    """
    folded = name.casefold()
    for one in known:
        if one.casefold() == folded:
            return one
    close = get_close_matches(name, known[:_MAX_PARTS], n=1, cutoff=cutoff)
    return close[0] if close else None


Inference = Callable[[Any, Scope], Type]
_INFERENCES: dict[type[Node], Inference] = {}


def infers(kind: type[Node]) -> Callable[[Inference], Inference]:
    def register(inference: Inference) -> Inference:
        _INFERENCES[kind] = inference
        return inference

    return register


def inferred(node: Node, scope: Scope) -> Type:
    """The type that a node's value will have, as far as can be told; mistakes go to the scope."""
    return _INFERENCES[type(node)](node, scope)


def joined(kinds: list[Type]) -> Type:
    """One type for values of several: theirs if it is the same, else any. Null tells nothing."""
    telling = {kind for kind in kinds if kind.name != "Null"}
    if len(telling) > 1 and {kind.name for kind in telling} == {"string"}:
        return _one_text(telling)
    return telling.pop() if len(telling) == 1 else ANY


def _one_text(kinds: set[Type]) -> Type:
    """Any of the texts that any of them may be."""
    values: set[str] = set()
    for kind in kinds:
        if kind.values is None or len(values) > _MAX_PARTS:
            return STRING
        values |= kind.values
    return Type("string", values=frozenset(values), gathered=any(kind.gathered for kind in kinds))


_MAX_PARTS = 300


def bounded(kind: Type) -> Type:
    """The type, or only its name when it has so many parts that comparing it would take too long."""
    waiting = [kind]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return kind
        part = waiting.pop()
        waiting += [inner for _, inner in part.entries or ()]
        waiting += part.parameters or ()
        if part.of is not None:
            waiting.append(part.of)
    return Type(kind.name)


def unclear(kind: Type) -> bool:
    return kind.name in ("Any", "Null")
