"""A governance approver moves running instances through JSON."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.small_partnership import Person, Site
from tests.engine.incidents.register import Register
from tests.engine.migration.visits import FIRST, SECOND, Visits

PATH = "/processes/visit/migrations/1/2"


@pytest.fixture
def visits(engine: Any, clock: Any) -> Visits:
    built = Visits(engine, clock, Register(), FIRST)
    built.build()
    built.start(3)
    built.publish(SECOND)
    return built


@pytest.fixture
def client(visits: Visits) -> Any:
    site = Site(visits.engine, visits.clock)
    app = site.app()
    return lambda name: site.person(name, app.test_client())


@pytest.fixture
def gil(client: Any) -> Person:
    return client("gil")


def test_plan_rehearse_apply_and_undo(visits: Visits, gil: Person) -> None:
    assert gil.get("/processes/visit/releases").json["items"][0]["running"] == 3
    plan = gil.get(PATH).json
    assert plan["running"] == 3 and [step["to"] for step in plan["steps"]] == ["judge", None]

    rehearsed = gil.post(f"{PATH}/rehearse", {}).json
    assert len(rehearsed["done"]) == 3 and rehearsed["next"] is None
    first = gil.post(f"{PATH}/apply", {"reason": "New guidance.", "limit": 2}).json
    assert len(first["done"]) == 2 and first["next"] == first["done"][-1]
    rest = gil.post(f"{PATH}/apply", {"reason": "New guidance.", "after": first["next"]}).json
    assert sorted(first["done"] + rest["done"]) == rehearsed["done"]
    undone = gil.post(f"{PATH}/undo", {"reason": "Too early.", "only": first["done"]}).json
    assert undone["done"] == first["done"]


def test_what_cannot_go_is_named(visits: Visits, gil: Person) -> None:
    step = {"process": "visit", "element": "decide", "to": "wait"}
    batch = gil.post(f"{PATH}/apply", {"reason": "New guidance.", "steps": [step]}).json

    assert batch["done"] == [] and len(batch["refused"]) == 3
    assert batch["refused"][0]["problems"][0]["element"] == "decide"


def test_one_key_moves_once(visits: Visits, gil: Person) -> None:
    body = {"reason": "New guidance.", "limit": 1}
    first = gil.post(f"{PATH}/apply", body, key="the-one-key").json

    assert gil.post(f"{PATH}/apply", body, key="the-one-key").json == first
    assert len([row for row in visits.rows("user_task") if row["element"] == "judge"]) == 1


@pytest.mark.parametrize("path", ["/processes/visit/migrations/1/9", "/processes/visit/migrations/x/2"])
def test_releases_that_there_are_not(visits: Visits, gil: Person, path: str) -> None:
    assert gil.get(path).status_code == 404


@pytest.mark.parametrize("name", ["ada", "olu", "vic"])
def test_nobody_else_may(visits: Visits, client: Any, name: str) -> None:
    somebody = client(name)

    assert somebody.get(PATH).status_code in (403, 404)
    assert somebody.post(f"{PATH}/apply", {"reason": "Because."}).status_code in (403, 404)
    assert somebody.get("/processes/visit/releases").status_code in (403, 404)
