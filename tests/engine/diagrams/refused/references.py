"""References that lead nowhere, and what they may not write."""

from tests.engine.diagrams.drawn import (
    MESSAGE_EVENT,
    OWN_CASE,
    SUB,
    event,
    flows,
    line,
    on,
    split,
    task,
    zeebe,
)

REFERENCES = {
    "flow to nowhere": ("loose_flows", "a_x", line("userTask:a") + flows("a x")),
    "flow into a sub-process": (
        "loose_flows",
        "a_it",
        line("userTask:a", "subProcess:sp").replace(
            '<subProcess id="sp"/>', f'<subProcess id="sp">{SUB}</subProcess>'
        )
        + flows("a it"),
    ),
    "default that does not leave": ("wrong_defaults", "g", split("g a =x", "g b =y", default="a_e")),
    "boundary on nothing": ("loose_boundaries", "b", on(MESSAGE_EVENT, host="nobody")),
    "boundary on an event": ("loose_boundaries", "b", on(MESSAGE_EVENT, host="s")),
    "lane with a stranger": (
        "wrong_lanes",
        "l",
        '<laneSet><lane id="l"><flowNodeRef>nobody</flowNodeRef></lane></laneSet>' + line("userTask:a"),
    ),
    "call of nothing": ("called_processes", "a", task("", "callActivity")),
    "call of a stranger": ("called_processes", "a", task("", "callActivity", 'calledElement="nobody"')),
    "listener of a task": ("unread_extensions", "a", task(zeebe("<zeebe:taskListeners/>"))),
    "result in the case's own id": (
        "reserved_names",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:output source="=1" target="case_id"/></zeebe:ioMapping>')),
    ),
    "four eyes of nobody": (
        "unknown_elements",
        "a",
        task(
            zeebe(
                '<zeebe:properties><zeebe:property name="handrail:four_eyes" value="s '
                'nobody"/></zeebe:properties>'
            )
        ),
    ),
    "case of its own for nobody's message": (
        "wrong_own_cases",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>',
            event("startEvent", "s", OWN_CASE),
        ),
    ),
    "people whom a case is perhaps about": (
        "wrong_subjects",
        "p",
        zeebe(
            '<zeebe:properties><zeebe:property name="handrail:subjects" value="perhaps"/></zeebe:properties>'
        )
        + line("userTask:a"),
    ),
}
