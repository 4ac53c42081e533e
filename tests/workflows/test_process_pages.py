"""The pages in `docs/processes/` say what the diagrams say."""

from __future__ import annotations

import pytest

from tests.workflows.process_page import HOW_TO_WRITE, PAGES, pages


@pytest.mark.parametrize("where", sorted(pages()), ids=lambda path: path.stem)
def test_each_process_has_a_current_page(where):
    assert where.exists() and where.read_text() == pages()[where], f"Run {HOW_TO_WRITE}"


def test_no_page_is_left_of_a_process_that_is_gone():
    assert set(PAGES.glob("*.md")) == set(pages())
