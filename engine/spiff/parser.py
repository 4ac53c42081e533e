"""Reads the processes of one file into specifications: SpiffWorkflow's parser, fed with the normalised
diagram.

All elements first, then what connects them, so nothing recurses along the flows and a chain may be as long as
it likes.
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.diagrams import undoing
from engine.diagrams.model import Diagram
from engine.diagrams.normalise import normalised
from engine.diagrams.vetting import MAX_PROBLEMS
from engine.diagrams.vetting.contradictions import contradictions
from engine.diagrams.vocabulary import GLOBAL_TASKS
from engine.errors import Problem

from . import connections
from .extensions import extensions
from .nodes import PARSERS
from .specs.base import ProcessSpec
from .triggers import B, Refused
from .workflow import MAX_DEPTH

log = logging.getLogger("handrail.diagrams")


class Process(ProcessParser):
    """One process or sub-process. `key` names its specification: unlike an id, it is unique among files."""

    parser: Any
    node: Any
    parent: Any
    spec: Any
    key: str

    def create_spec(self) -> ProcessSpec:
        return ProcessSpec(self.key, self.node.get("name"), self.filename)

    def _parse(self) -> None:
        self.spec = self.create_spec()
        self.spec.process = self.key.split("/")[0]
        self.parser.specs[self.key] = self.spec
        self.add_tasks()

    def add_tasks(self) -> None:
        nodes = [node for node in self.node if node.tag in PARSERS]
        for node in nodes:
            self.parse_node(node)
        connections.connect(self, [node for node in nodes if node.get("id") in self.spec.task_specs])

    def parse_node(self, node: Any) -> None:
        id = node.get("id")
        if id in self.spec.task_specs:
            self.parser.refuse(id, "Expected every element to have an id of its own.")
            return
        with self.parser.reading(id):
            super().parse_node(node)

    def inside(self, node: Any, lane: str | None) -> ProcessSpec:
        """The specification of an embedded sub-process."""
        inner = type(self)(self.parser, node, self.nsmap, {}, filename=self.filename, lane=lane)
        inner.parent = self
        inner.key = f"{self.key}/{node.get('id')}"
        if inner.key.count("/") > MAX_DEPTH:
            self.parser.refuse(
                node.get("id"), f"Expected at most {MAX_DEPTH} sub-processes inside one another."
            )
            raise Refused
        spec: ProcessSpec = inner.get_spec()
        return spec

    @property
    def embedded(self) -> bool:
        return self.parent is not None


class Parser(BpmnParser):
    """One file. `problems` is what cannot be executed exactly, by element; `specs` what it became, by key."""

    PROCESS_PARSER_CLASS = Process
    OVERRIDE_PARSER_CLASSES = PARSERS
    messages: dict[str, Any]

    def __init__(self, drawn: Diagram) -> None:
        super().__init__()
        self.root: Any = None
        self.drawn = drawn
        self.problems: list[Problem] = []
        self.specs: dict[str, ProcessSpec] = {}
        self.ids: dict[str, Any] | None = None
        self.joined = undoing.joined(drawn)
        with self.reading(drawn.path):
            self.root = normalised(drawn)
            self.add_bpmn_xml(self.root.getroottree(), drawn.path)

    @contextmanager
    def reading(self, element: str) -> Iterator[None]:
        """Whatever cannot be read becomes a problem of this element."""
        try:
            yield
        except Refused:
            pass
        except ValidationException as error:
            self.refuse(element, f"Expected an element that can be read, but {error}")
        except Exception as error:  # nobody thought of it: refused now, not found by a case that starts
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("A diagram was not read: %s at %s:%s", type(error).__name__, *place[:2])
            self.refuse(element, "Expected something that can be executed, but it could not be read.")

    def refuse(self, element: str, message: str) -> None:
        problem = Problem(element, message)
        if problem not in self.problems:
            self.problems.append(problem)

    def process(self, id: str) -> Mapping[str, ProcessSpec]:
        """Read one process of the file, or one global task, into `specs`; returned is what is new there."""
        before = len(self.specs)
        alone = self.drawn.processes[id].task
        if not alone and id not in self.process_parsers:
            self.problems = self.problems or [Problem(id, "Expected a process that can be read.")]
            return {}
        with self.reading(id):
            if alone and id not in self.process_parsers:
                self._global_task(id)
            parser = self.process_parsers[id]
            parser.key = id
            parser.get_spec()
        new = dict(islice(self.specs.items(), before, None))
        self._links(new)
        return new

    def _links(self, specs: Mapping[str, ProcessSpec]) -> None:
        """A link is a flow by now; one that leads nowhere has none."""
        for task in [task for spec in specs.values() for task in spec.task_specs.values()]:
            element = self.drawn.elements.get(task.name)
            if element is None or element.kind != "intermediateThrowEvent" or task.flows:
                continue
            if any(event.kind == "link" for event in element.events):
                self.refuse(
                    element.id, "Expected a link event with this name to go on from, but there is none."
                )

    def _global_task(self, id: str) -> None:
        """A global task is a process with one element."""
        task = copy.deepcopy(self.by_id(id))
        process = etree.SubElement(self.root, B + "process", id=id)
        task.tag = B + GLOBAL_TASKS[task.tag.removeprefix(B)]
        process.append(task)
        self.create_parser(process, None)

    def by_id(self, id: str) -> Any:
        if self.ids is None:
            self.ids = {
                element.get("id"): element for element in self.root.iter(B + "*") if element.get("id")
            }
        return self.ids.get(id)

    def root_definition(self, id: str | None) -> Any:
        """An event definition beside the processes."""
        found = self.by_id(id) if id else None
        return found if found is not None and found.getparent() is self.root else None

    def _get_parser_class(self, tag: str) -> tuple[Any, Any]:
        return PARSERS[tag]

    def _find_dependencies(self, process: Any) -> None:
        """Which processes are called is known from their specifications."""

    def _add_data_stores(self, bpmn: Any) -> None:
        """Data stores are drawn, not executed."""

    def _add_correlations(self, bpmn: Any) -> None:
        """Read with the diagram: see `engine.diagrams.correlation`."""

    def _add_messages(self, bpmn: Any) -> None:  # noqa: ARG002 - the tree is ours
        """id → (name, correlation key); messages without a name cannot be waited for."""
        for node in self.root.iterchildren(B + "message"):
            id, name = node.get("id"), node.get("name")
            said = extensions(node, lambda message, id=id: self.refuse(id, message))  # type: ignore[misc]  # mypy reads no default
            if id and name and not name.startswith("="):
                self.messages[id] = (name, said.correlation)


def refusals(diagram: Diagram) -> list[Problem]:
    """What the executor refuses to have published, each with the element's name: also what it could read in
    one of two ways. What the processes call is not looked into.
    """
    parser = Parser(diagram)
    with parser.reading(diagram.path):
        parser.problems += contradictions(diagram)
    for process in diagram.processes.values():
        if process.executable:
            parser.problems += process.faults
            parser.process(process.id)
    return [
        Problem(id, f"{diagram.words(id) or 'The file'} cannot be executed. {message}")
        for id, message in list(dict.fromkeys(parser.problems))[:MAX_PROBLEMS]
    ]
