"""Which values are of which type, and the conversions that DMN makes on its own (section 10.3.2.9.4)."""

from collections.abc import Callable

from feel.temporal import Date
from feel.temporal.clock import midnight
from feel.types import ANY, Type, conforms
from feel.values import KINDS, Function, Range, Signature, Value
from feel.work import Work


def is_instance(value: Value, kind: Type, work: Work | None = None) -> bool:
    """Whether a value is of a type. Null is only of type Null. With `work` each item looked at is charged.

    >>> from feel.types import NUMBER, list_of
    >>> is_instance(["a"], list_of(NUMBER))
    False
    """
    if value is None or kind.name in ("Any", "Null"):
        return (value is None) is (kind.name == "Null")
    name = KINDS.get(type(value), "")
    if name != kind.name:
        return False
    deeper = _DEEPER.get(name)
    return deeper is None or deeper(value, kind, work)


def fits(value: Value, kind: Type, work: Work | None = None) -> bool:
    """Whether a value may stand where a type is asked for. Null fits everywhere."""
    return value is None or kind.name == "Any" or is_instance(value, kind, work)


def _list_fits(value: Value, kind: Type, work: Work | None) -> bool:
    if kind.of is None:
        return True
    if work is not None:
        work.charge(len(value))
    return all(fits(item, kind.of, work) for item in value)


def _context_fits(value: Value, kind: Type, work: Work | None) -> bool:
    return all(key in value and fits(value[key], inner, work) for key, inner in kind.entries or ())


def _range_fits(value: Range, kind: Type, _: Work | None) -> bool:
    return kind.of is None or (fits(value.low, kind.of) and fits(value.high, kind.of))


def _function_fits(value: Function, kind: Type, _: Work | None) -> bool:
    return kind.parameters is None or any(_signature_fits(one, kind) for one in value.signatures)


def _signature_fits(signature: Signature, kind: Type) -> bool:
    wanted = kind.parameters or ()
    return (
        len(signature.parameters) == len(wanted)
        and conforms(signature.result, kind.of or ANY)
        and all(
            any(conforms(theirs, own) for own in parameter.types)
            for parameter, theirs in zip(signature.parameters, wanted, strict=True)
        )
    )


_DEEPER: dict[str, Callable[[Value, Type, Work | None], bool]] = {
    "list": _list_fits,
    "context": _context_fits,
    "range": _range_fits,
    "function": _function_fits,
}


def convert(value: Value, kind: Type, work: Work | None = None) -> tuple[bool, Value]:
    """Whether a value fits, and as what.

    A list of one stands for its item, an item for a list of one, a date for its midnight.
    """
    if fits(value, kind, work):
        return True, value
    if type(value) is list and len(value) == 1 and kind.name != "list":
        alone = value[0] is not None and type(value[0]) is not list
        return convert(value[0], kind, work) if alone else (False, None)
    if kind.name == "list" and type(value) is not list and (kind.of is None or fits(value, kind.of, work)):
        return True, [value]
    if type(value) is Date and kind.name == "date and time":
        return True, midnight(value)
    return False, None
