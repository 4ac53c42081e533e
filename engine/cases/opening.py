"""Opening a case starts its process: one command, one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from engine import access, definitions, instances
from engine.answers import checked
from engine.audit.record import Ledger
from engine.cases.members import add_member, own_open_tasks
from engine.cases.subjects import Subject, check_subjects
from engine.definitions import Release, StartableProcess
from engine.errors import NotFound
from engine.execution import Clock
from engine.idempotency import Once
from engine.identifiers import new_id, new_reference
from engine.tables import case, case_subject, organisation
from policy.authorization import Actor, Target


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was just opened. `tasks` are the ids of the tasks waiting for whoever opened it."""

    case_id: str
    reference: str
    instance_id: str
    tasks: tuple[str, ...]


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
    check_subjects(subjects)
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
