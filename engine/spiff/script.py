"""Expressions of a diagram. FEEL after `=`, otherwise the text itself; never anything of Python's.

SpiffWorkflow asks its script engine for every expression. `Expressions` is that engine, for one command at
one instant.
"""

# mypy: disallow-subclassing-any=False
# ruff: noqa: ARG002 - the signatures are SpiffWorkflow's, or those of the other elements

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

import feel
from engine.execution import Clock
from policy.calendar import LONDON, london_time
from policy.clocks import NeverPauses, Pause

from .variables import is_json

NOW = object()  # where no start is given to `deadline`


class Stuck(Exception):
    """A token cannot go on until a person looks at it. The message is plain words, nothing personal."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What a diagram says in one place: FEEL, or (`feel` is None) the text as it stands."""

    text: str
    feel: Any = None  # feel.Expression


@lru_cache(maxsize=4096)
def read(text: str) -> Expression:
    """Raises feel.FeelError when what follows `=` is not FEEL."""
    text = text.strip()
    return Expression(text, feel.parse(text[1:])) if text.startswith("=") else Expression(text)


def whole(text: str) -> int | None:
    """A whole number written in digits; None for any other text.

    >>> whole("12"), whole("-1"), whole("²"), whole("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def london(value: datetime) -> datetime:
    """A local time is Europe/London's."""
    return value if value.tzinfo else value.replace(tzinfo=LONDON)


def beginning(value: date) -> datetime:
    """The instant at which a time or a London day begins."""
    if isinstance(value, datetime):
        return london(value)
    return datetime(value.year, value.month, value.day, tzinfo=LONDON)


def _pauses(clock: str, listed: object) -> list[Pause]:
    """The pauses as a diagram lists them. Raises Stuck for one that has not ended: it is no pause yet."""
    if listed is None:
        return []
    spans = listed if isinstance(listed, list) else [listed]
    try:
        return [_pause(span) for span in spans]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Stuck(
            f"Expected each pause of the clock “{clock}” to have a time from which and one to which it stood "
            "still, but one has not."
        ) from error


def _pause(span: Any) -> Pause:
    reason = span.get("reason")
    return Pause(_time(span["from"]), _time(span["to"]), reason if isinstance(reason, str) else "")


def _time(value: Any) -> datetime:
    """Times in variables are text."""
    return beginning(value if isinstance(value, date) else datetime.fromisoformat(value))


def _kept(value: Any, expression: Expression) -> Any:
    """As plain JSON. Raises Stuck for what cannot be kept: then a person looks, and nothing is rounded."""
    try:
        found = value if value is None or type(value) is str else feel.to_json(value)
        kept = is_json(found)
    except feel.FeelError:
        kept = False
    if not kept:
        raise Stuck(
            f"Expected `{expression.text[:80]}` to give what can be kept, but it gave a number of more than "
            "18 digits, text that is none, or lists inside one another without end."
        )
    return found


class Environment(BasePythonScriptEngineEnvironment):
    """The one language, FEEL, over one scope's variables."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.reckoned: dict[str, Any] | None = None  # by the named clock that the last expression asked
        self.organisation: str | None = None  # that the last expression was worked out for
        self.functions: Mapping[str, Callable[..., Any]] = {"deadline": self.deadline}

    @cached_property
    def now(self) -> datetime:
        """Of this command, as London has it: its hours and its day are what a diagram speaks of."""
        return london_time(self.clock.now)

    def deadline(self, name: object, start: object = NOW, pauses: object = None) -> datetime | None:
        """When a named clock runs out: the function diagrams use for every statutory time limit.

        `pauses` is a list of contexts {from, to, reason}, in which the clock stood still. A start that is
        given but comes to nothing stops the token: counting from now would move a limit that is running.
        """
        if start is None:
            raise Stuck(f"Expected the time from which the clock “{name}” runs, but there is none.")
        if not isinstance(name, str) or not (start is NOW or isinstance(start, date)):
            return None
        begun = beginning(start) if isinstance(start, date) else self.clock.now
        spans = _pauses(name, pauses)
        try:
            reckoning = self.clock.reckon(name, begun, spans, self.organisation)
        except LookupError as error:
            raise Stuck(f"Expected a clock of this partnership, but “{name}” is not one.") from error
        except NeverPauses as error:
            raise Stuck(str(error)) from error
        self.reckoned = reckoning.facts()
        return reckoning.due

    def evaluate(
        self,
        expression: Expression,
        context: Mapping[str, Any],
        external_context: Mapping[str, Any] | None = None,
    ) -> Any:
        if expression.feel is None:
            return expression.text
        self.reckoned = None
        organisation = context.get("organisation_id")
        self.organisation = organisation if isinstance(organisation, str) else None
        try:
            return feel.evaluate(
                expression.feel,
                {**context, **external_context} if external_context else context,
                now=self.now,
                functions=self.functions,
            )
        except feel.FeelError as error:
            raise Stuck(
                f"Expected `{expression.text}` to be worked out, but it took too much work."
            ) from error

    def plain(self, expression: Expression, context: Mapping[str, Any]) -> Any:
        """The value as plain JSON."""
        return _kept(self.evaluate(expression, context), expression)

    def execute(self, script: Any, context: Any, external_context: Any = None) -> bool:
        raise Stuck("Expected no script: diagrams may not run code.")

    def call_service(self, context: Any, **kwargs: Any) -> Any:
        raise Stuck("Expected a named operation: diagrams may not call services themselves.")


class Expressions(PythonScriptEngine):
    """The script engine of one command."""

    environment: Environment

    def __init__(self, clock: Clock) -> None:
        super().__init__(Environment(clock))

    @property
    def clock(self) -> Clock:
        return self.environment.clock

    def validate(self, expression: str) -> None:
        read(expression)

    def evaluate(
        self, task: Any, expression: Expression, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        return self.environment.evaluate(expression, task.data, external_context)

    def execute(self, task: Any, script: Any, external_context: Any = None) -> bool:
        return self.environment.execute(script, task.data)

    def call_service(self, task: Any, **kwargs: Any) -> Any:
        return self.environment.call_service(task.data, **kwargs)

    def true(
        self, task: Any, expression: Expression, what: str, external: Mapping[str, Any] | None = None
    ) -> bool:
        """Whether a condition holds. Null is nobody's answer, so the token waits for a person."""
        value = self.evaluate(task, expression, external)
        if isinstance(value, bool):
            return value
        gave = "nothing" if value is None else "neither true nor false"
        raise Stuck(f"Expected {what} to be true or false, but `{expression.text}` gave {gave}.")

    def value(self, task: Any, expression: Expression, external: Mapping[str, Any] | None = None) -> Any:
        """The value as plain JSON."""
        return _kept(self.evaluate(task, expression, external), expression)

    def text(self, task: Any, expression: Expression | None, what: str) -> str | None:
        """The value where text is expected; None when the diagram says nothing."""
        if expression is None:
            return None
        value = self.value(task, expression)
        if isinstance(value, str) and value:
            return value
        raise Stuck(f"Expected {what} to be text, but `{expression.text}` gave none.")
