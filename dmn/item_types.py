"""The types that a model defines, and whether a value conforms to them (DMN 1.5, section 7.3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dmn.trace import Trace
from feel import Expression
from feel.instance import convert
from feel.syntax import Literal, UnaryTests
from feel.types import ANY, NAMED, Type, one_of
from feel.values import Value

_MAX_PARTS = 200
"""Parts of one type that are looked at. Types may hold themselves, or one another many times over."""

Siblings = Mapping[str, Value]
_ALONE: Siblings = {}
Answer = tuple[bool, Value]
"""Whether a value conforms, and the value as converted."""


@dataclass(slots=True, eq=False)
class ItemType:
    """`base` is the type it narrows, `components` are a context's parts, `result` is what a function gives.

    `allowed` limits the value, or each item of a collection; `constraint` limits a collection as a whole.
    `order` holds the values that it lists, each as a test.
    """

    name: str
    kind: Type = ANY
    base: ItemType | None = None
    components: Mapping[str, ItemType] = field(default_factory=dict)
    collection: bool = False
    allowed: Expression | None = None
    constraint: Expression | None = None
    order: tuple[Expression, ...] = ()
    result: ItemType | None = None
    known: Type | None = None

    def conform(self, run: Trace, value: Value, beside: Siblings = _ALONE) -> Answer:
        """`beside` are the parts of the same context, which the tests of a part may name."""
        if value is None:
            return True, None
        make = self._collection if self.collection else self._single
        fitting, converted = make(run, value, beside)
        if fitting and self.constraint is not None:
            fitting = passes(self.constraint, run, converted, beside)
        return fitting, converted if fitting else None

    def _collection(self, run: Trace, value: Value, beside: Siblings) -> Answer:
        run.charge(len(value) if type(value) is list else 1)
        answers = [self._item(run, item, beside) for item in (value if type(value) is list else [value])]
        return all(fitting for fitting, _ in answers), [item for _, item in answers]

    def _item(self, run: Trace, value: Value, beside: Siblings) -> Answer:
        return (True, None) if value is None else self._single(run, value, beside)

    def _single(self, run: Trace, value: Value, beside: Siblings) -> Answer:
        fitting, converted = self._plain(run, value)
        if not fitting and self.components and type(value) is list and len(value) == 1:
            fitting, converted = self._plain(run, value[0])
        if fitting and self.allowed is not None:
            fitting = passes(self.allowed, run, converted, beside)
        return fitting, converted

    def _plain(self, run: Trace, value: Value) -> Answer:
        if self.components:
            return self._context(run, value)
        return convert(value, self.kind, run) if self.base is None else self.base.conform(run, value)

    def _context(self, run: Trace, value: Value) -> Answer:
        if type(value) is not dict or not self.components.keys() <= value.keys():
            return False, None
        run.charge(1 + len(self.components))
        made = dict(value)
        for key, kind in self.components.items():
            fitting, made[key] = kind.conform(run, value[key], made)
            if not fitting:
                return False, None
        return True, made

    def lists(self, tests: Expression | None, run: Trace, value: Value) -> bool:
        """Whether the values that a column lists hold a value of this type: of a collection, each item."""
        items = value if type(value) is list and self._is_collection() else [value]
        return tests is None or all(item is None or passes(tests, run, item) for item in items)

    def _is_collection(self) -> bool:
        return self.collection or (self.base is not None and self.base._is_collection())

    def ranks(self) -> tuple[Expression, ...]:
        """The values that it lists, or the type that it narrows, in their order."""
        return self.order or (self.base.ranks() if self.base else ())

    def as_type(self) -> Type:
        """The FEEL type of it, for `instance of` and parameters. A very large type is open at its edges."""
        if self.known is None:
            self.known = self._as_type([_MAX_PARTS])
        return self.known

    def _as_type(self, left: list[int]) -> Type:
        left[0] -= 1
        if left[0] < 0:
            return ANY
        single = self.kind if self.base is None else self.base._as_type(left)
        if self.components:
            entries = ((key, kind._as_type(left)) for key, kind in self.components.items())
            single = Type("context", entries=tuple(entries))
        if self.allowed is not None and single.name == "string":
            single = limited(single, self.allowed)
        return Type("list", single) if self.collection else single


def limited(kind: Type, allowed: Expression) -> Type:
    """The type with the texts that its tests list, if they list texts and nothing else."""
    tests = allowed.node
    if not isinstance(tests, UnaryTests) or tests.negated or not tests.tests:
        return kind
    values = [test.value for test in tests.tests if isinstance(test, Literal) and isinstance(test.value, str)]
    return one_of(*values) if len(values) == len(tests.tests) else kind


def listed(tests: Expression | None) -> tuple[Expression, ...]:
    """Each of the tests on its own, in their order. `not(…)` lists nothing."""
    node = None if tests is None else tests.node
    if not isinstance(node, UnaryTests) or node.negated:
        return ()
    return tuple(Expression("", UnaryTests(test.start, test.end, [test])) for test in node.tests)


def passes(tests: Expression, run: Trace, value: Value, beside: Siblings = _ALONE) -> bool:
    return tests.value(run, {**beside, "?": value} if beside else {"?": value}) is True


ANYTHING = ItemType("Any")
BUILT_IN_TYPES = {name: ItemType(name, kind) for name, kind in NAMED.items()}
