"""The JSON Schema (2020-12) of the types that routes take and give. It refuses what the readers refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin, get_type_hints

from api.fields import Many, Text, Whole, fill, is_required, optional, rejoin, split

Schema = dict[str, Any]


def schema(annotation: Any, named_schemas: dict[str, Schema]) -> Schema:
    """The JSON Schema of a type; dataclasses go to `named_schemas` and are referred to."""
    base, note = split(annotation)
    found = _schema(base, note, named_schemas)
    about = getattr(note, "about", "")
    example = getattr(note, "example", None)
    if "$ref" in found and (about or example is not None):
        found = {"allOf": [found]}
    return (
        found
        | ({"description": about} if about else {})
        | ({"examples": [example]} if example is not None else {})
    )


_PLAIN: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Any: {},
}


def _schema(base: Any, note: Any, named_schemas: dict[str, Schema]) -> Schema:
    inner = optional(base)
    if inner is not None:
        return {"anyOf": [_schema(*split(rejoin(inner, note)), named_schemas), {"type": "null"}]}
    origin = get_origin(base)
    if is_dataclass(origin or base):
        return _reference(base, named_schemas)
    if origin is Literal:
        return {"type": "string", "enum": list(get_args(base))}
    if origin in (tuple, list, frozenset):
        return _array(schema(get_args(base)[0], named_schemas), note)
    if origin in (dict, Mapping):
        inner = schema(get_args(base)[1], named_schemas)
        return {"type": "object", **({"additionalProperties": inner} if inner else {})}
    return _scalar(base, note)


def _scalar(base: Any, note: Any) -> Schema:
    if base is str:
        limits: Schema = {"type": "string"}
        if isinstance(note, Text):
            limits |= {"minLength": note.shortest, "maxLength": note.longest}
            limits |= {"pattern": f"^(?:{note.pattern})$"} if note.pattern else {}
        return limits
    if base is int:
        return {"type": "integer"} | (
            {"minimum": note.least, "maximum": note.most} if isinstance(note, Whole) else {}
        )
    return dict(_PLAIN[base])


def _array(items: Schema, note: Any) -> Schema:
    limits = {"minItems": note.fewest, "maxItems": note.most} if isinstance(note, Many) else {}
    return {"type": "array", "items": items, **limits}


def _reference(base: Any, named_schemas: dict[str, Schema]) -> Schema:
    name = schema_name(base)
    if name not in named_schemas:
        named_schemas[name] = {}  # holds the place, so that a type may refer to itself
        named_schemas[name] = _describe(base, named_schemas)
    return {"$ref": f"#/components/schemas/{name}"}


def _describe(base: Any, named_schemas: dict[str, Schema]) -> Schema:
    kind = get_origin(base) or base
    hints = get_type_hints(kind, include_extras=True)
    given = dict(zip(getattr(kind, "__parameters__", ()), get_args(base), strict=False))
    properties = {f.name: schema(fill(hints[f.name], given), named_schemas) for f in fields(kind)}
    about = (kind.__doc__ or "").strip()
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "required": [f.name for f in fields(kind) if is_required(f)],
        "additionalProperties": False,
    }


def schema_name(base: Any) -> str:
    """`Page[TaskItem]` is called `PageOfTaskItem`."""
    arguments = get_args(base)
    name: str = (get_origin(base) or base).__name__
    return name + "Of" + "And".join(schema_name(each) for each in arguments) if arguments else name
