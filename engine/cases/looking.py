"""A case as one of its people sees it. Looking is recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import access, definitions, people
from engine.cases import families, outcomes
from engine.cases.families import Relative
from engine.cases.outcomes import CaseOutcome
from engine.cases.subjects import Subject, initials
from engine.cases.views import record_view
from engine.deadlines import Explanation, reached
from engine.execution import Clock
from engine.tables import FAR, case, case_member, case_subject, instance, timer, user_task
from policy.authorization import Actor


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
    reached: Explanation | None  # how the due time was reached, while the task is open


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A clock that runs: when it runs out, the process goes on by itself."""

    name: str
    due_at: datetime
    reached: Explanation | None


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
    handed_over_by: str | None  # the instance of this case whose message started it


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
    outcomes: tuple[CaseOutcome, ...]
    tasks: tuple[CaseTask, ...]
    came_from: tuple[Relative, ...]
    led_to: tuple[Relative, ...]
    clocks: tuple[CaseClock, ...]  # soonest first
    relation: frozenset[str]

    @property
    def process(self) -> str:
        """What the process is called that it was opened with."""
        return self.instances[0].name

    @property
    def about(self) -> tuple[str, ...]:
        """What every page of the case may be headed with: initials, and of a sealed case not even those."""
        return () if self.sealed else initials(self.subjects)


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
    .order_by(instance.c.started_at, instance.c.handed_over_by.is_not(None), instance.c.id)
)
_TASKS = (
    select(user_task)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.case_id == bindparam("c"))
    .order_by(user_task.c.opened_at, user_task.c.id)
)


_CLOCKS = (
    select(timer.c.name, timer.c.due_at, timer.c.reckoned)
    .where(
        timer.c.area_id == bindparam("a"),
        timer.c.instance_id.in_(
            select(instance.c.id).where(
                instance.c.area_id == bindparam("a"), instance.c.case_id == bindparam("c")
            )
        ),
    )
    .order_by(timer.c.due_at, timer.c.name)
)


def view(db: Connection, by: Actor, case_id: str, clock: Clock) -> CaseView:
    """The case as one of its people sees it. Looking is recorded, once in a quarter of an hour."""
    target = access.require_case(db, by, "case:read", case_id)
    record_view(db, by, case_id, clock, "case.viewed")
    key = {"a": by.area_id, "c": case_id}
    row = db.execute(_CASE, key).one()
    tasks = db.execute(_TASKS, key).all()
    members = db.execute(_MEMBERS, key).all()
    who = [each.assignee_id for each in tasks] + [each.person_id for each in members]
    names = people.names(db, who)
    places = people.organisation_names(db, [row.organisation_id, *(each.organisation_id for each in tasks)])
    begun = db.execute(_INSTANCES, key).all()
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
            for each in _once_each(members)
        ),
        instances=_instances(db, begun),
        outcomes=outcomes.reached(db, by.area_id, case_id, begun),
        tasks=tuple(_task(each, names, places, clock) for each in tasks),
        came_from=families.before(db, by, case_id),
        led_to=families.after(db, by, case_id),
        clocks=tuple(
            CaseClock(each.name, each.due_at, reached(clock, each.due_at, each.reckoned))
            for each in db.execute(_CLOCKS, key)
        ),
        relation=target.relation,
    )


_FOREMOST = ("denied", "lead", "member", "adviser", "break_glass")


def _once_each(members: Sequence[Any]) -> list[Any]:
    """Everybody once, by what counts most of what they are."""
    found: dict[str, Any] = {}
    for each in sorted(members, key=lambda row: _FOREMOST.index(row.relation)):
        found.setdefault(each.person_id, each)
    return sorted(found.values(), key=lambda row: row.since)


def _instances(db: Connection, rows: Sequence[Any]) -> tuple[CaseInstance, ...]:
    here = {row.id for row in rows}
    return tuple(_instance(db, row, here) for row in rows)


def _instance(db: Connection, row: Any, here: Collection[str]) -> CaseInstance:
    """An instance of another case is not named: who reads this one may not know of that one."""
    release = definitions.load(db, row.release_id)
    return CaseInstance(
        id=row.id,
        process=row.process,
        name=definitions.bundle(db, release, row.process).name,
        status=row.status,
        release=release.number,
        edition=row.edition,
        started_at=row.started_at,
        ended_at=row.ended_at,
        handed_over_by=row.handed_over_by if row.handed_over_by in here else None,
    )


def _task(row: Any, names: Mapping[str, str], places: Mapping[str, str], clock: Clock) -> CaseTask:
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
        reached=reached(clock, row.due_at, row.reckoned) if row.state == "open" else None,
    )
