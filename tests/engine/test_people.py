"""Who may act is read anew for every request; sessions end by silence, by age and by signing out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine import people
from engine.errors import NotSignedIn
from engine.tables import event, person, role_held, session
from tests.travelling import TravellingClock


def test_a_role_taken_away_is_gone_with_the_next_request(db: Connection, clock: TravellingClock) -> None:
    assert people.actor(db, "ada", clock.now).holds("practitioner", "o")

    db.execute(update(role_held).where(role_held.c.person_id == "ada").values(until=clock.now))

    assert not people.actor(db, "ada", clock.now).holds("practitioner")


def test_a_role_counts_from_its_first_moment_only(db: Connection, clock: TravellingClock) -> None:
    later = clock.now + timedelta(days=1)
    db.execute(update(role_held).where(role_held.c.person_id == "ada").values(since=later))

    assert not people.actor(db, "ada", clock.now).holds("practitioner")
    assert people.actor(db, "ada", later).holds("practitioner")


def test_somebody_withdrawn_or_unknown_may_not_act(db: Connection, clock: TravellingClock) -> None:
    db.execute(update(person).where(person.c.id == "ada").values(active=False))

    for name in ("ada", "nobody"):
        with pytest.raises(NotSignedIn):
            people.actor(db, name, clock.now)


def test_people_are_known_by_who_vouches_for_them_and_not_by_name(db: Connection) -> None:
    assert people.by_identity(db, "i", "ada") == "ada"
    for issuer, subject in (("other", "ada"), ("i", "Ada")):
        with pytest.raises(NotSignedIn):
            people.by_identity(db, issuer, subject)


def test_a_session_ends_after_half_an_hour_of_silence(db: Connection, clock: TravellingClock) -> None:
    secret = people.start_session(db, "ada", clock.now)
    clock.travel(minutes=29)
    people.touch_session(db, secret, clock.now)
    clock.travel(minutes=29)
    assert people.session_actor(db, secret, clock.now).person_id == "ada"

    clock.travel(minutes=1)
    with pytest.raises(NotSignedIn):
        people.session_actor(db, secret, clock.now)


def test_a_session_ends_after_eight_hours_however_busy(db: Connection, clock: TravellingClock) -> None:
    secret = people.start_session(db, "ada", clock.now)
    for _ in range(16):
        people.session_actor(db, secret, clock.now)
        people.touch_session(db, secret, clock.now)
        clock.travel(minutes=30 - 0.01)
    clock.travel(minutes=1)

    with pytest.raises(NotSignedIn):
        people.session_actor(db, secret, clock.now)


def test_signing_out_ends_the_session_for_good(db: Connection, clock: TravellingClock) -> None:
    secret = people.start_session(db, "ada", clock.now)
    people.end_session(db, secret, clock.now)
    people.end_session(db, secret, clock.now)

    with pytest.raises(NotSignedIn):
        people.session_actor(db, secret, clock.now)
    kinds = db.execute(select(event.c.kind).where(event.c.actor_id == "ada")).scalars().all()
    assert kinds == ["person.signed_in", "person.signed_out"]


def test_the_secret_of_a_session_is_stored_nowhere(db: Connection, clock: TravellingClock) -> None:
    secret = people.start_session(db, "ada", clock.now)

    assert secret not in str(db.execute(select(session)).all())


def test_an_error_of_the_database_never_repeats_what_was_written(db: Connection) -> None:
    """Names and answers are parameters; they must not reach a log by way of an exception."""
    with pytest.raises(IntegrityError) as failure:
        db.execute(
            insert(person), {"id": "ada", "area_id": "a", "name": "Secret", "issuer": "i", "subject": "x"}
        )

    assert "Secret" not in str(failure.value)
