"""A scope: the process itself or an open sub-process, and the tokens in it.

A token that finishes its element moves along the outgoing sequence flows at once (`Scope.advance`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.util.task import TaskState

from .branches import Branch
from .compensation import Compensating
from .token import Root, Token
from .variables import Variables

if TYPE_CHECKING:
    from .specs.gateways import Join


class Scope(Compensating):
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
        self.undo = []
        self.base: Branch = ()  # the branch the scope itself runs on
        self.task_tree = None
        host = getattr(self, "parent_task_id", None)
        self.task_tree = Root(self, self.spec.start, f"root {host}" if host else "root")

    def tokens(self) -> list[Any]:
        return [token for token in self.tasks.values() if token is not self.task_tree]

    # Beginning

    def begin(self, starts: tuple[str, ...], started: bool = False) -> None:
        """Listen for event sub-processes, then put a token on each start, unless what interrupts the scope
        has happened already. `started`: what a start waits for has happened.
        """
        for name in self.spec.event_sub_processes:
            if self.listen(name, "listens", 1):
                return
        specs = [self.spec.task_specs[name] for name in starts]
        branches = self.forked(self.base, len(specs))
        for spec, branch in zip(specs, branches, strict=True):
            self.put(spec, branch=branch, internal={"started": 1} if started else None)
        self.check_complete()

    def listen(self, name: str, role: str, value: Any) -> bool:
        """Arm a boundary event (`host`) or an event sub-process (`listens`). True when it has interrupted at
        once.
        """
        listener = Token(self, self.spec.task_specs[name], id=self.top_workflow.next_id())
        listener.internal_data[role] = value
        listener.branch = self.base
        listener.enter()
        return listener.alive and role not in listener.internal_data

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
        """A new token on an element. None when the element waits for more tokens to start, as what is undone
        does not.
        """
        if spec.start_quantity > 1 and "undoes" not in (internal or ()) and not self._enough(spec):
            return None
        token = Token(self, spec, id=self.top_workflow.next_id())
        token.flow = flow
        token.branch = branch
        if data is not None:
            data.owner, token.data = data.owner or token.id, data
        if internal:
            token.internal_data.update(internal)
        self.live += 1
        self.top_workflow.journal.step("entered", token)
        for name in spec.boundary if "nested" not in token.internal_data else ():
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
            controller.task_spec.instance_done(token, controller)
        elif "undoes" in kept:
            self.remove(token)
            self.undone(kept["undoes"])
        else:
            self._leave(token, spec.route(token))

    def _leave(self, token: Any, flows: list[Any]) -> None:
        spec, enough = token.task_spec, self.enough_done(token)
        self.remove(token)
        ways = [] if enough else flows * spec.completion_quantity  # it ends without anything more (13.3.5)
        for flow, branch in zip(ways, self.forked(token.branch, len(ways)), strict=True):
            self.put(self.spec.task_specs[flow.target], flow.id, branch)
        self.look_again(enough)
        if not flows or not self.live:
            self.check_complete()

    def enough_done(self, done: Any) -> bool:  # noqa: ARG002 - as all scopes
        """Whether the token that is leaving its element completes the ad-hoc sub-process around it."""
        return False

    def look_again(self, enough: bool) -> None:
        """A token has left its element."""

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
        if token.task_spec.loops or token.task_spec.boundary:  # what was ended is not undone
            self.undo = [entry for entry in self.undo if entry[2:3] != [token.id]]
        if token.stuck or "host" not in token.internal_data and "listens" not in token.internal_data:
            # What is ended by the very thing it threw has done all that it is drawn for.
            top.journal.step("completed" if "throws" in token.internal_data else "cancelled", token)
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

    def clear(self, *keep: Any) -> None:
        """Withdraw every token of the scope but these."""
        for token in self.tokens():
            if token not in keep:
                self.kill(token)
        self.joins.clear()
        self.arriving.clear()

    def check_complete(self) -> None:
        """A scope is complete when no token is left in it, also none that waits at a join."""
        if (
            self.completed
            or self.rolls_back
            or self.arriving
            or any(join.holds for join in self.joins.values())
        ):
            return
        if self.live > 0:
            self._stop_listening()
            return
        self.completed = True
        for token in self.tokens():
            self.remove(token)
        self.done()

    def _stop_listening(self) -> None:
        """While only event sub-processes run, the scope is completing: no other one starts (13.5.4)."""
        if self.spec.event_sub_processes:
            tokens = self.tokens()
            if all(token.task_spec.kind == "eventSubProcess" for token in tokens):
                for token in tokens:
                    if "listens" in token.internal_data:
                        self.remove(token)

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

    def no_longer_stranded(self, spec: Any) -> None:
        """A gateway that waited in vain goes on: a variable has changed, or another one has sent a token."""
        for token in self.tokens():
            if "stranded" in token.internal_data and token.task_spec is spec:
                self.top_workflow.journal.step("cancelled", token)
                self.remove(token)
