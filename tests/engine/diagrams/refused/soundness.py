"""Diagrams that begin, end or join nowhere."""

from tests.engine.diagrams.drawn import event, flows, line, task, timer

SOUNDNESS = {
    "empty process": ("nowhere_to_start", "p", ""),
    "all wait for another": (
        "nowhere_to_start",
        "p",
        '<userTask id="a"/><userTask id="b"/>' + flows("a b", "b a"),
    ),
    "task beside the flow": ("unreachable", "x", line("userTask:a") + '<userTask id="x"/>' + flows("x e")),
    "loop beside the flow": (
        "unreachable",
        "x",
        line("userTask:a") + '<userTask id="x"/><userTask id="y"/>' + flows("x y", "y x", "y e"),
    ),
    "loop without a way out": (
        "never_ending",
        "a",
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/>' + flows("s a", "a b", "b a"),
    ),
    "loop that never waits": (
        "automatic_loops",
        "g",
        '<startEvent id="s"/><exclusiveGateway id="g"/><exclusiveGateway id="h" '
        'default="h_g"/><endEvent id="e"/>' + flows("s g", "g h", "h g", "h e =x"),
    ),
    "process that calls itself": ("endless_calls", "a", task("", "callActivity", 'calledElement="p"')),
    "exclusive split, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask '
        'id="b"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s g", "g a =x", "g b =y", "a j", "b j", "j e"),
    ),
    "a choice after a join, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>'
        '<parallelGateway id="m"/>'
        '<exclusiveGateway id="x"/><task id="c"/><task id="d"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s f", "f a", "f b", "a m", "b m", "m x", "x c =first", "x d =second", "c j", "d j", "j e"),
    ),
    "interrupted or done, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><userTask id="a"/><parallelGateway id="j"/><endEvent id="e"/>'
        + event("boundaryEvent", "b", timer("P1D"), 'attachedToRef="a"')
        + flows("s a", "a j", "b j", "j e"),
    ),
    "way back into a parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><parallelGateway id="j"/><userTask '
        'id="a"/><exclusiveGateway id="g"/><endEvent id="e"/>'
        + flows("s j", "j a", "a g", "g j =x", "g e =y"),
    ),
}
