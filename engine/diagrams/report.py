"""What `handrail check FILE…` says: what stops a diagram from running or being published, or needs a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.diagrams.advice import hints
from engine.diagrams.governance import objections
from engine.diagrams.model import Diagram
from engine.diagrams.reading import read
from engine.diagrams.source import MAX_BYTES
from engine.diagrams.vetting import NOTHING_KNOWN, vet_diagrams
from engine.diagrams.vetting.view import Known
from engine.errors import DiagramRefused, Problem


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

    def json(self) -> dict[str, Any]:
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

    def json(self) -> dict[str, Any]:
        return {
            "refused": self.refused,
            "publishable": self.publishable,
            "files": [file.json() for file in self.files],
        }


def check(files: Iterable[str | Path] | Mapping[str, bytes], known: Known = NOTHING_KNOWN) -> Report:
    """Check files by path, or contents by name; they may call each other. Never raises for what they hold."""
    contents = files if isinstance(files, Mapping) else {str(path): _content(Path(path)) for path in files}
    diagrams: dict[str, Diagram] = {}
    unreadable: dict[str, tuple[Problem, ...]] = {}
    for path, content in contents.items():
        try:
            diagrams[path] = read(content, path)
        except DiagramRefused as error:
            unreadable[path] = error.problems
    reports = _reports(diagrams, known)
    return Report(
        tuple(reports.get(path) or FileReport(path, problems=unreadable[path]) for path in contents)
    )


def _content(path: Path) -> bytes:
    """The bytes of a file; of a file that is too large, enough to say so."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _reports(diagrams: Mapping[str, Diagram], known: Known) -> dict[str, FileReport]:
    """Each problem with the file it is in; what cannot be told apart goes to the first."""
    family = list(diagrams.values())
    found = [list(rules(family, known)) for rules in (vet_diagrams, objections, hints)]
    reports = {}
    for path, diagram in diagrams.items():
        own = [[problem for problem in problems if _is_in(problem, diagram, family)] for problems in found]
        reports[path] = FileReport(path, tuple(diagram.processes), *(tuple(problems) for problems in own))
    return reports


def _is_in(problem: Problem, diagram: Diagram, family: list[Diagram]) -> bool:
    holder = next((one for one in family if _holds(one, problem.element)), None)
    return holder is diagram if holder else (diagram is family[0] or diagram.path in problem.message)


def _holds(diagram: Diagram, id: str) -> bool:
    return id in diagram.elements or id in diagram.flows or id in diagram.processes or id in diagram.named


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"element": problem.element, "message": problem.message} for problem in problems]
