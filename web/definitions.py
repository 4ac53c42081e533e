"""Where a case stands in its processes: the drawing with its tokens, and the same as a list of steps."""

from __future__ import annotations

from flask import make_response

from engine import cases, progress
from engine.cases import CaseInstance, CaseView
from engine.errors import NotFound
from web.routes import Answer, Visit, action, page, pages

blueprint = pages("definitions")


@blueprint.get("/cases/<case_id>/process")
@action("diagram:read")
def show(visit: Visit, case_id: str) -> Answer:
    """The process that the case was opened with."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    return _page(visit, seen, seen.instances[0])


@blueprint.get("/cases/<case_id>/process/<instance_id>")
@action("diagram:read")
def show_instance(visit: Visit, case_id: str, instance_id: str) -> Answer:
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    return _page(visit, seen, _instance(seen, instance_id))


@blueprint.get("/cases/<case_id>/process/<instance_id>/diagram.bpmn")
@action("diagram:read")
def source(visit: Visit, case_id: str, instance_id: str) -> Answer:
    """The diagram as it was uploaded, for the drawing."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    found = progress.progress(visit.db, visit.by, _instance(seen, instance_id).id)
    response = make_response(found.source)
    response.mimetype = "application/xml"
    return response


def _instance(seen: CaseView, instance_id: str) -> CaseInstance:
    for each in seen.instances:
        if each.id == instance_id:
            return each
    raise NotFound


def _page(visit: Visit, seen: CaseView, instance: CaseInstance) -> Answer:
    found = progress.progress(visit.db, visit.by, instance.id)
    states = {step.id: step.state for step in found.steps if step.state}
    return page(
        "cases/process.html",
        case=seen,
        tab="process",
        instance=instance,
        steps=found.steps,
        states=states,
        now=visit.clock.now,
    )
