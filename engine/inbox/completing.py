"""Answering a task: the answers are checked on the server, and only then does the process go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

from engine import access, cases, definitions, forms, instances, records
from engine.answers import checked
from engine.errors import ClaimFirst, TooLarge
from engine.execution import Clock, Complete
from engine.idempotency import Once
from engine.inbox.context import form_context, variables
from engine.inbox.finding import locked, require_open
from engine.instances import Running
from engine.tables import draft
from policy.authorization import Actor, Target

_LARGEST = 256 * 1024  # bytes of answers; documents live elsewhere


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a task led to. `next_tasks`: the person's own in the case, most urgent first."""

    task_id: str
    case_id: str
    instance_id: str
    record_id: str | None
    next_tasks: tuple[str, ...]


_FORGET = delete(draft).where(draft.c.area_id == bindparam("a"), draft.c.task_id == bindparam("t"))
_KEEP = insert(draft)
_FORGET_OWN = _FORGET.where(draft.c.person_id == bindparam("p"))


def complete(
    db: Connection,
    by: Actor,
    task_id: str,
    answers: Mapping[str, Any],
    clock: Clock,
    key: str | None = None,
) -> Completed:
    """Answer a task and let its process go on.

    Raises InvalidInput with a problem for each wrong answer, NotFound, NotAllowed, ClaimFirst, FourEyes,
    TaskGone when it was completed or withdrawn meanwhile. Whatever is raised, nothing has changed.
    """
    once = Once(db, by.person_id, key, "complete", task_id, dict(answers))
    if (before := once.answer()) is not None:
        return Completed(**(before | {"next_tasks": tuple(before["next_tasks"])}))
    row, target = locked(db, by, task_id)
    _allow(db, by, row, target)
    release = definitions.load(db, row.release_id)
    form = definitions.form(db, release, row.form) if row.form else None
    context = form_context(db, row, form, clock.now)
    kept = checked(form, answers, context, clock.now)
    kind = row.properties.get("handrail:record")
    said = forms.summary(form, kept, context, now=clock.now) if form and kind else []
    done = _change(db, by, row, kept, said, clock)
    once.keep(asdict(done), clock.now)
    return done


def _allow(db: Connection, by: Actor, row: Any, target: Target) -> None:
    if row.task_state != "open":
        access.require(db, by, "task:read", target)
        require_open(row)
    if row.assignee_id is None:
        access.require(db, by, "task:claim", target)
        raise ClaimFirst
    access.require(db, by, "task:complete", target)


def _change(
    db: Connection, by: Actor, row: Any, kept: dict[str, Any], said: Sequence[forms.Row], clock: Clock
) -> Completed:
    of = instances.running(db, row, clock, by.person_id)
    of.ledger.actor_role = row.role
    payload = {"name": row.name, "answers": sorted(kept)}
    of.ledger.add(
        "task.completed", instance_id=row.id, task_id=row.task_id, element=row.element, payload=payload
    )
    record_id = _write_record(db, by, row, of, kept, said)
    forgotten = _forgotten(db, row, of, kept)
    if row.has_draft:
        db.execute(_FORGET, {"a": row.area_id, "t": row.task_id})
    instances.run(db, of, Complete(row.token, {**forgotten, **kept}), clock)
    of.ledger.write(db)
    own = cases.own_open_tasks(db, by, row.case_id)
    return Completed(row.task_id, row.case_id, row.id, record_id, own)


def _forgotten(db: Connection, row: Any, of: Running, kept: Mapping[str, Any]) -> dict[str, None]:
    """Answers from an earlier round to questions that were not asked again: they no longer hold."""
    if not row.form:
        return {}
    silent = definitions.form(db, of.release, row.form).asks - kept.keys()
    if not silent:
        return {}
    earlier = variables(db, row)
    return {name: None for name in silent if earlier.get(name) is not None}


def _write_record(
    db: Connection, by: Actor, row: Any, of: Running, kept: dict[str, Any], said: Sequence[forms.Row]
) -> str | None:
    kind = row.properties.get("handrail:record")
    if not kind:
        return None
    return records.write(
        db,
        by,
        row,
        kind=kind,
        form_hash=of.release.files[f"forms/{row.form}.form"],
        answers=kept,
        said=said,
        ledger=of.ledger,
    )


# Drafts ----------------------------------------------------------------------------------------------------


def save_draft(
    db: Connection, by: Actor, task_id: str, answers: Mapping[str, Any], clock: Clock, key: str | None = None
) -> None:
    """Keep unfinished answers for the person who has the task. They are not checked, only bounded."""
    once = Once(db, by.person_id, key, "save_draft", task_id, dict(answers))
    if once.answer() is not None:
        return
    row, target = locked(db, by, task_id)
    access.require(db, by, "task:save_draft", target)
    require_open(row)
    if len(repr(answers)) > _LARGEST:
        raise TooLarge
    own = {"a": row.area_id, "t": task_id, "p": by.person_id}
    db.execute(_FORGET_OWN, own)
    values = {"area_id": row.area_id, "case_id": row.case_id, "task_id": task_id, "person_id": by.person_id}
    db.execute(_KEEP, values | {"answers": dict(answers), "saved_at": clock.now})
    once.keep({}, clock.now)
