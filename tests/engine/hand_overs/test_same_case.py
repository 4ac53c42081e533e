"""Processes that hand over in the same case: who is started, reached or told."""

from __future__ import annotations

import pytest

from engine import cases
from engine.database import transaction
from engine.errors import FourEyes
from engine.tables import case, inbound_message, instance, subscription
from tests.engine.hand_overs.worry import INQUIRY, WORRY
from tests.engine.handing import (
    OWN,
    STARTED,
    begun,
    catch,
    end,
    event_of,
    names,
    pool,
    process,
    throw,
)
from tests.engine.spiff.drawing import definitions as file
from tests.engine.spiff.drawing import flows, nodes


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

    assert here.rows(subscription, "element", "correlation") == [("next", '[["about","yes"]]')]


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


def about(property: str, message: str) -> str:
    path = f'messageRef="{message}"><messagePath>=1</messagePath>'
    path = f"<correlationPropertyRetrievalExpression {path}</correlationPropertyRetrievalExpression>"
    return f'<correlationProperty id="{property}">{path}</correlationProperty>'


def test_the_same_value_of_another_property_is_another_matter(county):
    """The first order and the first customer: each has an inquiry."""
    roots = names("ordered", "joined") + about("order", "ordered") + about("customer", "joined")
    asks = process("worry", roots, s=STARTED, a=throw("ordered"), b=throw("joined"), wrap=OWN, e=end())
    drawn = nodes(o=begun("ordered"), c=begun("joined"), inquire=pool("dsl"), again=pool("dsl"))
    drawn += flows("o>inquire", "c>again")
    told = file(roots, f'<process id="inquiry" isExecutable="true">{drawn}</process>')
    here = county(asks, told)
    here.open()

    assert here.waiting() == ["again", "inquire", "wrap"]


def test_the_case_shows_which_process_was_started_from_which(county):
    here = county(WORRY, INQUIRY)
    case_id = here.open()
    here.do("ada", "think")

    with transaction(here.engine) as db:
        worry, inquiry = cases.view(db, here.actor(db, "ada"), case_id, here.clock).instances
    assert (worry.handed_over_by, inquiry.handed_over_by) == (None, worry.id)
