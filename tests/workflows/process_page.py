"""Writes `docs/processes/`: each process as a page of steps, roles, clocks and sources, out of its diagram.

`python -m tests.workflows.process_page` writes them all; a test says when one is no longer current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.diagrams import Diagram, Element, OutlineStep, outline, read
from engine.guidance import Guidance, read_guidance
from engine.records import KINDS
from policy.clocks import CLOCKS, Clock, spell_out
from policy.roles import ROLES

WORKFLOWS = Path(__file__).parents[2] / "workflows"
PAGES = Path(__file__).parents[2] / "docs" / "processes"
HOW_TO_WRITE = "python -m tests.workflows.process_page"
AGENCIES = ["mash_health", "mash_education", "mash_probation", "mash_housing"]
PARTNERS = ["csc_screening", *AGENCIES, "mappa_lead_agency"]
STAGE_OWNERS = [
    "line_manager",
    "dsl",
    "ig_lead",
    "caldicott_guardian",
    "siro",
    "police_supervisor",
    "partner_head",
    "partner_director",
    "partner_executive",
]
CHOSEN_FROM = {  # roles that a form or a table chooses among
    "=harm_adviser": ["caldicott_guardian", "csc_manager", "dsl"],
    "=adviser": ["dsl", "ig_lead", "caldicott_guardian", "line_manager", "police_supervisor"],
    "=agency": ["mash_police", *AGENCIES],
    "=dvds_partner": [*PARTNERS, "idva"],
    "=partner": PARTNERS,
    "=stage.owner": STAGE_OWNERS,
    '=if next_stage.owner = "practitioner" then "line_manager" else next_stage.owner': STAGE_OWNERS,
}


def page(path: Path) -> str:
    """The whole page of one diagram."""
    diagram = read(path.read_bytes(), path.name)
    (process,) = diagram.processes.values()
    steps = outline(diagram, process)
    lines = [
        f"# {process.name}",
        "",
        process.documentation,
        "",
        f"This page is written from `workflows/{path.name}`; change the diagram, then run `{HOW_TO_WRITE}`.",
        "",
        *_steps(diagram, steps),
        *_roles(diagram),
        *_clocks(diagram),
        *_sources(diagram),
    ]
    return "\n".join(lines).rstrip() + "\n"


# Steps -----------------------------------------------------------------------------------------------------


def _steps(diagram: Diagram, steps: list[OutlineStep]) -> Iterator[str]:
    yield from ("## Steps", "")
    for step in steps:
        element = diagram.elements[step.id]
        if _is_told(element):
            yield from _step(diagram, element, step)
    yield ""


def _is_told(element: Element) -> bool:
    """Gateways that only bring ways together, and nameless starts and ends, tell a reader nothing."""
    merges = element.is_gateway and len(element.outgoing) < 2
    return bool(element.name) and not (merges and not element.documentation)


def _step(diagram: Diagram, element: Element, step: OutlineStep) -> Iterator[str]:
    indent = "  " * step.depth
    during = f", during “{step.during}”" if step.during else ""
    words = "question" if element.is_gateway and len(element.outgoing) > 1 else step.words
    yield f"{indent}* **{element.name}** ({words}{during}; {step.lane})"
    facts = [element.documentation, *_facts(diagram, element), *_next(step)]
    yield from (f"{indent}  {fact}" + ("" if fact.endswith((".", "?")) else ".") for fact in facts if fact)


def _facts(diagram: Diagram, element: Element) -> Iterator[str]:
    said = element.extensions
    if clocks := _clocks_of(element):
        yield f"By when: {'; '.join(f'{clock.length} (`{clock.name}`)' for clock in clocks)}"
    if kind := said.properties.get("handrail:record"):
        yield f"Writes a record: {KINDS[kind].lower()}"
    if said.properties.get("handrail:four_eyes"):
        others = [
            f"“{diagram.elements[id].name}”" if id in diagram.elements else f"`{id}`"
            for id in said.properties["handrail:four_eyes"].split()
        ]
        yield f"Not by whoever did {' or '.join(others)}"
    if said.properties.get("handrail:not_by"):
        yield "Not by whoever asked"
    if action := said.properties.get("handrail:action"):
        yield f"On the case page: “{action}”"
    if said.called_process:
        yield f"See [{said.called_process}]({said.called_process}.md)"


def _next(step: OutlineStep) -> Iterator[str]:
    named = [(when, name) for when, name in step.next if when]
    if named:
        yield "; ".join(f"{when}: {name}" for when, name in named)


def _clocks_of(element: Element) -> list[Clock]:
    texts = [element.extensions.due, *(each.expression.text for each in element.events if each.expression)]
    found = re.findall(r'deadline\("(\w+)"', " ".join(texts))
    return [CLOCKS[name] for name in dict.fromkeys(found)]


# Tables ----------------------------------------------------------------------------------------------------


def _roles(diagram: Diagram) -> Iterator[str]:
    asked: dict[str, list[str]] = {}
    for task in diagram.of_kind("userTask"):
        for role in _role_codes(task):
            asked.setdefault(role, []).append(task.name)
    yield from ("## Roles", "", "| Role | Who | Does |", "| --- | --- | --- |")
    for role, tasks in asked.items():
        yield f"| {ROLES[role].name} | {ROLES[role].description} | {'<br>'.join(dict.fromkeys(tasks))} |"
    yield ""


def _role_codes(task: Element) -> list[str]:
    """The role, or every role that the expression may come to."""
    said = task.extensions.role
    if said in CHOSEN_FROM:
        return CHOSEN_FROM[said]
    if said.startswith("="):
        return [code for code in re.findall(r'(?:then|else) "(\w+)"', said)]
    return [said]


def _clocks(diagram: Diagram) -> Iterator[str]:
    clocks = {clock.name: clock for element in diagram.elements.values() for clock in _clocks_of(element)}
    yield from ("## Clocks", "", "| Clock | How long | From when | When it runs out | Source | Evidence |")
    yield "| --- | --- | --- | --- | --- | --- |"
    for clock in clocks.values():
        cells = (
            clock.title,
            clock.length,
            clock.starts,
            clock.expiry,
            clock.source,
            spell_out(clock.evidence),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _sources(diagram: Diagram) -> Iterator[str]:
    names = {
        element.extensions.properties.get("handrail:guidance", ""): None
        for element in diagram.elements.values()
    }
    yield from ("## Sources", "", "| Guidance | Source | Edition | Evidence |", "| --- | --- | --- | --- |")
    for name in names:
        if name:
            guidance = _guidance(name)
            yield f"| {guidance.title} | {guidance.source} | {guidance.edition} | {guidance.evidence} |"


def _guidance(name: str) -> Guidance:
    return read_guidance((WORKFLOWS / "guidance" / f"{name}.md").read_bytes())


def pages() -> dict[Path, str]:
    """Every page by where it belongs."""
    return {PAGES / f"{path.stem}.md": page(path) for path in sorted(WORKFLOWS.glob("*.bpmn"))}


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    for where, text in pages().items():
        where.write_text(text)
