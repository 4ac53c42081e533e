"""Shipped diagrams go through bpmn.io's modeler in real Chromium: only what a person changes has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from engine import diagrams
from engine.spiff.bundle import compile as compile_bundle
from tests.browser.bundling import bundled
from tests.workflows.walking import WORKFLOWS, bundle_of, walked_through

pytestmark = pytest.mark.browser

FILES = sorted(WORKFLOWS.glob("*.bpmn"))
KINDS = ("userTask", "exclusiveGateway", "boundaryEvent", "startEvent", "callActivity", "subProcess")
LABEL = 'Changed <in> the "modeler" & kept'
RoundTrip = Callable[..., bytes]


@pytest.fixture(scope="module")
def modeler(browser: Browser) -> Any:
    page: Page = browser.new_page()
    page.set_content("<!doctype html><html lang='en'><body></body></html>")
    page.add_script_tag(path=str(bundled(Path(__file__).parent / "bpmn_js")))
    yield page
    page.close()


@pytest.fixture
def round_trip(modeler: Page) -> RoundTrip:
    """`round_trip(content, element, label)` gives what the modeler exports. No label: nothing is changed."""

    def there_and_back(content: bytes, element: str = "", label: str | None = None) -> bytes:
        asked = [content.decode(), element, label]
        answer = modeler.evaluate("([xml, element, label]) => window.roundTrip(xml, element, label)", asked)
        assert answer["warnings"] == []
        exported: str = answer["xml"]
        return exported.encode()

    return there_and_back


def read(content: bytes) -> diagrams.Diagram:
    return diagrams.read(content, "exported.bpmn")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_diagram_that_is_only_opened_and_saved_means_the_same(path: Path, round_trip: RoundTrip) -> None:
    exported = round_trip(path.read_bytes())

    assert diagrams.compare(read(path.read_bytes()), read(exported)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_the_label_that_was_changed_has_changed(path: Path, round_trip: RoundTrip) -> None:
    before = read(path.read_bytes())
    for kind in KINDS:
        for element in list(before.of_kind(kind))[:1]:
            (change,) = diagrams.compare(before, read(round_trip(path.read_bytes(), element.id, LABEL)))

            assert (change.what, change.id) == ("changed", element.id)
            assert change.values == (("name", element.name, LABEL),)


@pytest.fixture
def exported(round_trip: RoundTrip) -> dict[str, bytes]:
    """Every shipped diagram, with the label of its first user task, or call activity, changed."""
    found = {}
    for path in FILES:
        task = next(read(path.read_bytes()).of_kind("userTask", "callActivity")).id
        found[path.name] = round_trip(path.read_bytes(), task, LABEL)
    return found


ADVICE = {"advice_urgency": "urgent", "advice_question": "?", "advice_summary": "?"}
WALKS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("share_information", "concern", {}),
    ("share_information", "concern", {"purpose": "no"}),
    ("share_information", "concern", {"meanwhile": {"send": "consent_withdrawn"}}),
    ("share_information", "concern", {"screen": "child"}),
    ("immediate_danger", {}, {"late": "confirm_call"}),
    ("advice", {**ADVICE, "adviser": "dsl"}, {"use_advice": "departed"}),
    ("advice", {**ADVICE, "adviser": "dsl"}, {"late": "give_advice"}),
)


def test_what_was_exported_runs_the_same(exported: dict[str, bytes]) -> None:
    for process, start, more in WALKS:
        there = walked_through(bundle_of(process), process, start, **more)
        back = walked_through(compile_bundle(exported, process), process, start, **more)

        assert back.line == there.line
        assert [(task.element, task.role, task.due) for task in back.tasks] == [
            (task.element, task.role, task.due) for task in there.tasks
        ]
        assert LABEL in {task.name for task in back.tasks}


def test_what_was_exported_is_checked_as_before(exported: dict[str, bytes]) -> None:
    original = {path.name: path.read_bytes() for path in FILES}

    assert diagrams.vet(exported) == diagrams.vet(original)
