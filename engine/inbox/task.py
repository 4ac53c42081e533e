"""One task as its page shows it: question, guidance, what the person needs to know, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import access, cases, definitions, forms, people
from engine.deadlines import Explanation, reached
from engine.execution import Clock
from engine.guidance import Guidance
from engine.inbox.context import beside_answers, variables
from engine.inbox.facts import Fact, facts
from engine.inbox.finding import find
from engine.inbox.lists import TaskItem, item
from engine.tables import FAR, draft, record, user_task
from policy.authorization import Actor, Target, decide
from policy.roles import ROLES

MAY = ("task:claim", "task:release", "task:reassign", "task:save_draft", "task:complete", "case:read")


@dataclass(frozen=True, slots=True)
class Awaited:
    """Another task that the case waits for: with a person, or with the role that may take it."""

    name: str
    whom: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task, ready to be answered."""

    item: TaskItem
    element: str
    state: str
    process: str
    release: int
    form_id: str | None
    form: forms.Form | None
    answers: Mapping[str, Any]  # the draft, or nothing yet
    context: Mapping[str, Any]  # what the form's conditions may look at
    facts: tuple[Fact, ...]
    guidance: Guidance | None
    check_answers: bool
    assignee: str | None  # name
    clock: Explanation | None
    awaited: tuple[Awaited, ...]  # once this task is closed, soonest due first
    can: frozenset[str]  # actions this person may take now


def task(db: Connection, by: Actor, task_id: str, clock: Clock) -> TaskView:
    """A task as one person sees it. Raises NotFound for what is not theirs to see."""
    row, target = find(db, by, task_id)
    whole = bool(decide(by, "task:read", target))
    access.require(db, by, "task:read" if whole else "task:glance", target)
    cases.record_view(db, by, row.case_id, clock, "task.viewed", task_id, {"name": row.name})
    if not whole:
        return _glance(db, by, row, target, clock)
    release = definitions.load(db, row.release_id)
    form = definitions.form(db, release, row.form) if row.form else None
    context = variables(db, row)
    names = people.names(db, [row.assignee_id] if row.assignee_id else [])
    places = people.organisation_names(db, [row.task_organisation_id])
    mine = row.assignee_id == by.person_id
    return TaskView(
        item=item(_Listed(row), places, clock.now),
        element=row.element,
        state=row.task_state,
        process=row.process,
        release=release.number,
        form_id=row.form,
        form=form,
        answers=_draft(db, row, by) if mine else {},
        context={**context, **(beside_answers(db, row, form, clock.now) if form else {})},
        facts=facts(db, release, row, context, clock.now),
        guidance=definitions.guidance(db, release, row.properties.get("handrail:guidance")),
        check_answers=row.properties.get("handrail:check_answers") == "true",
        assignee=names.get(row.assignee_id),
        clock=reached(clock, row.due_at, row.reckoned),
        awaited=_awaited(db, by, row, target),
        can=_can(by, row, target),
    )


def _glance(db: Connection, by: Actor, row: Any, target: Target, clock: Clock) -> TaskView:
    """A task of a sealed case before it is taken: what it is called, and by when. Nothing that was said."""
    places = people.organisation_names(db, [row.task_organisation_id])
    return TaskView(
        item=item(_Listed(row), places, clock.now),
        element=row.element,
        state=row.task_state,
        process="",
        release=definitions.load(db, row.release_id).number,
        form_id=None,
        form=None,
        answers={},
        context={},
        facts=(),
        guidance=None,
        check_answers=False,
        assignee=None,
        clock=None,
        awaited=(),
        can=_can(by, row, target),
    )


_OPEN_IN_CASE = (
    select(user_task.c.name, user_task.c.role, user_task.c.assignee_id, user_task.c.due_at)
    .where(
        user_task.c.area_id == bindparam("a"),
        user_task.c.case_id == bindparam("c"),
        user_task.c.state == "open",
    )
    .order_by(user_task.c.due_at, user_task.c.opened_at, user_task.c.id)
)


def _awaited(db: Connection, by: Actor, row: Any, target: Target) -> tuple[Awaited, ...]:
    """Whom the case waits for now, for those who may read it. Of a sealed case only its page says so."""
    if row.task_state == "open" or target.sealed or not _reads_case(by, target):
        return ()
    waiting = db.execute(_OPEN_IN_CASE, {"a": row.area_id, "c": row.case_id}).all()
    names = people.names(db, [each.assignee_id for each in waiting if each.assignee_id])
    return tuple(
        Awaited(
            each.name,
            names.get(each.assignee_id) or (ROLES[each.role].name if each.role in ROLES else ""),
            None if each.due_at == FAR else each.due_at,
        )
        for each in waiting
    )


class _Listed:
    """A locked or looked-up task, under the names its list uses."""

    def __init__(self, row: Any) -> None:
        self._row = row
        self.id, self.organisation_id = row.task_id, row.task_organisation_id

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _can(by: Actor, row: Any, target: Target) -> frozenset[str]:
    of_case = {"case:read"} if _reads_case(by, target) else set()
    return frozenset(of_case | _can_with_task(by, row, target))


def _reads_case(by: Actor, target: Target) -> bool:
    in_case = Target("case", by.area_id, relation=target.relation, sealed=target.sealed)
    return bool(decide(by, "case:read", in_case))


def _can_with_task(by: Actor, row: Any, target: Target) -> set[str]:
    if row.task_state != "open":
        return set()
    on_task = {action for action in MAY if action.startswith("task:") and decide(by, action, target)}
    return on_task if row.assignee_id is None else on_task - {"task:claim"}


_DRAFT = select(draft.c.answers).where(
    draft.c.area_id == bindparam("a"), draft.c.task_id == bindparam("t"), draft.c.person_id == bindparam("p")
)


def _draft(db: Connection, row: Any, by: Actor) -> Mapping[str, Any]:
    key = {"a": row.area_id, "t": row.task_id, "p": by.person_id}
    kept: Mapping[str, Any] | None = db.execute(_DRAFT, key).scalar()
    return kept or {}


# Who else could do it --------------------------------------------------------------------------------------


def candidates(db: Connection, by: Actor, task_id: str, clock: Clock) -> list[people.Person]:
    """The other people who hold the task's role where the task is."""
    row, target = find(db, by, task_id)
    access.require(db, by, "task:reassign", target)
    return [
        each
        for each in people.holders(db, row.task_organisation_id, row.role, clock.now)
        if each.id != row.assignee_id
    ]


_RECORD_OF_TASK = select(record.c.id).where(
    record.c.area_id == bindparam("a"), record.c.case_id == bindparam("c"), record.c.task_id == bindparam("t")
)


def record_of(db: Connection, by: Actor, case_id: str, task_id: str) -> str | None:
    """The record that completing this task wrote, if any."""
    key = {"a": by.area_id, "c": case_id, "t": task_id}
    found: str | None = db.execute(_RECORD_OF_TASK, key).scalar()
    return found
