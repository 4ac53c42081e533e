"""Every kind of page there is: nothing on it is a barrier, and it fits a narrow screen.

A kind of page is an endpoint, so that one which nobody looks at here is noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy import insert, select
from werkzeug.exceptions import HTTPException

from engine.audit.record import Ledger
from engine.database import connect, transaction
from engine.identifiers import new_id
from engine.tables import case, incident, user_task
from tests.browser.journeys import open_case, page_links, to_the_case
from tests.browser.keyboard import Keyboard
from tests.browser.live import served
from tests.browser.watch import barriers
from tests.web.page_world import Time, application

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
NO_PAGES = {  # files, ways through, and what only programs ask for
    *("static_file", "documents.read", "progress.source"),
    *("demo_identity.configuration", "demo_identity.keys"),
}
PDF = {"name": "drawing.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a drawing"}
_SEND = """([path, fields]) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = path;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


@dataclass
class Look:
    """Somebody who looks at pages. `seen` are their addresses, `found` what is wrong with them."""

    page: Page
    seen: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def at(self, path: str, status: int = 200) -> None:
        answer = self.page.goto(path)
        assert answer
        assert answer.status == status, path
        self.here()

    def here(self) -> None:
        """The page as it stands."""
        self.seen.append(self.page.url)
        self.found += barriers(self.page)
        self.page.set_viewport_size(NARROW)
        if self.page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            self.found.append(f"{self.page.url} is wider than a narrow screen")
        self.page.set_viewport_size(WIDE)

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).first.click()

    def refused(self, path: str, heading: str, **fields: str) -> None:
        """What somebody sends from an old window, or by their own making; and the page that says no."""
        with self.page.expect_navigation():
            self.page.evaluate(_SEND, [path, fields])
        assert self.page.locator("h1").inner_text() == heading
        self.here()

    @property
    def token(self) -> dict[str, str]:
        return {"csrf_token": self.page.locator("[name=csrf_token]").first.input_value()}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """One of its own: nobody else finds the tasks that are left here."""
    return tmp_path / "handrail.sqlite3"


@pytest.fixture
def address(database: Path) -> Iterator[str]:
    with served(database) as at:
        yield at


@pytest.fixture
def look(open_page: Callable[..., Page]) -> Callable[[str], Look]:
    return lambda who: Look(open_page(who, viewport=WIDE))


def lists_and_starts(amira: Look) -> None:
    for path in ("/", "/?view=to_claim", "/?view=completed", "/cases", "/cases/new", "/clocks"):
        amira.at(path)
    for path in page_links(amira.page, "/cases/new", "/cases/new/"):
        amira.at(path)
        amira.press("Open the case")
        amira.here()


def a_task(amira: Look) -> tuple[str, str]:
    """From its questions to the record of its answers. Gives the addresses of the task and of its case."""
    task = open_case(amira.page)
    amira.here()
    amira.press("Complete this task")
    amira.here()
    amira.at(f"{task}/declaration")
    amira.press("Declare")
    amira.here()
    amira.page.goto(task)
    keyboard = Keyboard(amira.page)
    while amira.page.locator("h1").inner_text() != "Check your answers":
        keyboard.fill("Continue", "Complete this task")
    amira.here()
    amira.press("Confirm")
    amira.at(task)
    case = to_the_case(amira.page)
    return task, case


def a_case(amira: Look, case: str) -> None:
    for path in ("", "/history", "/history?steps=all", "/documents", "/process"):
        amira.at(case + path)
    amira.at(page_links(amira.page, f"{case}/process", urlsplit(case).path + "/process/")[0])
    for path in page_links(amira.page, case, urlsplit(case).path + "/messages/"):
        amira.at(path)
    amira.at(f"{case}/records")
    amira.page.locator("tbody a").first.click()
    amira.here()


def documents(amira: Look, task: str, case: str) -> None:
    amira.at(f"{task}/documents")
    amira.at(f"{case}/documents")
    amira.page.locator("#file").set_input_files(PDF)  # type: ignore[arg-type]  # a dictionary is a file payload
    amira.page.locator("#about").fill("Her drawing of the house, made on 3 March")
    amira.press("Attach the document")
    amira.here()
    amira.page.locator("summary", has_text="Withdraw").click()
    amira.press("Withdraw the document")
    amira.here()


