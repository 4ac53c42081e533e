"""What an activity that is done several times knows, and what its instances hand on."""

from __future__ import annotations

from .drawing import IO, Run, give, take, zeebe
from .test_loops import AGENCIES, asked, each

ITEMS = 'inputCollection="=agencies" inputElement="agency"'
TOTAL = zeebe(IO.format(give("=total", "total") + take("=total + 1", "total") + take("=1", "other")))


def test_an_instance_hands_on_what_its_outputs_name_also_when_it_was_given_that():
    run = Run(asked(TOTAL + each(ITEMS, sequential=True)), variables={"agencies": AGENCIES, "total": 0})
    for _ in AGENCIES:
        run.complete("a")

    assert run.open() == ["after"] and run.variables == {"agencies": AGENCIES, "total": 3, "other": 1}


def test_instances_that_hand_on_one_variable_are_told():
    run = Run(asked(TOTAL + each(ITEMS)), variables={"agencies": AGENCIES, "total": 0})
    run.complete("a").complete("a", total=5).complete("a")

    assert run.variables["total"] == 1 and run.conflicts == ["total", "total"]


def test_what_an_instance_was_given_is_its_own():
    given = zeebe(IO.format(give("=total", "total")))
    run = Run(asked(given + each(ITEMS)), variables={"agencies": ["police"], "total": 0})

    assert run.complete("a", total=5).variables == {"agencies": ["police"], "total": 0}
