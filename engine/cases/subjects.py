"""The people a case is about, as they are named when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import Connection, bindparam, select

from engine.errors import InvalidInput, Problem
from engine.tables import case_subject
from policy.calendar import LONDON

PARTS = {
    "child": "Child",
    "parent_or_carer": "Parent or carer",
    "sibling": "Brother or sister",
    "adult_at_risk": "Adult at risk",
    "alleged_harmer": "Person alleged to have caused harm",
    "other": "Somebody else involved",
}

PROTECTED = ("child", "sibling", "adult_at_risk")
_LONGEST_NAME, _MOST_SUBJECTS = 200, 30


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody the case is about. `part` is one of PARTS; `date_of_birth` an ISO date or None."""

    name: str
    part: str
    date_of_birth: str | None = None


def check_subjects(subjects: Sequence[Subject], now: datetime, *, optional: bool) -> None:
    """Raises InvalidInput with a problem for each wrong answer; `subjects.0.name` is the first one's name.

    `optional`: the case may be about nobody in particular.
    """
    today = now.astimezone(LONDON).date()
    problems = _wrong_number(len(subjects), optional)
    problems += [problem for n, each in enumerate(subjects) for problem in _problems(n, each, today)]
    if problems:
        raise InvalidInput("Some of what is said about people is not as expected.", problems=tuple(problems))


def _wrong_number(count: int, optional: bool) -> list[Problem]:
    if count == 0 and not optional:
        return [Problem("subjects", "Name at least one person the case is about")]
    if count > _MOST_SUBJECTS:
        return [Problem("subjects", f"Name up to {_MOST_SUBJECTS} people the case is about")]
    return []


def _problems(number: int, subject: Subject, today: date) -> list[Problem]:
    found = []
    if not 1 <= len(subject.name.strip()) <= _LONGEST_NAME:
        found.append(Problem(f"subjects.{number}.name", f"Enter a name of up to {_LONGEST_NAME} characters"))
    if subject.part not in PARTS:
        found.append(Problem(f"subjects.{number}.part", f"Choose one of: {', '.join(PARTS)}"))
    if subject.date_of_birth is not None and (wrong := _wrong_birthday(subject.date_of_birth, today)):
        found.append(Problem(f"subjects.{number}.date_of_birth", wrong))
    return found


def _wrong_birthday(text: str, today: date) -> str:
    try:
        born = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return "Enter a date such as 2017-03-27"
    return "Date of birth must be today or in the past" if born > today else ""


_SUBJECT_NAMES = select(case_subject.c.name).where(
    case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c")
)


def subject_names(db: Connection, area_id: str, case_id: str) -> list[str]:
    """The names that a de-identified text may not contain."""
    return list(db.execute(_SUBJECT_NAMES, {"a": area_id, "c": case_id}).scalars())


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def part(self) -> str: ...


def initials(subjects: Iterable[_Named]) -> tuple[str, ...]:
    """Of the first and last names of those whom a case is to protect, children first.

    >>> initials([Subject("Tara Fenn", "parent_or_carer"), Subject("Maya Anne Fenn", "child")])
    ('M.F.',)
    """
    everybody = list(subjects)
    return tuple(_initials(each.name) for part in PROTECTED for each in everybody if each.part == part)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(f"{word[0].upper()}." for word in (words[0], *words[1:][-1:]))
