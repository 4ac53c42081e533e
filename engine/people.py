"""Who is who: people, the roles they hold now, and their signed-in sessions.

Roles are read anew for every request, so a role taken away is gone with the next click.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from engine.audit.record import area_ledger
from engine.errors import NotSignedIn
from engine.tables import organisation, person, role_held, session
from policy.authorization import Actor
from policy.roles import ROLES

ORGANISATIONS = "organisations"  # what a form calls them
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
_SEEN_EVERY = timedelta(minutes=1)  # a write for every click would make every page wait for the disk


@dataclass(frozen=True, slots=True)
class Person:
    """A person as other people may see them."""

    id: str
    name: str
    job_title: str
    organisations: tuple[str, ...]
    roles: tuple[str, ...]


# Who may act -----------------------------------------------------------------------------------------------

_IN_FORCE = (
    role_held.c.since <= bindparam("now"),
    or_(role_held.c.until.is_(None), role_held.c.until > bindparam("now")),
)
ACTOR_COLUMNS = (
    person.c.id,
    person.c.area_id,
    person.c.active,
    role_held.c.organisation_id,
    role_held.c.role,
)
WITH_ROLES = person.outerjoin(role_held, (role_held.c.person_id == person.c.id) & _IN_FORCE[0] & _IN_FORCE[1])
_ACTOR = select(*ACTOR_COLUMNS).select_from(WITH_ROLES).where(person.c.id == bindparam("p"))


def actor(db: Connection, person_id: str, now: datetime) -> Actor:
    """The person with the roles they hold now. Raises NotSignedIn for somebody unknown or withdrawn."""
    return actor_of(db.execute(_ACTOR, {"p": person_id, "now": now}).all())


def actor_of(rows: Sequence[Any]) -> Actor:
    """The person in rows that hold ACTOR_COLUMNS, one for each role. Raises NotSignedIn as `actor` does."""
    if not rows or not rows[0].active:
        raise NotSignedIn
    roles = frozenset((row.organisation_id, row.role) for row in rows if row.role)
    return Actor(
        person_id=rows[0].id,
        area_id=rows[0].area_id,
        organisations=frozenset(organisation_id for organisation_id, _ in roles),
        roles=roles,
    )


_BY_IDENTITY = select(person.c.id).where(
    person.c.issuer == bindparam("i"), person.c.subject == bindparam("s"), person.c.active
)


def by_identity(db: Connection, issuer: str, subject: str) -> str:
    """The id of the person an identity provider vouches for. Raises NotSignedIn when nobody is known."""
    found: str | None = db.execute(_BY_IDENTITY, {"i": issuer, "s": subject}).scalar()
    if found is None:
        raise NotSignedIn("Expected a person known to this partnership. Ask your administrator to add you.")
    return found


# Names -----------------------------------------------------------------------------------------------------

_NAMES = select(person.c.id, person.c.name, person.c.job_title).where(
    person.c.id.in_(bindparam("ids", expanding=True))
)
_ORGANISATIONS = select(organisation.c.id, organisation.c.name).where(
    organisation.c.id.in_(bindparam("ids", expanding=True))
)
_PEOPLE = (
    select(
        person.c.id,
        person.c.name,
        person.c.job_title,
        person.c.subject,
        organisation.c.name.label("organisation"),
        role_held.c.role,
    )
    .select_from(
        person.join(role_held, role_held.c.person_id == person.c.id).join(
            organisation, organisation.c.id == role_held.c.organisation_id
        )
    )
    .where(person.c.area_id == bindparam("a"), person.c.active, *_IN_FORCE)
    .order_by(organisation.c.name, person.c.name, role_held.c.role)
)


def names(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Names by person id."""
    wanted = sorted({each for each in ids if each})
    return {row.id: row.name for row in db.execute(_NAMES, {"ids": wanted})} if wanted else {}


