"""What a page costs does not grow with the age of its case, nor with the inbox."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, insert, select

from engine.audit.record import Ledger
from engine.database import transaction
from engine.identifiers import new_id
from engine.tables import case, event, record, user_task
from tests.counting import Counted
from tests.web.journeys import case_page, refuse, rows, start
from tests.web.page_browser import Browser
from tests.web.page_world import NOW

ROUNDS, TASKS = 100, 1_000
OF_CASE = ("", "/history", "/history?steps=all", "/documents", "/records", "/process")


def go_round(db: Connection, rounds: int) -> None:
    """So many rounds of the case's first task: asked, taken, answered, recorded, and passed."""
    home = db.execute(select(case)).one()
    task = db.execute(select(user_task).where(user_task.c.element == "decide")).one()
    written = db.execute(select(record)).one()
    ledger = Ledger(home.area_id, home.id, (home.head_seq, home.head_hash), NOW, "ana")
    for number in range(rounds):
        again = task._asdict() | {"id": new_id(), "token": f"round {number}"}
        db.execute(insert(user_task), again)
        db.execute(insert(record), written._asdict() | {"id": new_id(), "task_id": again["id"]})
        said = {"name": task.name, "role": "practitioner", "record": "Decision record"}
        for kind in ("task.opened", "task.claimed", "task.completed", "record.written", "element.completed"):
            of = {"instance_id": task.instance_id, "task_id": again["id"], "element": "decide"}
            ledger.add(kind, **of, payload=said)
    ledger.write(db)


def ask(db: Connection, tasks: int) -> None:
    """So many more tasks for Ana, all open."""
    home = db.execute(select(case)).one()
    task = db.execute(select(user_task).where(user_task.c.element == "decide")).first()
    assert task
    mine = {"state": "open", "assignee_id": "ana", "completed_by": None, "closed_at": None}
    ledger = Ledger(home.area_id, home.id, (home.head_seq, home.head_hash), NOW, "ana")
    db.execute(
        insert(user_task),
        [task._asdict() | mine | {"id": new_id(), "token": new_id()} for number in range(tasks)],
    )
    ledger.add("task.opened", instance_id=task.instance_id, payload={"name": task.name})
    ledger.write(db)


@pytest.fixture
def path(ana: Browser) -> str:
    """The case that Ana began and in which she decided."""
    start(ana)
    refuse(ana)
    return case_page(ana)


def cost(ana: Browser, engine: Engine, pages: list[str]) -> dict[str, Any]:
    """How many statements each page runs, looked at for the second time."""
    found = {}
    for each in pages:
        assert ana.open(each).status_code == 200
        with Counted(engine) as statements:
            ana.open(each)
        found[each] = len(statements)
    return found


def test_the_pages_of_a_case_cost_the_same_after_five_hundred_events(
    ana: Browser, engine: Engine, path: str
) -> None:
    pages = [path + page for page in OF_CASE]
    young = cost(ana, engine, pages)
    with transaction(engine) as db:
        go_round(db, ROUNDS)
        assert db.execute(select(func.count()).where(event.c.chain == path.split("/")[-1])).scalar_one() > 500

    assert cost(ana, engine, pages) == young
    assert max(young.values()) <= 25


def test_an_inbox_of_a_thousand_tasks_costs_what_one_of_twenty_one_does(
    ana: Browser, engine: Engine, path: str
) -> None:
    pages = ["/", "/?view=to_claim", "/?view=completed", "/cases"]
    with transaction(engine) as db:
        ask(db, 21)
    short = cost(ana, engine, pages)
    with transaction(engine) as db:
        ask(db, TASKS - 21)

    assert cost(ana, engine, pages) == short
    ana.open("/")
    assert len(rows(ana)) == 20
    assert "99+" in ana.page.text_content()
    assert max(short.values()) <= 10
