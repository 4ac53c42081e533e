"""Choosing who to be in the demonstration: by what there is to see, and by organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.web.page_browser import Browser
from tests.web.page_world import ADDRESS, Time, application


@dataclass(frozen=True)
class Seen:
    title: str
    told: str
    finds: Mapping[str, str]


CHAPTERS = {
    "Sharing": [
        Seen("Neglect", "The lead is asked.", {"ben": "A teacher waits for you.", "ana": "You wait."}),
        Seen("A nursery", "It asks.", {"ben": "A nursery waits for you.", "gone": "You left."}),
    ],
    "The hub": [Seen("A move", "Nobody answered.", {"cas": "Telephone them."})],
}
FINDS = {"ben": ["A teacher waits for you.", "A nursery waits for you."], "ana": ["You wait."]}


def choosing(engine: Engine, **settings: Any) -> Browser:
    """Somebody who is about to say who they are."""
    one = Browser(application(engine, Time(), **settings).test_client(), ADDRESS)
    one.open("/sign-in")
    one.submit("Sign in with the demonstration")
    return one


@pytest.fixture
def one(engine: Engine) -> Browser:
    return choosing(engine, demo_chapters=CHAPTERS, demo_finds=FINDS)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def part(page: Any, heading: str) -> Any:
    """The folded part under this heading."""
    (found,) = (each for each in page.xpath("//details") if words(each.find("summary")).startswith(heading))
    return found


def test_everything_is_folded_under_what_there_is_to_see_and_then_by_organisation(one: Browser) -> None:
    folded = one.page.xpath("//details")

    assert [words(each.find("summary")) for each in folded] == [
        "Sharing Neglect. A nursery.",
        "The hub A move.",
        "Police",
        "School",
    ]
    assert [each.get("open") for each in folded] == [None] * len(folded)


def test_each_case_names_its_people_and_what_they_find(one: Browser) -> None:
    sharing = part(one.page, "Sharing")

    assert [words(each) for each in sharing.xpath(".//h3")] == ["Neglect", "A nursery"]
    assert [words(each) for each in sharing.xpath(".//li")] == [
        "Ben Shaw A teacher waits for you. Deputy head, School",
        "Ana Reid You wait. Teacher, School",
        "Ben Shaw A nursery waits for you. Deputy head, School",
    ]


def test_each_organisation_names_everybody_with_all_that_they_find(one: Browser) -> None:
    lead = "Designated safeguarding lead"

    assert [words(each) for each in part(one.page, "School").xpath(".//li")] == [
        "Ana Reid You wait. Teacher: Practitioner",
        f"Ben Shaw A teacher waits for you. A nursery waits for you. Deputy head: {lead}, Practitioner",
        f"Dee Hart Looks on: nothing waits yet. Head teacher: {lead}",
    ]


def test_every_button_is_described_by_what_its_person_finds(one: Browser) -> None:
    buttons = one.page.xpath("//button[@name='person']")
    described = [one.page.get_element_by_id(each.get("aria-describedby")) for each in buttons]

    assert len(set(described)) == len(buttons) == 8
    assert all(words(each) for each in described)


def test_whoever_is_chosen_is_signed_in(one: Browser) -> None:
    one.submit("Cas Wood")

    assert one.heading == "Inbox"
    assert "Cas Wood" in words(one.page)


def test_where_there_is_nothing_to_see_everybody_stands_by_organisation(engine: Engine) -> None:
    one = choosing(engine)

    assert [words(each) for each in one.page.xpath("//h2")] == ["Everybody, by organisation"]
    assert words(part(one.page, "Police").xpath(".//li")[0]) == "Cas Wood Constable: Practitioner"
