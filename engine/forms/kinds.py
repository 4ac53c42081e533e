"""Every type of component: what it holds when empty, what counts as an answer. A new type goes in this list.

`read` looks at one answer by itself: it gives the answer as kept, or raises `Wrong`. What needs other answers
(options, limits) is in `checks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.forms import dates, limits, wording
from engine.forms.components import Component
from engine.forms.wording import Wrong

_BREAKS = re.compile(r"[\r\n\t]")
_NUMERIC = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


def _line(component: Component, value: Any) -> Any:
    return _BREAKS.sub(" ", _words(component, value, limits.LINE_CHARACTERS))


def _lines(component: Component, value: Any) -> Any:
    return _words(component, value, limits.TEXT_CHARACTERS)


def _words(component: Component, value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise Wrong(wording.expected(component, "text"))
    if len(value) > most and "maxLength" not in component.bounds or len(value) > limits.TEXT_CHARACTERS:
        raise Wrong(wording.too_long(component, most))
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Wrong(wording.expected(component, "text without control characters"))
    return value


def _number(component: Component, value: Any) -> Any:
    if isinstance(value, str) and component.as_text and _NUMERIC.fullmatch(value) and len(value) <= 40:
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise Wrong(wording.not_a_number(component))
    if abs(value) > limits.NUMBER:
        raise Wrong(wording.at_most(component, str(limits.NUMBER)))
    return value


def _ticked(component: Component, value: Any) -> Any:
    if not isinstance(value, bool):
        raise Wrong(wording.expected(component, "true or false"))
    return value


def _one(_: Component, value: Any) -> Any:
    return value  # `checks` looks for it among the options


def _many(component: Component, value: Any) -> Any:
    if not isinstance(value, list) or len(value) > limits.OPTIONS:
        raise Wrong(wording.choose(component))
    return value


@dataclass(frozen=True, slots=True)
class Kind:
    """`empty` is a function because lists are not to be shared."""

    keyed: bool = False  # holds one answer
    container: bool = False
    options: str = ""  # "one" or "many"
    empty: Callable[[], Any] = lambda: None
    read: Callable[[Component, Any], Any] = _one


KINDS: dict[str, Kind] = {
    "textfield": Kind(keyed=True, empty=str, read=_line),
    "textarea": Kind(keyed=True, empty=str, read=_lines),
    "number": Kind(keyed=True, read=_number),
    "checkbox": Kind(keyed=True, empty=bool, read=_ticked),
    "radio": Kind(keyed=True, options="one"),
    "select": Kind(keyed=True, options="one"),
    "checklist": Kind(keyed=True, options="many", empty=list, read=_many),
    "taglist": Kind(keyed=True, options="many", empty=list, read=_many),
    "datetime": Kind(keyed=True, read=dates.read),
    "expression": Kind(keyed=True),
    "group": Kind(container=True),
    "dynamiclist": Kind(container=True, empty=list),
    "text": Kind(),
    "separator": Kind(),
    "spacer": Kind(),
    "button": Kind(),
}

REFUSED: dict[str, str] = {
    "html": "Write the text in a text view instead: Handrail shows no HTML from forms.",
    "iframe": "Link to the page from a text view instead: Handrail shows no other site inside a form.",
    "image": "Describe it in a text view instead: Handrail shows no images from forms.",
    "table": "Use a dynamic list to ask for rows, or a text view to show them.",
    "filepicker": "Attach files on the documents page of the case instead.",
    "documentPreview": "Documents are shown on the documents page of the case instead.",
}


def is_empty(component: Component, value: Any) -> bool:
    """Nothing was answered. Spaces alone are nothing, and an unticked box is nothing."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or (component.type == "checkbox" and value is False)
