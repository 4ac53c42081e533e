"""The list of built-in functions, each under the signature that it shows in DMN 1.5, section 10.3.4."""

from collections.abc import Callable

from feel.types import ANY, NAMED, Type
from feel.values import Function, Parameter, Signature, Value

BUILT_IN: dict[str, Function] = {}


def built_in(text: str) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Registers a function under a signature such as `substring(string: string, length?: number) -> string`.

    `name?` is optional, `type?` may be null, `...name` takes the rest, `a | b` are alternatives. A result of
    another type is null only where the values are wrong, which is then told as a problem. Where null is an
    answer too, as in `-> number?`, a function tells of wrong values by raising NoResult.
    """
    name, _, rest = text.partition("(")
    inside, _, result = rest.partition(") -> ")
    parameters = tuple(_parameter(part) for part in inside.split(", ") if part)

    def register(python: Callable[..., Value]) -> Callable[..., Value]:
        earlier = BUILT_IN[name].signatures if name in BUILT_IN else ()
        signature = Signature(parameters, python, _type(result.rstrip("?")), nullable=result.endswith("?"))
        BUILT_IN[name] = Function(name, (*earlier, signature))
        return python

    return register


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(": ")
    return Parameter(
        name=name.strip(".?"),
        types=tuple(_type(kind) for kind in kinds.rstrip("?").split(" | ")),
        optional=name.endswith("?"),
        nullable=kinds.endswith("?"),
        variadic=name.startswith("..."),
    )


def _type(text: str) -> Type:
    if text.startswith("list<"):
        return Type("list", NAMED[text[5:-1]])
    return NAMED.get(text, ANY)
