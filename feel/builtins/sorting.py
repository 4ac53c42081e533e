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

    def compare(left: Value, right: Value) -> int:
        run.charge(1)
        answers.append(call(precedes, [left, right], None, run))
        return -1 if answers[-1] is True else 1

    made = sorted(items, key=cmp_to_key(lambda left, right: -compare(right, left)))
    return made if all(isinstance(answer, bool) for answer in answers) else None


@built_in("sort(list: list) -> list")
def _sort_naturally(run: Work, items: list[Value]) -> list[Value] | None:
    run.charge(len(items) * 4)
    if any(order(item, items[0]) is None for item in items):
        return None
    return sorted(items, key=cmp_to_key(lambda left, right: order(left, right) or 0))
