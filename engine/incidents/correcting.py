"""Correcting a variable that stops an instance. Old and new value are written once, away from the history."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from engine import access, definitions, instances, people
from engine.audit.chain import canonical
from engine.errors import InvalidInput, Problem, TooLarge
from engine.execution import RESERVED, Clock, SetVariables
from engine.idempotency import Once
from engine.identifiers import new_id
from engine.incidents.resolving import Resolved, locked, note, still_open
from engine.instances import Running
from engine.spiff import commands
from engine.tables import correction
from policy.authorization import Actor

_LARGEST_VALUE = 64 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Correction:
    """A variable that an operator corrected, for those who may read the case."""

    variable: str
    before: tuple[Any, ...]  # the value, or nothing when there was none
    after: Any
    corrected_by: str  # name
    corrected_at: datetime


def correct(
    db: Connection,
    by: Actor,
    incident_id: str,
    variable: str,
    value: Any,
    reason: str,
    clock: Clock,
    key: str | None = None,
) -> Resolved:
    """Set a variable in reach of the step. The incident stays open: try again when all is corrected.

    Old and new value are kept in a row of their own that is never changed, and may be read by those who may
    read the case; the history has the variable's name and a digest only. Raises InvalidInput and TooLarge.
    """
    once = Once(db, by.person_id, key, "correct", incident_id, variable, value, reason)
    if (before := once.answer()) is not None:
        return Resolved(**(before | {"open": tuple(before["open"])}))
    _check_variable(variable, value)
    row, of = locked(db, by, incident_id, reason, clock)
    bundle = definitions.bundle(db, of.release, of.process)
    known = commands.variables_at(bundle, of.state or b"", row.token)
    was = [known[variable]] if variable in known else []
    _keep_correction(db, of, row, variable, was, value, reason.strip(), by)
    instances.run(db, of, SetVariables({variable: value}, token=row.token), clock)
    of.ledger.write(db)
    done = Resolved(incident_id, of.status, still_open(db, of))
    once.keep(asdict(done), clock.now)
    return done


def _check_variable(variable: str, value: Any) -> None:
    if variable in RESERVED or not variable.isidentifier():
        problem = Problem("variable", "Give the name of a variable of the process")
        raise InvalidInput("Expected a variable that may be corrected.", problems=(problem,))
    if len(canonical(value)) > _LARGEST_VALUE:
        raise TooLarge


def _keep_correction(
    db: Connection,
    of: Running,
    row: Any,
    variable: str,
    was: list[Any],
    value: Any,
    reason: str,
    by: Actor,
) -> None:
    salt = secrets.token_hex(16)
    kept = {
        "id": new_id(),
        "instance_id": of.instance_id,
        "incident_id": row.id,
        "variable": variable,
        "before": was,
        "after": [value],
        "salt": salt,
    }
    who = {"corrected_by": by.person_id, "corrected_at": of.ledger.at}
    db.execute(insert(correction), {"area_id": of.area_id, "case_id": of.case_id} | kept | who)
    payload = {"name": row.name, "variable": variable, "reason": reason}
    payload |= {"correction_id": kept["id"], "digest": digest(salt, variable, was, [value])}
    note(of, "incident.corrected", row, payload)


def digest(salt: str, variable: str, before: list[Any], after: list[Any]) -> str:
    """What the history keeps of a correction: it proves the row, and without the salt says nothing."""
    return hashlib.sha256(canonical([salt, variable, before, after]).encode()).hexdigest()


_CORRECTIONS = (
    select(correction)
    .where(correction.c.area_id == bindparam("a"), correction.c.case_id == bindparam("c"))
    .order_by(correction.c.corrected_at, correction.c.id)
)


def corrections(db: Connection, by: Actor, case_id: str) -> list[Correction]:
    """What operators corrected in a case, oldest first, for those who may read its history."""
    access.require_case(db, by, "history:read", case_id)
    rows = db.execute(_CORRECTIONS, {"a": by.area_id, "c": case_id}).all()
    names = people.names(db, [row.corrected_by for row in rows])
    return [
        Correction(
            row.variable,
            tuple(row.before),
            row.after[0],
            names.get(row.corrected_by, ""),
            row.corrected_at,
        )
        for row in rows
    ]
