"""A record says what was asked and answered in the words of that moment, whatever the case knows later."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine

from engine import inbox, records
from engine.database import transaction
from engine.records import RecordView
from tests.faults import steps
from tests.travelling import NOW, TravellingClock

CLOCK = TravellingClock(NOW)
OPTIONS = """=if go_on = "yes" then [{"label": "Yes: disclose in person", "value": "disclose"}]
else [{"label": "No: the test is not met", "value": "not_disclose"}]"""
VERDICT = {
    "type": "default",
    "id": "verdict",
    "schemaVersion": 19,
    "components": [
        {
            "type": "radio",
            "id": "decision",
            "key": "decision",
            "label": "What is decided?",
            "valuesExpression": OPTIONS,
        },
        {
            "type": "textfield",
            "id": "departed",
            "key": "departed",
            "label": "Why do you depart from the presumption?",
            "conditional": {"hide": '=go_on != "yes"'},
        },
    ],
}


@pytest.fixture
def deciding(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The step asks and offers only what an earlier answer lets it, and writes a record."""
    drawn = steps.FILES["steps.bpmn"].decode()
    before, after = drawn.split('<userTask id="step"')
    after = after.replace('formId="step" />', 'formId="verdict" />', 1)
    kept = '<zeebe:properties><zeebe:property name="handrail:record" value="decision" /></zeebe:properties>'
    after = after.replace("</extensionElements>", kept + "</extensionElements>", 1)
    files = {
        **steps.FILES,
        "steps.bpmn": f'{before}<userTask id="step"{after}'.encode(),
        "forms/verdict.form": json.dumps(VERDICT).encode(),
    }
    monkeypatch.setattr(steps, "FILES", files)
    steps.load(engine, CLOCK)
    return engine


@pytest.fixture
def written(deciding: Engine) -> RecordView:
    with transaction(deciding) as db:
        ada = steps.actor(db, "ada", CLOCK)
        opened = steps.open_case(db, ada, CLOCK)
        done = inbox.complete(
            db,
            ada,
            opened.tasks[0],
            {"decision": "disclose", "departed": "A neighbour saw him there."},
            CLOCK,
        )
        assert done.record_id
        return records.view(db, ada, opened.case_id, done.record_id, CLOCK)


def test_a_choice_that_an_earlier_answer_offered_is_printed_in_its_words(written: RecordView) -> None:
    assert [(row.label, row.lines) for row in written.rows][0] == (
        "What is decided?",
        ("Yes: disclose in person",),
    )


def test_a_reason_that_an_earlier_answer_asked_for_is_printed(written: RecordView) -> None:
    assert [(row.label, row.lines) for row in written.rows][1:] == [
        ("Why do you depart from the presumption?", ("A neighbour saw him there.",))
    ]


def test_a_list_of_records_says_the_decision_and_the_task_that_wrote_it(written: RecordView) -> None:
    assert (written.item.task, written.item.asked) == ("Take a step", "What is decided?")
    assert written.item.decided == ("Yes: disclose in person",)
