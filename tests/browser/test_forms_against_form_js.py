"""Handrail's forms answer as form-js's own viewer does: the same data kept, the same questions in error."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine import forms
from tests.browser.bundling import bundled
from tests.browser.form_js.random_forms import random_answers, random_form

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent / "form_js"
FORMS = int(os.environ.get("HANDRAIL_FUZZ", "50"))
EACH = 10  # submissions for each form
SEED = 20261121


@pytest.fixture(scope="module")
def bundle() -> Path:
    """form-js's viewer in one script."""
    return bundled(HERE)


@pytest.fixture
def form_js(page: Any, bundle: Path) -> Any:
    """`form_js(schema, submissions)` -> [{"data": …, "errors": [paths]}]."""
    page.set_default_timeout(120_000)
    page.set_content("<!doctype html><html lang='en'><body></body></html>")
    page.add_script_tag(path=str(bundle))
    return lambda schema, submissions: page.evaluate(
        "([schema, submissions]) => window.answer(schema, submissions)", [schema, submissions]
    )


def test_random_submissions_keep_the_same_data_and_have_the_same_questions_in_error(form_js: Any) -> None:
    differences = []
    for number in range(FORMS):
        chance = Random(SEED + number)
        schema = random_form(chance)
        submissions = [random_answers(chance, schema) for _ in range(EACH)]
        loaded = forms.load(json.dumps(schema).encode())
        for answers, theirs in zip(submissions, form_js(schema, submissions), strict=True):
            ours = forms.submit(loaded, answers, {})
            if not _same(loaded, ours, theirs):
                differences.append((number, answers, ours.kept, ours.errors, theirs))

    assert differences == [], f"{len(differences)} of {FORMS * EACH} differ; the first: {differences[0]}"


def _same(loaded: forms.Form, ours: forms.Submission, theirs: dict[str, Any]) -> bool:
    return _plain(ours.kept) == _plain(theirs["data"]) and set(ours.errors) == set(
        map(_path, theirs["errors"])
    )


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """form-js leaves out a list of no rows, and writes null for a row in which nothing was asked."""
    rows = [row or {} for row in data.get("rows") or []]
    while rows and not rows[-1]:
        rows.pop()
    return {name: value for name, value in data.items() if name != "rows"} | {"rows": rows}


def _path(error: str) -> str:
    """form-js names errors by the field's id, and by the row: `r1@0`."""
    identity, _, row = error.partition("@")
    if row:
        return f"rows.{row}.{identity}"
    return f"group.{identity}" if identity.startswith("g") else identity
