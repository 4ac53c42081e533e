"""A case from the first concern to its record: three people, the keyboard alone, no barrier on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.keyboard import Keyboard
from tests.browser.watch import barriers

pytestmark = pytest.mark.browser

ONWARDS = ("Continue", "Complete this task", "Confirm")
LONGEST = 40  # pages of one person in one case


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def answer_what_is_asked(keyboard: Keyboard, seen: list[str]) -> list[str]:
    """Go from task to task until nothing is asked any more. Gives the headings on the way."""
    page, headings = keyboard.page, []
    for _ in range(LONGEST):
        headings.append(heading(page))
        seen += barriers(page)
        offered = page.locator("main form button:visible").all_inner_texts()
        if not set(offered) & set(ONWARDS):
            return headings
        keyboard.fill(*ONWARDS)
        assert page.locator(".govuk-error-summary").count() == 0, (
            heading(page),
            page.locator("main").inner_text(),
        )
    raise AssertionError(f"The tasks do not come to an end: {headings}")


def claim_and_answer(keyboard: Keyboard, task: str, seen: list[str]) -> None:
    keyboard.go_to("To claim")
    seen += barriers(keyboard.page)
    keyboard.go_to(task)
    seen += barriers(keyboard.page)
    keyboard.go_to("Claim this task")
    answer_what_is_asked(keyboard, seen)


def sign_in(keyboard: Keyboard, who: str, found_under: str, seen: list[str]) -> None:
    keyboard.page.goto("/")
    seen += barriers(keyboard.page)
    keyboard.go_to("Sign in")
    keyboard.unfold(found_under)
    seen += barriers(keyboard.page)
    keyboard.go_to(who)
    assert heading(keyboard.page) == "Inbox"


def test_a_case_goes_from_concern_to_record_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    """Amira says yes to immediate danger, so police and social care get a task each, beside her own."""
    seen: list[str] = []
    amira, sam, nadia = (Keyboard(open_page()) for _ in range(3))
    sign_in(amira, "Amira Nawaz", "Deciding whether to share", seen)
    amira.go_to("Start a case")
    seen += barriers(amira.page)
    amira.go_to("I am worried about a child")
    seen += barriers(amira.page)
    amira.fill("Open the case")
    asked = answer_what_is_asked(amira, seen)
    assert asked[0] == "Has a crime been committed, or is a child at immediate risk?"
    assert "Check your answers" in asked

    sign_in(sam, "PC Sam Hargreaves", "Humberside Police", seen)
    claim_and_answer(sam, "Police: receive what is known", seen)
    sign_in(nadia, "Nadia Petrov", "The hub, child protection", seen)
    claim_and_answer(nadia, "Children's social care: receive what is known", seen)

    amira.go_to("Cases")
    seen += barriers(amira.page)
    amira.page.keyboard.press("Escape")
    amira.go_to("When and how to share information")
    seen += barriers(amira.page)
    read_the_case(amira, seen)

    assert seen == []
    assert [*amira.unseen, *sam.unseen, *nadia.unseen] == []


def test_advice_is_asked_and_given_by_keyboard_alone(open_page: Callable[..., Page]) -> None:
    """The lead who advises sees the question and not the case. Danger can be reported meanwhile."""
    seen: list[str] = []
    amira, tom = Keyboard(open_page()), Keyboard(open_page())
    sign_in(amira, "Amira Nawaz", "Deciding whether to share", seen)
    amira.go_to("Start a case")
    amira.go_to("I am worried about a child")
    amira.fill("Open the case")
    amira.go_to("Go to case")
    case = amira.page.url
    amira.go_to("Ask for advice")
    seen += barriers(amira.page)
    amira.fill("Ask for advice")
    assert amira.page.locator(".govuk-error-summary").count() == 0

    sign_in(tom, "Tom Okafor", "Ashby Vale Primary School", seen)
    tom.go_to("To claim")
    tom.go_to("What is your advice?")
    tom.go_to("Claim this task")
    answer_what_is_asked(tom, seen)
    assert "Robin Fell" not in tom.page.content()

    amira.page.goto(case)
    amira.go_to("Immediate danger")
    seen += barriers(amira.page)
    amira.fill("Immediate danger")
    seen += barriers(amira.page)
    assert amira.page.locator(".govuk-error-summary").count() == 0
    assert seen == []
    assert [*amira.unseen, *tom.unseen] == []


def read_the_case(keyboard: Keyboard, seen: list[str]) -> None:
    """Every page of the case, down to the decision record."""
    page = keyboard.page
    keyboard.go_to("What happened")
    seen += barriers(page)
    assert "PC Sam Hargreaves" in page.locator("main").inner_text()
    keyboard.go_to("Process")
    page.locator("[data-drawn]").wait_for()
    seen += barriers(page)
    keyboard.go_to("Records")
    seen += barriers(page)
    keyboard.go_to("Decision record")
    seen += barriers(page)
    assert heading(page) == "Decision record"
    assert page.get_by_role("button", name="Print this record").count() == 1
    page.emulate_media(media="print")
    assert page.locator("article").is_visible()
    for part in (
        ".govuk-generic-header",
        ".govuk-service-navigation",
        ".handrail-footer",
        ".handrail-no-print",
    ):
        assert not page.locator(part).is_visible(), part
