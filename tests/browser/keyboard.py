"""A person who uses the keyboard alone: Tab, arrows, Space, Enter and typing. Nothing is ever clicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

FARTHEST = 250  # presses of Tab before giving up
_FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const group = at.name ? [...document.getElementsByName(at.name)] : [];
  return {
    tag: at.tagName, type: at.type || "", name: at.name || "", value: at.value || "", id: at.id,
    text: (at.innerText || "").trim().replace(/\\s+/g, " "),
    checked: group.some((each) => each.checked),
    inputmode: at.inputMode || "",
    inForm: Boolean(at.closest("main form")),
    seen: box.width > 0 && box.height > 0 && style.visibility !== "hidden",
    ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
  };
}"""
_DATES = {"day": "3", "month": "4", "year": "2019", "time": "2:30pm"}
_STILL_TO_COME = ("review", "expires")  # dates that may not be past


def _date(name: str) -> str | None:
    """What to type into one input of a date: `birth-year` was 2019, `review_at-year` is far ahead."""
    unit = name.rsplit("-", 1)[-1]
    if unit == "year" and any(word in name for word in _STILL_TO_COME):
        return "2099"
    return _DATES.get(unit)


@dataclass
class Keyboard:
    """What somebody does at a page without a mouse. `unseen` are places where focus could not be seen."""

    page: Page
    unseen: list[str] = field(default_factory=list)

    def press_tab(self) -> dict[str, Any]:
        self.page.keyboard.press("Tab")
        return self.focused()

    def focused(self) -> dict[str, Any]:
        at: dict[str, Any] = self.page.evaluate(_FOCUSED)
        if at["tag"] != "BODY" and not (at["seen"] and (at["ring"] or at["type"] in ("radio", "checkbox"))):
            self.unseen.append(f"{self.page.url} {at['tag']} {at['id']} {at['text']}")
        return at

    def go_to(self, text: str) -> None:
        """Tab to the link or button that says this, and press Enter."""
        self._reach(text, "A", "BUTTON")
        self._enter()

    def unfold(self, text: str) -> None:
        """Tab to the folded part of a page that says this, and open it."""
        self._reach(text, "SUMMARY")
        self.page.keyboard.press("Enter")

    def _reach(self, text: str, *tags: str) -> None:
        words = " ".join(text.split())
        for _ in range(FARTHEST):
            at = self.press_tab()
            if at["tag"] in tags and at["text"].startswith(words):
                return
        raise AssertionError(f"The keyboard does not reach “{text}” on {self.page.url}.")

    def fill(self, *buttons: str) -> None:
        """Answer every question that Tab reaches, then press the first of these buttons that it comes to."""
        for _ in range(FARTHEST):
            at = self.press_tab()
            if at["tag"] == "BUTTON" and at["text"] in buttons:
                self._enter()
                return
            if at["inForm"]:
                self._answer(at)
        raise AssertionError(f"The keyboard does not reach {buttons} on {self.page.url}.")

    def _answer(self, at: dict[str, Any]) -> None:
        if at["type"] in ("radio", "checkbox"):
            if not at["checked"]:
                self.page.keyboard.press("Space")
                self.page.locator("form[aria-busy]").wait_for(state="detached")
        elif at["tag"] == "SELECT":
            self.page.keyboard.press("ArrowDown")
        elif at["tag"] in ("INPUT", "TEXTAREA") and not at["value"]:
            self.page.keyboard.type(_date(at["name"]) or words_for(at))

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def words_for(at: dict[str, Any]) -> str:
    """Something that can be written there."""
    if at.get("name", "").startswith("subjects-"):
        return "Robin Fell"  # whom advice may not name
    if at["type"] == "email":
        return "duty@example.org"
    if at["type"] == "tel":
        return "01724 555 0100"
    return (
        "2"
        if at["inputmode"] in ("numeric", "decimal")
        else "Seen on two days by two people, in their words."
    )
