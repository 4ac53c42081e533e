"""Executes every example of docs/api.md, in order, and compares the status that stands behind it."""

from __future__ import annotations

import json
import re
import shlex
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

import api
from tests.api.small_partnership import Site

DOCUMENT = (Path(__file__).parents[2] / "docs/api.md").read_text()


def examples() -> list[tuple[str, int]]:
    """Each curl command with the status it must get."""
    found = []
    for block in re.findall(r"^```sh\n(.*?)^```", DOCUMENT, re.M | re.S):
        for command in re.findall(r"^curl .*?# \d{3}$", block, re.M | re.S):
            text, _, status = command.rpartition("#")
            found.append((text, int(status)))
    return found


def asked(command: str, variables: dict[str, str]) -> dict[str, Any]:
    """What this curl command sends: just the few options that the document uses."""
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    command = command.replace("$(uuidgen)", str(uuid.uuid4())).replace("\\\n", " ")
    words = iter(shlex.split(command)[1:])
    request: dict[str, Any] = {"method": "GET", "headers": {}}
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            request["headers"][name] = value
        elif word == "-X":
            request["method"] = next(words)
        elif word == "--json":
            request["json"] = json.loads(next(words))
        else:
            request["path"] = word
    if "json" in request and request["method"] == "GET":
        request["method"] = "POST"
    return request


def learn(answer: Any, variables: dict[str, str]) -> None:
    """Keep what the document says to keep."""
    for field, name in (("case_id", "CASE"), ("instance_id", "INSTANCE")):
        if field in answer:
            variables[name] = answer[field]
    waiting = answer.get("tasks") or answer.get("next_tasks") or []
    if waiting and isinstance(waiting[0], str):
        variables["TASK"] = waiting[0]
    items = answer.get("items")
    if items and "case_id" in items[0]:
        variables["TASK"] = items[0]["id"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_example_gets_the_status_that_stands_behind_it(partnership: Engine, clock: Any):
    site = Site(partnership, clock)
    client = site.app().test_client()
    variables = {
        "HANDRAIL": "",
        "TOKEN": site.person("amira", client).token,
        "TOM": site.person("tom", client).token,
    }

    for command, status in examples():
        response = client.open(**asked(command, variables))
        assert response.status_code == status, f"{command}\n{response.text}"
        if response.mimetype == "application/json":
            learn(response.json, variables)


def test_the_document_has_examples_of_every_kind():
    assert len(examples()) == DOCUMENT.count("\ncurl ") >= 25


def test_every_route_named_in_the_document_is_there():
    paths = {route.path for noun in api.NOUNS for route in noun.routes}
    named = set(re.findall(r"`(/[a-z/{}_]+)`", DOCUMENT)) - {"/api/v1/"}

    assert named <= paths
