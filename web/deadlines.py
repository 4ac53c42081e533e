"""The page about clocks: what each gives people, what the partnership changed, who decided it and why."""

from __future__ import annotations

from datetime import date, datetime, time

from engine.deadlines import ClockView, Deadlines
from policy.calendar import LONDON, Hub
from policy.clocks import KINDS, LENGTHENED
from policy.holidays import DIVISIONS, published_until
from web.routes import Answer, Visit, action, page, pages
from web.wording import clock_time

blueprint = pages("deadlines")


@blueprint.get("/clocks")
@action("definition:read")
def show(visit: Visit) -> Answer:
    """Every clock, by the process it belongs to."""
    deadlines = visit.clock.deadlines
    views = deadlines.every()
    by_process: dict[str, list[list[ClockView]]] = {}
    for view in views:
        clocks = by_process.setdefault(view.process, [])
        if clocks and clocks[-1][0].name == view.name:
            clocks[-1].append(view)
        else:
            clocks.append([view])
    return page(
        "clocks.html",
        by_process=by_process,
        changed=[view for view in views if view.local],
        hubs=_hubs(deadlines),
        kinds=KINDS,
        lengthened=LENGTHENED,
        time_of_day=time_of_day,
        divisions=DIVISIONS,
        published_until=published_until,
    )


def time_of_day(at: time) -> str:
    """A London time as the pages write it.

    >>> time_of_day(time(17, 30))
    '5:30pm'
    """
    return clock_time(datetime.combine(date(2026, 1, 1), at, LONDON))


def _hubs(deadlines: Deadlines) -> list[tuple[str, Hub]]:
    """Where the hours hold, and the hours."""
    return [("Everywhere", deadlines.hub), *((hub.name, hub.calendar) for hub in deadlines.hubs)]
