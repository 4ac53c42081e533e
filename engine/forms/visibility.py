"""Which questions are asked. To conditions a hidden answer is empty, as if nobody had touched it.

So hiding one question can hide the next: it is repeated until nothing changes.
"""

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
    working = compose(form.components, tree, hidden, computed, blank=True)
    scope = scopes.root(context, working, now)
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
        hide = hidden or (component.hide is not None and component.hide.hides(scope))
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
        this = seen[number] if isinstance(seen, list) and number < len(seen) else {}
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
    blank: bool = False,
) -> dict[str, Any]:
    """With `blank`, what is hidden is there but empty; otherwise it is left out."""
    out: dict[str, Any] = {}
    _Sieve(hidden, computed, wanted, blank).sift(components, tree, out, (), ())
    return out


@dataclass(frozen=True, slots=True)
class _Sieve:
    hidden: frozenset[Spot]
    computed: Mapping[Path, Any]
    wanted: Callable[[Component], bool]
    blank: bool

    def sift(
        self, components: tuple[Component, ...], tree: Any, out: dict[str, Any], row: Path, inner: Path
    ) -> None:
        for component in components:
            own = inner + component.path
            if (row, component) in self.hidden:
                if self.blank:
                    _empty(component, out, own)
            elif not self.wanted(component):
                continue
            elif component.type == "dynamiclist":
                put(out, own, self._rows(component, get(tree, own), (*row, *own)))
            elif KINDS[component.type].container:
                self.sift(component.components, tree, out, row, own)
            elif component.path:
                computed = component.type == "expression"
                put(out, own, self.computed.get(row + own) if computed else get(tree, own))

    def _rows(self, component: Component, trees: list[Any], at: Path) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for number, tree in enumerate(trees):
            rows.append({})
            self.sift(component.components, tree, rows[-1], (*at, str(number)), ())
        return rows


def _empty(component: Component, out: dict[str, Any], own: Path) -> None:
    if component.type == "group":
        for child in component.components:
            _empty(child, out, own + child.path)
    elif component.path:
        put(out, own, KINDS[component.type].empty())


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
