"""What a person needs to know for a task: whom it is about, and earlier answers in their questions' words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine import cases, definitions, forms, people
from engine.definitions import Release
from engine.tables import case, case_subject, organisation, person


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a person needs to know for this task: an earlier answer, in its question's words."""

    label: str
    lines: tuple[str, ...]


def facts(
    db: Connection, release: Release, row: Any, context: Mapping[str, Any], now: datetime
) -> tuple[Fact, ...]:
    named = row.properties.get("handrail:people") == "true"
    return (*(_who(db, row) if named else ()), *_earlier(db, release, row, context, now))


def _who(db: Connection, row: Any) -> tuple[Fact, ...]:
    """Whom it is about and who says so, for a task that is given to somebody who must act on it at once."""
    key = {"a": row.area_id, "c": row.case_id}
    about = [_described(each) for each in db.execute(_SUBJECTS, key)]
    lead = db.execute(_OPENED_BY, key).one()
    teller = ", ".join(each for each in (lead.person, lead.job_title) if each)
    reported = tuple(each for each in (teller, lead.organisation) if each)
    return Fact("Who it is about", tuple(about) or ("Nobody is named",)), Fact("Who reports it", reported)


def _described(subject: Any) -> str:
    born = f", born {date.fromisoformat(subject.date_of_birth):%-d %B %Y}" if subject.date_of_birth else ""
    return f"{subject.name} ({cases.PARTS[subject.part].lower()}){born}"


_SUBJECTS = (
    select(case_subject.c.name, case_subject.c.part, case_subject.c.date_of_birth)
    .where(case_subject.c.area_id == bindparam("a"), case_subject.c.case_id == bindparam("c"))
    .order_by(case_subject.c.part, case_subject.c.name)
)
_OPENED_BY = (
    select(person.c.name.label("person"), person.c.job_title, organisation.c.name.label("organisation"))
    .select_from(
        case.join(organisation, organisation.c.id == case.c.organisation_id).outerjoin(
            person, person.c.id == case.c.opened_by
        )
    )
    .where(case.c.area_id == bindparam("a"), case.c.id == bindparam("c"))
)


def _earlier(
    db: Connection, release: Release, row: Any, context: Mapping[str, Any], now: datetime
) -> tuple[Fact, ...]:
    wanted = row.properties.get("handrail:shows", "").split()
    known = [name for name in wanted if context.get(name) not in (None, "", [], {})]
    if not known:
        return ()
    asked = {name: _asked_in(db, release).get(name, ()) for name in known}
    reads = frozenset(name for every in asked.values() for form in every for name in form.reads)
    said = {**context, **people.offered(db, row.area_id, reads, now)}
    told: dict[forms.Form, Sequence[forms.Row]] = {}
    rows = [_rows(name, asked[name], said, told) if asked[name] else _unasked(name, said) for name in known]
    return tuple(Fact(each.label, each.lines) for of_one in rows for each in of_one)


@definitions.per_release
def _asked_in(db: Connection, release: Release) -> Mapping[str, tuple[forms.Form, ...]]:
    """Every question of a release by its key, with the forms that ask it."""
    paths = [path for path in release.paths(".form") if path.startswith("forms/")]
    every = [forms.load(definitions.content(db, release, path)) for path in paths]
    found: dict[str, tuple[forms.Form, ...]] = {}
    for form in every:
        for key in form.keys:
            found[key] = (*found.get(key, ()), form)
    return found


def _rows(
    key: str,
    asked: Sequence[forms.Form],
    said: Mapping[str, Any],
    told: dict[forms.Form, Sequence[forms.Row]],
) -> Sequence[forms.Row]:
    """In the words of the first form that can say it: another may ask something else under the same key.

    `told`: what forms said before.
    """
    for form in asked:
        if form not in told:
            told[form] = forms.summary(form, said, said)
        if found := [each for each in told[form] if each.key.split(".", 1)[0] == key]:
            return found
    return ()


def _unasked(key: str, said: Mapping[str, Any]) -> Sequence[forms.Row]:
    """What no form asks is said under its own key."""
    return [forms.Row(label=key.replace("_", " ").capitalize(), lines=(str(said[key]),), key=key, id=key)]
