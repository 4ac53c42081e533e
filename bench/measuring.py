"""Times things side by side: each round takes every contender in turn, so a slow minute hits all of them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from time import perf_counter, process_time
from typing import Any


@dataclass(frozen=True)
class Cost:
    """Milliseconds for one operation: by the clock on the wall, and of processor time in this process."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Row:
    """One line of the table: what one operation costs each contender, the median of the rounds."""

    what: str
    database: str
    naive: Cost | None = None
    floor: Cost | None = None
    ours: Cost | None = None
    target: str = ""
    note: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def times_naive(self, of: str) -> float | None:
        """How many times faster than naive; `of` is wall or cpu."""
        return _ratio(self.naive, self.ours, of)

    def of_floor(self, of: str) -> float | None:
        """How much of the speed of no engine at all is left."""
        return _ratio(self.floor, self.ours, of)

    def json(self) -> dict[str, Any]:
        ratios = {f"times_naive_{of}": self.times_naive(of) for of in ("wall", "cpu")}
        ratios |= {f"of_floor_{of}": self.of_floor(of) for of in ("wall", "cpu")}
        return asdict(self) | ratios


def _ratio(one: Cost | None, other: Cost | None, of: str) -> float | None:
    return getattr(one, of) / getattr(other, of) if one and other else None


def side_by_side(contenders: Mapping[str, Callable[[], object]], rounds: int, each: int) -> dict[str, Cost]:
    """What one call of each contender costs; the median of rounds of `each` calls."""
    for call in contenders.values():
        call()  # the first call compiles and caches
    found: dict[str, list[Cost]] = {name: [] for name in contenders}
    gc.collect()
    for _ in range(rounds):
        for name, call in contenders.items():
            found[name].append(timed(call, each))
    return {name: median(costs) for name, costs in found.items()}


def median(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))


def timed(call: Callable[[], object], each: int) -> Cost:
    """What one call costs, over `each` calls."""
    wall, cpu = perf_counter(), process_time()
    for _ in range(each):
        call()
    return Cost((perf_counter() - wall) / each * 1000, (process_time() - cpu) / each * 1000)


def markdown(rows: list[Row]) -> str:
    """The table for a person."""
    lines = [
        "| what | database | naive | floor | Handrail | × naive | of floor | must reach | note |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        cells = [row.what, row.database, _cost(row.naive), _cost(row.floor), _cost(row.ours)]
        cells.append(f"{_times(row.times_naive('wall'))} ({_times(row.times_naive('cpu'))})")
        cells.append(f"{_share(row.of_floor('wall'))} ({_share(row.of_floor('cpu'))})")
        lines.append("| " + " | ".join([*cells, row.target or "–", row.note or "–"]) + " |")
    return "\n".join(lines).replace("– (–)", "–")


def _cost(cost: Cost | None) -> str:
    return "–" if cost is None else f"{_ms(cost.wall)} ({_ms(cost.cpu)})"


def _ms(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def _times(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} ×"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
