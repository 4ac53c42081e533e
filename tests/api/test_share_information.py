"""The seeds' whole flowchart through the JSON API alone, with the people of the demo partnership."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from engine import timers
from engine.deadlines import At
from tests.api.small_partnership import DEADLINES, Person, Site, every_page
from tests.workflows.answers import ANSWERS

HOW = ("how_much", "right_person", "protect_identities", "secure", "principles", "send")


@pytest.fixture
def person(partnership: Engine, clock: Any) -> Callable[[str], Person]:
    """Gives somebody of the demo partnership, with a fresh token."""
    site = Site(partnership, clock)
    client = site.app().test_client()
    return lambda id_: site.person(id_, client)


@dataclass
class Journey:
    """One case on its way, and the people who move it on."""

    person: Callable[[str], Person]
    lead: Person
    case_id: str = ""
    instance_id: str = ""

    def open(self, choice: str = "concern") -> None:
        body = {
            "process": "share_information",
            "organisation_id": "ashby-vale",
            "subjects": [{"name": "Sam Made-Up", "part": "child", "date_of_birth": "2014-03-09"}],
            "answers": ANSWERS["start_share"][choice],
        }
        opened = self.lead.post("/cases", body)
        assert opened.status_code == 201, opened.text
        self.case_id, self.instance_id = opened.json["case_id"], opened.json["instance_id"]

    def do(self, element: str, choice: str | None = None) -> Any:
        """The lead of the case answers a task of their own."""
        return self._answer(self.lead, self._waiting(element)["id"], choice)

    def do_as(self, id_: str, element: str, choice: str | None = None) -> Any:
        """A colleague finds the task in their own inbox, takes it and answers it."""
        who = self.person(id_)
        for item in who.get("/inbox/to_claim").json["items"]:
            if who.get(f"/tasks/{item['id']}").json["element"] == element:
                assert who.post(f"/tasks/{item['id']}/claim").status_code == 204
                return self._answer(who, item["id"], choice)
        raise AssertionError(f"{id_} has no task {element}")

    def _answer(self, who: Person, task_id: str, choice: str | None) -> Any:
        form = who.get(f"/tasks/{task_id}").json["form_id"]
        choices = ANSWERS[form]
        done = who.post(f"/tasks/{task_id}/complete", {"answers": choices[choice or next(iter(choices))]})
        assert done.status_code == 200, done.text
        return done.json

    def say(self, title: str, form: str, choice: str) -> None:
        """Send the message that the case page offers under this title."""
        offered = self.lead.get(f"/cases/{self.case_id}/messages").json["items"]
        (message,) = [each["message"] for each in offered if each["title"] == title]
        sent = self.lead.post(
            f"/cases/{self.case_id}/messages", {"message": message, "answers": ANSWERS[form][choice]}
        )
        assert sent.status_code == 200, sent.text

    def view(self) -> Any:
        return self.lead.get(f"/cases/{self.case_id}").json

    def processes(self) -> dict[str, str]:
        return {each["process"]: each["status"] for each in self.view()["instances"]}

    def open_tasks(self) -> set[str]:
        return {each["element"] for each in self.view()["tasks"] if each["state"] == "open"}

    def _waiting(self, element: str) -> Any:
        return next(t for t in self.view()["tasks"] if t["state"] == "open" and t["element"] == element)

    def records(self) -> list[str]:
        return [each["kind"] for each in self.lead.get(f"/cases/{self.case_id}/records").json["items"]]


@pytest.fixture
def journey(person: Callable[[str], Person]) -> Journey:
    return Journey(person, person("amira"))


def test_the_whole_flowchart_with_lead_and_caldicott_guardian_ends_shared_and_recorded(journey: Journey):
    journey.open()
    journey.do("screen", "no")
    journey.do("purpose", "subtle")
    journey.do("consent", "inform_only")
    journey.do("identifiable", "yes")
    journey.do_as("tom", "lead_decides", "advise")
    journey.do("lawful_reason", "health")
    journey.do("request_review", "guardian")
    journey.do_as("priya", "triage", "for_guardian")
    journey.do_as("daniel", "guardian_decides", "approve_with_conditions")
    for element in HOW:
        journey.do(element)
    journey.do("inform", "after")
    journey.do("record_share", "share_without_consent")
    journey.do("receipt", "confirmed")

    assert journey.processes() == {"share_information": "completed", "retention_review": "running"}
    assert {"consent", "advice", "caldicott", "disclosure", "decision", "receipt"} <= set(journey.records())
    story = every_page(journey.lead, f"/cases/{journey.case_id}/history")
    assert {"Amira Nawaz", "Tom Okafor", "Priya Sandhu", "Daniel Frost"} <= {each["who"] for each in story}
    assert journey.person("joan").get("/history/check").json["faults"] == []


def test_consent_withdrawn_stops_what_is_not_sent_and_asks_for_a_lawful_reason_again(journey: Journey):
    journey.open()
    journey.do("screen", "no")
    journey.do("purpose", "yes")
    journey.do("consent", "given")
    for element in HOW[:-1]:
        journey.do(element)
    assert journey.open_tasks() == {"send"}

    journey.say("Consent has been withdrawn", "consent_withdrawn", "all")
    assert journey.open_tasks() == {"record_withdrawal"}

    journey.do("record_withdrawal")
    assert journey.open_tasks() == {"lawful_reason"}
    journey.do("lawful_reason", "no")
    journey.do("record_not_share", "no_lawful_reason")
    journey.do("look_again", "no")
    assert journey.processes() == {"share_information": "completed", "retention_review": "running"}
    assert "withdrawal" in journey.records()


def test_immediate_danger_is_told_beside_the_decision_and_alarms_after_15_minutes(
    journey: Journey, partnership: Engine, clock: Any
):
    journey.open()
    journey.do("screen", "child")
    assert {"confirm_call", "purpose"} <= journey.open_tasks()

    clock.travel(minutes=16)
    assert timers.fire_due(partnership, At(clock.now, DEADLINES)) >= 1
    assert "make_sure" in journey.open_tasks()
    journey.do("confirm_call", "called")
    journey.do("purpose", "yes")
    assert "consent" in journey.open_tasks()


def test_advice_is_asked_for_without_names_and_what_was_done_with_it_is_recorded(journey: Journey):
    journey.open()
    journey.say("Ask for advice", "advice_asked", "dsl")
    journey.do("screen", "no")  # advice blocks nothing
    journey.do_as("tom", "give_advice", "given")
    journey.do("use_advice", "departed")

    assert "advice" in journey.records()
    assert "purpose" in journey.open_tasks()


def test_an_adviser_sees_the_task_and_not_the_case(journey: Journey):
    journey.open()
    journey.say("Ask for advice", "advice_asked", "dsl")
    journey.do_as("tom", "give_advice", "given")

    assert journey.person("tom").get(f"/cases/{journey.case_id}").status_code == 403
    assert journey.person("beth").get(f"/cases/{journey.case_id}").status_code == 404


def test_a_name_in_a_question_for_advice_is_refused(journey: Journey):
    journey.open()
    asked = ANSWERS["advice_asked"]["dsl"] | {"advice_question": "Should I tell anybody about Sam Made-Up?"}
    offered = journey.lead.get(f"/cases/{journey.case_id}/messages").json["items"]
    (message,) = [each["message"] for each in offered if each["title"] == "Ask for advice"]
    refused = journey.lead.post(f"/cases/{journey.case_id}/messages", {"message": message, "answers": asked})

    assert refused.status_code == 422
    assert [each["field"] for each in refused.json["problems"]] == ["advice_question"]
    assert "Sam" not in refused.text
