"""What becomes of answers when a question is asked again in a later round."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, select

from engine import definitions, inbox
from engine.database import reading, transaction
from engine.spiff import commands
from engine.tables import instance
from tests.faults import steps
from tests.travelling import NOW, TravellingClock

CLOCK = TravellingClock(NOW)


@pytest.fixture
def asking_why(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The steps, with a second question that is only asked after “yes”."""
    form = json.loads(steps.FILES["forms/step.form"])
    why = {"type": "textfield", "id": "why", "key": "why", "label": "Why?"}
    form["components"].append(why | {"conditional": {"hide": '=go_on != "yes"'}})
    files = steps.FILES | {"forms/step.form": json.dumps(form).encode()}
    monkeypatch.setattr(steps, "FILES", files)
    steps.load(engine, CLOCK)
    return engine


def variables(engine: Engine) -> dict[str, object]:
    with reading(engine) as db:
        row = db.execute(select(instance)).one()
        release = definitions.load(db, row.release_id)
        bundle = definitions.bundle(db, release, row.process)
        return dict(commands.look(bundle, row.state).variables)


def test_an_answer_does_not_outlive_the_question_it_was_given_to(asking_why: Engine) -> None:
    """“Why?” was answered in the first round and is not asked in the second: the old reason is gone."""
    with transaction(asking_why) as db:
        ada = steps.actor(db, "ada", CLOCK)
        task = steps.open_case(db, ada, CLOCK).tasks[0]
        inbox.complete(db, ada, task, {"go_on": "yes", "why": "because"}, CLOCK)
    assert variables(asking_why)["why"] == "because"

    with transaction(asking_why) as db:
        ada = steps.actor(db, "ada", CLOCK)
        inbox.complete(db, ada, inbox.mine(db, ada, now=NOW).items[0].id, {"go_on": "no"}, CLOCK)

    assert variables(asking_why)["why"] is None
