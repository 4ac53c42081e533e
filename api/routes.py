"""A route is declared once: its action, its path and a typed function. Body, answer and description follow.

The action is for the guard and for readers; whether a person may do it is decided by the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_origin, get_type_hints

from flask import Flask
from werkzeug.routing import BaseConverter

from api.context import Context
from api.readers import Reader, reader
from api.views import PUBLIC
from api.views import view as serve
from engine import errors
from engine.pages import Page

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Undeclared(RuntimeError):
    """A route without a known action: the application refuses to start with one."""


@dataclass(frozen=True, slots=True)
class Route:
    """All there is to know about one route. `body` and `answer` are types of the function's signature."""

    noun: str
    method: str
    path: str
    action: str
    run: Callable[..., Any]
    status: int = 200
    location: str = ""  # where the thing made can be read, with fields of the answer in braces
    records: bool = False  # a read that leaves a trace, and so needs a transaction that may write
    refuses: tuple[type[errors.HandrailError], ...] = ()
    most: int | None = None  # bytes that a body may have, where that is more than for other routes
    media_type: str = "application/json"
    example: Any = None  # of the body; a test reads it
    read: Reader | None = None
    body: Any = None
    answer: Any = None

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def paged(self) -> bool:
        return get_origin(self.answer) is Page

    @property
    def endpoint(self) -> str:
        return f"{self.noun}.{self.run.__name__}"


@dataclass(frozen=True, slots=True)
class Noun:
    """The routes of one noun of the engine, in the order they are documented."""

    name: str
    about: str
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, action: str, **rest: Any) -> Callable[[Handler], Handler]:
        return self._declare("GET", path, action, rest)

    def post(self, path: str, action: str, **rest: Any) -> Callable[[Handler], Handler]:
        return self._declare("POST", path, action, rest)

    def put(self, path: str, action: str, **rest: Any) -> Callable[[Handler], Handler]:
        return self._declare("PUT", path, action, rest)

    def delete(self, path: str, action: str, **rest: Any) -> Callable[[Handler], Handler]:
        return self._declare("DELETE", path, action, rest)

    def _declare(
        self, method: str, path: str, action: str, rest: dict[str, Any]
    ) -> Callable[[Handler], Handler]:
        def declare(run: Handler) -> Handler:
            hints = get_type_hints(run, include_extras=True)
            body, answer = hints.get("body"), hints.get("return")
            read = reader(body) if body is not None else None
            self.routes.append(
                Route(self.name, method, path, action, run, read=read, body=body, answer=answer, **rest)
            )
            return run

        return declare


class Id(BaseConverter):
    """An opaque id. Anything else in its place is simply not there."""

    regex = "[A-Za-z0-9_-]{1,64}"


def install(app: Flask, context: Context, nouns: tuple[Noun, ...]) -> None:
    """Serve the routes of these nouns."""
    app.url_map.converters["id"] = Id
    for route in (route for noun in nouns for route in noun.routes):
        view = serve(route, context)
        view.__dict__["route"] = route
        app.add_url_rule(_rule(route.path), route.endpoint, view, methods=[route.method])


def refuse_undeclared(app: Flask, actions: frozenset[str]) -> None:
    """Raise Undeclared unless every route of the application says which known action it is."""
    for rule in app.url_map.iter_rules():
        route = getattr(app.view_functions[rule.endpoint], "route", None)
        if route is None:
            raise Undeclared(f"Expected {rule.rule} to declare its action, but it has none.")
        if route.action != PUBLIC and route.action not in actions:
            raise Undeclared(
                f"Expected the action of {rule.rule} to be in the policy, but {route.action} is not."
            )


def _rule(path: str) -> str:
    """`/tasks/{task_id}` as Flask writes it."""
    return path.replace("{", "<id:").replace("}", ">")
