"""`sort` (DMN 1.5, section 10.3.4.9)."""

from functools import cmp_to_key

from feel.builtins.registry import built_in
from feel.calls import call
from feel.equality import order
from feel.values import Function, Value
from feel.work import Work


@built_in("sort(list: list, precedes: function) -> list")
def _sort(run: Work, items: list[Value], precedes: Function) -> list[Value] | None:
    answers: list[Value] = []

    def goes_before(left: Value, right: Value) -> bool:
        run.charge(1)
        answers.append(call(precedes, [left, right], None, run))
        return answers[-1] is True

    def compare(left: Value, right: Value) -> int:
        """0 where neither goes before the other, or each does: they stay in their order."""
        return goes_before(right, left) - goes_before(left, right)

    made = sorted(items, key=cmp_to_key(compare))
    return made if all(isinstance(answer, bool) for answer in answers) else None


@built_in("sort(list: list) -> list")
def _sort_naturally(run: Work, items: list[Value]) -> list[Value] | None:
    run.charge(len(items) * 4)
    if any(order(item, items[0]) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(lambda left, right: order(left, right) or 0))
