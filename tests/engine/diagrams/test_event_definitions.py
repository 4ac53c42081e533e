import time

import pytest

from engine.diagrams import read
from engine.errors import DiagramRefused

from .drawn import bpmn, on

LATE = '<timerEventDefinition id="hour">{}<timeDuration>PT1H</timeDuration></timerEventDefinition>'
REFERENCE = "<eventDefinitionRef>hour</eventDefinitionRef>"


def test_events_may_share_a_definition():
    elements = read(bpmn(on(REFERENCE), LATE.format(""))).elements

    assert elements["b"].events[0].expression.text == "PT1H"


def test_what_many_events_share_is_bounded():
    """Each event has a definition of its own in the executor: many of a large one would fill the memory."""
    started = time.process_time()
    with pytest.raises(DiagramRefused) as refused:
        read(bpmn(on(REFERENCE * 20_000), LATE.format("<documentation/>" * 5_000)))

    assert "several events use" in refused.value.problems[0].message
    assert time.process_time() - started < 2
