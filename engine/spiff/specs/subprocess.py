"""Activities with a process inside: embedded, called, event-triggered, transactional and ad-hoc."""

# mypy: disallow-subclassing-any=False

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.execution import COUNTER, RESERVED

from ..compensation import freed
from ..definitions import Nothing
from ..extensions import NONE, Extensions
from ..script import Expression, Stuck
from ..variables import Variables, write_all
from ..workflow import MAX_DEPTH
from .base import Activity, around, write_outputs
from .catching import Catching, inside
from .loops import Looping, MultiInstance


class SubProcess(Activity, defaults.SubWorkflowTask):
    """Shares the variables of the scope it is drawn in. `spec` names what is inside."""

    kind = "subProcess"
    spec: str

    def act(self, token: Any) -> None:
        top = token.workflow.top_workflow
        token._state = TaskState.STARTED
        inner = top.create_subprocess(token, self.spec)
        if inner.depth > MAX_DEPTH:
            del top.subprocesses[token.id]
            raise Stuck(
                f"Expected at most {MAX_DEPTH} processes inside one another, but the diagram calls itself."
            )
        inner.open(self.variables(token, inner.spec))
        inner.base = token.branch
        if "nested" in token.internal_data:
            self.undo(token, inner)
        else:
            self.begin(token, inner)

    def begin(self, token: Any, inner: Any) -> None:  # noqa: ARG002 - as all elements
        inner.begin(inner.spec.starts)

    def undo(self, token: Any, inner: Any) -> None:
        """Compensate a finished sub-process: by its own handler, or activity by activity."""
        inner.undo, token.internal_data["nested"] = token.internal_data["nested"], []
        handler = inner.spec.compensation_handler
        if handler is not None:
            inner.put(inner.spec.task_specs[handler], branch=inner.base)
        else:
            inner.undone("")

    def variables(self, token: Any, spec: Any) -> Variables:  # noqa: ARG002 - as all elements
        data: Variables = token.data
        return data

    def closed(self, token: Any, inner: Any) -> None:
        """What is inside has ended: pass on what it leaves behind. Outputs are of what completes, not of what
        is undone.
        """
        kept, done = token.internal_data, [freed(entry) for entry in inner.undo if entry[1] is not False]
        if "undoes" not in kept and (done or inner.spec.compensation_handler):
            kept["inside"] = done
            self.keep(token, inner)
        if "nested" not in kept or not self.extensions.outputs:
            token.attempt(self.give_back, inner)
        if not token.stuck:
            token.complete()

    def give_back(self, token: Any, inner: Any) -> None:  # noqa: ARG002 - as all elements
        self.take(token, {})

    def inside(self, token: Any) -> list[Any] | None:
        found: list[Any] | None = token.internal_data.pop("inside", None)
        return found

    def keep(self, token: Any, inner: Any) -> None:
        """Note what is gone once it has ended, and can be compensated."""

    def recall(self, token: Any) -> list[dict[str, Any]]:
        kept = token.internal_data
        called = kept.pop("called", {})
        own = {**(token.data.own() if token.data.owner == token.id else {}), **called}
        if "loop" in kept:
            own = {COUNTER: token.data[COUNTER], **own}
        names = self.handed_on(token, own, called)
        handed_on = {name: own.pop(name) for name in names}
        return [own, handed_on] if handed_on else [own] if own else []

    def handed_on(self, token: Any, own: Iterable[str], called: Iterable[str]) -> list[str]:
        """Which of these the scope around was given, when it ended."""
        loop = token.workflow.tasks.get(token.internal_data.get("loop"))
        if loop is not None and isinstance(loop.task_spec, MultiInstance):
            return loop.task_spec.handed_on(token, own)
        return list(called)

    def enough_done(self, token: Any, done: Any) -> bool:  # noqa: ARG002 - as all elements
        """Whether what is inside may end when the token `done` leaves its element. May raise Stuck."""
        return False

    def look_again(self, token: Any, inner: Any, enough: bool) -> None:
        """A token inside has left its element."""


class Transaction(SubProcess, defaults.TransactionSubprocess):
    kind = "transaction"


