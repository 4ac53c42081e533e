"""What is written before a process takes its first step: a new case, and the instance's own row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from engine import definitions
from engine.audit.record import Ledger
from engine.definitions import Release
from engine.execution import Clock
from engine.identifiers import new_id, new_reference
from engine.instances.loading import Running
from engine.instances.saving import name_of
from engine.tables import case, case_subject, instance, organisation

_SEAL = update(case).where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c")).values(sealed=True)
_ABOUT = (
    select(case.c.reference, organisation.c.kind)
    .select_from(case.join(organisation, organisation.c.id == case.c.organisation_id))
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
)


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case without members, whose history has not begun."""

    id: str
    reference: str
    organisation_id: str
    ledger: Ledger


def new_case(
    db: Connection,
    area_id: str,
    organisation_id: str,
    subjects: Iterable[Mapping[Any, Any]],
    clock: Clock,
    opened_by: str | None,
) -> NewCase:
    """Make a case. Nobody opened it when a process of another case did; then the service did it all."""
    case_id, reference = new_id(), new_reference()
    row = {"area_id": area_id, "id": case_id, "reference": reference, "organisation_id": organisation_id}
    start = {"opened_at": clock.now, "opened_by": opened_by, "status": "open"}
    db.execute(insert(case), row | start | {"head_seq": 0, "head_hash": ""})
    key = {"area_id": area_id, "case_id": case_id}
    if about := [key | {"id": new_id()} | dict(each) for each in subjects]:
        db.execute(insert(case_subject), about)
    ledger = Ledger(area_id, case_id, (0, ""), clock.now, opened_by)
    return NewCase(case_id, reference, organisation_id, ledger)


def new_instance(
    area_id: str,
    home: NewCase | Running,
    process: str,
    release: Release,
    started_by: str | None,
    started_as: str | None,
) -> Running:
    """An instance that does not exist yet, in a new case or beside an instance that runs.

    `started_as`: the role in which somebody started it, and in which they do its tasks that are theirs.
    """
    return Running(
        area_id=area_id,
        case_id=home.case_id if isinstance(home, Running) else home.id,
        organisation_id=home.organisation_id,
        sealed=home.sealed if isinstance(home, Running) else False,
        instance_id=new_id(),
        process=process,
        release=release,
        state=None,
        lock_version=0,
        status="running",
        started_by=started_by,
        started_as=started_as,
        troubled=False,
        ledger=home.ledger,
    )


def insert_instance(
    db: Connection,
    of: Running,
    clock: Clock,
    *,
    edition: str = "",
    sender: str | None = None,
    correlation: str | None = None,
) -> None:
    """Write the instance's row, and seal its case if need be. `sender`: the instance whose message it is."""
    row = {
        "area_id": of.area_id,
        "case_id": of.case_id,
        "id": of.instance_id,
        "process": of.process,
        "release_id": of.release.id,
        "edition": edition,
        "status": "running",
        "lock_version": 0,
        "state": b"",
        "started_at": clock.now,
        "started_by": of.started_by,
        "started_as": of.started_as,
        "handed_over_by": sender,
        "correlation": correlation,
    }
    db.execute(insert(instance), row)
    of.ledger.add("instance.started", instance_id=of.instance_id, payload={"process_name": name_of(db, of)})
    if not of.sealed and definitions.is_sealed(db, of.release, of.process):
        db.execute(_SEAL, {"a": of.area_id, "c": of.case_id})
        of.sealed = True
        of.ledger.add("case.sealed")


def standard_variables(db: Connection, of: Running) -> dict[str, Any]:
    """What every process knows of its case and of itself."""
    case_row = db.execute(_ABOUT, {"a": of.area_id, "c": of.case_id}).one()
    return {
        "case_id": of.case_id,
        "case_reference": case_row.reference,
        "instance_id": of.instance_id,
        "started_by": of.started_by,
        "organisation_id": of.organisation_id,
        "organisation_kind": case_row.kind,
    }
