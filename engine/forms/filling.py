"""Lays given answers over a form: defaults where nothing was given, each answer read by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from engine.forms import limits, wording
from engine.forms.choices import match
from engine.forms.components import MISSING, REPEATED, Component, Form, Path
from engine.forms.kinds import KINDS
from engine.forms.trees import get, put
from engine.forms.wording import Wrong

Names = dict[str, Any]  # name -> None for an answer, Names for a group, {REPEATED: Names} for a list


@dataclass(slots=True)
class Filled:
    """`tree` has an answer for every component, empty when it could not be read; `raw` what was given."""

    tree: dict[str, Any] = field(default_factory=dict)
    raw: dict[Path, Any] = field(default_factory=dict)
    given: set[Path] = field(default_factory=set)
    wrong: dict[Path, Wrong] = field(default_factory=dict)


def fill(form: Form, answers: Mapping[str, Any], context: Mapping[str, Any]) -> Filled:
    filled = Filled()
    filled.tree = _level(form.components, (), (), answers, context, filled)
    return filled


def _level(
    components: tuple[Component, ...],
    at: Path,
    inner: Path,
    given: Any,
    context: Mapping[str, Any],
    filled: Filled,
) -> dict[str, Any]:
    """The answers of the form, or of one row. `at` is where they are, `inner` the groups entered since."""
    tree: dict[str, Any] = {}
    for component in components:
        own = inner + component.path
        if component.type == "dynamiclist":
            put(tree, own, _rows(component, at + own, get(given, own), context, filled))
        elif KINDS[component.type].container:
            _group(component, at + own, get(given, own), filled)
            _merge(tree, _level(component.components, at, own, given, context, filled))
        elif KINDS[component.type].keyed:
            put(tree, own, _answer(component, at + own, get(given, own), context, filled))
    return tree


def _group(component: Component, path: Path, given: Any, filled: Filled) -> None:
    if component.path and given is not MISSING and not isinstance(given, dict):
        filled.wrong[path] = Wrong(wording.NOT_AN_OBJECT)


def _rows(
    component: Component, path: Path, given: Any, context: Mapping[str, Any], filled: Filled
) -> list[Any]:
    if given is MISSING or given is None:
        before = get(context, path) if component.disabled else MISSING
        given = before if isinstance(before, list) else [{}] * component.repetitions
    if not isinstance(given, list):
        filled.wrong[path] = Wrong(wording.NOT_A_LIST)
        return []
    if len(given) > limits.ROWS:
        filled.wrong[path] = Wrong(wording.too_many_rows(component, limits.ROWS))
    rows = []
    for number, row in enumerate(given[: limits.ROWS]):
        place = (*path, str(number))
        if not isinstance(row, dict):
            filled.wrong[place] = Wrong(wording.NOT_AN_OBJECT)
        rows.append(_level(component.components, place, (), row, context, filled))
    return rows


def _answer(component: Component, path: Path, given: Any, context: Mapping[str, Any], filled: Filled) -> Any:
    if component.type == "expression":
        return None  # computed, whatever was sent
    value = own_value(component, path, context) if given is MISSING or is_locked(component) else given
    if given is not MISSING:
        filled.given.add(path)
        if is_locked(component) and given != value:
            filled.wrong[path] = Wrong(wording.LOCKED)
    filled.raw[path] = value
    return _read(component, path, value, filled)


def is_locked(component: Component) -> bool:
    return component.disabled or component.readonly is True


def own_value(component: Component, path: Path, context: Mapping[str, Any]) -> Any:
    """What stands there before anybody answers. Only a locked answer is taken over from an earlier task."""
    before = get(context, path) if is_locked(component) or component.readonly is not False else MISSING
    if before is not MISSING:
        return before
    return KINDS[component.type].empty() if component.default is MISSING else component.default


def _read(component: Component, path: Path, value: Any, filled: Filled) -> Any:
    kind = KINDS[component.type]
    if value is None or value == "" or (value == [] and kind.options):
        return kind.empty()
    try:
        return _chosen(component, kind.read(component, value))
    except Wrong as wrong:
        filled.wrong.setdefault(path, wrong)
        return kind.empty()


def _chosen(component: Component, value: Any) -> Any:
    """The value of the option that a page's text stands for; `checks` judges what is not an option."""
    if component.choices is None or not component.choices.fixed:
        return value
    listed = value if isinstance(value, list) else [value]
    found = [match(one, component.choices.fixed, posted=True) for one in listed]
    meant = [one.value if one else given for one, given in zip(found, listed, strict=True)]
    return meant if isinstance(value, list) else meant[0]


def _merge(tree: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(tree.get(name), dict):
            _merge(tree[name], value)
        else:
            tree[name] = value


# What was not asked ----------------------------------------------------------------------------------------


def unknown(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Keys that the form has no question for: path -> message, the first few only."""
    found: dict[str, str] = {}
    _unknown(_names(form), answers, (), found)
    return found


@lru_cache(maxsize=512)
def _names(form: Form) -> Names:
    return _names_of(form.components)


def _names_of(components: tuple[Component, ...]) -> Names:
    names: Names = {}
    for component in components:
        if component.type == "dynamiclist":
            put(names, component.path, {REPEATED: _names_of(component.components)})
        elif KINDS[component.type].container:
            inner = _names_of(component.components)
            if component.path:
                wrapped: Names = {}
                put(wrapped, component.path, inner)
                inner = wrapped
            _merge(names, inner)
        elif component.path:
            put(names, component.path, None)
    return names


def _unknown(names: Names, answers: Mapping[str, Any], at: Path, found: dict[str, str]) -> None:
    for key, value in answers.items():
        if len(found) >= limits.UNKNOWN_NAMED:
            return
        path = (*at, key if isinstance(key, str) else "")
        inner = names.get(key, MISSING)
        if inner is MISSING or key == REPEATED:
            found[_printable(path)] = wording.UNKNOWN
        elif isinstance(inner, dict) and REPEATED in inner and isinstance(value, list):
            for number, row in enumerate(value[: limits.ROWS]):
                if isinstance(row, dict):
                    _unknown(inner[REPEATED], row, (*path, str(number)), found)
        elif isinstance(inner, dict) and REPEATED not in inner and isinstance(value, dict):
            _unknown(inner, value, path, found)


def _printable(path: Path) -> str:
    """A path for a message. A key that is no plain name is not repeated: it may be something personal."""
    plain = (
        part if part.isascii() and part.replace("_", "a").isalnum() and len(part) <= 64 else "?"
        for part in path
    )
    return ".".join(plain)
