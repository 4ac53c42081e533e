"""Pages on a narrow screen, without a script, on paper; the drawing and its twin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import sign_in
from tests.browser.journeys import open_case, to_the_case
from tests.browser.watch import barriers

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}  # what 1280 pixels are at a zoom of 400%


def test_no_page_is_wider_than_a_narrow_screen(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz", viewport=NARROW)
    task = open_case(page)
    case = to_the_case(page)
    messages = page.locator(".handrail-actions a").evaluate_all("(all) => all.map((each) => each.href)")
    assert messages
    found = []
    for path in (
        *messages,
        *("/", "/?view=to_claim", "/?view=completed", "/cases", "/cases/new", "/cases/new/share_information"),
        *(task, case, f"{case}/history", f"{case}/records", f"{case}/process"),
        *("/clocks", "/accessibility", "/cookies", "/nothing"),
    ):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            found.append(path)
        found += barriers(page)

    assert found == []


def test_whom_to_be_is_found_on_a_narrow_screen(open_page: Callable[..., Page]) -> None:
    page = choose_who(open_page(viewport=NARROW))
    for part in page.locator("summary").all():
        part.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert barriers(page) == []


def test_whom_to_be_is_found_without_a_script(open_page: Callable[..., Page]) -> None:
    page = choose_who(open_page(java_script_enabled=False))
    tom = page.get_by_role("button", name="Tom Okafor").first
    assert not tom.is_visible()

    page.locator("summary", has_text="Deciding whether to share").click()
    tom.click()

    assert page.locator("h1").inner_text() == "Inbox"


def choose_who(page: Page) -> Page:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    return page


def test_errors_take_the_focus_and_lead_to_the_question(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    page.goto("/cases/new/share_information")
    page.get_by_role("button", name="Open the case").click()

    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    assert barriers(page) == []
    page.get_by_role("link", name="Enter their name").click()
    assert page.evaluate("document.activeElement.name") == "subjects-0-name"


def test_what_is_typed_survives_a_window_that_is_closed(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    task = open_case(page)
    page.locator("main input[type=radio]").first.check()
    page.locator("main textarea:visible").first.fill("A bruise on the left arm")
    page.get_by_text("What you typed is saved.").wait_for()
    assert barriers(page) == []

    page.goto(task)
    assert page.locator("main textarea:visible").first.input_value() == "A bruise on the left arm"


def test_a_question_appears_as_soon_as_an_answer_brings_it_up(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    page.goto("/cases/new/share_information")
    hidden = page.get_by_label("Name of the person who asks")
    assert not hidden.is_visible()
    page.get_by_label("Somebody has asked me for information").check()

    hidden.wait_for(state="visible")
    page.get_by_label("I am concerned about a child or family").check()
    hidden.wait_for(state="hidden")


def test_everything_works_without_a_script(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz", java_script_enabled=False)
    page.goto("/cases/new/share_information")
    page.get_by_label("Full name").fill("Robin Fell")
    page.get_by_label("Child", exact=True).check()
    page.get_by_label("Somebody has asked me for information").check()
    page.locator("main textarea:visible").fill("Bruises on both arms")
    page.get_by_role("button", name="Open the case").click()
    assert "Your answers bring up" in page.locator("main").inner_text()
    assert page.get_by_label("Name of the person who asks").is_visible()

    page.get_by_label("I am concerned about a child or family").check()
    page.get_by_role("button", name="Open the case").click()
    assert "/tasks/" in page.url
    case = to_the_case(page)
    page.goto(f"{case}/process")
    assert not page.locator("[data-diagram]").is_visible()
    assert page.locator("[data-step]").count() > 10


def test_the_drawing_marks_exactly_what_the_list_of_steps_says(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    open_case(page)
    case = to_the_case(page)
    page.goto(f"{case}/process")
    page.locator("[data-drawn]").wait_for()

    for state, said in (("now", "Here now"), ("done", "Done")):
        drawn = page.locator(f".handrail-{state}[data-element-id]").evaluate_all(
            "(all) => all.map((each) => each.dataset.elementId)"
        )
        listed = page.locator(f"[data-step]:has-text('{said}')").evaluate_all(
            "(all) => all.map((each) => each.dataset.step)"
        )
        assert sorted(drawn) == sorted(listed), state
        assert drawn, state
    assert page.locator(".bjs-powered-by").is_visible()


def test_every_drawing_has_its_list_of_steps(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    open_case(page)
    page.goto(f"{to_the_case(page)}/process")
    links = page.locator("details a").evaluate_all("(all) => all.map((each) => each.href)")
    assert links

    for link in links:
        page.goto(link)
        page.locator("[data-drawn]").wait_for()
        drawn = page.locator(".djs-shape[data-element-id]").evaluate_all(
            "(all) => all.map((each) => each.dataset.elementId)"
        )
        listed = page.locator("[data-step]").evaluate_all("(all) => all.map((each) => each.dataset.step)")
        assert set(listed) <= set(drawn), link
        assert listed, link


def test_somebody_elses_case_is_a_page_that_says_what_to_do(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    open_case(page)
    case = to_the_case(page)
    other = open_page()
    sign_in(other, "Beth Lindqvist")
    other.goto(case)

    assert other.locator("h1").inner_text() == "Page not found"
    assert barriers(other) == []


def test_the_first_tab_leads_past_the_navigation(open_page: Callable[..., Page]) -> None:
    page = open_page("Amira Nawaz")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main-content"
