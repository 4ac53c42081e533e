"""Questions with their answers, put together for reading: those of one repeated row stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

_NUMBERED = re.compile(r"(.+ \d+): (.+)")  # "Recipient 2: Name", as a form's summary says it


class Answered(Protocol):
    """A question and its answer: a row of a summary, or a fact of a task."""

    @property
    def label(self) -> str: ...

    @property
    def lines(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Part:
    label: str  # "" when the group is one question
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a list of answers: a question, or everything about "Recipient 2"."""

    label: str
    parts: tuple[Part, ...]


def grouped(rows: Iterable[Answered]) -> list[Group]:
    """The answers in their order, those of one numbered row as one group."""
    split = [(*_split(row.label), row.lines) for row in rows]
    found = []
    for (label, alone), members in groupby(enumerate(split), key=lambda each: _key(*each)):
        parts = tuple(Part("" if alone >= 0 else part, lines) for _, (_, part, lines) in members)
        found.append(Group(label, parts))
    return found


def _split(label: str) -> tuple[str, str]:
    numbered = _NUMBERED.fullmatch(label)
    return (numbered[1], numbered[2]) if numbered else (label, "")


def _key(place: int, row: tuple[str, str, tuple[str, ...]]) -> tuple[str, int]:
    """Rows of one group share a key; a question on its own has its place as part of it."""
    return row[0], -1 if row[1] else place
