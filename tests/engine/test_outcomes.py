"""How a case came out, in the names that its diagrams give to their ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine import cases
from engine.database import transaction
from tests.engine.handing import OWN, STARTED, County, process
from tests.engine.spiff.drawing import flows, nodes


@pytest.fixture
def county(engine, clock) -> Callable[[bytes], County]:
    return lambda drawn: County(engine, clock, {"0.bpmn": drawn}).build()


def ends(here: County, case_id: str) -> list[tuple[str, ...]]:
    with transaction(here.engine) as db:
        return [each.ends for each in cases.view(db, here.actor(db, "ada"), case_id, here.clock).outcomes]


def draw(inside: str, *ways: str) -> bytes:
    whole = process("worry", "", s=STARTED)
    return whole.replace(b"</process>", (inside + flows(*ways)).encode() + b"</process>")


TWO = draw(
    nodes(
        fork="parallelGateway",
        one=OWN,
        two=OWN,
        told="endEvent name='Told'",
        kept="endEvent name='Kept apart'",
    ),
    "s>fork", "fork>one", "fork>two", "one>told", "two>kept",
)  # fmt: skip


def test_an_ended_process_says_every_end_it_reached_in_their_order(county):
    here = county(TWO)
    case_id = here.open()
    here.do("ada", "two")
    assert ends(here, case_id) == []  # it still runs

    here.do("ada", "one")

    assert ends(here, case_id) == [("Kept apart", "Told")]


def test_the_end_of_a_part_and_an_end_without_a_name_say_nothing(county):
    part = nodes(b="startEvent", d=OWN, c="endEvent name='Part done'") + flows("b>d", "d>c")
    here = county(draw(nodes(part=f"subProcess|{part}", e="endEvent"), "s>part", "part>e"))
    case_id = here.open()

    here.do("ada", "d")

    assert ends(here, case_id) == [()]
