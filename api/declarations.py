"""Declarations: before the first task of a sealed case, whether one has to do with anybody in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from api.context import Call
from api.fields import About
from api.routes import Noun
from engine import declarations, errors

noun = Noun("declarations", "Declarations: nobody works on a case about people they have to do with.")

Relationship = Literal["none", "some"]


@dataclass(frozen=True, slots=True)
class People:
    """Whom the case is about. Empty where the task would not say so either."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody declares."""

    relationship: Annotated[Relationship, About("Whether they have to do with anybody in the case.", "none")]


@noun.get(
    "/tasks/{task_id}/declaration",
    "task:declare",
    records=True,
    refuses=(errors.AlreadyClaimed, errors.FourEyes, errors.TaskGone),
)
def people(call: Call, task_id: str) -> People:
    """Whom the case is about, for somebody who has to say whether they know them. Asking is recorded."""
    return People(declarations.names(call.db, call.by, task_id, call.clock))


@noun.post(
    "/tasks/{task_id}/declaration",
    "task:declare",
    status=204,
    refuses=(errors.AlreadyClaimed, errors.FourEyes, errors.TaskGone),
    example={"relationship": "none"},
)
def declare(call: Call, task_id: str, body: Declaration) -> None:
    """With no relationship you take the task. With one you are kept out of the case from now on."""
    say = declarations.declare_none if body.relationship == "none" else declarations.declare
    say(call.db, call.by, task_id, call.clock)
