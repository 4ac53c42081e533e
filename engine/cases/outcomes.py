"""How the processes of a case came out: the ends they reached, by the names that their diagrams give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import definitions
from engine.definitions import Release
from engine.diagrams import Diagram, Element
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
        event.c.element.in_(bindparam("ends", expanding=True)),
    )
    .order_by(event.c.seq)
)


def reached(db: Connection, area_id: str, case_id: str, instances: Sequence[Any]) -> tuple[CaseOutcome, ...]:
    """Of each of these instances that came to its end; an end without a name says nothing."""
    ended = {row.id: row for row in instances if row.status == "completed"}
    if not ended:
        return ()
    named = {id: _named(db, definitions.load(db, row.release_id), row.process) for id, row in ended.items()}
    elements = sorted({element for ends in named.values() for element in ends})
    key = {"a": area_id, "c": case_id, "ended": list(ended), "ends": elements}
    found: dict[str, dict[str, None]] = {id: {} for id in ended}
    for row in db.execute(_PASSED, key):
        if name := named[row.instance_id].get(row.element):
            found[row.instance_id][name] = None
    return tuple(CaseOutcome(id, _process(db, ended[id]), tuple(ends)) for id, ends in found.items())


def _process(db: Connection, row: Any) -> str:
    return definitions.bundle(db, definitions.load(db, row.release_id), row.process).name


@definitions.per_release
def _named(db: Connection, of: Release, process: str) -> Mapping[str, str]:
    """The ends of a process that have names."""
    diagram = definitions.diagram_of(db, of, process)
    every = diagram.elements.items()
    return {id: each.name for id, each in every if each.name and _ends(diagram, each, process)}


def _ends(diagram: Diagram, node: Element, process: str) -> bool:
    """An end of the process itself, or of what interrupted all of it."""
    if node.kind != "endEvent" or node.process != process:
        return False
    if node.scope == process:
        return True
    around = diagram.elements[node.scope]
    begins = [each for each in diagram.nodes(around.id) if each.kind == "startEvent"]
    interrupts = around.is_event_sub_process and any(each.interrupting for each in begins)
    return interrupts and around.scope == process
