"""Whether an element of one version of a process means the same to a waiting token as one of another.

Every function gives problems in plain words, naming the old element; none of them changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.errors import Problem

from . import definitions as d
from .specs.gateways import EventBased, Joining, Parallel
from .specs.reach import NOWHERE, reaches
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


class Joins:
    """The joins of a process, and by which of its incoming flows a token on an element can still arrive."""

    def __init__(self, spec: Any) -> None:
        joining = {each.name: each for each in spec.task_specs.values() if isinstance(each, Joining)}
        self.all = {name: each for name, each in joining.items() if len(each.incoming) > 1}
        self._reach = reaches(spec.task_specs, joining)

    def missing(self, join: str, elements: Iterable[str], arrived: Iterable[str]) -> bool:
        """Whether tokens are on their way to the join, or have arrived, but by some flow none can come."""
        reach = self._reach[join]
        come = reach.flows(arrived)
        for element in elements:
            come |= reach.of(element)
        return come not in (0, reach.flows(self.all[join].incoming))

    def source(self, join: str, flow: str) -> str:
        return self._reach.get(join, NOWHERE).incoming.get(flow, "")

    def between(self, join: str, elements: Iterable[str]) -> bool:
        """Whether some token is past the fork of this join: it can arrive by some flows, but not by all."""
        reach = self._reach[join]
        whole = reach.flows(self.all[join].incoming)
        return any(reach.of(element) not in (0, whole) for element in elements)


def join_problems(
    old: Joins,
    new: Joins,
    before: list[str],
    after: list[str],
    arrived: Mapping[str, Iterable[str]],
    names: Mapping[str, str | None],
) -> Iterator[Problem]:
    """`before`, `after`: where tokens are in either version. `arrived`: new join → flows with a token."""
    came_from = {names.get(name): name for name in old.all}
    for name, spec in old.all.items():
        target = new.all.get(names.get(name) or "")
        same = target is not None and target.kind == spec.kind and len(target.incoming) == len(spec.incoming)
        if not same and old.between(name, before):
            yield problem(spec, f"Expected {named(spec)} to wait for as many tokens, but it does not.")
    for name, spec in new.all.items():
        known = came_from.get(name)
        grown = known is not None and len(old.all[known].incoming) != len(spec.incoming)
        if grown and new.between(name, after):
            yield problem(spec, f"Expected {named(spec)} to wait for as many tokens, but it does not.")
        elif isinstance(spec, Parallel) and new.missing(name, after, arrived.get(name, ())):
            yield problem(spec, f"Expected a token for every flow into {named(spec)}, but one cannot come.")
