"""A token: SpiffWorkflow's Task as one live position. Its parent is always the root of its scope, so nothing
grows.
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from .branches import Branch
from .script import Stuck


class Token(Task):
    """What is kept of it between commands: id, element, state, `internal_data`, and variables of its own.

    `internal_data` may hold: `host` (a boundary event's activity), `listens` (an event sub-process not yet
    started), `rivals` (events of which the first wins), `loop` and `index` (one instance of a loop),
    `throws` (while it does), `due` and `clock`, `waits` (names and correlations), `cause`, `left` and
    `given` (why it is stuck, whether its work was done, and what it gave).
    """

    workflow: Any
    task_spec: Any
    data: Any
    internal_data: dict[str, Any]
    _state: int

    def __init__(self, scope: Any, spec: Any, *, id: str, state: int = TaskState.FUTURE) -> None:
        # What Task.__init__ does, without asking the system's clock: a state may hold many tokens.
        self.id = id
        self.workflow = scope
        self.task_spec = spec
        self.data = scope.data
        self.internal_data = {}
        self._state = state
        self._parent = scope.task_tree.id
        self._children: Any = ()
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        scope.tasks[id] = self
        scope.task_tree._children[id] = None
        self.branch: Branch = ()
        self.flow: str | None = None  # the sequence flow it arrived by; not kept

    @property
    def alive(self) -> bool:
        found: object = self.workflow.tasks.get(self.id)
        return found is self

    @property
    def stuck(self) -> bool:
        return bool(self._state == TaskState.ERROR)

    def _set_state(self, value: int) -> None:
        self._state = value

    def _inherit_data(self) -> None:
        """Tokens of a scope share its variables; there is nothing to copy and nothing to merge."""

    def enter(self) -> None:
        """Start on the element; what cannot start waits for a person."""
        try:
            self.task_spec._update(self)
        except Stuck as stuck:
            self.fail(str(stuck))

    def _ready(self) -> None:
        if not self.alive or self._state & TaskState.FINISHED_MASK:
            return
        self._state = TaskState.READY
        self.task_spec._on_ready(self)
        if self._state == TaskState.READY and not self.task_spec.manual:
            self.workflow.top_workflow.queue.append(self)

    def run(self) -> bool | None:
        """One automatic step, or the completion of a task by a person."""
        try:
            return bool(super().run())
        except Stuck as stuck:
            self.fail(str(stuck))
            return False

    def complete(self) -> None:
        """The element's work is done: move on. Where it cannot move on, the token keeps its place."""
        if not self.alive:
            return
        try:
            super().complete()
        except Stuck as stuck:
            self.internal_data["left"] = 1
            self.fail(str(stuck))

    def attempt(self, action: Callable[..., None], *arguments: Any) -> None:
        """Do something for the token; what it cannot do waits for a person."""
        try:
            action(self, *arguments)
        except Stuck as stuck:
            self.fail(str(stuck))

    def fail(self, cause: str) -> None:
        self._state = TaskState.ERROR
        self.internal_data["cause"] = cause
        self.workflow.top_workflow.event_manager.forget(self)  # tried again, it waits afresh
        self.workflow.top_workflow.journal.failed(self, cause)

    def error(self) -> None:
        """SpiffWorkflow's own reaction to an exception; `fail` says what is to be said."""

    def retry(self) -> None:
        """Try again what failed, from where it failed."""
        self.internal_data.pop("cause", None)
        if "stranded" in self.internal_data:
            self.workflow.remove(self)
        elif self.internal_data.pop("halted", None):
            self._state = TaskState.READY
            self.workflow.top_workflow.queue.append(self)
        elif "left" in self.internal_data:
            self._state = TaskState.READY
            self.complete()
        elif "given" in self.internal_data:
            self.finish(self.internal_data["given"])
        else:
            self._state = TaskState.FUTURE
            data = self.data
            own = data.owner == self.id and not data.isolated and not self.task_spec.loops
            if own and "nested" not in self.internal_data and data.parent is not None:
                self.data = data.parent  # its inputs are worked out anew
            self.enter()

    def finish(self, variables: Any) -> None:
        """Take what a person or an operation gave, and move on. What cannot be taken yet is not lost."""
        self._state = TaskState.STARTED
        self.internal_data["given"] = variables
        self.attempt(self.task_spec.take, variables)
        if not self.stuck:
            del self.internal_data["given"]
            self.complete()


class Root(Token):
    """What SpiffWorkflow calls the task tree: the one parent of all tokens in a scope."""

    def __init__(self, scope: Any, spec: Any, id: str) -> None:
        Task.__init__(self, scope, spec, None, state=TaskState.STARTED, id=id)
        self._children: dict[str, None] = {}
        self.branch = ()

    def _child_added_notify(self, child: Any) -> None:
        self._children[child.id] = None
