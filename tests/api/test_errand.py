"""A small errand through the API: opening a case, the inbox, the task, messages, records, history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.small_partnership import ERRAND

pytestmark = [
    pytest.mark.usefixtures("errand"),
    # One kind of database is enough here: test_share_information and test_fuzz run on both.
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

SAM = {"name": "Sam Made-Up", "part": "child", "date_of_birth": "2014-03-09"}
PLAN = {"answers": {"plan": "Walk there"}}
AGREED = {"answers": {"agree": "yes", "reason": "Short and safe"}}


def opening(**change: Any) -> dict[str, Any]:
    body = {
        "process": "errand",
        "organisation_id": "school",
        "subjects": [SAM],
        "answers": {"errand": "Fetch milk"},
    }
    return body | change


@pytest.fixture
def opened(amira: Any) -> dict[str, Any]:
    response = amira.post("/cases", opening())
    assert response.status_code == 201, response.text
    found: dict[str, Any] = response.json
    return found


@pytest.fixture
def prepared(amira: Any, opened: dict[str, Any]) -> dict[str, Any]:
    response = amira.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN)
    assert response.status_code == 200, response.text
    return opened


@pytest.fixture
def dana(person: Callable[[str], Any]) -> Any:
    return person("dana")


def waiting(person: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = person.get("/inbox/to_claim").json["items"]
    return items


# Starting --------------------------------------------------------------------------------------------------


def test_processes_say_what_they_are_and_where_you_may_start_them(amira: Any, dana: Any):
    (mine,) = amira.get("/processes").json["items"]
    (hers,) = dana.get("/processes").json["items"]

    assert (mine["process"], mine["title"], mine["roles"]) == ("errand", "Run an errand", ["practitioner"])
    assert (mine["organisation_ids"], hers["organisation_ids"]) == (["school"], [])


def test_a_start_form_shows_its_questions(amira: Any):
    (asked,) = amira.get("/processes/errand").json["questions"]

    assert (asked["key"], asked["type"], asked["required"]) == ("errand", "textfield", True)
    assert amira.get("/processes/nothing").status_code == 404


def test_opening_a_case_gives_its_reference_and_the_first_task(amira: Any):
    response = amira.post("/cases", opening())

    assert response.status_code == 201
    assert response.headers["Location"] == f"/api/v1/cases/{response.json['case_id']}"
    assert amira.get(f"/cases/{response.json['case_id']}").json["reference"] == response.json["reference"]
    assert [each["id"] for each in amira.get("/inbox/mine").json["items"]] == response.json["tasks"]


def test_opening_twice_with_one_key_opens_one_case(amira: Any):
    first, again = (amira.post("/cases", opening(), key="milk-0001") for _ in range(2))

    assert first.json == again.json
    assert len(amira.get("/cases").json["items"]) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answers": {}}, "errand"),
        ({"answers": {"errand": "Milk", "more": 1}}, "more"),
        ({"answers": {"errand": {"a": 1}}}, "errand"),
        ({"subjects": []}, "subjects"),
        ({"subjects": [SAM | {"part": "uncle"}]}, "subjects[0].part"),
        ({"subjects": [SAM | {"name": " "}]}, "subjects.0.name"),
        ({"subjects": [SAM | {"date_of_birth": "2014-02-30"}]}, "subjects[0].date_of_birth"),
        ({"subjects": [SAM | {"date_of_birth": "2099-01-01"}]}, "subjects.0.date_of_birth"),
        ({"process": 1}, "process"),
        ({"urgent": True}, "urgent"),
    ],
)
def test_a_case_opened_wrongly_is_refused_by_field_and_nothing_changes(
    amira: Any, digest: Callable[[], str], change: dict[str, Any], field: str
):
    before = digest()
    response = amira.post("/cases", opening(**change))

    assert response.status_code == 422, response.text
    assert field in [each["field"] for each in response.json["problems"]]
    assert digest() == before


def test_only_somebody_with_the_role_at_that_place_opens_a_case(amira: Any, dana: Any):
    assert dana.post("/cases", opening()).status_code == 403
    assert amira.post("/cases", opening(organisation_id="police")).status_code == 403
    assert amira.post("/cases", opening(organisation_id="nowhere")).status_code in (403, 404)
    assert amira.post("/cases", opening(process="nothing")).status_code == 404


# The task --------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("to", ["nobody", "amira", "olu", "dana"])
def test_a_task_is_not_passed_to_somebody_who_may_not_do_it(dana: Any, prepared: dict[str, Any], to: str):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")
    response = dana.post(f"/tasks/{task['id']}/reassign", {"to": to})

    assert to == "dana" or response.status_code == 422, response.text


def test_nobody_checks_their_own_work(person: Callable[[str], Any], digest: Callable[[], str]):
    zoe = person("zoe")
    opened = zoe.post("/cases", opening()).json
    zoe.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN)
    (task,) = [each for each in waiting(zoe)] or [{"id": "none"}]
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
    before = digest()
    for who in map(person, ("ben", "dana", "olu")):
        for path in (f"/tasks/{opened['tasks'][0]}", f"/cases/{opened['case_id']}"):
            assert who.get(path).json == who.get(path[:-4] + "0000").json
            assert who.get(path).status_code == 404
        assert who.post(f"/tasks/{opened['tasks'][0]}/complete", PLAN).status_code == 404
        assert who.post(f"/tasks/{opened['tasks'][0]}/claim").status_code == 404
        assert who.get(f"/cases/{opened['case_id']}/history").status_code == 404
        assert who.get(f"/cases/{opened['case_id']}/records").status_code == 404
        assert who.get(f"/cases/{opened['case_id']}/messages").status_code == 404
    assert before != ""  # tokens were issued meanwhile, so only the case itself is compared
    assert person("amira").get(f"/tasks/{opened['tasks'][0]}").json["state"] == "open"


# Messages, records, history --------------------------------------------------------------------------------


def test_a_case_can_be_told_something_while_it_runs(
    amira: Any, person: Callable[[str], Any], opened: dict[str, Any]
):
    path = f"/cases/{opened['case_id']}/messages"
    (possible,) = amira.get(path).json["items"]
    sent = amira.post(path, {"message": possible["message"], "answers": {"news": "Shop is shut"}})

    assert (possible["title"], [each["key"] for each in possible["questions"]]) == ("Tell news", ["news"])
    assert sent.status_code == 200, sent.text
    assert [each["name"] for each in waiting(person("carl"))] == ["Read the news"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"message": "news", "answers": {}}, 422),
        ({"message": "news", "answers": {"news": "x", "more": 1}}, 422),
        ({"message": "news"}, 422),
        ({"message": "olds", "answers": {}}, 404),
    ],
)
def test_a_message_sent_wrongly_changes_nothing(
    amira: Any, opened: dict[str, Any], digest: Callable[[], str], body: dict[str, Any], status: int
):
    before = digest()

    assert amira.post(f"/cases/{opened['case_id']}/messages", body).status_code == status
    assert digest() == before


def test_a_record_is_read_as_it_was_answered(amira: Any, dana: Any, prepared: dict[str, Any]):
    (task,) = waiting(dana)
    dana.post(f"/tasks/{task['id']}/claim")
    done = dana.post(f"/tasks/{task['id']}/complete", AGREED).json
    (listed,) = amira.get(f"/cases/{prepared['case_id']}/records").json["items"]
    record = amira.get(f"/cases/{prepared['case_id']}/records/{done['record_id']}").json

    assert listed["id"] == record["id"] == done["record_id"]
    assert [(each["label"], each["lines"]) for each in record["answers"]] == [
        ("Is the plan good?", ["Yes"]),
        ("Why?", ["Short and safe"]),
    ]
    assert record["written_by"] == "Dana"


def test_the_history_tells_what_happened_in_pages(amira: Any, prepared: dict[str, Any]):
    path = f"/cases/{prepared['case_id']}/history"
    found, cursor = [], ""
    while cursor is not None:
        page = amira.get(path + "?limit=2" + (f"&cursor={cursor}" if cursor else "")).json
        found += page["items"]
        cursor = page["next"]

    assert [each["seq"] for each in found] == sorted((each["seq"] for each in found), reverse=True)
    assert found[-1]["kind"] == "case.opened"
    assert "completed “Prepare the errand”" in [each["text"] for each in found]


def test_only_an_auditor_checks_the_whole_history(
    amira: Any, person: Callable[[str], Any], prepared: dict[str, Any]
):
    report = person("vic").get("/history/check").json

    assert report["faults"] == []
    assert report["events"] > 5
    assert amira.get("/history/check").status_code == 403


def test_progress_shows_where_the_case_stands_and_gives_the_diagram_back(
    amira: Any, prepared: dict[str, Any]
):
    path = f"/instances/{prepared['instance_id']}"
    steps = {each["id"]: each["state"] for each in amira.get(path + "/progress").json["main"]["steps"]}
    drawn = amira.get(path + "/diagrams/errand")

    assert (steps["prepare"], steps["check"], steps["run"]) == ("done", "now", "")
    assert drawn.data == (ERRAND / "errand.bpmn").read_bytes()
    assert amira.get(path + "/diagrams/other").status_code == 404


# Lists -----------------------------------------------------------------------------------------------------


def test_lists_come_in_pages_that_neither_repeat_nor_skip(amira: Any, clock: Any):
    references = []
    for _ in range(5):
        references.append(amira.post("/cases", opening()).json["reference"])
        clock.travel(minutes=1)

    for path, field in (("/inbox/mine", "reference"), ("/cases", "reference")):
        found, cursor = [], ""
        while cursor is not None:
            page = amira.get(path + "?limit=2" + (f"&cursor={cursor}" if cursor else "")).json
            found += [each[field] for each in page["items"]]
            cursor = page["next"]
        assert sorted(found) == sorted(references)


@pytest.mark.parametrize(
    "cursor",
    [
        "AAAA",
        "MjAyNi0wMS0wMXxh",
        "MDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OXxh",
        "MjAyNi0wMS0wMVQwMDowMDowMCswMDowMHwA",
    ],
)
def test_a_made_up_cursor_is_refused_or_harmless(amira: Any, cursor: str):
    for path in ("/inbox/mine", "/inbox/completed", "/cases"):
        assert amira.get(f"{path}?cursor={cursor}").status_code in (200, 400, 422)


def test_counts_and_colleagues(amira: Any, opened: dict[str, Any]):
    assert amira.get("/inbox").json == {"mine": 1, "overdue": 0, "to_claim": 0}
    assert {"dana", "carl"} <= {each["id"] for each in amira.get("/people").json["items"]}
    assert "olu" not in {each["id"] for each in amira.get("/people").json["items"]}


# Oneself ---------------------------------------------------------------------------------------------------


def test_me_says_who_i_am_and_what_i_hold(amira: Any):
    assert amira.get("/me").json == {
        "id": "amira",
        "name": "Amira",
        "area_id": "north",
        "roles": [{"role": "practitioner", "organisation_id": "school", "organisation": "School"}],
    }


def test_a_token_of_ones_own_works_until_it_is_revoked_and_is_told_once(amira: Any):
    made, again = (
        amira.post("/me/tokens", {"label": "report", "days": 7}, key="token-001") for _ in range(2)
    )
    headers = {"Authorization": f"Bearer {made.json['token']}"}
    (listed,) = [each for each in amira.get("/me/tokens").json["items"] if each["label"] == "report"]

    assert (made.status_code, again.status_code, again.json) == (201, 201, {"token": None})
    assert amira.client.get("/api/v1/me", headers=headers).status_code == 200
    assert amira.delete(f"/me/tokens/{listed['id']}").status_code == 204
    assert amira.client.get("/api/v1/me", headers=headers).status_code == 401


def test_nobody_revokes_somebody_elses_token(amira: Any, dana: Any):
    (hers,) = dana.get("/me/tokens").json["items"]

    assert amira.delete(f"/me/tokens/{hers['id']}").status_code == 404
    assert dana.get("/me").status_code == 200


@pytest.mark.parametrize("days", [0, 366, -1, "7", None])
def test_a_token_lasts_1_to_365_days(amira: Any, days: Any):
    assert amira.post("/me/tokens", {"label": "report", "days": days}).status_code == 422
