"""The history can be read back link by link, and whoever changes it is found out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, false, insert, literal, select, text
from sqlalchemy.exc import DBAPIError

from engine.audit import chain
from engine.audit.record import Ledger, area_ledger
from engine.database import Unrecorded, reading, transaction
from engine.tables import area, case, event, metadata, organisation, person
from tests.conftest import TravellingClock


@pytest.fixture
def histories(engine: Engine, clock: TravellingClock) -> Engine:
    """Two cases with five events each, and one event that belongs to no case."""
    with transaction(engine) as db:
        db.execute(insert(area), {"id": "a", "name": "Area"})
        db.execute(insert(organisation), {"id": "o", "area_id": "a", "name": "School", "kind": "school"})
        who = {"id": "p", "area_id": "a", "name": "Somebody", "issuer": "i", "subject": "s"}
        db.execute(insert(person), who)
        ledger = area_ledger(db, "a", clock.now, "p")
        ledger.add("person.signed_in")
        ledger.write(db)
    for case_id in ("one", "two"):
        with transaction(engine) as db:
            open_case(db, case_id, clock)
    return engine


def open_case(db: Connection, case_id: str, clock: TravellingClock) -> None:
    row = {"area_id": "a", "id": case_id, "reference": case_id, "organisation_id": "o", "status": "open"}
    opened = {"opened_at": clock.now, "opened_by": "p", "head_seq": 0, "head_hash": ""}
    db.execute(insert(case), row | opened)
    ledger = Ledger("a", case_id, (0, ""), clock.now, "p", "practitioner")
    for number in range(5):
        clock.travel(seconds=1)
        ledger.add("task.opened", task_id=f"t{number}", payload={"name": f"Task {number}", "role": "dsl"})
    ledger.write(db)


def test_an_untouched_history_is_whole(histories: Engine) -> None:
    with reading(histories) as db:
        report = chain.verify(db)

    assert (report.chains, report.events, report.faults) == (3, 11, ())


def tampered(engine: Engine, change: Callable[[Connection], object]) -> chain.Report:
    """What a check finds after somebody with every right switched off the triggers and changed one row."""
    with transaction(engine) as db:
        for statement in without_triggers(db):
            db.execute(text(statement))
        change(db)
        db.info["recorded"] = True  # an intruder is not stopped by our own promise either
    with reading(engine) as db:
        return chain.verify(db)


def without_triggers(db: Connection) -> list[str]:
    if db.dialect.name == "postgresql":
        return ["ALTER TABLE event DISABLE TRIGGER ALL"]
    return ["DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete"]


THIRD = "chain = 'one' AND seq = 3"


@pytest.mark.parametrize(
    ("change", "seq", "what"),
    [
        (f"UPDATE event SET actor_id = 'q' WHERE {THIRD}", 3, "changed"),
        (f"UPDATE event SET payload = '{{}}' WHERE {THIRD}", 3, "changed"),
        (f"UPDATE event SET kind = 'task.claimed' WHERE {THIRD}", 3, "changed"),
        (f"UPDATE event SET task_id = NULL, element = 't2' WHERE {THIRD}", 3, "changed"),
        (f"DELETE FROM event WHERE {THIRD}", 3, "missing"),
        ("DELETE FROM event WHERE chain = 'one' AND seq = 5", 5, "does not match"),
        ("UPDATE event SET chain = 'gone' WHERE chain = 'one'", 1, "changed"),
        ("UPDATE \"case\" SET head_hash = 'x' WHERE id = 'one'", 5, "does not match"),
    ],
)
def test_every_change_is_found_at_its_place(histories: Engine, change: str, seq: int, what: str) -> None:
    report = tampered(histories, lambda db: db.execute(text(change)))

    assert report.faults[0].seq == seq
    assert what in report.faults[0].what


def test_a_rewritten_hash_is_found_at_the_next_event(histories: Engine) -> None:
    def rewrite(db: Connection) -> None:
        rows = db.execute(select(event).where(text("chain = 'one'")).order_by(event.c.seq)).mappings().all()
        changed = dict(rows[2]) | {"actor_id": "q"}
        new = chain.next_hash(rows[1]["hash"], changed)
        db.execute(text(f"UPDATE event SET actor_id = 'q', hash = '{new}' WHERE {THIRD}"))

    report = tampered(histories, rewrite)

    assert [fault.seq for fault in report.faults] == [4]


def test_nobody_changes_an_event_through_the_database(histories: Engine) -> None:
    for statement in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
        with pytest.raises(DBAPIError, match="append-only"), transaction(histories) as db:
            db.execute(text(statement))


def test_a_change_without_an_event_cannot_commit(histories: Engine) -> None:
    with pytest.raises(Unrecorded), transaction(histories) as db:
        db.execute(case.update().values(status="closed"))

    with reading(histories) as db:
        assert set(db.execute(select(case.c.status)).scalars()) == {"open"}


OWN_ONLY = {"draft"}  # seen by nobody but whoever writes it, until a task is completed
OF_CASES = [each.name for each in metadata.sorted_tables if "case_id" in each.c and each.name not in OWN_ONLY]


@pytest.mark.parametrize("table", [*OF_CASES, "case", "document_content", "release"])
def test_nothing_of_a_case_changes_without_an_event(histories: Engine, table: str) -> None:
    with pytest.raises(Unrecorded), transaction(histories) as db:
        nobody = select(literal("a")).where(false())
        db.execute(metadata.tables[table].insert().from_select(["area_id"], nobody))


def test_an_unlisted_event_cannot_be_recorded(clock: TravellingClock) -> None:
    with pytest.raises(LookupError, match=r"events\.py"):
        Ledger("a", "one", (0, ""), clock.now, None).add("task.eaten")
