"""What happened can be read back in plain words, and who looked is part of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, func, select

from engine import cases, history, inbox
from engine.audit.events import EVENTS
from engine.errors import InvalidInput, NotFound
from engine.tables import event
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]


def story(db: Connection, by: Actor, case_id: str) -> list[str]:
    page = history.timeline(db, by, case_id, limit=100)
    return [f"{entry.kind} {entry.who or '-'}" for entry in reversed(page.items)]


def test_a_case_tells_its_whole_story_in_order(db: Connection, who: Who, clock: TravellingClock) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    inbox.complete(db, who("ada"), opened.tasks[0], {"go_on": "no"}, clock)

    assert story(db, who("ada"), opened.case_id) == [
        "case.opened Ada",
        "instance.started Ada",
        "element.completed Ada",
        "element.completed Ada",
        "variables.changed Ada",
        "task.opened Ada",
        "task.completed Ada",
        "element.completed Ada",
        "element.completed Ada",
        "variables.changed Ada",
        "instance.completed Ada",
        "case.closed Ada",
    ]


def test_looking_is_recorded_once_in_a_quarter_of_an_hour(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    for minutes in (0, 5, 9, 2):
        cases.view(db, who("ada"), opened.case_id, clock.travel(minutes=minutes))
        inbox.task(db, who("ada"), opened.tasks[0], clock)

    seen = [line.split()[0] for line in story(db, who("ada"), opened.case_id)]
    assert (seen.count("case.viewed"), seen.count("task.viewed")) == (2, 2)


def test_pages_of_history_meet_without_gap(db: Connection, who: Who, clock: TravellingClock) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    cursor, found = None, list[int]()
    while True:
        page = history.timeline(db, who("ada"), opened.case_id, cursor=cursor, limit=2)
        found += [entry.seq for entry in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert found == list(range(6, 0, -1))


@pytest.mark.parametrize("cursor", ["", "-1", "x", "9" * 19, "1.5"])
def test_a_cursor_of_somebody_s_own_making_is_refused(
    db: Connection, who: Who, clock: TravellingClock, cursor: str
) -> None:
    opened = steps.open_case(db, who("ada"), clock)

    with pytest.raises(InvalidInput):
        history.timeline(db, who("ada"), opened.case_id, cursor=cursor)


def test_the_history_of_a_case_is_for_its_people(db: Connection, who: Who, clock: TravellingClock) -> None:
    opened = steps.open_case(db, who("ada"), clock)

    for case_id in (opened.case_id, "no-such-case"):
        with pytest.raises(NotFound):
            history.timeline(db, who("ben"), case_id)


def test_every_kind_of_event_can_be_said_even_when_its_payload_is_empty() -> None:
    for kind in EVENTS:
        assert history.sentence(kind, {})


def test_a_role_is_said_by_its_name() -> None:
    said = history.sentence("task.opened", {"name": "Decide", "role": "dsl"})

    assert said == "“Decide” was opened for Designated safeguarding lead"


# The story -------------------------------------------------------------------------------------------------


def told(db: Connection, by: Actor, case_id: str, *, everything: bool = False) -> list[str]:
    page = history.timeline(db, by, case_id, limit=100, everything=everything)
    return [entry.text for entry in reversed(page.items)]


def test_a_task_is_one_line_of_the_story(db: Connection, who: Who, clock: TravellingClock) -> None:
    """While it is open, the line says who has it; then, who did it. That it waited stands in the whole."""
    opened = steps.open_case(db, who("ada"), clock)
    task = opened.tasks[0]
    assert told(db, who("ada"), opened.case_id)[2:] == ["“Take a step” is waiting for Ada (Practitioner)"]

    inbox.release(db, who("ada"), task, clock)
    assert told(db, who("ada"), opened.case_id)[2] == "“Take a step” is waiting for Practitioner"

    inbox.claim(db, who("ben"), task, clock)
    taken = ["gave “Take a step” back", "took “Take a step”"]
    assert told(db, who("ada"), opened.case_id)[2:] == taken

    inbox.complete(db, who("ben"), task, {"go_on": "no"}, clock)
    story = [
        "opened the case",
        "started “Steps”",
        "gave “Take a step” back",
        "completed “Take a step”",
        "“Steps” came to its end",
        "The case is closed: all its processes have ended",
    ]
    assert told(db, who("ada"), opened.case_id) == story
    whole = told(db, who("ada"), opened.case_id, everything=True)
    assert {
        "“Take a step” was opened for Practitioner",
        "took “Take a step”",
        "Ben became part of the case, as somebody asked for one thing",
    } <= set(whole)


def test_a_task_that_goes_from_one_to_another_waits_once(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    inbox.reassign(db, who("ada"), opened.tasks[0], "ben", clock)

    assert told(db, who("ada"), opened.case_id)[2:] == [
        "passed “Take a step” to Ben",
        "Ben became part of the case, as somebody asked for one thing",
    ]


def test_what_changed_is_named_in_words_without_what_every_case_knows_of_itself(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    opened = steps.open_case(db, who("ada"), clock)

    whole = told(db, who("ada"), opened.case_id, everything=True)
    assert "Information changed: go on" in whole


def test_the_whole_history_loses_nothing_to_the_story(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    inbox.complete(db, who("ada"), opened.tasks[0], {"go_on": "yes"}, clock)

    whole = history.timeline(db, who("ada"), opened.case_id, limit=100).items
    story = history.timeline(db, who("ada"), opened.case_id, limit=100, everything=False).items
    written = db.execute(select(func.count()).where(event.c.chain == opened.case_id)).scalar_one()
    assert [entry.seq for entry in whole] == list(range(written, 0, -1))
    assert [entry for entry in whole if not (entry.machinery or entry.folded)] == list(story)
    assert [entry.kind for entry in whole if entry.folded] == ["task.opened"]


def test_whoever_a_task_is_passed_to_is_named(db: Connection, who: Who, clock: TravellingClock) -> None:
    opened = steps.open_case(db, who("ada"), clock)
    inbox.reassign(db, who("ada"), opened.tasks[0], "ben", clock)

    said = told(db, who("ada"), opened.case_id)
    assert "passed “Take a step” to Ben" in said
    assert "Ben became part of the case, as somebody asked for one thing" in said


def test_a_step_without_a_name_is_said_by_its_kind(db: Connection, who: Who, clock: TravellingClock) -> None:
    opened = steps.open_case(db, who("ada"), clock)

    assert told(db, who("ada"), opened.case_id, everything=True)[3] == "“exclusive gateway” was passed"
