"""The random processes hold everything that is executed; what is never drawn is never compared."""

from __future__ import annotations

from functools import cache

import pytest
from lxml import etree

from engine.diagrams.support import NODES, RUN

from .pair import Pair
from .random_diagrams import Drawing

ENOUGH = 400
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PLACES = ("startEvent", "intermediateCatchEvent", "boundaryEvent", "intermediateThrowEvent", "endEvent")
# A sub-process by an attribute; and what waits for somebody just as a user task does.
OTHERWISE = {"eventSubProcess", "serviceTask", "businessRuleTask", "manualTask"}
SAID = {
    "boundaryEvent": ("cancelActivity", "parallelMultiple"),
    "startEvent": ("isInterrupting", "parallelMultiple"),
    "multiInstanceLoopCharacteristics": ("isSequential", "behavior"),
    "adHocSubProcess": ("cancelRemainingInstances",),
    "receiveTask": ("instantiate",),
    "standardLoopCharacteristics": ("testBefore", "loopMaximum"),
    "userTask": ("startQuantity", "completionQuantity", "isForCompensation", "default"),
}


@cache
def drawn() -> frozenset[str]:
    """`element`, `element attribute`, `element in element` and `element of how many events`."""
    found: set[str] = set()
    for seed in range(ENOUGH):
        for node in etree.fromstring(Drawing(seed).bpmn).iter(f"{BPMN}*"):
            kind, around = node.tag.removeprefix(BPMN), node.getparent()
            found |= {kind, *(f"{kind} {name}" for name in node.attrib)}
            if around is not None:
                found.add(f"{kind} in {around.tag.removeprefix(BPMN)}")
            if sum(child.tag.endswith("EventDefinition") for child in node) > 1:
                found.add(f"{kind} of several")
    return frozenset(found)


def test_every_executed_element_is_drawn():
    executed = {kind for kind, support in NODES.items() if support.status == RUN}

    assert executed - OTHERWISE <= drawn()


@pytest.mark.parametrize("kind", SAID)
def test_every_way_of_saying_it_is_drawn(kind):
    assert {f"{kind} {name}" for name in SAID[kind]} <= drawn()


@pytest.mark.parametrize("where", PLACES)
def test_every_event_is_drawn_wherever_it_may_stand(where):
    thrown = {"message", "signal", "escalation", "compensate"}
    caught = {"message", "signal", "timer", "conditional"}
    inside = {
        "startEvent": caught | {"error", "escalation", "compensate"},
        "intermediateCatchEvent": caught | {"link"},
        "boundaryEvent": caught | {"error", "escalation", "cancel", "compensate"},
        "intermediateThrowEvent": thrown | {"link"},
        "endEvent": thrown | {"error", "terminate", "cancel"},
    }

    assert {f"{event}EventDefinition in {where}" for event in inside[where]} <= drawn()
    assert (f"{where} of several" in drawn()) == (where != "endEvent")


def test_an_oracle_that_is_told_nothing_differs():
    """The comparison can fail: a step done to the engine alone is seen."""
    pair = next(pair for pair in map(Pair, range(100)) if pair.oracle.tasks())
    pair.run.complete(pair.run.open()[0], n=5)

    with pytest.raises(AssertionError, match="the engine says"):
        pair.agree()
