"""Times things side by side: every round takes each contender in turn, so that a slow minute hits all of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table. Times are milliseconds for one operation, the median of the rounds."""

    what: str
    database: str
    naive: float | None = None
    floor: float | None = None
    ours: float | None = None
    target: str = ""
    note: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def times_naive(self) -> float | None:
        return self.naive / self.ours if self.naive and self.ours else None

    @property
    def of_floor(self) -> float | None:
        """How much of the speed of no engine at all is left."""
        return self.floor / self.ours if self.floor and self.ours else None

    def json(self) -> dict[str, Any]:
        return asdict(self) | {"times_naive": self.times_naive, "of_floor": self.of_floor}


def side_by_side(contenders: Mapping[str, Callable[[], None]], rounds: int, each: int) -> dict[str, float]:
    """Milliseconds for one call of each contender; the median of rounds of `each` calls."""
    for call in contenders.values():
        call()  # the first call compiles and caches
    found: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    for _ in range(rounds):
        for name, call in contenders.items():
            found[name].append(timed(call, each))
    return {name: statistics.median(times) for name, times in found.items()}


def timed(call: Callable[[], None], each: int) -> float:
    """Milliseconds for one call, over `each` calls."""
    start = perf_counter()
    for _ in range(each):
        call()
    return (perf_counter() - start) / each * 1000


def markdown(rows: list[Row]) -> str:
    """The table for a person."""
    lines = [
        "| what | database | naive, ms | no engine, ms | Handrail, ms | × naive | of no engine | must reach | note |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        cells = [row.what, row.database, _ms(row.naive), _ms(row.floor), _ms(row.ours)]
        cells += [_times(row.times_naive), _share(row.of_floor), row.target or "–", row.note or "–"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def _times(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} ×"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
