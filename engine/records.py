"""Records: what a person decided, gave or was told, exactly as they answered, never to be changed.

A correction is a new version that names the one it corrects. Every kind there is stands in KINDS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from engine import access, cases, definitions, forms, people
from engine.audit.record import Ledger
from engine.errors import NotFound
from engine.execution import Clock
from engine.identifiers import new_id
from engine.tables import case, case_subject, instance, record, user_task
from policy.authorization import Actor
from policy.roles import ROLES

KINDS: Final[dict[str, str]] = {
    "decision": "Decision record",
    "consent": "Consent record",
    "withdrawal": "Withdrawal of consent",
    "advice": "Advice given",
    "advice_outcome": "What was done with advice",
    "caldicott": "Caldicott decision",
    "immediate_danger": "Immediate danger: who was told",
    "disclosure": "Disclosure log",
    "refusal_discussion": "Discussion of a refusal",
    "receipt": "Receipt confirmed",
    "informed": "The person was informed",
    "assessment": "Risk assessment and review",
    "partner_return": "Partner return",
    "request": "Request received and checked",
    "disagreement": "Professional disagreement",
    "representations": "Representations considered",
    "undertaking": "Warnings and undertaking",
    "feedback": "Feedback to whoever referred",
    "move": "Child moves: who was told, and who is responsible",
    "identity": "Identity: how it was made clear",
    "notification": "Those who hold the information were told",
    "disposal": "Disposal of a record",
    "exception": "Limit passed, or step left out: reasons and plan",
    "safety_plan": "Safety plan",
}


@dataclass(frozen=True, slots=True)
class RecordItem:
    """A record in a list. Of a decision record: what was to be decided, and what was, in words."""

    id: str
    kind: str
    title: str
    task: str  # what the task is called that wrote it
    version: int
    written_at: datetime
    written_by: str
    asked: str
    decided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record as it is printed: every question in its words of that day, with its answer."""

    item: RecordItem
    reference: str
    organisation: str
    role: str
    subjects: tuple[str, ...]
    rows: tuple[forms.Row, ...]
    process: str
    release: int
    edition: str
    form_hash: str


# Writing ---------------------------------------------------------------------------------------------------


def write(
    db: Connection,
    by: Actor,
    task: Any,
    *,
    kind: str,
    form_hash: str,
    answers: Mapping[str, Any],
    said: Sequence[forms.Row],
    ledger: Ledger,
) -> str:
    """Write the record of a task that is being completed. Gives its id.

    `said` are the answers in the words of the questions as they were asked. They are kept, because what a
    form asks and offers may rest on what the case knew at that moment, which no record holds.
    """
    if kind not in KINDS:
        raise LookupError(f"Expected a kind of record that engine/records.py lists, but got {kind}.")
    row = {
        "area_id": task.area_id,
        "case_id": task.case_id,
        "id": new_id(),
        "instance_id": task.id,
        "task_id": task.task_id,
        "kind": kind,
        "version": 1,
        "answers": dict(answers),
        "said": [_kept(each) for each in said],
        "form": task.form,
        "form_hash": form_hash,
        "written_by": by.person_id,
        "role": task.role or "",
        "organisation_id": task.task_organisation_id or task.organisation_id,
        "written_at": ledger.at,
    }
    db.execute(insert(record), row)
    payload = {"record": KINDS[kind], "record_id": row["id"]}
    ledger.add(
        "record.written", instance_id=task.id, task_id=task.task_id, element=task.element, payload=payload
    )
    return str(row["id"])


def _kept(row: forms.Row) -> dict[str, Any]:
    return {"key": row.key, "label": row.label, "lines": list(row.lines), "chosen": row.chosen}


# Reading ---------------------------------------------------------------------------------------------------

_WITH_TASK = record.outerjoin(
    user_task, (user_task.c.area_id == record.c.area_id) & (user_task.c.id == record.c.task_id)
)
_OF_CASE = (
    select(
        record.c.id,
        record.c.kind,
        record.c.version,
        record.c.written_at,
        record.c.written_by,
        record.c.said,
        user_task.c.name.label("task_name"),
    )
    .select_from(_WITH_TASK)
    .where(record.c.area_id == bindparam("a"), record.c.case_id == bindparam("c"))
    .order_by(record.c.written_at, record.c.id)
)
_ONE = (
    select(
        record,
        case.c.reference,
        instance.c.process,
        instance.c.release_id,
        instance.c.edition,
        user_task.c.name.label("task_name"),
    )
    .select_from(
        _WITH_TASK.join(case, (case.c.area_id == record.c.area_id) & (case.c.id == record.c.case_id)).join(
            instance, (instance.c.area_id == record.c.area_id) & (instance.c.id == record.c.instance_id)
        )
    )
    .where(
        record.c.area_id == bindparam("a"), record.c.case_id == bindparam("c"), record.c.id == bindparam("r")
    )
)
_SUBJECTS = (
    select(case_subject.c.name, case_subject.c.part)
    .where(case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c"))
    .order_by(case_subject.c.part, case_subject.c.name)
)


def of_case(db: Connection, by: Actor, case_id: str) -> list[RecordItem]:
    """The records of a case, oldest first."""
    access.require_case(db, by, "case:read", case_id)
    rows = db.execute(_OF_CASE, {"a": by.area_id, "c": case_id}).all()
    names = people.names(db, [row.written_by for row in rows])
    return [_item(row, names) for row in rows]


def view(db: Connection, by: Actor, case_id: str, record_id: str, clock: Clock) -> RecordView:
    """One record, ready to print. Looking at it is recorded."""
    row = db.execute(_ONE, {"a": by.area_id, "c": case_id, "r": record_id}).one_or_none()
    if row is None:
        raise NotFound
    access.require_record(db, by, "record:read", record_id)
    ledger = cases.lock(db, by, case_id, clock)
    ledger.add("record.viewed", payload={"record": KINDS[row.kind], "record_id": record_id})
    ledger.write(db)
    people_in_case = db.execute(_SUBJECTS, {"a": by.area_id, "c": case_id}).all()
    return RecordView(
        item=_item(row, people.names(db, [row.written_by])),
        reference=row.reference,
        organisation=people.organisation_names(db, [row.organisation_id])[row.organisation_id],
        role=ROLES[row.role].name if row.role in ROLES else "",
        subjects=tuple(f"{each.name} ({cases.PARTS[each.part].lower()})" for each in people_in_case),
        rows=_said(row),
        process=row.process,
        release=definitions.load(db, row.release_id).number,
        edition=row.edition,
        form_hash=row.form_hash,
    )


def _item(row: Any, names: Mapping[str, str]) -> RecordItem:
    decision = _decision(row) if row.kind == "decision" else None
    return RecordItem(
        id=row.id,
        kind=row.kind,
        title=KINDS[row.kind],
        task=row.task_name or "",
        version=row.version,
        written_at=row.written_at,
        written_by=names.get(row.written_by, ""),
        asked=decision.label if decision else "",
        decided=decision.lines if decision else (),
    )


def _said(row: Any) -> tuple[forms.Row, ...]:
    return tuple(
        forms.Row(each["label"], tuple(each["lines"]), each["key"], each["key"], chosen=each["chosen"])
        for each in row.said
    )


def _decision(row: Any) -> forms.Row | None:
    """The choice whose key says that it is the decision, else the first one that was made."""
    made = [each for each in _said(row) if each.chosen]
    return next((each for each in made if each.key.endswith("decision")), made[0] if made else None)
