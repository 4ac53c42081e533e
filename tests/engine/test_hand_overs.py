"""Processes that hand over to each other: who is started, reached or told, in one command or not at all."""

from __future__ import annotations

import pytest

from engine import cases
from engine.audit.chain import verify
from engine.database import reading, transaction
from engine.errors import AlreadyResolved, FourEyes
from engine.instances.hand_overs import MOST
from engine.rehearsal import Rehearsal, deploy
from engine.tables import case, case_subject, inbound_message, instance, subscription
from tests.engine.handing import (
    OWN,
    STARTED,
    County,
    begun,
    catch,
    end,
    event_of,
    names,
    pool,
    process,
    throw,
)

WANTED = throw("inquiry_wanted", edition="=&quot;HMG-2024-05&quot;", worry="=go_on")
WORRY = process("worry", names("inquiry_wanted"), s=STARTED, think=OWN, ask=WANTED, wrap_up=OWN, e=end())
INQUIRY = process(
    "inquiry", names("inquiry_wanted"), s=begun("inquiry_wanted"), inquire=pool("dsl"), part=OWN, e=end()
)
CONTACT = process(
    "contact",
    names("inquiry_wanted"),
    s=begun("inquiry_wanted", case="new", organisation="childrens_services"),
    glance=pool("csc_screening"),
    rate=pool("csc_screening", access="case"),
    mine=OWN.replace("practitioner", "csc_screening"),
    e=end(),
)


@pytest.fixture
def county(engine, clock):
    return lambda *files: County(engine, clock, {f"{n}.bpmn": each for n, each in enumerate(files)}).build()


# In the same case ------------------------------------------------------------------------------------------


def test_a_message_starts_the_process_that_begins_with_it_in_the_same_case(county):
    here = county(WORRY, INQUIRY)
    case_id = here.open()
    here.do("ada", "think")

    assert here.instances() == [("inquiry", "running"), ("worry", "running")]
    assert here.waiting() == ["inquire", "wrap_up"]
    assert here.cases() == [case_id]
    assert "“Worry” handed over to “Inquiry”" in here.said(case_id)
    (worry,) = here.rows(instance, "id", process="worry")
    assert here.rows(instance, "handed_over_by", "edition", process="inquiry") == [(*worry, "HMG-2024-05")]


def test_what_is_sent_along_and_what_every_process_knows_are_its_first_variables(county):
    here = county(WORRY, INQUIRY)
    case_id = here.open()
    here.do("ada", "think")

    known = here.variables("inquiry")
    assert known["worry"] == "yes"
    assert (known["case_id"], known["organisation_id"]) == (case_id, "school")
    assert known["organisation_kind"] == "school"
    assert "go_on" not in known


def test_whoever_started_the_first_process_has_the_tasks_of_their_own_in_the_next(county):
    here = county(WORRY, INQUIRY)
    here.open()
    here.do("ada", "think")
    here.do("ben", "inquire")

    assert here.assignee("part") == "ada"


def test_four_eyes_reach_across_a_hand_over(county):
    """Ben looked in the first process, so he may not check that in the second."""
    looks = process("worry", names("m"), s=STARTED, look=pool("dsl"), e=end("m"))
    checks = process("inquiry", names("m"), s=begun("m"), check=pool("dsl", four_eyes="look"), e=end())
    here = county(looks, checks)
    here.open()
    here.give("eva", "school", "dsl")
    here.do("ben", "look")
    with pytest.raises(FourEyes):
        here.do("ben", "check")

    here.do("eva", "check")


def test_one_that_waits_for_a_message_comes_before_one_that_begins_with_it(county):
    asks = process(
        "worry",
        names("inquiry_wanted", "inquired"),
        s=STARTED,
        ask=throw("inquiry_wanted"),
        wait=catch("inquired"),
        read=OWN,
        e=end(),
    )
    tells = process(
        "inquiry",
        names("inquiry_wanted", "inquired"),
        s=begun("inquiry_wanted"),
        inquire=pool("dsl"),
        e=end("inquired", found="=&quot;much&quot;"),
    )
    never = process("never", names("inquired"), s=begun("inquired"), late=pool("dsl"), e=end())
    here = county(asks, tells, never)
    case_id = here.open()
    here.do("ben", "inquire")

    assert here.waiting() == ["read"]
    assert here.instances() == [("inquiry", "completed"), ("worry", "running")]
    assert here.variables("worry")["found"] == "much"
    assert "“inquired” came in" in here.said(case_id)


