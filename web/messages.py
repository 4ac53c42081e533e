"""What a person can tell a running case: ask for advice, consent is withdrawn, a child is in danger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from engine import forms, messages
from engine.errors import InvalidInput, NotFound
from engine.messages import Possible
from web import guidance
from web.forms import drawn, problems, shown
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("messages")


@blueprint.get("/cases/<case_id>/messages/<message>")
@action("case:message")
def ask(visit: Visit, case_id: str, message: str) -> Answer:
    return _page(case_id, _possible(visit, case_id, message), {}, {})


@blueprint.post("/cases/<case_id>/messages/<message>")
@action("case:message")
def send(visit: Visit, case_id: str, message: str) -> Answer:
    possible = _possible(visit, case_id, message)
    answers: Mapping[str, Any] = {}
    if possible.form is not None:
        answers = forms.from_post(possible.form, request.form)
        rows_changed = forms.edited(possible.form, answers, request.form)
        if rows_changed is not None:
            return _page(case_id, possible, rows_changed, {})
    try:
        sent = messages.send(visit.db, visit.by, case_id, message, answers, visit.clock, visit.key)
    except InvalidInput as error:
        raise Redraw(_page(case_id, possible, answers, problems(error))) from error
    if sent.next_tasks:
        return go(
            "inbox.show_task", task_id=sent.next_tasks[0], said="Recorded. This is what comes next for you."
        )
    return go("cases.show", case_id=case_id, said="Recorded. Everybody who has to act has been told.")


@blueprint.post("/cases/<case_id>/messages/<message>/questions")
@action("case:message")
def questions(visit: Visit, case_id: str, message: str) -> Answer:
    possible = _possible(visit, case_id, message)
    return shown({"form": possible.form} if possible.form else {}, request.form, possible.context)


def _possible(visit: Visit, case_id: str, message: str) -> Possible:
    for each in messages.possible(visit.db, visit.by, case_id):
        if each.message == message:
            return each
    raise NotFound


def _page(case_id: str, possible: Possible, answers: Mapping[str, Any], errors: Mapping[str, str]) -> Page:
    form = drawn(possible.form, answers, possible.context, errors) if possible.form else None
    return page(
        "message.html",
        status=422 if errors else 200,
        case_id=case_id,
        possible=possible,
        form=form,
        links=form.links if form else (),
        guidance=guidance.drawn(possible.guidance),
    )
