"""Lists show exactly what may be read."""

from dataclasses import replace
from itertools import product

from sqlalchemy import or_, select

from engine import access
from engine.access import OfCase, OfTask
from engine.tables import case, case_member, user_task
from tests.engine.access.county import (
    BEFORE,
    PEOPLE,
    TIES,
    actor,
    allowed,
    join,
    open_case,
    open_task,
    tasks_of_every_kind,
)


def test_lists_of_cases_show_exactly_what_may_be_read(db):
    cases = [
        open_case(db, *((name, tie) for tie in ties), sealed=sealed)
        for name, ties, sealed in product(PEOPLE, TIES, (False, True))
    ]

    for name in PEOPLE:
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        listed = set(db.execute(select(case.c.id).where(access.visible_cases()), key).scalars())
        assert listed == {each for each in cases if allowed(db, by, "case:read", OfCase(each))}


def test_lists_of_tasks_show_exactly_what_may_be_read(db):
    """Every relation, sealed or not, with every kind of task: the clause and the decision agree."""
    tasks = tasks_of_every_kind(db)

    for name in ("lead", "nurse", "stranger"):
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        listed = set(db.execute(select(user_task.c.id).where(access.visible_tasks(by)), key).scalars())
        assert listed == {each for each in tasks if allowed(db, by, "task:read", OfTask(each))}
        assert (name == "stranger") == (not listed)


def test_with_what_waits_for_a_role_lists_show_exactly_what_may_be_glanced_at(db):
    """Also of a sealed case; but of that nothing else is read."""
    tasks = tasks_of_every_kind(db)

    for name in ("lead", "nurse", "stranger"):
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        clause = or_(access.visible_tasks(by), access.waiting_tasks(by))
        listed = set(db.execute(select(user_task.c.id).where(clause), key).scalars())
        assert listed == {each for each in tasks if allowed(db, by, "task:glance", OfTask(each))}
        assert (name == "stranger") == (not listed)


def test_lists_forget_a_case_when_membership_ends(db):
    case_id = open_case(db)
    join(db, case_id, "nurse", "member", until=BEFORE)

    listed = db.execute(select(case.c.id).where(access.visible_cases()), {"p": "nurse", "a": "north"})

    assert list(listed.scalars()) == []


def test_a_clause_fits_a_statement_that_joins_cases_and_members_itself(db):
    open_case(db, ("nurse", "member"), ("nurse", "denied"))
    case_id = open_case(db, ("nurse", "member"), sealed=True)
    task_id = open_task(db, case_id)
    joined = user_task.join(case, case.c.id == user_task.c.case_id).join(
        case_member, case_member.c.case_id == case.c.id
    )
    clauses = (access.may_know(user_task), access.visible_cases(), access.not_denied(case))

    found = db.execute(
        select(user_task.c.id).select_from(joined).where(*clauses), {"p": "nurse", "a": "north"}
    )

    assert list(found.scalars()) == [task_id]


def test_somebody_without_roles_has_lists_too(db):
    task_id = open_task(db, open_case(db, ("nurse", "member")))
    nobody = replace(actor(db, "nurse"), roles=frozenset())

    found = db.execute(
        select(user_task.c.id).where(access.visible_tasks(nobody)), {"p": "nurse", "a": "north"}
    )

    assert list(found.scalars()) == [task_id]


def test_what_may_be_known_leaves_out_denied_and_sealed_cases(db):
    known, denied, sealed, own = (
        open_task(db, open_case(db, *members, sealed=is_sealed))
        for members, is_sealed in (
            ((), False),
            ((("lead", "denied"),), False),
            ((), True),
            ((("lead", "adviser"),), True),
        )
    )

    may_know = db.execute(select(user_task.c.id).where(access.may_know(user_task)), {"p": "lead"})
    not_denied = db.execute(select(user_task.c.id).where(access.not_denied(user_task)), {"p": "lead"})

    assert set(may_know.scalars()) == {known, own}
    assert set(not_denied.scalars()) == {known, sealed, own}
