"""Access tokens: shown once, stored as a hash, expiring and revocable."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from engine import people, tokens
from engine.errors import InvalidInput, NotFound, NotSignedIn
from engine.tables import api_token
from tests.travelling import TravellingClock


def test_a_token_stands_for_its_person_until_it_expires(db: Connection, clock: TravellingClock) -> None:
    token = tokens.issue(db, "ada", "test", 7, clock.now)
    assert tokens.actor(db, token, clock.now).person_id == "ada"

    clock.travel(days=7)
    with pytest.raises(NotSignedIn):
        tokens.actor(db, token, clock.now)


def test_a_revoked_token_is_over_at_once(db: Connection, clock: TravellingClock) -> None:
    token = tokens.issue(db, "ada", "test", 7, clock.now)
    ada = people.actor(db, "ada", clock.now)
    (mine,) = tokens.own(db, ada)
    tokens.revoke(db, ada, str(mine["id"]), clock.now)

    with pytest.raises(NotSignedIn):
        tokens.actor(db, token, clock.now)
    assert tokens.own(db, ada) == []


def test_nobody_revokes_another_s_token(db: Connection, clock: TravellingClock) -> None:
    token = tokens.issue(db, "ada", "test", 7, clock.now)
    (hers,) = tokens.own(db, people.actor(db, "ada", clock.now))

    with pytest.raises(NotFound):
        tokens.revoke(db, people.actor(db, "ben", clock.now), str(hers["id"]), clock.now)
    assert tokens.actor(db, token, clock.now).person_id == "ada"


def test_the_token_is_stored_nowhere(db: Connection, clock: TravellingClock) -> None:
    token = tokens.issue(db, "ada", "test", 7, clock.now)

    assert token not in str(db.execute(select(api_token)).all())


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_lasts_one_day_to_a_year(db: Connection, clock: TravellingClock, days: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 365"):
        tokens.issue(db, "ada", "test", days, clock.now)
