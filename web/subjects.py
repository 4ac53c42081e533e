"""The questions about who a case is about, asked when it is opened: a small form, drawn like any other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from engine import forms
from engine.cases import PARTS, Subject

_ROW = [
    {
        "type": "textfield",
        "key": "name",
        "id": "subject_name",
        "label": "Full name",
        "validate": {"required": True, "maxLength": 200},
        "properties": {"error": "Enter their name"},
    },
    {
        "type": "radio",
        "key": "part",
        "id": "subject_part",
        "label": "Who they are in this case",
        "values": [{"value": value, "label": label} for value, label in PARTS.items()],
        "validate": {"required": True},
        "properties": {"error": "Select who they are in this case"},
    },
    {
        "type": "datetime",
        "subtype": "date",
        "key": "date_of_birth",
        "id": "subject_date_of_birth",
        "label": "Date of birth",
        "dateLabel": "Date of birth",
        "description": "If you know it. For example, 27 3 2017",
        "properties": {"past": "true"},
    },
]
_LIST = {
    "type": "dynamiclist",
    "id": "subjects",
    "path": "subjects",
    "showOutline": True,
    "allowAddRemove": True,
    "components": _ROW,
}
_SOMEBODY = {
    "label": "Who it is about",
    "defaultRepetitions": 1,
    "properties": {"row": "Person", "min_rows": "1"},
}
_PERHAPS_NOBODY = {
    "label": "Who it is about, if anybody",
    "description": "Name each person it is about. If it is about nobody in particular, such as a group or "
    "a whole list, name nobody.",
    "defaultRepetitions": 0,
    "properties": {"row": "Person"},
}


@cache
def form(*, optional: bool) -> forms.Form:
    """`optional`: the case may be about nobody in particular."""
    asked = _LIST | (_PERHAPS_NOBODY if optional else _SOMEBODY)
    whole = {"type": "default", "id": "subjects", "schemaVersion": 19, "components": [asked]}
    return forms.load(json.dumps(whole).encode())


def at_first(*, optional: bool) -> dict[str, Any]:
    """The answers before anybody has answered: room for one person, unless it may be about nobody."""
    return {"subjects": [] if optional else [{}]}


def subjects_of(kept: Mapping[str, Any]) -> list[Subject]:
    """The people in the answers to the form."""
    return [
        Subject(
            name=row.get("name") or "", part=row.get("part") or "", date_of_birth=row.get("date_of_birth")
        )
        for row in kept.get("subjects") or []
    ]
