"""Small forms and posts for tests."""

from __future__ import annotations

import json
from typing import Any

from engine import forms


def form(*components: dict[str, Any], **more: Any) -> forms.Form:
    return forms.load(content(*components, **more))


def content(*components: dict[str, Any], **more: Any) -> bytes:
    whole = {"type": "default", "schemaVersion": 19, "id": "tried", "components": list(components), **more}
    return json.dumps(whole).encode()


def field(type_: str, key: str, label: str = "", **more: Any) -> dict[str, Any]:
    return {"type": type_, "key": key, "label": label or key.capitalize(), **more}


def shown_when(condition: str) -> dict[str, Any]:
    """`condition` is when the question is asked; form-js says when it is hidden."""
    return {"conditional": {"hide": f"=not({condition})"}}


YES_NO = [{"label": "Yes", "value": "yes"}, {"label": "No", "value": "no"}]


class Post(dict[str, list[str]]):
    """What werkzeug's MultiDict offers, as far as forms use it."""

    def getlist(self, key: str) -> list[str]:
        return self.get(key, [])


def post(**values: str | list[str]) -> Post:
    """`child__day` is posted as `child-day`."""
    return Post(
        {name.replace("__", "-"): [one] if isinstance(one, str) else one for name, one in values.items()}
    )
