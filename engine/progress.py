"""Where an instance stands in its diagram, read from its history: as a drawing and as a list of steps."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from engine import access, definitions, diagrams
from engine.errors import NotFound
from engine.tables import event, instance
from policy.authorization import Actor

# What an event says about its element, the last one counting.
_STATES = {
    "element.entered": "now",
    "task.opened": "now",
    "incident.raised": "now",
    "element.completed": "done",
    "task.completed": "done",
    "message.delivered": "done",
    "timer.fired": "done",
    "element.cancelled": "stopped",
    "element.skipped": "stopped",
    "element.replaced": "stopped",
    "task.cancelled": "stopped",
}

_INSTANCE = select(instance.c.case_id, instance.c.process, instance.c.release_id).where(
    instance.c.area_id == bindparam("a"), instance.c.id == bindparam("i")
)
_TRAIL = (
    select(event.c.kind, event.c.element)
    .where(
        event.c.area_id == bindparam("a"),
        event.c.chain == bindparam("c"),
        event.c.instance_id == bindparam("i"),
        event.c.kind.in_(sorted(_STATES)),
    )
    .order_by(event.c.seq)
)


@dataclass(frozen=True, slots=True)
class ProgressStep:
    """One step of a process, in reading order. `state`: now, done, stopped, or "" when not reached."""

    id: str
    kind: str
    name: str
    lane: str
    depth: int
    next: tuple[tuple[str, str], ...]  # (condition, where it leads)
    documentation: str
    state: str


@dataclass(frozen=True, slots=True)
class Part:
    """A process that takes part: the one the instance runs, or one that it calls."""

    process: str
    name: str
    source: bytes  # the file, as it was uploaded
    steps: tuple[ProgressStep, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """An instance's own process, and those it calls."""

    main: Part
    called: tuple[Part, ...]

    @property
    def source(self) -> bytes:
        return self.main.source

    @property
    def steps(self) -> tuple[ProgressStep, ...]:
        return self.main.steps


def progress(db: Connection, by: Actor, instance_id: str) -> Progress:
    """Where an instance stands. Raises NotFound for what is not this person's to see."""
    row = db.execute(_INSTANCE, {"a": by.area_id, "i": instance_id}).one_or_none()
    if row is None:
        raise NotFound
    access.require_case(db, by, "diagram:read", row.case_id)
    states = _states(db, by.area_id, row.case_id, instance_id)
    release = definitions.load(db, row.release_id)
    parts = [
        _part(diagram, process, states)
        for diagram in definitions.bundle(db, release, row.process).diagrams.values()
        for process in diagram.processes
    ]
    main = next(part for part in parts if part.process == row.process)
    return Progress(main, tuple(part for part in parts if part is not main))


def _states(db: Connection, area_id: str, case_id: str, instance_id: str) -> dict[str, str]:
    rows = db.execute(_TRAIL, {"a": area_id, "c": case_id, "i": instance_id})
    return {row.element: _STATES[row.kind] for row in rows if row.element}


def _part(diagram: diagrams.Diagram, process: str, states: dict[str, str]) -> Part:
    steps = tuple(
        ProgressStep(
            id=step.id,
            kind=step.kind,
            name=step.name,
            lane=step.lane,
            depth=step.depth,
            next=tuple(step.next),
            documentation=step.documentation,
            state=states.get(step.id, ""),
        )
        for step in diagrams.outline(diagram, process)
    )
    return Part(process, diagram.processes[process].name, diagram.original, steps)
