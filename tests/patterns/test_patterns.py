"""The control-flow patterns of van der Aalst and others, as far as BPMN can draw them, each with its traces.

`walks.txt` has the traces, one in a line; `walking` says how to read them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.patterns.walking import HERE, deployment, files, walk

WALKS = (HERE / "walks.txt").read_text().splitlines()
DOCUMENT = Path(__file__).parents[2] / "docs/patterns.md"
NOT_DRAWN = {18, 36, 39}  # docs/patterns.md says why


@pytest.mark.parametrize("line", WALKS)
def test_the_pattern_goes_as_its_trace_says(line: str) -> None:
    assert walk(line) == line


def test_all_43_patterns_are_drawn_and_walked_or_named() -> None:
    walked = {int(line.split()[0]) for line in WALKS}

    assert walked == set(files())
    assert walked | NOT_DRAWN == set(range(1, 44))
    assert not walked & NOT_DRAWN


def test_the_document_lists_each_pattern_by_the_name_of_its_diagram() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \|$", DOCUMENT.read_text(), re.M)
    drawn = {int(number): name for number, name, how in rows if how != "cannot be drawn"}

    assert [int(number) for number, _, _ in rows] == list(range(1, 44))
    assert drawn == {number: _title(number) for number in files()}


def _title(number: int) -> str:
    (bundle,) = deployment(number).bundles.values()
    return bundle.name
