"""Turns the JSON of components into `Component`s, collecting every problem, not stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.forms import limits
from engine.forms.choices import posted_text, read_choices
from engine.forms.components import MISSING, Choices, Component, Path
from engine.forms.kinds import KINDS, REFUSED
from engine.forms.settings import Settings

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}(\.[A-Za-z][A-Za-z0-9_]{0,63}){0,7}")
_TIME_FORMATS = ("", "utc_offset", "utc_normalized", "no_timezone")


class Compiler(Settings):
    """Reads components; `problems` and the `names` that expressions use gather on the way."""

    def __init__(self) -> None:
        super().__init__()
        self._ids: set[str] = set()
        self._count = 0

    def components(self, sources: Any, depth: int) -> tuple[Component, ...]:
        if not isinstance(sources, list):
            self.problem("Expected a list of components.")
            return ()
        if depth > limits.FORM_DEPTH:
            self.problem(f"Expected groups inside groups at most {limits.FORM_DEPTH} deep.")
            return ()
        made = (self._component(source, depth) for source in sources)
        return tuple(component for component in made if component is not None)

    def _component(self, source: Any, depth: int) -> Component | None:
        self._count += 1
        if self._count > limits.FORM_COMPONENTS:
            if self._count == limits.FORM_COMPONENTS + 1:
                self.problem(f"Expected at most {limits.FORM_COMPONENTS} components.")
            return None
        if not isinstance(source, dict):
            self.problem("Expected a component to be a JSON object.")
            return None
        self.here = _name(source, self._count)
        return self._known(source, depth) if self._type_known(source) else None

    def _type_known(self, source: dict[str, Any]) -> bool:
        type_ = source.get("type")
        if isinstance(type_, str) and type_ in KINDS:
            return True
        if isinstance(type_, str) and type_ in REFUSED:
            self.problem(f"Components of the type {type_} are not used here. {REFUSED[type_]}")
        else:
            self.problem(
                "Expected a type of component that Handrail knows, such as textfield, radio or group."
            )
        return False

    def _known(self, source: dict[str, Any], depth: int) -> Component:
        here, type_ = self.here, source["type"]
        self.used = set()
        self._unique(source)
        settings: dict[str, Any] = {
            **self._words(source),
            **self._conditions(source),
            **self._rules(source),
            **self._details(source),
        }
        path = self._path(source)
        component = Component(type=type_, id=here, path=path, names=frozenset(self.used), **settings)
        self._check_whole(component, source)
        if not KINDS[type_].container:
            return component
        children = self.components(source.get("components", []), depth + 1)
        self.here = here
        return _with_children(component, children)

    # what is read ------------------------------------------------------------------------------------------

    def _path(self, source: dict[str, Any]) -> Path:
        kind = KINDS[source["type"]]
        word = "key" if kind.keyed else "path"
        given = source.get(word)
        if not kind.keyed and not kind.container or (source["type"] == "group" and given in (None, "")):
            return ()
        if isinstance(given, str) and _KEY.fullmatch(given):
            return tuple(given.split("."))
        self.problem(f"Expected a {word} of letters, digits and _, starting with a letter.")
        return ("invalid",)

    def _words(self, source: dict[str, Any]) -> dict[str, Any]:
        appearance = _object(source.get("appearance"))
        label = source.get("label") or source.get("dateLabel") or source.get("timeLabel")
        return {
            "label": self.template(label, "label"),
            "hint": self.template(source.get("description"), "description"),
            "text": self.template(source.get("text"), "text"),
            "prefix": self.template(appearance.get("prefixAdorner"), "prefix"),
            "suffix": self.template(appearance.get("suffixAdorner"), "suffix"),
        }

    def _conditions(self, source: dict[str, Any]) -> dict[str, Any]:
        conditional, properties = _object(source.get("conditional")), self._properties(source)
        readonly = source.get("readonly", False)
        return {
            "hide": self.condition(conditional.get("hide")),
            "readonly": readonly
            if isinstance(readonly, bool)
            else self.expression(readonly, "readonly") or False,
            "disabled": source.get("disabled") is True,
            "formula": self.expression(source.get("expression"), "expression"),
            "properties": properties,
            "names_allowed": self._names_allowed(properties.get("deidentified")),
        }

    def _names_allowed(self, text: str | None) -> Any:
        if text is None:
            return None
        return self.parsed(text.strip().removeprefix("=") or "false", "deidentified")

    def _rules(self, source: dict[str, Any]) -> dict[str, Any]:
        validate = _object(source.get("validate"))
        preset = validate.get("validationType") or ""
        if preset not in ("", "email", "phone", "custom"):
            self.problem("Expected the validation type email, phone or custom.")
        return {
            "required": validate.get("required") is True,
            "bounds": self.bounds(validate),
            "pattern": self.pattern(validate.get("pattern")),
            "pattern_message": _text(validate.get("patternErrorMessage")),
            "validation": preset if preset in ("email", "phone") else "",
        }

    def _details(self, source: dict[str, Any]) -> dict[str, Any]:
        subtype = source.get("subtype", "date") if source["type"] == "datetime" else ""
        if source["type"] == "datetime" and subtype not in ("date", "time", "datetime"):
            self.problem("Expected the subtype date, time or datetime.")
            subtype = "date"
        return {
            "choices": self._choices(source),
            "default": source.get("defaultValue", MISSING),
            "digits": self.whole(source.get("decimalDigits"), "decimalDigits", 20),
            "increment": self.decimal(source.get("increment"), "increment"),
            "as_text": source.get("serializeToString") is True,
            "subtype": subtype,
            "time_format": self._time_format(source.get("timeSerializingFormat") or ""),
            "no_past": source.get("disallowPassedDates") is True,
            "no_future": source["type"] == "datetime"
            and _object(source.get("properties")).get("past") == "true",
            "repetitions": self._repetitions(source),
            "can_change": source.get("allowAddRemove", True) is not False,
        }

    def _repetitions(self, source: dict[str, Any]) -> int:
        given = self.whole(source.get("defaultRepetitions"), "defaultRepetitions", limits.ROWS)
        return 1 if given is None else given

    def _time_format(self, given: Any) -> str:
        if given in _TIME_FORMATS:
            return str(given)
        self.problem("Expected the time format utc_offset, utc_normalized or no_timezone.")
        return ""

    def _properties(self, source: dict[str, Any]) -> Mapping[str, str]:
        given = source.get("properties") or {}
        if isinstance(given, dict) and all(isinstance(value, str | int | float) for value in given.values()):
            return {str(name): str(value) for name, value in given.items()}
        self.problem("Expected custom properties to be names with plain texts.")
        return {}

    def _choices(self, source: dict[str, Any]) -> Choices | None:
        if not KINDS[source["type"]].options:
            return None
        key, expression = source.get("valuesKey"), source.get("valuesExpression")
        if expression:
            return Choices(expression=self.expression(expression, "valuesExpression"))
        if key:
            self.names.add(str(key))
            return Choices(key=str(key))
        return Choices(fixed=read_choices(source.get("values")))

    # what is refused ---------------------------------------------------------------------------------------

    def _unique(self, source: dict[str, Any]) -> None:
        given = source.get("id")
        if given and given in self._ids:
            self.problem("Expected an id of its own, but another component has the same one.")
        if isinstance(given, str):
            self._ids.add(given)

    def _check_whole(self, component: Component, source: dict[str, Any]) -> None:
        if component.type == "expression" and component.formula is None:
            self.problem("Expected an expression to compute.")
        if component.type == "button" and source.get("action", "submit") != "submit":
            self.problem("Only submit buttons are used here: nobody means to lose what they typed.")
        if component.increment is not None and component.increment <= 0:
            self.problem("Expected increment to be more than 0.")
        if component.choices is not None:
            self._check_choices(component, source)

    def _check_choices(self, component: Component, source: dict[str, Any]) -> None:
        choices = component.choices
        if choices is None or choices.key or choices.expression or source.get("valuesExpression"):
            return
        listed = source.get("values")
        if not isinstance(listed, list) or not choices.fixed or len(choices.fixed) != len(listed):
            self.problem("Expected a list of options, each with a label and a value.")
        if len({choice.posted for choice in choices.fixed}) < len(choices.fixed):
            self.problem("Expected each option to have a value of its own.")
        if len(choices.fixed) > limits.OPTIONS:
            self.problem(f"Expected at most {limits.OPTIONS:,} options.")
        self._check_default(component, choices)

    def _check_default(self, component: Component, choices: Choices) -> None:
        default = component.default
        if default is MISSING or default is None:
            return
        chosen = default if isinstance(default, list) else [default]
        if not {posted_text(value) for value in chosen} <= {choice.posted for choice in choices.fixed}:
            self.problem("Expected the default value to be one of the options.")


def _name(source: dict[str, Any], count: int) -> str:
    """What the author knows the component by."""
    for word in ("key", "path", "id"):
        if isinstance(source.get(word), str) and source[word]:
            return str(source[word])[:100]
    return f"component {count}"


def _with_children(component: Component, children: tuple[Component, ...]) -> Component:
    return replace(component, components=children)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
