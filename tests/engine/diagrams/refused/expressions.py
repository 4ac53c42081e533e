"""Expressions that are not FEEL, and times that are none."""

from tests.engine.diagrams.drawn import on, split, task, timer, zeebe

EXPRESSIONS = {
    "JUEL condition": ("unreadable", "g_a", split("g a ${x}", "g b =y")),
    "Python condition": ("unreadable", "g_a", split("g a x is None", "g b =y")),
    "broken FEEL": ("unreadable", "g_a", split("g a =x = ", "g b =y")),
    "JUEL assignee": ("unreadable", "a", task(zeebe('<zeebe:assignmentDefinition assignee="${who}"/>'))),
    "expression for a form": ("unreadable", "a", task(zeebe('<zeebe:formDefinition formId="=x"/>'))),
    "duration banana": ("wrong_times", "b", on(timer("banana"))),
    "cron": ("wrong_times", "b", on(timer("0 0 9 * * ?", "timeCycle"), 'cancelActivity="false"')),
    "cycle without time between": (
        "wrong_times",
        "b",
        on(timer("R100000000/PT0S", "timeCycle"), 'cancelActivity="false"'),
    ),
    "due one day": ("wrong_times", "a", task(zeebe('<zeebe:taskSchedule dueDate="tomorrow"/>'))),
    "mapping to nothing": (
        "wrong_targets",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:output source="=x" target=""/></zeebe:ioMapping>')),
    ),
    "mapping to no name": (
        "wrong_targets",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:input source="=x" target="__class__()"/></zeebe:ioMapping>')),
    ),
}
