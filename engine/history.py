"""Reads the history of a case back, in plain words. Looking at it is itself recorded, by `cases.view`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, exists, false, or_, select, true

from engine import access, definitions, people
from engine.audit.events import EVENTS, MACHINERY
from engine.diagrams import Diagram, Element
from engine.diagrams.steps import step_name
from engine.errors import InvalidInput
from engine.execution import RESERVED
from engine.pages import Page, checked_limit
from engine.tables import event, instance, user_task
from policy.authorization import Actor
from policy.clocks.clock import say
from policy.roles import ROLES


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `who` is a person's name, or None when the service itself did it.

    `folded`: another line of the story says it too, such as that a task waited which was then completed.
    """

    seq: int
    at: datetime
    kind: str
    text: str
    who: str | None
    role: str | None
    element: str | None
    task_id: str | None
    instance_id: str | None
    machinery: bool
    folded: bool


_told = event.alias("told")
_NEAR = 50  # events: what one command says of one thing stands close together


def _also_told(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Another event of the same history, of which this holds."""
    return exists().where(_told.c.area_id == event.c.area_id, _told.c.chain == event.c.chain, *conditions)


def _just_before(kind: str, of: str) -> ColumnElement[bool]:
    """The same command said this first, with the same in the column `of`."""
    near = _told.c.seq.between(event.c.seq - _NEAR, event.c.seq)
    return _also_told(near, _told.c.at == event.c.at, _told.c.kind == kind, _told.c[of] == event.c[of])


def _later(*kinds: str) -> ColumnElement[bool]:
    """The same task has an event of one of these kinds after this one."""
    of_task = _told.c.task_id == event.c.task_id
    return _also_told(of_task, _told.c.seq > event.c.seq, _told.c.kind.in_(kinds))


_WAITS = ("task.opened", "task.offered")
_WAITS_NO_MORE = case(
    (user_task.c.state != "open", true()),
    (user_task.c.assignee_id.is_(None), _later("task.offered")),
    else_=_later("task.offered", "task.claimed", "task.reassigned"),
)
_FOLDED = case(  # by kind first: a database may otherwise search the history for every event
    (and_(event.c.kind.in_(_WAITS), user_task.c.id.is_not(None)), _WAITS_NO_MORE),
    (event.c.kind == "task.claimed", user_task.c.completed_by == event.c.actor_id),
    (event.c.kind == "message.delivered", _just_before("message.received", of="instance_id")),
    (event.c.kind == "member.added", _just_before("task.claimed", of="actor_id")),
    else_=false(),
)
_PAGE = (
    select(
        event,
        _FOLDED.label("folded"),
        user_task.c.state.label("task_state"),
        user_task.c.assignee_id,
        instance.c.process,
        instance.c.release_id,
    )
    .select_from(
        event.outerjoin(
            user_task, and_(user_task.c.area_id == event.c.area_id, user_task.c.id == event.c.task_id)
        ).outerjoin(
            instance, and_(instance.c.area_id == event.c.area_id, instance.c.id == event.c.instance_id)
        )
    )
    .where(
        event.c.area_id == bindparam("a"), event.c.chain == bindparam("c"), event.c.seq < bindparam("before")
    )
    .order_by(event.c.seq.desc())
    .limit(bindparam("n"))
)
_STORY = _PAGE.where(event.c.kind.not_in(sorted(MACHINERY)), or_(_FOLDED.is_(None), _FOLDED.is_(false())))
_END = 2**62


def timeline(
    db: Connection,
    by: Actor,
    case_id: str,
    *,
    cursor: str | None = None,
    limit: int = 50,
    everything: bool = True,
) -> Page[Entry]:
    """The history of a case, newest first. With `everything=False` only what tells the story."""
    access.require_case(db, by, "history:read", case_id)
    return entries(db, by.area_id, case_id, cursor=cursor, limit=limit, everything=everything)


def entries(
    db: Connection, area_id: str, case_id: str, *, cursor: str | None, limit: int, everything: bool
) -> Page[Entry]:
    """A page of history for a caller who has been allowed to see it."""
    count = checked_limit(limit)
    key = {"a": area_id, "c": case_id, "before": _before(cursor), "n": count + 1}
    rows = db.execute(_PAGE if everything else _STORY, key).all()
    shown = rows[:count]
    payloads = [orjson.loads(row.payload) for row in shown]
    names = people.names(db, _people(shown, payloads))
    told = tuple(_entry(db, row, said, names) for row, said in zip(shown, payloads, strict=True))
    return Page(told, str(told[-1].seq) if len(rows) > count else None)


def _people(rows: Sequence[Any], payloads: Sequence[Mapping[str, Any]]) -> list[str]:
    """Everybody whom these events may name."""
    doing = [who for row in rows for who in (row.actor_id, row.assignee_id)]
    said = [payload.get(_NAMED.get(row.kind, "")) for row, payload in zip(rows, payloads, strict=True)]
    return [who for who in (*doing, *said) if who]


_NAMED: Final = {"member.added": "person", "task.reassigned": "to"}  # where a payload holds a person's id


def _before(cursor: str | None) -> int:
    if cursor is None:
        return _END
    if not cursor.isdecimal() or len(cursor) > 18:
        raise InvalidInput("Expected a cursor from the page before.")
    return int(cursor)


def _entry(db: Connection, row: Any, payload: dict[str, Any], names: Mapping[str, str]) -> Entry:
    said = dict(payload)
    if (named := _NAMED.get(row.kind, "")) in said:
        said[named] = names.get(said[named], "somebody")
    if name := _name(db, row, payload):
        said["name"] = name
    if row.kind in _PLAIN:
        said |= _PLAIN[row.kind](payload)
    return Entry(
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        text=_still_waiting(row, said, names) or sentence(row.kind, said),
        who=names.get(row.actor_id),
        role=row.actor_role,
        element=row.element,
        task_id=row.task_id,
        instance_id=row.instance_id,
        machinery=row.kind in MACHINERY,
        folded=bool(row.folded),
    )


def _reasons(payload: Mapping[str, Any]) -> dict[str, str]:
    """Why a table decided so, without the numbers of its rules and where each reason was found."""
    written = (text for rule in payload.get("rules", ()) for text in rule["annotations"])
    reasons = dict.fromkeys(_FOUND_IN.sub("", text).strip() for text in written)
    return {"why": " ".join(filter(None, reasons))} if any(reasons) else {}


def _changed(payload: Mapping[str, Any]) -> dict[str, str]:
    """What changed of what people said, by name. What every case knows of itself is left out."""
    names = [name for name in payload.get("variables", "").split(", ") if name not in RESERVED]
    return {"variables": ", ".join(names).replace("_", " ")} if any(names) else {}


_FOUND_IN: Final = re.compile(r"\s*\[[^\][]*;[^\][]*\]$")  # "[Working Together, chapter 1; V:W1]"
_PLAIN: Final = {"decision.evaluated": _reasons, "variables.changed": _changed}


def _still_waiting(row: Any, said: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Of a task that is still open: for whom."""
    if row.kind not in _WAITS or row.task_state != "open":
        return ""
    role = _words("role", said.get("role", "one person"))
    whom = f"{names[row.assignee_id]} ({role})" if row.assignee_id in names else role
    return f"“{said.get('name', '…')}” is waiting for {whom}"


def _name(db: Connection, row: Any, payload: Mapping[str, Any]) -> str:
    """What the diagram calls the step, where the event has only its id; "" where the event knows better."""
    known = payload.get("name")
    if row.release_id is None or not row.element or known not in (None, row.element):
        return ""
    bundle = definitions.bundle(db, definitions.load(db, row.release_id), row.process)
    found = (each.elements[row.element] for each in bundle.diagrams.values() if row.element in each.elements)
    node = next(found, None)
    if node is None:
        return str(payload.get("message", ""))
    return node.name or payload.get("message") or _unnamed(node, bundle.diagrams.values())


def _unnamed(node: Element, drawn: Iterable[Diagram]) -> str:
    """The kind of step; of an event on an activity, with the name of the activity."""
    beside = node.attached_to
    host = next((each.elements[beside] for each in drawn if beside in each.elements), None)
    return f"{step_name(host)}: {step_name(node)}" if host else step_name(node)


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(kind: str, payload: dict[str, Any]) -> str:
    """What an event says, with role codes turned into names."""
    words = {key: _words(key, value) for key, value in payload.items()}
    return EVENTS[kind].format_map(_Blank(words))


_RELATIONS: Final = {
    "lead": "the one who leads it",
    "member": "a member",
    "adviser": "somebody asked for one thing",
}


def _words(key: str, value: Any) -> str:
    if key == "role" and value in ROLES:
        return ROLES[value].name
    if key == "relation":
        return _RELATIONS.get(value, str(value))
    if key == "due" and value:
        return say(datetime.fromisoformat(value))
    return str(value)
