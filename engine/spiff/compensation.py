"""What a scope remembers of what was finished in it, and how it is undone: newest first, one after the other.

What was done later may rest on what was done before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .branches import Branch
from .events import outermost
from .variables import Variables


def freed(entry: list[Any]) -> list[Any]:
    """What was done, in nobody's hand."""
    return [*entry[:2], "", *entry[3:]] if len(entry) > 3 else entry[:2]


class Compensating:
    """The part of a scope that undoes.

    `undo`: finished activities that can be compensated, oldest first: element, what was done inside, the
    token that has it in hand (a loop that has not ended, or the event that undoes it), and the variables of
    its own that it had at the end: those that nothing around has, and those that were handed on. The end is
    left out when it says nothing. Of one that has not finished: element, False, its token. There its place
    is, once a boundary event of it has led to something.
    """

    spec: Any
    tasks: dict[str, Any]
    top_workflow: Any
    base: Branch
    data: Variables
    undo: list[list[Any]]
    rolls_back = False  # whether all that happens in it is that what was done is undone
    put: Callable[..., Any]
    tokens: Callable[[], list[Any]]
    clear: Callable[..., None]
    check_complete: Callable[[], None]

    def compensate(self, thrower: Any, activity: str | None = None) -> bool:
        """Run the handlers of what was finished, of one activity or of all. True while the thrower waits."""
        for entry in self.undo:
            asked_for = activity in (None, self.spec.task_specs[entry[0]].bpmn_id)
            if asked_for and entry[1] is not False and not self._in_hand(entry):
                entry[2:3] = [thrower.id]
        return self._undo_next(thrower.id, thrower.branch)

    def keep_place(self, host: Any) -> None:
        """What the boundary events of an activity lead to is undone before the activity (13.5.5)."""
        if not self._places(host):
            self.undo.append([host.task_spec.name, False, host.id])

    def finish(self, token: Any, entries: list[list[Any]]) -> None:
        """Note what a token has finished, where its place was kept."""
        kept = self._places(token) or [len(self.undo)]
        self.undo[kept[0] : kept[0] + 1] = entries

    def _places(self, token: Any) -> list[int]:
        if not token.task_spec.boundary:
            return []
        return [at for at, entry in enumerate(self.undo) if entry[1] is False and entry[2] == token.id]

    def _in_hand(self, entry: list[Any]) -> bool:
        """Whoever undid it may have been interrupted."""
        return any(holder in scope.tasks for holder in entry[2:3] for scope in self.top_workflow.scopes())

    def _undo_next(self, thrower: str, branch: Branch) -> bool:
        """Inside a sub-process that is being compensated nobody asked for it (""): there, everything."""
        todo = [entry for entry in self.undo if (entry[2] if len(entry) > 2 else "") == thrower]
        if not todo:
            return False
        name, nested, *more = todo[-1]
        self.undo = [entry for entry in self.undo if entry is not todo[-1]]
        spec, internal = self.spec.task_specs[name], {"undoes": thrower}
        if spec.compensation is None:
            internal["nested"] = nested
        else:
            spec = self.spec.task_specs[spec.compensation]
        self.put(spec, branch=branch, data=self._recalled(*more[1:]), internal=internal)
        return True

    def _recalled(self, own: Mapping[str, Any] = {}, handed_on: Mapping[str, Any] = {}) -> Variables | None:
        """Variables as they were when something finished. What it handed on it only sees: a write of it goes
        on again. None for what had none.
        """
        if not own and not handed_on:
            return None
        data = Variables(own, parent=self.data, isolated=False)
        data.given = {name: [value] for name, value in handed_on.items()}
        return data

    def undone(self, thrower: str) -> None:
        """A handler has finished: the next one, or the token that asked for it goes on."""
        if not thrower:
            self._undo_next("", self.base)
        waiting = next(
            (scope.tasks[thrower] for scope in self.top_workflow.scopes() if thrower in scope.tasks), None
        )
        if waiting is not None and not self._undo_newest(waiting):
            waiting.complete()
        self.check_complete()

    def _undo_newest(self, thrower: Any) -> bool:
        """Only a cancelled transaction undoes in several scopes: in the one that was opened last first."""
        scopes = reversed(self.top_workflow.scopes())
        return any(scope._undo_next(thrower.id, thrower.branch) for scope in scopes)

    def roll_back(self, thrower: Any) -> bool:
        """Withdraw all that runs, then compensate all that was finished, also in a sub-process that ran:
        to cancel that compensates the portions of it that were completed (13.5.5).
        """
        self.abandon(thrower)
        return self._undo_newest(thrower)

    def abandon(self, thrower: Any) -> bool:
        """Leave only what can be undone. False when nothing can."""
        stay = [thrower]
        for token in self.tokens():
            inner = self.top_workflow.subprocesses.get(token.id)
            if inner is not None and inner.abandon(thrower):
                token.internal_data["rolls_back"] = 1
                stay += [token, outermost(token)]
        self.undo = [entry for entry in self.undo if entry[1] is not False]
        for entry in self.undo:  # whoever had it in hand goes
            entry[2:3] = [thrower.id]
        self.clear(*stay)
        return len(stay) > 1 or bool(self.undo)
