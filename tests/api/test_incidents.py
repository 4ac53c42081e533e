"""Operators put right through JSON what stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from engine.operations import OPERATIONS
from tests.api.small_partnership import DEADLINES, Person, Site
from tests.engine.incidents.register import Register, World


@pytest.fixture
def world(engine: Any, clock: Any) -> Iterator[World]:
    register = OPERATIONS["fetch"] = Register()
    yield World(engine, clock, register).build()
    del OPERATIONS["fetch"]


@pytest.fixture
def client(world: World) -> Any:
    site = Site(world.engine, world.clock)
    assert site.clock().deadlines is DEADLINES
    app = site.app()
    return lambda name: site.person(name, app.test_client())


@pytest.fixture
def olu(client: Any) -> Person:
    return client("olu")


def only(olu: Person) -> dict[str, Any]:
    (item,) = olu.get("/incidents").json["items"]
    return item


def test_an_operator_finds_corrects_and_retries(world: World, olu: Person, client: Any) -> None:
    opened = world.stopped()
    item = only(olu)
    assert item["cause"] == "Expected the register to be open."
    found = olu.get(f"/incidents/{item['id']}").json
    assert {"name": "go_on", "kind": "text"} in found["variables"]

    path = f"/incidents/{item['id']}"
    body = {"reason": "Misread.", "values": {"go_on": "no", "more": [1]}}
    assert olu.post(f"{path}/correct", body).json["open"] == [item["id"]]
    world.register.answers = [{"found": True}]
    answer = olu.post(f"{path}/retry", {"reason": "Corrected."})

    assert (answer.status_code, answer.json["open"]) == (200, [])
    assert world.tasks(opened) == ["read"]
    told = client("ada").get(f"/cases/{opened.case_id}/corrections").json["items"]
    # Two corrections of one request bear one instant, so neither comes first.
    assert sorted((each["variable"], each["before"], each["after"]) for each in told) == [
        ("go_on", ["yes"], "no"),
        ("more", [], [1]),
    ]
    assert olu.get(f"/cases/{opened.case_id}/corrections").status_code == 404


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("skip", {"reason": "Closed for good."}, "running"),
        ("move", {"reason": "Ask again.", "to": "prepare"}, "running"),
        ("cancel", {"reason": "Opened twice."}, "cancelled"),
    ],
)
def test_every_way_to_put_it_right(
    world: World, olu: Person, verb: str, body: dict[str, Any], status: str
) -> None:
    world.stopped()
    path = f"/incidents/{only(olu)['id']}/{verb}"

    assert olu.post(path, body).json["status"] == status
    again = olu.post(path, body)
    assert (again.status_code, again.json["code"]) == (409, "already_resolved")


def test_one_key_does_it_once(world: World, olu: Person) -> None:
    world.stopped()
    path = f"/incidents/{only(olu)['id']}/retry"
    first = olu.post(path, {"reason": "Now."}, key="the-one-key")

    assert olu.post(path, {"reason": "Now."}, key="the-one-key").json == first.json
    assert len(world.register.asked) == 2


def test_nobody_else_sees_or_does_anything(world: World, olu: Person, client: Any) -> None:
    world.stopped()
    path = f"/incidents/{only(olu)['id']}"
    for name in ("ada", "gil", "vic"):
        somebody = client(name)
        assert somebody.get("/incidents").status_code in (403, 404)
        assert somebody.get(path).status_code == 404
        assert somebody.post(f"{path}/cancel", {"reason": "Because."}).status_code == 404


def test_corrections_without_values_are_refused(world: World, olu: Person) -> None:
    world.stopped()
    answer = olu.post(f"/incidents/{only(olu)['id']}/correct", {"reason": "Because.", "values": {}})

    assert answer.status_code == 422
