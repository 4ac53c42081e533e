"""Pools that send each other messages, and how each message finds its instance: by all of its key."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.spiff.drawing import chain, definitions, nodes, zeebe

from .asking import Rehearsed, refusal

PART = '<correlationProperty id="{id}" name="{name}">{paths}</correlationProperty>'
PATH = (
    '<correlationPropertyRetrievalExpression messageRef="{}"><messagePath>{}</messagePath>'
    "</correlationPropertyRetrievalExpression>"
)
MESSAGES = '<message id="m_ask" name="ask"/><message id="m_answer" name="answer"/>'
ASK, ANSWER = (f'<messageEventDefinition messageRef="m_{name}"/>' for name in ("ask", "answer"))


def payload(*names: str) -> str:
    inputs = "".join(f'<zeebe:input source="={name}" target="{name}"/>' for name in names)
    return zeebe(f"<zeebe:ioMapping>{inputs}</zeebe:ioMapping>")


def property_of(id: str, name: str = "", **paths: str) -> str:
    said = "".join(PATH.format(message, path) for message, path in paths.items())
    return PART.format(id=id, name=name or id, paths=said)


KEY = (
    '<correlationKey id="key" name="Case and agency"><correlationPropertyRef>case</correlationPropertyRef>'
    "<correlationPropertyRef>agency</correlationPropertyRef></correlationKey>"
)
PARTS = property_of("case", m_ask="case", m_answer="=about") + property_of(
    "agency", m_ask="=agency", m_answer="sender"
)
HUB = nodes(
    h_start="startEvent",
    h_ask="intermediateThrowEvent|" + payload("case", "agency") + ASK,
    h_wait=f"intermediateCatchEvent|{ANSWER}",
    h_read="userTask",
) + chain("h_start", "h_ask", "h_wait", "h_read")
AGENCY = nodes(
    a_start=f"startEvent|{ASK}",
    a_look="userTask",
    a_answer="sendTask messageRef='m_answer'|" + payload("about", "sender", "found"),
) + chain("a_start", "a_look", "a_answer")
FLOWS = (
    '<messageFlow id="f1" sourceRef="h_ask" targetRef="a_start"/>'
    '<messageFlow id="f2" sourceRef="a_answer" targetRef="h_wait"/>'
)


def pools(
    hub: str = HUB, agency: str = AGENCY, parts: str = PARTS, flows: str = FLOWS, key: str = KEY
) -> bytes:
    return definitions(
        MESSAGES + parts,
        '<collaboration id="c"><participant id="P1" processRef="hub"/><participant id="P2" processRef="ag"/>'
        f"{flows}{key}</collaboration>",
        f'<process id="hub" isExecutable="true">{hub}</process>',
        f'<process id="ag" isExecutable="true">{agency}</process>',
    )


def asked(content: bytes, *cases: dict[str, Any]) -> Rehearsed:
    run = Rehearsed(content)
    for case in cases:
        run.do("start", process="hub", variables=case)
    return run


def test_a_message_flow_starts_the_other_pool_and_its_answer_comes_back() -> None:
    run = asked(pools(), {"case": 1, "agency": "school"})
    assert run.open() == ["a_look"] and run.state["variables"]["case"] == 1

    run.complete("a_look", about=1, sender="school", found="nothing")
    assert run.open() == ["h_read"] and run.state["variables"]["found"] == "nothing"


def test_a_message_is_for_whom_all_of_its_key_fits() -> None:
    """Two cases wait for the same school, and one of them for the police too: only one is meant."""
    run = asked(pools(), {"case": 1, "agency": "school"}, {"case": 1, "agency": "police"})

    assert run.message("answer", {"case": 1, "agency": "health"}) == "kept"
    assert run.message("answer", {"case": 2, "agency": "police"}) == "kept"
    assert run.message("answer", {"case": 1}) == "kept"
    assert run.message("answer", {"case": 1, "agency": "police"}, found="much") == "delivered"
    (standing,) = [each for each in run.do("state", instance="3")["elements"] if each == "h_read"]
    assert standing == "h_read" and run.do("state", instance="1")["elements"] == ["h_wait"]


def test_the_key_may_stand_in_the_message() -> None:
    run = asked(pools(), {"case": 1, "agency": "school"})

    assert run.message("answer", about=1, sender="police") == "kept"
    assert run.message("answer", about=1, sender="school") == "delivered"


def test_a_process_that_was_asked_answers_about_the_same() -> None:
    """Its conversation is about what its first message said, whatever is written into the answer."""
    run = asked(pools(), {"case": 1, "agency": "school"})
    run.complete("a_look", about=2, sender="school")

    (incident,) = run.state["incidents"]
    assert incident["element"] == "a_answer" and "case" in incident["cause"]


def test_a_property_of_another_name_is_another_property() -> None:
    about = '<correlationKey id="key"><correlationPropertyRef>case</correlationPropertyRef></correlationKey>'
    one = property_of("case", m_ask="case", m_answer="=about")
    run = asked(pools(parts=one, key=about), {"case": 1, "agency": "school"})

    assert run.message("answer", {"person": 1}) == "kept"
    assert run.message("answer", {"case": 1}) == "delivered"


def test_a_message_without_its_key_is_an_incident() -> None:
    (incident,) = asked(pools(), {"case": 1, "agency": None}).state["incidents"]

    assert incident["element"] == "h_ask" and "agency" in incident["cause"]


SUBSCRIBED = (
    '<correlationSubscription id="cs" correlationKeyRef="key">'
    '<correlationPropertyBinding correlationPropertyRef="case"><dataPath>=number + 1</dataPath>'
    '</correlationPropertyBinding><correlationPropertyBinding correlationPropertyRef="agency">'
    "<dataPath>who</dataPath></correlationPropertyBinding></correlationSubscription>"
)


def test_a_subscription_says_where_the_process_has_its_key() -> None:
    hub = (
        SUBSCRIBED
        + nodes(h_start="startEvent", h_wait=f"intermediateCatchEvent|{ANSWER}", h_read="userTask")
        + chain("h_start", "h_wait", "h_read")
    )
    run = asked(pools(hub, flows=""), {"number": 1, "who": "school"})

    assert run.message("answer", {"case": 1, "agency": "school"}) == "kept"
    assert run.message("answer", {"case": 2, "agency": "school"}) == "delivered"


BESIDE = (
    SUBSCRIBED
    + nodes(
        h_start="startEvent",
        split="parallelGateway",
        h_wait=f"intermediateCatchEvent|{ANSWER}",
        h_correct="userTask",
        h_read="userTask",
    )
    + chain("h_start", "split", "h_wait", "h_read")
    + chain("split", "h_correct")
)


def test_a_subscription_follows_the_variables_of_the_process() -> None:
    """Context-based correlation is worked out anew whenever what it rests on changes (BPMN 2.0, 8.4.2)."""
    run = asked(pools(BESIDE, flows=""), {"number": 1, "who": "school"})
    run.complete("h_correct", number=2)

    assert run.message("answer", {"case": 2, "agency": "school"}) == "kept"
    assert run.message("answer", {"case": 3, "agency": "school"}) == "delivered"


def test_a_kept_message_is_given_once_the_subscription_fits() -> None:
    run = asked(pools(BESIDE, flows=""), {"number": 1, "who": "school"})

    assert run.message("answer", {"case": 3, "agency": "school"}) == "kept"
    assert run.complete("h_correct", number=2).open() == ["h_read"]


def test_a_subscription_whose_variable_is_gone_is_an_incident() -> None:
    run = asked(pools(BESIDE, flows=""), {"number": 1, "who": "school"})
    run.complete("h_correct", who=None)
    (incident,) = run.state["incidents"]
    assert incident["element"] == "h_wait" and "agency" in incident["cause"]
    assert run.message("answer", {"case": 2, "agency": "school"}) == "kept"

    run.do("variables", set={"who": "school"})
    assert run.do("retry") and run.open() == ["h_read"]


def test_what_waits_already_waits_for_the_conversation_as_soon_as_it_is_known() -> None:
    """Two branches: one waits, the other asks. Until then any answer may be the first word."""
    hub = (
        nodes(
            h_start="startEvent",
            split="parallelGateway",
            h_wait=f"intermediateCatchEvent|{ANSWER}",
            h_prepare="userTask",
            h_ask="intermediateThrowEvent|" + payload("case", "agency") + ASK,
            h_read="userTask",
            end="endEvent",
        )
        + chain("h_start", "split", "h_wait", "h_read")
        + chain("split", "h_prepare", "h_ask", "end")
    )
    run = asked(pools(hub), {"case": 1, "agency": "school"}).complete("h_prepare")

    assert run.message("answer", {"case": 2, "agency": "school"}) == "kept"
    assert run.message("answer", {"case": 1, "agency": "school"}) == "delivered"


def test_the_first_message_says_what_it_is_about_also_when_it_came_early() -> None:
    """Its key stands beside the payload, not in it: all the same, answers are awaited by it."""
    hub = nodes(
        h_start="startEvent",
        h_prepare="userTask",
        h_asked=f"intermediateCatchEvent|{ASK}",
        h_wait=f"intermediateCatchEvent|{ANSWER}",
        h_read="userTask",
    ) + chain("h_start", "h_prepare", "h_asked", "h_wait", "h_read")
    run = asked(pools(hub, agency=nodes(a="startEvent"), flows=""), {})

    assert run.message("ask", {"case": 1, "agency": "school"}) == "kept"
    run.complete("h_prepare")
    assert run.message("answer", {"case": 2, "agency": "school"}) == "kept"
    assert run.message("answer", {"case": 1, "agency": "school"}) == "delivered"


def test_everything_that_came_early_reaches_a_listener_that_stays() -> None:
    hub = (
        nodes(
            h_start="startEvent",
            h_prepare="userTask",
            h_work="userTask",
            h_also=f'boundaryEvent attachedToRef="h_work" cancelActivity="false"|{ASK}',
            h_note="userTask",
        )
        + chain("h_start", "h_prepare", "h_work")
        + chain("h_also", "h_note")
    )
    run = Rehearsed(definitions(MESSAGES, f'<process id="hub" isExecutable="true">{hub}</process>'), start={})

    assert [run.message("ask"), run.message("ask"), run.message("ask")] == ["kept"] * 3
    assert run.complete("h_prepare").open() == ["h_note", "h_note", "h_note", "h_work"]
    assert run.message("ask") == "delivered"


BOTH = (
    nodes(
        s="startEvent",
        both=f"intermediateCatchEvent parallelMultiple='true'|{ASK}{ANSWER}",
        between="userTask",
        again=f"intermediateCatchEvent|{ASK}",
        last="userTask",
    )
    + chain("s", "both", "between", "again", "last")
)  # fmt: skip


def test_what_an_event_has_had_already_is_kept_for_whoever_waits_for_it_next() -> None:
    run = Rehearsed(
        definitions(MESSAGES, f'<process id="hub" isExecutable="true">{BOTH}</process>'), start={}
    )

    assert [run.message("ask"), run.message("ask")] == ["delivered", "kept"]
    assert run.message("answer") == "delivered"
    assert run.complete("between").open() == ["last"]


TWICE = zeebe('<zeebe:subscription correlationKey="=x"/>')
REFUSED = {
    "a message flow to nowhere": ("f1", pools(flows=FLOWS.replace("a_start", "nowhere"))),
    "a message flow inside one pool": ("f1", pools(flows=FLOWS.replace("a_start", "h_wait"))),
    "a message flow between two messages": (
        "f1",
        pools(agency=AGENCY.replace(ASK, ANSWER.replace("m_answer", "m_other"))).replace(
            b"<message ", b'<message id="m_other" name="other"/><message ', 1
        ),
    ),
    "somebody else who waits for it": (
        "x_wait",
        pools().replace(
            b"</definitions>",
            definitions(
                '<process id="x" isExecutable="true">'
                + nodes(x_start="startEvent", x_wait=f"intermediateCatchEvent|{ANSWER}")
                + chain("x_start", "x_wait")
                + "</process>"
            ).split(b'"t">')[1],
        ),
    ),
    "a key of nothing": ("key", pools(key='<correlationKey id="key"/>')),
    "a key of a property that is not there": (
        "key",
        pools(key=KEY.replace(">agency<", ">nowhere<")),
    ),
    "half a key in a message": ("agency", pools(parts=PARTS.replace(PATH.format("m_answer", "sender"), ""))),
    "a path in another language": ("case", pools(parts=PARTS.replace(">=about<", ">/about/@id<"))),
    "a property in no message of the file": ("case", pools(parts=PARTS.replace("m_ask", "m_none", 1))),
    "two ways to correlate": (
        "case",
        pools().replace(
            b'<message id="m_ask" name="ask"/>',
            (
                '<message id="m_ask" name="ask">'
                + zeebe('<zeebe:subscription correlationKey="=x"/>')
                + "</message>"
            ).encode(),
        ),
    ),
    "a subscription by another property": (
        "hub",
        pools(SUBSCRIBED.replace('Ref="case"', 'Ref="nowhere"') + HUB),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_does_not_say_whom_a_message_is_for_is_refused(what: str) -> None:
    element, content = REFUSED[what]

    assert element in {each.element for each in refusal(content)}


def test_a_drawing_of_somebody_elses_pool_may_exchange_messages_with_it() -> None:
    """A closed pool sends and receives what nobody executes."""
    flows = '<messageFlow id="f1" sourceRef="h_ask" targetRef="P3"/><participant id="P3" name="Court"/>'

    assert asked(pools(agency=nodes(a="startEvent"), flows=flows), {"case": 1, "agency": "x"}).state[
        "running"
    ]


def test_a_step_takes_a_message_before_the_event_on_it() -> None:
    """Both wait for it from the same moment; a case decides the same."""
    hub = (
        nodes(
            s="startEvent",
            r="receiveTask messageRef='m_ask'",
            b=f'boundaryEvent attachedToRef="r" cancelActivity="false"|{ASK}',
            done="userTask",
            noted="userTask",
        )
        + chain("s", "r", "done")
        + chain("b", "noted")
    )
    content = definitions(MESSAGES, f'<process id="hub" isExecutable="true">{hub}</process>')
    run = Rehearsed(content, start={})

    assert run.message("ask") == "delivered" and run.open() == ["done"]
