"""What an expression of a form can see, and its evaluation.

As in form-js: everywhere the process variables and the *whole* form (`consent.given`, also inside the group
`consent`); inside a repeating group besides that `this` (the own row), `parent` (what the row's owner sees)
and `i` (row numbers from 1, outermost first).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feel
from policy.calendar import london_time

_BUDGET = feel.Budget(steps=200_000, seconds=0.5)  # of one expression of a form

NAMES = "names"  # in the context: names of the people of the case; expressions do not see them


@dataclass(frozen=True, slots=True)
class Scope:
    """The variables in sight, plain JSON, and what `now()` and `today()` mean, as London has it."""

    variables: Mapping[str, Any]
    now: datetime | None = None

    def inside(self, **more: Any) -> Scope:
        return Scope({**self.variables, **more}, self.now)

    def row(self, row: Any, number: int) -> Scope:
        """The scope of row `number` (from 1)."""
        return self._with(row, self._parent(), [*self.variables["i"], number])

    def _parent(self) -> dict[str, Any]:
        """What `parent` means to a row of this scope: the owner's answers, and its `this`, `parent`, `i`."""
        own = self.variables["this"]
        special = {name: self.variables[name] for name in ("this", "parent", "i")}
        return {**special, **(own if isinstance(own, dict) else {}), **_underscored(special)}

    def _with(self, this: Any, parent: Any, i: list[int]) -> Scope:
        special = {"this": this, "parent": parent, "i": i}
        shared = {name: value for name, value in self.variables.items() if name not in SPECIAL}
        return Scope({**special, **shared, **_underscored(special)}, self.now)


SPECIAL = frozenset(("this", "parent", "i", "_this_", "_parent_", "_i_"))


def root(context: Mapping[str, Any], answers: Mapping[str, Any], now: datetime | None) -> Scope:
    """`answers` hold every key of the form, so what an earlier task called the same is not seen."""
    data = {**{name: value for name, value in context.items() if name != NAMES}, **answers}
    special: dict[str, Any] = {"this": data, "parent": None, "i": []}
    return Scope({**special, **data, **_underscored(special)}, None if now is None else london_time(now))


def _underscored(special: Mapping[str, Any]) -> dict[str, Any]:
    return {f"_{name}_": value for name, value in special.items()}


def evaluate(expression: feel.Expression, scope: Scope) -> Any:
    """As plain JSON. An expression that does too much work gives null, as any other failure at run time."""
    try:
        return feel.to_json(feel.evaluate(expression, scope.variables, now=scope.now, budget=_BUDGET))
    except feel.FeelError:
        return None


def passes(tests: feel.Expression, scope: Scope) -> bool:
    """Whether a condition holds, as form-js asks it: unary tests of nothing. Too much work is no."""
    try:
        answer = feel.unary_tests(tests, feel.NO_INPUT, scope.variables, now=scope.now, budget=_BUDGET)
    except feel.FeelError:
        return False
    return answer is True
