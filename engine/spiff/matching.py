"""Where an instance stands, and which element of another version stands for each of its elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from . import codec
from .bundle import Bundle

Element = tuple[str, str]  # id of the process, id of the element in it
Plan = Mapping[Element, str | None]  # an element without a place in the new version: None

LISTENERS = ("boundaryEvent", "eventSubProcess")


@dataclass(frozen=True, slots=True)
class Occupied:
    """An element with a token on it, waiting at it, or listening."""

    process: str
    element: str
    name: str
    kind: str

    @property
    def listens(self) -> bool:
        return self.kind in LISTENERS


def occupied(bundle: Bundle, state: bytes) -> set[Occupied]:
    """Where an instance stands. A plan must say where each of these goes."""
    instance = codec.at_rest(state, bundle)
    return {
        Occupied(scope.spec.process, spec.bpmn_id, spec.bpmn_name or spec.bpmn_id, spec.kind)
        for scope in instance.scopes()
        for spec in _specs_in_use(scope)
    }


def _specs_in_use(scope: Any) -> Iterator[Any]:
    yield from (token.task_spec for token in scope.tokens())
    yield from (scope.spec.task_specs[name] for name in (*scope.joins, *scope.arriving))


@lru_cache(maxsize=256)
def propose(old: Bundle, new: Bundle) -> Mapping[Element, str | None]:
    """For every element, the one with the same id; else the only one of the same name and kind; else None."""
    found: dict[Element, str | None] = {}
    before, after = _elements(old), _elements(new)
    for process, specs in before.items():
        others = after.get(process, {})
        unclaimed = [spec for id, spec in others.items() if id not in specs]
        for id, spec in specs.items():
            found[process, id] = id if id in others else _namesake(spec, unclaimed, specs.values())
    return found


def _elements(bundle: Bundle) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for spec in bundle.specs.values():
        for each in spec.task_specs.values():
            if each.kind != "root" and each.name == each.bpmn_id:
                found[spec.process][each.name] = each
    return found


def _namesake(spec: Any, others: list[Any], mine: Any) -> str | None:
    def alike(each: Any) -> bool:
        return bool(each.bpmn_name) and (each.bpmn_name, each.kind) == (spec.bpmn_name, spec.kind)

    found = [each.name for each in others if alike(each)]
    return found[0] if len(found) == 1 and sum(map(alike, mine)) == 1 else None
