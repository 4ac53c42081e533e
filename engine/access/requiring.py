"""Lets an action pass or says why not: not found, one's own work, or whom to ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from engine.access.loading import OfCase, OfDocument, OfRecord, OfTask, Stored, load
from engine.errors import FourEyes, NotAllowed, NotFound
from policy.authorization import ACTIONS, CASE_PEOPLE, Actor, Target, decide, sees


def require(db: Connection, by: Actor, action: str, target: Target | Stored) -> Target:
    """Let the action pass, with what was loaded to decide it.

    Raises NotFound when the person may not even know of it, FourEyes when it checks their own work, and
    NotAllowed otherwise.
    """
    loaded = target if isinstance(target, Target) else load(db, by, target)
    decision = decide(by, action, loaded)
    if decision:
        return loaded
    if not sees(by, loaded):
        raise NotFound
    if decision.reason == "four_eyes":
        raise FourEyes
    raise NotAllowed(_whom(action))


WHO: Final = {  # may do it, by grant
    "everyone": "is signed in",
    "lead": "leads the case",
    "member": "is a member of the case",
    "asked_relation": "has the part in the case that its process asks for",
    "waiting": "holds the role that the task waits for",
    "pool": "holds the role that the task is for",
    "holder": "has taken the task",
    "completer": "completed the task",
    "author": "wrote or added it",
    "starter": "holds a role that starts this process, at this organisation",
    "operator": "is an operator",
    "auditor": "is an auditor",
    "governance_editor": "is a governance editor",
    "governance_approver": "is a governance approver",
}


def _whom(action: str) -> str:
    """Who could do it instead, and so whom to ask. It says nothing about the case."""
    able = [WHO[grant] for grant in ACTIONS[action].grants] if action in ACTIONS else []
    return f"Only somebody who {' or '.join(able)} can do this." if able else "Nobody can do this here."


def require_case(
    db: Connection, by: Actor, action: str, case_id: str, *, who: frozenset[str] = CASE_PEOPLE
) -> Target:
    """As `require`, for a case. `who` are the relations that a diagram lets send a message."""
    return require(db, by, action, replace(load(db, by, OfCase(case_id)), who=who))


def require_task(db: Connection, by: Actor, action: str, task_id: str) -> Target:
    """As `require`, for a task."""
    return require(db, by, action, OfTask(task_id))


def require_document(db: Connection, by: Actor, action: str, document_id: str) -> Target:
    """As `require`, for a document."""
    return require(db, by, action, OfDocument(document_id))


def require_record(db: Connection, by: Actor, action: str, record_id: str) -> Target:
    """As `require`, for a record."""
    return require(db, by, action, OfRecord(record_id))
