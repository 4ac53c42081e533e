"""Describes the API from its routes: an OpenAPI 3.1 document, a plain index, and a page per problem."""

from __future__ import annotations

import inspect
import re
from typing import Any

import orjson
from flask import Response

from api import problems
from api.routes import Noun, Route
from api.schemas import Schema, schema
from api.views import PUBLIC
from engine import errors

PREFIX = problems.PREFIX

_HEAD = {
    "title": "Handrail",
    "summary": "Runs child-safeguarding information-sharing processes and keeps the record of decisions.",
    "version": "1",
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
_PROBLEM: Schema = {
    "type": "object",
    "description": "What was expected, in plain words (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "element": {"type": "string"},
                    "message": {"type": "string"},
                },
                "required": ["message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "code", "problems"],
}
_ID: Schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"}
_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Your own name for this attempt. Sent again, it gives the same answer and one effect.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{8,64}$", "minLength": 8, "maxLength": 64},
}
_PAGE: list[Schema] = [
    {
        "name": "cursor",
        "in": "query",
        "description": "The `next` of the page before.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9_.~:=-]{1,512}$"},
    },
    {
        "name": "limit",
        "in": "query",
        "description": "How many items.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
    },
]


def document(nouns: tuple[Noun, ...]) -> dict[str, Any]:
    """The OpenAPI 3.1 document of these routes."""
    schemas: dict[str, Schema] = {"Problem": _PROBLEM}
    paths: dict[str, dict[str, Any]] = {}
    for route in (route for noun in nouns for route in noun.routes):
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": _HEAD,
        "tags": [{"name": noun.name, "description": noun.about} for noun in nouns],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def operation(route: Route, schemas: dict[str, Schema]) -> dict[str, Any]:
    summary, _, rest = (inspect.getdoc(route.run) or "").partition("\n")
    described: dict[str, Any] = {
        "operationId": route.endpoint.replace(".", "_"),
        "tags": [route.noun],
        "summary": summary,
        "x-action": route.action,
        "parameters": _parameters(route),
        "responses": {str(route.status): _answer(route, schemas)} | _refusals(route),
    }
    if rest.strip():
        described["description"] = rest.strip()
    if route.body is not None:
        shown = {"schema": schema(route.body, schemas), "example": route.example}
        content = {"application/json": shown}
        described["requestBody"] = {"required": True, "content": content}
    if route.action == PUBLIC:
        described["security"] = []
    return described


def _parameters(route: Route) -> list[Schema]:
    ids = [
        {"name": name, "in": "path", "required": True, "schema": _ID}
        for name in re.findall(r"{(\w+)}", route.path)
    ]
    return ids + ([_KEY] if route.changes else []) + (_PAGE if route.paged else [])


def _answer(route: Route, schemas: dict[str, Schema]) -> dict[str, Any]:
    if route.answer in (None, type(None)):
        return {"description": "Done."}
    if route.answer is Response:
        return {"description": "The document.", "content": {route.media_type: {}}}
    described: dict[str, Any] = {"description": "Done." if route.changes else "Found."}
    described["content"] = {"application/json": {"schema": schema(route.answer, schemas)}}
    if route.location:
        described["headers"] = {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}
    return described


def _refusals(route: Route) -> dict[str, Any]:
    """Each status once, naming every problem that has it."""
    by_status: dict[int, list[type[errors.HandrailError]]] = {}
    for kind in refusals(route):
        by_status.setdefault(kind.status, []).append(kind)
    return {
        str(status): {
            "description": " ".join(f"`{kind.code}`: {problems.title(kind)}" for kind in kinds),
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, kinds in sorted(by_status.items())
    }


def refusals(route: Route) -> list[type[errors.HandrailError]]:
    """What a route may answer instead: its own refusals, and those every route of its kind shares."""
    kinds: list[type[errors.HandrailError]] = [problems.BadRequest]
    if route.action != PUBLIC:
        kinds += [errors.NotSignedIn, errors.NotAllowed, problems.Busy]
    if "{" in route.path or route.changes:
        kinds.append(errors.NotFound)
    if route.paged:
        kinds.append(errors.InvalidInput)
    if route.changes:
        kinds += [problems.KeyRequired, errors.InvalidInput, errors.IdempotencyConflict, errors.TooLarge]
    if route.body is not None:
        kinds += [problems.Malformed, problems.WrongMediaType]
    return list(dict.fromkeys((*kinds, *route.refuses)))


# What anybody may read -------------------------------------------------------------------------------------


def description(nouns: tuple[Noun, ...]) -> Noun:
    """The routes that describe the API, themselves included."""
    noun = Noun("description", "What this API can do.")
    everything = (*nouns, noun)
    built: dict[str, bytes] = {}  # filled when first asked for: it describes these routes too

    @noun.get("/", PUBLIC, media_type="text/plain")
    def index() -> Response:
        """Every address of the API, as plain text."""
        return Response(plain_index(everything), mimetype="text/plain")

    @noun.get("/openapi.json", PUBLIC, media_type="application/json")
    def openapi() -> Response:
        """This API as an OpenAPI 3.1 document."""
        if "document" not in built:
            built["document"] = orjson.dumps(document(everything))
        return Response(built["document"], mimetype="application/json")

    @noun.get("/problems/{code}", PUBLIC, media_type="text/plain")
    def problem(code: str) -> Response:
        """What a problem code means, as plain text."""
        kind = problems.known().get(code)
        if kind is None:
            raise errors.NotFound
        return Response(f"{code} (HTTP {kind.status})\n\n{problems.title(kind)}\n", mimetype="text/plain")

    return noun


def plain_index(nouns: tuple[Noun, ...]) -> str:
    lines = [
        "Handrail, JSON over HTTP. The whole description: " + PREFIX + "/openapi.json",
        "Send `Authorization: Bearer <token>`, and an `Idempotency-Key` with whatever changes something.",
    ]
    for noun in nouns:
        lines += ["", f"{noun.name}: {noun.about}"]
        lines += [f"  {route.method:<6} {PREFIX}{route.path:<44} {_summary(route)}" for route in noun.routes]
    return "\n".join(lines) + "\n"


def _summary(route: Route) -> str:
    return (inspect.getdoc(route.run) or "").partition("\n")[0]
