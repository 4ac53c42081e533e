"""What a person may tell a running case: ask for advice, say that consent was withdrawn, raise the alarm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from api.context import Call
from api.fields import About, Json, Listing, Text
from api.forms import Question, questions
from api.routes import Noun
from engine import errors, messages
from engine.guidance import Guidance
from engine.messages import Sent

noun = Noun("messages", "Messages: what a case can be told while it runs.")


@dataclass(frozen=True, slots=True)
class Possible:
    """A message the case waits for, and the form it asks for."""

    message: Annotated[str, About("Its name, to be sent with it.", "consent_withdrawn")]
    title: str
    help: str
    guidance: Guidance | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message with the answers to its form."""

    message: Annotated[
        str, Text("One of those the case waits for.", longest=200, example="consent_withdrawn")
    ]
    answers: Annotated[Json, About("Answers by key; {} where it asks nothing.")]


@noun.get("/cases/{case_id}/messages", "case:message")
def possible(call: Call, case_id: str) -> Listing[Possible]:
    """What you may tell this case now."""
    return Listing(tuple(_possible(each) for each in messages.possible(call.db, call.by, case_id)))


def _possible(found: messages.Possible) -> Possible:
    asked = questions(found.form, {}, found.context)
    return Possible(found.message, found.title, found.help, found.guidance, asked)


_EXAMPLE = {"message": "new_information", "answers": {"new_information": "The family has moved."}}


@noun.post(
    "/cases/{case_id}/messages",
    "case:message",
    refuses=(errors.Stale, errors.Incident, errors.TaskGone),
    example=_EXAMPLE,
)
def send(call: Call, case_id: str, body: NewMessage) -> Sent:
    """Tell the case something."""
    return messages.send(call.db, call.by, case_id, body.message, body.answers, call.clock)
