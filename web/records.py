"""The records of a case, and one record as it is printed."""

from __future__ import annotations

from engine import cases, records
from web.routes import Answer, Visit, action, page, pages

blueprint = pages("records")


@blueprint.get("/cases/<case_id>/records")
@action("case:read")
def show_all(visit: Visit, case_id: str) -> Answer:
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    found = records.of_case(visit.db, visit.by, case_id)
    return page("cases/records.html", case=seen, tab="records", records=found, now=visit.clock.now)


@blueprint.get("/cases/<case_id>/records/<record_id>")
@action("record:read")
def show(visit: Visit, case_id: str, record_id: str) -> Answer:
    found = records.view(visit.db, visit.by, case_id, record_id, visit.clock)
    return page("record.html", record=found, case_id=case_id, now=visit.clock.now)
