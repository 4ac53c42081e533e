"""Whether an element of one version of a process means the same to a waiting token as one of another.

Every function gives problems in plain words, naming the old element; none of them changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.errors import Problem

from . import definitions as d
from .specs.gateways import EventBased, Joining, Parallel
from .specs.subprocess import Call


def named(spec: Any) -> str:
    return f"“{spec.bpmn_name or spec.bpmn_id}”"


def problem(spec: Any, words: str) -> Problem:
    return Problem(spec.bpmn_id, words)


# Elements --------------------------------------------------------------------------------------------------


def differences(old: Any, new: Any) -> Iterator[Problem]:
    """Why a token on `old` may not stand on `new`: nothing when both mean the same while it waits."""
    if old.kind != new.kind:
        yield problem(old, f"Expected {named(new)} to be a {old.kind} too, but it is a {new.kind}.")
        return
    if type(old) is not type(new) or _repetition(old) != _repetition(new):
        yield problem(old, f"Expected {named(new)} to be repeated in the same way (loop or multi-instance).")
    if isinstance(old, Call) and old.spec != new.spec:
        yield problem(old, f"Expected {named(new)} to call “{old.spec}” too, but it calls “{new.spec}”.")
    if _trigger(old) != _trigger(new):
        yield problem(old, f"Expected {named(new)} to wait for the same thing, but it waits for another.")
    if getattr(old, "repeats", False) != getattr(new, "repeats", False):
        yield problem(old, f"Expected {named(new)} to interrupt in the same way.")
    if old.for_compensation != new.for_compensation or old.start_quantity != new.start_quantity:
        yield problem(old, f"Expected {named(new)} to begin in the same way.")


def _repetition(spec: Any) -> tuple[Any, ...]:
    if not spec.loops:
        return ()
    said = [getattr(spec, name, None) for name in ("collection", "cardinality")]
    return (*(each is None for each in said), getattr(spec, "item", None), getattr(spec, "output", None))


def _trigger(spec: Any) -> list[tuple[Any, ...]]:
    """What an event waits for. When a timer falls due is no part of it: a running clock is kept."""
    definition = getattr(spec, "event_definition", None)
    if definition is None:
        return []
    found: list[tuple[Any, ...]] = [(getattr(definition, "parallel", None),)]
    for one in d.definitions(definition):
        said = one.kind in ("timer", "condition")
        found.append((one.kind,) if said else (one.kind, one.name or "", getattr(one, "code", None)))
    return found


def rivals(old: list[Any], new: list[Any], specs: Mapping[str, Any]) -> Iterator[Problem]:
    """The events behind an event-based gateway exclude each other, so they must all be there, and no more."""
    names = {spec.name for spec in new}
    for gateway in specs.values():
        if isinstance(gateway, EventBased):
            targets = {flow.target for flow in gateway.flows}
            if names & targets and names != targets:
                yield problem(old[0], f"Expected the same events behind {named(gateway)}.")


# Joins -----------------------------------------------------------------------------------------------------


class Reach:
    """Which incoming flows of each join of a process a token on an element can still arrive by."""

    def __init__(self, spec: Any) -> None:
        self.joins = {
            each.name: each
            for each in spec.task_specs.values()
            if isinstance(each, Joining) and len(each.incoming) > 1
        }
        self._into: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for each in spec.task_specs.values():
            for flow in getattr(each, "flows", ()):
                self._into[flow.target].append((flow.id, each.name))
            for event in each.boundary:
                self._into[event].append(("", each.name))
        self._by_join = {name: self._of(name) for name in self.joins}

    def _of(self, join: str) -> dict[str, set[str]]:
        reach: dict[str, set[str]] = defaultdict(set)
        for flow, before in self._into[join]:
            seen, todo = {join}, [before]
            while todo:
                element = todo.pop()
                if element not in seen:
                    seen.add(element)
                    reach[element].add(flow)
                    todo.extend(earlier for _, earlier in self._into[element])
        return reach

    def flows(self, join: str, elements: Iterable[str]) -> list[set[str]]:
        """For each of the elements that leads to the join, by which flows."""
        by_join = self._by_join[join]
        return [by_join[element] for element in elements if by_join.get(element)]

    def source(self, join: str, flow: str) -> str:
        return next((source for id, source in self._into[join] if id == flow), "")

    def between(self, join: str, elements: Iterable[str]) -> bool:
        """Whether some token is past the fork of this join: it can arrive by some flows, but not by all."""
        whole = set(self.joins[join].incoming)
        return any(flows != whole for flows in self.flows(join, elements))


def join_problems(
    old: Reach,
    new: Reach,
    before: list[str],
    after: list[str],
    arrived: Mapping[str, Iterable[str]],
    names: Mapping[str, str | None],
) -> Iterator[Problem]:
    """`before`, `after`: where tokens are in either version. `arrived`: new join → flows with a token."""
    came_from = {names.get(name): name for name in old.joins}
    for name, spec in old.joins.items():
        target = new.joins.get(names.get(name) or "")
        same = target is not None and target.kind == spec.kind and len(target.incoming) == len(spec.incoming)
        if not same and old.between(name, before):
            yield problem(spec, f"Expected {named(spec)} to wait for as many tokens, but it does not.")
    for name, spec in new.joins.items():
        flows = new.flows(name, after)
        known = came_from.get(name)
        grown = known is not None and len(old.joins[known].incoming) != len(spec.incoming)
        if grown and new.between(name, after):
            yield problem(spec, f"Expected {named(spec)} to wait for as many tokens, but it does not.")
        elif isinstance(spec, Parallel) and (flows or arrived.get(name)):
            missing = set(spec.incoming) - set().union(*flows, arrived.get(name, ()))
            if missing:
                yield problem(
                    spec, f"Expected a token for every flow into {named(spec)}, but one cannot come."
                )
