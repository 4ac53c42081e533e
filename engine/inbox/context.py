"""What a task's form is looked at with: the variables in reach, and what stands beside them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from engine import cases, definitions, forms, people
from engine.spiff import commands


def form_context(db: Connection, row: Any, form: forms.Form | None, now: datetime) -> dict[str, Any]:
    """What the form looks at: earlier answers, and what stands beside them. Only what it needs is read."""
    if form is None:
        return {}
    earlier, _ = _looks_at(form)
    return (variables(db, row) if earlier else {}) | beside_answers(db, row, form, now)


def beside_answers(db: Connection, row: Any, form: forms.Form, now: datetime) -> dict[str, Any]:
    """What the form looks at that nobody answered: the organisations that can be asked, and the names it must
    not hold.
    """
    _, names = _looks_at(form)
    kept_out = {"names": cases.subject_names(db, row.area_id, row.case_id)} if names else {}
    return people.offered(db, row.area_id, form.reads, now) | kept_out


@lru_cache(maxsize=1024)
def _looks_at(form: forms.Form) -> tuple[bool, bool]:
    """Whether a form shows or asks about earlier answers, and whether it keeps names out."""
    fields = list(form.walk())
    earlier = bool(form.reads) or any(each.disabled or each.readonly for each in fields)
    return earlier, any(each.names_allowed is not None for each in fields)


def variables(db: Connection, row: Any) -> dict[str, Any]:
    """The variables in reach of an open task's token; none once the task is closed."""
    if row.task_state != "open":
        return {}
    release = definitions.load(db, row.release_id)
    bundle = definitions.bundle(db, release, row.process)
    return commands.variables_at(bundle, row.state, row.token)
