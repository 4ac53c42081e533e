"""Writes `docs/bpmn.md` from the tables and rules that decide.

`python -m engine.diagrams.handbook > docs/bpmn.md`
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from engine.diagrams import advice, bounds, extensions, governance, source, vetting, zeebe
from engine.diagrams.support import CHILDREN, EVENTS, NODES, OUTSIDE, POSITIONS, RUN, Support
from engine.diagrams.vetting import activities, expressions
from engine.diagrams.vetting.view import Rule

INTRODUCTION = """# BPMN, element by element

<!-- Written by `python -m engine.diagrams.handbook`. Change the tables it is made from, not this page. -->

Each element is **executed** exactly as the standard says, **drawn** (kept and given back byte for byte,
without any effect), or **refused** by name, with what to draw instead. `handrail check FILE…` says which.

Expressions are FEEL and start with `=`; text without `=` is fixed text. Fixed times are ISO 8601. What a task
needs beyond the standard stands in `zeebe:` extensions, as Camunda Modeler and the bpmn.io properties panel
write them. Files may be UTF-8, UTF-16 or Latin-1, with any prefixes; what has no id is given one."""

LIMITS = (
    (
        "File",
        f"{source.MAX_BYTES // 1024 // 1024} MB, {source.MAX_CHARACTERS // 1024 // 1024} million characters",
    ),
    ("Tags", f"{source.MAX_TAGS:,}"),
    ("Attributes", f"{source.MAX_ATTRIBUTES:,}, and {source.MAX_ATTRIBUTES_OF_ONE} on one element"),
    ("Elements, flows", f"{bounds.MAX_NODES:,} and {bounds.MAX_FLOWS:,}"),
    ("Processes; inclusive and complex gateways", f"{bounds.MAX_PROCESSES}; {bounds.MAX_INCLUSIVE}"),
    ("Messages and signals; message flows", f"{bounds.MAX_DECLARED:,} each"),
    ("Elements and attributes of other tools", f"{extensions.MAX_VENDORS:,}"),
    ("Name, text, id", f"{bounds.MAX_NAME:,}, {bounds.MAX_TEXT:,} and {bounds.MAX_ID} characters"),
    ("Expression", f"{expressions.MAX_LENGTH:,} characters"),
    ("Sub-processes inside each other", f"{activities.MAX_DEPTH}"),
    ("Instances named by a fixed number", f"{activities.MAX_INSTANCES:,}"),
    ("Rounds of a standard loop (`loopMaximum`)", f"{activities.MAX_ROUNDS:,}"),
)

SENDING = """
In a case, a message that leaves a process reaches the one in the same case that has waited for it longest, by
all its keys; else it starts the process that begins with it, in the same case or, where the start event says
`handrail:case=new`, in a case of its own; else it is kept for 28 days. What a sealed case starts that is not
sealed itself is always in a case of its own. A signal reaches everybody in the case who waits for it, and
nobody in another. When a case is closed the service raises the signal `case_closed` in it: what begins with
that begins in the closed case, which stays closed. What begins with a timer or a condition begins in
rehearsals only: no case is there for it to belong to."""

WHEN = """
Conditions are looked at whenever everything that can move has moved: what was true only between two
automatic steps has not happened. That time passes moves nothing: to wait for a time, draw a timer. The days
of a duration are 24 hours, and its weeks seven of them, also where the clocks change; months and years keep
the time of day in London."""

VARIABLES = """
What has answers of its own (an instance, a run of an event sub-process, a called process) hands them on when
it ends. Until then nobody else sees them, and what is interrupted hands on nothing. When two that ran side by
side hand on different values of one variable, the later value counts, and the history says that both changed
it. What is undone sees variables of its own as they were when it had finished (BPMN 2.0, 13.5.5)."""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield INTRODUCTION
    yield from _table("Activities and gateways", NODES.values())
    yield from _events()
    yield from _table("What stands in an element", CHILDREN.values())
    yield VARIABLES
    yield from _table("Beside the processes", OUTSIDE.values())
    yield from _extensions()
    yield from _rules("Refused", "What must be true for a file to run:", vetting.RULES)
    yield from _rules("Before publishing", "What a person publishes is asked, beyond that:", governance.RULES)
    yield from _rules("Worth a look", "What runs, but may surprise:", advice.RULES)
    yield "\n## Limits\n\n| what | at most |\n| --- | --- |"
    yield from (f"| {what} | {most} |" for what, most in LIMITS)


def _table(title: str, rows: Iterable[Support]) -> Iterator[str]:
    yield f"\n## {title}\n\n| element | | |\n| --- | --- | --- |"
    yield from (f"| {row.title} | {row.status} | {row.note} |" for row in rows)


def _extensions() -> Iterator[str]:
    yield "\n## Extensions\n\nWhat `zeebe:` may say. Anything else of it is refused.\n"
    yield "| element | attributes | | |\n| --- | --- | --- | --- |"
    for row in zeebe.TABLE:
        named = ", ".join(f"`{name}`" for name in row.attributes if name)
        only = f" Only: {', '.join(row.values)}." if row.values else ""
        yield f"| {row.element or 'any'} | {named} | {row.status} | {row.note}{only} |"


def _events() -> Iterator[str]:
    """One row per kind of event, one column per place it can stand."""
    kinds = list(dict.fromkeys(kind for place in EVENTS.values() for kind in place))
    yield "\n## Events\n\nSeveral kinds on one event: any of them (multiple) or all (parallel-multiple).\n"
    yield "| event | " + " | ".join(POSITIONS.values()) + " |"
    yield "| --- " * (len(POSITIONS) + 1) + "|"
    for kind in kinds:
        cells = (_cell(EVENTS[place].get(kind)) for place in POSITIONS)
        yield f"| {kind or 'plain'} | " + " | ".join(cells) + " |"
    yield SENDING
    yield WHEN


def _cell(status: str | None) -> str:
    return "" if status is None else ("executed" if status == RUN else "refused")


def _rules(title: str, introduction: str, rules: Iterable[Rule]) -> Iterator[str]:
    yield f"\n## {title}\n\n{introduction}\n"
    yield from (f"- {(rule.__doc__ or '').strip().splitlines()[0]}" for rule in rules)


if __name__ == "__main__":
    sys.stdout.write(page())
