"""How a page declares who may ask for it, and what it is given when they do.

Every view says its action once: `@action("task:read")`, or `@public` for the few pages that need no sign-in.
It gets a `Visit` and gives a `Page` or a redirect, which is drawn or sent only after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    flash,
    g,
    make_response,
    render_template,
    request,
    url_for,
)
from flask import redirect as flask_redirect
from flask import session as browser
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection

from engine import people
from engine.database import transaction
from engine.deadlines import At
from engine.errors import NotSignedIn
from policy.authorization import ACTIONS, Actor
from web.context import Context, Settings

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
csrf = CSRFProtect()


class ForeignRequest(NotSignedIn):
    """This request came from another website, so nothing was done."""

    status = 403
    code = "foreign_request"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request by a signed-in person: the open transaction, who they are, the instant it runs at.

    `key` came with the form, so that pressing its button twice does the thing once.
    """

    db: Connection
    by: Actor
    clock: At
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page to draw once everything is committed."""

    template: str
    status: int = 200
    values: Mapping[str, Any] = field(default_factory=dict)


class Redraw(Exception):  # not an error, but it must undo what was begun
    """Undo everything and draw this page: a form with its errors."""

    def __init__(self, page: Page) -> None:
        super().__init__("redraw")
        self.page = page


Answer = Page | Response
View = Callable[..., Answer]
Route = Callable[..., Response]


def page(template: str, *, status: int = 200, **values: Any) -> Page:
    return Page(template, status, values)


def go(endpoint: str, *, said: str = "", **ids: Any) -> Response:
    """See other: the redirect after a POST. `said` is shown once on the next page: nothing personal."""
    if said:
        flash(said)
    return make_response(flask_redirect(url_for(endpoint, **ids), code=303))


def context() -> Context:
    found: Context = current_app.extensions["handrail"]
    return found


def action(name: str, *, most: int | None = None) -> Callable[[View], Route]:
    """This view is for signed-in people and does `name`, one of policy's actions.

    `most` bytes may be sent to it, where that is more than to other pages.
    """
    if name not in ACTIONS:
        raise ValueError(f"Expected one of policy's actions, but {name} is not.")

    def declare(view: View) -> Route:
        @wraps(view)
        def answer(**ids: Any) -> Response:
            if most is not None:
                request.max_content_length = most
            _refuse_foreign()
            try:
                return draw(_committed(view, ids))
            except Redraw as again:
                return draw(again.page)

        answer.declared_action = name  # type: ignore[attr-defined]  # for the guard below
        return answer

    return declare


def _committed(view: View, ids: Mapping[str, Any]) -> Answer:
    """What the view gives, once its transaction is committed."""
    given = context()
    clock = given.clock()
    with transaction(given.engine) as db:
        by = signed_in(db, clock)
        return view(Visit(db, by, clock, request.form.get("_key") or None), **ids)


def public(view: View) -> Route:
    """This view is for anybody, signed in or not. It gets no `Visit`."""

    @wraps(view)
    def answer(**ids: Any) -> Response:
        _refuse_foreign()
        return draw(view(**ids))

    answer.declared_action = "public"  # type: ignore[attr-defined]  # as above
    return answer


def back_channel(view: View) -> Route:
    """A public view that another program calls, so it carries no form token and no cookies."""

    @wraps(view)
    def answer(**ids: Any) -> Response:
        return draw(view(**ids))

    answer.declared_action = "back_channel"  # type: ignore[attr-defined]  # as above
    return answer


def draw(given: Answer) -> Response:
    if isinstance(given, Response):
        return given
    return make_response(render_template(given.template, **given.values), given.status)


def cookie_name(settings: Settings) -> str:
    """`__Host-` ties the cookie to one host, but browsers take it over https only."""
    return "__Host-handrail" if settings.secure else "handrail"


def signed_in(db: Connection, clock: At) -> Actor:
    """Who the cookie says is here. Raises NotSignedIn."""
    token = request.cookies.get(cookie_name(context().settings), "")
    if not token:
        raise NotSignedIn
    by = people.session_actor(db, token, clock.now)
    people.touch_session(db, token, clock.now)
    g.operates = by.holds("operator")
    g.person = people.names(db, [by.person_id]).get(by.person_id, "")
    return by


def _refuse_foreign() -> None:
    if request.method not in CHANGING:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignRequest
    csrf.protect()


def remember_where() -> None:
    """Keep the page asked for, so that signing in leads back to it. Never something to be done."""
    if request.method == "GET" and request.endpoint:
        browser["next"] = request.full_path.rstrip("?")


def pages(noun: str) -> Blueprint:
    """The pages of one noun."""
    return Blueprint(noun, __name__)


def refuse_undeclared(app: Flask) -> None:
    """Raise when a route says nothing about who may use it. Called before the first request."""
    undeclared = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "declared_action")
    ]
    if undeclared:
        raise RuntimeError(
            f"Expected every route to declare its action, but these do not: {sorted(undeclared)}"
        )
