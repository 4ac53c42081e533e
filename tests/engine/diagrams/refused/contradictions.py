"""What says two things at once."""

from tests.engine.diagrams.drawn import MESSAGE_EVENT, SUB, event, flows, line, on, task

LINK = '<linkEventDefinition name="x"/>'
UNDO = '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="b" targetRef="undo"/>'

CONTRADICTIONS = {
    "link that waits for a message": (
        "in_company",
        "c",
        line("userTask:a") + event("intermediateCatchEvent", "c", LINK + MESSAGE_EVENT) + flows("c e"),
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