def test_what_nobody_waits_for_or_begins_with_is_kept_for_the_case(county):
    asks = process(
        "worry", names("m"), s=STARTED, ask=throw("m"), think=OWN, wait=catch("m"), read=OWN, e=end()
    )
    here = county(asks)
    case_id = here.open()
    assert "The process sent “m”" in here.said(case_id)
    here.do("ada", "think")

    assert here.waiting() == ["read"]


def test_a_message_that_its_sender_waits_for_next_comes_back_to_it(county):
    asks = process("worry", names("m"), s=STARTED, ask=throw("m"), wait=catch("m"), read=OWN, e=end())
    here = county(asks)
    here.open()

    assert here.waiting() == ["read"]


TOLD = process(
    "teller",
    names("told", "heard", "begin"),
    s=STARTED,
    first=throw("told"),
    then=throw("begin"),
    think=OWN,
    second=throw("told"),
    third=throw("heard"),
    e=end(),
)
TELLING = f"{event_of('', 'told')}{event_of('', 'heard')}".replace("|", "")


def test_what_an_event_has_had_already_is_kept_for_whoever_waits_for_it_next(county):
    """It waits for both; the first comes early and then once more, before the second."""
    both = f"intermediateCatchEvent parallelMultiple='true'|{TELLING}"
    waits = process(
        "waits",
        names("told", "heard", "begin"),
        s=begun("begin"),
        both=both,
        again=catch("told"),
        do=OWN,
        e=end(),
    )
    here = county(TOLD, waits)
    case_id = here.open("teller")
    assert here.rows(subscription, "element", "message") == [("both", "heard")]
    here.do("ada", "think")

    assert here.waiting() == ["do"] and here.rows(subscription, "message") == []
    assert None not in here.rows(inbound_message, "delivered_at")
    assert here.kinds(case_id).count("message.delivered") == 3


ABOUT = (
    '<correlationProperty id="about" name="about">'
    '<correlationPropertyRetrievalExpression messageRef="told"><messagePath>=go_on</messagePath>'
    "</correlationPropertyRetrievalExpression></correlationProperty>"
)


def test_what_came_early_says_what_the_conversation_is_about(county):
    """The sender knows the matter and does not send it along: it is the key of the message all the same."""
    roots = names("told", "begin") + ABOUT
    sends = process(
        "teller",
        roots,
        s=STARTED,
        first=throw("told"),
        then=throw("begin"),
        think=OWN,
        e=end(),
    )
    waits = process(
        "waits", roots, s=begun("begin"), first=catch("told"), next=catch("told"), do=OWN, e=end()
    )
    here = county(sends, waits)
    here.open("teller")

    assert here.rows(subscription, "element", "correlation") == [("next", '{"about":"yes"}')]


def test_a_case_is_closed_when_the_last_process_has_ended_not_the_first(county):
    ends = process("worry", names("inquiry_wanted"), s=STARTED, think=OWN, e=end("inquiry_wanted"))
    here = county(ends, INQUIRY)
    case_id = here.open()
    here.do("ada", "think")
    assert here.rows(case, "status") == [("open",)]
    here.do("ben", "inquire")
    here.do("ada", "part")

    assert here.rows(case, "status") == [("closed",)]
    assert here.kinds(case_id).count("case.closed") == 1


def test_a_signal_reaches_everybody_who_waits_in_the_case_and_nobody_in_another(county):
    asks = process(
        "worry", names("inquiry_wanted", "!all"), s=STARTED, ask=throw("inquiry_wanted"),
        wait=catch("!all"), read=OWN, e=end(),
    )  # fmt: skip
    tells = process(
        "inquiry",
        names("inquiry_wanted", "!all"),
        s=begun("inquiry_wanted"),
        inquire=pool("dsl"),
        e=end("!all"),
    )
    here = county(asks, tells)
    here.open()
    other = here.open()
    here.do("ben", "inquire", in_case=other)

    assert here.waiting() == ["inquire", "read"]


