"""Access tokens for the API: random, shown once, stored as a hash, expiring, revocable."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from engine import people
from engine.audit.record import area_ledger
from engine.errors import InvalidInput, NotFound, NotSignedIn
from engine.identifiers import new_id
from engine.tables import api_token, person
from policy.authorization import Actor

PREFIX = "hr_"  # so that a leaked token is recognised for what it is
_LONGEST_DAYS = 365

_BY_HASH = (
    select(*people.ACTOR_COLUMNS, api_token.c.expires_at)
    .select_from(people.WITH_ROLES.join(api_token, api_token.c.person_id == person.c.id))
    .where(api_token.c.token_hash == bindparam("h"), api_token.c.revoked_at.is_(None))
)
_OWN = select(api_token.c.id, api_token.c.label, api_token.c.issued_at, api_token.c.expires_at).where(
    api_token.c.person_id == bindparam("p"), api_token.c.revoked_at.is_(None)
)
_REVOKE = (
    update(api_token)
    .where(
        api_token.c.id == bindparam("i"),
        api_token.c.person_id == bindparam("p"),
        api_token.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)


def issue(db: Connection, person_id: str, label: str, days: int, now: datetime) -> str:
    """A new token for a person, valid for `days` days (1 to 365). It is shown now and never again."""
    if not 1 <= days <= _LONGEST_DAYS:
        raise InvalidInput(f"Expected 1 to {_LONGEST_DAYS} days.")
    try:
        who = people.actor(db, person_id, now)
    except NotSignedIn as error:
        raise NotFound("Expected the id of somebody who may sign in here.") from error
    token = PREFIX + secrets.token_urlsafe(32)
    row = {"id": new_id(), "token_hash": people.hashed(token), "person_id": person_id, "label": label}
    db.execute(insert(api_token), row | {"issued_at": now, "expires_at": now + timedelta(days=days)})
    ledger = area_ledger(db, who.area_id, now, person_id)
    ledger.add("token.issued", payload={"token": row["id"]})
    ledger.write(db)
    return token


def actor(db: Connection, token: str, now: datetime) -> Actor:
    """Whose token this is. Raises NotSignedIn for an unknown, revoked or expired one."""
    rows = db.execute(_BY_HASH, {"h": people.hashed(token), "now": now}).all()
    if not rows or now >= rows[0].expires_at:
        raise NotSignedIn("Expected a valid access token.")
    return people.actor_of(rows)


def own(db: Connection, by: Actor) -> list[dict[str, object]]:
    """The tokens a person holds: id, label, when issued and until when valid."""
    return [dict(row) for row in db.execute(_OWN, {"p": by.person_id}).mappings()]


def revoke(db: Connection, by: Actor, token_id: str, now: datetime) -> None:
    """End one of one's own tokens. Raises NotFound."""
    if db.execute(_REVOKE, {"i": token_id, "p": by.person_id, "now": now}).rowcount != 1:
        raise NotFound
    ledger = area_ledger(db, by.area_id, now, by.person_id)
    ledger.add("token.revoked", payload={"token": token_id})
    ledger.write(db)
