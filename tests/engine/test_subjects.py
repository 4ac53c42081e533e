"""Whom a case is about: somebody by name, unless its process says that it may be nobody in particular."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from engine import cases, definitions
from engine.cases import Subject
from engine.errors import InvalidInput
from policy.authorization import Actor
from tests.faults import steps
from tests.travelling import TravellingClock

Who = Callable[[str], Actor]
ROLES = b'<zeebe:property name="handrail:start_roles" value="practitioner" />'
OPTIONAL = ROLES + b'<zeebe:property name="handrail:subjects" value="optional" />'


@pytest.fixture
def optional(db: Connection, clock: TravellingClock) -> None:
    """The steps may be about nobody in particular."""
    drawn = steps.FILES["steps.bpmn"].replace(ROLES, OPTIONAL)
    assert OPTIONAL in drawn
    definitions.publish(db, "a", steps.FILES | {"steps.bpmn": drawn}, by=None, now=clock.now)


def opened(db: Connection, by: Actor, clock: TravellingClock, *about: Subject) -> cases.CaseView:
    made = cases.open_case(
        db,
        by,
        process="steps",
        subjects=about,
        answers={"go_on": "yes"},
        organisation_id="o",
        clock=clock,
    )
    return cases.view(db, by, made.case_id, clock)


def test_a_case_must_name_somebody(db: Connection, who: Who, clock: TravellingClock) -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(db, who("ada"), clock)

    assert [each.element for each in refused.value.problems] == ["subjects"]
    assert cases.mine(db, who("ada")).items == ()


@pytest.mark.usefixtures("optional")
def test_where_it_may_be_about_nobody_it_names_nobody(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    case = opened(db, who("ada"), clock)
    (listed,) = cases.mine(db, who("ada")).items

    assert (case.subjects, case.about, listed.about) == ((), (), ())


@pytest.mark.usefixtures("optional")
def test_where_it_may_be_about_nobody_somebody_is_named_and_checked_as_ever(
    db: Connection, who: Who, clock: TravellingClock
) -> None:
    assert opened(db, who("ada"), clock, Subject("A. Child", "child")).about == ("A.C.",)

    with pytest.raises(InvalidInput) as refused:
        opened(db, who("ada"), clock, Subject(" ", "child"))
    assert [each.element for each in refused.value.problems] == ["subjects.0.name"]


@pytest.mark.usefixtures("optional")
def test_nobody_names_more_people_than_can_be_kept(db: Connection, who: Who, clock: TravellingClock) -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(db, who("ada"), clock, *[Subject("A. Child", "child")] * 31)

    assert [each.element for each in refused.value.problems] == ["subjects"]
