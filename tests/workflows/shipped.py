"""Everything that is shipped: each element, user task and process, and each field of a form."""

from __future__ import annotations

from tests.workflows.coverage_page import diagrams
from tests.workflows.walking import form_of

EVERY = [(name, each) for name, diagram in diagrams().items() for each in diagram.elements.values()]
USER_TASKS = {f"{name}:{each.id}": each for name, each in EVERY if each.kind == "userTask"}
PROCESSES = {id: process for diagram in diagrams().values() for id, process in diagram.processes.items()}


def every_field(form: str):
    return [each for top in form_of(form).components for each in top.walk()]
