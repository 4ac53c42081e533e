"""The documents of a case, and what somebody attached to their own task: add, open, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from flask import Response, make_response, request

from engine import cases, documents, inbox
from engine.documents import ENDINGS, MOST_BYTES
from engine.errors import InvalidInput, TooLarge
from engine.forms import ErrorLink
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("documents")

UPLOAD = MOST_BYTES + 64 * 1024  # the largest request: one document and the fields beside it


# Of a case -------------------------------------------------------------------------------------------------


@blueprint.get("/cases/<case_id>/documents")
@action("case:read")
def show_all(visit: Visit, case_id: str) -> Answer:
    return _case_page(visit, case_id, {}, {})


@blueprint.post("/cases/<case_id>/documents")
@action("document:add", most=UPLOAD)
def add(visit: Visit, case_id: str) -> Answer:
    try:
        _add(visit, case_id, None)
    except (InvalidInput, TooLarge) as error:
        raise Redraw(_case_page(visit, case_id, request.form, _errors(error))) from error
    return go("documents.show_all", case_id=case_id, said="The document is attached to the case.")


def _case_page(visit: Visit, case_id: str, given: Mapping[str, str], errors: Mapping[str, str]) -> Page:
    return page(
        "cases/documents.html",
        status=422 if errors else 200,
        case=cases.view(visit.db, visit.by, case_id, visit.clock),
        tab="documents",
        documents=documents.of_case(visit.db, visit.by, case_id),
        me=visit.by.person_id,
        **_form(given, errors),
    )


# Of a task -------------------------------------------------------------------------------------------------


@blueprint.get("/tasks/<task_id>/documents")
@action("task:read")
def show_of_task(visit: Visit, task_id: str) -> Answer:
    return _task_page(visit, task_id, {}, {})


@blueprint.post("/tasks/<task_id>/documents")
@action("document:add_to_task", most=UPLOAD)
def add_to_task(visit: Visit, task_id: str) -> Answer:
    seen = inbox.task(visit.db, visit.by, task_id, visit.clock)
    try:
        _add(visit, seen.item.case_id, task_id)
    except (InvalidInput, TooLarge) as error:
        raise Redraw(_task_page(visit, task_id, request.form, _errors(error))) from error
    return go("documents.show_of_task", task_id=task_id, said="The document is attached to this task.")


def _task_page(visit: Visit, task_id: str, given: Mapping[str, str], errors: Mapping[str, str]) -> Page:
    seen = inbox.task(visit.db, visit.by, task_id, visit.clock)
    return page(
        "task_documents.html",
        status=422 if errors else 200,
        item=seen.item,
        may_add="task:complete" in seen.can,
        documents=documents.of_task(visit.db, visit.by, seen.item.case_id, task_id),
        **_form(given, errors),
    )


# Both ------------------------------------------------------------------------------------------------------


def _add(visit: Visit, case_id: str, task_id: str | None) -> None:
    sent = request.files.get("file")
    documents.add(
        visit.db,
        visit.by,
        case_id,
        name=(sent.filename or "") if sent else "",
        about=request.form.get("about", ""),
        content=sent.stream.read(MOST_BYTES + 1) if sent else b"",
        task_id=task_id,
        clock=visit.clock,
        key=visit.key,
    )


def _errors(error: InvalidInput | TooLarge) -> dict[str, str]:
    found = {problem.element: problem.message for problem in error.problems}
    return found or {"file": error.message}


def _form(given: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, object]:
    return {
        "about": given.get("about", ""),
        "errors": errors,
        "links": [ErrorLink(where, f"#{where}", message) for where, message in errors.items()],
        "accept": ",".join(ENDINGS),
        "most": MOST_BYTES // 1024 // 1024,
    }


@blueprint.get("/cases/<case_id>/documents/<document_id>")
@action("document:read")
def read(visit: Visit, case_id: str, document_id: str) -> Answer:
    """The file itself, to be saved: never shown inside a page of ours, and nothing in it may run."""
    found, content = documents.content(visit.db, visit.by, case_id, document_id, visit.clock)
    response: Response = make_response(content)
    response.headers["Content-Type"] = found.media_type
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.post("/cases/<case_id>/documents/<document_id>/withdraw")
@action("document:withdraw")
def withdraw(visit: Visit, case_id: str, document_id: str) -> Answer:
    reason = request.form.get("reason", "")
    try:
        documents.withdraw(visit.db, visit.by, case_id, document_id, reason, visit.clock, visit.key)
    except InvalidInput as error:
        wrong = {f"reason-{document_id}": message for _, message in error.problems}
        raise Redraw(_case_page(visit, case_id, {}, wrong)) from error
    return go("documents.show_all", case_id=case_id, said="Nobody can open the document any more.")
