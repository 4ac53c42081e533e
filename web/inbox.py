"""The inbox and the page of one task: take it, answer it, check the answers, give it back."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, request

from engine import cases, forms, inbox
from engine.audit.chain import canonical
from engine.errors import DeclarationNeeded, InvalidInput, NotFound, TaskGone
from engine.inbox import Counts, TaskItem, TaskView, record_of
from engine.people import Person
from policy.roles import ROLES
from web import guidance
from web.forms import drawn, not_asked, problems, shown
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("inbox")

_LISTS: Mapping[str, tuple[Callable[..., Any], str, str]] = {
    "mine": (inbox.mine, "My tasks", "You have no tasks at the moment."),
    "to_claim": (inbox.to_claim, "To claim", "Nothing is waiting for your team."),
    "completed": (inbox.completed, "Completed", "You have not completed any tasks yet."),
}


@blueprint.get("/")
@action("task:read")
def show(visit: Visit) -> Answer:
    """One of three lists, overdue first. `after` is where the page before ended."""
    view, cursor = request.args.get("view", "mine"), request.args.get("after")
    if view not in _LISTS:
        raise NotFound
    listing, heading, nothing = _LISTS[view]
    found = listing(visit.db, visit.by, now=visit.clock.now, cursor=cursor)
    return page(
        "inbox.html",
        view=view,
        heading=heading,
        nothing=nothing,
        items=found.items,
        alike=_alike(found.items),
        next=found.next,
        cursor=cursor,
        counts=_counted(inbox.counts(visit.db, visit.by, now=visit.clock.now)),
        lists={name: each[1] for name, each in _LISTS.items()},
        roles=ROLES,
        now=visit.clock.now,
    )


def _alike(items: Sequence[TaskItem]) -> frozenset[str]:
    """The tasks of which another in the list has the same name in the same case."""
    told = Counter((item.case_id, item.name) for item in items)
    return frozenset(item.id for item in items if told[item.case_id, item.name] > 1)


def _counted(counts: Counts) -> dict[str, int]:
    return {"mine": counts.mine, "to_claim": counts.to_claim}


# One task --------------------------------------------------------------------------------------------------


def _look(visit: Visit, task_id: str) -> TaskView:
    return inbox.task(visit.db, visit.by, task_id, visit.clock)


@blueprint.get("/tasks/<task_id>")
@action("task:read")
def show_task(visit: Visit, task_id: str) -> Answer:
    seen = _look(visit, task_id)
    return _task_page(visit, seen, seen.answers, {})


def _task_page(
    visit: Visit,
    seen: TaskView,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    new: frozenset[str] = frozenset(),
) -> Page:
    """The task with its form filled in. Its questions are drawn only for the person who is to answer them."""
    mine = seen.form is not None and "task:complete" in seen.can
    form = drawn(seen.form, answers, seen.context, errors, new) if seen.form and mine else None
    return page(
        "task.html",
        status=422 if errors else 200,
        task=seen,
        item=seen.item,
        form=form,
        links=form.links if form else (),
        guidance=guidance.drawn(seen.guidance),
        colleagues=_colleagues(visit, seen),
        record=_record(visit, seen),
        team=ROLES[seen.item.role].name if seen.item.role in ROLES else "",
        now=visit.clock.now,
    )


def _colleagues(visit: Visit, seen: TaskView) -> list[Person]:
    """Who else could do the task that this person has."""
    if not {"task:reassign", "task:complete"} <= seen.can or not seen.item.role:
        return []
    return inbox.candidates(visit.db, visit.by, seen.item.id, visit.clock)


def _record(visit: Visit, seen: TaskView) -> str | None:
    """The record that completing the task wrote, for those who may read the case."""
    if seen.state != "completed" or "case:read" not in seen.can:
        return None
    return record_of(visit.db, visit.by, seen.item.case_id, seen.item.id)


@blueprint.post("/tasks/<task_id>/claim")
@action("task:claim")
def claim(visit: Visit, task_id: str) -> Answer:
    try:
        inbox.claim(visit.db, visit.by, task_id, visit.clock, visit.key)
    except DeclarationNeeded:  # nothing has changed yet
        return go("declarations.ask", task_id=task_id)
    return go("inbox.show_task", task_id=task_id, said="You have claimed this task.")


@blueprint.post("/tasks/<task_id>/release")
@action("task:release")
def release(visit: Visit, task_id: str) -> Answer:
    inbox.release(visit.db, visit.by, task_id, visit.clock, visit.key)
    return go("inbox.show", said="The task is back with the team.")


@blueprint.post("/tasks/<task_id>/reassign")
@action("task:reassign")
def reassign(visit: Visit, task_id: str) -> Answer:
    inbox.reassign(visit.db, visit.by, task_id, request.form.get("to", ""), visit.clock, visit.key)
    return go("inbox.show", said="The task is with your colleague now.")


@blueprint.post("/tasks/<task_id>/questions")
@action("task:read")
def questions(visit: Visit, task_id: str) -> Answer:
    seen = _look(visit, task_id)
    return shown({"form": seen.form} if seen.form else {}, request.form, seen.context)


@blueprint.post("/tasks/<task_id>/draft")
@action("task:save_draft")
def keep(visit: Visit, task_id: str) -> Answer:
    """What is being typed, kept by the page itself."""
    seen = _look(visit, task_id)
    if seen.form is None:
        raise NotFound
    answers = forms.from_post(seen.form, request.form)
    inbox.save_draft(visit.db, visit.by, task_id, answers, visit.clock)
    return Response(status=204)


@blueprint.post("/tasks/<task_id>")
@action("task:complete")
def answer(visit: Visit, task_id: str) -> Answer:
    """The form came back: change its rows, keep a draft, show what is wrong, have it checked, or finish."""
    seen = _look(visit, task_id)
    if seen.form is None:
        return _finish(visit, seen, {})
    answers = forms.from_post(seen.form, request.form)
    rows_changed = forms.edited(seen.form, answers, request.form)
    if rows_changed is not None:
        _require_open(seen)
        return _task_page(visit, seen, rows_changed, {})
    if request.form.get("_then") == "save":
        inbox.save_draft(visit.db, visit.by, task_id, answers, visit.clock)
        return go("inbox.show", said="Your answers are saved. The task is still yours to finish.")
    submission = forms.submit(seen.form, answers, seen.context, now=visit.clock.now)
    new = not_asked(submission, request.form)
    if submission.errors or new:
        _require_open(seen)
        errors = {path: message for path, message in submission.errors.items() if path not in new}
        raise Redraw(_task_page(visit, seen, answers, errors, new))
    if seen.check_answers:
        inbox.save_draft(visit.db, visit.by, task_id, answers, visit.clock)
        return go("inbox.check", task_id=task_id)
    return _finish(visit, seen, submission.kept)


def _require_open(seen: TaskView) -> None:
    """Nobody reads "Done", or a page without a word, for answers that were not kept."""
    if seen.state != "open":
        raise TaskGone


def _finish(visit: Visit, seen: TaskView, answers: Mapping[str, Any]) -> Answer:
    try:
        inbox.complete(visit.db, visit.by, seen.item.id, answers, visit.clock, visit.key)
    except InvalidInput as error:
        raise Redraw(_task_page(visit, seen, answers, problems(error))) from error
    return _onwards(visit, seen.item)


def _onwards(visit: Visit, done: TaskItem, said: str = "Done.") -> Answer:
    """To this person's next task in the case, else back to the one just done, which says what happens now."""
    waiting = cases.own_open_tasks(visit.db, visit.by, done.case_id)
    if waiting:
        return go("inbox.show_task", task_id=waiting[0], said=f"{said} This is the next step.")
    return go("inbox.show_task", task_id=done.id, said=f"{said} No other task in this case is yours now.")


