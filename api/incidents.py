"""Incidents: processes that stopped, and what an operator does about them. Nothing here is about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from api.context import Call
from api.fields import About, Json, Listing, Text
from api.routes import Noun
from engine import errors, incidents
from engine.errors import InvalidInput
from engine.incidents import Correction, IncidentItem, IncidentView, Resolved
from engine.pages import Page

noun = Noun("incidents", "Incidents: processes that stopped, for operators to put right.")

Reason = Annotated[str, Text("Why, for the history of the case.", example="The register is open again.")]
_MOST_VALUES = 20


@dataclass(frozen=True, slots=True)
class Because:
    """The reason for what is done."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Skip:
    """Let a step be skipped."""

    reason: Reason
    flow: Annotated[str | None, Text("One of the incident's flows, where it has any.", longest=200)] = None


@dataclass(frozen=True, slots=True)
class Move:
    """Let the process go on elsewhere."""

    reason: Reason
    to: Annotated[str, Text("One of the incident's places.", longest=200, example="prepare")]


@dataclass(frozen=True, slots=True)
class Correct:
    """Variables to set before the step is tried again."""

    reason: Reason
    values: Annotated[Json, About("New values, by the variables' names.", {"go_on": "no"})]


_BECAUSE = {"reason": "The register is open again."}
_REFUSES = (errors.AlreadyResolved, errors.TaskGone, errors.Stale)


@noun.get("/incidents", "incident:read", refuses=(errors.NotFound,))
def unresolved(call: Call) -> Page[IncidentItem]:
    """What stopped and nobody has put right, oldest first."""
    return incidents.unresolved(call.db, call.by, cursor=call.cursor, limit=call.limit)


@noun.get("/incidents/{incident_id}", "incident:read")
def view(call: Call, incident_id: str) -> IncidentView:
    """One incident, and what can be done about it. Variables are named; their values are not told."""
    return incidents.view(call.db, call.by, incident_id)


@noun.post("/incidents/{incident_id}/retry", "incident:resolve", refuses=_REFUSES, example=_BECAUSE)
def retry(call: Call, incident_id: str, body: Because) -> Resolved:
    """Try the step again, or look again for somebody who can do the task."""
    return incidents.retry(call.db, call.by, incident_id, body.reason, call.clock)


@noun.post(
    "/incidents/{incident_id}/correct",
    "incident:resolve",
    refuses=_REFUSES,
    example=_BECAUSE | {"values": {"go_on": "no"}},
)
def correct(call: Call, incident_id: str, body: Correct) -> Resolved:
    """Set variables in reach of the step. The incident stays open until it is tried again."""
    if not 1 <= len(body.values) <= _MOST_VALUES:
        raise InvalidInput(f"Expected 1 to {_MOST_VALUES} variables.")
    for variable, value in body.values.items():
        done = incidents.correct(call.db, call.by, incident_id, variable, value, body.reason, call.clock)
    return done


@noun.post("/incidents/{incident_id}/skip", "incident:resolve", refuses=_REFUSES, example=_BECAUSE)
def skip(call: Call, incident_id: str, body: Skip) -> Resolved:
    """Let the process go on as if the step were done."""
    return incidents.skip(call.db, call.by, incident_id, body.reason, call.clock, flow=body.flow)


@noun.post(
    "/incidents/{incident_id}/move",
    "incident:resolve",
    refuses=_REFUSES,
    example=_BECAUSE | {"to": "prepare"},
)
def move(call: Call, incident_id: str, body: Move) -> Resolved:
    """Let the process go on at another step."""
    return incidents.move_token(call.db, call.by, incident_id, body.to, body.reason, call.clock)


@noun.post("/incidents/{incident_id}/cancel", "incident:resolve", refuses=_REFUSES, example=_BECAUSE)
def cancel(call: Call, incident_id: str, body: Because) -> Resolved:
    """End the process instance. The case, and everything written in it, stays."""
    return incidents.cancel(call.db, call.by, incident_id, body.reason, call.clock)


@noun.get("/cases/{case_id}/corrections", "history:read")
def corrections(call: Call, case_id: str) -> Listing[Correction]:
    """What operators corrected in the case, with old and new values. For those who may read the case."""
    return Listing(tuple(incidents.corrections(call.db, call.by, case_id)))
