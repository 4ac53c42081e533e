"""A form as it was loaded: its components, with expressions, patterns and templates compiled. Immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import feel
from engine.forms.conditions import Condition
from engine.forms.templates import EMPTY, Template

Path = tuple[str, ...]  # of an answer: names, and row numbers as text: ("children", "0", "name")


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()  # no value was given, which is not the same as null

REPEATED = "*"  # stands for the row number in the path of a component inside a dynamiclist


def nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed value. `posted` is what the `value` attribute says for it."""

    value: Any
    text: str
    posted: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the allowed values come from: the form, a process variable, or an expression."""

    fixed: tuple[Choice, ...] = ()
    key: str = ""
    expression: feel.Expression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One component. `path` is its own part of the answer's path; containers may have none."""

    type: str
    id: str
    path: Path = ()
    label: Template = EMPTY
    hint: Template = EMPTY
    text: Template = EMPTY
    prefix: Template = EMPTY
    suffix: Template = EMPTY
    components: tuple[Component, ...] = ()
    hide: Condition | None = None
    disabled: bool = False
    readonly: bool | feel.Expression = False
    required: bool = False
    bounds: Mapping[str, Any] = field(
        default_factory=nothing
    )  # min, max, minLength, maxLength: number or feel.Expression
    pattern: Any = None  # compiled by re2
    pattern_message: str = ""
    validation: str = ""  # email, phone
    choices: Choices | None = None
    default: Any = MISSING
    formula: feel.Expression | None = None
    digits: int | None = None
    increment: Any = None  # Decimal
    as_text: bool = False  # number: kept as text
    subtype: str = ""
    time_format: str = ""
    no_past: bool = False
    no_future: bool = False  # property `past`
    repetitions: int = 1
    can_change: bool = True
    names_allowed: feel.Expression | None = None  # property `deidentified`; None: not asked for
    properties: Mapping[str, str] = field(default_factory=nothing)
    names: frozenset[str] = frozenset()  # that its expressions use

    @property
    def key(self) -> str:
        return ".".join(self.path)

    def walk(self) -> Iterator[Component]:
        yield self
        for child in self.components:
            yield from child.walk()


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A loaded form. `content` is the file byte for byte, with what Handrail does not draw still in it."""

    id: str
    content: bytes = field(repr=False)
    digest: str
    components: tuple[Component, ...]
    reads: frozenset[str] = frozenset()  # names its expressions use, its own keys left out
    writes: frozenset[str] = frozenset()  # the variables its answers become
    asks: frozenset[str] = frozenset()  # the same without what it only shows again, locked

    @property
    def keys(self) -> frozenset[str]:
        return self.writes

    def walk(self) -> Iterator[Component]:
        for component in self.components:
            yield from component.walk()
