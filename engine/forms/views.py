"""Draws a form as values: what each question says, offers and holds, given the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.forms import checks, dates, filling, limits, markdown, visibility
from engine.forms.choices import allowed, match
from engine.forms.components import Component, Form, Path
from engine.forms.fields import NOTHING, Field, Option, Part, Repeat
from engine.forms.filling import Filled
from engine.forms.kinds import KINDS
from engine.forms.spoken import number, spoken
from engine.forms.submissions import first_id
from engine.forms.visibility import Instance, Settled, Spot

_PART_LABELS = {"day": ("Day", 2), "month": ("Month", 2), "year": ("Year", 4), "time": ("Time", 10)}
_SUBTYPES = {"email": "email", "phone": "tel"}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything that drawing looks things up in."""

    filled: Filled
    at: Mapping[Spot, Instance]
    context: Mapping[str, Any]
    errors: Mapping[str, str]


def view(
    form: Form,
    answers: Mapping[str, Any],
    context: Mapping[str, Any],
    *,
    errors: Mapping[str, str] = NOTHING,
    now: datetime | None = None,
) -> list[Field]:
    """Every component in order, hidden ones too (`visible` is false). Answers may be half done or wrong."""
    limits.weigh(answers)
    filled = filling.fill(form, answers, context)
    settled = visibility.settle(form, filled.tree, context, now)
    sheet = _Sheet(filled, _spots(settled), context, errors)
    return list(_draw(form.components, (), sheet))


def _spots(settled: Settled) -> dict[Spot, Instance]:
    return {one.spot: one for one in settled.instances}


def _draw(components: tuple[Component, ...], row: Path, sheet: _Sheet) -> tuple[Field, ...]:
    drawn = (
        _field(sheet.at[row, component], sheet) for component in components if component.type != "button"
    )
    return tuple(field for field in drawn if field.type != "expression")


def _field(one: Instance, sheet: _Sheet) -> Field:
    component, path = one.component, one.path
    named = path if component.path else ()
    value = sheet.filled.raw.get(path) if KINDS[component.type].keyed else None
    return Field(
        type=component.type,
        path=".".join(named),
        name="-".join(named),
        id=first_id(one) if named else "",
        value=value,
        text=_input_text(one, value),
        error=sheet.errors.get(".".join(named), "") if named else "",
        visible=not one.hidden,
        locked=visibility.locked(one),
        required=component.required,
        properties=component.properties,
        **_words(one),
        **_inputs(one, value, sheet),
        **_inside(one, sheet),
    )


def _words(one: Instance) -> dict[str, Any]:
    component, scope = one.component, one.scope
    return {
        "label": component.label.fill(scope),
        "hint": component.hint.fill(scope),
        "prefix": component.prefix.fill(scope),
        "suffix": component.suffix.fill(scope),
        "html": markdown.to_html(component.text.fill(scope, markdown.escape))
        if component.type == "text"
        else "",
    }


def _inputs(one: Instance, value: Any, sheet: _Sheet) -> dict[str, Any]:
    component = one.component
    most = checks.bound(one, "maxLength")
    return {
        "options": _options(one, value, sheet),
        "parts": _parts(one, value),
        "subtype": component.subtype or _SUBTYPES.get(component.validation, ""),
        "max_length": None if most is None else int(most),
        "input_mode": _input_mode(component),
    }


def _input_mode(component: Component) -> str:
    if component.type != "number":
        return ""
    return "numeric" if component.digits == 0 else "decimal"


def _options(one: Instance, value: Any, sheet: _Sheet) -> tuple[Option, ...]:
    name = "-".join(one.path)
    if one.component.type == "checkbox":
        return (Option(True, one.component.label.fill(one.scope), "true", name, value is True),)
    options = allowed(one.component, one.scope, sheet.context)
    listed = value if isinstance(value, list) else [value]
    chosen = {found.posted for each in listed if (found := match(each, options, posted=True))}
    return tuple(
        Option(
            option.value,
            option.text,
            option.posted,
            _option_id(name, place),
            option.posted in chosen,
            option.hint,
        )
        for place, option in enumerate(options, 1)
    )


def _option_id(name: str, place: int) -> str:
    return name if place == 1 else f"{name}-{place}"


def _parts(one: Instance, value: Any) -> tuple[Part, ...]:
    if one.component.type != "datetime" or one.component.subtype == "time":
        return ()
    name, shown = "-".join(one.path), dates.parts(one.component, value)
    return tuple(Part(unit, *_labelled(unit, name), shown[unit], _PART_LABELS[unit][1]) for unit in shown)


def _labelled(unit: str, name: str) -> tuple[str, str]:
    return _PART_LABELS[unit][0], f"{name}-{unit}"


def _input_text(one: Instance, value: Any) -> str:
    """As an input shows it; said in words when it is only to be read."""
    if one.component.subtype == "time":
        return dates.parts(one.component, value)["time"]
    if visibility.locked(one) and not isinstance(value, float):
        return spoken(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return ""
    return number(value)


def _inside(one: Instance, sheet: _Sheet) -> dict[str, Any]:
    component = one.component
    if component.type == "dynamiclist":
        rows = _rows(one, sheet)
        changing = component.can_change and not visibility.locked(one)
        return {
            "rows": rows,
            "can_add": changing and len(rows) < (checks.most_rows(component) or limits.ROWS),
            "can_remove": changing and len(rows) > (checks.least_rows(component) or 0),
        }
    if KINDS[component.type].container:
        return {"fields": _draw(component.components, one.row, sheet)}
    return {}


def _rows(one: Instance, sheet: _Sheet) -> tuple[Repeat, ...]:
    count = len(visibility.rows_of(sheet.filled.tree, one.path))
    title = one.component.properties.get("row") or one.component.label.fill(one.scope)
    return tuple(_row(one, number, title, sheet) for number in range(count))


def _row(one: Instance, number: int, title: str, sheet: _Sheet) -> Repeat:
    path = (*one.path, str(number))
    fields = _draw(one.component.components, path, sheet)
    return Repeat(number, f"{title} {number + 1}".strip(), "-".join(path), fields)
