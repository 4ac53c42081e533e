"""Reads single settings of a component: texts, expressions, patterns, numbers. Problems and names gather."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

import re2

import feel
from engine.errors import Problem
from engine.forms import conditions, templates
from engine.forms.conditions import Condition
from engine.forms.scopes import SPECIAL
from engine.forms.templates import EMPTY, Template

_BOUNDS = ("min", "max", "minLength", "maxLength")


class Settings:
    """`here` is the component being read, `used` the names its expressions use, `names` those of all."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.names: set[str] = set()
        self.used: set[str] = set()
        self.here = ""

    def template(self, text: Any, what: str) -> Template:
        if text is None or text == "":
            return EMPTY
        if not isinstance(text, str):
            self.problem(f"Expected the {what} to be a text.")
            return EMPTY
        try:
            template = templates.parse(text)
        except (templates.TemplateProblem, feel.FeelError) as error:
            self.problem(f"The {what} cannot be read: {error}")
            return EMPTY
        self._note(template.expressions())
        return template

    def condition(self, text: Any) -> Condition | None:
        if self.expression(text, "condition") is None:
            return None
        try:
            return conditions.parse(text[1:])
        except feel.FeelError as error:
            self.problem(f"The condition cannot be read: {error}")
            return None

    def expression(self, text: Any, what: str) -> feel.Expression | None:
        if text is None or text == "":
            return None
        if not isinstance(text, str) or not text.startswith("="):
            self.problem(f"Expected the {what} to be an expression that starts with =.")
            return None
        return self.parsed(text[1:], what)

    def parsed(self, text: str, what: str) -> feel.Expression | None:
        try:
            expression = feel.parse(text)
        except feel.FeelError as error:
            self.problem(f"The {what} cannot be read: {error}")
            return None
        self._note([expression])
        return expression

    def _note(self, expressions: Iterable[feel.Expression]) -> None:
        for expression in expressions:
            self.used |= set(feel.names(expression)) - SPECIAL
        self.names |= self.used

    def bounds(self, validate: dict[str, Any]) -> dict[str, Any]:
        bounds: dict[str, Any] = {}
        for name in _BOUNDS:
            given = validate.get(name)
            if isinstance(given, str) and given.startswith("="):
                bounds[name] = self.parsed(given[1:], name)
            elif given not in (None, ""):
                bounds[name] = self.decimal(given, name)
        return {name: bound for name, bound in bounds.items() if bound is not None}

    def pattern(self, text: Any) -> Any:
        if text in (None, ""):
            return None
        try:
            options = re2.Options()
            options.log_errors = False
            return re2.compile(text, options)
        except (re2.error, TypeError) as error:
            self.problem(
                f"The pattern cannot be used: {error}. Look-around and back references are not possible."
            )
            return None

    def whole(self, given: Any, what: str, most: int) -> int | None:
        if given is None or given == "":
            return None
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= most:
            return given
        self.problem(f"Expected {what} to be a whole number from 0 to {most}.")
        return None

    def decimal(self, given: Any, what: str) -> Decimal | None:
        if given is None or given == "":
            return None
        try:
            number = Decimal(str(given)) if not isinstance(given, bool) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and abs(number.adjusted()) < 30:
            return number
        self.problem(f"Expected {what} to be a number, or an expression that starts with =.")
        return None

    def problem(self, message: str) -> None:
        self.problems.append(Problem(self.here or "form", message))
