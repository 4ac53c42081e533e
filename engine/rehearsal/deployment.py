"""The files of a rehearsal: vetted as for publishing, compiled, and asked what can start them.

Names that only a partnership knows (forms, guidance, roles, operations) are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine import diagrams
from engine.decisions import SUFFIX, Decisions, read_decisions
from engine.errors import DiagramRefused, InvalidInput, Problem
from engine.spiff.bundle import Bundle, StartEvent
from engine.spiff.bundle import compile as compile_bundle
from policy.clocks import CLOCKS, PAUSING

KNOWN = diagrams.Known(clocks=CLOCKS, pausing=PAUSING)
_COMPILED = (".bpmn", ".xml")  # what the executor takes for a diagram


@dataclass(frozen=True, slots=True)
class Deployment:
    """`bundles`: every executable process by id, in the order of the files."""

    bundles: Mapping[str, Bundle]
    called: frozenset[str] = frozenset()  # processes that another one calls
    decisions: Decisions | None = None  # None when no decisions were given: then somebody has to answer

    def bundle(self, process: str) -> Bundle:
        found = self.bundles.get(process)
        if found is None:
            raise InvalidInput(problems=(Problem(process, f"Expected one of {_list(self.bundles)}."),))
        return found

    @property
    def startable(self) -> str:
        """The process to start when nobody says which. Raises InvalidInput unless there is exactly one."""
        own = [process for process in self.bundles if process not in self.called] or list(self.bundles)
        plain = [process for process in own if self._starts_by_itself(process)]
        for candidates in (own, plain):
            if len(candidates) == 1:
                return candidates[0]
        message = f"Expected to be told which process to start: {_list(plain or own)}."
        raise InvalidInput(problems=(Problem("", message),))

    def _starts_by_itself(self, process: str) -> bool:
        """Whether it needs nobody's event: it has a plain start, a timer, or none drawn."""
        starts = self.bundles[process].starts
        return not starts or any(start.kind in ("none", "timer") for start in starts)

    def started_by(self, kind: str, name: str) -> Iterator[tuple[str, StartEvent]]:
        """The processes that a message or signal of this name starts, and at which event."""
        for process, bundle in self.bundles.items():
            for start in bundle.starts:
                if (start.kind, start.event) == (kind, name):
                    yield process, start


def deploy(files: Mapping[str, bytes]) -> Deployment:
    """`files`: BPMN files by path, and DMN files, all or none of them.

    Raises DiagramRefused naming each element that cannot run as drawn, and each decision that cannot be made.
    """
    tables = {path: content for path, content in files.items() if path.endswith(SUFFIX)}
    decisions = read_decisions(tables) if tables else None
    files = {path: content for path, content in files.items() if path not in tables}
    problems = diagrams.vet(files, replace(KNOWN, decisions=decisions.names if decisions else None))
    problems += decisions.problems if decisions else []
    if problems:
        raise DiagramRefused(problems=tuple(problems))
    drawn = {path if path.endswith(_COMPILED) else f"{path}.bpmn": files[path] for path in files}
    family = [diagrams.read(content, path) for path, content in drawn.items()]
    bundles = {
        process.id: compile_bundle(drawn, process.id)
        for diagram in family
        for process in diagram.processes.values()
        if process.executable and not process.task
    }
    return Deployment(bundles, frozenset(_called(family)), decisions)


def _called(family: list[diagrams.Diagram]) -> Iterator[str]:
    for diagram in family:
        for call in diagram.of_kind("callActivity"):
            called = call.extensions.called_process or call.called
            if called != call.process:
                yield called


def _list(processes: Mapping[str, object] | list[str]) -> str:
    return ", ".join(f"“{process}”" for process in processes)
