"""Events out of place, or without what they need."""

from tests.engine.diagrams.drawn import MESSAGE_EVENT, SUB, event, flows, line, on, task, timer

EVENTS = {
    "error start": (
        "out_of_place",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>', event("startEvent", "s", '<errorEventDefinition errorRef="er"/>')
        ),
    ),
    "catch of an error": (
        "out_of_place",
        "a",
        task('<errorEventDefinition errorRef="er"/>', "intermediateCatchEvent"),
    ),
    "boundary without an event": ("out_of_place", "b", on("")),
    "receive task without message": ("without_content", "a", line("receiveTask:a")),
    "message event without message": ("without_content", "b", on("<messageEventDefinition/>")),
    "message of another file": ("without_content", "b", on('<messageEventDefinition messageRef="other"/>')),
    "message without a name": ("without_content", "b", on('<messageEventDefinition messageRef="nameless"/>')),
    "timer without time": ("without_content", "b", on("<timerEventDefinition/>")),
    "empty timer": ("without_content", "b", on(timer(" "))),
    "condition without content": ("without_content", "b", on("<conditionalEventDefinition/>")),
    "error end without code": (
        "without_content",
        "e",
        line("userTask:a").replace('<endEvent id="e"/>', event("endEvent", "e", "<errorEventDefinition/>")),
    ),
    "unknown error": ("without_content", "b", on('<errorEventDefinition errorRef="other"/>')),
    "link to nowhere": (
        "wrong_links",
        "a",
        task('<linkEventDefinition name="x"/>', "intermediateThrowEvent"),
    ),
    "two link targets": (
        "wrong_links",
        "c2",
        line("userTask:a")
        + event("intermediateThrowEvent", "t", '<linkEventDefinition name="x"/>')
        + flows("a t")
        + "".join(
            event("intermediateCatchEvent", c, '<linkEventDefinition name="x"/>') + flows(f"{c} e")
            for c in ("c1", "c2")
        ),
    ),
    "flow into a start": ("wrong_flows", "s", line("userTask:a") + flows("a s")),
    "flow out of an end": ("wrong_flows", "e", line("userTask:a") + flows("e a")),
    "boundary without a way on": (
        "wrong_flows",
        "b",
        line("userTask:a") + event("boundaryEvent", "b", MESSAGE_EVENT, 'attachedToRef="a"'),
    ),
    "two boundaries for one message": (
        "twice_the_same",
        "b2",
        on(MESSAGE_EVENT)
        + event("boundaryEvent", "b2", MESSAGE_EVENT, 'attachedToRef="a"')
        + flows("b2 late"),
    ),
    "two boundaries for any error": (
        "twice_the_same",
        "b2",
        on("<errorEventDefinition/>")
        + event("boundaryEvent", "b2", '<errorEventDefinition errorRef="any"/>', 'attachedToRef="a"')
        + flows("b2 late"),
    ),
    "error that does not interrupt": (
        "wrong_interruption",
        "b",
        on('<errorEventDefinition errorRef="er"/>', 'cancelActivity="false"'),
    ),
    "cancel outside a transaction": ("wrong_interruption", "b", on("<cancelEventDefinition/>")),
    "endless timer that interrupts": ("endless_cycles", "b", on(timer("R/PT1H", "timeCycle"))),
    "two plain starts": ("wrong_starts", "s2", line("userTask:a") + '<startEvent id="s2"/>' + flows("s2 a")),
    "sub-process that waits to start": (
        "wrong_starts",
        "is",
        task(SUB.replace('<startEvent id="is"/>', event("startEvent", "is", MESSAGE_EVENT)), "subProcess"),
    ),
    "event sub-process without event": (
        "wrong_starts",
        "is",
        line("userTask:a") + f'<subProcess id="sp" triggeredByEvent="true">{SUB}</subProcess>',
    ),
}
