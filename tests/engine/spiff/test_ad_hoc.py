"""Ad-hoc sub-processes: what may be done in any order, and when that is enough."""

from __future__ import annotations

from .drawing import Run, chain, diagram, flows, nodes


def ad_hoc(condition: str = "", attributes: str = "") -> bytes:
    found = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    inner = nodes(x="userTask", y="userTask", z="userTask", then="userTask") + flows("x>then")
    return diagram(
        nodes(s="startEvent", h=f"adHocSubProcess {attributes}|{inner}{found}", after="userTask")
        + chain("s", "h", "after")
    )


def test_ad_hoc_activities_are_done_in_any_order_until_all_are_done():
    run = Run(ad_hoc())
    assert run.open() == ["x", "y", "z"]

    run.complete("z").complete("x").complete("y")
    assert run.open() == ["then"]
    assert run.complete("then").open() == ["after"]


def test_an_ad_hoc_completion_condition_withdraws_the_rest():
    assert Run(ad_hoc("=enough")).complete("y", enough=True).open() == ["after"]


def test_an_ad_hoc_sub_process_may_let_the_rest_finish():
    run = Run(ad_hoc("=enough", 'cancelRemainingInstances="false"')).complete("y", enough=True)

    assert run.open() == ["x", "z"]
    assert run.complete("x").complete("z").open() == ["after"], "nothing more is begun"


def test_a_sequential_ad_hoc_sub_process_offers_whatever_may_come_next():
    """Completing a task is one moment, so one is done at a time; which comes next is for people to say."""
    run = Run(ad_hoc("", 'ordering="Sequential"'))

    assert run.open() == ["x", "y", "z"]
    assert run.complete("z").open() == ["x", "y"]
    assert run.complete("x").open() == ["then", "y"]
    assert run.complete("y").complete("then").open() == ["after"]


def test_an_ad_hoc_completion_condition_that_gives_nothing_is_an_incident():
    run = Run(ad_hoc("=enough")).complete("x")
    assert run.open() == ["y", "z"] and [each.element for each in run.failures.values()] == ["x"]

    assert run.complete("y", enough=False).open() == ["z"]
    assert run.complete("z", enough=True).open() == ["after"] and run.variables == {"enough": True}


def test_an_ad_hoc_sub_process_offers_all_again_until_its_condition_holds():
    run = Run(ad_hoc("=n = 2"), variables={"n": 1})

    run.complete("x").complete("y").complete("z").complete("then")
    assert run.open() == ["x", "y", "z"]
    assert run.complete("y", n=2).open() == ["after"]


def test_enough_in_an_ad_hoc_sub_process_ends_it_also_in_the_middle_of_a_path():
    assert Run(ad_hoc("=enough")).complete("x", enough=True).open() == ["after"]
