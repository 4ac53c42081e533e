"""Documentation that cannot go stale, because a test reads it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_how_to_names_its_file_in_its_first_line() -> None:
    text = (ROOT / "docs/how_to.md").read_text()
    for heading, body in re.findall(r"^## (.+?)\n+(.+?)(?=^## |\Z)", text, re.M | re.S):
        first = body.strip().splitlines()[0]
        named = re.findall(r"`([\w.*-]+/[\w./*-]+)`", first)
        assert named, f"“{heading}” names no file in its first line"
        for name in named:
            assert list(ROOT.glob(name)), f"“{heading}” names {name}, which is not there"


def test_every_decision_record_has_its_four_parts() -> None:
    for path in (ROOT / "docs/adr").glob("*.md"):
        text = path.read_text()
        for part in ("**Decision.**", "**Why.**", "**What we gave up.**", "**What would change our mind.**"):
            assert part in text, f"{path.name} lacks {part}"


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_readme_s_commands_are_targets_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    commands = set(re.findall(r"^\s*make ([a-z-]+)", (ROOT / "README.md").read_text(), re.M))

    assert {"run", "test"} <= commands <= targets


def test_continuous_integration_calls_the_readme_s_commands() -> None:
    script = (ROOT / ".ci/run").read_text()

    assert "make check" in script and "make test" in script
