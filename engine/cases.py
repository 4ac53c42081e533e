"""Cases: the unit of need to know. Several process instances may belong to one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select

from engine import access, definitions, instances, people
from engine.answers import checked
from engine.audit.record import Ledger
from engine.definitions import Release, StartableProcess
from engine.errors import InvalidInput, NotFound, Problem
from engine.execution import Clock
from engine.idempotency import Once
from engine.identifiers import new_id, new_reference
from engine.pages import Page, checked_limit, cursor_of, read_cursor
from engine.tables import FAR, case, case_member, case_subject, event, instance, organisation, user_task
from policy.authorization import Actor, Target

PARTS = {
    "child": "Child",
    "parent_or_carer": "Parent or carer",
    "sibling": "Brother or sister",
    "alleged_harmer": "Person alleged to have caused harm",
    "other": "Somebody else involved",
}
_LONGEST_NAME, _MOST_SUBJECTS = 200, 30
_VIEWED_AGAIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody the case is about. `part` is one of PARTS; `date_of_birth` an ISO date or None."""

    name: str
    part: str
    date_of_birth: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was just opened. `tasks` are the ids of the tasks waiting for whoever opened it."""

    case_id: str
    reference: str
    instance_id: str
    tasks: tuple[str, ...]


# Opening ---------------------------------------------------------------------------------------------------


def open_case(
    db: Connection,
    by: Actor,
    *,
    process: str,
    subjects: Sequence[Subject],
    answers: Mapping[str, Any],
    organisation_id: str,
    clock: Clock,
    key: str | None = None,
) -> Opened:
    """Open a case and start its process.

    Raises InvalidInput naming each wrong subject or answer, NotAllowed when none of the person's roles at the
    organisation may start this process.
    """
    request = (process, [asdict(each) for each in subjects], dict(answers), organisation_id)
    once = Once(db, by.person_id, key, "open_case", *request)
    if (before := once.answer()) is not None:
        return Opened(**(before | {"tasks": tuple(before["tasks"])}))
    release = definitions.current(db, by.area_id)
    chosen = _startable(db, release, process)
    _require_start(db, by, chosen, organisation_id)
    _check_subjects(subjects)
    form = definitions.form(db, release, chosen.form)
    kept = checked(form, answers, {"names": [each.name for each in subjects]}, clock.now)
    opened = _open(db, by, chosen, subjects, kept, organisation_id, release, clock)
    once.keep(asdict(opened), clock.now)
    return opened


def _startable(db: Connection, release: Release, process: str) -> StartableProcess:
    for each in definitions.startable(db, release):
        if each.process == process:
            return each
    raise NotFound("Expected a process that can be started here.")


def _require_start(db: Connection, by: Actor, chosen: StartableProcess, organisation_id: str) -> None:
    held = [role for role in sorted(chosen.roles) if by.holds(role, organisation_id)]
    role = held[0] if held else min(chosen.roles)
    target = Target("organisation", by.area_id, role=role, organisation_id=organisation_id)
    access.require(db, by, "case:open", target)


def _check_subjects(subjects: Sequence[Subject]) -> None:
    if not 1 <= len(subjects) <= _MOST_SUBJECTS:
        raise InvalidInput(f"Expected 1 to {_MOST_SUBJECTS} people the case is about.")
    problems = [problem for n, each in enumerate(subjects) for problem in _subject_problems(n, each)]
    if problems:
        raise InvalidInput("Some of what is said about people is not as expected.", problems=tuple(problems))


def _subject_problems(number: int, subject: Subject) -> list[Problem]:
    found = []
    if not 1 <= len(subject.name.strip()) <= _LONGEST_NAME:
        found.append(Problem(f"subjects.{number}.name", f"Enter a name of up to {_LONGEST_NAME} characters"))
    if subject.part not in PARTS:
        found.append(Problem(f"subjects.{number}.part", f"Choose one of: {', '.join(PARTS)}"))
    if subject.date_of_birth is not None and not _is_date(subject.date_of_birth):
        found.append(Problem(f"subjects.{number}.date_of_birth", "Enter a date such as 2017-03-27"))
    return found


def _is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return False
    return True


_KIND = select(organisation.c.kind).where(organisation.c.id == bindparam("o"))


def _open(
    db: Connection,
    by: Actor,
    chosen: StartableProcess,
    subjects: Sequence[Subject],
    variables: Mapping[str, Any],
    organisation_id: str,
    release: Release,
    clock: Clock,
) -> Opened:
    case_id, reference = new_id(), new_reference()
    key = {"area_id": by.area_id, "case_id": case_id}
    row = {"area_id": by.area_id, "id": case_id, "reference": reference, "organisation_id": organisation_id}
    start = {"opened_at": clock.now, "opened_by": by.person_id, "status": "open"}
    db.execute(insert(case), row | start | {"head_seq": 0, "head_hash": ""})
    db.execute(insert(case_subject), [key | {"id": new_id()} | asdict(each) for each in subjects])
    add_member(db, key, by.person_id, "lead", clock.now, "opened the case")
    ledger = Ledger(by.area_id, case_id, (0, ""), clock.now, by.person_id)
    ledger.add("case.opened", payload={"subjects": len(subjects)})
    of = instances.new_instance(by.area_id, case_id, organisation_id, chosen.process, release, ledger)
    own = {
        "case_id": case_id,
        "case_reference": reference,
        "instance_id": of.instance_id,
        "started_by": by.person_id,
        "organisation_id": organisation_id,
        "organisation_kind": db.execute(_KIND, {"o": organisation_id}).scalar_one(),
    }
    instances.begin(db, of, {**variables, **own}, by.person_id, clock, variables.get("edition", ""))
    ledger.write(db)
    return Opened(case_id, reference, of.instance_id, own_open_tasks(db, by, case_id))


def add_member(
    db: Connection, key: Mapping[str, str], person_id: str, relation: str, now: datetime, reason: str
) -> None:
    row = {"person_id": person_id, "relation": relation, "since": now, "reason": reason}
    db.execute(insert(case_member), dict(key) | row)


_OWN_OPEN = (
    select(user_task.c.id)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.case_id == bindparam("c"),
        user_task.c.assignee_id == bindparam("p"),
        user_task.c.state == "open",
    )
    .order_by(user_task.c.priority.desc(), user_task.c.due_at, user_task.c.id)
)


def own_open_tasks(db: Connection, by: Actor, case_id: str) -> tuple[str, ...]:
    """The open tasks of a case that are this person's, most urgent first."""
    found = db.execute(_OWN_OPEN, {"a": by.area_id, "c": case_id, "p": by.person_id})
    return tuple(found.scalars())


# Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    person_id: str
    name: str
    job_title: str
    relation: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A task of the case as its members see it."""

    id: str
    name: str
    element: str
    role: str | None
    organisation: str
    assignee: str | None
    state: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    instance_id: str


@dataclass(frozen=True, slots=True)
class CaseInstance:
    id: str
    process: str
    name: str
    status: str
    release: int
    edition: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows, but its history and records, which have their own functions."""

    id: str
    reference: str
    status: str
    sealed: bool
    organisation: str
    opened_at: datetime
    subjects: tuple[Subject, ...]
    members: tuple[Member, ...]
    instances: tuple[CaseInstance, ...]
    tasks: tuple[CaseTask, ...]
    relation: frozenset[str]


_CASE = select(case).where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
_SUBJECTS = (
    select(case_subject.c.name, case_subject.c.part, case_subject.c.date_of_birth)
    .where(case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c"))
    .order_by(case_subject.c.part, case_subject.c.name)
)
_MEMBERS = (
    select(case_member)
    .where(
        case_member.c.area_id == bindparam("a"),
        case_member.c.case_id == bindparam("c"),
        case_member.c.until.is_(None),
    )
    .order_by(case_member.c.since)
)
_INSTANCES = (
    select(instance)
    .where(instance.c.area_id == bindparam("a"), instance.c.case_id == bindparam("c"))
    .order_by(instance.c.started_at)
)
_TASKS = (
    select(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.case_id == bindparam("c"))
    .order_by(user_task.c.opened_at, user_task.c.id)
)


_SUBJECT_NAMES = select(case_subject.c.name).where(
    case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c")
)


def subject_names(db: Connection, area_id: str, case_id: str) -> list[str]:
    """The names that a de-identified text may not contain."""
    return list(db.execute(_SUBJECT_NAMES, {"a": area_id, "c": case_id}).scalars())


def view(db: Connection, by: Actor, case_id: str, clock: Clock) -> CaseView:
    """The case as one of its people sees it. Looking is recorded, once in a quarter of an hour."""
    target = access.require_case(db, by, "case:read", case_id)
    _record_view(db, by, case_id, clock)
    key = {"a": by.area_id, "c": case_id}
    row = db.execute(_CASE, key).one()
    tasks = db.execute(_TASKS, key).all()
    members = db.execute(_MEMBERS, key).all()
    who = [each.assignee_id for each in tasks] + [each.person_id for each in members]
    names = people.names(db, who)
    places = people.organisation_names(db, [row.organisation_id, *(each.organisation_id for each in tasks)])
    return CaseView(
        id=row.id,
        reference=row.reference,
        status=row.status,
        sealed=row.sealed,
        organisation=places[row.organisation_id],
        opened_at=row.opened_at,
        subjects=tuple(Subject(**each) for each in db.execute(_SUBJECTS, key).mappings()),
        members=tuple(
            Member(each.person_id, names[each.person_id], "", each.relation, each.since, each.reason)
            for each in members
        ),
        instances=tuple(_instance(db, each) for each in db.execute(_INSTANCES, key)),
        tasks=tuple(_task(each, names, places) for each in tasks),
        relation=target.relation,
    )


def _instance(db: Connection, row: Any) -> CaseInstance:
    release = definitions.load(db, row.release_id)
    name = definitions.bundle(db, release, row.process).name
    return CaseInstance(
        row.id, row.process, name, row.status, release.number, row.edition, row.started_at, row.ended_at
    )


def _task(row: Any, names: Mapping[str, str], places: Mapping[str, str]) -> CaseTask:
    return CaseTask(
        id=row.id,
        name=row.name,
        element=row.element,
        role=row.role,
        organisation=places.get(row.organisation_id, ""),
        assignee=names.get(row.assignee_id),
        state=row.state,
        opened_at=row.opened_at,
        due_at=None if row.due_at == FAR else row.due_at,
        closed_at=row.closed_at,
        instance_id=row.instance_id,
    )


# Only the newest events can be from the last quarter of an hour's looking; more than this is another visit.
_RECENT_EVENTS = 200
_LOCK_CASE = (
    select(case.c.head_seq, case.c.head_hash)
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
    .with_for_update()
)
_VIEWED = select(event.c.seq).where(
    event.c.area_id == bindparam("a"),
    event.c.chain == bindparam("c"),
    event.c.seq > bindparam("seq"),
    event.c.kind == "case.viewed",
    event.c.actor_id == bindparam("p"),
    event.c.at > bindparam("since"),
)


def _record_view(db: Connection, by: Actor, case_id: str, clock: Clock) -> None:
    ledger = lock(db, by, case_id, clock)
    key = {"a": by.area_id, "c": case_id, "p": by.person_id, "since": clock.now - _VIEWED_AGAIN}
    if db.execute(_VIEWED, key | {"seq": ledger.seq - _RECENT_EVENTS}).first() is None:
        ledger.add("case.viewed")
        ledger.write(db)


def lock(db: Connection, by: Actor, case_id: str, clock: Clock) -> Ledger:
    """Lock a case for a command that touches no process, and give the ledger for its events."""
    row = db.execute(_LOCK_CASE, {"a": by.area_id, "c": case_id}).one_or_none()
    if row is None:
        raise NotFound
    return Ledger(by.area_id, case_id, (row.head_seq, row.head_hash), clock.now, by.person_id)


# Lists -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseItem:
    id: str
    reference: str
    status: str
    opened_at: datetime
    relation: str


_MINE = (
    select(case.c.id, case.c.reference, case.c.status, case.c.opened_at, case_member.c.relation)
    .select_from(
        case_member.join(
            case, (case.c.area_id == case_member.c.area_id) & (case.c.id == case_member.c.case_id)
        )
    )
    .where(
        case_member.c.person_id == bindparam("p"),
        case_member.c.relation.in_(("lead", "member")),
        case_member.c.until.is_(None),
        case.c.area_id == bindparam("a"),
        access.not_denied(case),
        or_(
            case.c.opened_at < bindparam("at"),
            and_(case.c.opened_at == bindparam("at"), case.c.id < bindparam("id")),
        ),
    )
    .order_by(case.c.opened_at.desc(), case.c.id.desc())
    .limit(bindparam("n"))
)


def mine(db: Connection, by: Actor, *, cursor: str | None = None, limit: int = 20) -> Page[CaseItem]:
    """The cases this person is part of, newest first."""
    at, last = read_cursor(cursor) if cursor else (FAR, "~")
    count = checked_limit(limit)
    key = {"p": by.person_id, "a": by.area_id, "at": at, "id": last, "n": count + 1}
    rows = [CaseItem(*row) for row in db.execute(_MINE, key)]
    shown = tuple(rows[:count])
    more = len(rows) > count
    return Page(shown, cursor_of(shown[-1].opened_at, shown[-1].id) if more else None)
