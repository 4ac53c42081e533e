"""A release is known by its content, and a running instance stays on the one it was started on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from engine import definitions, inbox
from engine.errors import DiagramRefused, NotFound
from engine.spiff.nodes import PARSERS, Task
from engine.spiff.triggers import B
from engine.tables import release_file
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]


def changed(old: str, new: str) -> dict[str, bytes]:
    drawn = steps.FILES["steps.bpmn"].replace(old.encode(), new.encode())
    assert drawn != steps.FILES["steps.bpmn"]
    return steps.FILES | {"steps.bpmn": drawn}


def publish(db: Connection, files: dict[str, bytes], clock: TravellingClock) -> definitions.Release:
    return definitions.publish(db, "a", files, by=None, now=clock.now)


def test_the_same_content_is_the_same_release(db: Connection, clock: TravellingClock) -> None:
    before = definitions.current(db, "a")

    assert publish(db, dict(reversed(steps.FILES.items())), clock) == before


def test_a_change_is_a_new_release_that_counts_only_what_changed(
    db: Connection, clock: TravellingClock
) -> None:
    release = publish(db, changed("Take a step", "Take one step"), clock)
    query = select(release_file.c.path, release_file.c.version).where(release_file.c.release_id == release.id)

    assert release.number == 2
    assert dict(db.execute(query).all()) == {"steps.bpmn": 2, "forms/step.form": 1}


def test_an_instance_stays_on_the_release_it_was_started_on(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    """Even after a new release renames the step, the old case goes on asking as it did."""
    old = steps.open_case(db, who("ada"), clock)
    publish(db, changed("Take a step", "Take one step"), clock)
    new = steps.open_case(db, who("ada"), clock)

    following = inbox.complete(db, who("ada"), old.tasks[0], {"go_on": "yes"}, clock).next_tasks[0]

    assert inbox.task(db, who("ada"), following, clock).item.name == "Take a step"
    assert inbox.task(db, who("ada"), new.tasks[0], clock).item.name == "Take one step"


def test_what_cannot_run_is_refused_by_name_and_nothing_is_published(
    db: Connection, clock: TravellingClock
) -> None:
    with pytest.raises(DiagramRefused) as refusal:
        publish(db, changed('=go_on = "yes"', '=go_on == "yes"'), clock)

    assert any("Use one =" in problem.message for problem in refusal.value.problems)
    assert definitions.current(db, "a").number == 1


def test_what_the_executor_cannot_read_is_not_published(
    db: Connection, clock: TravellingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PARSERS, B + "userTask", (Task, None))

    with pytest.raises(DiagramRefused) as refusal:
        publish(db, changed("Take a step", "Take one step"), clock)

    assert 'user task "Take one step"' in refusal.value.problems[0].message
    assert definitions.current(db, "a").number == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('formId="step"', 'formId="no_such_form"'),
        ('candidateGroups="practitioner"', 'candidateGroups="wizard"'),
        ("decision_record", "no_such_clock"),
    ],
)
def test_a_name_nobody_knows_is_refused(db: Connection, clock: TravellingClock, old: str, new: str) -> None:
    with pytest.raises(DiagramRefused):
        publish(db, changed(old, new), clock)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a form", "JSON"),
        (b'{"components": [{"type": "wizard", "id": "w"}]}', "w"),
        (b'{"components": [{"type": "textfield", "id": "t", "key": "case_id", "label": "Case"}]}', "case_id"),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused_by_name(
    db: Connection, clock: TravellingClock, content: bytes, said: str
) -> None:
    with pytest.raises(DiagramRefused) as refused:
        publish(db, steps.FILES | {"forms/other.form": content}, clock)

    assert {problem.element for problem in refused.value.problems} == {"forms/other.form"}
    assert any(said in problem.message for problem in refused.value.problems)
    assert definitions.current(db, "a").number == 1


def test_a_form_may_say_which_edition_a_case_follows(db: Connection, clock: TravellingClock) -> None:
    form = b'{"components": [{"type": "textfield", "id": "e", "key": "edition", "label": "Edition"}]}'

    assert publish(db, steps.FILES | {"forms/other.form": form}, clock).number == 2


def test_files_come_back_byte_for_byte(db: Connection) -> None:
    release = definitions.current(db, "a")

    for path, content in steps.FILES.items():
        assert definitions.content(db, release, path) == content
    with pytest.raises(NotFound):
        definitions.content(db, release, "no_such.bpmn")


TITLE = '<zeebe:property name="handrail:title" value="One step after another" />'
REQUIRES = TITLE + '<zeebe:property name="handrail:requires_record" value="decision" />'
SCHEDULE = '<zeebe:taskSchedule dueDate="=deadline(&quot;decision_record&quot;)" />'
WRITES = (
    SCHEDULE + '<zeebe:properties><zeebe:property name="handrail:record" value="decision" />'
    "</zeebe:properties>"
)


def test_a_way_round_a_required_record_is_never_published(db: Connection, clock: TravellingClock) -> None:
    with pytest.raises(DiagramRefused) as refused:
        publish(db, changed(TITLE, REQUIRES), clock)

    assert "handrail:record" in refused.value.problems[0].message


def test_a_process_goes_on_requiring_a_record(db: Connection, clock: TravellingClock) -> None:
    """Taking the requirement away would be the shortest way round it."""
    drawn = changed(TITLE, REQUIRES)["steps.bpmn"].decode().replace(SCHEDULE, WRITES)
    publish(db, steps.FILES | {"steps.bpmn": drawn.encode()}, clock)

    with pytest.raises(DiagramRefused) as refused:
        publish(db, changed("Take a step", "Take one step"), clock)
    (problem,) = refused.value.problems
    assert problem.element == "steps" and "handrail:requires_record" in problem.message


def test_a_person_publishes_only_what_the_governance_rules_ask(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    """The steps name no guidance: installed they run, but nobody may publish a change to them like that."""
    files = changed("Take a step", "Take one step")
    with pytest.raises(DiagramRefused) as refused:
        definitions.publish(db, "a", files, by=who("ada").person_id, now=clock.now)

    assert ["guidance" in each.message for each in refused.value.problems] == [True]
