"""Cases: the list of one's own, starting one, and the page that says where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from engine import cases, definitions, forms, messages, people, records
from engine.cases import PARTS, CaseView
from engine.definitions import StartableProcess
from engine.errors import InvalidInput, NotFound
from engine.guidance import Guidance
from policy.roles import ROLES
from web import guidance, offers, subjects
from web.forms import NOTHING, Posted, drawn, links_of, not_asked, problems, shown
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("cases")

DANGER = "immediate_risk_raised"  # the message that stands first, whatever else a case waits for


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
    guidance: Guidance | None
    offered: Mapping[str, Any]  # what the form may choose from

    @property
    def who(self) -> forms.Form:
        """The questions about the people it is about."""
        return subjects.form(optional=self.process.subjects_optional)


@blueprint.get("/cases/new")
@action("case:open")
def choose(visit: Visit) -> Answer:
    """What happened? Each answer leads to one process, or to whoever starts it."""
    release = definitions.current(visit.db, visit.by.area_id)
    every = definitions.startable(visit.db, release)
    mine = [each for each in every if _where(visit, each)]
    return page(
        "cases/choose.html",
        offers=offers.under_headings(mine),
        others=sorted(
            (each for each in every if each not in mine and each.elsewhere), key=lambda each: each.offers
        ),
        roles=sorted({ROLES[role].name for _, role in visit.by.roles if role in ROLES}),
    )


@blueprint.get("/cases/new/<process>")
@action("case:open")
def begin(visit: Visit, process: str) -> Answer:
    starting = _starting(visit, process)
    who = subjects.at_first(optional=starting.process.subjects_optional)
    return _start_page(starting, _Given(who, {}, starting.offered))


@blueprint.post("/cases/new/<process>")
@action("case:open")
def start(visit: Visit, process: str) -> Answer:
    starting = _starting(visit, process)
    given = _given(starting, request.form)
    changed = _rows_changed(starting, given, request.form)
    if changed:
        return _start_page(starting, changed)
    errors, new = _judge(starting, given, request.form, visit.clock.now)
    if errors or new:
        raise Redraw(_start_page(starting, given, errors, new))
    opened = _open(visit, starting, given)
    if opened.tasks:
        return go("inbox.show_task", task_id=opened.tasks[0], said="The case is open. Start here.")
    return go("cases.show", case_id=opened.case_id, said="The case is open.")


@blueprint.post("/cases/new/<process>/questions")
@action("case:open")
def questions(visit: Visit, process: str) -> Answer:
    starting = _starting(visit, process)
    both = {"subjects": starting.who, "form": starting.form}
    return shown(both, request.form, starting.offered)


@dataclass(frozen=True, slots=True)
class _Given:
    """What was answered: who it is about, and the questions of the process."""

    who: Mapping[str, Any]
    answers: Mapping[str, Any]
    offered: Mapping[str, Any]

    @property
    def context(self) -> dict[str, Any]:
        return {"names": [each.name for each in subjects.subjects_of(self.who)], **self.offered}


def _given(starting: Starting, posted: Posted) -> _Given:
    who, answers = forms.from_post(starting.who, posted), forms.from_post(starting.form, posted)
    return _Given(who, answers, starting.offered)


def _rows_changed(starting: Starting, given: _Given, posted: Posted) -> _Given | None:
    """What was answered after an "add another" or "remove" button; None when neither was pressed."""
    who = forms.edited(starting.who, given.who, posted)
    answers = forms.edited(starting.form, given.answers, posted)
    if who is None or answers is None:  # both know which button was pressed, and only one has the row
        return None
    return _Given(who, answers, given.offered)


def _judge(
    starting: Starting, given: _Given, posted: Posted, now: datetime
) -> tuple[dict[str, str], frozenset[str]]:
    """What is wrong, by path, and which questions were not asked yet."""
    about = forms.submit(starting.who, given.who, {}, now=now)
    rest = forms.submit(starting.form, given.answers, given.context, now=now)
    new = not_asked(rest, posted)
    errors = dict(about.errors)
    errors |= {path: each for path, each in rest.errors.items() if path not in new}
    if posted.get("_organisation") not in starting.organisations:
        errors = {"_organisation": "Select the organisation you are acting for"} | errors
    return errors, new


def _open(visit: Visit, starting: Starting, given: _Given) -> cases.Opened:
    """Open the case. Raises Redraw with what is wrong with the answers."""
    try:
        return cases.open_case(
            visit.db,
            visit.by,
            process=starting.process.process,
            subjects=subjects.subjects_of(given.who),
            answers=forms.submit(starting.form, given.answers, given.context).kept,
            organisation_id=request.form.get("_organisation", ""),
            clock=visit.clock,
            key=visit.key,
        )
    except InvalidInput as error:
        raise Redraw(_start_page(starting, given, problems(error))) from error


def _start_page(
    starting: Starting,
    given: _Given,
    errors: Mapping[str, str] = NOTHING,
    new: frozenset[str] = frozenset(),
) -> Page:
    about = drawn(starting.who, given.who, {}, errors)
    rest = drawn(starting.form, given.answers, given.context, errors, new)
    return page(
        "cases/start.html",
        status=422 if errors else 200,
        process=starting.process,
        guidance=guidance.drawn(starting.guidance),
        organisations=starting.organisations,
        chosen=request.form.get("_organisation", ""),
        subjects=about,
        form=rest,
        links=links_of([*about.fields, *rest.fields], errors, {"_organisation": "_organisation"}),
        appeared=rest.appeared,
        asked=f"{about.asked} {rest.asked}",
        errors=errors,
    )


def _starting(visit: Visit, process: str) -> Starting:
    """Raises NotFound when there is no such process, or the person may start it nowhere."""
    release = definitions.current(visit.db, visit.by.area_id)
    for each in definitions.startable(visit.db, release):
        where = _where(visit, each)
        if each.process == process and where:
            names = people.organisation_names(visit.db, where)
            form = definitions.form(visit.db, release, each.form)
            page_beside = definitions.guidance(visit.db, release, each.guidance)
            offered = people.offered(visit.db, visit.by.area_id, form.reads, visit.clock.now)
            return Starting(each, form, names, page_beside, offered)
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
    possible = messages.possible(visit.db, visit.by, case_id)
    shown_already = {each.due_at for each in seen.tasks if each.state == "open"}
    return page(
        "cases/show.html",
        case=seen,
        clocks=[each for each in seen.clocks if each.due_at not in shown_already],
        tab="overview",
        now=visit.clock.now,
        tasks=_open_tasks(seen),
        records=_decisions(visit, seen),
        possible=sorted(possible, key=lambda each: each.message != DANGER),
        danger=DANGER,
        parts=PARTS,
        roles=ROLES,
        me=visit.by.person_id,
    )


def _decisions(visit: Visit, seen: CaseView) -> list[records.RecordItem]:
    """What was decided, once the case is closed."""
    if seen.status != "closed":
        return []
    return [each for each in records.of_case(visit.db, visit.by, seen.id) if each.kind == "decision"]


def _open_tasks(seen: CaseView) -> list[cases.CaseTask]:
    """Soonest due first; what has no due time comes last."""
    waiting = [task for task in seen.tasks if task.state == "open"]
    return sorted(waiting, key=lambda task: (task.due_at is None, task.due_at or task.opened_at))
