"""Tasks: what a person does, what a named operation does, and what passes by itself."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.execution import OpenedJob, OpenedTask
from policy.roles import ROLES

from .. import timers
from ..script import Expression, Stuck, whole
from .base import Activity

URGENT = 90
PRIORITY = 50
BESIDE = "handrail:beside"  # task property: a role, whose name stands beside the task's own


class Plain(Activity, defaults.NoneTask):
    """A task of no kind passes; SpiffWorkflow alone would wait."""

    kind = "task"

    def __init__(self, wf_spec: Any, name: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.manual = False

    def act(self, token: Any) -> bool:
        self.take(token, {})
        return True


class Human(Activity):
    """Waits for a person."""

    def ready(self, token: Any) -> None:
        token.workflow.top_workflow.journal.tasks[token.id] = opened(token)

    def withdrawn(self, token: Any) -> None:
        if token._state == TaskState.READY:
            token.workflow.top_workflow.journal.task_closed(token, "cancelled")


class User(Human, defaults.UserTask):
    kind = "userTask"


class Manual(Human, defaults.ManualTask):
    kind = "manualTask"


class Job(Activity):
    """Waits for a named operation of the product's own registry."""

    def act(self, token: Any) -> None:
        journal = token.workflow.top_workflow.journal
        inputs = token.data.own() if token.data.owner == token.id else {}
        journal.jobs[token.id] = OpenedJob(token.id, self.bpmn_id, self.extensions.operation or "", inputs)

    def withdrawn(self, token: Any) -> None:
        if token._state == TaskState.STARTED:
            token.workflow.top_workflow.journal.job_gone(token)


class Service(Job, defaults.ServiceTask):
    kind = "serviceTask"


class BusinessRule(Job, defaults.ServiceTask):
    """Waits for a decision, or for a named operation."""

    kind = "businessRuleTask"

    def act(self, token: Any) -> None:
        said = self.extensions
        if said.decision is None:
            super().act(token)
            return
        jobs, variables = token.workflow.top_workflow.journal.jobs, dict(token.data.items())
        jobs[token.id] = OpenedJob(token.id, self.bpmn_id, "", variables, said.decision, said.result or "")


def opened(token: Any) -> OpenedTask:
    """Everything the inbox keeps about a task. Raises Stuck when an expression of it gives nothing usable."""
    spec = token.task_spec
    said, engine = spec.extensions, token.workflow.script_engine
    due = moment(token, said.due, "a due date")
    reckoned = engine.environment.reckoned if said.due is not None else None
    properties = {name: _property(token, value) for name, value in said.properties}
    urgent = properties.get("handrail:urgent") == "true"
    return OpenedTask(
        token.id,
        spec.bpmn_id,
        _named(spec, properties),
        spec.kind,
        role=engine.text(token, said.role, "the role"),
        assignee=_person(token),
        form=said.form,
        due=due,
        reckoned=reckoned,
        follow_up=moment(token, said.follow_up, "a follow-up date"),
        priority=URGENT if urgent else _priority(token, said.priority),
        properties=properties,
    )


def _named(spec: Any, properties: Mapping[str, str]) -> str:
    """What tells the tasks of one element apart. Only a role can: no name says what somebody answered."""
    beside = properties.get(BESIDE)
    words: str = spec.bpmn_name or spec.bpmn_id
    return f"{words} ({ROLES[beside].name})" if beside in ROLES else words


def _person(token: Any) -> str | None:
    """Whose task it is. An expression that gives nobody leaves it to all who hold the task's role."""
    said, engine = token.task_spec.extensions, token.workflow.script_engine
    if said.assignee is not None and said.role is not None and engine.evaluate(token, said.assignee) is None:
        return None
    person: str | None = engine.text(token, said.assignee, "the person")
    return person


def moment(token: Any, expression: Expression | None, what: str) -> datetime | None:
    """A due time: an instant, a date, or a duration from now."""
    if expression is None:
        return None
    engine = token.workflow.script_engine
    value = engine.evaluate(token, expression)
    try:
        if isinstance(value, str) and value.startswith("P"):
            return timers.duration(value).after(engine.clock.now)
        return timers.instant(timers.moment(value))
    except ValueError as error:
        raise Stuck(f"Expected {what}, but `{expression.text}` did not give one.") from error


def _property(token: Any, expression: Expression) -> str:
    value = token.workflow.script_engine.value(token, expression)
    if isinstance(value, str):
        return value
    return "" if value is None else orjson.dumps(value).decode()


def _priority(token: Any, expression: Expression | None) -> int:
    if expression is None:
        return PRIORITY
    value = token.workflow.script_engine.value(token, expression)
    value = whole(value) if isinstance(value, str) else value
    if type(value) is int and 0 <= value <= 100:
        return value
    raise Stuck(f"Expected a priority from 0 to 100, but `{expression.text}` did not give one.")
