"""Whose task it is: claimed, given back, passed on, done by somebody else, or waited for."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, update

from engine.tables import user_task
from tests.sealing import seal
from tests.web.journeys import claim, look_over, refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, NOW, meddle


def test_what_waits_for_my_role_can_be_claimed_and_is_then_mine(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)

    ben.open("/?view=to_claim")
    assert "Designated safeguarding lead" in rows(ben)[0]
    ben.follow("Look over the decision")
    assert "I have read the decision" not in ben.text
    ben.submit("Claim this task")

    assert "You have claimed this task" in ben.text
    assert "I have read the decision" in ben.text
    ben.open("/")
    assert len(rows(ben)) == 1


def test_giving_back_puts_it_before_the_team_again(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    claim(ben)
    ben.submit("Return to the team")

    assert "The task is back with the team" in ben.text
    ben.open("/?view=to_claim")
    assert len(rows(ben)) == 1


def test_a_task_is_passed_to_a_colleague_of_the_same_role(
    ana: Browser, ben: Browser, visitor: Callable[..., Browser]
) -> None:
    start(ana)
    refuse(ana)
    claim(ben)
    assert ben.page.xpath("//select[@id='to']/option/@value") == ["dee"]
    ben.submit("Pass on")

    dee = visitor("dee")
    dee.open("/")
    assert "Look over the decision" in rows(dee)[0]


def test_a_task_is_not_passed_to_somebody_who_may_not_do_it(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    claim(ben)
    ben.submit("Pass on", to="cas")

    assert ben.response.status_code == 422


def test_somebody_elses_task_does_not_exist_for_a_stranger(
    ana: Browser, visitor: Callable[..., Browser]
) -> None:
    path = start(ana)
    cas = visitor("cas")

    assert cas.open(path).status_code == 404
    assert cas.heading == "Page not found"
    assert cas.open("/tasks/nothing").status_code == 404


def test_a_task_completed_meanwhile_says_so(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    claim(ben)
    fields, action = ben.filled("Complete this task")
    ben.submit("Complete this task", agreed="true")

    again = ben.arrive(
        ben.client.post(action, data=fields | {"agreed": "true", "_key": "another-key"}, base_url=ADDRESS)
    )

    assert again.status_code == 409
    assert ben.heading == "This task is no longer open"


def test_whoever_comes_second_is_told_that_somebody_has_it(
    ana: Browser, ben: Browser, visitor: Callable[..., Browser]
) -> None:
    start(ana)
    refuse(ana)
    dee = visitor("dee")
    for each in (ben, dee):
        each.open("/?view=to_claim")
        each.follow("Look over the decision")
    ben.submit("Claim this task")
    dee.submit("Claim this task")

    assert dee.response.status_code == 409
    assert dee.heading == "Somebody else has taken this task"
    assert "Ben" not in dee.text


def test_nobody_looks_over_their_own_decision(ben: Browser) -> None:
    start(ben)
    refuse(ben)
    ben.open("/?view=to_claim")

    ben.follow("Look over the decision")

    assert "You cannot do it yourself" in ben.text
    assert not ben.page.xpath("//main//button")


def test_who_has_done_their_part_reads_whom_the_case_waits_for(ana: Browser, ben: Browser) -> None:
    start(ana)
    refuse(ana)
    done = ana.path
    assert "Look over the decision It is with: Designated safeguarding lead" in ana.text

    claim(ben)
    ana.open(done)
    assert "Look over the decision It is with: Ben Shaw" in ana.text

    ben.submit("Complete this task", agreed="true")
    assert "It is with" not in ben.text
    ana.open(done)
    assert "It is with" not in ana.text


def test_an_adviser_does_not_read_whom_the_case_waits_for(ana: Browser, ben: Browser, engine: Engine) -> None:
    """Ben was asked for one thing; another task is open again in the case."""
    start(ana)
    refuse(ana)
    look_over(ben)
    meddle(engine, update(user_task).where(user_task.c.element == "decide").values(state="open"))

    ben.open(ben.path)
    assert "This task was completed" in ben.text
    assert "It is with" not in ben.text


def test_of_a_sealed_case_a_task_does_not_say_whom_it_waits_for(ana: Browser, engine: Engine) -> None:
    start(ana)
    refuse(ana)
    seal(engine, NOW)
    ana.open(ana.path)

    assert "This task was completed" in ana.text
    assert "It is with" not in ana.text
