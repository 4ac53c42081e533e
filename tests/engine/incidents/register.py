"""A process that asks a register, in a partnership of its own: what can stop, stops here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from engine import cases, definitions, inbox, incidents, people
from engine.cases import Subject
from engine.database import reading, transaction
from engine.errors import Incident
from engine.tables import area, event, incident, organisation, person, role_held, user_task
from policy.authorization import Actor
from tests.faults import steps

PEOPLE = {"ada": "practitioner", "olu": "operator", "gil": "governance_approver", "vic": "auditor"}

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
PROCESS = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {ZEEBE}
id="d" targetNamespace="t">
<process id="ask" name="Ask the register" isExecutable="true">
<extensionElements><zeebe:properties>
<zeebe:property name="handrail:start_roles" value="practitioner" />
<zeebe:property name="handrail:title" value="Ask the register" />
</zeebe:properties></extensionElements>
<startEvent id="begin" name="Begin">
<extensionElements><zeebe:formDefinition formId="step" /></extensionElements></startEvent>
<userTask id="prepare" name="Prepare the question"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
<zeebe:formDefinition formId="step" /></extensionElements></userTask>
<serviceTask id="fetch" name="Look in the register"><extensionElements>
<zeebe:taskDefinition type="fetch" />
<zeebe:ioMapping><zeebe:input source="=go_on" target="asked" /></zeebe:ioMapping>
</extensionElements></serviceTask>
<exclusiveGateway id="found_q" name="Found?" default="not_found" />
<userTask id="read" name="Read what was found"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
</extensionElements></userTask>
<userTask id="check" name="Have it checked"><extensionElements>
<zeebe:assignmentDefinition candidateGroups="dsl" /></extensionElements></userTask>
<endEvent id="done" name="Done" />
<sequenceFlow id="f1" sourceRef="begin" targetRef="prepare" />
<sequenceFlow id="f2" sourceRef="prepare" targetRef="fetch" />
<sequenceFlow id="f3" sourceRef="fetch" targetRef="found_q" />
<sequenceFlow id="yes" name="Yes" sourceRef="found_q" targetRef="read">
<conditionExpression>=found</conditionExpression></sequenceFlow>
<sequenceFlow id="not_found" name="No" sourceRef="found_q" targetRef="check" />
<sequenceFlow id="f4" sourceRef="read" targetRef="done" />
<sequenceFlow id="f5" sourceRef="check" targetRef="done" />
</process></definitions>"""
FILES = {"ask.bpmn": PROCESS.encode(), "forms/step.form": (steps.HERE / "step.form").read_bytes()}


@dataclass
class Register:
    """The operation behind the service task. `answers` are given in turn; an exception is raised."""

    answers: list[Any] = field(default_factory=list)
    asked: list[Mapping[str, Any]] = field(default_factory=list)

    def __call__(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(dict(inputs))
        answer = self.answers.pop(0) if self.answers else Incident("Expected the register to be open.")
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class World:
    """A partnership with the process published, and what its people do."""

    engine: Engine
    clock: Any
    register: Register
    files: Mapping[str, bytes] = field(default_factory=lambda: FILES)
    issuer: str = "i"

    def build(self) -> World:
        with transaction(self.engine) as db:
            db.execute(insert(area), {"id": "a", "name": "Area"})
            db.execute(insert(organisation), {"id": "o", "area_id": "a", "name": "School", "kind": "school"})
            for name, role in PEOPLE.items():
                who = {"id": name, "area_id": "a", "name": name.title(), "issuer": self.issuer}
                who |= {"subject": name}
                db.execute(insert(person), who)
                self.give(db, name, role)
            definitions.publish(db, "a", self.files, by=None, now=self.clock.now)
        return self

    def give(self, db: Connection, name: str, role: str) -> None:
        held = {"person_id": name, "organisation_id": "o", "role": role, "since": self.clock.now}
        db.execute(insert(role_held), held)

    def actor(self, db: Connection, name: str) -> Actor:
        return people.actor(db, name, self.clock.now)

    def open(self, name: str = "ada", process: str = "ask") -> cases.Opened:
        with transaction(self.engine) as db:
            return cases.open_case(
                db,
                self.actor(db, name),
                process=process,
                subjects=[Subject("Maya Fenn", "child")],
                answers={"go_on": "yes"},
                organisation_id="o",
                clock=self.clock,
            )

    def prepare(self, opened: cases.Opened, go_on: str = "yes") -> inbox.Completed:
        """Complete the first task, which asks the register."""
        with transaction(self.engine) as db:
            return inbox.complete(db, self.actor(db, "ada"), opened.tasks[0], {"go_on": go_on}, self.clock)

    def stopped(self, *answers: Any) -> cases.Opened:
        """A case that stopped at the register (or after the answers given)."""
        self.register.answers = list(answers)
        opened = self.open()
        self.prepare(opened)
        return opened

    def incidents(self, name: str = "olu") -> list[incidents.IncidentItem]:
        with reading(self.engine) as db:
            return list(incidents.unresolved(db, self.actor(db, name)).items)

    def only(self) -> str:
        (found,) = self.incidents()
        return found.id

    def view(self, incident_id: str, name: str = "olu") -> incidents.IncidentView:
        with reading(self.engine) as db:
            return incidents.view(db, self.actor(db, name), incident_id)

    def do(self, command: Any, incident_id: str, *rest: Any, by: str = "olu", **more: Any) -> Any:
        with transaction(self.engine) as db:
            return command(db, self.actor(db, by), incident_id, *rest, clock=self.clock, **more)

    def tasks(self, opened: cases.Opened, state: str = "open") -> list[str]:
        with reading(self.engine) as db:
            query = select(user_task.c.element).where(
                user_task.c.case_id == opened.case_id, user_task.c.state == state
            )
            return sorted(db.execute(query).scalars())

    def events(self, opened: cases.Opened, prefix: str = "") -> list[str]:
        with reading(self.engine) as db:
            query = select(event.c.kind).where(event.c.chain == opened.case_id).order_by(event.c.seq)
            return [kind for kind in db.execute(query).scalars() if kind.startswith(prefix)]

    def resolution(self, incident_id: str) -> str | None:
        with reading(self.engine) as db:
            return db.execute(select(incident.c.resolution).where(incident.c.id == incident_id)).scalar_one()
