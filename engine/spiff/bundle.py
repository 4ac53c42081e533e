"""A process and everything it calls, compiled once per content and shared between threads. Nothing ever
writes to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
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
MAX_RELEASES = 4


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
    family = _Family(_files(files))
    family.add(process, process)
    if family.problems:
        raise DiagramRefused(problems=tuple(family.problems))
    specs = family.specs
    return Bundle(
        process,
        specs[process].description or process,
        MappingProxyType(specs),
        _starts(specs[process]),
        MappingProxyType(family.diagrams),
    )


@lru_cache(maxsize=MAX_FILES)
def _read(path: str, content: bytes) -> Diagram:
    return read(content, path)


@dataclass(frozen=True, slots=True)
class _Process:
    """`specs`: what it became, by key. `problems`: its own, and those of the file."""

    specs: Mapping[str, Any]
    problems: list[Problem]


class _Files:
    """The files of one release: each of their processes is compiled once, whoever calls it."""

    def __init__(self, files: tuple[tuple[str, bytes], ...]) -> None:
        self.unread: list[Problem] = []
        self.at: dict[str, list[str]] = {}  # process id → paths
        self.read: dict[str, Diagram] = {}
        for path, content in files:
            self._look_into(path, content)
        self.parsers: dict[str, Parser] = {}
        self.wrong: dict[str, list[Problem]] = {}  # path → what is wrong beside the processes
        self.processes: dict[str, _Process] = {}
        self.lock = Lock()

    def _look_into(self, path: str, content: bytes) -> None:
        try:
            self.read[path] = _read(path, content)
        except DiagramRefused as refused:
            self.unread += refused.problems or (Problem(path, refused.message),)
            return
        for id in self.read[path].processes:
            self.at.setdefault(id, []).append(path)

    def process(self, id: str, path: str) -> _Process:
        """A process of the file at this path, which is the only one that has it."""
        with self.lock:
            if id not in self.processes:
                self.processes[id] = self._compile(self._parser(path), id, path)
            return self.processes[id]

    def _parser(self, path: str) -> Parser:
        if path not in self.parsers:
            self.parsers[path] = parser = Parser(self.read[path])
            self.wrong[path] = parser.problems
        return self.parsers[path]

    def _compile(self, parser: Parser, id: str, path: str) -> _Process:
        parser.problems = list(self.wrong[path])
        specs = parser.process(id)
        return _Process(specs, parser.problems)


class _Family:
    """A process and the processes that it calls, and those call."""

    def __init__(self, files: _Files) -> None:
        self.files = files
        self.specs: dict[str, Any] = {}
        self.diagrams: dict[str, Diagram] = {}
        self.problems: list[Problem] = []

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
        paths = self.files.at.get(process, [])
        if len(paths) != 1:
            found = "there is none" if not paths else f"there are {len(paths)}: {', '.join(paths)}"
            self.problems.append(Problem(caller, f"Expected one process “{process}”, but {found}."))
            self.problems += self.files.unread if not paths else []
            return []
        self.diagrams[paths[0]] = self.files.read[paths[0]]
        compiled = self.files.process(process, paths[0])
        self.problems += [problem for problem in compiled.problems if problem not in self.problems]
        self.specs.update(compiled.specs)
        return self._calls(compiled.specs)

    def _calls(self, specs: Mapping[str, Any]) -> list[tuple[str, str]]:
        return [
            (task.spec, task.bpmn_id)
            for spec in specs.values()
            for task in spec.task_specs.values()
            if isinstance(task, Call)
        ]


@lru_cache(maxsize=MAX_RELEASES)
def _files(files: tuple[tuple[str, bytes], ...]) -> _Files:
    return _Files(files)


def _starts(spec: Any) -> tuple[StartEvent, ...]:
    found = []
    for task in spec.task_specs.values():
        if task.kind == "startEvent" or task.kind == "receiveTask" and task.instantiates:
            for one in d.definitions(task.event_definition):
                event = (one.name or "") if isinstance(one, d.Message | d.Signal) else ""
                found.append(StartEvent(task.name, task.bpmn_name or task.name, one.kind, event))
    return tuple(found)
