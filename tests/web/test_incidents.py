"""The pages on which an operator puts right what stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.database import connect
from engine.operations import OPERATIONS
from engine.tables import metadata
from tests.engine.incidents.register import Register, World
from tests.web.journeys import rows
from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, Time, application
from web.demo_identity import ISSUER


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = connect(f"sqlite:///{tmp_path / 'incidents.sqlite3'}")
    metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def world(engine: Engine, time: Time) -> Iterator[World]:
    register = OPERATIONS["fetch"] = Register()
    clock: Any = time()
    yield World(engine, clock, register, issuer=ISSUER).build()
    del OPERATIONS["fetch"]


@pytest.fixture
def person(world: World, time: Time) -> Callable[[str], Browser]:
    app = application(world.engine, time, demo_area="a")

    def sign_in(name: str) -> Browser:
        browser = Browser(app.test_client(), ADDRESS)
        browser.sign_in(name)
        return browser

    return sign_in


@pytest.fixture
def olu(person: Callable[[str], Browser]) -> Browser:
    return person("olu")


def look(olu: Browser) -> None:
    olu.open("/incidents")
    olu.follow("Look in the register")


def test_only_operators_are_offered_incidents(world: World, person: Callable[[str], Browser]) -> None:
    world.stopped()
    ada, olu = person("ada"), person("olu")
    ada.open("/")
    olu.open("/")

    assert not ada.page.xpath("//nav//a[@href='/incidents']")
    assert olu.page.xpath("//nav//a[@href='/incidents']")
    assert ada.open("/incidents").status_code in (403, 404)
    assert ada.open(f"/incidents/{world.only()}").status_code == 404


def test_the_list_says_where_and_why_and_names_nobody(world: World, olu: Browser) -> None:
    world.stopped()
    olu.open("/incidents")

    (row,) = rows(olu)
    assert "Look in the register" in row and "Expected the register to be open." in row
    assert "Maya" not in olu.response.get_data(as_text=True)


def test_nothing_stopped_is_said(world: World, olu: Browser) -> None:
    olu.open("/incidents")
    assert "Nothing has stopped" in olu.text


def test_trying_again_leads_back_to_the_list(world: World, olu: Browser) -> None:
    opened = world.stopped()
    look(olu)
    assert olu.heading == "Look in the register"
    world.register.answers = [{"found": True}]
    olu.submit("Try again", reason="The register is open again.")

    assert "It was tried again, and it went on." in olu.text and "Nothing has stopped" in olu.text
    assert world.tasks(opened) == ["read"]


def test_what_stops_again_is_shown_at_once(world: World, olu: Browser) -> None:
    world.stopped()
    look(olu)
    olu.submit("Try again", reason="Perhaps now.")

    assert "the process stopped again" in olu.text and olu.heading == "Look in the register"


def test_a_missing_reason_is_told_at_the_form_that_lacks_it(world: World, olu: Browser) -> None:
    world.stopped()
    look(olu)
    olu.submit("Skip it")

    assert olu.response.status_code == 422
    assert olu.errors == ["Say why, in up to 500 characters"]
    (link,) = olu.page.xpath("//*[contains(@class, 'govuk-error-summary__list')]//a/@href")
    assert link == "#skip-reason" and olu.page.xpath("//*[@id='skip-reason']")
    (opened,) = olu.page.xpath("//details[@open]")
    assert "Skip the step" in opened.text_content()


def test_a_correction_comes_before_the_next_try(world: World, olu: Browser) -> None:
    world.stopped()
    look(olu)
    assert "go_on" in olu.text
    olu.submit("Correct it", variable="go_on", kind="text", value="no", reason="Misread.")
    assert "Corrected. Now try the step again." in olu.text
    world.register.answers = [{"found": True}]
    olu.submit("Try again", reason="Corrected.")

    assert [asked["asked"] for asked in world.register.asked] == ["yes", "no"]


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("number", "three", "Enter the value as JSON, or choose another kind"),
        ("number", "true", "Enter a number, such as 3 or 0.5"),
        ("json", "{", "Enter the value as JSON, or choose another kind"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_was_typed_kept(
    world: World, olu: Browser, kind: str, text: str, error: str
) -> None:
    world.stopped()
    look(olu)
    olu.submit("Correct it", variable="count", kind=kind, value=text, reason="Misread.")

    assert olu.errors == [error]
    assert olu.page.xpath("//textarea[@id='correct-value']")[0].text.strip() == text


def test_a_way_out_must_be_chosen_where_there_are_several(world: World, olu: Browser) -> None:
    opened = world.stopped({})
    olu.open("/incidents")
    olu.follow("Found?")
    olu.submit("Skip it", reason="Found by telephone.")
    assert olu.errors == ["Expected to be told which flow to leave by: there are several."]
    assert olu.page.xpath("//textarea[@id='skip-reason']")[0].text.strip() == "Found by telephone."
    olu.submit("Skip it", reason="Found by telephone.", flow="yes")

    assert world.tasks(opened) == ["read"]


def test_the_process_goes_on_elsewhere_or_ends(world: World, olu: Browser) -> None:
    first = world.stopped()
    look(olu)
    olu.submit("Go on there", reason="Ask again.", to="prepare")
    assert "The process goes on there." in olu.text
    second = world.stopped()
    look(olu)
    olu.submit("End the process", reason="Opened twice.")

    assert "The process was ended" in olu.text
    assert world.tasks(first) == ["prepare"] and world.tasks(second) == []


def test_every_id_of_the_page_is_there_once_and_every_field_has_a_label(world: World, olu: Browser) -> None:
    world.stopped({})
    olu.open("/incidents")
    olu.follow("Found?")

    ids = olu.page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in olu.page.xpath("//main//textarea | //main//select | //main//input[@type!='hidden']"):
        assert olu.page.xpath(f"//label[@for='{field.get('id')}']"), field.get("id")
    assert len(olu.page.xpath("//main//details")) == 5


def test_an_incident_that_is_over_offers_nothing(world: World, olu: Browser) -> None:
    world.stopped()
    found = world.only()
    look(olu)
    path = olu.path
    olu.submit("End the process", reason="Opened twice.")
    olu.open(path)
    assert "The process was ended" in olu.text and not olu.page.xpath("//main//form")

    assert world.resolution(found) == "cancelled"
