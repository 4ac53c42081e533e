"""The steps that several tests take before they begin."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.keyboard import words_for


def open_case(page: Page) -> str:
    """Open a case with the pointer; gives the address of its first task."""
    page.goto("/cases/new/share_information")
    page.get_by_label("Full name").fill("Robin Fell")
    page.get_by_label("Child", exact=True).check()
    page.locator("#trigger").check()
    for box in page.locator("main textarea:visible").all():
        box.fill(words_for({"type": "", "inputmode": ""}))
    page.get_by_role("button", name="Open the case").click()
    page.wait_for_url("**/tasks/*")
    return page.url


def to_the_case(page: Page) -> str:
    page.get_by_role("link", name="Go to case").click()
    return page.url


def page_links(page: Page, path: str, to: str) -> list[str]:
    """Where the links of a page lead that begin with `to`."""
    page.goto(path)
    links = page.locator(f"main a[href^='{to}']")
    return sorted(set(links.evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")))
