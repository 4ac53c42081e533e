"""The page about clocks, and how a due time is opened where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.deadlines import Deadlines, Hub, Override
from policy.clocks import CLOCKS
from tests.web.page_browser import Browser
from tests.web.page_world import Time

PEOPLE = ("Ann Lee, chair", "Bo Ray, information governance lead")
OURS = Override("hours", 3, "Our hub promises it.", PEOPLE, date(2026, 1, 5))


def test_every_clock_is_shown_with_its_source_and_how_sure_it_is(ana: Browser) -> None:
    ana.open("/clocks")

    assert {each.get("id") for each in ana.page.xpath("//tr[@id]")} == set(CLOCKS)
    assert "Nothing. Every clock has its usual value." in ana.text
    assert "Our own proposal: no source claims it" in ana.text
    assert "The local practice of one force or council: a default, not the law" in ana.text
    assert "It may stand still while proof of identity" in ana.text


def test_a_local_value_is_shown_with_who_decided_when_and_why(ana: Browser, time: Time) -> None:
    hub = Hub("north", frozenset({"north-mash"}), {"mash_red": OURS})
    time.deadlines = Deadlines({"advice_routine": OURS}, hubs=[hub])

    ana.open("/clocks")

    because = "Decided by Ann Lee, chair and Bo Ray, information governance lead on 5 January 2026, because: "
    assert f"3 hours, instead of 2 working days. {because}Our hub promises it." in ana.text
    assert f"3 hours at the hub north, instead of 4 hours. {because}Our hub promises it." in ana.text


def test_clocks_are_for_people_who_signed_in(visitor: Callable[..., Browser]) -> None:
    stranger = visitor()

    stranger.open("/clocks")

    assert stranger.path == "/sign-in"
    assert stranger.page.xpath("//tr[@id]") == []
    assert stranger.page.xpath("//a[@href='/clocks']") == []


def test_each_page_leads_there(ana: Browser) -> None:
    ana.open("/")

    assert ana.page.xpath("//a[@href='/clocks'][text()='Clocks']")
