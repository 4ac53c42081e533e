"""Incidents: what stopped, and the page on which an operator puts it right. Nothing here is about anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Response, request

from engine import incidents
from engine.errors import InvalidInput, Problem
from engine.forms import ErrorLink
from engine.incidents import IncidentView, Resolved
from web.forms import problems
from web.routes import Answer, Page, Redraw, Visit, action, go, page, pages

blueprint = pages("incidents")

KINDS = {
    "text": "Text",
    "number": "A number",
    "yes": "Yes",
    "no": "No",
    "nothing": "Nothing: no answer",
    "json": "Anything else, as JSON",
}


@blueprint.get("/incidents")
@action("incident:read")
def show_all(visit: Visit) -> Answer:
    """What waits for an operator, oldest first. `after` is where the page before ended."""
    cursor = request.args.get("after")
    found = incidents.unresolved(visit.db, visit.by, cursor=cursor)
    return page("incidents/all.html", items=found.items, next=found.next, cursor=cursor, now=visit.clock.now)


@blueprint.get("/incidents/<incident_id>")
@action("incident:read")
def show(visit: Visit, incident_id: str) -> Answer:
    return _page(visit, incidents.view(visit.db, visit.by, incident_id))


def _page(visit: Visit, seen: IncidentView, doing: str = "", errors: Mapping[str, str] | None = None) -> Page:
    """The page with the form that was sent open, as it was filled in. `errors`: by the field's name."""
    errors = errors or {}
    links = tuple(ErrorLink(path, f"#{doing}-{path}", message) for path, message in errors.items())
    return page(
        "incidents/show.html",
        status=422 if errors else 200,
        incident=seen,
        doing=doing,
        typed=request.form if doing else {},
        errors=errors,
        links=links,
        kinds=KINDS,
        now=visit.clock.now,
    )


@blueprint.post("/incidents/<incident_id>/retry")
@action("incident:resolve")
def retry(visit: Visit, incident_id: str) -> Answer:
    said = "It was tried again, and it went on."
    return _do(visit, incident_id, "retry", incidents.retry, said, reason=_typed("reason"))


@blueprint.post("/incidents/<incident_id>/correct")
@action("incident:resolve")
def correct(visit: Visit, incident_id: str) -> Answer:
    """Set a variable; the incident stays open, so the way leads back to it."""
    given = {"variable": _typed("variable"), "reason": _typed("reason")}
    seen = incidents.view(visit.db, visit.by, incident_id)
    try:
        value = _value(_typed("kind"), request.form.get("value", ""))
        done = incidents.correct(
            visit.db, visit.by, incident_id, value=value, clock=visit.clock, key=visit.key, **given
        )
    except InvalidInput as error:
        raise Redraw(_page(visit, seen, "correct", _told(error, "value"))) from error
    if incident_id in done.open:
        return go("incidents.show", incident_id=incident_id, said="Corrected. Now try the step again.")
    return _onwards(done, "Corrected. The process went on by itself.")


@blueprint.post("/incidents/<incident_id>/skip")
@action("incident:resolve")
def skip(visit: Visit, incident_id: str) -> Answer:
    given = {"flow": _typed("flow") or None, "reason": _typed("reason")}
    return _do(visit, incident_id, "skip", incidents.skip, "The step was skipped.", **given)


@blueprint.post("/incidents/<incident_id>/move")
@action("incident:resolve")
def move(visit: Visit, incident_id: str) -> Answer:
    given = {"to": _typed("to"), "reason": _typed("reason")}
    return _do(visit, incident_id, "move", incidents.move_token, "The process goes on there.", **given)


@blueprint.post("/incidents/<incident_id>/cancel")
@action("incident:resolve")
def cancel(visit: Visit, incident_id: str) -> Answer:
    said = "The process was ended. What was written stays."
    return _do(visit, incident_id, "cancel", incidents.cancel, said, reason=_typed("reason"))


def _do(
    visit: Visit,
    incident_id: str,
    doing: str,
    command: Callable[..., Resolved],
    said: str,
    **given: str | None,
) -> Answer:
    seen = incidents.view(visit.db, visit.by, incident_id)  # as it was, should the command be refused
    try:
        done = command(visit.db, visit.by, incident_id, clock=visit.clock, key=visit.key, **given)
    except InvalidInput as error:
        field = {"skip": "flow", "move": "to"}.get(doing, "reason")
        raise Redraw(_page(visit, seen, doing, _told(error, field))) from error
    return _onwards(done, said)


def _onwards(done: Resolved, said: str) -> Response:
    """To what stopped next in the same instance, if anything did; else to the list."""
    if done.open:
        again = "Done, but the process stopped again. This is why."
        return go("incidents.show", incident_id=done.open[0], said=again)
    return go("incidents.show_all", said=said)


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()


def _told(error: InvalidInput, field: str) -> dict[str, str]:
    """The problems by field. What belongs to no field is said at this one."""
    return problems(error) or {field: error.message}


def _value(kind: str, text: str) -> Any:
    if kind == "text":
        return text
    if kind in ("yes", "no"):
        return kind == "yes"
    if kind == "nothing":
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _wrong_value("Enter the value as JSON, or choose another kind") from None
    if kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _wrong_value("Enter a number, such as 3 or 0.5")
    return value


def _wrong_value(message: str) -> InvalidInput:
    return InvalidInput("Expected a value.", problems=(Problem("value", message),))
