"""What a person sees when something was refused or went wrong: what it means, and what to do next."""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass

from flask import Flask, Response, request, url_for
from flask import redirect as flask_redirect
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from engine import errors
from web.routes import draw, page, remember_where

log = logging.getLogger("handrail.web")


@dataclass(frozen=True, slots=True)
class Words:
    """The heading of an error page, and what to do about it."""

    heading: str
    advice: tuple[str, ...]


_BY_CODE = {
    "already_claimed": Words(
        "Somebody else has taken this task",
        (
            "They claimed it before you did. Nothing you typed was kept.",
            "You can take another task from your inbox. If it should be yours, speak to your team.",
        ),
    ),
    "task_gone": Words(
        "This task is no longer open",
        (
            "Somebody has completed it, or something else happened in the case and it is not needed now.",
            "What you typed here was not kept. If you have already shared something outside Handrail, it is "
            "not logged yet: say so in the task that came in its place, or on the case page.",
        ),
    ),
    "already_resolved": Words(
        "This was already put right",
        ("Somebody else did it, or the process went on by itself.", "Nothing of yours was applied."),
    ),
    "stale": Words(
        "The case moved on while you were working",
        ("Nothing of yours was applied. Go back, look at the case again and repeat what is still needed.",),
    ),
    "idempotency_conflict": Words(
        "This was already sent",
        ("It was sent before with other answers, and those count. Look at the case before you repeat it.",),
    ),
    "four_eyes": Words(
        "Somebody else must do this",
        (
            "It checks work or answers a question of yours, so a different person has to do it. "
            "Ask a colleague of the same role; the task waits in their inbox too.",
        ),
    ),
    "claim_first": Words(
        "Claim this task first",
        (
            "It is not yours, or not any more. Nothing you typed was kept.",
            "Go back and copy what you typed. Then claim the task and answer it again.",
        ),
    ),
    "declaration_needed": Words(
        "First say whether you know them",
        ("Before you take a task of this case, say whether you have to do with anybody in it.",),
    ),
    "foreign_request": Words(
        "That request came from somewhere else",
        ("Another website tried to use Handrail in your name. Nothing was done.",),
    ),
    "incident": Words(
        "The process has stopped",
        ("Nothing is lost. Somebody who looks after Handrail has to put it right first.",),
    ),
}
_BY_STATUS = {
    401: Words(
        "You are signed out",
        ("This happens after half an hour without activity. What was not saved is not kept.",),
    ),
    403: Words(
        "Somebody else has to do this",
        (
            "Nothing was changed.",
            "If you think that it is yours to do, ask whoever leads the case, or your designated lead.",
        ),
    ),
    404: Words(
        "Page not found",
        (
            "There is no such page, or you are not one of the people who may see it.",
            "If you typed the address, check it. If somebody sent it to you, ask them. If you need it for "
            "your work, ask your designated lead.",
        ),
    ),
    405: Words("That cannot be done here", ("Go back and use the buttons on the page.",)),
    409: Words(
        "Somebody else got there first",
        ("Nothing of yours was applied. Look at the case, and ask whoever is in it what changed.",),
    ),
    413: Words(
        "That is too much at once", ("Send less than 2 megabytes. Go back and shorten what you wrote.",)
    ),
    422: Words("Something in what was sent is not right", ("Go back and check your answers.",)),
    503: Words("Handrail is busy", ("Nothing was changed. Wait a moment and try again.",)),
}
_BAD_REQUEST = Words("That request could not be read", ("Go back to the page, load it again and repeat it.",))


def install(app: Flask) -> None:
    app.register_error_handler(errors.HandrailError, _refused)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(Exception, _unforeseen)


def _refused(error: errors.HandrailError) -> Response:
    if error.status >= 500:
        return _unforeseen(error)
    if isinstance(error, errors.NotSignedIn) and error.status == 401 and request.method == "GET":
        remember_where()
        return flask_redirect(url_for("sign_in.show"), code=303)  # type: ignore[return-value]  # werkzeug's, which is Flask's
    words = _BY_CODE.get(error.code) or _BY_STATUS.get(error.status, _BAD_REQUEST)
    told = isinstance(error, errors.TaskGone) or error.message in (type(error).__doc__ or "")
    detail = "" if told else error.message
    return respond(error.status, words, detail=detail, problems=error.problems, task_id=_gone(error))


def _gone(error: errors.HandrailError) -> str:
    """The task whose page says what became of it: whose it is now, or whom its case waits for."""
    told_there = isinstance(error, errors.TaskGone | errors.ClaimFirst)
    return (request.view_args or {}).get("task_id", "") if told_there else ""


def _http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # a host name that is not ours: no page of ours can be drawn for it
        return Response("Expected this service's own address.\n", 400, mimetype="text/plain")
    status = error.code or 500
    return respond(status, _BY_STATUS.get(status, _BAD_REQUEST))


def _form_too_old(_error: CSRFError) -> Response:
    advice = ("Nothing was sent, perhaps because you have signed out. Sign in, and answer it again.",)
    return respond(400, Words("This form is too old", advice))


def _busy(error: OperationalError) -> Response:
    _note(error)
    return respond(503, _BY_STATUS[503])


def _unforeseen(error: Exception) -> Response:
    """The last resort: nothing was committed, and nothing about the inside is told."""
    number = _note(error)
    advice = (f"Nothing was changed. Try again later. If it keeps happening, report it and quote {number}.",)
    return respond(500, Words("Sorry, there is a problem with the service", advice))


def respond(
    status: int,
    words: Words,
    *,
    detail: str = "",
    problems: tuple[errors.Problem, ...] = (),
    task_id: str = "",
) -> Response:
    shown = {"words": words, "detail": detail, "problems": problems, "task_id": task_id}
    return draw(page("error.html", status=status, **shown))


def _note(error: Exception) -> str:
    """Log where it happened. The message is left out: it may quote what somebody wrote."""
    number = secrets.token_hex(4)
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    log.error("%s: %s at %s", number, type(error).__name__, where)
    return number
