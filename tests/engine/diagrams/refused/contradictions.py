"""What says two things at once."""

from tests.engine.diagrams.drawn import (
    MESSAGE_EVENT,
    SUB,
    event,
    flows,
    line,
    on,
    several,
    task,
    timer,
    zeebe,
)

LINK = '<linkEventDefinition name="x"/>'
UNDO = '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="b" targetRef="undo"/>'
THROW, CATCH = (event(f"intermediate{word}Event", word[0].lower(), LINK) for word in ("Throw", "Catch"))
LINKED = (
    '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + THROW + CATCH + flows("s t", "c a", "a e")
)
RECEIVE = '<receiveTask id="r" messageRef="mail"/>'
HOUR = event("intermediateCatchEvent", "h", timer("PT1H"))
MAIL = event("intermediateCatchEvent", "m", MESSAGE_EVENT)
CHOICE = '<startEvent id="s"/><eventBasedGateway id="g"/><userTask id="a"/><endEvent id="e"/>'
CHOICE += flows("s g", "a e")
COUNTED = several('inputCollection="=[1, 2]"').replace(
    "</multi", "<loopCardinality>5</loopCardinality></multi"
)
CALL = zeebe('<zeebe:calledElement processId="{}"/>')

CONTRADICTIONS = {
    "link that waits for a message": (
        "in_company",
        "c",
        line("userTask:a") + event("intermediateCatchEvent", "c", LINK + MESSAGE_EVENT) + flows("c e"),
    ),
    "link with a flow out of it": ("two_ways", "t", LINKED + flows("t a")),
    "link with a flow into it": ("two_ways", "c", LINKED.replace(flows("a e"), flows("a c"))),
    "undoing with a flow out of it": (
        "two_ways",
        "b",
        on("<compensateEventDefinition/>") + UNDO,
    ),
    "handler that is not marked": (
        "unmarked_handlers",
        "undo",
        on("<compensateEventDefinition/>").replace(flows("b late"), "").replace('<endEvent id="late"/>', "")
        + UNDO.replace(' isForCompensation="true"', ""),
    ),
    "message that starts what a flow leads to": (
        "two_ways",
        "a",
        task("", "receiveTask", 'messageRef="mail" instantiate="true"'),
    ),
    "number and collection of instances": ("said_twice", "a", task(COUNTED)),
    "call of two processes": ("said_twice", "a", task(CALL.format("q"), "callActivity", 'calledElement="p"')),
    "ad-hoc sub-process that an event starts": (
        "mixed_kinds",
        "ad",
        line("userTask:a")
        + '<adHocSubProcess id="ad" triggeredByEvent="true"><task id="i"/></adHocSubProcess>',
    ),
    "transaction that an event starts": (
        "mixed_kinds",
        "tr",
        line("userTask:a") + f'<transaction id="tr" triggeredByEvent="true">{SUB}</transaction>',
    ),
    "end of what has no order": ("mixed_kinds", "ie", task(SUB, "adHocSubProcess")),
    "choice of a receive task with an event on it": (
        "event_choices",
        "r",
        CHOICE
        + RECEIVE
        + HOUR
        + event("boundaryEvent", "b", timer("PT1H"), 'attachedToRef="r"')
        + flows("g r", "g h", "r a", "h a", "b a"),
    ),
    "choice that another flow leads to": (
        "event_choices",
        "h",
        CHOICE
        + MAIL
        + HOUR
        + '<exclusiveGateway id="x" default="x_a"/>'
        + flows("g m", "g h", "m x", "h a", "x h =again", "x a"),
    ),
    "link that sends": ("in_company", "a", task(MESSAGE_EVENT + LINK, "intermediateThrowEvent")),
    "handler that a message starts too": (
        "in_company",
        "b",
        on("<compensateEventDefinition/>" + MESSAGE_EVENT) + UNDO,
    ),
    "event sub-process that undoes and waits": (
        "in_company",
        "is",
        line("userTask:a")
        + '<subProcess id="sp" triggeredByEvent="true">'
        + SUB.replace(
            '<startEvent id="is"/>',
            event("startEvent", "is", "<compensateEventDefinition/>" + MESSAGE_EVENT),
        )
        + "</subProcess>",
    ),
    "cancel that waits for a message too": (
        "in_company",
        "b",
        on("<cancelEventDefinition/>" + MESSAGE_EVENT, 'parallelMultiple="true"').replace(
            '<userTask id="a"/>', f'<transaction id="a">{SUB}</transaction>'
        ),
    ),
}
