"""`conditional.hide`: when a question is not asked.

As in form-js, the condition is a unary test of nothing. So besides *true* also *null* hides, as long as it
comes from a question nobody has answered yet: "hide when `age < 5`" waits for the age. But a name that no
form and no process knows is a slip, and no question may vanish by a slip: then only *true* itself hides.
"""

from __future__ import annotations

from dataclasses import dataclass

import feel
from engine.forms import scopes
from engine.forms.scopes import Scope


@dataclass(frozen=True, slots=True)
class Condition:
    expression: feel.Expression
    tests: feel.Expression
    names: frozenset[str]

    def hides(self, scope: Scope) -> bool:
        if not scopes.passes(self.tests, scope):
            return False
        return self.names <= scope.variables.keys() or scopes.evaluate(self.expression, scope) is True


def parse(text: str) -> Condition:
    """Raises feel.FeelError."""
    expression = feel.parse(text)
    return Condition(expression, feel.parse_tests(text), frozenset(feel.names(expression)))
