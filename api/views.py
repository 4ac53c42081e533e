"""Serves one route: one request, one transaction, and the answer leaves only after the commit.

A change is done once for each key: a repeat of the request gets the answer that the first one got.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Response, g, request
from sqlalchemy import Connection

from api import requests
from api.answers import ToldOnce, send, write
from api.context import Call, Context
from engine import database, tokens
from engine.execution import Clock
from engine.idempotency import Once
from policy.authorization import Actor

if TYPE_CHECKING:
    from api.routes import Route

PUBLIC = "public"  # the action of what anybody may read: the description of the API itself


def view(route: Route, context: Context) -> Callable[..., Response]:
    if route.action == PUBLIC:
        return _describing(route)
    return _changing(route, context) if route.changes else _reading(route, context)


def _describing(route: Route) -> Callable[..., Response]:
    def answer(**ids: str) -> Response:
        requests.page(request, paged=False)
        found: Response = route.run(**ids)
        return found

    return answer


def _reading(route: Route, context: Context) -> Callable[..., Response]:
    opened = database.transaction if route.records else database.reading

    def answer(**ids: str) -> Response:
        token = requests.bearer(request)
        cursor, limit = requests.page(request, paged=route.paged)
        clock = context.clock()
        with opened(context.engine) as db:
            by = _asking(db, token, clock)
            found = route.run(Call(db, by, clock, cursor, limit), **ids)
        return found if isinstance(found, Response) else send(_written(route, found))

    return answer


def _changing(route: Route, context: Context) -> Callable[..., Response]:
    def answer(**ids: str) -> Response:
        if route.most is not None:
            request.max_content_length = route.most
        requests.page(request, paged=False)
        attempt = Attempt(
            token=requests.bearer(request),
            key=requests.key(request),
            path=request.path,
            sent=requests.body(request, route.read),
            clock=context.clock(),
        )
        return send(_once(route, context, attempt, ids))

    return answer


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at changing something."""

    token: str
    key: str
    path: str
    sent: requests.Sent
    clock: Clock

    def once(self, db: Connection, by: Actor, method: str) -> Once:
        return Once(db, by.person_id, self.key, method, self.path, self.sent.fingerprint)


def _once(route: Route, context: Context, attempt: Attempt, ids: dict[str, str]) -> dict[str, Any]:
    """Do it, unless this key has done it before; either way, what to answer."""
    clock = attempt.clock
    with database.transaction(context.engine) as db:
        by = _asking(db, attempt.token, clock)
        once = attempt.once(db, by, route.method)
        written: dict[str, Any] | None = once.answer()
        if written is None:
            body = {} if route.read is None else {"body": attempt.sent.value}
            done = route.run(Call(db, by, clock), **ids, **body)
            written = _written(route, done)
            once.keep(_written(route, done.again()) if isinstance(done, ToldOnce) else written, clock.now)
    return written


def _asking(db: Connection, token: str, clock: Clock) -> Actor:
    """Who asks, remembered for the log of refusals."""
    by = tokens.actor(db, token, clock.now)
    g.person_id = by.person_id
    return by


def _written(route: Route, found: Any) -> dict[str, Any]:
    return write(found, route.status, route.location)
