"""Who the caller is, and the colleagues a task can be passed to."""

from __future__ import annotations

from dataclasses import dataclass

from api.context import Call
from api.fields import Listing
from api.routes import Noun
from engine import people
from engine.people import Person

noun = Noun("people", "Who you are, and who your colleagues are.")


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that is held now, and at which organisation."""

    role: str
    organisation_id: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Me:
    """The person whose token this is."""

    id: str
    name: str
    area_id: str
    roles: tuple[RoleHeld, ...]


@noun.get("/me", "person:read")
def me(call: Call) -> Me:
    """Who you are, and the roles you hold at this moment."""
    by = call.by
    places = people.organisation_names(call.db, by.organisations)
    held = sorted(by.roles)
    return Me(
        id=by.person_id,
        name=people.names(call.db, [by.person_id])[by.person_id],
        area_id=by.area_id,
        roles=tuple(RoleHeld(role, place, places[place]) for place, role in held),
    )


@noun.get("/people", "person:list")
def colleagues(call: Call) -> Listing[Person]:
    """Everybody in your partnership who holds a role."""
    found = people.list_people(call.db, call.by.area_id, call.clock.now)
    return Listing(tuple(person for person, _ in found))
