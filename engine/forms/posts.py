"""Answers out of an HTML form. Reads only the names that the form would have drawn, and leaves the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from engine.forms import dates, limits
from engine.forms.components import MISSING, Component, Form, Path
from engine.forms.filling import is_locked
from engine.forms.kinds import KINDS
from engine.forms.trees import get, put

ADD, REMOVE, ASKED = "_add", "_remove", "_asked"
_DEEPEST = 50  # parts of a name
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})", re.ASCII)
_ROW = re.compile(r"\d{1,3}", re.ASCII)


class Post(Protocol):
    """werkzeug's MultiDict, or anything that can give the values of a name."""

    def getlist(self, key: str) -> list[str]: ...

    def keys(self) -> Any: ...


def from_post(form: Form, post: Post) -> dict[str, Any]:
    """Plain JSON for `submit`. What cannot be read as its type stays as typed, for `submit` to say so."""
    return _level(form.components, (), (), post, _row_counts(post))


def edited(form: Form, answers: Mapping[str, Any], post: Post) -> dict[str, Any] | None:
    """The answers after an "add another" or "remove" button; None when neither was pressed."""
    added, removed = _first(post, ADD), _first(post, REMOVE)
    if not added and not removed:
        return None
    changed = deepcopy(dict(answers))
    if removed:
        _remove(form, changed, tuple(removed.split("-")))
    else:
        _add(form, changed, tuple(added.split("-")))
    return changed


def _level(
    components: tuple[Component, ...], at: Path, inner: Path, post: Post, counts: Mapping[str, int]
) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for component in components:
        own = inner + component.path
        if component.type == "dynamiclist":
            put(answers, own, _rows(component, at + own, post, counts))
        elif KINDS[component.type].container:
            for name, value in _level(component.components, at, own, post, counts).items():
                _join(answers, name, value)
        elif component.path and component.type != "expression" and not is_locked(component):
            value = _answer(component, "-".join(at + own), post)
            if value is not MISSING:
                put(answers, own, value)
    return answers


def _join(answers: dict[str, Any], name: str, value: Any) -> None:
    if isinstance(value, dict) and isinstance(answers.get(name), dict):
        for inner, one in value.items():
            _join(answers[name], inner, one)
    else:
        answers[name] = value


def _rows(component: Component, path: Path, post: Post, counts: Mapping[str, int]) -> list[Any]:
    count = counts.get("-".join(path), 0)
    return [_level(component.components, (*path, str(number)), (), post, counts) for number in range(count)]


def _row_counts(post: Post) -> dict[str, int]:
    """How many rows each repeating group has: `children-rows`, or the highest row that was posted."""
    counts: dict[str, int] = {}
    for name in post.keys():  # noqa: SIM118 - a MultiDict iterates over its keys, other posts may not
        parts = name.split("-", _DEEPEST) if isinstance(name, str) and len(name) <= 1000 else []
        if len(parts) not in range(2, _DEEPEST + 1):
            continue
        if parts[-1] == "rows":
            drawn = _first(post, name)
            _raise(counts, "-".join(parts[:-1]), int(drawn) if _ROW.fullmatch(drawn) else 0)
        for place, part in enumerate(parts[1:], 1):
            if _ROW.fullmatch(part):
                _raise(counts, "-".join(parts[:place]), int(part) + 1)
    return counts


def _raise(counts: dict[str, int], name: str, count: int) -> None:
    counts[name] = max(counts.get(name, 0), min(count, limits.ROWS + 1))


def _answer(component: Component, name: str, post: Post) -> Any:
    if component.type == "datetime":
        return _moment(component, name, post)
    if component.type == "checkbox":
        return bool(_first(post, name))
    given = post.getlist(name)
    if KINDS[component.type].options == "many":
        return [one for one in given if one != ""][: limits.OPTIONS + 1]
    if KINDS[component.type].options == "one":
        return given[0] if given and given[0] != "" else None
    if not given:
        return MISSING
    return _number(component, given[0]) if component.type == "number" else _text(given[0])


def _text(typed: str) -> str:
    """Browsers send line ends as CR LF; spaces at either end are slips."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def _number(component: Component, typed: str) -> Any:
    """`1,000` is a thousand. What is no number stays text."""
    plain = typed.strip().replace(",", "")
    if not plain or component.as_text:
        return plain or None
    if not _NUMBER.fullmatch(plain):
        return typed[: limits.LINE_CHARACTERS]
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        return typed[: limits.LINE_CHARACTERS]
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _moment(component: Component, name: str, post: Post) -> Any:
    if component.subtype == "time":
        return dates.typed(component, {"time": _first(post, name) or _hour_and_minute(name, post)})
    parts = {part: _first(post, f"{name}-{part}") for part in dates.PARTS[component.subtype]}
    if component.subtype == "datetime" and not parts["time"]:
        parts["time"] = _hour_and_minute(name, post)
    return dates.typed(component, parts)


def _hour_and_minute(name: str, post: Post) -> str:
    hour, minute = _first(post, f"{name}-hour").strip(), _first(post, f"{name}-minute").strip()
    return f"{hour}:{minute.zfill(2)}" if hour and minute else hour


def _first(post: Post, name: str) -> str:
    given = post.getlist(name)
    return given[0] if given and isinstance(given[0], str) else ""


# Add and remove --------------------------------------------------------------------------------------------


def _add(form: Form, answers: dict[str, Any], path: Path) -> None:
    if not _is_list(form.components, path):
        return
    rows = get(answers, path)
    if isinstance(rows, list) and len(rows) < limits.ROWS:
        rows.append({})
    elif rows is MISSING and not any(part.isdecimal() for part in path):
        put(answers, path, [{}])


def _remove(form: Form, answers: dict[str, Any], path: Path) -> None:
    rows = get(answers, path[:-1])
    if _is_list(form.components, path[:-1]) and isinstance(rows, list) and _ROW.fullmatch(path[-1]):
        del rows[int(path[-1]) : int(path[-1]) + 1]


def _is_list(components: tuple[Component, ...], path: Path) -> bool:
    """Is there a repeating group, whose rows may change, at this path?"""
    for component in components:
        own = component.path
        if path[: len(own)] != own or not KINDS[component.type].container:
            continue
        rest = path[len(own) :]
        if component.type == "dynamiclist":
            if not rest:
                return component.can_change and not component.disabled
            if rest[0].isdecimal() and _is_list(component.components, rest[1:]):
                return True
        elif _is_list(component.components, rest):
            return True
    return False