class Call(SubProcess, defaults.CallActivity):
    """Runs another process, with variables of its own: what the caller's were when it began, and what it
    writes, which is what it gives back.
    """

    kind = "callActivity"

    def variables(self, token: Any, spec: Any) -> Variables:  # noqa: ARG002 - as all elements
        if self.extensions.whole_parent:
            return Variables(owner=token.id, parent=token.data)  # `write` sees to it that nothing changes
        own = token.data.own() if token.data.owner == token.id else {}
        known = {name: token.data[name] for name in RESERVED if name in token.data}
        data = Variables(owner=token.id)
        data.given = {name: [value] for name, value in {**known, **own}.items()}
        return data

    def keep(self, token: Any, inner: Any) -> None:
        """What it wrote, and what it was given that is not so any more."""
        given = ((name, value) for name, values in inner.data.given.items() for value in values)
        held = {name: value for name, value in given if token.data.get(name, value) != value}
        token.internal_data["called"] = {**held, **inner.data.own()}

    def give_back(self, token: Any, inner: Any) -> None:
        own = {name: value for name, value in inner.data.own().items() if name not in RESERVED}
        if self.extensions.outputs:
            given = {name: value for name, values in inner.data.given.items() for value in values}
            write_outputs(token, self.extensions, {**given, **own}, around(token))
        elif self.extensions.whole_child:
            write_all(token, own, around(token))


class EventSubProcess(Catching, SubProcess, defaults.EventSubprocess):
    """The listener waits in the scope it may interrupt; once triggered, it or a copy of it is a running
    sub-process.
    """

    kind = "eventSubProcess"
    event_definition: Any = Nothing()
    trigger: Extensions = NONE  # of the start event inside: which variables of the event are kept

    def entered(self, token: Any) -> bool:
        if "listens" in token.internal_data:
            return Catching.entered(self, token)
        return True  # compensation: put here by hand

    def take_over(self, token: Any) -> None:
        super().take_over(token)
        scope = token.workflow
        if token.internal_data.pop("listens", None):
            scope.live += 1
            scope.top_workflow.journal.step("entered", token)
        if not self.repeats:
            scope.clear(token)

    def copy(self, token: Any) -> Any:
        """Runs beside everything in the scope, with variables of its own."""
        scope = token.workflow
        copy = super().copy(token)
        copy.data = Variables(owner=copy.id, parent=scope.data)
        stay, copy.branch = scope.forked(scope.base, 2)
        depth = len(scope.base)
        for host in scope.tokens():
            for other in inside(scope, host) if host is not copy else ():
                other.branch = (*stay, *other.branch[depth:])
        scope.top_workflow.journal.step("entered", copy)
        return copy

    def take(self, token: Any, variables: Mapping[str, Any]) -> None:
        extensions = self.trigger
        write_outputs(token, extensions, variables, token.data)

    def act(self, token: Any) -> None:
        SubProcess.act(self, token)

    def handed_on(self, token: Any, own: Iterable[str], called: Iterable[str]) -> list[str]:  # noqa: ARG002 - as all calls
        return list(own)

    def give_back(self, token: Any, inner: Any) -> None:  # noqa: ARG002 - as all elements
        if token.data.owner != token.id:
            write_outputs(token, self.extensions, {}, token.data)
        else:
            write_outputs(token, self.extensions, token.data.own(), token.workflow.data)


class AdHoc(SubProcess, defaults.AdHocSubprocess):
    """Offers every activity nothing leads to. Its completion condition ends it; without one, it ends when all
    are done. One at a time (`ordering`) is no different: it may then hold only what is done in one go.
    """

    kind = "adHocSubProcess"
    enough: Expression | None = None
    cancels_rest = True

    def enough_done(self, token: Any, done: Any) -> bool:
        if "enough" in token.internal_data:
            return True
        if self._undone(token) or self.enough is None or not isinstance(done.task_spec, Activity | Looping):
            return False
        what = "the completion condition of the sub-process around it"
        return bool(token.workflow.script_engine.true(token, self.enough, what))

    def look_again(self, token: Any, inner: Any, enough: bool) -> None:
        if enough:
            token.internal_data["enough"] = 1
            if self.cancels_rest:
                inner.clear()
        elif self.enough is not None and self._is_idle(inner) and "enough" not in token.internal_data:
            for name in inner.spec.starts if not self._undone(token) else ():
                inner.put(inner.spec.task_specs[name], branch=inner.base)  # the condition still asks for more

    def _undone(self, token: Any) -> bool:
        """Whether what was done in it is undone: nothing more is asked for then."""
        return not {"undoes", "rolls_back"}.isdisjoint(token.internal_data)

    def _is_idle(self, inner: Any) -> bool:
        return inner.live == 0 and not inner.joins and not inner.arriving
