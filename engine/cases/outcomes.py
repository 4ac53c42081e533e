"""How the processes of a case came out: the ends they reached, by the names that their diagrams give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import definitions
from engine.diagrams import Diagram
from engine.tables import event


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """Of one process that has ended, the names of the ends it reached, in their order."""

    instance_id: str
    process: str
    ends: tuple[str, ...]


_PASSED = (
    select(event.c.instance_id, event.c.element)
    .where(
        event.c.area_id == bindparam("a"),
        event.c.chain == bindparam("c"),
        event.c.kind == "element.completed",
        event.c.instance_id.in_(bindparam("ended", expanding=True)),
    )
    .order_by(event.c.seq)
)


def reached(db: Connection, area_id: str, case_id: str, instances: Sequence[Any]) -> tuple[CaseOutcome, ...]:
    """Of each of these instances that came to its end; an end without a name says nothing."""
    ended = {row.id: row for row in instances if row.status == "completed"}
    if not ended:
        return ()
    passed: dict[str, dict[str, None]] = {id: {} for id in ended}
    for row in db.execute(_PASSED, {"a": area_id, "c": case_id, "ended": list(ended)}):
        passed[row.instance_id][row.element] = None
    return tuple(_outcome(db, ended[id], list(elements)) for id, elements in passed.items())


def _outcome(db: Connection, row: Any, elements: Sequence[str]) -> CaseOutcome:
    release = definitions.load(db, row.release_id)
    diagram = definitions.diagram_of(db, release, row.process)
    names = [diagram.elements[each].name for each in elements if _ends(diagram, row.process, each)]
    name = definitions.bundle(db, release, row.process).name
    return CaseOutcome(row.id, name, tuple(dict.fromkeys(each for each in names if each)))


def _ends(diagram: Diagram, process: str, element: str) -> bool:
    """An end of the process itself, or of what interrupted all of it."""
    node = diagram.elements.get(element)
    if node is None or node.kind != "endEvent" or node.process != process:
        return False
    if node.scope == process:
        return True
    around = diagram.elements[node.scope]
    begins = [each for each in diagram.nodes(around.id) if each.kind == "startEvent"]
    interrupts = around.is_event_sub_process and any(each.interrupting for each in begins)
    return interrupts and around.scope == process
