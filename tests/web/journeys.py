"""The steps that several tests take before they begin."""

from __future__ import annotations

from tests.web.page_browser import Browser

CONCERN = {
    "subjects-0-name": "Mia Fell",
    "subjects-0-part": "child",
    "subjects-0-date_of_birth-day": "3",
    "subjects-0-date_of_birth-month": "4",
    "subjects-0-date_of_birth-year": "2018",
    "concern": "Bruises on both arms",
}


def start(person: Browser) -> str:
    """Open a case; gives the path of its first task."""
    person.open("/cases/new/small_process")
    person.submit("Open the case", **CONCERN)
    assert person.response.status_code == 200, person.errors
    return person.path


def decide(person: Browser) -> None:
    """Decide not to share, without confirming it yet."""
    person.submit("Continue", decision="not_share")
    person.submit("Continue", reasons="It would put her at risk")


def refuse(person: Browser) -> None:
    """Decide not to share, and confirm it."""
    decide(person)
    person.submit("Confirm")


def case_page(person: Browser) -> str:
    """Go from a task to its case; gives the path of the case."""
    person.follow("Go to case")
    return person.path


def rows(person: Browser) -> list[str]:
    """What each row of the page's table says."""
    return [" ".join(row.text_content().split()) for row in person.page.xpath("//tbody/tr")]


def claim(person: Browser) -> None:
    """Claim the second pair of eyes' task."""
    person.open("/?view=to_claim")
    person.follow("Look over the decision")
    person.submit("Claim this task")


def look_over(person: Browser) -> None:
    """Claim the second pair of eyes' task, and do it."""
    claim(person)
    person.submit("Complete this task", agreed="true")
