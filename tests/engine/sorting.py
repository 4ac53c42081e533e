"""A school that sorts people by age: a diagram that asks a table, and cases of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, insert, select

from engine import cases, definitions, history, inbox, incidents, instances
from engine.cases import Subject
from engine.database import reading, transaction
from engine.spiff import commands
from engine.tables import event, person, role_held
from policy.authorization import Actor
from tests.dmn.models import decision, inputs, source, table
from tests.faults import steps
from tests.travelling import TravellingClock

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


def diagram(asks: str = "age_group", result: str = "group", mapping: str = "") -> bytes:
    """Start, a task that asks the age, a decision on it, a task."""
    variable = f' resultVariable="{result}"' if result else ""
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {ZEEBE}
id="d" targetNamespace="t">
<process id="sort" name="Sort by age" isExecutable="true"><extensionElements><zeebe:properties>
<zeebe:property name="handrail:start_roles" value="practitioner" /></zeebe:properties></extensionElements>
<startEvent id="begin" name="Begin">
<extensionElements><zeebe:formDefinition formId="age" /></extensionElements></startEvent>
<userTask id="ask" name="Ask the age"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
<zeebe:formDefinition formId="age" /></extensionElements></userTask>
<businessRuleTask id="decide" name="Which group?"><extensionElements>
<zeebe:calledDecision decisionId="{asks}"{variable} />{mapping}</extensionElements></businessRuleTask>
<userTask id="act" name="Act"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
</extensionElements></userTask>
<endEvent id="done" name="Done" />
<sequenceFlow id="f1" sourceRef="begin" targetRef="ask" />
<sequenceFlow id="f2" sourceRef="ask" targetRef="decide" />
<sequenceFlow id="f3" sourceRef="decide" targetRef="act" />
<sequenceFlow id="f4" sourceRef="act" targetRef="done" />
</process></definitions>""".encode()


FORM = orjson.dumps(
    {
        "type": "default",
        "id": "age",
        "schemaVersion": 19,
        "components": [{"type": "number", "id": "age", "key": "age", "label": "Age in years"}],
    }
)


def sorting(*rows: str, needs: str = "age") -> bytes:
    """A table on the age. Each row gives a reason: because, and its test."""
    return source(
        inputs(needs, kind="number") + decision("age_group", table(list(rows), ask=needs), needs=(needs,))
    )


CHILDREN = sorting('< 18 -> "child"', '[18..25] -> "care leaver"')


def files(*tables: bytes, **drawn: str) -> dict[str, bytes]:
    named = {f"decisions/{number}.dmn": content for number, content in enumerate(tables, start=1)}
    return {"sort.bpmn": diagram(**drawn), "forms/age.form": FORM} | named


class World:
    """A school that sorts by age."""

    def __init__(self, engine: Engine, clock: TravellingClock) -> None:
        steps.load(engine, clock)
        self.engine, self.clock = engine, clock
        with transaction(engine) as db:
            olu = {"id": "olu", "area_id": "a", "name": "Olu", "issuer": "i", "subject": "olu"}
            held = {"organisation_id": "o", "role": "operator", "since": clock.now}
            db.execute(insert(person), olu)
            db.execute(insert(role_held), held | {"person_id": "olu"})

    def actor(self, db: Connection, name: str) -> Actor:
        return steps.actor(db, name, self.clock)

    def publish(self, of: Mapping[str, bytes]) -> None:
        with transaction(self.engine) as db:
            definitions.publish(db, "a", of, by=None, now=self.clock.now)

    def open(self) -> cases.Opened:
        with transaction(self.engine) as db:
            return cases.open_case(
                db,
                self.actor(db, "ada"),
                process="sort",
                subjects=[Subject("Maya Fenn", "child")],
                answers={"age": 1},
                organisation_id="o",
                clock=self.clock,
            )

    def answer(self, opened: cases.Opened, age: int) -> None:
        with transaction(self.engine) as db:
            inbox.complete(db, self.actor(db, "ada"), opened.tasks[0], {"age": age}, self.clock)

    def sorted(self, age: int) -> cases.Opened:
        opened = self.open()
        self.answer(opened, age)
        return opened

    def facts(self, opened: cases.Opened) -> list[dict[str, Any]]:
        query = select(event.c.payload).where(
            event.c.chain == opened.case_id, event.c.kind == "decision.evaluated"
        )
        with reading(self.engine) as db:
            return [orjson.loads(payload) for payload in db.execute(query).scalars()]

    def told(self, opened: cases.Opened) -> list[str]:
        with reading(self.engine) as db:
            entries = history.timeline(db, self.actor(db, "ada"), opened.case_id).items
            return [entry.text for entry in entries if entry.kind == "decision.evaluated"]

    def incidents(self) -> list[incidents.IncidentItem]:
        with reading(self.engine) as db:
            return list(incidents.unresolved(db, self.actor(db, "olu")).items)

    def variables(self, opened: cases.Opened) -> dict[str, Any]:
        with transaction(self.engine) as db:
            of = instances.lock(db, "a", opened.instance_id, self.clock, None)
            bundle = definitions.bundle(db, of.release, of.process)
            return dict(commands.look(bundle, of.state or b"").variables)
