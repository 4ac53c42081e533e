from pathlib import Path

import pytest

from engine.diagrams import advice, governance, handbook, source, support, vetting
from engine.diagrams.vocabulary import EVENT_KINDS, FLOW_NODES

PAGE = Path(__file__).parents[3] / "docs" / "bpmn.md"


def test_the_page_is_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == handbook.page(), (
        "Run python -m engine.diagrams.handbook > docs/bpmn.md"
    )


@pytest.mark.parametrize(
    "rule", (*vetting.RULES, *governance.RULES, *advice.RULES), ids=lambda rule: rule.__name__
)
def test_every_rule_says_what_it_asks(rule):
    assert (rule.__doc__ or "").strip().splitlines()[0].endswith(".")


def test_every_kind_of_element_has_a_row():
    events = {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}

    assert set(support.NODES) - {"eventSubProcess"} == set(FLOW_NODES) - events


def test_every_kind_of_event_has_a_row():
    assert {kind for place in support.EVENTS.values() for kind in place} - {""} == set(EVENT_KINDS.values())


def test_each_bound_is_told():
    told = handbook.page().partition("## Limits")[2]

    assert f"{source.MAX_TAGS:,}" in told and f"{source.MAX_ATTRIBUTES:,}" in told
