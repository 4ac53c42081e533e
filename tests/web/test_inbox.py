"""The lists of the inbox, as a person meets them."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import Engine, insert, select

from engine.identifiers import new_id
from engine.tables import user_task
from tests.web.journeys import refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import NOW, Time, meddle

NUMBERED = re.compile(r"Number (\S{3}-\S{3}), asked 20 November 2026 at (\S+)")


def test_a_task_of_mine_is_in_my_list_with_its_due_time_and_never_a_name(ana: Browser) -> None:
    start(ana)
    ana.open("/")

    assert len(rows(ana)) == 1
    assert "Decide what to do" in rows(ana)[0]
    assert "Due: 20 November 2026 at 1:00pm in 3 hours" in rows(ana)[0]
    assert "Mia" not in ana.response.get_data(as_text=True)


def test_overdue_comes_first_and_is_the_one_tag_of_its_row(ana: Browser, time: Time) -> None:
    start(ana)
    time.travel(hours=2)
    ana.sign_in("ana")
    start(ana)
    time.travel(hours=2)
    ana.sign_in("ana")

    first, second = rows(ana)
    assert "overdue by 1 hour Overdue" in first
    assert "Overdue" not in second
    for row in ana.page.xpath("//tbody/tr"):
        assert len(row.xpath(".//strong[contains(@class, 'govuk-tag')]")) <= 1


def test_a_list_is_cut_into_pages_and_every_task_is_on_one(ana: Browser) -> None:
    for _ in range(22):
        start(ana)
    ana.open("/")
    on_first = ana.page.xpath("//tbody//a/@href")
    ana.follow("Next")
    on_second = ana.page.xpath("//tbody//a/@href")

    assert (len(on_first), len(on_second)) == (20, 2)
    assert len({*on_first, *on_second}) == 22
    ana.follow("First page")
    assert ana.page.xpath("//tbody//a/@href") == on_first


def test_a_cursor_somebody_made_up_is_refused(ana: Browser) -> None:
    assert ana.open("/?after=nonsense").status_code == 422


def test_a_list_that_there_is_not_is_not_found(ana: Browser) -> None:
    assert ana.open("/?view=everybody").status_code == 404


def test_a_completed_task_is_in_the_completed_list(ana: Browser) -> None:
    start(ana)
    refuse(ana)
    ana.open("/?view=completed")

    assert "Decide what to do" in rows(ana)[0]


def test_rows_that_look_alike_are_told_apart_by_number_and_time(ana: Browser, engine: Engine) -> None:
    start(ana)
    ana.open("/")
    assert "Asked" not in rows(ana)[0]
    with engine.connect() as db:
        row = db.execute(select(user_task)).mappings().one()
    for token, hours in (("second", 0), ("third", 1)):
        more = {"id": new_id(), "token": token, "opened_at": NOW + timedelta(hours=hours)}
        meddle(engine, insert(user_task).values(**{**row, **more}))

    ana.open("/")
    asked = [said.group(1, 2) for row in rows(ana) if (said := NUMBERED.search(row))]
    assert len({number for number, _ in asked}) == 3
    assert sorted(when for _, when in asked) == ["10:00am", "10:00am", "11:00am"]
