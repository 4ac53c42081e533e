"""What happened can be read back in plain words, and who looked is part of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from engine import cases, history, inbox
from engine.audit.events import EVENTS
from engine.errors import InvalidInput, NotFound
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

    assert said == "“Decide” is waiting for Designated safeguarding lead"
