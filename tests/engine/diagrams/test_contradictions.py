"""What says two things at once is refused by the executor too: neither of the two silently wins."""

import pytest

from engine.errors import DiagramRefused
from engine.spiff.bundle import compile

from .drawn import MESSAGE, bpmn
from .refused.contradictions import CONTRADICTIONS


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_the_executor_takes_neither_side(name):
    _, element, body = CONTRADICTIONS[name]

    with pytest.raises(DiagramRefused) as refused:
        compile({"x.bpmn": bpmn(body, MESSAGE)}, "p")
    assert element in [problem.element for problem in refused.value.problems]
