"""What happened in a case, newest first: the story, or every step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request

from engine import cases, history
from engine.history import Entry
from policy.roles import ROLES
from web.routes import Answer, Visit, action, page, pages

blueprint = pages("history")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history as it is read."""

    at: datetime
    said: str


def said(entry: Entry) -> str:
    """Who did what. Events that begin with a capital or a quotation mark say themselves what happened."""
    if not entry.text[:1].islower():
        return entry.text
    who = entry.who or "Handrail"
    role = ROLES[entry.role].name if entry.role in ROLES else ""
    return f"{who} ({role}) {entry.text}" if role else f"{who} {entry.text}"


def lines(entries: Sequence[Entry]) -> list[Line]:
    """The story: what says the same twice is said once, and a task with the record that it wrote."""
    told: list[Line] = []
    wrote = ""
    for entry, older in zip(entries, (*entries[1:], None), strict=True):
        if older and _is_record_of(entry, older):
            wrote = f", and {entry.text}"
            continue
        line = Line(entry.at, said(entry) + wrote)
        wrote = ""
        if line not in told[-1:]:
            told.append(line)
    return told


def _is_record_of(entry: Entry, older: Entry) -> bool:
    kinds = (older.kind, entry.kind)
    return kinds == ("task.completed", "record.written") and older.task_id == entry.task_id


@blueprint.get("/cases/<case_id>/history")
@action("history:read")
def show(visit: Visit, case_id: str) -> Answer:
    cursor, everything = request.args.get("after"), request.args.get("steps") == "all"
    seen = cases.view(visit.db, visit.by, case_id, visit.clock)
    found = history.timeline(visit.db, visit.by, case_id, cursor=cursor, everything=everything)
    return page(
        "cases/history.html",
        case=seen,
        tab="history",
        entries=[Line(entry.at, said(entry)) for entry in found.items] if everything else lines(found.items),
        next=found.next,
        cursor=cursor,
        everything=everything,
        now=visit.clock.now,
    )
