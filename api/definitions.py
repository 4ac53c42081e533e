"""Processes: which can be started, what each asks first, and where a running one stands in its diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from api.context import Call
from api.fields import About, Listing
from api.forms import Question, questions
from api.routes import Noun
from engine import definitions, errors
from engine.definitions import StartableProcess

noun = Noun("definitions", "Processes: what can be started, and where a running one stands.")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that can be started."""

    process: Annotated[str, About("Its id, to start it by.", "share_information")]
    title: str
    help: str
    roles: Annotated[tuple[str, ...], About("Any of these roles may start it.")]
    organisation_ids: Annotated[tuple[str, ...], About("Where you may start it yourself.")]
    subjects_optional: Annotated[bool, About("Whether a case may be opened about nobody in particular.")]


@dataclass(frozen=True, slots=True)
class StartForm:
    """A process with the questions that opening a case with it asks."""

    process: Process
    questions: tuple[Question, ...]


@noun.get("/processes", "definition:read", refuses=(errors.NotFound,))
def processes(call: Call) -> Listing[Process]:
    """The processes in force that can be started."""
    release = definitions.current(call.db, call.by.area_id)
    return Listing(tuple(_process(call, each) for each in definitions.startable(call.db, release)))


@noun.get("/processes/{process}", "definition:read")
def start_form(call: Call, process: str) -> StartForm:
    """One process, with the questions of its start form."""
    release = definitions.current(call.db, call.by.area_id)
    for each in definitions.startable(call.db, release):
        if each.process == process:
            asked: dict[str, Any] = {}
            form = definitions.form(call.db, release, each.form)
            return StartForm(_process(call, each), questions(form, asked, asked))
    raise errors.NotFound


def _process(call: Call, found: StartableProcess) -> Process:
    places = {place for place, role in call.by.roles if role in found.roles}
    return Process(
        process=found.process,
        title=found.title,
        help=found.help,
        roles=tuple(sorted(found.roles)),
        organisation_ids=tuple(sorted(places)),
        subjects_optional=found.subjects_optional,
    )
