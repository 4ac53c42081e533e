"""A running process and the steps that need nobody: SpiffWorkflow's Workflow, made flat.

Elements that run by themselves wait their turn in one queue (`Instance.settle`).
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskGone

from .events import Events
from .journal import Journal
from .scope import Scope
from .script import Expressions, Stuck

MAX_STEPS = 5000  # automatic steps of one command: a loop without a wait ends here, as an incident
HALTED = MAX_STEPS + 1
MAX_TOKENS = 20_000  # that one command may put: several instances of several instances end here
MAX_DEPTH = 50  # scopes inside one another


class Instance(Scope, BpmnWorkflow):
    """A process instance in memory, for the length of one command."""

    subprocesses: dict[str, Any]
    script_engine: Any

    def __init__(self, spec: Any, specs: Mapping[str, Any], expressions: Expressions) -> None:
        self.count = 0  # every id of the instance comes from here
        self.queue: deque[Any] = deque()
        self.journal = Journal()
        self.cancelled = False
        self.keys: dict[str, Any] = {}  # correlation property → what this instance's conversation is about
        self.limit = 0  # of ids one command may use up
        super().__init__(spec, specs, expressions, deserializing=True)
        self.event_manager = Events(self)

    def next_id(self) -> str:
        self.count += 1
        return str(self.count)

    def scopes(self) -> list[Any]:
        return [self, *self.subprocesses.values()]

    def every_token(self) -> Iterator[Any]:
        for scope in self.scopes():
            yield from scope.tokens()

    def done(self) -> None:
        self.completed_event(self)

    @property
    def status(self) -> str:
        if self.cancelled:
            return "cancelled"
        return "completed" if self.completed else "running"

    def converse(self, keys: Mapping[str, Any]) -> None:
        """Note what a conversation is about. Raises Stuck when it is about something else already."""
        for name, value in keys.items():
            if self.keys.get(name, value) != value:
                raise Stuck(f"Expected a message with the “{name}” that was agreed on, but it has another.")
        if keys.items() <= self.keys.items():
            return
        self.keys.update(keys)
        self.event_manager.wait_anew()

    def create_subprocess(self, token: Any, name: str) -> Any:
        inner = Inner(self.subprocess_specs[name], token, self)
        self.subprocesses[token.id] = inner
        return inner

    def get_task_from_id(self, id: str) -> Any:
        for scope in self.scopes():
            token = scope.tasks.get(id)
            if token is not None:
                return token
        raise TaskGone

    def cancel(self, workflow: Any = None) -> list[Any]:  # noqa: ARG002 - SpiffWorkflow's signature
        self.clear()
        self.completed = self.cancelled = True
        return []

    # Automatic steps

    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None:  # noqa: ARG002 - as above
        self.settle()

    def settle(self) -> None:
        """Step until every token waits for somebody or something."""
        steps, self.limit = 0, self.count + MAX_TOKENS
        while (steps := self._drain(steps)) < HALTED:
            if any(scope.joins and scope.spec.fire_joins(scope) for scope in self.scopes()):
                continue
            self.event_manager.conditions()
            if not self.queue:
                self.event_manager.follow()
                return

    def strand(self) -> None:
        for scope in self.subprocesses.values():
            scope.strand()
        super().strand()

    def _drain(self, steps: int) -> int:
        queue = self.queue
        while queue:
            if steps >= MAX_STEPS or self.count > self.limit:
                self._halt()
                return HALTED
            token = queue.popleft()
            if token._state == TaskState.READY and token.alive:
                token.run()
                steps += 1
        return steps

    def _halt(self) -> None:
        """Too many automatic steps: every token that wants to move keeps its place until a person looks."""
        told: set[str] = set()
        for token in self.queue:
            if token._state == TaskState.READY and token.alive:
                token._state = TaskState.ERROR
                token.internal_data["halted"] = 1
                if token.task_spec.name not in told:
                    told.add(token.task_spec.name)
                    token.fail(
                        f"Expected a task within {MAX_STEPS} steps, but the diagram goes round in circles."
                    )
        self.queue.clear()


class Inner(Scope, BpmnSubWorkflow):
    """An open sub-process or called process; `host` is the token of its activity in the scope around."""

    parent_task_id: str

    def __init__(self, spec: Any, host: Any, top: Instance) -> None:
        self.host = host
        super().__init__(spec, host.id, top, deserializing=True)

    @property
    def parent_workflow(self) -> Any:
        return self.host.workflow

    @property
    def called(self) -> bool:
        """Whether it is a process with variables of its own."""
        return self.data is not self.host.data

    def _calculate_depth(self) -> int:
        return getattr(self.host.workflow, "depth", 0) + 1

    @property
    def rolls_back(self) -> bool:  # type: ignore[override]  # worked out, not kept
        return "rolls_back" in self.host.internal_data

    def done(self) -> None:
        self.top_workflow.subprocesses.pop(self.host.id, None)
        self.host.task_spec.closed(self.host, self)

    def enough_done(self, done: Any) -> bool:
        return bool(self.host.task_spec.enough_done(self.host, done))

    def look_again(self, enough: bool) -> None:
        self.host.task_spec.look_again(self.host, self, enough)