# Check your answers ----------------------------------------------------------------------------------------


@blueprint.get("/tasks/<task_id>/check")
@action("task:complete")
def check(visit: Visit, task_id: str) -> Answer:
    """The saved answers, to be confirmed. Back to the form when they are not complete."""
    seen = _look(visit, task_id)
    return _check_page(seen) or go("inbox.show_task", task_id=task_id)


def _check_page(seen: TaskView, *, changed: bool = False) -> Page | None:
    if seen.form is None or "task:complete" not in seen.can or not seen.answers:
        return None
    submission = forms.submit(seen.form, seen.answers, seen.context)
    if submission.errors:
        return None
    rows = forms.summary(seen.form, submission.kept, seen.context)
    return page("check.html", item=seen.item, rows=rows, seen=_digest(seen), changed=changed)


@blueprint.post("/tasks/<task_id>/check")
@action("task:complete")
def confirm(visit: Visit, task_id: str) -> Answer:
    """Finish with exactly the answers that were on the page, or show them again when they changed since."""
    seen = _look(visit, task_id)
    if seen.state == "completed":  # by a first press of the button, or in another window
        return _onwards(visit, seen.item, "This was already completed, with the answers confirmed first.")
    _require_open(seen)
    if request.form.get("_seen") != _digest(seen):
        return _check_page(seen, changed=True) or go("inbox.show_task", task_id=task_id)
    return _finish(visit, seen, seen.answers)


def _digest(seen: TaskView) -> str:
    return hashlib.sha256(canonical(dict(seen.answers)).encode()).hexdigest()[:16]
