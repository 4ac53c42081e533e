"""Cases: opening one, the ones you are part of, and one with everything about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from api.context import Call
from api.fields import About, Id, Json, Listing, Many, Text
from api.routes import Noun
from engine import cases
from engine.cases import CaseItem, CaseView, Member, Opened
from engine.pages import Page

noun = Noun("cases", "Cases: what belongs together about a child or adult, and who may know.")

Part = Literal["child", "parent_or_carer", "sibling", "adult_at_risk", "alleged_harmer", "other"]


_WHO = "Who it is about. At least one person, unless the process says `subjects_optional`."


@dataclass(frozen=True, slots=True)
class NewSubject:
    """Somebody the case is about."""

    name: Annotated[str, Text("Full name.", longest=200, example="Robin Example")]
    part: Annotated[Part, About("Their part in the case.", "child")]
    date_of_birth: date | None = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to open, and the process to start in it."""

    process: Annotated[
        str, Text("One of /processes.", longest=100, pattern=r"[A-Za-z0-9_-]+", example="share_information")
    ]
    organisation_id: Annotated[Id, About("Where you hold a role that may start it; see /me.")]
    subjects: Annotated[tuple[NewSubject, ...], Many(_WHO, most=30)]
    answers: Annotated[Json, About("The answers of the process's start form, by the keys of its fields.")]


@noun.get("/cases", "case:read")
def mine(call: Call) -> Page[CaseItem]:
    """The cases you are part of, newest first."""
    return cases.mine(call.db, call.by, cursor=call.cursor, limit=call.limit)


_EXAMPLE = {
    "process": "share_information",
    "organisation_id": "ashby-vale",
    "subjects": [{"name": "Sam Made-Up", "part": "child", "date_of_birth": "2014-03-09"}],
    "answers": {"trigger": "own_concern", "concern": "Often hungry, and alone at home."},
}


@noun.post("/cases", "case:open", status=201, location="/cases/{case_id}", example=_EXAMPLE)
def open_case(call: Call, body: NewCase) -> Opened:
    """Open a case and start its process.

    The answer names your own first tasks, most urgent first.
    """
    return cases.open_case(
        call.db,
        call.by,
        process=body.process,
        subjects=[_subject(each) for each in body.subjects],
        answers=body.answers,
        organisation_id=body.organisation_id,
        clock=call.clock,
    )


def _subject(given: NewSubject) -> cases.Subject:
    born = given.date_of_birth.isoformat() if given.date_of_birth else None
    return cases.Subject(given.name, given.part, born)


@noun.get("/cases/{case_id}", "case:read", records=True)
def view(call: Call, case_id: str) -> CaseView:
    """A case: who it is about, who works on it, what runs and what waits. Looking is recorded."""
    return cases.view(call.db, call.by, case_id, call.clock)


@noun.get("/cases/{case_id}/members", "case:read", records=True)
def members(call: Call, case_id: str) -> Listing[Member]:
    """Who may read the case, since when and why. Looking is recorded."""
    return Listing(cases.view(call.db, call.by, case_id, call.clock).members)
