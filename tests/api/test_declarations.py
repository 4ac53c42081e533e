"""Declarations over the API: the same rule, and the same silence before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.small_partnership import waiting
from tests.sealing import seal

pytestmark = pytest.mark.usefixtures("errand")


@pytest.fixture
def task(prepared: dict[str, Any], dana: Any, site: Any) -> str:
    seal(site.engine, site.clock().now)
    (found,) = waiting(dana)
    return str(found["id"])


def test_a_sealed_task_says_what_it_is_and_when_before_it_is_taken(task: str, dana: Any) -> None:
    seen = dana.get(f"/tasks/{task}").json

    assert seen["item"]["id"] == task
    assert (seen["facts"], seen["questions"], seen["answers"], seen["guidance"]) == ([], [], {}, None)
    assert (seen["process"], seen["form_id"], seen["can"]) == ("", None, ["task:claim"])


def test_it_is_taken_with_a_declaration(task: str, dana: Any) -> None:
    refused = dana.post(f"/tasks/{task}/claim")
    assert (refused.status_code, refused.json["code"]) == (403, "declaration_needed")
    assert dana.get(f"/tasks/{task}/declaration").json == {"names": ["Sam Made-Up"]}
    assert dana.post(f"/tasks/{task}/declaration", {"relationship": "none"}).status_code == 204

    assert dana.get(f"/tasks/{task}").json["questions"] != []


def test_a_conflict_keeps_out(task: str, dana: Any, person: Callable[[str], Any]) -> None:
    assert dana.post(f"/tasks/{task}/declaration", {"relationship": "some"}).status_code == 204

    assert waiting(dana) == []
    assert dana.get(f"/tasks/{task}").status_code == 404
    assert [each["id"] for each in waiting(person("zoe"))] == [task]


def test_a_stranger_is_told_of_nothing(task: str, person: Callable[[str], Any]) -> None:
    assert person("olu").get(f"/tasks/{task}/declaration").status_code == 404
