"""What stopped keeps its place and loses nothing; an operator puts it right, once, and says why."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DatabaseError

from engine import definitions, history, inbox, incidents
from engine.audit import chain
from engine.database import reading, transaction
from engine.errors import AlreadyResolved, IdempotencyConflict, InvalidInput, NotAllowed, NotFound
from engine.tables import case_member, correction, event, instance, record, timer
from tests.engine.incidents.register import FILES, PROCESS, World

FOUND = {"found": True}


# What stops ------------------------------------------------------------------------------------------------


def test_a_failing_operation_keeps_the_completed_task_and_the_place(world: World) -> None:
    opened = world.stopped()

    assert world.tasks(opened, "completed") == ["prepare"]
    assert world.events(opened, "incident") == ["incident.raised"]
    (item,) = world.incidents()
    assert (item.element, item.name, item.process) == ("fetch", "Look in the register", "Ask the register")
    assert item.cause == "Expected the register to be open."


def test_an_operation_that_breaks_is_an_incident_without_its_words(world: World) -> None:
    """The text of an exception may quote what somebody wrote."""
    world.stopped(ValueError("Maya Fenn"))

    (item,) = world.incidents()
    assert item.cause == "Expected “fetch” to be done, but it failed (ValueError)."


def test_an_operation_that_answers_with_more_than_plain_data_is_an_incident(world: World) -> None:
    world.stopped({"found": object()})

    assert "plain data" in world.incidents()[0].cause


def test_a_condition_that_gives_nothing_is_an_incident(world: World) -> None:
    world.stopped({})

    (item,) = world.incidents()
    assert (item.element, "gave nothing" in item.cause) == ("found_q", True)


LATE = """<boundaryEvent id="late" name="Too late" attachedToRef="prepare"><timerEventDefinition>
<timeDuration>=go_on</timeDuration></timerEventDefinition></boundaryEvent>
<sequenceFlow id="f6" sourceRef="late" targetRef="check" /></process>"""


def test_a_timer_that_cannot_be_set_is_an_incident_and_is_set_once_corrected(world: World) -> None:
    files = FILES | {"ask.bpmn": PROCESS.replace("</process>", LATE).encode()}
    with transaction(world.engine) as db:
        definitions.publish(db, "a", files, by=None, now=world.clock.now)
    opened = world.open()
    (item,) = world.incidents()
    assert item.element == "late" and world.tasks(opened) == ["prepare"]

    world.do(incidents.correct, item.id, "go_on", "PT1H", "A time.")
    world.do(incidents.retry, item.id, "Corrected.")
    assert world.incidents() == []
    with reading(world.engine) as db:
        assert list(db.execute(select(timer.c.element)).scalars()) == ["late"]


# Who sees what ---------------------------------------------------------------------------------------------


def test_neither_list_nor_view_holds_anything_personal(world: World) -> None:
    world.stopped({"child": "Maya Fenn"})
    seen = repr((world.incidents(), world.view(world.only())))

    assert "Maya" not in seen and "Variable(name='child', kind='text')" in seen
    assert "started_by" not in seen


@pytest.mark.parametrize("name", ["ada", "gil", "vic"])
def test_only_operators_see_or_resolve_incidents(world: World, name: str) -> None:
    world.stopped()
    found = world.only()

    with pytest.raises((NotAllowed, NotFound)):
        world.incidents(name)
    with pytest.raises(NotFound):
        world.view(found, name)
    with pytest.raises(NotFound):
        world.do(incidents.retry, found, "Because.", by=name)
    assert world.resolution(found) is None


def test_an_operator_who_is_kept_out_of_a_case_does_not_see_its_incident(world: World) -> None:
    opened = world.stopped()
    found = world.only()
    with transaction(world.engine) as db:
        denied = {"person_id": "olu", "relation": "denied", "since": world.clock.now, "reason": "a relative"}
        db.execute(insert(case_member), {"area_id": "a", "case_id": opened.case_id} | denied)
        db.info["recorded"] = True

    assert world.incidents() == []
    with pytest.raises(NotFound):
        world.view(found)


def test_the_list_comes_in_pages_oldest_first(world: World) -> None:
    for _ in range(5):
        world.stopped()
        world.clock.travel(minutes=1)
    with reading(world.engine) as db:
        by = world.actor(db, "olu")
        first = incidents.unresolved(db, by, limit=3)
        second = incidents.unresolved(db, by, cursor=first.next, limit=3)

    at = [item.raised_at for item in (*first.items, *second.items)]
    assert at == sorted(at) and len(at) == 5 and second.next is None
    assert len({item.id for item in (*first.items, *second.items)}) == 5


# Trying again ----------------------------------------------------------------------------------------------


def test_retrying_goes_on_from_where_it_stopped(world: World) -> None:
    opened = world.stopped()
    world.register.answers = [FOUND]
    done = world.do(incidents.retry, world.only(), "The register is open again.")

    assert done.open == () and world.tasks(opened) == ["read"]
    assert world.incidents() == []
    assert "incident.retried" in world.events(opened)


def test_retrying_what_fails_again_is_a_new_incident(world: World) -> None:
    world.stopped()
    first = world.only()
    done = world.do(incidents.retry, first, "Perhaps now.")

    assert done.open == (world.only(),) and done.open != (first,)
    assert world.resolution(first) == "retried"


def test_an_incident_is_resolved_exactly_once(world: World) -> None:
    world.stopped()
    found = world.only()
    world.register.answers = [FOUND]
    world.do(incidents.retry, found, "The register is open again.")

    for command in (incidents.retry, incidents.skip, incidents.cancel):
        with pytest.raises(AlreadyResolved):
            world.do(command, found, "Once more.")
    with pytest.raises(AlreadyResolved):
        world.do(incidents.correct, found, "go_on", "no", "Once more.")


def test_a_repeated_request_gets_the_first_answer_and_does_nothing(world: World) -> None:
    opened = world.stopped()
    found = world.only()
    world.register.answers = [FOUND]
    first = world.do(incidents.retry, found, "Open again.", key="the-same-key")
    events = world.events(opened)

    assert world.do(incidents.retry, found, "Open again.", key="the-same-key") == first
    assert world.events(opened) == events
    with pytest.raises(IdempotencyConflict):
        world.do(incidents.skip, found, "Open again.", key="the-same-key")


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_every_command_says_why(world: World, reason: str) -> None:
    world.stopped()
    found = world.only()

    with pytest.raises(InvalidInput) as refused:
        world.do(incidents.retry, found, reason)
    assert [problem.element for problem in refused.value.problems] == ["reason"]
    assert world.resolution(found) is None


# Skipping, moving, ending ----------------------------------------------------------------------------------


def test_skipping_a_service_task_goes_on_behind_it(world: World) -> None:
    opened = world.stopped()
    world.do(incidents.skip, world.only(), "The register has closed for good.")

    (item,) = world.incidents()  # nothing was found, and nothing says so
    assert item.element == "found_q"
    assert "element.skipped" in world.events(opened)


def test_skipping_a_gateway_needs_the_way_out(world: World) -> None:
    opened = world.stopped({})
    found = world.only()
    assert [way.id for way in world.view(found).flows] == ["yes", "not_found"]

    with pytest.raises(InvalidInput):
        world.do(incidents.skip, found, "It was found by telephone.")
    assert world.resolution(found) is None
    world.do(incidents.skip, found, "It was found by telephone.", flow="yes")

    assert world.tasks(opened) == ["read"]


def test_a_process_can_go_on_elsewhere(world: World) -> None:
    opened = world.stopped()
    found = world.only()
    assert "prepare" in [way.id for way in world.view(found).places]
    world.do(incidents.move_token, found, "prepare", "The question was not one the register knows.")

    assert world.tasks(opened) == ["prepare"] and world.incidents() == []
    with reading(world.engine) as db:
        lines = history.timeline(db, world.actor(db, "ada"), opened.case_id).items
    assert (
        "had the process go on at “Prepare the question” instead of “Look in the register”: "
        "The question was not one the register knows."
    ) in [line.text for line in lines]


def test_a_process_cannot_go_on_at_a_place_that_is_none(world: World) -> None:
    world.stopped()
    with pytest.raises(InvalidInput):
        world.do(incidents.move_token, world.only(), "begin", "Because.")


def test_ending_an_instance_keeps_what_was_written(world: World) -> None:
    opened = world.stopped()
    with reading(world.engine) as db:
        before = len(db.execute(select(record)).all())
    done = world.do(incidents.cancel, world.only(), "Opened twice by mistake.")

    assert (done.status, world.incidents()) == ("cancelled", [])
    assert world.events(opened)[-2:] == ["element.cancelled", "instance.cancelled"]
    with reading(world.engine) as db:
        assert len(db.execute(select(record)).all()) == before
        assert db.execute(select(instance.c.status)).scalar_one() == "cancelled"
        assert chain.verify(db).faults == ()


# Correcting ------------------------------------------------------------------------------------------------


def test_a_correction_is_kept_with_old_and_new_value_and_the_next_try_uses_it(world: World) -> None:
    opened = world.stopped()
    found = world.only()
    done = world.do(incidents.correct, found, "go_on", "no", "Misread on the telephone.")
    assert done.open == (found,)
    world.register.answers = [FOUND]
    world.do(incidents.retry, found, "Corrected.")

    assert [asked["asked"] for asked in world.register.asked] == ["yes", "no"]
    with reading(world.engine) as db:
        (kept,) = incidents.corrections(db, world.actor(db, "ada"), opened.case_id)
    assert (kept.variable, kept.before, kept.after, kept.corrected_by) == ("go_on", ("yes",), "no", "Olu")


def test_the_history_of_a_correction_holds_a_digest_and_no_value(world: World) -> None:
    opened = world.stopped()
    world.do(incidents.correct, world.only(), "name_given", "Maya Fenn", "It was missing.")

    with reading(world.engine) as db:
        row = db.execute(select(correction)).one()
        of_kind = (event.c.kind == "incident.corrected") & (event.c.chain == opened.case_id)
        payload = db.execute(select(event.c.payload).where(of_kind)).scalar_one()
    assert "Maya" not in payload and row.before == []
    told = json.loads(payload)
    assert told["digest"] == incidents.digest(row.salt, row.variable, row.before, row.after)
    assert told["digest"] != incidents.digest(row.salt, row.variable, row.before, ["Maya Fen"])


def test_a_correction_is_never_changed(world: World) -> None:
    world.stopped()
    world.do(incidents.correct, world.only(), "go_on", "no", "Misread.")

    with pytest.raises(DatabaseError, match="append-only"), transaction(world.engine) as db:
        db.execute(update(correction).values(variable="other"))


@pytest.mark.parametrize("name", ["case_id", "started_by", "no name", ""])
def test_what_the_engine_says_itself_is_not_corrected(world: World, name: str) -> None:
    world.stopped()
    with pytest.raises(InvalidInput):
        world.do(incidents.correct, world.only(), name, "x", "Because.")


def test_operators_cannot_read_corrections(world: World) -> None:
    opened = world.stopped()
    with reading(world.engine) as db, pytest.raises(NotFound):
        incidents.corrections(db, world.actor(db, "olu"), opened.case_id)


# Tasks nobody can do ---------------------------------------------------------------------------------------


def test_a_task_nobody_can_do_is_offered_once_there_is_somebody(world: World) -> None:
    opened = world.stopped({"found": False})
    (item,) = world.incidents()
    assert (item.element, item.name) == ("check", "Have it checked")

    with pytest.raises(InvalidInput, match="still nobody"):
        world.do(incidents.retry, item.id, "Let us see.")
    assert world.resolution(item.id) is None
    with transaction(world.engine) as db:
        world.give(db, "vic", "dsl")
    world.do(incidents.retry, item.id, "Vic stands in.")

    assert world.incidents() == [] and world.tasks(opened) == ["check"]
    assert "task.offered" in world.events(opened)


def test_an_incident_ends_by_itself_when_its_task_is_done(world: World) -> None:
    opened = world.stopped({"found": False})
    found = world.only()
    with transaction(world.engine) as db:
        world.give(db, "vic", "dsl")
    with transaction(world.engine) as db:
        by = world.actor(db, "vic")
        (waiting,) = inbox.to_claim(db, by, now=world.clock.now).items
        inbox.claim(db, by, waiting.id, world.clock)
        inbox.complete(db, by, waiting.id, {}, world.clock)

    assert world.resolution(found) == "passed" and world.incidents() == []
    assert "incident.passed" in world.events(opened)
