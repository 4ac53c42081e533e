"""What diagrams, forms and pages of guidance say, and never say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.workflows.shipped import EVERY, PROCESSES, every_field
from tests.workflows.test_forms import shown
from tests.workflows.walking import WORKFLOWS

FORBIDDEN = re.compile(r"no[- ]records?\b|no[- ]trace\b|nothing (is )?known\b(?! to)", re.IGNORECASE)
FORBIDDING = re.compile(r"\bnever\b|^nothing said means or implies", re.IGNORECASE)


def sentences() -> Iterator[str]:
    """Every sentence that a diagram, a form, a table or a page of guidance says."""
    for path in sorted(WORKFLOWS.rglob("*.*")):
        for text in texts(path):
            yield from re.split(r"(?<=[.?!])\s+|\n", text)


def texts(path: Path) -> Iterator[str]:
    if path.suffix == ".form":
        yield from strings(json.loads(path.read_text()))
    elif path.suffix in (".bpmn", ".dmn"):
        for node in ElementTree.fromstring(path.read_bytes()).iter():
            yield from (node.text or "", *node.attrib.values())
    elif path.suffix == ".md":
        yield path.read_text()


def strings(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from strings(each)


def test_no_words_say_that_there_is_no_record():
    """Where the words stand at all, they stand as what is never said."""
    found = [each.strip() for each in sentences() if FORBIDDEN.search(each)]
    assert [each for each in found if not FORBIDDING.search(each)] == []
    assert found, "Expected the guidance to name the words that are never said"


def test_no_name_of_a_task_holds_an_answer():
    """What stands in lists, titles and messages is the same for everybody."""
    named = [each.name for _, each in EVERY] + [process.name for process in PROCESSES.values()]
    assert [name for name in named if name.startswith("=") or "{{" in name] == []


def test_no_mail_is_sent():
    """Whoever adds it decides first what a subject line and a body may hold."""
    for package in ("handrail", "web", "api", "engine", "policy"):
        for path in (WORKFLOWS.parent / package).rglob("*.py"):
            assert not re.search(r"\b(smtplib|flask_mail|sendgrid|sendmail)\b", path.read_text()), path


PLACES = re.compile(r"\bLincolnshire|\bHumberside|\bLiverpool")


def test_no_diagram_names_a_place_of_the_documents():
    """A source may name the partnership that wrote it; no task, question or answer does."""
    paths = (path for ending in ("bpmn", "form", "dmn") for path in WORKFLOWS.rglob(f"*.{ending}"))
    assert [text for path in paths for text in texts(path) if PLACES.search(text)] == []


PAGES = {path.stem: path.read_text() for path in (WORKFLOWS / "guidance").glob("*.md")}
ENGLISH = {name: text for name, text in PAGES.items() if re.search(r"^source:.*Working Together", text, re.M)}
NO_DIFFERENCE = {"cp_record", "disagreement_record", "partner_silence"}  # they name no limit of its own


def test_working_together_is_said_to_be_england_s_wherever_a_page_rests_on_it():
    silent = {
        name
        for name, text in ENGLISH.items()
        if "**England**" not in text or "Wales Safeguarding Procedures" not in text
    }
    assert silent <= NO_DIFFERENCE


@pytest.mark.parametrize("page", ["move_alert", "retention_decision"])
def test_what_else_differs_in_wales_is_said(page):
    """Children move across the border; looked-after children's records are kept by English regulations."""
    assert "**England**" in PAGES[page] and "Wales" in PAGES[page].split("---", 2)[2]


def test_eight_principles_are_said_on_screen():
    page = (WORKFLOWS / "guidance" / "caldicott_decision.md").read_text()
    assert "**seven**" in page and "**eight**" in page and "December 2020" in page
    labels = shown("caldicott_decision", {}, edition="HMG-2024-05")
    assert len([key for key in labels if key in CALDICOTT]) == 8


CALDICOTT = {
    f"caldicott_{principle}"
    for principle in (
        "purpose",
        "necessary",
        "minimum",
        "need_to_know",
        "aware",
        "law",
        "duty_to_share",
        "inform",
    )
}


def test_the_register_of_the_guardian_asks_for_no_clinical_detail():
    hint = next(each for each in every_field("caldicott_decision") if each.key == "caldicott_reasons").hint
    assert "No clinical detail" in hint.plain


@pytest.mark.parametrize("page", sorted(WORKFLOWS.glob("guidance/*.md")), ids=lambda path: path.stem)
def test_guidance_names_its_edition(page):
    assert re.search(r"^edition: \S", page.read_text(), re.M)
