"""Where a case stands in its processes: the drawing with its tokens, and the same as a list of steps."""

from __future__ import annotations

from flask import make_response

from engine import cases, progress
from engine.cases import CaseInstance, CaseView
from engine.diagrams.vocabulary import words
from engine.errors import NotFound
from engine.progress import Part, Progress
from web.routes import Answer, Visit, action, page, pages

blueprint = pages("progress")

_UNNAMED = {
    "startEvent": "Start",
    "endEvent": "End",
    "parallelGateway": "At the same time",
    "inclusiveGateway": "One or more ways on",
    "exclusiveGateway": "One way on",
    "eventBasedGateway": "Whatever happens first",
}


@blueprint.get("/cases/<case_id>/process")
@action("diagram:read")
def show(visit: Visit, case_id: str) -> Answer:
    """The process that the case was opened with."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    return _page(visit, seen, seen.instances[0], None)


@blueprint.get("/cases/<case_id>/process/<instance_id>/<process>")
@action("diagram:read")
def show_part(visit: Visit, case_id: str, instance_id: str, process: str) -> Answer:
    """One process of an instance: its own, or one that it calls."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    return _page(visit, seen, _instance(seen, instance_id), process)


@blueprint.get("/cases/<case_id>/process/<instance_id>/<process>/diagram.bpmn")
@action("diagram:read")
def source(visit: Visit, case_id: str, instance_id: str, process: str) -> Answer:
    """The diagram as it was uploaded, for the drawing."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    found = progress.progress(visit.db, visit.by, _instance(seen, instance_id).id)
    response = make_response(_part(found, process).source)
    response.mimetype = "application/xml"
    return response


def _instance(seen: CaseView, instance_id: str) -> CaseInstance:
    for each in seen.instances:
        if each.id == instance_id:
            return each
    raise NotFound


def unnamed(kind: str) -> str:
    """What to call a step that the drawing gives no name."""
    return _UNNAMED.get(kind) or words(kind).capitalize()


def _part(found: Progress, process: str | None) -> Part:
    if process is None:
        return found.main
    for each in (found.main, *found.called):
        if each.process == process:
            return each
    raise NotFound


def _page(visit: Visit, seen: CaseView, instance: CaseInstance, process: str | None) -> Answer:
    found = progress.progress(visit.db, visit.by, instance.id)
    part = _part(found, process)
    return page(
        "cases/process.html",
        case=seen,
        tab="process",
        instance=instance,
        part=part,
        standing=[step for step in part.steps if step.state == "now"],
        unnamed=unnamed,
        parts=(found.main, *found.called),
        reached={each.process for each in found.called if any(step.state for step in each.steps)},
        states={step.id: step.state for step in part.steps if step.state},
        now=visit.clock.now,
    )
