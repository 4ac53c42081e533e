"""Documents that people attach to a case or to a task: a photograph, a letter, a proof of identity.

The bytes are kept as they came and are never opened, changed or shown inside a page. What kind of file it is,
its own first bytes say. A document is not deleted by hand: withdrawn, nobody can open it any more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, insert, select, update

from engine import access, cases, people
from engine.audit.record import Ledger
from engine.errors import InvalidInput, NotFound, Problem, TaskGone, TooLarge
from engine.execution import Clock
from engine.idempotency import Once
from engine.identifiers import new_id
from engine.tables import document, document_content, user_task
from policy.authorization import Actor

MOST_BYTES: Final = 10 * 1024 * 1024  # of one document
MOST_IN_CASE: Final = 200
_LONGEST_NAME, _LONGEST_TEXT = 120, 500

# What a file begins with, what it is, and how its name ends.
KINDS: Final = (
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
)
ENDINGS: Final = tuple(ending for _, _, endings in KINDS for ending in endings)

_UNWANTED = re.compile(r"[^\w.,()&+'-]+")  # in a name: controls, slashes, quotes, directions of writing


@dataclass(frozen=True, slots=True)
class Document:
    """A document in a list; `size` in bytes. Withdrawn, it is still listed, with the reason."""

    id: str
    name: str
    about: str
    media_type: str
    size: int
    sha256: str
    task_id: str | None
    added_at: datetime
    added_by: str
    is_mine: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str


# Adding ----------------------------------------------------------------------------------------------------


def add(
    db: Connection,
    by: Actor,
    case_id: str,
    *,
    name: str,
    about: str,
    content: bytes,
    clock: Clock,
    task_id: str | None = None,
    key: str | None = None,
) -> str:
    """Attach a document to a case, or to the task this person has in it. Gives its id.

    Raises InvalidInput naming `file` or `about`, TooLarge, NotFound and NotAllowed.
    """
    digest = hashlib.sha256(content).hexdigest()
    once = Once(db, by.person_id, key, "add_document", case_id, task_id, name, about, digest)
    if (before := once.answer()) is not None:
        return str(before)
    if task_id is None:
        access.require_case(db, by, "document:add", case_id)
    else:
        _require_own_task(db, by, case_id, task_id)
    said = _checked(name, about, content)
    ledger = cases.lock(db, by, case_id, clock)
    _refuse_too_many(db, by, case_id)
    document_id = new_id()
    where = {"area_id": by.area_id, "case_id": case_id, "id": document_id, "task_id": task_id}
    kept = {"sha256": digest, "added_by": by.person_id, "added_at": clock.now, "withdrawn_reason": ""}
    db.execute(insert(document), where | said | kept)
    db.execute(insert(document_content), {"area_id": by.area_id, "id": document_id, "bytes": content})
    _note(ledger, "document.added", document_id, digest, task_id)
    ledger.write(db)
    once.keep(document_id, clock.now)
    return document_id


def plain_name(name: str) -> str:
    """A file name without folders or anything that a computer could take for more than a name."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = _UNWANTED.sub(" ", last).strip(" .").rpartition(".")
    if not dot:
        return ending[:_LONGEST_NAME]
    return f"{stem.strip(' .')[: _LONGEST_NAME - 1 - len(ending)]}.{ending}"


def _checked(name: str, about: str, content: bytes) -> dict[str, Any]:
    """What is kept of an acceptable document. Raises InvalidInput with a problem for each thing wrong."""
    wrong = {"file": _wrong_file(name, content), "about": _wrong_text(about, "Say what the document is")}
    problems = tuple(Problem(where, problem) for where, problem in wrong.items() if problem)
    if problems:
        raise InvalidInput("The document cannot be added as it is.", problems=problems)
    kind = next(kind for start, kind, _ in KINDS if content.startswith(start))
    return {"name": plain_name(name), "about": about.strip(), "media_type": kind, "size": len(content)}


def _wrong_file(name: str, content: bytes) -> str:
    if not content:
        return "Choose a file that is not empty"
    if len(content) > MOST_BYTES:
        raise TooLarge(f"The file must be {MOST_BYTES // 1024 // 1024} MB or smaller.")
    for start, _, endings in KINDS:
        if content.startswith(start) and plain_name(name).lower().endswith(endings):
            return ""
    return f"The file must be a PDF, JPEG or PNG whose name ends with {', '.join(ENDINGS)}"


def _wrong_text(text: str, wanted: str) -> str:
    if not text.strip():
        return wanted
    return f"Say it in {_LONGEST_TEXT} characters or fewer" if len(text) > _LONGEST_TEXT else ""


_TASK = select(user_task.c.case_id, user_task.c.state).where(
    user_task.c.area_id == bindparam("a"), user_task.c.id == bindparam("t")
)


def _require_own_task(db: Connection, by: Actor, case_id: str, task_id: str) -> None:
    access.require_task(db, by, "document:add_to_task", task_id)
    row = db.execute(_TASK, {"a": by.area_id, "t": task_id}).one()
    if row.case_id != case_id:
        raise NotFound
    if row.state != "open":
        raise TaskGone


