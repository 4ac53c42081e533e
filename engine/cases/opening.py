"""Opening a case starts its process: one command, one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from engine import access, definitions, instances, people
from engine.answers import checked
from engine.cases.members import add_member, own_open_tasks
from engine.cases.subjects import Subject, check_subjects
from engine.definitions import Release, StartableProcess
from engine.errors import NotFound
from engine.execution import Clock
from engine.idempotency import Once
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
    organisation may start this process. `subjects` may be empty where the process says so.
    """
    request = (process, [asdict(each) for each in subjects], dict(answers), organisation_id)
    once = Once(db, by.person_id, key, "open_case", *request)
    if (before := once.answer()) is not None:
        return Opened(**(before | {"tasks": tuple(before["tasks"])}))
    release = definitions.current(db, by.area_id)
    chosen = _startable(db, release, process)
    role = _require_start(db, by, chosen, organisation_id)
    check_subjects(subjects, clock.now, optional=chosen.subjects_optional)
    form = definitions.form(db, release, chosen.form)
    offered = people.offered(db, by.area_id, form.reads, clock.now)
    kept = checked(form, answers, {"names": [each.name for each in subjects], **offered}, clock.now)
    opened = _open(db, by, role, chosen, subjects, kept, organisation_id, release, clock)
    once.keep(asdict(opened), clock.now)
    return opened


def _startable(db: Connection, release: Release, process: str) -> StartableProcess:
    for each in definitions.startable(db, release):
        if each.process == process:
            return each
    raise NotFound("Expected a process that can be started here.")


def _require_start(db: Connection, by: Actor, chosen: StartableProcess, organisation_id: str) -> str:
    """The role in which this person may start the process there."""
    held = [role for role in sorted(chosen.roles) if by.holds(role, organisation_id)]
    role = held[0] if held else min(chosen.roles)
    target = Target("organisation", by.area_id, role=role, organisation_id=organisation_id)
    access.require(db, by, "case:open", target)
    return role


def _open(
    db: Connection,
    by: Actor,
    role: str,
    chosen: StartableProcess,
    subjects: Sequence[Subject],
    variables: Mapping[str, Any],
    organisation_id: str,
    release: Release,
    clock: Clock,
) -> Opened:
    about = [asdict(each) for each in subjects]
    home = instances.new_case(db, by.area_id, organisation_id, about, clock, by.person_id)
    key = {"area_id": by.area_id, "case_id": home.id}
    add_member(db, key, by.person_id, "lead", clock.now, "opened the case")
    home.ledger.add("case.opened", payload={"subjects": len(subjects)})
    of = instances.new_instance(by.area_id, home, chosen.process, release, by.person_id, role)
    instances.begin(db, of, variables, clock)
    home.ledger.write(db)
    return Opened(home.id, home.reference, of.instance_id, own_open_tasks(db, by, home.id))
