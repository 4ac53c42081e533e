"""What is loaded to decide who may, what is hidden, and that lists show exactly what may be read."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, product

import pytest
from sqlalchemy import Connection, Engine, event, insert, make_url, or_, select, text, update

from engine import access, schema
from engine.access import WHO, OfCase, OfRecord, OfTask, require
from engine.database import connect
from engine.errors import FourEyes, NotAllowed, NotFound
from engine.tables import (
    FAR,
    area,
    case,
    case_member,
    file,
    instance,
    organisation,
    person,
    record,
    release,
    role_held,
    user_task,
)
from policy.authorization import GRANTS, Actor, Target, decide

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BEFORE, LATER = NOW - timedelta(days=1), NOW + timedelta(days=1)
_numbers = count()


# A small county --------------------------------------------------------------------------------------------


def _organisation(
    db: Connection, name: str, kind: str, parent: str | None = None, in_area: str = "north"
) -> None:
    row = {"id": name, "area_id": in_area, "name": name, "kind": kind, "parent_id": parent}
    db.execute(insert(organisation), row)


def _person(db: Connection, name: str, *roles: tuple[str, str], in_area: str = "north") -> None:
    row = {"id": name, "area_id": in_area, "name": name, "issuer": "demo", "subject": name}
    db.execute(insert(person), row)
    for place, role in roles:
        hold(db, name, place, role)


def hold(db, name, place, role, since=BEFORE, until=None):
    row = {"person_id": name, "organisation_id": place, "role": role, "since": since, "until": until}
    db.execute(insert(role_held), row)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database of each kind for the whole file: no test commits anything."""
    if request.param == "sqlite":
        made = connect(f"sqlite:///{tmp_path_factory.mktemp('access') / 'handrail.sqlite3'}")
        schema.upgrade(made)
        yield made
    else:
        url, name = request.getfixturevalue("postgres_url"), f"access_{os.getpid()}"
        with connect(url).execution_options(isolation_level="AUTOCOMMIT").connect() as server:
            server.execute(text(f'CREATE DATABASE "{name}"'))
            made = connect(make_url(url).set(database=name).render_as_string(hide_password=False))
            schema.upgrade(made)
            yield made
            made.dispose()
            server.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    made.dispose()


@pytest.fixture
def db(empty: Engine) -> Iterator[Connection]:
    """A county in one transaction that is never committed."""
    with empty.connect() as connection, connection.begin() as everything:
        for name in ("north", "south"):
            connection.execute(insert(area), {"id": name, "name": name})
        _organisation(connection, "council", "council")
        _organisation(connection, "childrens_services", "childrens_services", "council")
        _organisation(connection, "school", "school", "council")
        _organisation(connection, "health", "health")
        _organisation(connection, "police", "police")
        _organisation(connection, "abroad", "school", in_area="south")
        _person(connection, "teacher", ("school", "practitioner"))
        _person(connection, "lead", ("school", "dsl"), ("school", "practitioner"))
        _person(connection, "guardian", ("council", "caldicott_guardian"))
        _person(connection, "nurse", ("health", "practitioner"))
        _person(connection, "officer", ("police", "police_contact"))
        _person(connection, "stranger", ("abroad", "dsl"), in_area="south")
        release_row = {"id": "r1", "area_id": "north", "number": 1, "hash": "h", "published_at": NOW}
        connection.execute(insert(release), release_row)
        connection.execute(insert(file), {"hash": "f", "bytes": b"{}"})
        yield connection
        everything.rollback()


def actor(db: Connection, name: str) -> Actor:
    rows = db.execute(select(role_held).where(role_held.c.person_id == name)).all()
    where = db.execute(select(person.c.area_id).where(person.c.id == name)).scalar_one()
    roles = frozenset((row.organisation_id, row.role) for row in rows)
    return Actor(name, where, frozenset(place for place, _ in roles), roles)


def open_case(db, *members: tuple[str, str], sealed=False) -> str:
    case_id = f"case{next(_numbers)}"
    row = {
        "area_id": "north",
        "id": case_id,
        "reference": case_id,
        "organisation_id": "school",
        "sealed": sealed,
    }
    start = {"opened_at": NOW, "opened_by": "teacher", "status": "open", "head_seq": 0, "head_hash": ""}
    db.execute(insert(case), row | start)
    for name, relation in members:
        join(db, case_id, name, relation)
    run = {"area_id": "north", "case_id": case_id, "id": f"i-{case_id}", "process": "p", "release_id": "r1"}
    state = {"status": "running", "lock_version": 0, "started_at": NOW, "started_by": "teacher"}
    db.execute(insert(instance), run | state)
    return case_id


