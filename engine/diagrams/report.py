"""What `handrail check FILE…` says: what stops a diagram from running or being published, or needs a look."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.decisions import SUFFIX, read_decisions
from engine.diagrams.advice import hints
from engine.diagrams.governance import objections
from engine.diagrams.model import Diagram
from engine.diagrams.reading import read
from engine.diagrams.source import MAX_BYTES
from engine.diagrams.vetting import named, vet_diagrams
from engine.diagrams.vetting.view import Known
from engine.errors import DiagramRefused, Problem, plain

OPEN = Known(processes=None)
"""A file may be checked alone: what it calls may stand in another."""

Refusals = Callable[[Diagram], list[Problem]]


def _nothing(diagram: Diagram) -> list[Problem]:  # noqa: ARG001 - as whoever executes it
    return []


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. It runs when it has no `problems`; it may be published when it has no `governance` either."""

    path: str
    processes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    governance: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.problems)

    def text(self) -> str:
        if self.refused:
            verdict = "refused"
        else:
            verdict = "runs, cannot be published yet" if self.governance else "runs"
        lines = [f"{self.path}: {verdict}"]
        for mark, found in (("✗", self.problems), ("!", self.governance), ("·", self.advice)):
            lines += [f"  {mark} {problem.message}" for problem in found]
        return "\n".join(lines)

    def facts(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "refused": self.refused,
            "processes": list(self.processes),
            "problems": _listed(self.problems),
            "governance": _listed(self.governance),
            "advice": _listed(self.advice),
        }


@dataclass(frozen=True, slots=True)
class Report:
    files: tuple[FileReport, ...]

    @property
    def refused(self) -> bool:
        return any(file.refused for file in self.files)

    @property
    def publishable(self) -> bool:
        return not self.refused and not any(file.governance for file in self.files)

    def text(self) -> str:
        return "\n".join(file.text() for file in self.files)

    def json(self) -> str:
        """The same as JSON text."""
        return json.dumps(self.facts(), ensure_ascii=False, indent=2)

    def facts(self) -> dict[str, Any]:
        return {
            "refused": self.refused,
            "publishable": self.publishable,
            "files": [file.facts() for file in self.files],
        }


def check(
    files: Iterable[str | Path] | Mapping[str, bytes], known: Known = OPEN, refusals: Refusals = _nothing
) -> Report:
    """Check files by path, or contents by name; they may call each other. Never raises for what they hold.

    `refusals` is what the executor says of a file in which nothing else is wrong.
    DMN files are checked too; when there are any, they hold every decision that the diagrams may name.
    """
    paths = list(map(str, files))
    contents, unreadable = (files, {}) if isinstance(files, Mapping) else contents_of(paths)
    diagrams: dict[str, Diagram] = {}
    tables = {path: content for path, content in contents.items() if path.endswith(SUFFIX)}
    for path, content in contents.items():
        try:
            diagrams |= {} if path in tables else {path: read(content, path)}
        except DiagramRefused as error:
            unreadable[path] = error.problems
    decisions = read_decisions(tables)
    if tables and known.decisions is None:
        known = replace(known, decisions=decisions.names)
    reports = _reports(diagrams, known, refusals)
    reports |= {path: FileReport(path, problems=decisions.faults.get(path, ())) for path in tables}
    reports |= {path: FileReport(path, problems=problems) for path, problems in unreadable.items()}
    return Report(tuple(reports[path] for path in paths))


def contents_of(paths: Iterable[str]) -> tuple[dict[str, bytes], dict[str, tuple[Problem, ...]]]:
    """The files by path, and why the others cannot be read."""
    contents: dict[str, bytes] = {}
    missing: dict[str, tuple[Problem, ...]] = {}
    for path in paths:
        try:
            with Path(path).open("rb") as file:
                contents[path] = file.read(MAX_BYTES + 1)  # of a file too large, enough to say so
        except OSError as error:
            missing[path] = (Problem("", f"Expected a file that can be read, but: {error.strerror}."),)
    return contents, missing


def _reports(diagrams: Mapping[str, Diagram], known: Known, refusals: Refusals) -> dict[str, FileReport]:
    """Each problem with the file it is in; what cannot be told apart goes to the first."""
    family = list(diagrams.values())
    found = [list(rules(family, known)) for rules in (vet_diagrams, objections, hints)]
    reports = {}
    for path, diagram in diagrams.items():
        own = [[problem for problem in problems if _is_in(problem, diagram, family)] for problems in found]
        own[0] = own[0] or refusals(diagram)
        reports[path] = FileReport(path, tuple(diagram.processes), *(tuple(problems) for problems in own))
    return reports


def _is_in(problem: Problem, diagram: Diagram, family: list[Diagram]) -> bool:
    """In the files that its message names; else in the first that holds its element, or is the first."""
    told = [one for one in family if one.path and plain(named(one)) in problem.message]
    holder = next((one for one in family if _holds(one, problem.element)), family[0])
    return any(one is diagram for one in told or [holder])


def _holds(diagram: Diagram, id: str) -> bool:
    return id in diagram.elements or id in diagram.flows or id in diagram.processes or id in diagram.named


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"element": problem.element, "message": problem.message} for problem in problems]
