"""A process that begins a case of its own: about whom, led by whom, and shown to whom."""

from __future__ import annotations

from engine import cases
from engine.database import transaction
from engine.tables import case, case_subject
from tests.engine.hand_overs.worry import CONTACT, WANTED, WORRY
from tests.engine.handing import OWN, STARTED, County, begun, catch, end, names, pool, process, throw


def test_a_process_may_begin_a_case_of_its_own_about_the_same_people(county):
    here = county(WORRY, CONTACT)
    first = here.open()
    here.do("ada", "think")

    first, second = here.cases()
    assert here.rows(case, "organisation_id", "opened_by", "sealed", id=second) == [("hub", None, False)]
    people = "name", "part", "date_of_birth"
    assert here.rows(case_subject, *people, case_id=second) == here.rows(case_subject, *people, case_id=first)
    assert here.members(second) == set()
    assert here.said(second)[0] == "The case was opened because “Worry” handed it over"
    assert "“Worry” handed over to “Contact”, in a case of its own" in here.said(first)
    assert here.variables("contact")["case_id"] == second


def test_a_case_that_nobody_opened_is_led_by_the_first_to_take_up_all_of_it(county):
    here = county(WORRY, CONTACT)
    here.open()
    here.do("ada", "think")
    _, second = here.cases()
    here.do("cyd", "glance")
    assert here.members(second) == {("cyd", "adviser")}
    here.do("dot", "rate")

    assert here.members(second) == {("cyd", "adviser"), ("dot", "lead")}


def test_somebody_who_was_asked_and_then_joined_is_named_once(county):
    here = county(WORRY, CONTACT)
    here.open()
    here.do("ada", "think")
    here.do("dot", "glance")
    here.do("dot", "rate")

    with transaction(here.engine) as db:
        seen = cases.view(db, here.actor(db, "dot"), here.cases()[1], here.clock)
    assert [(each.name, each.relation) for each in seen.members] == [("Dot", "lead")]


def test_a_task_of_their_own_is_for_everybody_of_the_role_where_nobody_began(county):
    here = county(WORRY, CONTACT)
    here.open()
    here.do("ada", "think")
    here.do("dot", "glance")
    here.do("dot", "rate")

    assert here.assignee("mine") is None
    here.do("cyd", "mine")


def family(here: County, name: str, case_id: str) -> tuple[list[str], list[str]]:
    with transaction(here.engine) as db:
        seen = cases.view(db, here.actor(db, name), case_id, here.clock)
    return [each.process for each in seen.came_from], [each.process for each in seen.led_to]


def test_the_family_of_a_case_is_shown_to_those_who_may_read_it_only(county):
    here = county(WORRY, CONTACT)
    first = here.open()
    here.do("ada", "think")
    first, second = here.cases()
    here.do("dot", "glance")
    here.do("dot", "rate")
    assert family(here, "ada", first) == ([], [])
    assert family(here, "dot", second) == ([], [])
    here.join(first, "dot")
    here.join(second, "ada")

    assert family(here, "ada", first) == ([], ["Contact"])
    assert family(here, "dot", second) == (["Worry"], [])


def test_a_second_message_for_one_in_a_case_of_its_own_is_kept_for_it(county):
    sent = [throw("m", topic="=&quot;school&quot;") for _ in range(2)]
    asks = process("worry", names("m =topic"), s=STARTED, a=sent[0], think=OWN, b=sent[1], e=end())
    told = process(
        "inquiry",
        names("m =topic"),
        s=begun("m", case="new"),
        look=pool("dsl", access="case"),
        wait=catch("m"),
        read=pool("dsl"),
        e=end(),
    )
    here = county(asks, told)
    here.open()
    here.do("ada", "think")

    assert len(here.cases()) == 2 and here.waiting() == ["look"]
    here.do("ben", "look")
    assert here.waiting() == ["read"]


def test_what_a_sealed_case_hands_over_to_others_begins_a_case_that_knows_nothing_of_it(county):
    """Although it says nothing of a case of its own: its people would become part of the sealed one."""
    secret = process(
        "secret", names("inquiry_wanted"), sealed=True, s=STARTED, think=OWN, ask=WANTED, wrap=OWN, e=end()
    )
    look = pool("dsl", access="case")
    told = process("inquiry", names("inquiry_wanted"), s=begun("inquiry_wanted"), look=look, e=end())
    here = county(secret, told)
    first = here.open("secret")
    here.do("ada", "think")

    (second,) = set(here.cases()) - {first}
    assert here.rows(case, "organisation_id", "opened_by", "sealed", id=second) == [("school", None, False)]
    assert here.rows(case_subject, "name", case_id=second) == []
    assert here.said(second)[0] == "The case was opened because a process handed it over"
    here.do("ben", "look")
    assert here.members(second) == {("ben", "lead")}
    assert family(here, "ben", second) == ([], [])


def test_what_a_sealed_case_hands_over_to_a_sealed_process_stays_in_it(county):
    secret = process("secret", names("m"), sealed=True, s=STARTED, think=OWN, ask=throw("m"), e=end())
    also = process("inquiry", names("m"), sealed=True, s=begun("m"), look=pool("dsl"), e=end())
    here = county(secret, also)
    first = here.open("secret")
    here.do("ada", "think")

    assert here.cases() == [first]
