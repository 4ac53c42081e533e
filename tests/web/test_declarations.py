"""The page before the first task of a sealed case, as a person meets it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.sealing import seal
from tests.web.journeys import refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import NOW


@pytest.fixture
def asked(ana: Browser, ben: Browser, engine: Engine) -> Browser:
    """Ben, who wants to claim the task that waits for him in Ana's sealed case."""
    start(ana)
    refuse(ana)
    seal(engine, NOW)
    ben.open("/?view=to_claim")
    ben.follow("Look over the decision")
    assert "What you need to know" not in ben.text
    assert "Mia" not in ben.text
    ben.submit("Claim this task")
    assert ben.heading == "Do you know anybody in this case?"
    assert "Mia" not in ben.text
    return ben


def test_who_knows_nobody_declares_so_and_has_the_task(asked: Browser) -> None:
    asked.submit("Declare", relationship="none")

    assert "You have claimed this task" in asked.text
    assert "I have read the decision" in asked.text


def test_who_knows_somebody_is_kept_out_and_the_case_says_so(asked: Browser, ana: Browser) -> None:
    asked.submit("Declare", relationship="some")

    assert "Somebody else will do it" in asked.text
    asked.open("/?view=to_claim")
    assert rows(asked) == []
    ana.open("/cases")
    ana.page.xpath("//tbody//a")
    ana.open(ana.page.xpath("//tbody//a/@href")[0])
    assert "Kept out of the case" in ana.text


def test_nothing_is_declared_by_pressing_on(asked: Browser) -> None:
    asked.submit("Declare")

    assert asked.response.status_code == 422
    assert asked.errors == ["Select whether you have to do with anybody in the case"]


def test_a_conflict_that_shows_later_gives_the_task_back(asked: Browser) -> None:
    asked.submit("Declare", relationship="none")
    asked.open("/")
    assert len(rows(asked)) == 1

    asked.follow("Look over the decision")
    asked.follow("I know somebody in this case")
    asked.submit("Declare", relationship="some")
    asked.open("/")
    assert rows(asked) == []
