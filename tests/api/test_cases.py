"""Opening a case through the API, and the messages, records, history and progress of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from api.cases import Part
from engine.cases import PARTS
from engine.database import transaction
from tests.api.small_partnership import (
    AGREED,
    ERRAND,
    ON_SQLITE,
    SAM,
    Site,
    every_page,
    opening,
    publish_errand,
    waiting,
)

pytestmark = [pytest.mark.usefixtures("errand"), ON_SQLITE]


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


def test_a_case_names_nobody_only_where_the_process_says_so(site: Site, amira: Any):
    (before,) = amira.get("/processes").json["items"]
    refused = amira.post("/cases", opening(subjects=[]))
    title = b'<zeebe:property name="handrail:title"'
    with transaction(site.engine) as db:
        publish_errand(db, title, b'<zeebe:property name="handrail:subjects" value="optional" />' + title)
    (after,) = amira.get("/processes").json["items"]
    opened = amira.post("/cases", opening(subjects=[]))

    assert (before["subjects_optional"], after["subjects_optional"]) == (False, True)
    assert refused.status_code == 422
    assert refused.json["problems"] == [
        {"field": "subjects", "message": "Name at least one person the case is about"}
    ]
    assert opened.status_code == 201, opened.text
    assert amira.get(f"/cases/{opened.json['case_id']}").json["subjects"] == []


def test_only_somebody_with_the_role_at_that_place_opens_a_case(amira: Any, dana: Any):
    assert dana.post("/cases", opening()).status_code == 403
    assert amira.post("/cases", opening(organisation_id="police")).status_code == 403
    assert amira.post("/cases", opening(organisation_id="nowhere")).status_code in (403, 404)
    assert amira.post("/cases", opening(process="nothing")).status_code == 404


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
    found = every_page(amira, f"/cases/{prepared['case_id']}/history")

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


def test_everybody_whom_a_page_can_name_can_be_named_here() -> None:
    assert get_args(Part) == tuple(PARTS)
