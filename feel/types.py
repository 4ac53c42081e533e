"""The types of DMN 1.5 and which of them are kinds of others (section 10.3.2.9, the type lattice)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Type:
    """`name` is the word of the standard. `of` is what a list or range holds; a function's result.

    `entries` belong to contexts and `parameters` to functions; None leaves them open. `values` are all the
    texts there are, where somebody listed them, or `gathered` from what an expression itself says.
    """

    name: str
    of: Type | None = None
    entries: tuple[tuple[str, Type], ...] | None = None
    parameters: tuple[Type, ...] | None = field(default=None)
    values: frozenset[str] | None = None
    gathered: bool = False

    def __str__(self) -> str:
        if self.name == "function" and self.parameters is not None:
            inside = ", ".join(map(str, self.parameters))
            return f"function<{inside}> -> {self.of or ANY}"
        if self.name == "context" and self.entries is not None:
            return "context<" + ", ".join(f"{key}: {kind}" for key, kind in self.entries) + ">"
        return f"{self.name}<{self.of}>" if self.of else self.name

    def entry(self, key: str) -> Type | None:
        """The type of one entry of a context, if it is known."""
        return dict(self.entries or ()).get(key)


ANY = Type("Any")
NULL = Type("Null")
NUMBER = Type("number")
STRING = Type("string")
BOOLEAN = Type("boolean")
DATE = Type("date")
TIME = Type("time")
DATE_AND_TIME = Type("date and time")
DAYS_AND_TIME_DURATION = Type("days and time duration")
YEARS_AND_MONTHS_DURATION = Type("years and months duration")
LIST = Type("list")
CONTEXT = Type("context")
FUNCTION = Type("function")
RANGE = Type("range")

NAMED = {
    kind.name: kind
    for kind in (
        ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME, DAYS_AND_TIME_DURATION,
        YEARS_AND_MONTHS_DURATION, LIST, CONTEXT, FUNCTION, RANGE,
    )
} | {
    # Names of DMN 1.1 and 1.2 that older models still carry.
    "dateTime": DATE_AND_TIME,
    "dayTimeDuration": DAYS_AND_TIME_DURATION,
    "yearMonthDuration": YEARS_AND_MONTHS_DURATION,
    "any": ANY,
}  # fmt: skip


def one_of(*values: str) -> Type:
    """A text that is one of these."""
    return Type("string", values=frozenset(values))


def list_of(kind: Type) -> Type:
    return Type("list", kind)


def context_of(**entries: Type) -> Type:
    return Type("context", entries=tuple(entries.items()))


_WITH_PARTS = {
    "list": "list<Any>",
    "range": "range<number>",
    "context": "context<name: string>",
    "function": "function<number> -> string",
}


def without_parts(name: str) -> Type:
    """What `list` and its like are where a type must say what it holds: the name of none."""
    return Type(f"{name} without what it holds, such as {_WITH_PARTS[name]}")


def no_type(kind: Type) -> str | None:
    """Why nothing can be an instance of this: the first name in it that nobody defined."""
    if kind.name not in NAMED:
        return f"Expected a known type, but there is no {kind.name}."
    entries = (inner for _, inner in kind.entries or ())
    inside = (*(kind.parameters or ()), *entries, *((kind.of,) if kind.of else ()))
    return next((fault for fault in map(no_type, inside) if fault), None)


def conforms(kind: Type, wanted: Type) -> bool:
    """Whether every value of `kind` is also one of `wanted`."""
    if wanted.name == "Any" or kind.name == "Null" or kind == wanted:
        return True
    if kind.name != wanted.name:
        return False
    if kind.name == "function":
        return _function_conforms(kind, wanted)
    if kind.name == "context":
        return _context_conforms(kind, wanted)
    return wanted.of is None or conforms(kind.of or ANY, wanted.of)


def _context_conforms(kind: Type, wanted: Type) -> bool:
    mine = dict(kind.entries or ())
    return all(key in mine and conforms(mine[key], inner) for key, inner in wanted.entries or ())


def _function_conforms(kind: Type, wanted: Type) -> bool:
    if wanted.parameters is None:
        return True
    mine = kind.parameters or ()
    return (
        len(mine) == len(wanted.parameters)
        and all(conforms(theirs, own) for own, theirs in zip(mine, wanted.parameters, strict=True))
        and conforms(kind.of or ANY, wanted.of or ANY)
    )
