"""Writes what a command opened and closed into the rows that inboxes, clocks and messages are read from.

Nothing ever restores an instance to look at it, so these rows must say everything that a list shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from engine import access, people
from engine.audit.record import Ledger
from engine.execution import ArmedTimer, ClosedTask, Failure, OpenedSubscription, OpenedTask, Thrown
from engine.identifiers import new_id
from engine.outcome import Outcome
from engine.tables import FAR, incident, subscription, timer, user_task
from policy.roles import ROLES

_MINE = user_task.c.area_id == bindparam("a"), user_task.c.instance_id == bindparam("i")
_CLOSE = (
    update(user_task)
    .where(*_MINE, user_task.c.token == bindparam("t"))
    .values(state=bindparam("s"), closed_at=bindparam("now"), completed_by=bindparam("p"))
)
_NAMED = select(user_task.c.token, user_task.c.name).where(
    *_MINE, user_task.c.token.in_(bindparam("tokens", expanding=True))
)
_DISARM = (
    delete(timer)
    .where(
        timer.c.area_id == bindparam("a"),
        timer.c.instance_id == bindparam("i"),
        timer.c.token.in_(bindparam("tokens", expanding=True)),
    )
    .returning(timer.c.token, timer.c.element, timer.c.name)
)
_UNSUBSCRIBE = (
    delete(subscription)
    .where(
        subscription.c.area_id == bindparam("a"),
        subscription.c.instance_id == bindparam("i"),
        subscription.c.token.in_(bindparam("tokens", expanding=True)),
    )
    .returning(subscription.c.token, subscription.c.opened_at)
)
_OPEN, _ARM, _SUBSCRIBE, _RAISE = insert(user_task), insert(timer), insert(subscription), insert(incident)


class _Rows:
    """The rows of one command on one instance. They share their key and their ledger."""

    def __init__(self, db: Connection, ids: dict[str, str], ledger: Ledger) -> None:
        self.db, self.ids, self.ledger = db, ids, ledger
        self.key = {"a": ids["area_id"], "i": ids["instance_id"]}

    def note(self, kind: str, element: str, payload: dict[str, Any], task_id: str | None = None) -> None:
        instance_id = self.ids["instance_id"]
        self.ledger.add(kind, instance_id=instance_id, task_id=task_id, element=element, payload=payload)


def write(
    db: Connection,
    area_id: str,
    case_id: str,
    instance_id: str,
    organisation_id: str,
    outcome: Outcome,
    ledger: Ledger,
    roles: Mapping[str | None, str | None],
) -> None:
    """Bring the rows of one instance up to date with what a command did to it.

    `roles`: in which role people do the tasks that the diagram gives to them and not to a role's pool.
    """
    rows = _Rows(db, {"area_id": area_id, "case_id": case_id, "instance_id": instance_id}, ledger)
    _close_tasks(rows, outcome)
    _open_tasks(rows, outcome, organisation_id, roles)
    _timers(rows, outcome)
    _subscriptions(rows, outcome)
    _incidents(rows, list(outcome.failures.values()))


def _close_tasks(rows: _Rows, outcome: Outcome) -> None:
    closed = list(outcome.closed.values())
    if not closed:
        return
    rows.db.execute(_CLOSE, [rows.key | _closing(rows, task) for task in closed])
    cancelled = {task.token: task.element for task in closed if task.how == "cancelled"}
    if cancelled:
        named = {row.token: row.name for row in rows.db.execute(_NAMED, rows.key | {"tokens": [*cancelled]})}
        for token, element in cancelled.items():
            rows.note("task.cancelled", element, {"name": named[token]})


def _closing(rows: _Rows, task: ClosedTask) -> dict[str, Any]:
    """Only a person completes a task, so whoever the command belongs to completed it."""
    by = rows.ledger.actor_id if task.how == "completed" else None
    return {"t": task.token, "s": task.how, "now": rows.ledger.at, "p": by}


def _open_tasks(
    rows: _Rows, outcome: Outcome, organisation_id: str, roles: Mapping[str | None, str | None]
) -> None:
    opened = [_task_row(rows, task, organisation_id, roles) for task in outcome.opened.values()]
    if not opened:
        return
    rows.db.execute(_OPEN, opened)
    for row in opened:
        payload = {"name": row["name"], "role": row["role"] or "one person", "due": _stamp(row["due_at"])}
        rows.note("task.opened", row["element"], payload, task_id=row["id"])


def _task_row(
    rows: _Rows, task: OpenedTask, organisation_id: str, roles: Mapping[str | None, str | None]
) -> dict[str, Any]:
    role, place, chosen = task.role, organisation_id, task.properties.get(access.ASKED, "")
    if role and task.assignee:
        role = roles.get(task.assignee) or role
    if role and (chosen or not task.assignee):
        area_id, but = rows.ids["area_id"], task.properties.get(access.NOT_BY, "")
        place, held = access.answering(rows.db, area_id, role, chosen, place, rows.ledger.at, but)
        if not held and not task.assignee:
            _nobody(rows, task, role, place)
    return rows.ids | {
        "id": new_id(),
        "token": task.token,
        "element": task.element,
        "name": task.name,
        "role": role,
        "organisation_id": place,
        "assignee_id": task.assignee,
        "state": "open",
        "form": task.form,
        "properties": dict(task.properties),
        "priority": task.priority,
        "opened_at": rows.ledger.at,
        "due_at": task.due or FAR,
        "reckoned": task.reckoned,
        "follow_up_at": task.follow_up,
    }


def _nobody(rows: _Rows, task: OpenedTask, role: str, place: str) -> None:
    """Nobody holds the role where the task waits: an operator is told."""
    where = people.organisation_names(rows.db, [place])[place]
    who = f"a {ROLES[role].name} at {where}"
    other = " else" if task.properties.get(access.NOT_BY) else ""
    cause = f"Expected somebody{other} who is {who}, but nobody is. Give the role to somebody."
    _incidents(rows, [Failure(task.token, task.element, cause, task.name)])


def _stamp(at: Any) -> str | None:
    return None if at == FAR else at.isoformat()


def _timers(rows: _Rows, outcome: Outcome) -> None:
    if outcome.timers_gone:
        _disarm(rows, outcome)
    if outcome.timers:
        rows.db.execute(_ARM, [_timer_row(rows, each) for each in outcome.timers.values()])
    for each in outcome.timers.values():
        rows.note(
            "timer.armed", each.element, {"name": each.name or each.element, "due": each.due.isoformat()}
        )


def _disarm(rows: _Rows, outcome: Outcome) -> None:
    """Stop clocks. One that ran out says so by itself."""
    gone = rows.db.execute(_DISARM, rows.key | {"tokens": sorted(outcome.timers_gone)})
    for row in gone.all():
        if row.token not in outcome.fired:
            rows.note("timer.disarmed", row.element, {"name": row.name})


def _timer_row(rows: _Rows, each: ArmedTimer) -> dict[str, Any]:
    row = {"token": each.token, "element": each.element, "name": each.name or each.element}
    return rows.ids | row | {"due_at": each.due, "reckoned": each.reckoned}


def _subscriptions(rows: _Rows, outcome: Outcome) -> None:
    since: dict[str, datetime] = {}
    if outcome.subscriptions_gone:
        gone = rows.db.execute(_UNSUBSCRIBE, rows.key | {"tokens": sorted(outcome.subscriptions_gone)})
        since = {row.token: row.opened_at for row in gone.all()}
    if outcome.subscriptions:
        opened = [_subscription_row(rows, each, since) for each in outcome.subscriptions]
        rows.db.execute(_SUBSCRIBE, opened)


def _subscription_row(rows: _Rows, each: OpenedSubscription, since: Mapping[str, datetime]) -> dict[str, Any]:
    """`since`: when a token began to wait that waits for something else now. It keeps its place."""
    return rows.ids | {
        "token": each.token,
        "element": each.element,
        "kind": each.kind,
        "message": each.message,
        "correlation": each.correlation,
        "opened_at": since.get(each.token, rows.ledger.at),
    }


def _incidents(rows: _Rows, failures: list[Failure]) -> None:
    for each in failures:
        name = each.name or each.element
        row = {"id": new_id(), "token": each.token, "element": each.element, "cause": each.cause}
        rows.db.execute(_RAISE, rows.ids | row | {"name": name, "raised_at": rows.ledger.at})
        rows.note("incident.raised", each.element, {"name": name, "cause": each.cause})


_OF_INSTANCE = (
    incident.c.area_id == bindparam("a"),
    incident.c.instance_id == bindparam("i"),
    incident.c.resolved_at.is_(None),
)
_HELD = "held "  # stands before the id of a message where the token of an incident would
_PASS_ALL = (
    update(incident)
    .where(*_OF_INSTANCE, incident.c.token.not_like(f"{_HELD}%"))
    .values(resolved_at=bindparam("now"), resolution="passed")
    .returning(incident.c.element, incident.c.name)
)
_PASS = _PASS_ALL.where(incident.c.token.in_(bindparam("tokens", expanding=True)))


def pass_incidents(
    db: Connection, area_id: str, instance_id: str, outcome: Outcome, status: str, ledger: Ledger
) -> None:
    """Close the incidents of tokens that are not where they were: nobody has to look at them any more."""
    tokens = outcome.gone | outcome.failures.keys()
    key = {"a": area_id, "i": instance_id, "now": ledger.at}
    if status != "running":
        passed = db.execute(_PASS_ALL, key).all()
    elif tokens:
        passed = db.execute(_PASS, key | {"tokens": sorted(tokens)}).all()
    else:
        return
    for row in sorted(passed):
        payload = {"name": row.name}
        ledger.add("incident.passed", instance_id=instance_id, element=row.element, payload=payload)


# What was held back ----------------------------------------------------------------------------------------


def raise_held(
    db: Connection,
    ids: Mapping[str, str],
    held: str,
    thrown: Thrown,
    cause: str,
    ledger: Ledger,
) -> None:
    """An operator is told of a message that was not sent on. `ids`: of the instance that sent it."""
    failure = Failure(f"{_HELD}{held}", thrown.element, cause, thrown.name)
    _incidents(_Rows(db, dict(ids), ledger), [failure])


def held_message(token: str) -> str | None:
    """The id of the message that an incident is about, or None when it is about a token."""
    return token.removeprefix(_HELD) if token.startswith(_HELD) else None