def join(db, case_id, name, relation, until=None):
    row = {"area_id": "north", "case_id": case_id, "person_id": name, "relation": relation, "since": BEFORE}
    db.execute(insert(case_member), row | {"until": until, "reason": "test"})


def open_task(db, case_id, role="dsl", place="school", assignee=None, **more) -> str:
    task_id = f"task{next(_numbers)}"
    row = {
        "area_id": "north",
        "case_id": case_id,
        "id": task_id,
        "instance_id": f"i-{case_id}",
        "token": task_id,
    }
    what = {
        "element": "decide",
        "name": "Decide",
        "role": role,
        "organisation_id": place,
        "assignee_id": assignee,
    }
    when = {"state": "open", "properties": {}, "opened_at": NOW, "due_at": FAR}
    db.execute(insert(user_task), row | what | when | more)
    return task_id


def write_record(db, case_id, writer) -> str:
    record_id = f"record{next(_numbers)}"
    row = {
        "area_id": "north",
        "case_id": case_id,
        "id": record_id,
        "instance_id": f"i-{case_id}",
        "kind": "decision",
    }
    what = {"version": 1, "answers": {}, "form": "f", "form_hash": "f", "written_by": writer, "role": "dsl"}
    db.execute(insert(record), row | what | {"organisation_id": "school", "written_at": NOW})
    return record_id


# Hidden, refused, allowed ----------------------------------------------------------------------------------


def test_a_case_that_is_not_yours_and_one_that_does_not_exist_are_the_same(db):
    case_id = open_case(db, ("teacher", "lead"))

    with pytest.raises(NotFound) as not_yours:
        access.require_case(db, actor(db, "nurse"), "case:read", case_id)
    with pytest.raises(NotFound) as not_there:
        access.require_case(db, actor(db, "nurse"), "case:read", "no such case")
    assert str(not_yours.value) == str(not_there.value)


@pytest.mark.parametrize("relation", ["lead", "member"])
def test_people_of_the_case_read_it(db, relation):
    case_id = open_case(db, ("nurse", relation))

    target = access.require_case(db, actor(db, "nurse"), "case:read", case_id)

    assert target.relation == {relation}
    assert target.kind == "case"


def test_an_adviser_is_refused_the_case_they_know_of(db):
    case_id = open_case(db, ("guardian", "adviser"))

    with pytest.raises(NotAllowed):
        access.require_case(db, actor(db, "guardian"), "case:read", case_id)


def test_membership_that_has_ended_counts_no_more(db):
    case_id = open_case(db)
    join(db, case_id, "nurse", "member", until=BEFORE)

    with pytest.raises(NotFound):
        access.require_case(db, actor(db, "nurse"), "case:read", case_id)


def test_being_denied_hides_the_case_from_its_own_lead(db):
    case_id = open_case(db, ("teacher", "lead"), ("teacher", "denied"))
    task_id = open_task(db, case_id, role=None, assignee="teacher")
    record_id = write_record(db, case_id, "teacher")

    for what in (OfCase(case_id), OfTask(task_id), OfRecord(record_id)):
        with pytest.raises(NotFound):
            access.require(db, actor(db, "teacher"), f"{_noun(what)}:read", what)


def _noun(what):
    return type(what).__name__.removeprefix("Of").lower()


def test_somebody_of_another_area_finds_nothing(db):
    case_id = open_case(db, ("stranger", "lead"))
    task_id = open_task(db, case_id, place="abroad")

    with pytest.raises(NotFound):
        access.require_case(db, actor(db, "stranger"), "case:read", case_id)
    with pytest.raises(NotFound):
        access.require_task(db, actor(db, "stranger"), "task:read", task_id)


def test_a_task_waits_for_those_who_hold_its_role_where_it_is(db):
    task_id = open_task(db, open_case(db))

    assert access.require_task(db, actor(db, "lead"), "task:claim", task_id).role == "dsl"
    with pytest.raises(NotFound):
        access.require_task(db, actor(db, "teacher"), "task:claim", task_id)


def test_who_leads_the_case_sees_the_task_but_may_not_answer_it(db):
    task_id = open_task(db, open_case(db, ("teacher", "lead")))

    assert access.require_task(db, actor(db, "teacher"), "task:read", task_id)
    with pytest.raises(NotAllowed, match="Only somebody who has taken the task"):
        access.require_task(db, actor(db, "teacher"), "task:complete", task_id)


def test_a_sealed_case_shows_the_role_that_its_task_waits_and_nothing_of_it(db):
    case_id = open_case(db, sealed=True)
    task_id = open_task(db, case_id)

    for action in ("task:glance", "task:declare", "task:claim"):
        assert access.require_task(db, actor(db, "lead"), action, task_id)
    with pytest.raises(NotAllowed):
        access.require_task(db, actor(db, "lead"), "task:read", task_id)
    join(db, case_id, "lead", "adviser")
    assert access.require_task(db, actor(db, "lead"), "task:read", task_id)


