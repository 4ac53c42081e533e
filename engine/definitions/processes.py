"""What a release's diagrams say of their processes: who starts them, what begins them, what is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from engine import diagrams
from engine.definitions.releases import Release, diagram_of, drawn, per_release


@dataclass(frozen=True, slots=True)
class StartableProcess:
    """A process that a person may start from a page: what to call it and which form opens it.

    `offers` say what may have happened that it is for, `under` which heading they stand, `elsewhere` what
    somebody can do who may not start it; `guidance` names the page shown beside the form. With
    `subjects_optional` the case may be about nobody in particular.
    """

    process: str
    title: str
    help: str
    form: str
    roles: frozenset[str]
    offers: tuple[str, ...]
    under: str
    elsewhere: str
    guidance: str
    subjects_optional: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """A process that a message or signal of another one starts, at the start event with this id.

    `own_case`: in a case of its own, of the area's organisation of this kind where one is named.
    """

    process: str
    event: str
    own_case: bool
    organisation: str


@per_release
def startable(db: Connection, of: Release) -> tuple[StartableProcess, ...]:
    """The processes that a person may start, in the order of their titles."""
    found = [each for diagram in drawn(db, of) for each in _startable(diagram)]
    return tuple(sorted(found, key=lambda each: each.title))


def _startable(diagram: diagrams.Diagram) -> Iterator[StartableProcess]:
    for process in diagram.processes.values():
        properties = process.extensions.properties
        roles = properties.get("handrail:start_roles", "").split()
        form_id = _start_form(diagram, process.id)
        if roles and form_id:
            title = properties.get("handrail:title") or process.name
            yield StartableProcess(
                process=process.id,
                title=title,
                help=process.documentation,
                form=form_id,
                roles=frozenset(roles),
                offers=_offers(properties.get("handrail:offers", "")) or (title,),
                under=properties.get("handrail:offered_under", ""),
                elsewhere=properties.get("handrail:elsewhere", ""),
                guidance=properties.get("handrail:guidance", ""),
                subjects_optional=properties.get(diagrams.SUBJECTS) == diagrams.OPTIONAL,
            )


def _offers(text: str) -> tuple[str, ...]:
    """What may have happened, one after the other with a bar between."""
    return tuple(offer for each in text.split("|") if (offer := each.strip()))


def begun_by(db: Connection, of: Release, kind: str, name: str) -> tuple[Beginning, ...]:
    """The processes that a message or signal of this name starts, in the order of their files."""
    return beginnings(db, of).get((kind, name), ())


@per_release
def beginnings(db: Connection, of: Release) -> Mapping[tuple[str, str], tuple[Beginning, ...]]:
    """(kind, name) of a message or signal → the processes that it starts."""
    found: dict[tuple[str, str], tuple[Beginning, ...]] = {}
    for diagram in drawn(db, of):
        for what, start in diagrams.beginnings(diagram):
            found[what] = (*found.get(what, ()), _beginning(start))
    return found


def _beginning(start: diagrams.Element) -> Beginning:
    said = start.extensions.properties
    own_case = said.get("handrail:case") == "new"
    return Beginning(start.process, start.id, own_case, said.get("handrail:organisation", ""))


@per_release
def is_sealed(db: Connection, of: Release, process: str) -> bool:
    """Whether a case in which this process runs is sealed."""
    properties = diagram_of(db, of, process).processes[process].extensions.properties
    return properties.get("handrail:sealed") == "true"


def catching(diagram: diagrams.Diagram, waiting: diagrams.Element) -> diagrams.Element:
    """The event drawn for what waits: of an event sub-process, its start event."""
    if not waiting.is_event_sub_process:
        return waiting
    starts = [each for each in diagram.nodes(waiting.id) if each.kind == "startEvent"]
    return starts[0] if starts else waiting


def _start_form(diagram: diagrams.Diagram, process: str) -> str:
    """The form of the process's own start event, or "" when it asks nothing."""
    starts = [each for each in diagram.of_kind("startEvent") if each.scope == process]
    return next((each.extensions.form for each in starts if each.extensions.form), "")
