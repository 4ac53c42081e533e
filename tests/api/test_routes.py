"""Every route of the API as it is declared: its action, its description, its example."""

from __future__ import annotations

import re
from typing import Any

import pytest

import api
from api import openapi
from api.readers import Problems
from api.routes import Route
from policy.authorization import ACTIONS

ROUTES = [route for noun in api.NOUNS for route in noun.routes]
DOCUMENT = openapi.document((openapi.description(api.NOUNS), *api.NOUNS))


def said(route: Route) -> str:
    return f"{route.method} {route.path}"


@pytest.mark.parametrize("route", ROUTES, ids=said)
def test_every_route_declares_an_action_that_the_policy_knows(route: Route):
    assert route.action in ACTIONS


@pytest.mark.parametrize("route", ROUTES, ids=said)
def test_every_route_says_in_a_sentence_what_it_does(route: Route):
    described = DOCUMENT["paths"]["/api/v1" + route.path][route.method.lower()]

    assert described["summary"].endswith(".") or described["summary"].endswith("?")
    assert described["operationId"].startswith(route.noun)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.read], ids=said)
def test_every_body_has_an_example_that_is_accepted(route: Route):
    problems: Problems = []
    assert route.read is not None
    route.read(route.example, "", problems)

    assert (route.example is not None, problems) == (True, [])


@pytest.mark.parametrize("route", ROUTES, ids=said)
def test_every_change_needs_a_key_and_no_read_does(route: Route):
    parameters = DOCUMENT["paths"]["/api/v1" + route.path][route.method.lower()]["parameters"]

    assert ("Idempotency-Key" in [each["name"] for each in parameters]) == (route.method != "GET")


def test_no_two_routes_share_an_address():
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_every_reference_in_the_document_leads_somewhere():
    schemas = DOCUMENT["components"]["schemas"]

    assert {name for name in references(DOCUMENT)} <= set(schemas)
    assert all(re.fullmatch(r"[A-Za-z]+", name) for name in schemas)


def references(part: Any) -> list[str]:
    inside = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else []
    own = [part["$ref"].rsplit("/", 1)[1]] if isinstance(part, dict) and "$ref" in part else []
    return own + [name for each in inside for name in references(each)]


def test_nothing_personal_can_be_asked_for_in_an_address():
    """Addresses end up in logs, so they hold ids, cursors and limits only."""
    asked = {
        (each["name"], each["in"])
        for methods in DOCUMENT["paths"].values()
        for described in methods.values()
        for each in described["parameters"]
        if each["in"] != "header"
    }

    assert {name for name, where in asked if where == "query"} == {"cursor", "limit"}
    assert {name for name, where in asked if where == "path"} == {
        "case_id", "code", "document_id", "from_release", "incident_id", "instance_id", "process",
        "record_id", "task_id", "to_release", "token_id",
    }  # fmt: skip
