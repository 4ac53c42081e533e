"""A running process: scopes, the tokens in them, and the steps that need nobody. SpiffWorkflow's Workflow,
made flat.

A scope is the process itself or an open sub-process. A token that finishes its element moves along the
outgoing sequence flows at once (`Scope.advance`); elements that run by themselves wait their turn in one
queue (`Instance.settle`).
"""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.errors import TaskGone

from .branches import Branch
from .events import Events
from .journal import Journal
from .scopes import Variables
from .script import Expressions
from .token import Root, Token

if TYPE_CHECKING:
    from .specs.gateways import Join

MAX_STEPS = 5000  # automatic steps of one command: a loop without a wait ends here, as an incident
MAX_TOKENS = 20_000  # that one command may put: several instances of several instances end here
MAX_DEPTH = 50  # scopes inside one another


class Scope:
    """What the process and its open sub-processes have in common."""

    spec: Any
    tasks: dict[str, Any]
    task_tree: Any
    top_workflow: Any
    completed: bool
    data: Variables

    def open(self, data: Variables) -> None:
        self.data = data
        self.live = 0  # tokens that keep the scope going: all but listeners
        self.joins: dict[str, Join] = {}
        self.arriving: dict[str, int] = {}  # activities that want several tokens to start
        self.undo: list[list[Any]] = []  # finished activities with a compensation handler, oldest first
        self.base: Branch = ()  # the branch the scope itself runs on
        self.task_tree = None
        host = getattr(self, "parent_task_id", None)
        self.task_tree = Root(self, self.spec.start, f"root {host}" if host else "root")

    def tokens(self) -> list[Any]:
        return [token for token in self.tasks.values() if token is not self.task_tree]

    # Beginning

    def begin(self, starts: tuple[str, ...], started: bool = False) -> None:
        """Listen for event sub-processes, then put a token on each start; `started`: what it waits for has
        happened.
        """
        for name in self.spec.event_sub_processes:
            self.listen(name, "listens", 1)
        specs = [self.spec.task_specs[name] for name in starts]
        branches = self.forked(self.base, len(specs))
        for spec, branch in zip(specs, branches, strict=True):
            self.put(spec, branch=branch, internal={"started": 1} if started else None)
        self.check_complete()

    def listen(self, name: str, role: str, value: Any) -> None:
        """Arm a boundary event (`host`) or an event sub-process (`listens`)."""
        listener = Token(self, self.spec.task_specs[name], id=self.top_workflow.next_id())
        listener.internal_data[role] = value
        listener.branch = self.base
        listener.enter()

    def forked(self, branch: Branch, ways: int) -> list[Branch]:
        if ways < 2:
            return [branch] * ways
        fork = self.top_workflow.next_id()
        return [(*branch, f"{fork}.{way}") for way in range(ways)]

    # Moving

    def put(
        self,
        spec: Any,
        flow: str | None = None,
        branch: Branch = (),
        data: Variables | None = None,
        internal: Mapping[str, Any] | None = None,
    ) -> Any:
        """A new token on an element. None when the element waits for more tokens to start."""
        if spec.start_quantity > 1 and not self._enough(spec):
            return None
        token = Token(self, spec, id=self.top_workflow.next_id())
        token.flow = flow
        token.branch = branch
        if data is not None:
            data.owner, token.data = token.id, data
        if internal:
            token.internal_data.update(internal)
        self.live += 1
        self.top_workflow.journal.step("entered", token)
        for name in spec.boundary:
            if token.alive:  # the event before may have happened already
                self.listen(name, "host", token.id)
        if token.alive:
            token.enter()
        return token

    def _enough(self, spec: Any) -> bool:
        """Whether as many tokens have arrived as `startQuantity` asks for."""
        arrived = self.arriving.get(spec.name, 0) + 1
        if arrived < spec.start_quantity:
            self.arriving[spec.name] = arrived
            return False
        self.arriving.pop(spec.name, None)
        return True

    def advance(self, token: Any) -> None:
        """A token has done its element: it leaves by the outgoing sequence flows. Raises Stuck where it
        cannot.
        """
        spec, kept = token.task_spec, token.internal_data
        if "left" not in kept:
            if not spec.loops or "count" not in kept:  # instances have said so themselves
                self.top_workflow.journal.step("completed", token)
            self.unhost(token)
            spec.remember(token)
        if "loop" in kept:
            controller = self.tasks[kept["loop"]]
            self.remove(token)
            controller.task_spec.instance_done(controller, token)
        elif "undoes" in kept:
            self.remove(token)
            self.undone(kept["undoes"])
        else:
            self._leave(token, spec.route(token))

    def _leave(self, token: Any, flows: list[Any]) -> None:
        spec = token.task_spec
        self.remove(token)
        ways = flows * spec.completion_quantity
        for flow, branch in zip(ways, self.forked(token.branch, len(ways)), strict=True):
            self.put(self.spec.task_specs[flow.target], flow.id, branch)
        self.after(token)
        if not flows or not self.live:
            self.check_complete()

    def after(self, token: Any) -> None:
        """An ad-hoc sub-process looks at its completion condition here."""

    def _task_completed_notify(self, token: Any) -> None:
        """SpiffWorkflow's word that a task is complete: this is where the token moves."""
        if token.alive:
            token.task_spec.leave(token)

    # Ending

    def remove(self, token: Any) -> None:
        self.tasks.pop(token.id, None)
        self.task_tree._children.pop(token.id, None)
        kept = token.internal_data
        if "host" not in kept and "listens" not in kept:
            self.live -= 1
        elif token.stuck:  # somebody was told of it, so they are told that it is over
            self.top_workflow.journal.step("cancelled", token)
        self.top_workflow.event_manager.forget(token)
        self.top_workflow.journal.failures.pop(token.id, None)

    def kill(self, token: Any) -> None:
        """Withdraw a token and everything that hangs on it."""
        if not token.alive:
            return
        top = self.top_workflow
        inner = top.subprocesses.pop(token.id, None)
        if inner is not None:
            inner.clear()
        for other in self.depending(token):
            self.kill(other)
        if token.stuck or "host" not in token.internal_data and "listens" not in token.internal_data:
            top.journal.step("cancelled", token)
        token.task_spec.withdrawn(token)
        token._state = TaskState.CANCELLED
        self.remove(token)

    def depending(self, token: Any) -> list[Any]:
        """Boundary events on a token's activity, and the instances of its loop."""
        if not token.task_spec.boundary and not token.task_spec.loops:
            return []
        return [
            other
            for other in self.tasks.values()
            if other.internal_data.get("host") == token.id or other.internal_data.get("loop") == token.id
        ]

    def unhost(self, token: Any) -> None:
        """The activity is over, so its boundary events stop listening."""
        if token.task_spec.boundary:
            for other in self.depending(token):
                self.remove(other)

    def clear(self, keep: Any = None) -> None:
        """Withdraw every token of the scope but one."""
        for token in self.tokens():
            if token is not keep:
                self.kill(token)
        self.joins.clear()
        self.arriving.clear()

    def check_complete(self) -> None:
        """A scope is complete when no token is left in it, also none that waits at a join."""
        if (
            self.completed
            or self.live > 0
            or self.arriving
            or any(join.holds for join in self.joins.values())
        ):
            return
        self.completed = True
        for token in self.tokens():
            self.remove(token)
        self.done()

    def done(self) -> None:
        raise NotImplementedError

    def strand(self) -> None:
        """Tokens wait at a join for others that can never come: that is for a person to know."""
        if self.live or self.completed:
            return
        waiting = [name for name, join in self.joins.items() if join.holds] + list(self.arriving)
        for name in waiting:
            token = Token(self, self.spec.task_specs[name], id=self.top_workflow.next_id())
            self.live += 1
            token.internal_data["stranded"] = 1
            token.fail("Expected a token from every flow this waits for, but no other token is left to come.")

    # Compensation

    def compensate(self, thrower: Any, activity: str | None = None) -> bool:
        """Run the handlers of finished activities, newest first; the thrower waits for all of them."""
        todo = [entry for entry in self.undo if activity is None or entry[0] == activity]
        self.undo = [entry for entry in self.undo if entry not in todo]
        started = 0
        for name, nested in reversed(todo):
            spec = self.spec.task_specs[name]
            internal: dict[str, Any] = {"undoes": thrower.id}
            if spec.compensation is None:
                internal["nested"] = nested
            else:
                spec = self.spec.task_specs[spec.compensation]
            self.put(spec, branch=thrower.branch, internal=internal)
            started += 1
        return started > 0

    def undone(self, thrower: str) -> None:
        """A handler has finished; when it was the last, the token that asked for it goes on.

        Inside a sub-process that is being compensated nobody asked (""): it ends when all have finished.
        """
        waiting = None
        for scope in self.top_workflow.scopes():
            if thrower and any(
                token.internal_data.get("undoes") == thrower for token in scope.tasks.values()
            ):
                return
            waiting = waiting or scope.tasks.get(thrower)
        if waiting is not None:
            waiting.complete()
        self.check_complete()


class Instance(Scope, BpmnWorkflow):
    """A process instance in memory, for the length of one command."""

    subprocesses: dict[str, Any]
    script_engine: Any

    def __init__(self, spec: Any, specs: Mapping[str, Any], expressions: Expressions) -> None:
        self.count = 0  # every id of the instance comes from here
        self.queue: deque[Any] = deque()
        self.journal = Journal()
        self.cancelled = False
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

    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None:  # noqa: ARG002
        self.settle()

    def settle(self) -> None:
        """Step until every token waits for somebody or something."""
        steps, self.limit = 0, self.count + MAX_TOKENS
        while True:
            steps = self._drain(steps)
            if any(scope.joins and scope.spec.fire_joins(scope) for scope in self.scopes()):
                continue
            self.event_manager.conditions()
            if not self.queue:
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
                return steps
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

    def _calculate_depth(self) -> int:
        return getattr(self.host.workflow, "depth", 0) + 1

    def done(self) -> None:
        self.top_workflow.subprocesses.pop(self.host.id, None)
        self.host.task_spec.closed(self.host, self)

    def after(self, token: Any) -> None:
        self.host.task_spec.look_again(self.host, self, token)
