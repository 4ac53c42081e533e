"""Real Chromium before the real application. Without Chromium: a skip for a person, a failure in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.live import served
from tests.browser.watch import Watch

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("TEST_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        message = "Browser tests need Chromium: install it, or set TEST_CHROMIUM to where it is."
        (pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip)(message)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses to run as root
    return {**browser_type_launch_args, "executable_path": found, "args": sandbox}


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live") / "handrail.sqlite3"


@pytest.fixture(scope="session")
def address(database: Path) -> Iterator[str]:
    """Where the application runs, for all browser tests together."""
    with served(database) as at:
        yield at


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """A page in a browser of its own, watched: a violation of the policy or an error in it fails the test."""
    watches: list[Watch] = []
    contexts = []

    def open_one(who: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=address, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        watches.append(Watch(page))
        if who:
            sign_in(page, who)
        return page

    yield open_one
    for context in contexts:
        context.close()
    found = [each for watch in watches for each in watch.found]
    assert found == []


def sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in").click()
    theirs = page.locator("details", has_text=who).last  # of their organisation
    theirs.locator("summary").click()
    theirs.get_by_role("button", name=who).click()
    page.wait_for_url("**/")
