"""Takes a saved state to another version of its process: the same tokens, on the elements a plan names.

Pure. Tokens keep their ids, variables, clocks and subscriptions, so tasks, drafts and due times stay. What
would change its meaning is refused by name. Boundary events and event sub-processes that are new begin to
listen; those that are gone stop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine import execution as x
from engine.errors import MigrationRefused, Problem

from . import codec, fitting
from .bundle import Bundle
from .fitting import named, problem
from .matching import Plan, propose
from .script import Expressions, Stuck
from .specs.activities import Human, opened
from .workflow import Instance


@dataclass(frozen=True, slots=True)
class Moved:
    """A token that stands on another element, or on the same with another name or form."""

    token: str
    before: str
    before_name: str
    element: str
    name: str
    task: x.OpenedTask | None = None  # as the new version would open it; only name, form, properties count


@dataclass(frozen=True, slots=True)
class Migrated:
    """`result` holds the new state, and which timers and subscriptions came and went."""

    result: x.Result
    moved: tuple[Moved, ...]


def migrate(old: Bundle, new: Bundle, state: bytes, plan: Plan, clock: x.Clock) -> Migrated:
    """Raises MigrationRefused with a problem for each element that cannot go on as planned."""
    instance = codec.load(state, old, Expressions(clock))
    moving = _Moving(old, new, instance, {**propose(old, new), **plan})
    for scope in list(instance.scopes()):
        moving.look(scope)
    moving.refuse()
    moving.change()
    moving.refuse()
    after = codec.dump(instance)
    codec.load(after, new, Expressions(clock))  # what cannot be read back must not be written
    return Migrated(instance.journal.result(after, instance.status), tuple(moving.moved))


@lru_cache(maxsize=1024)
def _joins(spec: Any) -> fitting.Joins:
    return fitting.Joins(spec)


@dataclass(slots=True)
class _Moving:
    """One instance on its way. First everything is looked at, and only then anything changed."""

    old: Bundle
    new: Bundle
    instance: Instance
    plan: Plan
    problems: list[Problem] = field(default_factory=list)
    specs: dict[str, Any] = field(default_factory=dict)  # token → its new element
    scopes: dict[int, Any] = field(default_factory=dict)  # scope → its new process
    joins: dict[int, dict[str, Any]] = field(default_factory=dict)
    undo: dict[int, list[Any]] = field(default_factory=dict)
    gone: list[Any] = field(default_factory=list)  # listeners without a counterpart
    moved: list[Moved] = field(default_factory=list)

    def refuse(self) -> None:
        if self.problems:
            raise MigrationRefused(problems=tuple(dict.fromkeys(self.problems)))

    def target(self, scope: Any, spec: Any) -> Any:
        """The new element in the same scope, or None. `spec` may be the body of a loop's element."""
        name = self.plan.get((scope.spec.process, spec.bpmn_id))
        return self.scopes[id(scope)].task_specs.get(name) if name else None

    # Looking

    def look(self, scope: Any) -> None:
        after = self._scope_after(scope)
        if after is None:
            return  # what it is in cannot be moved, which has been said
        self.scopes[id(scope)] = after
        for token in scope.tokens():
            self._look_at(scope, token)
        self._look_at_listeners(scope)
        self._look_at_rivals(scope)
        self._look_at_joins(scope)
        self.undo[id(scope)] = self._undo(scope.undo, scope.spec, after)

    def _scope_after(self, scope: Any) -> Any:
        if scope is self.instance:
            return self.new.spec
        host = self.specs.get(scope.parent_task_id)
        return self.new.specs.get(host.spec) if host is not None and hasattr(host, "spec") else None

    def _look_at(self, scope: Any, token: Any) -> None:
        spec, listens = token.task_spec, _listens(token)
        new = self.target(scope, spec)
        if new is None:
            if listens:
                self.gone.append(token)
            else:
                self._nowhere(scope, spec)
            return
        controller = token.internal_data.get("loop")
        if controller is not None:
            old_holder = scope.tasks[controller].task_spec
            self.problems += fitting.differences(old_holder, new)
            new = self.scopes[id(scope)].task_specs.get(getattr(new, "task_spec", ""))
        if new is not None:
            self.problems += fitting.differences(spec, new)
            self._look_inside(token, spec, new)
            self.specs[token.id] = new

    def _nowhere(self, scope: Any, spec: Any) -> None:
        wanted = self.plan.get((scope.spec.process, spec.bpmn_id))
        words = (
            f"Expected to be told where {named(spec)} goes on: nothing in the new version stands for it."
            if wanted is None
            else f"Expected “{wanted}” to be in the same sub-process or process as {named(spec)}."
        )
        self.problems.append(problem(spec, words))

    def _look_inside(self, token: Any, spec: Any, new: Any) -> None:
        kept = token.internal_data
        for inside in ("nested", "inside"):
            if kept.get(inside):
                kept[inside] = self._undo(kept[inside], self.old.specs[spec.spec], self.new.specs[new.spec])

    def _look_at_listeners(self, scope: Any) -> None:
        """A listener stays with its activity, or with its scope."""
        for token in scope.tokens():
            new = self.specs.get(token.id)
            host = token.internal_data.get("host")
            if new is None or not _listens(token):
                continue
            around = self.specs.get(host) if host else self.scopes[id(scope)]
            with_it = () if around is None else around.boundary if host else around.event_sub_processes
            if new.name not in with_it:
                where = "on the same step" if host else "in the same scope"
                words = f"Expected {named(new)} to listen {where} as {named(token.task_spec)}."
                self.problems.append(problem(token.task_spec, words))

    def _look_at_rivals(self, scope: Any) -> None:
        groups: dict[str, list[Any]] = defaultdict(list)
        for token in scope.tokens():
            if "rivals" in token.internal_data and token.id in self.specs:
                groups[token.internal_data["rivals"]].append(token)
        for tokens in groups.values():
            old, new = [each.task_spec for each in tokens], [self.specs[each.id] for each in tokens]
            self.problems += fitting.rivals(old, new, self.scopes[id(scope)].task_specs)

    def _look_at_joins(self, scope: Any) -> None:
        after = self.scopes[id(scope)]
        held = self.joins[id(scope)] = {}
        old, new = _joins(scope.spec), _joins(after)
        for name, join in scope.joins.items():
            spec, target = scope.spec.task_specs[name], self.target(scope, scope.spec.task_specs[name])
            if target is None:
                self._nowhere(scope, spec)
                continue
            self.problems += fitting.differences(spec, target)
            flows = {flow: self._flow(scope, old, new, spec, target, flow) for flow in join.arrived}
            if len(spec.incoming) != len(target.incoming) or None in flows.values():
                words = f"Expected {named(target)} to wait for the same tokens: some have arrived already."
                self.problems.append(problem(spec, words))
            else:
                held[target.name] = (join, flows)
        for name in scope.arriving:
            if self.target(scope, scope.spec.task_specs[name]) is None:
                self._nowhere(scope, scope.spec.task_specs[name])
        tokens = [token for token in scope.tokens() if not _listens(token) and token.id in self.specs]
        self.problems += fitting.join_problems(
            old,
            new,
            [token.task_spec.bpmn_id for token in tokens],
            [self.specs[token.id].bpmn_id for token in tokens],
            {name: [flow for flow in flows.values() if flow] for name, (_, flows) in held.items()},
            {name: self.plan.get((scope.spec.process, name)) for name in scope.spec.task_specs},
        )

    def _flow(
        self, scope: Any, old: fitting.Joins, new: fitting.Joins, spec: Any, target: Any, flow: str
    ) -> str | None:
        """The same flow into the new join: by its id, or by where it comes from."""
        if flow in target.incoming:
            return flow
        source = self.plan.get((scope.spec.process, old.source(spec.name, flow)))
        found = [each for each in target.incoming if new.source(target.name, each) == source]
        return found[0] if len(found) == 1 else None

    def _undo(self, entries: list[Any], old: Any, new: Any) -> list[Any]:
        """Finished activities that can be compensated: each must still say how."""
        kept = []
        for name, nested, *holder in entries:
            spec = old.task_specs[name]
            target = new.task_specs.get(self.plan.get((old.process, spec.bpmn_id)) or "")
            if spec.name != spec.bpmn_id:  # one instance of several
                target = new.task_specs.get(getattr(target, "task_spec", ""))
            if nested is False:
                kept += [[target.name, nested, *holder]] if target else []
            elif target is None or (spec.compensation is None) != (target.compensation is None):
                words = f"Expected {named(spec)}, which is done, to be compensated in the new version too."
                self.problems.append(problem(spec, words))
            elif nested:
                inner = self._undo(nested, self.old.specs[spec.spec], self.new.specs[target.spec])
                kept.append([target.name, inner, *holder])
            else:
                kept.append([target.name, nested, *holder])
        return kept

    # Changing

    def change(self) -> None:
        befores = {id(scope): scope.spec for scope in self.instance.scopes()}
        hosts = {token.id: token.task_spec for token in self.instance.every_token()}
        for token in self.gone:
            token.workflow.remove(token)
        for scope in list(self.instance.scopes()):
            self._change_scope(scope)
        self.instance.subprocess_specs = self.new.specs
        for scope in list(self.instance.scopes()):
            self._listen(scope, befores[id(scope)], hosts)

    def _change_scope(self, scope: Any) -> None:
        for token in scope.tokens():
            old, token.task_spec = token.task_spec, self.specs[token.id]
            self._note(token, old)
        joins = self.joins[id(scope)]
        for join, flows in joins.values():
            join.arrived = {flows[flow]: count for flow, count in join.arrived.items()}
            join.used = None if join.used is None else [flows.get(flow, flow) for flow in join.used]
        scope.joins = {name: join for name, (join, _) in joins.items()}
        scope.arriving = {
            self.target(scope, scope.spec.task_specs[name]).name: count
            for name, count in scope.arriving.items()
        }
        scope.undo = self.undo[id(scope)]
        scope.spec = self.scopes[id(scope)]

    def _note(self, token: Any, old: Any) -> None:
        new, task = token.task_spec, None
        if isinstance(new, Human) and token._state == TaskState.READY:
            try:
                task = opened(token)
            except Stuck as stuck:
                self.problems.append(problem(old, str(stuck)))
        if task is not None or (old.bpmn_id, old.bpmn_name) != (new.bpmn_id, new.bpmn_name):
            names = [each.bpmn_name or each.bpmn_id for each in (old, new)]
            self.moved.append(Moved(token.id, old.bpmn_id, names[0], new.bpmn_id, names[1], task))

    def _listen(self, scope: Any, before: Any, hosts: Mapping[str, Any]) -> None:
        """Only what is new in the new version begins: what has listened, or has happened, does not again."""
        known = {self.plan.get((before.process, name)) for name in before.event_sub_processes}
        for name in scope.spec.event_sub_processes:
            if name not in known:
                self._arm(scope, name, "listens", 1)
        for token in scope.tokens():
            old = hosts.get(token.id)
            if old is None or _listens(token):
                continue
            known = {self.plan.get((before.process, name)) for name in old.boundary}
            for name in token.task_spec.boundary:
                if name not in known and token.alive:
                    self._arm(scope, name, "host", token.id)

    def _arm(self, scope: Any, name: str, role: str, value: Any) -> None:
        tokens = set(scope.tasks)
        scope.listen(name, role, value)
        begun = [scope.tasks[id] for id in set(scope.tasks) - tokens]
        if not begun or any(token._state != TaskState.WAITING for token in begun):
            spec = scope.spec.task_specs[name]
            words = f"Expected {named(spec)} to wait, but it would happen, or fail, at once."
            self.problems.append(problem(spec, words))


def _listens(token: Any) -> bool:
    return "host" in token.internal_data or "listens" in token.internal_data
