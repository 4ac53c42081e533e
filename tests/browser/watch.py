"""Notices what a person would not see: broken policy, errors in scripts, and what axe finds."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_LISTEN = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
# Chromium logs every answer of 400 and above; a form with errors is one, and is meant.
_MEANT = "Failed to load resource: the server responded with a status of 4"


class Watch:
    """Everything wrong that a page's own console says."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.add_init_script(_LISTEN)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_MEANT):
            self.found.append(f"{message.location.get('url')}: {message.text}")


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it stands, one line each."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": LEVELS}})
    return [
        f"{page.url}: {rule['id']}: {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