def test_a_sealed_case_hides_a_task_that_somebody_has_from_their_colleagues(db):
    task_id = open_task(db, open_case(db, ("nurse", "adviser"), sealed=True), assignee="nurse")

    for action in ("task:glance", "task:claim", "task:read"):
        with pytest.raises(NotFound):
            access.require_task(db, actor(db, "lead"), action, task_id)


@pytest.mark.parametrize("checked", ["assess", "assess draft", "draft assess"])
def test_who_did_the_work_may_not_check_it(db, checked):
    case_id = open_case(db, ("lead", "lead"))
    open_task(db, case_id, element="assess", state="completed", completed_by="lead", closed_at=NOW)
    task_id = open_task(db, case_id, properties={access.FOUR_EYES: checked})

    with pytest.raises(FourEyes):
        access.require_task(db, actor(db, "lead"), "task:claim", task_id)


@pytest.mark.parametrize(
    ("element", "who", "same_case"),
    [("assess", "teacher", True), ("assessment", "lead", True), ("assess", "lead", False)],
)
def test_somebody_elses_work_other_work_and_other_cases_do_not_exclude(db, element, who, same_case):
    case_id = open_case(db)
    place = case_id if same_case else open_case(db)
    open_task(db, place, element=element, state="completed", completed_by=who, closed_at=NOW)
    task_id = open_task(db, case_id, properties={access.FOUR_EYES: "assess"})

    assert access.require_task(db, actor(db, "lead"), "task:claim", task_id)


def test_a_record_is_read_by_people_of_the_case_and_by_who_wrote_it(db):
    record_id = write_record(db, open_case(db, ("teacher", "lead")), "guardian")

    assert access.require_record(db, actor(db, "teacher"), "record:read", record_id)
    assert access.require_record(db, actor(db, "guardian"), "record:read", record_id).author == "guardian"
    with pytest.raises(NotFound):
        access.require_record(db, actor(db, "nurse"), "record:read", record_id)


def test_a_message_goes_by_the_relations_that_the_diagram_allows(db):
    case_id = open_case(db, ("guardian", "adviser"))
    guardian, advisers = actor(db, "guardian"), frozenset({"adviser"})

    assert access.require_case(db, guardian, "case:message", case_id, who=advisers)
    with pytest.raises(NotAllowed):
        access.require_case(db, guardian, "case:message", case_id)


def test_an_unknown_action_is_refused(db):
    case_id = open_case(db, ("teacher", "lead"))

    with pytest.raises(NotAllowed, match="Nobody can do this here"):
        access.require_case(db, actor(db, "teacher"), "case:burn", case_id)


@pytest.mark.parametrize("make", [lambda db, c: OfCase(c), lambda db, c: OfTask(open_task(db, c))])
def test_one_statement_loads_what_a_decision_needs(db, make):
    what = make(db, open_case(db, ("lead", "member"), ("lead", "adviser")))
    lead, statements = actor(db, "lead"), []
    event.listen(db, "before_cursor_execute", lambda *args: statements.append(args[2]))

    access.require(db, lead, f"{_noun(what)}:read", what)

    assert len(statements) == 1


# Lists -----------------------------------------------------------------------------------------------------

_PEOPLE = ("teacher", "lead", "guardian", "nurse", "stranger")
_TIES = ((), ("lead",), ("member",), ("adviser",), ("denied",), ("member", "denied"), ("break_glass",))


def test_lists_of_cases_show_exactly_what_may_be_read(db):
    cases = [
        open_case(db, *((name, tie) for tie in ties), sealed=sealed)
        for name, ties, sealed in product(_PEOPLE, _TIES, (False, True))
    ]

    for name in _PEOPLE:
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        listed = set(db.execute(select(case.c.id).where(access.visible_cases()), key).scalars())
        assert listed == {each for each in cases if _allowed(db, by, "case:read", OfCase(each))}


def test_lists_of_tasks_show_exactly_what_may_be_read(db):
    """Every relation, sealed or not, with every kind of task: the clause and the decision agree."""
    tasks = [
        open_task(
            db, open_case(db, *((name, tie) for tie in ties), sealed=sealed), role, place, assignee, **more
        )
        for name, ties, sealed in product(("lead", "nurse"), _TIES, (False, True))
        for role, place in (("dsl", "school"), ("dsl", None), ("dsl", "council"), (None, None))
        for assignee, more in (
            (None, {}),
            ("lead", {}),
            ("teacher", {}),
            ("lead", {"state": "completed", "completed_by": "lead", "closed_at": NOW}),
        )
    ]

    for name in ("lead", "nurse", "stranger"):
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        listed = set(db.execute(select(user_task.c.id).where(access.visible_tasks(by)), key).scalars())
        assert listed == {each for each in tasks if _allowed(db, by, "task:read", OfTask(each))}
        assert (name == "stranger") == (not listed)


