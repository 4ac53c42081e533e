"""What is loaded to decide who may, and what is hidden or refused."""

import pytest
from sqlalchemy import event

from engine import access
from engine.access import WHO, OfCase, OfRecord, OfTask, require
from engine.errors import FourEyes, NotAllowed, NotFound
from policy.authorization import GRANTS, Actor, Target
from tests.engine.access.county import BEFORE, NOW, actor, join, noun, open_case, open_task, write_record


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
            access.require(db, actor(db, "teacher"), f"{noun(what)}:read", what)


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

    access.require(db, lead, f"{noun(what)}:read", what)

    assert len(statements) == 1


def test_a_refusal_says_who_could_do_it_and_nothing_of_the_case():
    assert WHO.keys() == GRANTS.keys()
    with pytest.raises(NotAllowed, match="Only somebody who leads the case can do this.") as refused:
        require(None, Actor("p", "a"), "case:seal", Target("case", "a", relation=frozenset({"member"})))
    assert refused.value.message.endswith("can do this.")
