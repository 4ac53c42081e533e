"""What was answered, in the words of the form, for check-your-answers and for records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.forms import filling, limits, visibility
from engine.forms.choices import allowed, match
from engine.forms.components import Form
from engine.forms.fields import Row
from engine.forms.kinds import KINDS, is_empty
from engine.forms.spoken import spoken
from engine.forms.submissions import first_id
from engine.forms.trees import get
from engine.forms.visibility import Instance, Settled

NOT_ANSWERED = "Not answered"


def summary(
    form: Form, answers: Mapping[str, Any], context: Mapping[str, Any], *, now: datetime | None = None
) -> list[Row]:
    """One row for each question that was asked, in order. A repeating group says which: "Child 2: Age"."""
    limits.weigh(answers)
    filled = filling.fill(form, answers, context)
    settled = visibility.settle(form, filled.tree, context, now)
    titles = _titles(settled)
    return [
        _row(one, _value(one, filled.tree, settled), titles.get(one.row, ""), context)
        for one in settled.visible()
        if _is_told(one)
    ]


def _is_told(one: Instance) -> bool:
    component = one.component
    told = component.type != "expression" or "summary" in component.properties
    return KINDS[component.type].keyed and told


def _titles(settled: Settled) -> dict[tuple[str, ...], str]:
    """The path of each row -> "Child 2"."""
    titles: dict[tuple[str, ...], str] = {}
    for one in settled.instances:
        if one.row and one.row not in titles:
            holder = next(
                each for each in settled.instances if each.path == one.row[:-1] and each.component.path
            )
            title = holder.component.properties.get("row") or holder.component.label.fill(holder.scope)
            titles[one.row] = f"{titles.get(holder.row, '')}{title} {int(one.row[-1]) + 1}: "
    return titles


def _value(one: Instance, tree: dict[str, Any], settled: Settled) -> Any:
    if one.component.type == "expression":
        return settled.computed.get(one.path)
    return get(tree, one.path)


def _row(one: Instance, value: Any, title: str, context: Mapping[str, Any]) -> Row:
    component = one.component
    label = component.properties.get("summary") or component.label.fill(one.scope)
    return Row(
        label=title + label,
        lines=_lines(one, value, context),
        key=".".join(one.path),
        id=first_id(one),
        sensitivity=component.properties.get("sensitivity", ""),
        locked=component.type == "expression" or visibility.locked(one),
        chosen=component.type in ("radio", "select") and not is_empty(component, value),
    )


def _lines(one: Instance, value: Any, context: Mapping[str, Any]) -> tuple[str, ...]:
    component = one.component
    if component.type == "checkbox":
        return ("Yes" if value else "No",)
    if is_empty(component, value):
        return (NOT_ANSWERED,)
    if component.choices is not None:
        return _chosen(one, value, context)
    if component.type in ("textfield", "textarea") and not _is_a_moment(one, value):
        return tuple(str(value).split("\n"))
    said = spoken(value)
    return (f"{component.prefix.fill(one.scope)}{said}{_after(component.suffix.fill(one.scope))}",)


def _is_a_moment(one: Instance, value: Any) -> bool:
    """A day that was worked out before and is only shown; what somebody types stays as they typed it."""
    return visibility.locked(one) and spoken(value) != value


def _after(suffix: str) -> str:
    return f" {suffix}" if suffix[:1].isalnum() else suffix


def _chosen(one: Instance, value: Any, context: Mapping[str, Any]) -> tuple[str, ...]:
    options = allowed(one.component, one.scope, context)
    listed = value if isinstance(value, list) else [value]
    found = (match(each, options, posted=True) for each in listed)
    return tuple(option.text if option else spoken(each) for each, option in zip(listed, found, strict=True))
