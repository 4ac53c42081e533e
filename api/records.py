"""Records: what was decided, given or told, exactly as it was answered, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from api.context import Call
from api.fields import About, Listing
from api.routes import Noun
from engine import records
from engine.records import RecordItem, RecordView

noun = Noun("records", "Records: decisions, consent, advice, disclosures. Written once, never changed.")


@dataclass(frozen=True, slots=True)
class Answered:
    """A question in its words of that day, with its answer."""

    key: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is printed."""

    id: str
    kind: str
    title: str
    version: int
    written_at: datetime
    written_by: str
    role: str
    organisation: str
    reference: str
    subjects: tuple[str, ...]
    answers: tuple[Answered, ...]
    process: str
    release: int
    edition: str
    form_hash: Annotated[str, About("SHA-256 of the form as it stood, which the record was answered on.")]


@noun.get("/cases/{case_id}/records", "case:read")
def of_case(call: Call, case_id: str) -> Listing[RecordItem]:
    """The records of the case, oldest first."""
    return Listing(tuple(records.of_case(call.db, call.by, case_id)))


@noun.get("/cases/{case_id}/records/{record_id}", "record:read", records=True)
def view(call: Call, case_id: str, record_id: str) -> Record:
    """One record. Looking at it is recorded."""
    return _record(records.view(call.db, call.by, case_id, record_id, call.clock))


def _record(found: RecordView) -> Record:
    item = found.item
    return Record(
        id=item.id,
        kind=item.kind,
        title=item.title,
        version=item.version,
        written_at=item.written_at,
        written_by=item.written_by,
        role=found.role,
        organisation=found.organisation,
        reference=found.reference,
        subjects=found.subjects,
        answers=tuple(Answered(row.key, row.label, row.lines) for row in found.rows),
        process=found.process,
        release=found.release,
        edition=found.edition,
        form_hash=found.form_hash,
    )
