"""The API beside the pages, in the application that is served."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from engine import people, tokens
from engine.database import transaction
from engine.deadlines import At
from handrail.app import compose
from handrail.settings import DEMO_AREA
from tests.api.small_partnership import DEADLINES, Person
from web.context import Context, Settings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def whole(partnership: Engine, clock: Any) -> Flask:
    settings = Settings(address="http://localhost", secret_key="not a secret", demo_area=DEMO_AREA)
    return compose(Context(partnership, lambda: At(clock.now, DEADLINES), settings))


@pytest.fixture
def amira(whole: Flask, partnership: Engine, clock: Any) -> Person:
    with transaction(partnership) as db:
        return Person("amira", tokens.issue(db, "amira", "test", 1, clock.now), whole.test_client())


def test_a_change_needs_no_form_token_of_the_pages(amira: Person):
    assert amira.post("/me/tokens", {"label": "report"}).status_code == 201


def test_a_signed_in_browser_is_nobody_to_the_api(amira: Person, partnership: Engine, clock: Any):
    with transaction(partnership) as db:
        session = people.start_session(db, "amira", clock.now)
    for name in ("handrail", "__Host-handrail", "session"):
        amira.client.set_cookie(name, session)

    assert amira.client.get("/api/v1/me").status_code == 401


def test_a_token_of_the_api_opens_no_page(amira: Person):
    answer = amira.client.get("/cases", headers={"Authorization": f"Bearer {amira.token}"})

    assert answer.status_code in (302, 303, 401)


def test_the_api_answers_as_itself_and_the_pages_as_themselves(amira: Person):
    missing = amira.get("/nothing")
    page = amira.client.get("/nothing")

    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "Set-Cookie" not in missing.headers


def test_a_request_for_another_host_is_refused(amira: Person):
    answer = amira.get("/me", base_url="http://elsewhere.example")

    assert answer.status_code == 400
    assert answer.json["code"] == "bad_request"
