"""Functions on lists (DMN 1.5, section 10.3.4.4). Positions count from 1, or from the end with -1."""

from collections.abc import Iterable
from decimal import Decimal

from feel.builtins.registry import built_in
from feel.calls import call
from feel.equality import order, same
from feel.errors import NoResult
from feel.numbers import integer, number_of
from feel.values import Function, Value
from feel.work import Work


@built_in("list contains(list: list, element: Any?) -> boolean")
def _list_contains(run: Work, items: list[Value], element: Value) -> bool:
    run.charge(len(items))
    return any(same(item, element, run) for item in items)


@built_in("count(list: list) -> number")
def _count(_: Work, items: list[Value]) -> Decimal | None:
    return number_of(len(items))


def _spread(items: tuple[Value, ...]) -> list[Value]:
    """The items, whether they came as one list or one by one."""
    return items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)


def _extreme(run: Work, items: list[Value], sign: int) -> Value:
    """Null for no items, or with null among them. Raises NoResult for items of several kinds."""
    run.charge(len(items))
    known = [item for item in items if item is not None]
    best = known[0] if known else None
    for item in known:
        place = order(item, best)
        if place is None:
            raise NoResult
        best = item if place == sign else best
    return best if len(known) == len(items) else None


@built_in("min(list: list) -> Any?")
@built_in("min(...list: Any?) -> Any?")
def _min(run: Work, *items: Value) -> Value:
    return _extreme(run, _spread(items), -1)


@built_in("max(list: list) -> Any?")
@built_in("max(...list: Any?) -> Any?")
def _max(run: Work, *items: Value) -> Value:
    return _extreme(run, _spread(items), 1)


def _agreed(items: list[Value], decisive: bool) -> bool | None:
    """Three-valued: one decisive item settles it, otherwise null leaves it open. Raises NoResult."""
    if any(item is decisive for item in items):
        return decisive
    if not all(item is None or isinstance(item, bool) for item in items):
        raise NoResult
    return None if None in items else not decisive


@built_in("all(list: list) -> boolean?")
@built_in("all(...list: Any?) -> boolean?")
def _all(run: Work, *items: Value) -> bool | None:
    run.charge(len(items))
    return _agreed(_spread(items), decisive=False)


@built_in("any(list: list) -> boolean?")
@built_in("any(...list: Any?) -> boolean?")
def _any(run: Work, *items: Value) -> bool | None:
    run.charge(len(items))
    return _agreed(_spread(items), decisive=True)


def _index(items: list[Value], position: Decimal) -> int | None:
    """The Python index of a position, or None outside the list."""
    place = integer(position)
    if not place or abs(place) > len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


@built_in("sublist(list: list, start position: number, length?: number) -> list")
def _sublist(
    run: Work, items: list[Value], start: Decimal, length: Decimal | None = None
) -> list[Value] | None:
    begin = _index(items, start)
    if begin is None:
        return None
    count = len(items) - begin if length is None else integer(length)
    if count is None or not 1 <= count <= len(items) - begin:
        return None
    run.charge(count)
    return items[begin : begin + count]


@built_in("append(list: list, ...item: Any?) -> list")
def _append(run: Work, items: list[Value], *more: Value) -> list[Value]:
    run.charge(len(items))
    return [*items, *more]


@built_in("concatenate(...list: list) -> list")
def _concatenate(run: Work, *lists: list[Value]) -> list[Value]:
    run.charge(sum(map(len, lists)))
    return [item for items in lists for item in items]


@built_in("insert before(list: list, position: number, newItem: Any?) -> list")
def _insert_before(run: Work, items: list[Value], position: Decimal, new: Value) -> list[Value] | None:
    index = _index(items, position)
    if index is None:
        return None
    run.charge(len(items))
    return [*items[:index], new, *items[index:]]


@built_in("remove(list: list, position: number) -> list")
def _remove(run: Work, items: list[Value], position: Decimal) -> list[Value] | None:
    index = _index(items, position)
    if index is None:
        return None
    run.charge(len(items))
    return items[:index] + items[index + 1 :]


@built_in("reverse(list: list) -> list")
def _reverse(run: Work, items: list[Value]) -> list[Value]:
    run.charge(len(items))
    return items[::-1]


@built_in("index of(list: list, match: Any?) -> list<number>")
def _index_of(run: Work, items: list[Value], match: Value) -> list[Decimal | None]:
    run.charge(len(items))
    return [number_of(place) for place, item in enumerate(items, start=1) if same(item, match, run)]


@built_in("union(...list: list) -> list")
def _union(run: Work, *lists: list[Value]) -> list[Value]:
    return _distinct(run, (item for items in lists for item in items))


@built_in("distinct values(list: list) -> list")
def _distinct_values(run: Work, items: list[Value]) -> list[Value]:
    return _distinct(run, items)


_HASHED = (str, Decimal, bool)


def _distinct(run: Work, items: Iterable[Value]) -> list[Value]:
    seen: set[tuple[type, Value]] = set()
    kept: list[Value] = []
    others: list[Value] = []
    for item in items:
        run.charge(1)
        if isinstance(item, _HASHED):
            if (type(item), item) not in seen:
                seen.add((type(item), item))
                kept.append(item)
        elif not _among(run, others, item):
            others.append(item)
            kept.append(item)
    return kept


def _among(run: Work, items: list[Value], wanted: Value) -> bool:
    run.charge(len(items))
    return any(same(item, wanted, run) for item in items)


@built_in("flatten(list: list) -> list")
def _flatten(run: Work, items: list[Value]) -> list[Value]:
    flat: list[Value] = []
    waiting = items[::-1]
    while waiting:
        run.charge(1)
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(item[::-1])
        else:
            flat.append(item)
    return flat


@built_in("list replace(list: list, position: number, newItem: Any?) -> list")
def _list_replace(run: Work, items: list[Value], position: Decimal, new: Value) -> list[Value] | None:
    index = _index(items, position)
    if index is None:
        return None
    run.charge(len(items))
    return [*items[:index], new, *items[index + 1 :]]


@built_in("list replace(list: list, match: function, newItem: Any?) -> list")
def _list_replace_where(run: Work, items: list[Value], match: Function, new: Value) -> list[Value] | None:
    replaced = []
    for item in items:
        run.charge(1)
        matching = call(match, [item, new], None, run)
        if not isinstance(matching, bool):
            return None
        replaced.append(new if matching else item)
    return replaced
