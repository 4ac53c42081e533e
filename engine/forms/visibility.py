"""Which questions are asked. A hidden answer steers nothing, so hiding is repeated until nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.forms import scopes
from engine.forms.components import Component, Form, Path
from engine.forms.filling import is_locked
from engine.forms.kinds import KINDS
from engine.forms.scopes import Scope
from engine.forms.trees import get, put

PASSES = 20  # chains of questions longer than this are not settled further

Spot = tuple[Path, Component]  # a component in its row: the row's path, and the component


@dataclass(frozen=True, slots=True)
class Instance:
    """One component where it stands. `row` is the path of its row, `inner` of the groups inside that row."""

    component: Component
    row: Path
    inner: Path
    scope: Scope
    hidden: bool

    @property
    def path(self) -> Path:
        return self.row + self.inner + self.component.path

    @property
    def spot(self) -> Spot:
        return self.row, self.component


@dataclass(frozen=True, slots=True)
class Settled:
    """Every instance in reading order, and what the expressions came to."""

    instances: tuple[Instance, ...]
    hidden: frozenset[Spot]
    computed: Mapping[Path, Any]

    def visible(self) -> Iterator[Instance]:
        return (instance for instance in self.instances if not instance.hidden)


def settle(
    form: Form, tree: dict[str, Any], context: Mapping[str, Any], now: datetime | None = None
) -> Settled:
    hidden: frozenset[Spot] = frozenset()
    computed: dict[Path, Any] = {}
    for _ in range(PASSES):
        before = hidden, computed
        settled = _pass(form, tree, context, now, hidden, computed)
        hidden, computed = settled.hidden, dict(settled.computed)
        if (hidden, computed) == before:
            return settled
    # Two questions that hide each other: what cannot be decided is asked, so that nothing is lost unseen.
    return _shown(settled, before[0] & hidden)


def _pass(
    form: Form,
    tree: dict[str, Any],
    context: Mapping[str, Any],
    now: datetime | None,
    hidden: frozenset[Spot],
    computed: dict[Path, Any],
) -> Settled:
    working = compose(form.components, tree, hidden, computed)
    scope = scopes.root(context, working, form.writes, now)
    instances = tuple(_place(form.components, tree, working, scope, (), (), hidden=False))
    found = {
        one.path: scopes.evaluate(one.component.formula, one.scope)
        for one in instances
        if one.component.formula is not None and not one.hidden
    }
    return Settled(instances, frozenset(one.spot for one in instances if one.hidden), found)


def _shown(settled: Settled, hidden: frozenset[Spot]) -> Settled:
    instances = tuple(
        Instance(one.component, one.row, one.inner, one.scope, one.spot in hidden)
        for one in settled.instances
    )
    return Settled(instances, hidden, settled.computed)


def _place(
    components: tuple[Component, ...],
    tree: Any,
    working: Any,
    scope: Scope,
    row: Path,
    inner: Path,
    *,
    hidden: bool,
) -> Iterator[Instance]:
    for component in components:
        hide = hidden or (component.hide is not None and scopes.evaluate(component.hide, scope) is True)
        yield Instance(component, row, inner, scope, hide)
        own = inner + component.path
        if component.type == "dynamiclist":
            yield from _place_rows(component, tree, working, scope, row, own, hidden=hide)
        elif component.components:
            yield from _place(component.components, tree, working, scope, row, own, hidden=hide)


def _place_rows(
    component: Component, tree: Any, working: Any, scope: Scope, row: Path, own: Path, *, hidden: bool
) -> Iterator[Instance]:
    rows, seen = get(tree, own), get(working, own)
    for number, one in enumerate(rows if isinstance(rows, list) else ()):
        this = seen[number] if isinstance(seen, list) else {}
        path = (*row, *own, str(number))
        yield from _place(
            component.components, one, this, scope.row(this, number + 1), path, (), hidden=hidden
        )


def _every(_: Component) -> bool:
    return True


# The data without what is hidden ---------------------------------------------------------------------------


def compose(
    components: tuple[Component, ...],
    tree: dict[str, Any],
    hidden: frozenset[Spot],
    computed: Mapping[Path, Any],
    *,
    wanted: Callable[[Component], bool] = _every,
) -> dict[str, Any]:
    out: dict[str, Any] = {}
    _compose(components, tree, out, hidden, computed, (), (), wanted)
    return out


def _compose(
    components: tuple[Component, ...],
    tree: Any,
    out: dict[str, Any],
    hidden: frozenset[Spot],
    computed: Mapping[Path, Any],
    row: Path,
    inner: Path,
    wanted: Callable[[Component], bool],
) -> None:
    for component in components:
        if (row, component) in hidden or not wanted(component):
            continue
        own = inner + component.path
        if component.type == "dynamiclist":
            rows: list[dict[str, Any]] = []
            put(out, own, rows)
            for number, one in enumerate(get(tree, own)):
                rows.append({})
                path = (*row, *own, str(number))
                _compose(component.components, one, rows[-1], hidden, computed, path, (), wanted)
        elif KINDS[component.type].container:
            _compose(component.components, tree, out, hidden, computed, row, own, wanted)
        elif component.type == "expression":
            put(out, own, computed.get(row + own))
        elif component.path:
            put(out, own, get(tree, own))


def answered(form: Form, tree: dict[str, Any], settled: Settled) -> dict[str, Any]:
    """What is kept: every answer that was asked for. Disabled ones belong to whoever gave them."""
    return compose(
        form.components,
        tree,
        settled.hidden,
        settled.computed,
        wanted=lambda component: not component.disabled,
    )


def locked(instance: Instance) -> bool:
    """Shown, never asked."""
    component = instance.component
    if is_locked(component):
        return True
    return (
        not isinstance(component.readonly, bool)
        and scopes.evaluate(component.readonly, instance.scope) is True
    )


def rows_of(tree: dict[str, Any], path: Path) -> list[Any]:
    rows = get(tree, path)
    return rows if isinstance(rows, list) else []
