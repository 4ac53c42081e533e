"""A process and everything it calls, compiled once per content and shared between threads. Nothing ever
writes to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from engine.diagrams.model import Diagram
from engine.diagrams.reading import read
from engine.errors import DiagramRefused, Problem

from . import definitions as d
from .parser import Parser
from .specs.subprocess import Call

MAX_BUNDLES = 256
MAX_FILES = 1024


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A way the process can start; of several kinds on one event, each is one. `kind`: none, message, timer,
    signal, condition.
    """

    id: str
    name: str
    kind: str
    event: str = ""  # the message's or signal's name


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """`specs`: process id, or process id / sub-process id, → its specification."""

    process: str
    name: str
    hash: str
    specs: Mapping[str, Any] = field(repr=False)
    starts: tuple[StartEvent, ...] = ()
    diagrams: Mapping[str, Diagram] = field(default_factory=dict, repr=False)  # by path: the family's files

    def messages(self, name: str) -> Iterator[d.Message]:
        """The messages of this name that it sends or waits for."""
        for spec in self.specs.values():
            for task in spec.task_specs.values():
                for one in d.definitions(getattr(task, "event_definition", None)):
                    if isinstance(one, d.Message) and one.name == name:
                        yield one

    @property
    def spec(self) -> Any:
        return self.specs[self.process]


def compile(files: Mapping[str, bytes], process: str) -> Bundle:
    """`files`: the BPMN files of one release, by path. Raises DiagramRefused naming each element."""
    key = tuple(
        sorted((path, content) for path, content in files.items() if path.endswith((".bpmn", ".xml")))
    )
    return _compiled(key, process)


@lru_cache(maxsize=MAX_BUNDLES)
def _compiled(files: tuple[tuple[str, bytes], ...], process: str) -> Bundle:
    family = _Family(files)
    family.add(process, process)
    if family.problems:
        raise DiagramRefused(problems=tuple(family.problems))
    specs = family.specs
    name = specs[process].description or process
    digest = hashlib.sha256(process.encode())
    for path in sorted(family.diagrams):
        digest.update(path.encode() + b"\0" + family.diagrams[path].original)
    return Bundle(
        process,
        name,
        digest.hexdigest(),
        MappingProxyType(specs),
        _starts(specs[process]),
        MappingProxyType(family.diagrams),
    )


@lru_cache(maxsize=MAX_FILES)
def _read(path: str, content: bytes) -> Diagram:
    return read(content, path)


class _Family:
    """The processes that one process calls, and those call, each read once."""

    def __init__(self, files: tuple[tuple[str, bytes], ...]) -> None:
        self.unread: list[Problem] = []
        self.at: dict[str, list[str]] = {}  # process id → paths
        self.read: dict[str, Diagram] = {}
        for path, content in files:
            self._look_into(path, content)
        self.parsers: dict[str, Parser] = {}
        self.specs: dict[str, Any] = {}
        self.diagrams: dict[str, Diagram] = {}
        self.problems: list[Problem] = []

    def _look_into(self, path: str, content: bytes) -> None:
        try:
            self.read[path] = _read(path, content)
        except DiagramRefused as refused:
            self.unread += refused.problems or (Problem(path, refused.message),)
            return
        for id in self.read[path].processes:
            self.at.setdefault(id, []).append(path)

    def add(self, process: str, caller: str) -> None:
        """Compile a process and all it calls, without recursion."""
        todo = [(process, caller)]
        while todo:
            process, caller = todo.pop()
            if process not in self.specs:
                todo += self._add_one(process, caller)
            if caller != process and process in self.specs and not self.specs[process].starts:
                self.problems.append(
                    Problem(caller, f"Expected “{process}” to have a start event without a trigger.")
                )

    def _add_one(self, process: str, caller: str) -> list[tuple[str, str]]:
        paths = self.at.get(process, [])
        if len(paths) != 1:
            found = "there is none" if not paths else f"there are {len(paths)}: {', '.join(paths)}"
            self.problems.append(Problem(caller, f"Expected one process “{process}”, but {found}."))
            self.problems += self.unread if not paths else []
            return []
        parser = self._parser(paths[0])
        known = process in parser.process_parsers or self.read[paths[0]].processes[process].task
        if not known:
            self.problems += parser.problems or [Problem(process, "Expected a process that can be read.")]
            return []
        new = parser.process(process)
        self.problems += [problem for problem in parser.problems if problem not in self.problems]
        self.specs.update(new)
        return self._calls(new)

    def _parser(self, path: str) -> Parser:
        if path not in self.parsers:
            self.diagrams[path] = self.read[path]
            self.parsers[path] = Parser(self.read[path])
        return self.parsers[path]

    def _calls(self, specs: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [
            (task.spec, task.bpmn_id)
            for spec in specs.values()
            for task in spec.task_specs.values()
            if isinstance(task, Call)
        ]


def _starts(spec: Any) -> tuple[StartEvent, ...]:
    found = []
    for task in spec.task_specs.values():
        if task.kind == "startEvent" or task.kind == "receiveTask" and task.instantiates:
            for one in d.definitions(task.event_definition):
                event = (one.name or "") if isinstance(one, d.Message | d.Signal) else ""
                found.append(StartEvent(task.name, task.bpmn_name or task.name, one.kind, event))
    return tuple(found)
