"""Kept times to the second. A form keeps `10:05`, as form-js does; to FEEL that is no time at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.forms.components import Component, Form, Path

_TO_THE_MINUTE = re.compile(r"(.*T)?\d\d:\d\d(?=Z|[+-]\d\d:\d\d|$)", re.ASCII)


def exact(form: Form, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a form kept, with `:00` where its times say no seconds."""
    return _within(form.components, kept)


def _within(components: tuple[Component, ...], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of one holder: the form, a group with a path, or a row."""
    found = dict(kept)
    for component in components:
        if component.components and not component.path:
            found = _within(component.components, found)
        elif component.path:
            _change(found, component.path, component)
    return found


def _exact(component: Component, value: Any) -> Any:
    if component.type == "datetime":
        return _to_the_second(value)
    if isinstance(value, list):
        return [_exact(component, each) for each in value] if component.components else value
    return _within(component.components, value) if isinstance(value, dict) else value


def _change(holder: dict[str, Any], path: Path, component: Component) -> None:
    """Make the answer at a path exact; holders on the way are copied."""
    name, *rest = path
    if name not in holder:
        return
    if not rest:
        holder[name] = _exact(component, holder[name])
    elif isinstance(holder[name], dict):
        holder[name] = dict(holder[name])
        _change(holder[name], tuple(rest), component)


def _to_the_second(value: Any) -> Any:
    if not isinstance(value, str) or not (found := _TO_THE_MINUTE.match(value)):
        return value
    return f"{found[0]}:00{value[found.end() :]}"
