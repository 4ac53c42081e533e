"""What the types of a body or an answer can say beyond Python's own: limits, meaning, examples."""

from __future__ import annotations

import types
from dataclasses import MISSING, dataclass
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """How long a text may be, what it may look like, and what it means."""

    about: str = ""
    longest: int = 500
    shortest: int = 1
    pattern: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """The range of a whole number, and what it means."""

    about: str = ""
    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Many:
    """How many items a list may have, and what they are."""

    about: str = ""
    fewest: int = 0
    most: int = 100


@dataclass(frozen=True, slots=True)
class About:
    """What a field means, where its type needs no limits."""

    about: str
    example: Any = None


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A short list, whole."""

    items: tuple[T, ...]


ID_EXAMPLE = "9f2c41d07b6e4f1e8a35c0d9b7e61f24"
Id = Annotated[str, Text("An opaque id.", longest=64, pattern=r"[A-Za-z0-9_-]+", example=ID_EXAMPLE)]

Json = Annotated[dict[str, Any], About("Plain JSON.")]


# Taking types apart ---------------------------------------------------------------------------------------


def split(annotation: Any) -> tuple[Any, Any]:
    if get_origin(annotation) is Annotated:
        base, *notes = get_args(annotation)
        return base, notes[-1]
    return annotation, None


def rejoin(base: Any, note: Any) -> Any:
    return Annotated[base, note] if note is not None and get_origin(base) is not Annotated else base


def optional(base: Any) -> Any:
    """The type beside None in `X | None`; None for every other type."""
    if get_origin(base) not in (Union, types.UnionType):
        return None
    kinds = [kind for kind in get_args(base) if kind is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"Expected a type or null, but got {base!r}.")
    return kinds[0]


def fill(annotation: Any, given: dict[Any, Any]) -> Any:
    if not given:
        return annotation
    if annotation in given:
        return given[annotation]
    if get_origin(annotation) is tuple:
        return tuple[tuple(each if each is ... else fill(each, given) for each in get_args(annotation))]  # type: ignore[misc]  # a type made at run time
    return annotation


def is_required(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
