"""Activities without work, or repeated in ways that end nowhere."""

from tests.engine.diagrams.drawn import MESSAGE_EVENT, SUB, event, flows, line, on, split, task

SEVERAL = (
    "<multiInstanceLoopCharacteristics><loopCardinality>{}</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)

ACTIVITIES = {
    "service task without operation": ("without_work", "a", line("serviceTask:a")),
    "endless standard loop": ("wrong_loops", "a", task("<standardLoopCharacteristics/>")),
    "ten million instances": (
        "wrong_loops",
        "a",
        task(
            "<multiInstanceLoopCharacteristics><loopCardinality>10000000</loopCardinality></multiInstanceLoopCharacteristics>"
        ),
    ),
    "a number with two signs": ("wrong_quantities", "a", task(attributes='startQuantity="++5"')),
    "rounds with two signs": ("wrong_loops", "a", task('<standardLoopCharacteristics loopMaximum="++5"/>')),
    "rounds with a sign": ("wrong_loops", "a", task('<standardLoopCharacteristics loopMaximum="+5"/>')),
    "rounds in digits of another script": (
        "wrong_loops",
        "a",
        task('<standardLoopCharacteristics loopMaximum="\u0662"/>'),
    ),
    "a raised number of instances": ("wrong_loops", "a", task(SEVERAL.format("\u00b2"))),
    "instances in digits of another script": ("wrong_loops", "a", task(SEVERAL.format("\u0662"))),
    "a raised number of instances in FEEL": ("unreadable", "a", task(SEVERAL.format("=\u00b2"))),
    "more instances than any number": ("wrong_loops", "a", task(SEVERAL.format("=" + "9" * 20))),
    "instances without number": ("wrong_loops", "a", task("<multiInstanceLoopCharacteristics/>")),
    "behavior without event": (
        "wrong_behavior",
        "a",
        task(
            "<multiInstanceLoopCharacteristics "
            'behavior="One"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>'
        ),
    ),
    "transaction that is undone by what it stored": (
        "other_undoing",
        "a",
        task('<startEvent id="i"/>', "transaction", 'method="##Store"'),
    ),
    "undoing that is not waited for": (
        "other_undoing",
        "t",
        line("userTask:a")
        + event("endEvent", "t", '<compensateEventDefinition waitForCompletion="false"/>')
        + flows("a t"),
    ),
    "several instances where one thing is done at a time": (
        "wrong_order",
        "i",
        task(
            '<userTask id="i"><standardLoopCharacteristics loopMaximum="2"/></userTask>',
            "adHocSubProcess",
            'ordering="Sequential"',
        ),
    ),
    "loop and several instances": (
        "strangers",
        "a",
        task(
            '<standardLoopCharacteristics loopMaximum="3"/>'
            "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
            "</multiInstanceLoopCharacteristics>"
        ),
    ),
    "start that asks for all of its events": (
        "partial_starts",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>',
            event(
                "startEvent",
                "s",
                MESSAGE_EVENT + '<signalEventDefinition signalRef="si"/>',
                'parallelMultiple="true"',
            ),
        ),
    ),
    "event gateway that starts the process": (
        "event_gateways",
        "g",
        split("g a", "g b", gateway="eventBasedGateway").replace('id="g"', 'id="g" instantiate="true"'),
    ),
    "quantity of nothing": ("wrong_quantities", "a", task("", "userTask", 'startQuantity="0"')),
    "too deep": (
        "too_deep",
        "d61",
        "".join(f'<subProcess id="d{n}">' for n in range(1, 62)) + "</subProcess>" * 61,
    ),
    "compensation without handler": ("compensation", "b", on("<compensateEventDefinition/>")),
    "two handlers of one compensation": (
        "compensation",
        "b",
        on("<compensateEventDefinition/>").replace(flows("b late"), "").replace('<endEvent id="late"/>', "")
        + "".join(
            f'<userTask id="{id}" isForCompensation="true"/>'
            f'<association id="as{id}" sourceRef="b" targetRef="{id}"/>'
            for id in "hk"
        ),
    ),
    "handler inside a sub-process beside": (
        "compensation",
        "b",
        on("<compensateEventDefinition/>").replace(flows("b late"), "").replace('<endEvent id="late"/>', "")
        + f'<subProcess id="w">{SUB}</subProcess><association id="as" sourceRef="b" targetRef="it"/>'
        + flows("e w").replace('sourceRef="e"', 'sourceRef="a"'),
    ),
    "compensation of what lies deeper": (
        "compensation",
        "e",
        task(SUB, "subProcess").replace(
            '<endEvent id="e"/>', event("endEvent", "e", '<compensateEventDefinition activityRef="it"/>')
        ),
    ),
    "event sub-process that repeats": (
        "wrong_loops",
        "sp",
        line("userTask:a")
        + '<subProcess id="sp" triggeredByEvent="true"><standardLoopCharacteristics loopMaximum="3"/>'
        + SUB.replace('<startEvent id="is"/>', event("startEvent", "is", MESSAGE_EVENT))
        + "</subProcess>",
    ),
    "event sub-process that an error does not interrupt": (
        "wrong_interruption",
        "is",
        line("userTask:a")
        + '<subProcess id="sp" triggeredByEvent="true">'
        + SUB.replace(
            '<startEvent id="is"/>',
            event("startEvent", "is", '<errorEventDefinition errorRef="er"/>', 'isInterrupting="false"'),
        )
        + "</subProcess>",
    ),
    "event gateway before several instances": (
        "event_gateways",
        "r",
        '<startEvent id="s"/><eventBasedGateway id="g"/><receiveTask id="r" messageRef="mail">'
        + SEVERAL.format(3)
        + "</receiveTask>"
        + event("intermediateCatchEvent", "k", '<signalEventDefinition signalRef="si"/>')
        + flows("s g", "g r", "g k"),
    ),
}
