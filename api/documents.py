"""Documents of a case: attach, list, open, withdraw. The bytes travel as base64 text."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Annotated

from api.context import Call
from api.fields import Id, Listing, Text
from api.routes import Noun
from engine import documents, errors
from engine.documents import MOST_BYTES, Document

noun = Noun(
    "documents", "Documents attached to a case or to one's task: PDF, JPEG and PNG, kept as they came."
)

BODY = (MOST_BYTES + 2) // 3 * 4 + 64 * 1024
Reason = Annotated[str, Text("Why nobody should open it any more.")]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to attach, to the case or to a task that is yours."""

    name: Annotated[str, Text("The name of the file.", longest=255, example="tenancy.pdf")]
    about: Annotated[str, Text("What it is.", example="Copy of the tenancy agreement, seen on 3 March")]
    content: Annotated[str, Text("The file as base64.", longest=BODY, example="JVBERi0xLjQ=")]
    task: Id | None = None


@dataclass(frozen=True, slots=True)
class Added:
    id: str


@dataclass(frozen=True, slots=True)
class Content:
    """A document with its bytes as base64."""

    document: Document
    content: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    reason: Reason


@noun.get("/cases/{case_id}/documents", "case:read")
def of_case(call: Call, case_id: str) -> Listing[Document]:
    """The documents of the case, oldest first, with those withdrawn."""
    return Listing(tuple(documents.of_case(call.db, call.by, case_id)))


@noun.post(
    "/cases/{case_id}/documents",
    "document:add",
    status=201,
    most=BODY,
    refuses=(errors.TooLarge, errors.TaskGone),
    example={"name": "tenancy.pdf", "about": "Copy of the tenancy agreement", "content": "JVBERi0xLjQ="},
)
def add(call: Call, case_id: str, body: NewDocument) -> Added:
    """Attach a document."""
    found = documents.add(
        call.db,
        call.by,
        case_id,
        name=body.name,
        about=body.about,
        content=_bytes(body.content),
        task_id=body.task,
        clock=call.clock,
    )
    return Added(found)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        problem = errors.Problem("content", "Expected the file as base64 text.")
        raise errors.InvalidInput("The document cannot be read.", problems=(problem,)) from None


@noun.get("/cases/{case_id}/documents/{document_id}", "document:read", records=True)
def read(call: Call, case_id: str, document_id: str) -> Content:
    """One document with its bytes. Opening it is recorded."""
    found, content = documents.content(call.db, call.by, case_id, document_id, call.clock)
    return Content(found, base64.b64encode(content).decode())


@noun.post(
    "/cases/{case_id}/documents/{document_id}/withdraw",
    "document:withdraw",
    status=204,
    example={"reason": "Another family"},
)
def withdraw(call: Call, case_id: str, document_id: str, body: Withdrawal) -> None:
    """Let nobody open the document any more. It stays listed, with the reason."""
    documents.withdraw(call.db, call.by, case_id, document_id, body.reason, call.clock)
