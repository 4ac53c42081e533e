"""What is measured, one function for each kind of row."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from sqlalchemy import Engine

import api
from bench import diagrams, inboxes, ours, wsgi
from bench.databases import settle
from bench.floor import Floor
from bench.measuring import Cost, Row, median, side_by_side, timed
from bench.naive import Naive
from bench.ours import Ours
from engine import definitions, execution, tokens
from engine.database import reading, transaction
from engine.spiff import commands

_AGAIN = 6  # completions of a short instance, before the next one is started


class Site:
    """One database with the measured processes in force, and the three contenders on it."""

    def __init__(self, engine: Engine, kind: str, quick: bool) -> None:
        self.engine, self.kind, self.quick = engine, kind, quick
        self.release_id = ours.populate(engine)
        self.naive, self.floor, self.ours = Naive(engine), Floor(engine, self.release_id), Ours(engine)
        self.rounds, self.each = (3, 12) if quick else (15, 60)


def start(site: Site) -> Iterator[Row]:
    """Open a case and start a short process in it."""
    contenders = {
        "naive": lambda: site.naive.start(diagrams.SHORT),
        "floor": lambda: site.floor.start(diagrams.SHORT),
        "ours": lambda: site.ours.start(diagrams.SHORT),
    }
    found = side_by_side(contenders, site.rounds, site.each)
    yield Row("start an instance", site.kind, **found, target="8 ×" if site.kind == "sqlite" else "")


def complete(site: Site) -> Iterator[Row]:
    """Complete tasks of short instances; only the completions are timed."""
    found = side_by_side(
        {name: _completing(getattr(site, name), diagrams.SHORT) for name in ("naive", "floor", "ours")},
        site.rounds,
        site.each,
    )
    yield Row("complete a task", site.kind, **found, target="8 ×" if site.kind == "sqlite" else "4 ×")


def busy(site: Site) -> Iterator[Row]:
    """Complete tasks of a case of 47 nodes with six kinds of event waiting on its tasks."""
    found = side_by_side(
        {name: _completing(getattr(site, name), diagrams.BUSY) for name in ("naive", "ours")},
        site.rounds,
        site.each,
    )
    target = "15 ×" if site.kind == "sqlite" else ""
    yield Row("complete a task, 47 nodes with events", site.kind, **found, target=target)


def _completing(contender: Naive | Floor | Ours, process: str) -> Callable[[], None]:
    """Completes one task at each call, of instances that were started before the clock runs."""
    waiting = [contender.start(process) for _ in range(200)]
    settle(contender.engine)
    turn = itertools.count()

    def call() -> None:
        at = next(turn) // _AGAIN
        waiting[at] = contender.complete(waiting[at], "x")

    return call


def statements(site: Site) -> Iterator[Row]:
    """How often one completed task asks the database."""
    task = site.ours.complete(site.ours.start(diagrams.SHORT), "x")
    with ours.counted(site.engine) as found:
        site.ours.complete(task, "x")
    asked = [each for each in found if not each.startswith(("BEGIN", "COMMIT"))]
    more = {"statements": [each.split("\n")[0][:100] for each in asked]}
    yield Row(
        "statements of a completed task", site.kind, target="≤ 8", note=f"{len(asked)} statements", more=more
    )


def loop(site: Site) -> Iterator[Row]:
    """One task again and again: the hundredth round must cost what the tenth does."""
    far, stock_far = (100, 40) if site.quick else (1000, 200)
    early, late = _looped(site.ours, far)
    stock_early, stock_late = _looped(site.naive, stock_far)
    growth, stock_growth = late.cpu / early.cpu, stock_late.cpu / stock_early.cpu
    note = f"against round 10: {growth:.2f} ×; naive at round {stock_far}: {stock_growth:.1f} ×"
    yield Row(
        f"loop, round {far}", site.kind, naive=stock_late, ours=late, target="growth ≤ 1.2 ×", note=note
    )


def _looped(contender: Naive | Ours, far: int) -> tuple[Cost, Cost]:
    """The cost of a round near the tenth, and near the `far`th."""
    at = contender.start(diagrams.LOOP)
    settle(contender.engine)

    def once() -> None:
        nonlocal at
        at = contender.complete(at, "again")

    timed(once, 5)
    early = median([timed(once, 5) for _ in range(3)])
    timed(once, far - 35)
    return early, median([timed(once, 5) for _ in range(3)])


def blocks(site: Site) -> Iterator[Row]:
    """Six blocks of four parallel branches: the executor alone, without a database."""
    if site.kind != "sqlite":
        return
    with reading(site.engine) as db:
        bundle = definitions.bundle(db, definitions.load(db, site.release_id), diagrams.BLOCKS)
    command = execution.Start({"note": "x", "started_by": ours.WHO})
    result = commands.run(bundle, None, command, ours.clock())
    cost = side_by_side({"ours": lambda: commands.run(bundle, None, command, ours.clock())}, 5, 50)["ours"]
    stock = timed(lambda: site.naive.begin(diagrams.BLOCKS), 1)
    size = len(site.naive.begin(diagrams.BLOCKS))
    note = f"state {len(result.state):,} bytes, {len(result.opened)} tasks; naive {size:,}"
    yield Row(
        "6 blocks of 4 branches, start", "none", naive=stock, ours=cost, target="≤ 1 ms, ≤ 2 KB", note=note
    )


def inbox(site: Site) -> Iterator[Row]:
    """A page of 20 tasks to claim, need to know on, among few and many open tasks."""
    few: Cost | None = None
    for count in (1_000, 10_000 if site.quick else 100_000):
        inboxes.fill(site.engine, site.release_id, count)
        cost = inboxes.page(site.engine, each=20 if site.quick else 100)
        note = f"{cost.wall / few.wall:.2f} × the page among 1,000" if few else ""
        few = few or cost
        yield Row(
            f"inbox page of 20 among {count:,}",
            site.kind,
            ours=cost,
            target="≤ 1 ms, growth ≤ 1.3 ×",
            note=note,
        )


def over_http(site: Site) -> Iterator[Row]:
    """Completions through the JSON API: token, key, strict body, answers, commit, JSON. No network."""
    app = api.build(_Context(site.engine))
    with transaction(site.engine) as db:
        token = tokens.issue(db, ours.WHO, "bench", 1, ours.clock().now)
    waiting = [site.ours.start(diagrams.SHORT) for _ in range(150)]
    settle(site.engine)
    turn = itertools.count()

    def call() -> None:
        n = next(turn)
        asked = wsgi.request(f"/tasks/{waiting[n // _AGAIN]}/complete", token, f"bench-{n:08}", {"note": "x"})
        waiting[n // _AGAIN] = wsgi.answer(app, asked)["next_tasks"][0]

    cost = side_by_side({"ours": call}, site.rounds if site.quick else 10, site.each)["ours"]
    note = f"{1000 / cost.wall:,.0f}/s ({1000 / cost.cpu:,.0f}/s), one process"
    yield Row("complete through the API", site.kind, ours=cost, target="≥ 500/s", note=note)


class _Context:
    """What the API is started with."""

    settings = None

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def clock(self) -> execution.Clock:
        return ours.clock()


ROWS = {
    "start": start,
    "complete": complete,
    "busy": busy,
    "statements": statements,
    "loop": loop,
    "blocks": blocks,
    "api": over_http,
    "inbox": inbox,
}
