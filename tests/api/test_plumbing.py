"""What every route shares: who asks, the key, the body, the errors, the guard. On a small API of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.middleware.dispatcher import DispatcherMiddleware

import api
from api import problems, routes
from api.context import Call
from api.fields import Json
from api.routes import Noun
from engine import tables
from engine.database import transaction
from engine.errors import AlreadyClaimed, DiagramRefused, NotAllowed, Problem
from engine.pages import Page

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    text: str
    more: Json | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """How many tokens there were."""

    id: str
    text: str


def small() -> Noun:
    noun = Noun("notes", "Notes.")

    @noun.post("/notes", "person:read", status=201, location="/notes/{id}")
    def add(call: Call, body: Note) -> Noted:
        """Add a note. Issues a token, so that the test can count what was done."""
        if body.text == "taken":
            raise AlreadyClaimed
        row = {
            "id": f"t{call.clock.now.timestamp()}",
            "token_hash": body.text,
            "person_id": call.by.person_id,
        }
        when = {"issued_at": call.clock.now, "expires_at": call.clock.now}
        call.db.execute(tables.api_token.insert(), row | when | {"label": body.text})
        count = call.db.execute(select(func.count()).select_from(tables.api_token)).scalar_one()
        return Noted(str(count), body.text)

    @noun.post("/notes/{note_id}/seen", "person:read", status=204)
    def seen(call: Call, note_id: str) -> None:
        """Say that a note was seen."""

    @noun.get("/notes", "person:read")
    def notes(call: Call) -> Page[Noted]:
        """Notes, as asked for."""
        return Page((Noted(str(call.limit), call.cursor or ""),))

    @noun.get("/broken", "person:read")
    def broken(call: Call) -> Noted:
        """Goes wrong."""
        raise RuntimeError("Sam Smith, born 2014")

    @noun.get("/forbidden", "person:read")
    def forbidden(call: Call) -> Noted:
        """Never allowed."""
        raise NotAllowed

    @noun.get("/drawn", "person:read")
    def drawn(call: Call) -> Noted:
        """A refused diagram."""
        raise DiagramRefused(problems=(Problem("decide", "Give the gateway a default flow."),))

    return noun


@pytest.fixture
def app(site: Any) -> Flask:
    outer = Flask("outer")
    service = api.build(site, (small(),))
    outer.wsgi_app = DispatcherMiddleware(outer.wsgi_app, {"/api/v1": service})
    return outer


def said(response: Any) -> tuple[int, str]:
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == response.status_code
    assert response.json["type"] == f"/api/v1/problems/{response.json['code']}"
    return response.status_code, response.json["code"]


# Who is asking ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer wrong", "Basic YTpi", "Bearer a b", "Bearer \x7f"]
)
def test_without_a_valid_token_the_answer_is_401(amira: Any, header: str | None):
    headers = {} if header is None else {"Authorization": header}
    response = amira.client.get("/api/v1/notes", headers=headers)

    assert said(response) == (401, "not_signed_in")
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="handrail"'


def test_an_expired_token_is_refused(amira: Any, clock: Any):
    assert amira.get("/notes").status_code == 200

    clock.travel(days=31)

    assert said(amira.get("/notes")) == (401, "not_signed_in")


def test_somebody_withdrawn_is_refused_at_once(amira: Any, site: Any):
    with transaction(site.engine) as db:
        db.execute(update(tables.person).where(tables.person.c.id == "amira").values(active=False))

    assert said(amira.get("/notes")) == (401, "not_signed_in")
    assert said(amira.post("/notes", {"text": "x"})) == (401, "not_signed_in")


def test_a_cookie_is_never_taken_for_a_token(amira: Any):
    amira.client.set_cookie("handrail", amira.token)
    amira.client.set_cookie("Authorization", f"Bearer {amira.token}")

    assert said(amira.client.get("/api/v1/notes")) == (401, "not_signed_in")


def test_no_answer_sets_a_cookie_or_may_be_kept(amira: Any):
    for response in (
        amira.get("/notes"),
        amira.get("/nothing"),
        amira.client.get("/api/v1/"),
        amira.get("/broken"),
    ):
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


# The key ---------------------------------------------------------------------------------------------------


def test_a_repeat_with_the_same_key_has_one_effect_and_the_same_answer(amira: Any):
    first = amira.post("/notes", {"text": "one", "more": {"b": 1, "a": 2}}, key="k-0000001")
    again = amira.post("/notes", {"more": {"a": 2, "b": 1}, "text": "one"}, key="k-0000001")

    assert first.status_code == again.status_code == 201
    assert first.data == again.data
    assert first.headers["Location"] == again.headers["Location"] == "/api/v1/notes/" + first.json["id"]


def test_the_same_key_with_another_body_is_refused(amira: Any):
    amira.post("/notes", {"text": "one"}, key="k-0000001")

    assert said(amira.post("/notes", {"text": "two"}, key="k-0000001")) == (422, "idempotency_conflict")
    assert said(amira.post("/notes/1/seen", key="k-0000001")) == (422, "idempotency_conflict")


def test_keys_of_two_people_do_not_meet(amira: Any, person: Callable[[str], Any], clock: Any):
    amira.post("/notes", {"text": "one"}, key="k-0000001")
    clock.travel(seconds=1)

    assert person("dana").post("/notes", {"text": "two"}, key="k-0000001").status_code == 201


def test_a_refusal_is_not_kept_so_the_same_key_may_try_again(amira: Any):
    assert said(amira.post("/notes", {"text": "taken"}, key="k-0000001")) == (409, "already_claimed")
    assert amira.post("/notes", {"text": "free"}, key="k-0000001").status_code == 201


@pytest.mark.parametrize("key", ["", "short12", "x" * 65, "with space", "tab\tinside"])
def test_a_change_needs_a_key_of_8_to_64_characters(amira: Any, key: str):
    assert said(amira.post("/notes", {"text": "x"}, headers={"Idempotency-Key": key})) == (
        400,
        "idempotency_key_required",
    )


def test_a_repeat_of_a_call_without_a_body_gives_the_same_nothing(amira: Any):
    assert [amira.post("/notes/1/seen", key="k-0000001").status_code for _ in range(2)] == [204, 204]


# The body and the query ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"{'a':1}", b'{"text": NaN}', b"\xff", b'{"text":"\\ud800"}', b"[" * 2000]
)
def test_what_is_not_json_is_said_to_be_so(amira: Any, raw: bytes):
    assert said(amira.post("/notes", data=raw, content_type="application/json")) == (400, "malformed")


def test_nul_characters_and_bottomless_json_are_refused(amira: Any):
    deep = orjson.loads(b'{"a":' * 40 + b"1" + b"}" * 40)

    assert said(amira.post("/notes", {"text": "a\0b"})) == (400, "malformed")
    assert said(amira.post("/notes", {"text": "x", "more": {"a\0": 1}})) == (400, "malformed")
    assert said(amira.post("/notes", {"text": "x", "more": deep})) == (400, "malformed")
    assert amira.post("/notes", {"text": "\\u0000 as text is fine"}).status_code == 201


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_body_of_another_type_is_415(amira: Any, kind: str):
    assert said(amira.post("/notes", data=b'{"text":"x"}', content_type=kind)) == (415, "wrong_media_type")


def test_a_body_over_2_mib_is_413(amira: Any):
    raw = b'{"text":"' + b"x" * 10_000_000 + b'"}'

    assert said(amira.post("/notes", data=raw, content_type="application/json")) == (413, "too_large")
    assert said(amira.post("/notes/1/seen", data=raw)) == (413, "too_large")


def test_unknown_fields_and_wrong_types_are_named(amira: Any):
    response = amira.post("/notes", {"text": 1, "who": "me"})

    assert said(response) == (422, "invalid_input")
    assert response.json["problems"] == [
        {"field": "who", "message": "Expected only these fields: text, more."},
        {"field": "text", "message": "Expected a text, but got a number."},
    ]


def test_a_call_that_takes_nothing_refuses_a_body(amira: Any):
    assert said(amira.post("/notes/1/seen", {"by": "me"})) == (422, "invalid_input")
    assert amira.post("/notes/1/seen", {}).status_code == 204


def test_pages_are_asked_for_with_cursor_and_limit(amira: Any):
    assert amira.get("/notes?limit=100&cursor=abc").json == {
        "items": [{"id": "100", "text": "abc"}],
        "next": None,
    }


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "limit=٣", "cursor=%00", "cursor=", "page=2"]
)
def test_another_query_is_refused(amira: Any, query: str):
    assert said(amira.get("/notes?" + query)) == (400, "bad_request")


def test_a_route_without_pages_takes_no_query(amira: Any):
    assert said(amira.get("/forbidden?limit=1")) == (400, "bad_request")
    assert said(amira.post("/notes?limit=1", {"text": "x"})) == (400, "bad_request")


# Errors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/nothing", "/notes/", "/notes/a%00b/seen", "/notes/../notes", "/%ff", ""])
def test_an_unknown_address_is_a_404_problem(amira: Any, path: str):
    if path:
        assert said(amira.get(path)) == (404, "not_found")
    assert said(amira.client.get("/api/v1/nothing")) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/notes"), ("GET", "/notes/1/seen"), ("OPTIONS", "/notes")]
)
def test_a_wrong_method_is_a_405_problem_that_says_which_are_right(amira: Any, method: str, path: str):
    response = amira.client.open("/api/v1" + path, method=method)

    assert said(response) == (405, "method_not_allowed")
    assert "POST" in response.headers["Allow"]


def test_an_unforeseen_error_tells_nothing_of_the_inside(amira: Any, caplog: pytest.LogCaptureFixture):
    response = amira.get("/broken")

    assert said(response) == (500, "error")
    assert "Sam" not in response.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert response.json["detail"].split()[-1].strip(".") in caplog.text


def test_a_refused_diagram_names_its_elements(amira: Any):
    response = amira.get("/drawn")

    assert said(response) == (422, "diagram_refused")
    assert response.json["problems"] == [{"element": "decide", "message": "Give the gateway a default flow."}]


def test_not_allowed_is_403_and_is_logged_with_ids_only(amira: Any, caplog: pytest.LogCaptureFixture):
    assert said(amira.get("/forbidden")) == (403, "not_allowed")
    assert [each.getMessage() for each in caplog.records] == [
        "refused: notes.forbidden to amira, not_allowed"
    ]


def test_every_problem_has_a_page_that_says_what_it_means(amira: Any):
    for code, kind in problems.known().items():
        response = amira.client.get(f"/api/v1/problems/{code}")

        assert response.status_code == 200
        assert problems.title(kind) in response.text


# The guard -------------------------------------------------------------------------------------------------


def test_the_api_refuses_to_start_with_a_route_whose_action_the_policy_does_not_know(site: Any):
    noun = Noun("notes", "Notes.")

    @noun.get("/notes", "note:fly")
    def notes(call: Call) -> Noted:
        """Notes."""
        raise AssertionError

    with pytest.raises(routes.Undeclared, match="note:fly"):
        api.build(site, (noun,))


def test_the_guard_refuses_a_route_that_declares_nothing(site: Any):
    service = api.build(site, (small(),))
    service.add_url_rule("/sneaky", "sneaky", lambda: "hello")

    with pytest.raises(routes.Undeclared, match="/sneaky"):
        routes.refuse_undeclared(service, frozenset({"person:read"}))


# The description -------------------------------------------------------------------------------------------


def test_the_index_lists_every_route_in_plain_text(amira: Any):
    response = amira.client.get("/api/v1/")

    assert response.mimetype == "text/plain"
    assert "POST   /api/v1/notes " in response.text
    assert "Add a note." in response.text
    assert "<" not in response.text.replace("<token>", "")


def test_the_openapi_document_describes_bodies_answers_and_refusals(amira: Any):
    found = amira.client.get("/api/v1/openapi.json").json
    add = found["paths"]["/api/v1/notes"]["post"]

    assert found["openapi"] == "3.1.0"
    assert add["x-action"] == "person:read"
    assert add["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Note"
    }
    assert {"201", "400", "401", "403", "413", "415", "422", "503"} <= set(add["responses"])
    assert [each["name"] for each in add["parameters"]] == ["Idempotency-Key"]
    paged = found["paths"]["/api/v1/notes"]["get"]
    assert [each["name"] for each in paged["parameters"]] == ["cursor", "limit"]
    assert found["paths"]["/api/v1/openapi.json"]["get"]["security"] == []
