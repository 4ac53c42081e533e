"""Documents through JSON: attach, list, open and withdraw, as on the pages."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.documents import MOST_BYTES
from tests.api.small_partnership import Person, Site
from tests.workflows.answers import ANSWERS

PDF = b"%PDF-1.4 a letter"


@pytest.fixture
def person(partnership: Engine, clock: Any) -> Callable[[str], Person]:
    site = Site(partnership, clock)
    client = site.app().test_client()
    return lambda id_: site.person(id_, client)


@pytest.fixture
def amira(person: Callable[[str], Person]) -> Person:
    return person("amira")


@pytest.fixture
def opened(amira: Person) -> Any:
    body = {
        "process": "share_information",
        "organisation_id": "ashby-vale",
        "subjects": [{"name": "Sam Made-Up", "part": "child"}],
        "answers": ANSWERS["start_share"]["concern"],
    }
    return amira.post("/cases", body).json


def letter(content: bytes = PDF, **more: str) -> dict[str, Any]:
    return {"name": "letter.pdf", "about": "A letter", "content": b64encode(content).decode(), **more}


def test_a_document_goes_there_and_comes_back(amira: Person, opened: Any) -> None:
    path = f"/cases/{opened['case_id']}/documents"
    added = amira.post(path, letter())
    assert added.status_code == 201, added.text

    (listed,) = amira.get(path).json["items"]
    found = amira.get(f"{path}/{added.json['id']}").json
    assert found["document"] == listed
    assert b64decode(found["content"]) == PDF
    assert (listed["name"], listed["media_type"], listed["size"]) == ("letter.pdf", "application/pdf", 17)


def test_it_can_belong_to_a_task(amira: Person, opened: Any) -> None:
    task = opened["tasks"][0]
    path = f"/cases/{opened['case_id']}/documents"
    assert amira.post(path, letter(task=task)).status_code == 201
    assert amira.get(path).json["items"][0]["task_id"] == task


def test_the_largest_fits_and_a_larger_one_is_refused(amira: Person, opened: Any) -> None:
    path = f"/cases/{opened['case_id']}/documents"
    assert amira.post(path, letter(PDF.ljust(MOST_BYTES))).status_code == 201
    assert amira.post(path, letter(PDF.ljust(MOST_BYTES + 1))).status_code == 413
    assert amira.post(path, letter(PDF.ljust(MOST_BYTES * 2))).status_code == 413


@pytest.mark.parametrize(
    ("sent", "where"),
    [
        (letter(b"MZ"), "file"),
        (letter(about=" "), "about"),
        (letter() | {"content": "not base64!"}, "content"),
    ],
)
def test_what_is_wrong_is_named(amira: Person, opened: Any, sent: dict[str, Any], where: str) -> None:
    answer = amira.post(f"/cases/{opened['case_id']}/documents", sent)

    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json["problems"]] == [where]


def test_nobody_else_can_reach_it_and_withdrawn_nobody_can(
    amira: Person, opened: Any, person: Callable[[str], Person]
) -> None:
    path = f"/cases/{opened['case_id']}/documents"
    one = f"{path}/{amira.post(path, letter()).json['id']}"
    assert person("stuart").get(one).status_code == 404
    assert person("stuart").get(path).status_code == 404

    assert amira.post(f"{one}/withdraw", {"reason": "Another family"}).status_code == 204
    assert amira.get(one).status_code == 404
    assert amira.get(path).json["items"][0]["withdrawn_reason"] == "Another family"
