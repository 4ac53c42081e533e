"""Turns the JSON of components into `Component`s, collecting every problem, not stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

import re2

import feel
from engine.errors import Problem
from engine.forms import conditions, limits, templates
from engine.forms.choices import posted_text, read_choices
from engine.forms.components import MISSING, Choices, Component, Path
from engine.forms.conditions import Condition
from engine.forms.kinds import KINDS, REFUSED
from engine.forms.scopes import SPECIAL
from engine.forms.templates import EMPTY, Template

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}(\.[A-Za-z][A-Za-z0-9_]{0,63}){0,7}")
_BOUNDS = ("min", "max", "minLength", "maxLength")
_TIME_FORMATS = ("", "utc_offset", "utc_normalized", "no_timezone")


class Compiler:
    """Reads components; `problems` and the `names` that expressions use gather on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names: set[str] = set()
        self._ids: set[str] = set()
        self._count = 0
        self._here = ""
        self._used: set[str] = set()

    def components(self, sources: Any, depth: int) -> tuple[Component, ...]:
        if not isinstance(sources, list):
            self._problem("Expected a list of components.")
            return ()
        if depth > limits.FORM_DEPTH:
            self._problem(f"Expected groups inside groups at most {limits.FORM_DEPTH} deep.")
            return ()
        made = (self._component(source, depth) for source in sources)
        return tuple(component for component in made if component is not None)

    def _component(self, source: Any, depth: int) -> Component | None:
        self._count += 1
        if self._count > limits.FORM_COMPONENTS:
            if self._count == limits.FORM_COMPONENTS + 1:
                self._problem(f"Expected at most {limits.FORM_COMPONENTS} components.")
            return None
        if not isinstance(source, dict):
            self._problem("Expected a component to be a JSON object.")
            return None
        self._here = _name(source, self._count)
        return self._known(source, depth) if self._type_known(source) else None

    def _type_known(self, source: dict[str, Any]) -> bool:
        type_ = source.get("type")
        if isinstance(type_, str) and type_ in KINDS:
            return True
        if isinstance(type_, str) and type_ in REFUSED:
            self._problem(f"Components of the type {type_} are not used here. {REFUSED[type_]}")
        else:
            self._problem(
                "Expected a type of component that Handrail knows, such as textfield, radio or group."
            )
        return False

    def _known(self, source: dict[str, Any], depth: int) -> Component:
        here, type_ = self._here, source["type"]
        self._used = set()
        self._unique(source)
        settings: dict[str, Any] = {
            **self._words(source),
            **self._conditions(source),
            **self._rules(source),
            **self._details(source),
        }
        path = self._path(source)
        component = Component(type=type_, id=here, path=path, names=frozenset(self._used), **settings)
        self._check_whole(component, source)
        if not KINDS[type_].container:
            return component
        children = self.components(source.get("components", []), depth + 1)
        self._here = here
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
        self._problem(f"Expected a {word} of letters, digits and _, starting with a letter.")
        return ("invalid",)

    def _words(self, source: dict[str, Any]) -> dict[str, Any]:
        appearance = _object(source.get("appearance"))
        label = source.get("label") or source.get("dateLabel") or source.get("timeLabel")
        return {
            "label": self._template(label, "label"),
            "hint": self._template(source.get("description"), "description"),
            "text": self._template(source.get("text"), "text"),
            "prefix": self._template(appearance.get("prefixAdorner"), "prefix"),
            "suffix": self._template(appearance.get("suffixAdorner"), "suffix"),
        }

    def _conditions(self, source: dict[str, Any]) -> dict[str, Any]:
        conditional, properties = _object(source.get("conditional")), self._properties(source)
        readonly = source.get("readonly", False)
        return {
            "hide": self._condition(conditional.get("hide")),
            "readonly": readonly
            if isinstance(readonly, bool)
            else self._expression(readonly, "readonly") or False,
            "disabled": source.get("disabled") is True,
            "formula": self._expression(source.get("expression"), "expression"),
            "properties": properties,
            "names_allowed": self._names_allowed(properties.get("deidentified")),
        }

    def _names_allowed(self, text: str | None) -> Any:
        if text is None:
            return None
        return self._parsed(text.strip().removeprefix("=") or "false", "deidentified")

    def _rules(self, source: dict[str, Any]) -> dict[str, Any]:
        validate = _object(source.get("validate"))
        preset = validate.get("validationType") or ""
        if preset not in ("", "email", "phone", "custom"):
            self._problem("Expected the validation type email, phone or custom.")
        return {
            "required": validate.get("required") is True,
            "bounds": self._bounds(validate),
            "pattern": self._pattern(validate.get("pattern")),
            "pattern_message": _text(validate.get("patternErrorMessage")),
            "validation": preset if preset in ("email", "phone") else "",
        }

    def _details(self, source: dict[str, Any]) -> dict[str, Any]:
        subtype = source.get("subtype", "date") if source["type"] == "datetime" else ""
        if source["type"] == "datetime" and subtype not in ("date", "time", "datetime"):
            self._problem("Expected the subtype date, time or datetime.")
            subtype = "date"
        return {
            "choices": self._choices(source),
            "default": source.get("defaultValue", MISSING),
            "digits": self._whole(source.get("decimalDigits"), "decimalDigits", 20),
            "increment": self._decimal(source.get("increment"), "increment"),
            "as_text": source.get("serializeToString") is True,
            "subtype": subtype,
            "time_format": self._time_format(source.get("timeSerializingFormat") or ""),
            "no_past": source.get("disallowPassedDates") is True,
            "repetitions": self._repetitions(source),
            "can_change": source.get("allowAddRemove", True) is not False,
        }

    def _repetitions(self, source: dict[str, Any]) -> int:
        given = self._whole(source.get("defaultRepetitions"), "defaultRepetitions", limits.ROWS)
        return 1 if given is None else given

    def _time_format(self, given: Any) -> str:
        if given in _TIME_FORMATS:
            return str(given)
        self._problem("Expected the time format utc_offset, utc_normalized or no_timezone.")
        return ""

    def _properties(self, source: dict[str, Any]) -> Mapping[str, str]:
        given = source.get("properties") or {}
        if isinstance(given, dict) and all(isinstance(value, str | int | float) for value in given.values()):
            return {str(name): str(value) for name, value in given.items()}
        self._problem("Expected custom properties to be names with plain texts.")
        return {}

    def _choices(self, source: dict[str, Any]) -> Choices | None:
        if not KINDS[source["type"]].options:
            return None
        key, expression = source.get("valuesKey"), source.get("valuesExpression")
        if expression:
            return Choices(expression=self._expression(expression, "valuesExpression"))
        if key:
            self.names.add(str(key))
            return Choices(key=str(key))
        return Choices(fixed=read_choices(source.get("values")))

    # how it is read ----------------------------------------------------------------------------------------

    def _template(self, text: Any, what: str) -> Template:
        if text is None or text == "":
            return EMPTY
        if not isinstance(text, str):
            self._problem(f"Expected the {what} to be a text.")
            return EMPTY
        try:
            template = templates.parse(text)
        except (templates.TemplateProblem, feel.FeelError) as error:
            self._problem(f"The {what} cannot be read: {error}")
            return EMPTY
        self._note(template.expressions())
        return template

    def _condition(self, text: Any) -> Condition | None:
        if self._expression(text, "condition") is None:
            return None
        try:
            return conditions.parse(text[1:])
        except feel.FeelError as error:
            self._problem(f"The condition cannot be read: {error}")
            return None

    def _expression(self, text: Any, what: str) -> feel.Expression | None:
        if text is None or text == "":
            return None
        if not isinstance(text, str) or not text.startswith("="):
            self._problem(f"Expected the {what} to be an expression that starts with =.")
            return None
        return self._parsed(text[1:], what)

    def _parsed(self, text: str, what: str) -> feel.Expression | None:
        try:
            expression = feel.parse(text)
        except feel.FeelError as error:
            self._problem(f"The {what} cannot be read: {error}")
            return None
        self._note([expression])
        return expression

    def _note(self, expressions: Iterable[feel.Expression]) -> None:
        for expression in expressions:
            self._used |= set(feel.names(expression)) - SPECIAL
        self.names |= self._used

    def _bounds(self, validate: dict[str, Any]) -> dict[str, Any]:
        bounds: dict[str, Any] = {}
        for name in _BOUNDS:
            given = validate.get(name)
            if isinstance(given, str) and given.startswith("="):
                bounds[name] = self._parsed(given[1:], name)
            elif given not in (None, ""):
                bounds[name] = self._decimal(given, name)
        return {name: bound for name, bound in bounds.items() if bound is not None}

    def _pattern(self, text: Any) -> Any:
        if text in (None, ""):
            return None
        try:
            options = re2.Options()
            options.log_errors = False
            return re2.compile(text, options)
        except (re2.error, TypeError) as error:
            self._problem(
                f"The pattern cannot be used: {error}. Look-around and back references are not possible."
            )
            return None

    def _whole(self, given: Any, what: str, most: int) -> int | None:
        if given is None or given == "":
            return None
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= most:
            return given
        self._problem(f"Expected {what} to be a whole number from 0 to {most}.")
        return None

    def _decimal(self, given: Any, what: str) -> Decimal | None:
        if given is None or given == "":
            return None
        try:
            number = Decimal(str(given)) if not isinstance(given, bool) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) < 30:
            return number
        self._problem(f"Expected {what} to be a number, or an expression that starts with =.")
        return None

    # what is refused ---------------------------------------------------------------------------------------

    def _unique(self, source: dict[str, Any]) -> None:
        given = source.get("id")
        if given and given in self._ids:
            self._problem("Expected an id of its own, but another component has the same one.")
        if isinstance(given, str):
            self._ids.add(given)

    def _check_whole(self, component: Component, source: dict[str, Any]) -> None:
        if component.type == "expression" and component.formula is None:
            self._problem("Expected an expression to compute.")
        if component.type == "button" and source.get("action", "submit") != "submit":
            self._problem("Only submit buttons are used here: nobody means to lose what they typed.")
        if component.increment is not None and component.increment <= 0:
            self._problem("Expected increment to be more than 0.")
        if component.choices is not None:
            self._check_choices(component, source)

    def _check_choices(self, component: Component, source: dict[str, Any]) -> None:
        choices = component.choices
        if choices is None or choices.key or choices.expression or source.get("valuesExpression"):
            return
        listed = source.get("values")
        if not isinstance(listed, list) or not choices.fixed or len(choices.fixed) != len(listed):
            self._problem("Expected a list of options, each with a label and a value.")
        if len({choice.posted for choice in choices.fixed}) < len(choices.fixed):
            self._problem("Expected each option to have a value of its own.")
        if len(choices.fixed) > limits.OPTIONS:
            self._problem(f"Expected at most {limits.OPTIONS:,} options.")
        self._check_default(component, choices)

    def _check_default(self, component: Component, choices: Choices) -> None:
        default = component.default
        if default is MISSING or default is None:
            return
        chosen = default if isinstance(default, list) else [default]
        if not {posted_text(value) for value in chosen} <= {choice.posted for choice in choices.fixed}:
            self._problem("Expected the default value to be one of the options.")

    def _problem(self, message: str) -> None:
        self.problems.append(Problem(self._here or "form", message))


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
