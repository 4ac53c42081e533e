"""The options of a radio, select, checklist or taglist: read, found, matched.

As form-js reads them: a plain value is its own label; a labelled one is `{"label": …, "value": …}`; anything
else is left out. Values may be any JSON; `posted` is how a page says them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.forms import limits, scopes
from engine.forms.components import Choice, Component
from engine.forms.scopes import Scope
from engine.forms.spoken import spoken


def read_choices(listed: Any) -> tuple[Choice, ...]:
    if not isinstance(listed, list):
        return ()
    return tuple(choice for choice in map(_choice, listed[: limits.OPTIONS + 1]) if choice is not None)


def _choice(listed: Any) -> Choice | None:
    if _is_plain(listed):
        return Choice(listed, _shown(listed), posted_text(listed))
    if not isinstance(listed, dict):
        return None
    value, label, hint = listed.get("value"), listed.get("label"), listed.get("description")
    if not _is_plain(value) and not (isinstance(value, dict | list) and value and label):
        return None
    text = label if isinstance(label, str) and label else _shown(value)
    return Choice(value, text, posted_text(value), hint if isinstance(hint, str) else "")


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and value != ""


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else spoken(value)


def posted_text(value: Any) -> str:
    """The `value` attribute: text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def allowed(component: Component, scope: Scope, context: Mapping[str, Any]) -> tuple[Choice, ...]:
    """The options as they stand now."""
    choices = component.choices
    if choices is None:
        return ()
    if choices.expression is not None:
        return read_choices(scopes.evaluate(choices.expression, scope))
    if choices.key:
        return read_choices(context.get(choices.key))
    return choices.fixed


def match(value: Any, options: tuple[Choice, ...], *, posted: bool) -> Choice | None:
    """The option that was meant. With `posted`, its posted text will do, if its value is no text."""
    for option in options:
        if type(option.value) is type(value) and option.value == value:
            return option
        if _both_numbers(option.value, value) and option.value == value:
            return option
    return next((option for option in options if posted and option.posted == value), None)


def _both_numbers(one: Any, other: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
