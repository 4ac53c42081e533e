"""Who answers for a task: the organisation whose holders of its role it waits for."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, exists, literal, or_, select

from engine.tables import organisation, person, role_held
from policy.roles import ROLES

ASKED: Final = "handrail:organisation"  # task property: the id of the organisation that somebody chose
_DEEPEST: Final = 20  # organisations above one another; more is a circle

_above = select(
    organisation.c.id, organisation.c.parent_id, organisation.c.area_id, literal(0).label("depth")
)
_above_cte = _above.where(organisation.c.id == bindparam("o")).cte("above", recursive=True)
_ABOVE = _above_cte.union_all(
    select(organisation.c.id, organisation.c.parent_id, organisation.c.area_id, _above_cte.c.depth + 1).where(
        organisation.c.id == _above_cte.c.parent_id, _above_cte.c.depth < _DEEPEST
    )
)
_HOLDERS = (
    select(role_held.c.organisation_id, _ABOVE.c.depth)
    .distinct()
    .select_from(
        role_held.join(person, person.c.id == role_held.c.person_id)
        .join(organisation, organisation.c.id == role_held.c.organisation_id)
        .outerjoin(_ABOVE, _ABOVE.c.id == role_held.c.organisation_id)
    )
    .where(
        role_held.c.role == bindparam("r"),
        role_held.c.person_id != bindparam("but"),
        role_held.c.since <= bindparam("now"),
        or_(role_held.c.until.is_(None), role_held.c.until > bindparam("now")),
        person.c.active,
        organisation.c.area_id
        == select(organisation.c.area_id).where(organisation.c.id == bindparam("o")).scalar_subquery(),
    )
)


def responsible(db: Connection, role: str, organisation_id: str, now: datetime, but: str = "") -> str | None:
    """The organisation whose holders of the role answer for a case of this organisation, or None.

    `but`: a person who does not count, because they may not do it.

    The case's own organisation, else its parent, and so on upwards. A role of the whole area may also be held
    elsewhere, if by one organisation only: among several, choosing would be telling somebody by guess.
    Raises LookupError for a role that does not exist.
    """
    scope = ROLES[role].scope
    rows = db.execute(_HOLDERS, {"r": role, "o": organisation_id, "now": now, "but": but}).all()
    near = [(row.depth, row.organisation_id) for row in rows if row.depth is not None]
    if near:
        return str(min(near)[1])
    if scope == "area" and len(rows) == 1:
        return str(rows[0].organisation_id)
    return None


_HERE = select(organisation.c.id).where(
    organisation.c.area_id == bindparam("a"), organisation.c.id == bindparam("o")
)
_HELD_HERE = _HERE.where(
    exists().where(
        role_held.c.organisation_id == organisation.c.id,
        role_held.c.role == bindparam("r"),
        role_held.c.person_id != bindparam("but"),
        role_held.c.since <= bindparam("now"),
        or_(role_held.c.until.is_(None), role_held.c.until > bindparam("now")),
        person.c.id == role_held.c.person_id,
        person.c.active,
    )
)


def is_here(db: Connection, area_id: str, organisation_id: str) -> bool:
    """Whether it is an organisation of the area."""
    return db.execute(_HERE, {"a": area_id, "o": organisation_id}).first() is not None


def answering(
    db: Connection,
    area_id: str,
    role: str,
    chosen: str,
    organisation_id: str,
    now: datetime,
    but: str = "",
) -> tuple[str, bool]:
    """At which organisation a task for this role waits, and whether somebody there can do it.

    `chosen`: the id of the one that somebody chose, or "". It is that one or nobody: another was not asked,
    and must not be told. Without a choice it is who is responsible for a case of `organisation_id`.
    `but`: a person who does not count, because they may not do it.
    """
    if chosen:
        key = {"a": area_id, "r": role, "o": chosen, "now": now, "but": but}
        here = is_here(db, area_id, chosen)
        return chosen if here else organisation_id, db.execute(_HELD_HERE, key).first() is not None
    found = responsible(db, role, organisation_id, now, but)
    return found or organisation_id, found is not None