def organisation_names(db: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Names by organisation id."""
    wanted = sorted({each for each in ids if each})
    return {row.id: row.name for row in db.execute(_ORGANISATIONS, {"ids": wanted})} if wanted else {}


def list_people(db: Connection, area_id: str, now: datetime) -> list[tuple[Person, str]]:
    """Everybody with a role, each with the subject their identity provider knows them by."""
    found: dict[str, tuple[Person, str]] = {}
    for row in db.execute(_PEOPLE, {"a": area_id, "now": now}):
        before = found.get(row.id)
        organisations = before[0].organisations if before else ()
        roles = before[0].roles if before else ()
        if row.organisation not in organisations:
            organisations = (*organisations, row.organisation)
        found[row.id] = (
            Person(row.id, row.name, row.job_title, organisations, (*roles, row.role)),
            row.subject,
        )
    return list(found.values())


_HOLDERS = (
    select(person.c.id, person.c.name, person.c.job_title, organisation.c.name.label("organisation"))
    .select_from(
        person.join(role_held, role_held.c.person_id == person.c.id).join(
            organisation, organisation.c.id == role_held.c.organisation_id
        )
    )
    .where(role_held.c.organisation_id == bindparam("o"), role_held.c.role == bindparam("r"), person.c.active)
    .where(*_IN_FORCE)
    .order_by(person.c.name)
)


def holders(db: Connection, organisation_id: str | None, role: str | None, now: datetime) -> list[Person]:
    """Everybody who holds a role at an organisation, by name."""
    rows = db.execute(_HOLDERS, {"o": organisation_id, "r": role, "now": now})
    return [Person(row.id, row.name, row.job_title, (row.organisation,), (role or "",)) for row in rows]


_PLACES = (
    select(role_held.c.role, organisation.c.id, organisation.c.name)
    .distinct()
    .select_from(
        role_held.join(person, person.c.id == role_held.c.person_id).join(
            organisation, organisation.c.id == role_held.c.organisation_id
        )
    )
    .where(organisation.c.area_id == bindparam("a"), person.c.active, *_IN_FORCE)
    .order_by(organisation.c.name, organisation.c.id)
)


def places(db: Connection, area_id: str, now: datetime) -> dict[str, list[dict[str, str]]]:
    """Where somebody holds a role, by role, as a form offers it: `{"label": name, "value": id}`."""
    found: dict[str, list[dict[str, str]]] = {role: [] for role in ROLES}
    for row in db.execute(_PLACES, {"a": area_id, "now": now}):
        found.setdefault(row.role, []).append({"label": row.name, "value": row.id})
    return found


def offered(db: Connection, area_id: str, reads: Collection[str], now: datetime) -> dict[str, Any]:
    """What a form that reads `organisations` is given: `organisations.forum_member` are its options."""
    return {ORGANISATIONS: places(db, area_id, now)} if ORGANISATIONS in reads else {}


# Sessions --------------------------------------------------------------------------------------------------


def hashed(secret: str) -> str:
    """What is stored of a cookie or token: never the secret itself."""
    return hashlib.sha256(secret.encode()).hexdigest()


_SESSION = select(session.c.person_id, session.c.seen_at, session.c.expires_at).where(
    session.c.id_hash == bindparam("h"), session.c.ended_at.is_(None)
)
_SEEN = update(session).where(session.c.id_hash == bindparam("h")).values(seen_at=bindparam("now"))
_END = (
    update(session)
    .where(session.c.id_hash == bindparam("h"), session.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)


def start_session(db: Connection, person_id: str, now: datetime) -> str:
    """Begin a session and give the secret for the cookie: 256 random bits."""
    secret = secrets.token_urlsafe(32)
    who = actor(db, person_id, now)
    row = {"id_hash": hashed(secret), "person_id": person_id, "started_at": now, "seen_at": now}
    db.execute(insert(session), row | {"expires_at": now + LONGEST})
    ledger = area_ledger(db, who.area_id, now, person_id)
    ledger.add("person.signed_in")
    ledger.write(db)
    return secret


def session_actor(db: Connection, secret: str, now: datetime) -> Actor:
    """Who is signed in. Raises NotSignedIn after half an hour of silence or eight hours in all."""
    row = db.execute(_SESSION, {"h": hashed(secret)}).one_or_none()
    if row is None or now >= row.expires_at or now - row.seen_at >= IDLE:
        raise NotSignedIn
    return actor(db, row.person_id, now)


def touch_session(db: Connection, secret: str, now: datetime) -> None:
    """Remember that the person is still there, at most once a minute."""
    row = db.execute(_SESSION, {"h": hashed(secret)}).one_or_none()
    if row is not None and now - row.seen_at >= _SEEN_EVERY:
        db.execute(_SEEN, {"h": hashed(secret), "now": now})


def end_session(db: Connection, secret: str, now: datetime) -> None:
    """Sign out. Ending a session that is over already does nothing."""
    row = db.execute(_SESSION, {"h": hashed(secret)}).one_or_none()
    if row is None:
        return
    db.execute(_END, {"h": hashed(secret), "now": now})
    ledger = area_ledger(db, actor(db, row.person_id, now).area_id, now, row.person_id)
    ledger.add("person.signed_out")
    ledger.write(db)
