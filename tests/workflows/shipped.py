"""Everything that is shipped: each diagram, element, user task and process, and each field of a form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from engine.diagrams import Diagram, Known, governance, read
from engine.errors import Problem
from engine.forms.components import Component
from tests.workflows.walking import WORKFLOWS, form_of


@cache
def diagrams() -> dict[str, Diagram]:
    return {path.stem: read(path.read_bytes(), path.name) for path in sorted(WORKFLOWS.glob("*.bpmn"))}


def diagram(name: str) -> Diagram:
    return diagrams()[name]


EVERY = [(name, each) for name, diagram in diagrams().items() for each in diagram.elements.values()]
USER_TASKS = {f"{name}:{each.id}": each for name, each in EVERY if each.kind == "userTask"}
PROCESSES = {id: process for diagram in diagrams().values() for id, process in diagram.processes.items()}


def every_field(form: str) -> list[Component]:
    return [each for top in form_of(form).components for each in top.walk()]


def ways_round_records(names: Iterable[str]) -> list[Problem]:
    """How any of these could end without the record that it requires; one of them requires some."""
    found = [diagram(name) for name in names]
    processes = [process for each in found for process in each.processes.values()]
    assert any(governance.REQUIRES in process.extensions.properties for process in processes)
    return governance.bypasses(found, Known(), ())
