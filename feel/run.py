"""One evaluation: its variables, its functions, what it may still spend, and what went wrong on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any

from feel.budget import DEFAULT, Budget
from feel.builtins import BUILT_IN
from feel.errors import Problem, TooMuchWork
from feel.values import Function, HostFunction, Value, enter

_LOOK_AT_CLOCK_EVERY = 10_000
_MAX_PROBLEMS = 50
_ABSENT = object()


class Run:
    """Made for one evaluation and thrown away."""

    __slots__ = (
        "_aside", "_budget", "_deadline", "_functions", "_left", "_look_at", "_now",
        "calls", "context", "known", "no_input", "problems",
    )  # fmt: skip

    def __init__(
        self,
        context: Mapping[str, object],
        functions: Mapping[str, Callable[..., Any]],
        now: datetime | None = None,
        budget: Budget = DEFAULT,
    ) -> None:
        self.context = context
        self.known: dict[str, Value] = {}
        self.problems: list[Problem] = []
        self.calls = 0
        self.no_input = False
        self._aside = False
        self._functions = functions
        self._now = now
        self._budget = budget
        self._left = budget.steps
        self._look_at = budget.steps - _LOOK_AT_CLOCK_EVERY
        self._deadline = 0.0

    # Variables.

    def variable(self, name: str, start: int, end: int) -> Value:
        """The value of a free name: from the context, else a host function, else a built-in one."""
        raw = self.context.get(name, _ABSENT)
        if raw is not _ABSENT:
            value = self.known[name] = enter(raw)
            return value
        found = self.function(name)
        if found is None:
            self.note(start, end, f"Expected a known name, but there is nothing called {name}.")
        return found

    def function(self, name: str) -> Function | None:
        """A host function or a built-in one."""
        if name in self._functions:
            return HostFunction(name, (), python=self._functions[name])
        return BUILT_IN.get(name)

    def now(self) -> Value:
        """The same moment all through one evaluation."""
        if self._now is None:
            self._now = datetime.now().astimezone()
        return enter(self._now)

    # What went wrong.

    def note(self, start: int, end: int, message: str) -> None:
        if not self._aside and len(self.problems) < _MAX_PROBLEMS:
            self.problems.append(Problem(start, end - start, message))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is worked out within leaves no problem."""
        before, self._aside = self._aside, True
        try:
            yield
        finally:
            self._aside = before

    # What may still be spent.

    def charge(self, steps: int) -> None:
        """Counts work, and now and then looks at the clock. Raises TooMuchWork."""
        self._left -= steps
        if self._left < self._look_at:
            self._look()

    def _look(self) -> None:
        if self._left < 0:
            raise TooMuchWork(f"Expected at most {self._budget.steps} steps of work, but it takes more.")
        # The clock starts at the first look: small expressions never ask what time it is.
        now = monotonic()
        self._deadline = self._deadline or now + self._budget.seconds
        if now > self._deadline:
            raise TooMuchWork(
                f"Expected an answer within {self._budget.seconds} seconds, but it takes longer."
            )
        self._look_at = self._left - _LOOK_AT_CLOCK_EVERY

    def enter_call(self) -> None:
        self.calls += 1
        if self.calls > self._budget.calls:
            raise TooMuchWork(
                f"Expected at most {self._budget.calls} calls inside one another, but found more."
            )


class Frame:
    """Names that hold here, and those outside. `names` is only read."""

    __slots__ = ("names", "outer", "run")

    def __init__(self, names: Mapping[str, Value], outer: Frame | None, run: Run) -> None:
        self.names = names
        self.outer = outer
        self.run = run
