"""Turns decoded JSON into the frozen dataclass a route asks for, and names everything that is wrong with it.

Readers are compiled once, when a route is declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

from api.fields import Many, Text, Whole, is_required, optional, rejoin, split

Problems = list[tuple[str, str]]  # where (a path such as `subjects[0].name`), and what was expected there
Reader = Callable[[Any, str, Problems], Any]


def reader(annotation: Any) -> Reader:
    """What turns decoded JSON into a value of this type, collecting problems instead of raising."""
    base, note = split(annotation)
    inner = optional(base)
    if inner is not None:
        return _or_null(reader(rejoin(inner, note)))
    if is_dataclass(base):
        return _object(base)  # type: ignore[arg-type]  # mypy: maybe an instance
    if get_origin(base) is Literal:
        return _choice(get_args(base))
    if get_origin(base) is tuple:
        return _list(reader(get_args(base)[0]), note if isinstance(note, Many) else Many())
    return _plain(base, note)


def _plain(base: Any, note: Any) -> Reader:
    if base is str:
        return _text(note if isinstance(note, Text) else Text())
    if base is int:
        return _whole(note if isinstance(note, Whole) else Whole())
    if base is bool:
        return _kind(bool, "true or false")
    if base is date:
        return _date
    if get_origin(base) in (dict, Mapping):
        return _kind(dict, "a JSON object")
    raise TypeError(f"Expected a type a JSON body can hold, but got {base!r}.")


def _or_null(inner: Reader) -> Reader:
    return lambda value, path, problems: None if value is None else inner(value, path, problems)


def _kind(kind: type, words: str) -> Reader:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not kind:
            problems.append((path, f"Expected {words}, but got {named(value)}."))
        return value

    return read


def _text(note: Text) -> Reader:
    matches = re.compile(note.pattern).fullmatch if note.pattern else None

    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not str:
            problems.append((path, f"Expected a text, but got {named(value)}."))
        elif not note.shortest <= len(value) <= note.longest:
            words = f"Expected a text of {note.shortest} to {note.longest} characters, but got {len(value)}."
            problems.append((path, words))
        elif matches and not matches(value):
            problems.append((path, f"Expected a text that matches {note.pattern}."))
        return value

    return read


def _whole(note: Whole) -> Reader:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not int:
            problems.append((path, f"Expected a whole number, but got {named(value)}."))
        elif not note.least <= value <= note.most:
            problems.append((path, f"Expected a number from {note.least} to {note.most}."))
        return value

    return read


def _date(value: Any, path: str, problems: Problems) -> Any:
    try:
        # fromisoformat also takes 20240131 and 2024-W05-3; one way of writing a date is enough.
        if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
            return date.fromisoformat(value)
    except ValueError:
        pass
    problems.append((path, "Expected a date such as 2014-03-09."))
    return None


def _choice(values: tuple[Any, ...]) -> Reader:
    words = "Expected one of " + ", ".join(str(value) for value in values) + "."

    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not str or value not in values:
            problems.append((path, words))
        return value

    return read


def _list(item: Reader, note: Many) -> Reader:
    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not list:
            problems.append((path, f"Expected a list, but got {named(value)}."))
            return ()
        if not note.fewest <= len(value) <= note.most:
            problems.append((path, f"Expected {note.fewest} to {note.most} items, but got {len(value)}."))
            return ()
        return tuple(item(entry, f"{path}[{index}]", problems) for index, entry in enumerate(value))

    return read


def _object(kind: type) -> Reader:
    hints = get_type_hints(kind, include_extras=True)
    readers = {field.name: reader(hints[field.name]) for field in fields(kind)}
    needed = [field.name for field in fields(kind) if is_required(field)]
    allowed = ", ".join(readers) or "no fields"

    def read(value: Any, path: str, problems: Problems) -> Any:
        if type(value) is not dict:
            problems.append((path, f"Expected a JSON object with {allowed}, but got {named(value)}."))
            return None
        before = len(problems)
        inside = f"{path}." if path else ""
        problems += [
            (inside + _shown(name), f"Expected only these fields: {allowed}.")
            for name in value
            if name not in readers
        ]
        problems += [
            (inside + name, "Expected this field, but it is missing.") for name in needed if name not in value
        ]
        found = {
            name: read_field(value[name], inside + name, problems)
            for name, read_field in readers.items()
            if name in value
        }
        return kind(**found) if len(problems) == before else None

    return read


def _shown(name: str) -> str:
    """A field name nobody of ours chose may be anything, so it is echoed only when it is plainly a name."""
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,39}", name) else "(a field)"


def named(value: Any) -> str:
    """What kind of JSON a value is, in plain words; never the value, which may be personal.

    >>> named(True), named(None), named([])
    ('true or false', 'null', 'a list')
    """
    words = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return words.get(type(value), "a number")
