"""Two small organisations whose processes hand over to each other: a worry, an inquiry, a contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select

from engine import cases, definitions, history, inbox, incidents, instances, people
from engine.cases import Subject
from engine.database import reading, transaction
from engine.execution import SetVariables
from engine.spiff import commands
from engine.tables import area, case, case_member, event, instance, organisation, person, role_held, user_task
from policy.authorization import Actor
from tests.engine.spiff.drawing import chain, nodes, zeebe
from tests.engine.spiff.drawing import definitions as file
from tests.faults import steps
from tests.travelling import TravellingClock

HELD = (
    ("ada", "school", "practitioner"),
    ("ben", "school", "dsl"),
    ("cyd", "hub", "csc_screening"),
    ("dot", "hub", "csc_screening"),
    ("olu", "school", "operator"),
)


def names(*said: str) -> str:
    """The messages and signals of a file: `m` is a message, `m =key` a correlated one, `!s` a signal."""
    return "".join(_name(*each.partition(" =")[::2]) for each in said)


def _name(name: str, key: str) -> str:
    if name.startswith("!"):
        return f'<signal id="{name[1:]}" name="{name[1:]}"/>'
    inner = zeebe(f'<zeebe:subscription correlationKey="={key}"/>') if key else ""
    return f'<message id="{name}" name="{name}">{inner}</message>'


def event_of(kind: str, name: str, inner: str = "") -> str:
    what = "signal" if name.startswith("!") else "message"
    return f'{kind}|{inner}<{what}EventDefinition {what}Ref="{name.strip("!")}"/>'


def properties(**said: str) -> str:
    rows = (f'<zeebe:property name="handrail:{name}" value="{value}"/>' for name, value in said.items())
    return f"<zeebe:properties>{''.join(rows)}</zeebe:properties>"


def throw(name: str, kind: str = "intermediateThrowEvent", **inputs: str) -> str:
    mapped = "".join(f'<zeebe:input source="{feel}" target="{name}"/>' for name, feel in inputs.items())
    inner = zeebe(f"<zeebe:ioMapping>{mapped}</zeebe:ioMapping>") if mapped else ""
    return event_of(kind, name, inner)


def end(name: str = "", **inputs: str) -> str:
    return throw(name, "endEvent", **inputs) if name else "endEvent"


def catch(name: str) -> str:
    return event_of("intermediateCatchEvent", name)


def begun(name: str, **said: str) -> str:
    return event_of("startEvent", name, zeebe(properties(**said)) if said else "")


STARTED = "startEvent|" + zeebe('<zeebe:formDefinition formId="step"/>')
OWN = "userTask|" + zeebe(
    '<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner"/>'
)


def pool(role: str, **said: str) -> str:
    given = f'<zeebe:assignmentDefinition candidateGroups="{role}"/>'
    return "userTask|" + zeebe(given + (properties(**said) if said else ""))


def process(id: str, roots: str, *, sealed: bool = False, **drawn: str) -> bytes:
    """One process: its elements, one after the other."""
    said = {"start_roles": "practitioner", "title": id} if STARTED in drawn.values() else {}
    said |= {"sealed": "true"} if sealed else {}
    body = (zeebe(properties(**said)) if said else "") + nodes(**drawn) + chain(*drawn)
    return file(roots, f'<process id="{id}" name="{id.title()}" isExecutable="true">{body}</process>')


FORM = {"forms/step.form": (steps.HERE / "step.form").read_bytes()}


@dataclass
class County:
    """A school and a hub with these diagrams published, and what their people do."""

    engine: Engine
    clock: TravellingClock
    files: Mapping[str, bytes]

    def build(self) -> County:
        with transaction(self.engine) as db:
            db.execute(insert(area), {"id": "a", "name": "Area"})
            for id, kind in (("school", "school"), ("hub", "childrens_services")):
                db.execute(insert(organisation), {"id": id, "area_id": "a", "name": id.title(), "kind": kind})
            for name in dict.fromkeys(name for name, _, _ in HELD):
                who = {"id": name, "area_id": "a", "name": name.title(), "issuer": "i", "subject": name}
                db.execute(insert(person), who)
            for name, place, role in HELD:
                held = {"person_id": name, "organisation_id": place, "role": role, "since": self.clock.now}
                db.execute(insert(role_held), held)
            definitions.publish(db, "a", {**self.files, **FORM}, by=None, now=self.clock.now)
        return self

    def actor(self, db: Connection, name: str) -> Actor:
        return people.actor(db, name, self.clock.now)

    def open(self, process: str = "worry") -> str:
        with transaction(self.engine) as db:
            opened = cases.open_case(
                db,
                self.actor(db, "ada"),
                process=process,
                subjects=[Subject("Maya Fenn", "child", "2018-05-01")],
                answers={"go_on": "yes"},
                organisation_id="school",
                clock=self.clock,
            )
        return opened.case_id

    def do(self, name: str, element: str, in_case: str | None = None) -> None:
        """Take the open task at an element, and complete it."""
        with transaction(self.engine) as db:
            self.complete(db, name, element, task=self.task(element, in_case))

    def complete(
        self, db: Connection, name: str, element: str, task: str | None = None, key: str | None = None
    ) -> None:
        by, task = self.actor(db, name), task or self.task(element)
        if self.rows(user_task, "assignee_id", id=task) == [(None,)]:
            inbox.claim(db, by, task, self.clock, no_conflict=True)
        inbox.complete(db, by, task, {}, self.clock, key)

    def task(self, element: str, in_case: str | None = None) -> str:
        """The id of an open task, the oldest where several wait."""
        where = {"case_id": in_case} if in_case else {}
        found = self.rows(user_task, "id", "opened_at", element=element, state="open", **where)
        return str(min(found, key=lambda row: row[1])[0])

    def assignee(self, element: str) -> str | None:
        return self.rows(user_task, "assignee_id", element=element)[0][0]

    def waiting(self) -> list[str]:
        """The elements of all open tasks."""
        return sorted(element for (element,) in self.rows(user_task, "element", state="open"))

    def variables(self, process: str) -> dict[str, Any]:
        with transaction(self.engine) as db:
            of = instances.lock(db, "a", self.rows(instance, "id", process=process)[0][0], self.clock, None)
            return dict(commands.look(definitions.bundle(db, of.release, process), of.state or b"").variables)

    def set(self, process: str, **variables: Any) -> None:
        """Correct variables of a process."""
        with transaction(self.engine) as db:
            of = instances.lock(db, "a", self.rows(instance, "id", process=process)[0][0], self.clock, None)
            instances.run(db, of, SetVariables(variables), self.clock)
            of.ledger.write(db)

    def incidents(self) -> list[incidents.IncidentItem]:
        with reading(self.engine) as db:
            return list(incidents.unresolved(db, self.actor(db, "olu")).items)

    def retry(self, incident_id: str) -> None:
        with transaction(self.engine) as db:
            incidents.retry(db, self.actor(db, "olu"), incident_id, "it may go on", self.clock)

    def skip(self, incident_id: str) -> None:
        with transaction(self.engine) as db:
            incidents.skip(db, self.actor(db, "olu"), incident_id, "that is enough", self.clock)

    def rows(self, table: Table, *columns: str, **where: Any) -> list[tuple[Any, ...]]:
        with reading(self.engine) as db:
            chosen = select(*(table.c[name] for name in columns))
            return [tuple(row) for row in db.execute(chosen.filter_by(**where)).all()]

    def instances(self) -> list[tuple[str, str]]:
        """The process of each instance, with its state."""
        return sorted(self.rows(instance, "process", "status"))

    def cases(self) -> list[str]:
        """The ids of all cases, those that somebody opened first."""
        with reading(self.engine) as db:
            return list(db.execute(select(case.c.id).order_by(case.c.opened_by.is_(None))).scalars())

    def members(self, case_id: str) -> set[tuple[str, str]]:
        return set(self.rows(case_member, "person_id", "relation", case_id=case_id))

    def give(self, name: str, place: str, role: str) -> None:
        """Somebody new, with a role."""
        who = {"id": name, "area_id": "a", "name": name.title(), "issuer": "i", "subject": name}
        held = {"person_id": name, "organisation_id": place, "role": role, "since": self.clock.now}
        with transaction(self.engine) as db:
            db.execute(insert(person), who)
            db.execute(insert(role_held), held)

    def join(self, case_id: str, name: str, relation: str = "member") -> None:
        """Somebody becomes part of a case."""
        with transaction(self.engine) as db:
            ledger = cases.lock(db, self.actor(db, name), case_id, self.clock)
            key = {"area_id": "a", "case_id": case_id}
            cases.add_member(db, key, name, relation, self.clock.now, "asked to help")
            ledger.add("member.added", payload={"relation": relation})
            ledger.write(db)

    def said(self, case_id: str) -> list[str]:
        """The whole history of a case, oldest first."""
        with reading(self.engine) as db:
            found = history.entries(db, "a", case_id, cursor=None, limit=100, everything=True)
        return [entry.text for entry in reversed(found.items)]

    def kinds(self, case_id: str) -> list[str]:
        return [kind for (kind,) in self.rows(event, "kind", chain=case_id)]