def test_with_what_waits_for_a_role_lists_show_exactly_what_may_be_glanced_at(db):
    """Also of a sealed case; but of that nothing else is read."""
    tasks = [
        open_task(
            db, open_case(db, *((name, tie) for tie in ties), sealed=sealed), role, place, assignee, **more
        )
        for name, ties, sealed in product(("lead", "nurse"), _TIES, (False, True))
        for role, place in (("dsl", "school"), ("dsl", None), ("dsl", "council"), (None, None))
        for assignee, more in (
            (None, {}),
            ("lead", {}),
            ("lead", {"state": "completed", "completed_by": "lead", "closed_at": NOW}),
        )
    ]

    for name in ("lead", "nurse", "stranger"):
        by = actor(db, name)
        key = {"p": name, "a": by.area_id}
        clause = or_(access.visible_tasks(by), access.waiting_tasks(by))
        listed = set(db.execute(select(user_task.c.id).where(clause), key).scalars())
        assert listed == {each for each in tasks if _allowed(db, by, "task:glance", OfTask(each))}


def _allowed(db, by, action, what):
    try:
        return bool(decide(by, action, access.load(db, by, what)))
    except NotFound:
        return False


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


# Who answers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place", "expected"),
    [
        ("dsl", "school", "school"),
        ("caldicott_guardian", "school", "council"),
        ("caldicott_guardian", "childrens_services", "council"),
        ("caldicott_guardian", "health", None),
        ("practitioner", "health", "health"),
        ("police_contact", "school", "police"),
        ("police_contact", "health", "police"),
        ("police_contact", "abroad", None),
        ("csc_screening", "school", None),
    ],
)
def test_who_answers_for_a_case_of(db, role, place, expected):
    assert access.responsible(db, role, place, NOW) == expected


def test_the_nearest_organisation_answers(db):
    hold(db, "teacher", "school", "caldicott_guardian")

    assert access.responsible(db, "caldicott_guardian", "school", NOW) == "school"
    assert access.responsible(db, "caldicott_guardian", "childrens_services", NOW) == "council"


def test_the_search_climbs_as_far_as_it_needs_to(db):
    _organisation(db, "team", "team", "childrens_services")
    _organisation(db, "desk", "desk", "team")

    assert access.responsible(db, "caldicott_guardian", "desk", NOW) == "council"


def test_among_several_organisations_of_the_area_nobody_is_chosen_by_guess(db):
    hold(db, "nurse", "health", "police_contact")

    assert access.responsible(db, "police_contact", "school", NOW) is None
    assert access.responsible(db, "police_contact", "health", NOW) == "health"


def test_two_holders_at_one_organisation_are_no_doubt(db):
    _person(db, "colleague", ("police", "police_contact"))

    assert access.responsible(db, "police_contact", "school", NOW) == "police"


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [(BEFORE, None, "police"), (BEFORE, LATER, "police"), (BEFORE, NOW, None), (LATER, None, None)],
)
def test_only_a_role_held_now_answers(db, since, until, expected):
    hold(db, "officer", "police", "police_supervisor", since, until)

    assert access.responsible(db, "police_supervisor", "school", NOW) == expected


def test_somebody_withdrawn_answers_for_nothing(db):
    db.execute(update(person).where(person.c.id == "officer").values(active=False))

    assert access.responsible(db, "police_contact", "school", NOW) is None


def test_organisations_above_one_another_in_a_circle_end_the_search(db):
    db.execute(update(organisation).where(organisation.c.id == "council").values(parent_id="school"))

    assert access.responsible(db, "caldicott_guardian", "school", NOW) == "council"
    assert access.responsible(db, "siro", "school", NOW) is None


def test_a_role_that_does_not_exist_is_a_lookup_error(db):
    with pytest.raises(LookupError):
        access.responsible(db, "wizard", "school", NOW)


def test_a_refusal_says_who_could_do_it_and_nothing_of_the_case():
    assert WHO.keys() == GRANTS.keys()
    with pytest.raises(NotAllowed, match="Only somebody who leads the case can do this.") as refused:
        require(None, Actor("p", "a"), "case:seal", Target("case", "a", relation=frozenset({"member"})))
    assert refused.value.message.endswith("can do this.")
