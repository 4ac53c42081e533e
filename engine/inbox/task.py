"""One task as its page shows it: question, guidance, what the person needs to know, and what they may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import access, cases, definitions, forms, instances, people
from engine.deadlines import Explanation, reached
from engine.definitions import Release
from engine.errors import NotFound, TaskGone
from engine.execution import Clock
from engine.guidance import Guidance
from engine.inbox.lists import TaskItem, item
from engine.spiff import commands
from engine.tables import (
    FAR,
    case,
    case_member,
    case_subject,
    draft,
    instance,
    organisation,
    person,
    record,
    user_task,
)
from policy.authorization import Actor, Target, decide
from policy.roles import ROLES

MAY = ("task:claim", "task:release", "task:reassign", "task:save_draft", "task:complete", "case:read")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a person needs to know for this task: an earlier answer, in its question's words."""

    label: str
    lines: tuple[str, ...]


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


_JOINED = (
    case.join(instance, (case.c.area_id == instance.c.area_id) & (case.c.id == instance.c.case_id))
    .join(
        user_task,
        (user_task.c.area_id == instance.c.area_id) & (user_task.c.instance_id == instance.c.id),
    )
    .outerjoin(case_member, access.RELATIONS_TO_CASE)
)
_HAS_DRAFT = (
    select(draft.c.task_id)
    .where(draft.c.area_id == user_task.c.area_id, draft.c.task_id == user_task.c.id)
    .exists()
)
_ONE = (
    select(
        user_task.c.id.label("task_id"),
        user_task.c.token,
        user_task.c.element,
        user_task.c.name,
        user_task.c.role,
        user_task.c.organisation_id.label("task_organisation_id"),
        user_task.c.assignee_id,
        user_task.c.state.label("task_state"),
        user_task.c.form,
        user_task.c.properties,
        user_task.c.priority,
        user_task.c.opened_at,
        user_task.c.due_at,
        user_task.c.reckoned,
        user_task.c.closed_at,
        user_task.c.completed_by,
        case.c.reference,
        case_member.c.relation,
        _HAS_DRAFT.label("has_draft"),
        *instances.COLUMNS,
    )
    .select_from(_JOINED)
    .where(user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t"))
)
_LOCKED = _ONE.with_for_update(of=[case, instance, user_task])


def find(db: Connection, by: Actor, task_id: str) -> tuple[Any, Target]:
    """The task with its instance and case, and what deciding about it needs. Raises NotFound."""
    return _found(db, by, db.execute(_ONE, {"a": by.area_id, "t": task_id, "p": by.person_id}).all())


def locked(db: Connection, by: Actor, task_id: str) -> tuple[Any, Target]:
    """The same, with the case locked for a command."""
    return _found(db, by, db.execute(_LOCKED, {"a": by.area_id, "t": task_id, "p": by.person_id}).all())


def _found(db: Connection, by: Actor, rows: Sequence[Any]) -> tuple[Any, Target]:
    if not rows:
        raise NotFound
    return rows[0], access.task_target(db, by, rows)


def require_open(row: Any) -> None:
    """Raises TaskGone for a task that was completed or is no longer needed."""
    if row.task_state != "open":
        raise TaskGone(f"Expected an open task, but this one is already {row.task_state}.")


# Looking ---------------------------------------------------------------------------------------------------


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
        context=context | form_context(db, row, form, clock.now),
        facts=_facts(db, release, row, context, clock.now),
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


# What the person needs to know -----------------------------------------------------------------------------

_DRAFT = select(draft.c.answers).where(
    draft.c.area_id == bindparam("a"), draft.c.task_id == bindparam("t"), draft.c.person_id == bindparam("p")
)


def _draft(db: Connection, row: Any, by: Actor) -> Mapping[str, Any]:
    key = {"a": row.area_id, "t": row.task_id, "p": by.person_id}
    kept: Mapping[str, Any] | None = db.execute(_DRAFT, key).scalar()
    return kept or {}


def form_context(db: Connection, row: Any, form: forms.Form | None, now: datetime) -> dict[str, Any]:
    """What the form looks at: earlier answers, the organisations that can be asked, and the names it must not
    hold. Only what it needs is read.
    """
    if form is None:
        return {}
    earlier, names = _looks_at(form)
    context = variables(db, row) if earlier else {}
    context |= people.offered(db, row.area_id, form.reads, now)
    if names:
        context["names"] = cases.subject_names(db, row.area_id, row.case_id)
    return context


@lru_cache(maxsize=1024)
def _looks_at(form: forms.Form) -> tuple[bool, bool]:
    """Whether a form shows or asks about earlier answers, and whether it keeps names out."""
    fields = list(form.walk())
    earlier = bool(form.reads) or any(each.disabled or each.readonly for each in fields)
    return earlier, any(each.names_allowed is not None for each in fields)


def variables(db: Connection, row: Any) -> dict[str, Any]:
    """The variables in reach of an open task's token; none once the task is closed."""
    if row.task_state != "open":
        return {}
    release = definitions.load(db, row.release_id)
    bundle = definitions.bundle(db, release, row.process)
    return commands.variables_at(bundle, row.state, row.token)


def _facts(
    db: Connection, release: Release, row: Any, context: Mapping[str, Any], now: datetime
) -> tuple[Fact, ...]:
    named = row.properties.get("handrail:people") == "true"
    return (*(_who(db, row) if named else ()), *_earlier(db, release, row, context, now))


def _who(db: Connection, row: Any) -> tuple[Fact, ...]:
    """Whom it is about and who says so, for a task that is given to somebody who must act on it at once."""
    key = {"a": row.area_id, "c": row.case_id}
    about = [_described(each) for each in db.execute(_SUBJECTS, key)]
    lead = db.execute(_OPENED_BY, key).one()
    teller = ", ".join(each for each in (lead.person, lead.job_title) if each)
    reported = tuple(each for each in (teller, lead.organisation) if each)
    return Fact("Who it is about", tuple(about)), Fact("Who reports it", reported)


def _described(subject: Any) -> str:
    born = f", born {date.fromisoformat(subject.date_of_birth):%-d %B %Y}" if subject.date_of_birth else ""
    return f"{subject.name} ({cases.PARTS[subject.part].lower()}){born}"


_SUBJECTS = (
    select(case_subject.c.name, case_subject.c.part, case_subject.c.date_of_birth)
    .where(case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c"))
    .order_by(case_subject.c.part, case_subject.c.name)
)
_OPENED_BY = (
    select(person.c.name.label("person"), person.c.job_title, organisation.c.name.label("organisation"))
    .select_from(
        case.join(organisation, organisation.c.id == case.c.organisation_id).outerjoin(
            person, person.c.id == case.c.opened_by
        )
    )
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
)


def _earlier(
    db: Connection, release: Release, row: Any, context: Mapping[str, Any], now: datetime
) -> tuple[Fact, ...]:
    wanted = row.properties.get("handrail:shows", "").split()
    known = [name for name in wanted if context.get(name) not in (None, "", [], {})]
    if not known:
        return ()
    questions = _questions(db, release)
    said = {**context, **people.offered(db, row.area_id, questions.reads(known), now)}
    return tuple(Fact(each.label, each.lines) for name in known for each in questions.rows(name, said))


class _Questions:
    """Every question of a release by its key, to show an answer under the words it was asked in."""

    def __init__(self, all_forms: list[forms.Form]) -> None:
        self._forms = all_forms

    def reads(self, keys: Iterable[str]) -> frozenset[str]:
        """What the questions with these keys look at."""
        asked = (form for key in keys for form in self._forms if key in form.keys)
        return frozenset(name for form in asked for name in form.reads)

    def rows(self, key: str, context: Mapping[str, Any]) -> list[forms.Row]:
        for form in self._forms:
            if key in form.keys:
                return [each for each in forms.summary(form, context, context) if _top(each.key) == key]
        return [
            forms.Row(label=key.replace("_", " ").capitalize(), lines=(str(context[key]),), key=key, id=key)
        ]


def _top(path: str) -> str:
    return path.split(".", 1)[0]


def _questions(db: Connection, release: Release) -> _Questions:
    paths = [path for path in release.paths(".form") if path.startswith("forms/")]
    return _Questions([forms.load(definitions.content(db, release, path)) for path in paths])


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
