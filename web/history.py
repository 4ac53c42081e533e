"""What happened in a case, newest first: the story, or every step."""

from __future__ import annotations

from flask import request

from engine import cases
from engine.audit import history
from web.routes import Answer, Visit, action, page, pages

blueprint = pages("history")


@blueprint.get("/cases/<case_id>/history")
@action("history:read")
def show(visit: Visit, case_id: str) -> Answer:
    cursor, everything = request.args.get("after"), request.args.get("steps") == "all"
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    found = history.timeline(visit.db, visit.by, case_id, cursor=cursor, everything=everything)
    return page(
        "cases/history.html",
        case=seen,
        tab="history",
        entries=found.items,
        next=found.next,
        cursor=cursor,
        everything=everything,
        now=visit.clock.now,
    )
