"""Sealed cases: who may know of them, what they see of a waiting task, and what they say first."""

from __future__ import annotations

import pytest

from engine import cases, declarations, documents, inbox
from engine.database import transaction
from engine.errors import DeclarationNeeded, InvalidInput, NotAllowed, NotFound
from engine.tables import case, user_task
from tests.engine.handing import OWN, STARTED, begun, end, names, pool, process, throw

SECRET = process(
    "secret",
    names("inquiry_wanted"),
    sealed=True,
    s=STARTED,
    look=pool("dsl", shows="go_on"),
    lead_it=pool("dsl", access="case"),
    ask=throw("inquiry_wanted"),
    wrap=OWN,
    e=end(),
)


def contact(sealed: bool) -> bytes:
    return process(
        "contact",
        names("inquiry_wanted"),
        sealed=sealed,
        s=begun("inquiry_wanted", case="new", organisation="childrens_services"),
        rate=pool("csc_screening", access="case"),
        e=end(),
    )


WORRY = process("worry", names("inquiry_wanted"), s=STARTED, ask=throw("inquiry_wanted"), wrap=OWN, e=end())


@pytest.fixture
def here(county):
    found = county(SECRET, contact(sealed=False))
    found.open("secret")
    return found


def ask(here, name, question):
    with transaction(here.engine) as db:
        return question(db, here.actor(db, name))


def test_a_process_says_that_its_cases_are_sealed(here):
    assert here.rows(case, "sealed") == [(True,)]
    assert "case.sealed" in here.kinds(here.cases()[0])


def test_people_of_the_role_see_that_a_task_waits_and_nothing_that_was_said(here):
    task = here.task("look")
    (item,) = ask(here, "ben", lambda db, by: inbox.to_claim(db, by, now=here.clock.now)).items
    seen = ask(here, "ben", lambda db, by: inbox.task(db, by, task, here.clock))

    assert (item.id, item.name) == (task, "look")
    assert (seen.facts, seen.form, seen.context, seen.answers, seen.process) == ((), None, {}, {}, "")
    assert seen.can == {"task:claim"}
    for question in (
        lambda db, by: cases.view(db, by, here.cases()[0], here.clock),
        lambda db, by: documents.of_task(db, by, here.cases()[0], task),
        lambda db, by: inbox.complete(db, by, task, {}, here.clock),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            ask(here, "ben", question)


@pytest.mark.parametrize("name", ["cyd", "olu"])
def test_for_everybody_else_there_is_nothing(here, name):
    task = here.task("look")

    assert ask(here, name, lambda db, by: inbox.to_claim(db, by, now=here.clock.now)).items == ()
    with pytest.raises(NotFound):
        ask(here, name, lambda db, by: inbox.task(db, by, task, here.clock))
    with pytest.raises(NotFound):
        ask(here, name, lambda db, by: declarations.names(db, by, task, here.clock))


def test_the_first_task_of_a_sealed_case_is_taken_with_a_declaration(here):
    task = here.task("look")
    with pytest.raises(DeclarationNeeded):
        ask(here, "ben", lambda db, by: inbox.claim(db, by, task, here.clock))
    assert here.assignee("look") is None

    ask(here, "ben", lambda db, by: declarations.declare_none(db, by, task, here.clock))

    assert here.assignee("look") == "ben"
    assert "conflict.none_declared" in here.kinds(here.cases()[0])
    seen = ask(here, "ben", lambda db, by: inbox.task(db, by, task, here.clock))
    assert [fact.lines for fact in seen.facts] != []
    here.do("ben", "look")
    ask(here, "ben", lambda db, by: inbox.claim(db, by, here.task("lead_it"), here.clock))


def test_whom_it_is_about_is_shown_only_where_the_task_shows_it_too(here):
    def told(element):
        return ask(here, "ben", lambda db, by: declarations.names(db, by, here.task(element), here.clock))

    assert told("look") == ()
    here.do("ben", "look")
    assert told("lead_it") == ("Maya Fenn",)
    assert here.kinds(here.cases()[0]).count("conflict.names_shown") == 1


@pytest.mark.parametrize("taken", [False, True], ids=["before-taking", "after-taking"])
def test_a_conflict_keeps_out_and_gives_everything_back(here, taken):
    task, case_id = here.task("look"), here.cases()[0]
    if taken:
        ask(here, "ben", lambda db, by: declarations.declare_none(db, by, task, here.clock))
        ask(here, "ben", lambda db, by: inbox.save_draft(db, by, task, {"note": "mine"}, here.clock))
    ask(here, "ben", lambda db, by: declarations.declare(db, by, task, here.clock))

    assert here.rows(user_task, "assignee_id", "state", id=task) == [(None, "open")]
    assert ask(here, "ben", lambda db, by: inbox.to_claim(db, by, now=here.clock.now)).items == ()
    with pytest.raises(NotFound):
        ask(here, "ben", lambda db, by: inbox.task(db, by, task, here.clock))
    seen = ask(here, "ada", lambda db, by: cases.view(db, by, case_id, here.clock))
    assert ("Ben", "denied") in {(each.name, each.relation) for each in seen.members}
    assert any("is kept out of it" in text for text in here.said(case_id))


def test_a_task_of_a_sealed_case_is_never_passed_to_somebody_who_has_said_nothing(here):
    here.give("eva", "school", "dsl")
    task = here.task("look")
    ask(here, "ben", lambda db, by: declarations.declare_none(db, by, task, here.clock))

    with pytest.raises(InvalidInput):
        ask(here, "ben", lambda db, by: inbox.reassign(db, by, task, "eva", here.clock))
    with pytest.raises(InvalidInput):
        ask(here, "ada", lambda db, by: inbox.reassign(db, by, here.task("look"), "eva", here.clock))


def test_what_came_from_a_sealed_case_says_only_that_a_process_asked(here):
    here.do("ben", "look")
    here.do("ben", "lead_it")
    _, contact = here.cases()
    assert here.said(contact)[0] == "The case was opened because a process handed it over"
    assert here.rows(case, "sealed", id=contact) == [(False,)]
    assert "Secret" not in str(here.said(contact))


def test_what_led_to_a_sealed_case_says_only_that_a_message_was_sent(county):
    here = county(WORRY, contact(sealed=True))
    here.open()
    first, sealed = here.cases()

    assert here.rows(case, "sealed", id=sealed) == [(True,)]
    assert "The process sent “inquiry_wanted”" in here.said(first)
    assert "Contact" not in str(here.said(first))
