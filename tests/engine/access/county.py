"""A small county, and the cases, tasks and records in it, written straight into the database."""

from datetime import UTC, datetime, timedelta
from itertools import count, product

from sqlalchemy import Connection, insert, select

from engine import access
from engine.errors import NotFound
from engine.tables import (
    FAR,
    area,
    case,
    case_member,
    file,
    instance,
    organisation,
    person,
    record,
    release,
    role_held,
    user_task,
)
from policy.authorization import Actor, decide

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BEFORE, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
_numbers = count()


def organise(db: Connection, name: str, kind: str, parent: str | None = None, in_area: str = "north") -> None:
    row = {"id": name, "area_id": in_area, "name": name, "kind": kind, "parent_id": parent}
    db.execute(insert(organisation), row)


def enrol(db: Connection, name: str, *roles: tuple[str, str], in_area: str = "north") -> None:
    row = {"id": name, "area_id": in_area, "name": name, "issuer": "demo", "subject": name}
    db.execute(insert(person), row)
    for place, role in roles:
        hold(db, name, place, role)


def hold(db, name, place, role, since=BEFORE, until=None):
    row = {"person_id": name, "organisation_id": place, "role": role, "since": since, "until": until}
    db.execute(insert(role_held), row)


def found(db: Connection) -> None:
    """Two areas: the organisations and people of the north, and one stranger in the south."""
    db.execute(insert(area), [{"id": name, "name": name} for name in ("north", "south")])
    organise(db, "council", "council")
    organise(db, "childrens_services", "childrens_services", "council")
    organise(db, "school", "school", "council")
    organise(db, "health", "health")
    organise(db, "police", "police")
    organise(db, "abroad", "school", in_area="south")
    enrol(db, "teacher", ("school", "practitioner"))
    enrol(db, "lead", ("school", "dsl"), ("school", "practitioner"))
    enrol(db, "guardian", ("council", "caldicott_guardian"))
    enrol(db, "nurse", ("health", "practitioner"))
    enrol(db, "officer", ("police", "police_contact"))
    enrol(db, "stranger", ("abroad", "dsl"), in_area="south")
    release_row = {"id": "r1", "area_id": "north", "number": 1, "hash": "h", "published_at": NOW}
    db.execute(insert(release), release_row)
    db.execute(insert(file), {"hash": "f", "bytes": b"{}"})


def actor(db: Connection, name: str) -> Actor:
    rows = db.execute(select(role_held).where(role_held.c.person_id == name)).all()
    where = db.execute(select(person.c.area_id).where(person.c.id == name)).scalar_one()
    roles = frozenset((row.organisation_id, row.role) for row in rows)
    return Actor(name, where, frozenset(place for place, _ in roles), roles)


def open_case(db, *members: tuple[str, str], sealed=False) -> str:
    case_id = f"case{next(_numbers)}"
    row = {
        "area_id": "north",
        "id": case_id,
        "reference": case_id,
        "organisation_id": "school",
        "sealed": sealed,
    }
    start = {"opened_at": NOW, "opened_by": "teacher", "status": "open", "head_seq": 0, "head_hash": ""}
    db.execute(insert(case), row | start)
    for name, relation in members:
        join(db, case_id, name, relation)
    run = {"area_id": "north", "case_id": case_id, "id": f"i-{case_id}", "process": "p", "release_id": "r1"}
    state = {"status": "running", "lock_version": 0, "started_at": NOW, "started_by": "teacher"}
    db.execute(insert(instance), run | state)
    return case_id


def join(db, case_id, name, relation, until=None):
    row = {"area_id": "north", "case_id": case_id, "person_id": name, "relation": relation, "since": BEFORE}
    db.execute(insert(case_member), row | {"until": until, "reason": "test"})


def open_task(db, case_id, role="dsl", place="school", assignee=None, **more) -> str:
    task_id = f"task{next(_numbers)}"
    row = {
        "area_id": "north",
        "case_id": case_id,
        "id": task_id,
        "instance_id": f"i-{case_id}",
        "token": task_id,
    }
    what = {
        "element": "decide",
        "name": "Decide",
        "role": role,
        "organisation_id": place,
        "assignee_id": assignee,
    }
    when = {"state": "open", "properties": {}, "opened_at": NOW, "due_at": FAR}
    db.execute(insert(user_task), row | what | when | more)
    return task_id


def write_record(db, case_id, writer) -> str:
    record_id = f"record{next(_numbers)}"
    row = {
        "area_id": "north",
        "case_id": case_id,
        "id": record_id,
        "instance_id": f"i-{case_id}",
        "kind": "decision",
    }
    what = {"version": 1, "answers": {}, "said": [], "form": "f", "form_hash": "f", "role": "dsl"}
    db.execute(
        insert(record), row | what | {"written_by": writer, "organisation_id": "school", "written_at": NOW}
    )
    return record_id


def noun(what):
    return type(what).__name__.removeprefix("Of").lower()


PEOPLE = ("teacher", "lead", "guardian", "nurse", "stranger")
TIES = ((), ("lead",), ("member",), ("adviser",), ("denied",), ("member", "denied"), ("break_glass",))


def allowed(db, by, action, what):
    try:
        return bool(decide(by, action, access.load(db, by, what)))
    except NotFound:
        return False


def tasks_of_every_kind(db) -> list[str]:
    """Every relation, sealed or not, with every state of a task and whoever has it."""
    return [
        open_task(
            db, open_case(db, *((name, tie) for tie in ties), sealed=sealed), role, place, assignee, **more
        )
        for name, ties, sealed in product(("lead", "nurse"), TIES, (False, True))
        for role, place in (("dsl", "school"), ("dsl", None), ("dsl", "council"), (None, None))
        for assignee, more in (
            (None, {}),
            ("lead", {}),
            ("teacher", {}),
            ("lead", {"state": "completed", "completed_by": "lead", "closed_at": NOW}),
        )
    ]
