"""The inbox through the API: a task is read, answered, claimed and passed on, and every list has pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.small_partnership import AGREED, ON_SQLITE, PLAN, every_page, opening, waiting

pytestmark = [pytest.mark.usefixtures("errand"), ON_SQLITE]


def test_a_task_shows_its_form_guidance_and_what_you_may_do(amira: Any, opened: dict[str, Any]):
    task = amira.get(f"/tasks/{opened['tasks'][0]}").json

    assert task["item"]["name"] == "Prepare the errand"
    assert task["guidance"]["source"] == "A made-up handbook"
    assert [each["key"] for each in task["questions"]] == ["plan", "helpers"]
    assert "task:complete" in task["can"]


def test_a_draft_is_given_back_and_is_nobody_elses(amira: Any, dana: Any, opened: dict[str, Any]):
    path = f"/tasks/{opened['tasks'][0]}"

    assert amira.put(path + "/draft", {"answers": {"plan": "Wal"}}).status_code == 204
    assert amira.get(path).json["answers"] == {"plan": "Wal"}
    assert dana.put(path + "/draft", {"answers": {}}).status_code == 404


def test_completing_leads_on_to_the_next_person(amira: Any, dana: Any, prepared: dict[str, Any]):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")
    shown = dana.get(f"/tasks/{task['id']}").json
    done = dana.post(f"/tasks/{task['id']}/complete", AGREED)

    assert shown["facts"] == [{"label": "What is the plan?", "lines": ["Walk there"]}]
    assert done.status_code == 200
    assert done.json["record_id"]
    assert amira.get(f"/cases/{prepared['case_id']}").json["instances"][0]["status"] == "completed"


def test_disagreeing_brings_the_task_back(amira: Any, dana: Any, prepared: dict[str, Any]):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")
    dana.post(f"/tasks/{task['id']}/complete", {"answers": {"agree": "no", "reason": "Too far"}})

    assert [each["name"] for each in amira.get("/inbox/mine").json["items"]] == ["Prepare the errand"]


def test_a_task_is_claimed_released_and_passed_on(
    dana: Any, person: Callable[[str], Any], prepared: dict[str, Any]
):
    (task,) = waiting(dana)
    path = f"/tasks/{task['id']}"

    assert dana.post(path + "/claim").status_code == 204
    assert person("zoe").post(path + "/claim").json["code"] == "already_claimed"
    assert dana.post(path + "/release").status_code == 204
    assert dana.post(path + "/claim").status_code == 204
    assert [each["id"] for each in dana.get(path + "/candidates").json["items"]] == ["zoe"]
    assert dana.post(path + "/reassign", {"to": "zoe"}).status_code == 204
    assert [each["id"] for each in person("zoe").get("/inbox/mine").json["items"]] == [task["id"]]


@pytest.mark.parametrize("to", ["nobody", "amira", "olu"])
def test_a_task_is_not_passed_to_somebody_who_may_not_do_it(dana: Any, prepared: dict[str, Any], to: str):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")
    response = dana.post(f"/tasks/{task['id']}/reassign", {"to": to})

    assert response.status_code == 422, response.text


def test_a_task_passed_to_oneself_stays_ones_own(dana: Any, prepared: dict[str, Any]):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")

    assert dana.post(f"/tasks/{task['id']}/reassign", {"to": "dana"}).status_code == 204
    assert [each["id"] for each in dana.get("/inbox/mine").json["items"]] == [task["id"]]


def test_nobody_checks_their_own_work(person: Callable[[str], Any], digest: Callable[[], str]):
    zoe = person("zoe")
    opened = zoe.post("/cases", opening()).json
    zoe.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN)
    (task,) = waiting(zoe)
    before = digest()
    response = zoe.post(f"/tasks/{task['id']}/claim")

    assert (response.status_code, response.json["code"]) == (403, "four_eyes")
    assert digest() == before


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "plan"),
        ({"plan": 7}, "plan"),
        ({"plan": ["a"]}, "plan"),
        ({"plan": "Walk", "helpers": "many"}, "helpers"),
        ({"plan": "Walk", "helpers": 10}, "helpers"),
        ({"plan": "Walk", "started_by": "dana"}, "started_by"),
        ({"plan": "Walk", "__class__": "x"}, "__class__"),
    ],
)
def test_wrong_answers_are_refused_by_field_and_nothing_changes(
    amira: Any, opened: dict[str, Any], digest: Callable[[], str], answers: dict[str, Any], field: str
):
    before = digest()
    response = amira.post(f"/tasks/{opened['tasks'][0]}/complete", {"answers": answers})

    assert response.status_code == 422, response.text
    assert [each["field"] for each in response.json["problems"]] == [field]
    assert digest() == before


def test_a_10_megabyte_form_is_413_and_nothing_changes(
    amira: Any, opened: dict[str, Any], digest: Callable[[], str]
):
    before = digest()
    response = amira.post(f"/tasks/{opened['tasks'][0]}/complete", {"answers": {"plan": "x" * 10_000_000}})

    assert (response.status_code, response.json["code"]) == (413, "too_large")
    assert digest() == before


def test_a_stale_task_is_409_and_nothing_changes(
    amira: Any, prepared: dict[str, Any], digest: Callable[[], str]
):
    before = digest()
    response = amira.post(f"/tasks/{prepared['tasks'][0]}/complete", PLAN)

    assert (response.status_code, response.json["code"]) == (409, "task_gone")
    assert digest() == before


def test_a_repeated_completion_happens_once_and_answers_the_same(
    amira: Any, opened: dict[str, Any], dana: Any
):
    first, again = (
        amira.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN, key="milk-0002") for _ in range(2)
    )

    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert len(waiting(dana)) == 1


def test_somebody_elses_task_and_case_are_not_found(
    person: Callable[[str], Any], opened: dict[str, Any], digest: Callable[[], str]
):
    task, case = f"/tasks/{opened['tasks'][0]}", f"/cases/{opened['case_id']}"
    amira, strangers = person("amira"), [person(name) for name in ("ben", "dana", "olu")]
    before = digest()

    for who in strangers:
        for path in (task, case):
            assert who.get(path).json == who.get(path[:-4] + "0000").json
            assert who.get(path).status_code == 404
        assert who.post(f"{task}/complete", PLAN).status_code == 404
        assert who.post(f"{task}/claim").status_code == 404
        assert who.get(f"{case}/history").status_code == 404
        assert who.get(f"{case}/records").status_code == 404
        assert who.get(f"{case}/messages").status_code == 404
    assert digest() == before
    assert amira.get(task).json["state"] == "open"


def test_lists_come_in_pages_that_neither_repeat_nor_skip(amira: Any, clock: Any):
    references = []
    for _ in range(5):
        references.append(amira.post("/cases", opening()).json["reference"])
        clock.travel(minutes=1)

    for path in ("/inbox/mine", "/cases"):
        assert sorted(each["reference"] for each in every_page(amira, path)) == sorted(references)


@pytest.mark.parametrize(
    "cursor",
    [
        "AAAA",
        "MjAyNi0wMS0wMXxh",
        "MDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OXxh",
        "MjAyNi0wMS0wMVQwMDowMDowMCswMDowMHwA",
    ],
)
def test_a_made_up_cursor_is_refused(amira: Any, cursor: str):
    for path in ("/inbox/mine", "/inbox/completed", "/cases"):
        assert amira.get(f"{path}?cursor={cursor}").status_code == 422


def test_counts_and_colleagues(amira: Any, opened: dict[str, Any]):
    assert amira.get("/inbox").json == {"mine": 1, "overdue": 0, "to_claim": 0}
    assert {"dana", "carl"} <= {each["id"] for each in amira.get("/people").json["items"]}
    assert "olu" not in {each["id"] for each in amira.get("/people").json["items"]}
