"""Cases: the list of one's own, starting one, and the page that says where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from engine import cases, definitions, forms, messages, people
from engine.cases import PARTS, CaseView
from engine.definitions import StartableProcess
from engine.errors import InvalidInput, NotFound
from policy.roles import ROLES
from web import subjects
from web.forms import Posted, again, links_of, problems, shown
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("cases")


@blueprint.get("/cases")
@action("case:read")
def show_mine(visit: Visit) -> Answer:
    cursor = request.args.get("after")
    found = cases.mine(visit.db, visit.by, cursor=cursor)
    return page("cases/mine.html", items=found.items, next=found.next, cursor=cursor, now=visit.clock.now)


# Starting --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Starting:
    """What a person is about to start: the process, its form, and where they may start it."""

    process: StartableProcess
    form: forms.Form
    organisations: Mapping[str, str]  # names by id


@blueprint.get("/cases/new")
@action("case:open")
def choose(visit: Visit) -> Answer:
    """What happened? Each answer leads to one process."""
    release = definitions.current(visit.db, visit.by.area_id)
    possible = [each for each in definitions.startable(visit.db, release) if _where(visit, each)]
    return page("cases/choose.html", possible=possible)


@blueprint.get("/cases/new/<process>")
@action("case:open")
def begin(visit: Visit, process: str) -> Answer:
    starting = _starting(visit, process)
    return _start_page(starting, {"subjects": [{"part": "child"}]}, {}, {})


@blueprint.post("/cases/new/<process>")
@action("case:open")
def start(visit: Visit, process: str) -> Answer:
    starting, posted = _starting(visit, process), request.form
    who = forms.from_post(subjects.form(), posted)
    answers = forms.from_post(starting.form, posted)
    changed = forms.edited(subjects.form(), who, posted), forms.edited(starting.form, answers, posted)
    if any(each is not None for each in changed):
        return _start_page(starting, changed[0] or who, changed[1] or answers, {})
    errors = forms.submit(subjects.form(), who, {}).errors | _place_errors(starting, posted)
    if errors:
        raise Redraw(_start_page(starting, who, answers, errors))
    opened = _open(visit, starting, who, answers)
    if opened.tasks:
        return go(
            "inbox.show_task", task_id=opened.tasks[0], said="The case is open. This is the first step."
        )
    return go("cases.show", case_id=opened.case_id, said="The case is open.")


@blueprint.post("/cases/new/<process>/questions")
@action("case:open")
def questions(visit: Visit, process: str) -> Answer:
    return shown([subjects.form(), _starting(visit, process).form], request.form, {})


def _open(
    visit: Visit, starting: Starting, who: Mapping[str, Any], answers: Mapping[str, Any]
) -> cases.Opened:
    """Open the case. Raises Redraw with what is wrong with the answers."""
    try:
        return cases.open_case(
            visit.db,
            visit.by,
            process=starting.process.process,
            subjects=subjects.subjects_of(who),
            answers=answers,
            organisation_id=request.form.get("_organisation", ""),
            clock=visit.clock,
            key=visit.key,
        )
    except InvalidInput as error:
        raise Redraw(_start_page(starting, who, answers, problems(error))) from error


def _place_errors(starting: Starting, posted: Posted) -> dict[str, str]:
    chosen = posted.get("_organisation")
    return (
        {}
        if chosen in starting.organisations
        else {"_organisation": "Select the organisation you are acting for"}
    )


def _start_page(
    starting: Starting, who: Mapping[str, Any], answers: Mapping[str, Any], errors: Mapping[str, str]
) -> Page:
    people_drawn = again(subjects.form(), who, {}, errors)
    form_drawn = again(
        starting.form, answers, {"names": [each.name for each in subjects.subjects_of(who)]}, errors
    )
    fields = [*people_drawn.fields, *form_drawn.fields]
    return page(
        "cases/start.html",
        status=422 if errors else 200,
        process=starting.process,
        organisations=starting.organisations,
        chosen=request.form.get("_organisation", ""),
        subjects=people_drawn,
        form=form_drawn,
        links=links_of(fields, errors),
        asked=f"{people_drawn.asked} {form_drawn.asked}",
        errors=errors,
    )


def _starting(visit: Visit, process: str) -> Starting:
    """Raises NotFound when there is no such process, or the person may start it nowhere."""
    release = definitions.current(visit.db, visit.by.area_id)
    for each in definitions.startable(visit.db, release):
        where = _where(visit, each)
        if each.process == process and where:
            names = people.organisation_names(visit.db, where)
            return Starting(each, definitions.form(visit.db, release, each.form), names)
    raise NotFound


def _where(visit: Visit, process: StartableProcess) -> list[str]:
    """The organisations at which this person holds a role that starts the process."""
    return sorted({place for place, role in visit.by.roles if role in process.roles})


# One case --------------------------------------------------------------------------------------------------


@blueprint.get("/cases/<case_id>")
@action("case:read")
def show(visit: Visit, case_id: str) -> Answer:
    """Who is involved, what waits, and what one can do about it."""
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    return page(
        "cases/show.html",
        case=seen,
        tab="overview",
        now=visit.clock.now,
        tasks=_open_tasks(seen),
        possible=messages.possible(visit.db, visit.by, case_id),
        parts=PARTS,
        roles=ROLES,
        me=visit.by.person_id,
    )


def _open_tasks(seen: CaseView) -> list[cases.CaseTask]:
    """Soonest due first; what has no due time comes last."""
    waiting = [task for task in seen.tasks if task.state == "open"]
    return sorted(waiting, key=lambda task: (task.due_at is None, task.due_at or task.opened_at))
