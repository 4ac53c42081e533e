"""Every error as RFC 9457 problem details: one shape, one place, the same for a wrong field and a wrong path.

The engine's errors carry their own words and status; what only HTTP can get wrong is named here.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

import orjson
from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from engine import errors

_log = logging.getLogger("handrail.api")

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/v1"


class Malformed(errors.HandrailError):
    """What was sent is not JSON."""

    status = 400
    code = "malformed"


class BadRequest(errors.HandrailError):
    """The request itself is not one that Handrail understands."""

    status = 400
    code = "bad_request"


class KeyRequired(errors.HandrailError):
    """Expected an Idempotency-Key header of 8 to 64 characters, because this call changes something."""

    status = 400
    code = "idempotency_key_required"


class WrongMediaType(errors.HandrailError):
    """Expected a body of type application/json."""

    status = 415
    code = "wrong_media_type"


class MethodNotAllowed(errors.HandrailError):
    """This address does not take that method."""

    status = 405
    code = "method_not_allowed"


class Busy(errors.HandrailError):
    """Handrail could not get to the database in time. Nothing was changed: try again with the same key."""

    status = 503
    code = "busy"


def _family(kind: type[errors.HandrailError]) -> list[type[errors.HandrailError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _family(child))]


def known() -> dict[str, type[errors.HandrailError]]:
    """Every problem the API can answer with, by its code."""
    return {kind.code: kind for kind in reversed(_family(errors.HandrailError))}


def title(kind: type[errors.HandrailError]) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def details(error: errors.HandrailError) -> dict[str, Any]:
    """The problem as the client reads it."""
    where = "element" if isinstance(error, errors.DiagramRefused) else "field"
    return {
        "type": f"{PREFIX}/problems/{error.code}",
        "title": title(type(error)),
        "status": error.status,
        "detail": error.message,
        "code": error.code,
        "problems": [{where: problem.element, "message": problem.message} for problem in error.problems],
    }


def respond(error: errors.HandrailError) -> Response:
    response = Response(orjson.dumps(details(error)), error.status, mimetype=MEDIA_TYPE)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="handrail"'
    if error.status == 503:
        response.headers["Retry-After"] = "1"
    return response


def install(app: Flask) -> None:
    """Answer every error of this application as a problem, the unforeseen ones included."""
    app.register_error_handler(errors.HandrailError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unforeseen)


def _refused(error: errors.HandrailError) -> Response:
    if error.status >= 500:
        return _unforeseen(error)
    if error.status in (401, 403):
        # Ids only. Whoever reads this log may not be somebody who may read the case.
        _log.warning("refused: %s to %s, %s", request.endpoint, g.get("person_id", "nobody"), error.code)
    return respond(error)


_HTTP: dict[int, errors.HandrailError] = {
    404: errors.NotFound(),
    405: MethodNotAllowed(),
    413: errors.TooLarge("Expected a body of at most 2 MiB."),
    415: WrongMediaType(),
}


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    response = respond(_HTTP.get(status) or _other(status))
    allow = error.get_headers() if status == 405 else []
    response.headers.extend([(name, value) for name, value in allow if name == "Allow"])
    return response


def _other(status: int) -> errors.HandrailError:
    """Werkzeug's own refusals (a bad host name, a broken header) are the client's; anything else is ours."""
    return BadRequest() if status < 500 else errors.HandrailError()


def _database(error: OperationalError) -> Response:
    _note(error)
    return respond(Busy())


def _unforeseen(error: Exception) -> Response:
    """The last resort: nothing was committed, and nothing about the inside is told."""
    number = _note(error)
    return respond(
        errors.HandrailError(f"Something went wrong on our side. Nothing was changed. Quote {number}.")
    )


def _note(error: Exception) -> str:
    """Log where it happened. An unforeseen error's own message may quote what somebody wrote."""
    number = secrets.token_hex(4)
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "nowhere"
    _log.error("%s: %s at %s", number, type(error).__name__, where)
    return number