# Keys ------------------------------------------------------------------------------------------------------


def test_a_second_message_with_the_same_key_is_for_the_one_that_runs_already(county):
    """One about school, twice, and one about home: two inquiries; the second word about school is kept."""
    sent = [throw("m", topic=f"=&quot;{topic}&quot;") for topic in ("school", "school", "home")]
    asks = process("worry", names("m =topic"), s=STARTED, a=sent[0], b=sent[1], c=sent[2], wrap=OWN, e=end())
    told = process(
        "inquiry", names("m =topic"), s=begun("m"), inquire=pool("dsl"), wait=catch("m"), read=OWN, e=end()
    )
    here = county(asks, told)
    here.open()
    assert here.waiting() == ["inquire", "inquire", "wrap"]
    here.do("ben", "inquire")
    here.do("ben", "inquire")

    assert here.waiting() == ["read", "wrap"]


# In a case of its own --------------------------------------------------------------------------------------


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


def test_the_case_shows_which_process_was_started_from_which(county):
    here = county(WORRY, INQUIRY)
    case_id = here.open()
    here.do("ada", "think")

    with transaction(here.engine) as db:
        worry, inquiry = cases.view(db, here.actor(db, "ada"), case_id, here.clock).instances
    assert (worry.handed_over_by, inquiry.handed_over_by) == (None, worry.id)


# Circles ---------------------------------------------------------------------------------------------------

PING = process("worry", names("ping", "pong"), s=STARTED, think=OWN, e=end("ping"))
PONG = process("answer", names("ping", "pong"), s=begun("ping"), e=end("pong"))
PANG = process("again", names("ping", "pong"), s=begun("pong"), e=end("ping"))


def test_processes_that_start_each_other_for_ever_end_as_an_incident(county):
    here = county(PING, PONG, PANG)
    here.open()
    here.do("ada", "think")

    assert len(here.instances()) == MOST + 1
    (trouble,) = here.incidents()
    assert "round in circles" in trouble.cause
    assert here.rows(inbound_message, "name", "delivered_at") == [("ping", None)]


def test_an_operator_sends_on_what_was_held_back_or_leaves_it(county):
    here = county(PING, PONG, PANG)
    here.open()
    here.do("ada", "think")
    (trouble,) = here.incidents()
    here.retry(trouble.id)

    assert len(here.instances()) == 2 * MOST + 1
    (again,) = here.incidents()
    here.skip(again.id)
    assert here.incidents() == []
    with pytest.raises(AlreadyResolved):
        here.skip(again.id)


# All or nothing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [INQUIRY, CONTACT], ids=["same-case", "own-case"])
def test_a_command_that_fails_hands_nothing_over(county, other):
    here = county(WORRY, other)
    case_id = here.open()
    before = here.said(case_id)
    with pytest.raises(RuntimeError), transaction(here.engine) as db:
        here.complete(db, "ada", "think")
        raise RuntimeError("the power went")

    assert here.instances() == [("worry", "running")]
    assert here.cases() == [case_id]
    assert here.said(case_id) == before
    here.do("ada", "think")
    assert len(here.instances()) == 2
    with reading(here.engine) as db:
        assert verify(db).faults == ()


def test_a_command_that_is_sent_twice_hands_over_once(county):
    here = county(WORRY, CONTACT)
    here.open()
    task = here.task("think")
    for _ in range(2):
        with transaction(here.engine) as db:
            here.complete(db, "ada", "think", task=task, key="one-and-only")

    assert len(here.cases()) == 2


# Rehearsed -------------------------------------------------------------------------------------------------


def test_a_rehearsal_hands_over_as_a_case_does(county, clock):
    here = county(WORRY, INQUIRY)
    here.open()
    here.do("ada", "think")
    rehearsed = Rehearsal(deploy({"worry.bpmn": WORRY, "inquiry.bpmn": INQUIRY}), clock.now)
    rehearsed.start("worry", {"started_by": "ada", "go_on": "yes"})
    rehearsed.complete("think")

    assert sorted(task.element for task in rehearsed.tasks()) == here.waiting()
