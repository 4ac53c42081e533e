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
        "defaultValue": "child",
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
_FORM = {
    "type": "default",
    "id": "subjects",
    "schemaVersion": 19,
    "components": [
        {
            "type": "dynamiclist",
            "id": "subjects",
            "path": "subjects",
            "label": "Who it is about",
            "showOutline": True,
            "allowAddRemove": True,
            "defaultRepetitions": 1,
            "properties": {"row": "Person", "min_rows": "1"},
            "components": _ROW,
        }
    ],
}


@cache
def form() -> forms.Form:
    return forms.load(json.dumps(_FORM).encode())


def subjects_of(kept: Mapping[str, Any]) -> list[Subject]:
    """The people in the answers to the form."""
    return [
        Subject(
            name=row.get("name") or "", part=row.get("part") or "", date_of_birth=row.get("date_of_birth")
        )
        for row in kept.get("subjects") or []
    ]