_HOW_MANY = select(func.count()).where(
    document.c.area_id == bindparam("a"), document.c.case_id == bindparam("c")
)


def _refuse_too_many(db: Connection, by: Actor, case_id: str) -> None:
    if db.execute(_HOW_MANY, {"a": by.area_id, "c": case_id}).scalar_one() >= MOST_IN_CASE:
        raise InvalidInput(f"Expected at most {MOST_IN_CASE} documents in a case, and it has them.")


def _note(ledger: Ledger, kind: str, document_id: str, digest: str, task_id: str | None, **more: str) -> None:
    """The event bears the digest of the bytes, so that the history proves what was attached."""
    ledger.add(kind, task_id=task_id, payload={"document_id": document_id, "sha256": digest, **more})


# Reading ---------------------------------------------------------------------------------------------------

_LIST = (
    select(document)
    .where(document.c.area_id == bindparam("a"), document.c.case_id == bindparam("c"))
    .order_by(document.c.added_at, document.c.id)
)
_OF_TASK = _LIST.where(document.c.task_id == bindparam("t"), document.c.added_by == bindparam("p"))
_ONE = select(document).where(
    document.c.area_id == bindparam("a"),
    document.c.case_id == bindparam("c"),
    document.c.id == bindparam("d"),
)
_BYTES = select(document_content.c.bytes).where(
    document_content.c.area_id == bindparam("a"), document_content.c.id == bindparam("d")
)


def of_case(db: Connection, by: Actor, case_id: str) -> list[Document]:
    """The documents of a case, oldest first. Raises NotFound and NotAllowed."""
    access.require_case(db, by, "case:read", case_id)
    return _listed(db, by, db.execute(_LIST, {"a": by.area_id, "c": case_id}).all())


def of_task(db: Connection, by: Actor, case_id: str, task_id: str) -> list[Document]:
    """What this person attached to a task of theirs, oldest first."""
    access.require_task(db, by, "task:read", task_id)
    key = {"a": by.area_id, "c": case_id, "t": task_id, "p": by.person_id}
    return _listed(db, by, db.execute(_OF_TASK, key).all())


def content(
    db: Connection, by: Actor, case_id: str, document_id: str, clock: Clock
) -> tuple[Document, bytes]:
    """A document and its bytes. Opening it is recorded. Raises NotFound, also when it was withdrawn."""
    row = _readable(db, by, case_id, document_id, "document:read")
    ledger = cases.lock(db, by, case_id, clock)
    _note(ledger, "document.viewed", document_id, row.sha256, row.task_id)
    ledger.write(db)
    found: bytes = db.execute(_BYTES, {"a": by.area_id, "d": document_id}).scalar_one()
    return _listed(db, by, [row])[0], found


def _readable(db: Connection, by: Actor, case_id: str, document_id: str, action: str) -> Any:
    row = db.execute(_ONE, {"a": by.area_id, "c": case_id, "d": document_id}).one_or_none()
    if row is None:
        raise NotFound
    access.require_document(db, by, action, document_id)
    if row.withdrawn_at is not None:
        raise NotFound("Expected a document that can be opened, but this one was withdrawn.")
    return row


def _listed(db: Connection, by: Actor, rows: Sequence[Any]) -> list[Document]:
    names = people.names(db, [row.added_by for row in rows])
    return [
        Document(
            id=row.id,
            name=row.name,
            about=row.about,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            task_id=row.task_id,
            added_at=row.added_at,
            added_by=names.get(row.added_by, ""),
            is_mine=row.added_by == by.person_id,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
        )
        for row in rows
    ]


# Withdrawing -----------------------------------------------------------------------------------------------

_WITHDRAW = (
    update(document)
    .where(document.c.area_id == bindparam("a"), document.c.id == bindparam("d"))
    .values(withdrawn_at=bindparam("now"), withdrawn_by=bindparam("p"), withdrawn_reason=bindparam("why"))
)


def withdraw(
    db: Connection,
    by: Actor,
    case_id: str,
    document_id: str,
    reason: str,
    clock: Clock,
    key: str | None = None,
) -> None:
    """Let nobody open a document any more: it was attached to the wrong case, or holds too much.

    Raises InvalidInput without a reason, and NotFound when it was withdrawn already.
    """
    once = Once(db, by.person_id, key, "withdraw_document", case_id, document_id, reason)
    if once.answer() is not None:
        return
    row = _readable(db, by, case_id, document_id, "document:withdraw")
    if problem := _wrong_text(reason, "Say why nobody should open it any more"):
        raise InvalidInput("The document was not withdrawn.", problems=(Problem("reason", problem),))
    ledger = cases.lock(db, by, case_id, clock)
    why = {"a": by.area_id, "d": document_id, "p": by.person_id, "now": clock.now, "why": reason.strip()}
    db.execute(_WITHDRAW, why)
    _note(ledger, "document.withdrawn", document_id, row.sha256, row.task_id, reason=reason.strip())
    ledger.write(db)
    once.keep({}, clock.now)
