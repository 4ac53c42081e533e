"""Where a running process stands: its steps in reading order, and its diagram as it was uploaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flask import Response

from api.context import Call
from api.fields import About
from api.routes import Noun
from engine import errors, progress
from engine.progress import Part, ProgressStep

noun = Noun("progress", "Progress: where a running process stands in its diagram.")


@dataclass(frozen=True, slots=True)
class ProcessSteps:
    """A process as a list: for people and programs that cannot look at a drawing."""

    process: str
    name: str
    steps: Annotated[tuple[ProgressStep, ...], About("In reading order; `state` says where it stands.")]


@dataclass(frozen=True, slots=True)
class Standing:
    """The process that runs, and those it calls."""

    main: ProcessSteps
    called: tuple[ProcessSteps, ...]


@noun.get("/instances/{instance_id}/progress", "diagram:read")
def steps(call: Call, instance_id: str) -> Standing:
    """Where a running process stands, step by step."""
    found = progress.progress(call.db, call.by, instance_id)
    return Standing(_steps(found.main), tuple(_steps(part) for part in found.called))


def _steps(part: Part) -> ProcessSteps:
    return ProcessSteps(part.process, part.name, part.steps)


@noun.get("/instances/{instance_id}/diagrams/{process}", "diagram:read", media_type="application/xml")
def diagram(call: Call, instance_id: str, process: str) -> Response:
    """The diagram of the process, or of one it calls, byte for byte as it was uploaded."""
    found = progress.progress(call.db, call.by, instance_id)
    for part in (found.main, *found.called):
        if part.process == process:
            name = f'attachment; filename="{process}.bpmn"'
            return Response(part.source, mimetype="application/xml", headers={"Content-Disposition": name})
    raise errors.NotFound
