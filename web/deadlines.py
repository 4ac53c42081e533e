"""The page about clocks: what each gives people, what the partnership changed, who decided it and why."""

from __future__ import annotations

from engine.deadlines import ClockView, Deadlines
from policy.calendar import Hub
from policy.holidays import DIVISIONS, published_until
from web.routes import Answer, Visit, action, page, pages

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
        divisions=DIVISIONS,
        published_until=published_until,
    )


def _hubs(deadlines: Deadlines) -> list[tuple[str, Hub]]:
    """Where the hours hold, and the hours."""
    return [("Everywhere", deadlines.hub), *((hub.name, hub.calendar) for hub in deadlines.hubs)]
