"""Gateways that nobody could decide."""

from tests.engine.diagrams.drawn import flows, line, split

GATEWAYS = {
    "two flows without condition": ("ambiguous", "g_b", split("g a =x", "g b")),
    "complex gateway that does not say when": (
        "wrong_rounds",
        "g",
        split("g a =waitingForStart", "g b =not(waitingForStart)", gateway="complexGateway"),
    ),
    "complex gateway with a way that may be taken twice": (
        "wrong_rounds",
        "g_b",
        split("g a =waitingForStart", "g b", gateway="complexGateway"),
    ),
    "condition at a parallel gateway": (
        "misplaced_conditions",
        "g_a",
        split("g a =x", "g b", gateway="parallelGateway"),
    ),
    "event gateway before a task": ("event_gateways", "a", split("g a", "g b", gateway="eventBasedGateway")),
    "event gateway that asks for all": (
        "event_gateways",
        "g",
        split("g a", "g b", gateway="eventBasedGateway").replace(
            'id="g"', 'id="g" eventGatewayType="Parallel"', 1
        ),
    ),
    "gateway with no way on": (
        "pointless",
        "g",
        line("userTask:a") + '<exclusiveGateway id="g"/>' + flows("a g"),
    ),
}