def refusals(amira: Look, task: str, case: str) -> None:
    amira.at("/nothing", 404)
    amira.at(f"{task}/claim", 405)
    amira.at(task)
    amira.refused(task, "This form is too old")
    amira.at(f"{case}/documents")
    amira.refused(task, "This task is no longer open", **amira.token)
    amira.at(f"{case}/documents")
    amira.refused(task, "That is too much at once", concern="x" * 2_200_000, **amira.token)
    amira.page.goto(case)
    theirs = amira.page.locator("tr", has_text="not claimed").locator("a").first.get_attribute("href")
    amira.at(f"{case}/documents")
    amira.refused(f"{theirs}/claim", "Somebody else has to do this", **amira.token)


def signed_out(amira: Look, task: str, case: str) -> None:
    """The session ends while a page is open: what is sent is refused, what is asked for leads to sign in."""
    amira.page.goto(f"{case}/documents")
    token = amira.token
    amira.page.context.clear_cookies(name="handrail")
    amira.refused(task, "You are signed out", **token)
    amira.at(case)
    assert urlsplit(amira.page.url).path == "/sign-in"
    amira.at("/sign-in/callback", 401)
    for path in ("/accessibility", "/cookies"):
        amira.at(path)
    amira.page.goto("/sign-in")
    amira.press("Sign in with the demonstration")
    amira.here()


def stop(database: Path, task_id: str) -> None:
    """Let an incident be at the task, as if its step could not go on."""
    with transaction(connect(f"sqlite:///{database}")) as db:
        task = db.execute(select(user_task).where(user_task.c.id == task_id)).one()
        home = db.execute(select(case).where(case.c.id == task.case_id)).one()
        ledger = Ledger(home.area_id, home.id, (home.head_seq, home.head_hash), datetime.now(UTC), None)
        names = ("area_id", "case_id", "instance_id", "token", "element", "name")
        row = {name: getattr(task, name) for name in names}
        row |= {"id": new_id(), "cause": "Expected an answer of the register.", "raised_at": ledger.at}
        db.execute(insert(incident), row)
        ledger.add("incident.raised", instance_id=task.instance_id, element=task.element)
        ledger.write(db)


def an_incident(operator: Look) -> None:
    """Every way to put it right, one that is refused, and the page of what was put right."""
    operator.at("/incidents")
    (stopped,) = page_links(operator.page, "/incidents", "/incidents/")
    operator.at(stopped)
    operator.page.locator("main details").evaluate_all("(all) => all.forEach((each) => (each.open = true))")
    operator.here()
    operator.press("Correct it")
    assert operator.page.title().startswith("Error: ")
    operator.here()
    operator.page.goto(stopped)
    operator.page.locator("summary", has_text="End the process").click()
    operator.page.locator("#cancel-reason").fill("It was opened twice")
    operator.press("End the process")
    operator.here()
    operator.at(stopped)
    assert "The process was ended" in operator.page.locator("main").inner_text()


def endpoints(seen: list[str], tmp_path: Path) -> tuple[set[str], set[str]]:
    """Which kinds of page were seen, and which there are."""
    routes = application(connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}"), Time()).url_map
    every = {rule.endpoint for rule in routes.iter_rules() if "GET" in (rule.methods or ())}
    adapter = routes.bind("127.0.0.1")
    found = {_endpoint(adapter, urlsplit(address).path) for address in seen}
    return found, every - NO_PAGES


def _endpoint(adapter: Any, path: str) -> str:
    try:
        return str(adapter.match(path, method="GET")[0])
    except HTTPException:  # what no page is at, or only a button leads to
        return ""


def test_no_kind_of_page_has_a_barrier_or_is_too_wide(
    look: Callable[[str], Look], database: Path, tmp_path: Path
) -> None:
    amira, operator = look("Amira Nawaz"), look("Alex Winter")
    lists_and_starts(amira)
    task, path = a_task(amira)
    a_case(amira, path)
    documents(amira, task, path)
    refusals(amira, task, path)
    stop(database, open_case(amira.page).rsplit("/", 1)[1])
    an_incident(operator)
    signed_out(amira, task, path)

    assert [*amira.found, *operator.found] == []
    seen, every = endpoints([*amira.seen, *operator.seen], tmp_path)
    assert every - seen == set()
