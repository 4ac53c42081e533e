"""What a page needs to draw a form, as values. No HTML is made here except that of `text` fields.

How inputs are called, everywhere:

* `path` is where the answer is kept: `key`, `group_path.key`, `children.0.name`. Errors are keyed by it.
* `name` is the HTML name: the path with `-` for `.`, so `children-0-name`. Keys never hold a `-`.
* `id` is the HTML id of the *first* input, so that an error summary links to `#id`. It equals `name`; only a
  date, or date and time, has `name-day`. Option number n (from 2) has the id `name-n`.
* A repeating group posts `name-rows` = how many rows were drawn; its buttons post `_add` = `name`, or
  `_remove` = `name-0`.
* The page posts `_asked` = `asked(fields)`: which questions were on it, so that a question that only just
  appeared is not answered with "missing".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen in a radio, select, checklist or taglist."""

    value: Any  # what is kept, any JSON value
    text: str
    posted: str  # the `value` attribute
    id: str
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the small inputs that make up a date: day, month, year, and for a date and time: time."""

    unit: str
    label: str
    name: str  # `key-day`; also its id
    value: str
    width: int  # characters


@dataclass(frozen=True, slots=True)
class Repeat:
    """One row of a repeating group."""

    index: int
    title: str  # "Child 1"
    name: str  # `children-0`: the value of its `_remove` button
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One component of a form, ready to draw. `type` is the form-js type."""

    type: str
    path: str = ""
    name: str = ""
    id: str = ""
    label: str = ""
    hint: str = ""
    value: Any = None  # the answer, the default, or nothing
    text: str = ""  # the same as an input shows it
    error: str = ""
    visible: bool = True
    required: bool = False
    locked: bool = False  # `disabled` or `readonly`: shown, never asked
    options: tuple[Option, ...] = ()  # radio, select, checklist, taglist; a checkbox has exactly one
    parts: tuple[Part, ...] = ()  # datetime with a date
    fields: tuple[Field, ...] = ()  # group
    rows: tuple[Repeat, ...] = ()  # dynamiclist
    can_add: bool = False
    can_remove: bool = False
    html: str = ""  # text: safe by construction, with GOV.UK classes
    subtype: str = ""  # datetime: date, time, datetime; textfield: text, email, tel
    prefix: str = ""
    suffix: str = ""
    max_length: int | None = None
    input_mode: str = ""  # number: numeric or decimal
    properties: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @property
    def sensitivity(self) -> str:
        return self.properties.get("sensitivity", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of check-your-answers or of a record."""

    label: str
    lines: tuple[str, ...]
    key: str  # the path
    id: str  # where "Change" leads: `#id`
    sensitivity: str = ""
    locked: bool = False  # answered before, or calculated: nothing to change here
    chosen: bool = False  # one was chosen of several: a radio or select that was answered

    @property
    def value(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One line of the error summary."""

    path: str
    href: str
    message: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What is kept of an answered form, and what is wrong with it. Keep nothing while there are `errors`."""

    kept: dict[str, Any]
    errors: dict[str, str]  # path -> message, in the order of the form
    visible: frozenset[str] = frozenset()  # paths of the questions that were to be answered
    links: tuple[ErrorLink, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.errors


def walk(fields: Sequence[Field]) -> Iterator[Field]:
    """Every field, outermost first, in reading order."""
    for one in fields:
        yield one
        yield from walk(one.fields)
        for row in one.rows:
            yield from walk(row.fields)


def asked(fields: Sequence[Field]) -> str:
    """The value of the hidden `_asked` input: the names of the questions drawn."""
    return " ".join(one.name for one in walk(fields) if one.visible and one.name)
