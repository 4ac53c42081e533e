"""What people do in a story. Every deed is a command as people give it: allowed, recorded, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from engine import cases, documents, inbox, messages
from engine.cases import Subject
from engine.deadlines import At
from engine.errors import NotFound
from engine.tables import instance, user_task
from handrail.demo.story import FOLDER, Step
from handrail.settings import DEMO_AREA
from policy.authorization import Actor

_OPEN_TASKS = (
    select(user_task.c.id, user_task.c.element, user_task.c.role, user_task.c.organisation_id)
    .add_columns(user_task.c.assignee_id, user_task.c.opened_at)
    .where(user_task.c.area_id == DEMO_AREA, user_task.c.state == "open")
    .order_by(user_task.c.opened_at, user_task.c.id)
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a story as it is taken: by whom, in which case, when and with which answers."""

    db: Connection
    by: Actor
    case_id: str
    about: tuple[Subject, ...]
    step: Step
    answers: Mapping[str, Any]
    clock: At


def starts(deed: Deed) -> str:
    """Open a case. Gives its id."""
    opened = cases.open_case(
        deed.db,
        deed.by,
        process=deed.step.what,
        subjects=deed.about,
        answers=deed.answers,
        organisation_id=deed.step.at,
        clock=deed.clock,
    )
    return opened.case_id


def takes(deed: Deed) -> str:
    """Take a task, and leave it to be done."""
    _claim(deed)
    return deed.case_id


def does(deed: Deed) -> str:
    """Complete a task: their own, or one that they take, having to do with nobody in the case."""
    inbox.complete(deed.db, deed.by, _claim(deed), deed.answers, deed.clock)
    return deed.case_id


def presses(deed: Deed) -> str:
    """Tell the process something, with a button of the case page."""
    messages.send(deed.db, deed.by, deed.case_id, deed.step.what, deed.answers, deed.clock)
    return deed.case_id


def attaches(deed: Deed) -> str:
    """Attach a document, which lies beside the stories."""
    content = (FOLDER / deed.step.what).read_bytes()
    documents.add(
        deed.db,
        deed.by,
        deed.case_id,
        name=deed.step.what,
        about=deed.step.note,
        content=content,
        clock=deed.clock,
    )
    return deed.case_id


DEEDS: Final[Mapping[str, Callable[[Deed], str]]] = {
    "starts": starts,
    "takes": takes,
    "does": does,
    "presses": presses,
    "attaches": attaches,
}


def _claim(deed: Deed) -> str:
    """The oldest open task at the element that is theirs already, or else one that they may take, and do."""
    rows = deed.db.execute(waiting(deed.case_id).where(user_task.c.element == deed.step.what)).all()
    for row in rows:
        if row.assignee_id == deed.by.person_id:
            return str(row.id)
    for row in rows:
        if row.assignee_id is None and deed.by.holds(row.role, row.organisation_id):
            inbox.claim(deed.db, deed.by, row.id, deed.clock, no_conflict=True)
            return str(row.id)
    raise NotFound("No such task waits for them.")


def waiting(case_id: str) -> Select[Any]:
    """The open tasks of a case, oldest first."""
    return _OPEN_TASKS.where(user_task.c.case_id == case_id)


def handed_over(db: Connection, case_id: str, process: str) -> str:
    """The case of a process that a case was handed over to."""
    before = instance.alias()
    found: str | None = db.execute(
        select(instance.c.case_id).where(
            instance.c.process == process,
            instance.c.handed_over_by == before.c.id,
            before.c.case_id == case_id,
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound("It was handed over to no case of that process.")
    return found
