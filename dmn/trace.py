"""One evaluation of a model: what went wrong, and which rules fired."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dmn.errors import Problem
from feel.run import Run
from feel.values import Value

_MAX_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that matched and counted. `rule` is its number in the table, from 1."""

    decision: str
    rule: int
    rule_id: str
    annotations: tuple[str, ...]


class Trace(Run):
    """A run of FEEL that also knows where in the model it is."""

    __slots__ = ("_where", "fired", "found", "serving")

    def begin(self) -> Trace:
        self._where = ["the model"]
        self.fired: list[Fired] = []
        self.found: list[Problem] = []
        self.serving: dict[object, list[list[Value]]] = {}
        """The arguments of each service that is being run, of the innermost call last."""
        return self

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        self._where.append(name)
        try:
            yield
        finally:
            self._where.pop()

    def note(self, start: int, end: int, message: str) -> None:
        if not self._aside and len(self.found) < _MAX_PROBLEMS:
            self.found.append(Problem(self._where[-1], message, start, end - start))

    def tell(self, message: str) -> None:
        """A problem of the model rather than of a text in it."""
        self.note(0, 0, message)

    @property
    def where(self) -> str:
        return self._where[-1]
