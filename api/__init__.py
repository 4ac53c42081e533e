"""JSON over HTTP below /api/v1. One module per noun of the engine, the commands and queries of the pages.

It is an application of its own inside the one it is installed in, so no cookie, session or page touches it.
"""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from api import (
    audit,
    cases,
    deadlines,
    declarations,
    definitions,
    documents,
    history,
    inbox,
    incidents,
    messages,
    migration,
    openapi,
    people,
    problems,
    progress,
    records,
    routes,
    tokens,
)
from api.context import Context
from api.requests import BODY_LIMIT
from api.routes import Noun
from policy.authorization import ACTIONS

NOUNS: tuple[Noun, ...] = (
    people.noun,
    tokens.noun,
    definitions.noun,
    deadlines.noun,
    cases.noun,
    inbox.noun,
    declarations.noun,
    messages.noun,
    progress.noun,
    records.noun,
    documents.noun,
    history.noun,
    audit.noun,
    incidents.noun,
    migration.noun,
)

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}


def install(app: Flask, context: Context) -> Flask:
    """Serve the API below /api/v1 of `app`. Raises routes.Undeclared for a route without a known action."""
    service = build(context)
    service.config["TRUSTED_HOSTS"] = app.config.get("TRUSTED_HOSTS")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {problems.PREFIX: service})  # type: ignore[method-assign]  # Flask's own way to wrap it
    return service


def build(context: Context, nouns: tuple[Noun, ...] = NOUNS) -> Flask:
    """The API as a WSGI application of its own."""
    service = Flask("api", static_folder=None, template_folder=None)
    service.config.update(MAX_CONTENT_LENGTH=BODY_LIMIT, PROVIDE_AUTOMATIC_OPTIONS=False)
    service.url_map.merge_slashes = False
    problems.install(service)
    routes.install(service, context, (openapi.description(nouns), *nouns))
    routes.refuse_undeclared(service, frozenset(ACTIONS))
    service.after_request(_finish)
    return service


def _finish(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


__all__ = ["NOUNS", "build", "install"]
