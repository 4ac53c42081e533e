"""Who answers for a case: which organisation holds a role, as near as possible."""

import pytest
from sqlalchemy import update

from engine import access
from engine.tables import organisation, person
from tests.engine.access.county import BEFORE, LATER, NOW, enrol, hold, organise


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("dsl", "school", "school"),
        ("caldicott_guardian", "school", "council"),
        ("caldicott_guardian", "childrens_services", "council"),
        ("caldicott_guardian", "health", None),
        ("practitioner", "health", "health"),
        ("police_contact", "school", "police"),
        ("police_contact", "health", "police"),
        ("police_contact", "abroad", None),
        ("csc_screening", "school", None),
    ],
)
def test_who_answers_for_a_case_of(db, role, place, expected):
    assert access.responsible(db, role, place, NOW) == expected


def test_the_nearest_organisation_answers(db):
    hold(db, "teacher", "school", "caldicott_guardian")

    assert access.responsible(db, "caldicott_guardian", "school", NOW) == "school"
    assert access.responsible(db, "caldicott_guardian", "childrens_services", NOW) == "council"


def test_the_search_climbs_as_far_as_it_needs_to(db):
    organise(db, "team", "team", "childrens_services")
    organise(db, "desk", "desk", "team")

    assert access.responsible(db, "caldicott_guardian", "desk", NOW) == "council"


def test_among_several_organisations_of_the_area_nobody_is_chosen_by_guess(db):
    hold(db, "nurse", "health", "police_contact")

    assert access.responsible(db, "police_contact", "school", NOW) is None
    assert access.responsible(db, "police_contact", "health", NOW) == "health"


def test_two_holders_at_one_organisation_are_no_doubt(db):
    enrol(db, "colleague", ("police", "police_contact"))

    assert access.responsible(db, "police_contact", "school", NOW) == "police"


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [(BEFORE, None, "police"), (BEFORE, LATER, "police"), (BEFORE, NOW, None), (LATER, None, None)],
)
def test_only_a_role_held_now_answers(db, since, until, expected):
    hold(db, "officer", "police", "police_supervisor", since, until)

    assert access.responsible(db, "police_supervisor", "school", NOW) == expected


def test_somebody_withdrawn_answers_for_nothing(db):
    db.execute(update(person).where(person.c.id == "officer").values(active=False))

    assert access.responsible(db, "police_contact", "school", NOW) is None


def test_organisations_above_one_another_in_a_circle_end_the_search(db):
    db.execute(update(organisation).where(organisation.c.id == "council").values(parent_id="school"))

    assert access.responsible(db, "caldicott_guardian", "school", NOW) == "council"
    assert access.responsible(db, "siro", "school", NOW) is None


def test_a_role_that_does_not_exist_is_a_lookup_error(db):
    with pytest.raises(LookupError):
        access.responsible(db, "wizard", "school", NOW)


# An organisation that somebody chose ----------------------------------------------------------------------


def at(db, role, chosen, place="school"):
    return access.answering(db, "north", role, chosen, place, NOW)


def test_a_chosen_organisation_is_asked_although_a_nearer_one_could_answer(db):
    hold(db, "nurse", "health", "caldicott_guardian")

    assert at(db, "caldicott_guardian", "health") == ("health", True)
    assert at(db, "caldicott_guardian", "") == ("council", True)


def test_where_nobody_at_the_chosen_organisation_can_answer_no_other_is_told(db):
    """Also not its parent, which answers for it when nobody has chosen."""
    assert at(db, "caldicott_guardian", "childrens_services") == ("childrens_services", False)
    assert at(db, "caldicott_guardian", "", "childrens_services") == ("council", True)


@pytest.mark.parametrize("chosen", ["abroad", "nowhere"])
def test_an_organisation_of_another_area_is_never_asked(db, chosen):
    assert at(db, "police_contact", chosen) == ("school", False)


def test_with_nobody_anywhere_a_task_stays_where_the_case_is(db):
    assert at(db, "siro", "") == ("school", False)


@pytest.mark.parametrize(("since", "until"), [(LATER, None), (BEFORE, NOW)])
def test_at_a_chosen_organisation_a_role_counts_from_its_day_to_its_last(db, since, until):
    enrol(db, "sharer")
    hold(db, "sharer", "health", "siro", since=since, until=until)

    assert at(db, "siro", "health") == ("health", False)


def test_a_person_who_may_not_do_it_does_not_count(db):
    hold(db, "nurse", "health", "caldicott_guardian")

    for chosen, place in (("health", "school"), ("", "health")):
        asked = access.answering(db, "north", "caldicott_guardian", chosen, place, NOW, "nurse")
        assert asked == ("health", False)
