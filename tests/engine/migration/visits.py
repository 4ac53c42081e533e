"""A process with a ninety-day wait and a task, in two releases, and the people who look after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engine import cases, definitions, inbox, migration
from engine.cases import Subject
from engine.database import reading, transaction
from engine.migration import Batch, Change, Step
from engine.tables import instance, subscription, timer, user_task
from tests.engine.incidents.register import World
from tests.faults import steps

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
DECIDE = (
    '<userTask id="{id}" name="{name}"><extensionElements>'
    '<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />'
    '<zeebe:formDefinition formId="{form}" />'
    '<zeebe:taskSchedule dueDate="=deadline(&quot;{clock}&quot;)" /></extensionElements></userTask>'
)
LATE = (
    '<boundaryEvent id="late" name="Late" attachedToRef="{host}" cancelActivity="false">'
    "<timerEventDefinition><timeDuration>P{days}D</timeDuration></timerEventDefinition></boundaryEvent>"
    '<task id="remind" name="Remind" /><sequenceFlow id="l" sourceRef="late" targetRef="remind" />'
)


def visit(decide: str, end: str = "", *, form: str = "step", days: int = 5, first: str = "") -> bytes:
    """Decide, then wait for ninety days, then close. `first` is a task in front."""
    clock = "decision_record" if days == 5 else "advice_urgent"
    flow = f'<sequenceFlow id="f0" sourceRef="begin" targetRef="{first or decide}" />'
    more = f'<userTask id="{first}" /><sequenceFlow id="f9" sourceRef="{first}" targetRef="{decide}" />'
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {ZEEBE}
id="d" targetNamespace="t">
<process id="visit" name="Visit" isExecutable="true"><extensionElements><zeebe:properties>
<zeebe:property name="handrail:start_roles" value="practitioner" />
<zeebe:property name="handrail:title" value="Visit" />
</zeebe:properties></extensionElements>
<startEvent id="begin"><extensionElements>
<zeebe:formDefinition formId="step" /></extensionElements></startEvent>
{flow}{more if first else ""}
{DECIDE.format(id=decide, name="Decide", form=form, clock=clock)}
<sequenceFlow id="f1" sourceRef="{decide}" targetRef="wait" />
<intermediateCatchEvent id="wait" name="Ninety days"><timerEventDefinition>
<timeDuration>P{90 if days == 5 else 10}D</timeDuration></timerEventDefinition></intermediateCatchEvent>
<sequenceFlow id="f2" sourceRef="wait" targetRef="done" /><endEvent id="done" />
{end}</process></definitions>""".encode()


STEP = (steps.HERE / "step.form").read_bytes()
FIRST = {"visit.bpmn": visit("decide", LATE.format(host="decide", days=3)), "forms/step.form": STEP}
SECOND = {
    "visit.bpmn": visit("judge", form="better", days=9),
    "forms/step.form": STEP,
    "forms/better.form": STEP.replace(b'"id": "step"', b'"id": "better"'),
}
CHANGE = Change("visit", 1, 2)


@dataclass
class Visits(World):
    """The partnership with release 1 in force; `publish` puts another in force."""

    def publish(self, files: Mapping[str, bytes]) -> None:
        with transaction(self.engine) as db:
            definitions.publish(db, "a", files, by=None, now=self.clock.now)

    def start(self, count: int) -> list[cases.Opened]:
        with transaction(self.engine) as db:
            by = self.actor(db, "ada")
            return [
                cases.open_case(
                    db,
                    by,
                    process="visit",
                    subjects=[Subject("Maya Fenn", "child")],
                    answers={"go_on": "yes"},
                    organisation_id="o",
                    clock=self.clock,
                )
                for _ in range(count)
            ]

    def decide(self, opened: cases.Opened) -> None:
        with transaction(self.engine) as db:
            inbox.complete(db, self.actor(db, "ada"), opened.tasks[0], {"go_on": "yes"}, self.clock)

    def plan(self, by: str = "gil", change: Change = CHANGE) -> migration.MigrationPlan:
        with reading(self.engine) as db:
            return migration.plan(db, self.actor(db, by), change)

    def rehearse(self, *plan: Step, **more: Any) -> Batch:
        with reading(self.engine) as db:
            return migration.rehearse(db, self.actor(db, "gil"), CHANGE, plan, self.clock, **more)

    def apply(self, *plan: Step, by: str = "gil", change: Change = CHANGE, **more: Any) -> Batch:
        with transaction(self.engine) as db:
            return migration.apply(db, self.actor(db, by), change, plan, "New guidance.", self.clock, **more)

    def undo(self, change: Change = CHANGE, **more: Any) -> Batch:
        with transaction(self.engine) as db:
            return migration.undo(db, self.actor(db, "gil"), change, "Too early.", self.clock, **more)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Everything the tables say about instances, tasks, timers or subscriptions."""
        table = {each.name: each for each in (instance, user_task, timer, subscription)}[name]
        with reading(self.engine) as db:
            return [dict(row) for row in db.execute(select(table).order_by(*table.primary_key)).mappings()]
