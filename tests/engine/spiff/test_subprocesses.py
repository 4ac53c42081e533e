"""Processes inside processes: embedded, called, event-triggered, transactions, compensation, ad-hoc."""

from __future__ import annotations

import pytest

from engine.execution import Complete, Retry, SetVariables, Withdraw
from engine.spiff.commands import variables_at

from .drawing import Run, chain, definitions, diagram, flows, nodes, zeebe
from .test_events import E1, ERROR, ESCALATION, M1, MESSAGE, S1, SIGNAL, X1, condition, timer

IO = "<zeebe:ioMapping>{}</zeebe:ioMapping>"


def give(source: str, target: str) -> str:
    return f'<zeebe:input source="{source}" target="{target}"/>'


def take(source: str, target: str) -> str:
    return f'<zeebe:output source="{source}" target="{target}"/>'


def test_an_embedded_sub_process_shares_the_variables_around_it():
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(diagram(nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask") + chain("s", "z", "a")))

    run.complete("x", found=1)
    assert run.open() == ["a"] and run.variables == {"found": 1} and run.trail == ["s", "i", "x", "z"]


def test_inputs_of_a_sub_process_stay_inside_and_its_outputs_leave():
    mapping = zeebe(IO.format(give("=n + 1", "m") + take("=m * 10", "result")))
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(
        diagram(nodes(s="startEvent", z=f"subProcess|{mapping}{inner}", a="userTask") + chain("s", "z", "a")),
        variables={"n": 1},
    )

    run.complete("x", m=5, kept=True)
    assert run.variables == {"n": 1, "kept": True, "result": 50}


# Call activities

CALLED = (
    f'<process id="q" isExecutable="true">{nodes(i="startEvent", x="userTask") + chain("i", "x")}</process>'
)


def called(extension: str, **variables: object) -> Run:
    caller = nodes(
        s="startEvent",
        c=f'callActivity|{zeebe(f"""<zeebe:calledElement processId="q" {extension}""")}',
        a="userTask",
    )
    files = {
        "p.bpmn": definitions(f'<process id="p">{caller}{chain("s", "c", "a")}</process>'),
        "q.bpmn": definitions(CALLED),
    }
    return Run(files, variables=variables)


def test_a_called_process_sees_the_variables_around_it_and_gives_all_of_its_own_back():
    run = called("/>", known=1)
    run.complete("x", found=2)

    assert run.open() == ["a"] and run.variables == {"known": 1, "found": 2}


def test_a_called_process_gives_back_only_the_outputs_named():
    run = called(
        'propagateAllChildVariables="false"/>' + IO.format(give("=known", "x1") + take("=found + x1", "sum")),
        known=1,
    )
    run.complete("x", found=2, secret=3)

    assert run.variables == {"known": 1, "sum": 3}


def test_a_called_process_that_gives_nothing_back_gives_nothing_back():
    assert called('propagateAllChildVariables="false"/>').complete("x", found=2).variables == {}


def test_a_called_process_may_be_given_its_inputs_only_but_always_knows_its_case():
    inputs = IO.format(give("=known", "told"))
    run = called('propagateAllParentVariables="false"/>' + inputs, known=1, case_id="7")

    assert variables_at(run.bundle, run.state or b"", run.token("x")) == {"told": 1, "case_id": "7"}


def test_two_processes_of_one_release_may_use_the_same_element_ids():
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    first = nodes(s="startEvent", z=f"subProcess|{inner}", c='callActivity calledElement="q"') + chain(
        "s", "z", "c"
    )
    other = nodes(s="startEvent", z=f"subProcess|{inner.replace('userTask', 'manualTask')}") + chain("s", "z")
    run = Run(
        {
            "p.bpmn": definitions(f'<process id="p">{first}</process>'),
            "q.bpmn": definitions(f'<process id="q">{other}</process>'),
        }
    )

    assert run.tasks[run.token("x")].kind == "userTask"
    run.complete("x")
    assert run.tasks[run.token("x")].kind == "manualTask"
    assert run.complete("x").status == "completed"


def test_a_process_that_calls_itself_for_ever_is_an_incident():
    body = nodes(s="startEvent", c='callActivity calledElement="p"') + chain("s", "c")
    run = Run(diagram(body))

    assert "calls itself" in next(iter(run.failures.values())).cause


def test_what_an_interrupted_call_wrote_is_dropped():
    caller = nodes(
        s="startEvent",
        c='callActivity calledElement="q"',
        b=f"boundaryEvent attachedToRef='c'|{MESSAGE}",
        h="userTask",
    )
    inner = nodes(i="startEvent", x="userTask", y="userTask") + chain("i", "x", "y")
    run = Run(
        definitions(
            f'<process id="p">{caller}{flows("s>c", "b>h")}</process>',
            f'<process id="q">{inner}</process>',
            M1,
        )
    )

    run.complete("x", found=1).message("reply")
    assert run.open() == ["h"] and run.variables == {}


# Event sub-processes

TRIGGERS = [
    (MESSAGE, M1, lambda run: run.message("reply", got=1)),
    (SIGNAL, S1, lambda run: run.signal("alarm", got=1)),
    (timer("timeDuration", "PT1H"), "", lambda run: run.advance(hours=1)),
    (condition("=x = 1"), "", lambda run: run.do(SetVariables({"x": 1}))),
]


def handled(definition: str, roots: str = "", *, interrupting: bool, end: str = "endEvent") -> bytes:
    inner = nodes(
        i=f'startEvent isInterrupting="{str(interrupting).lower()}"|{definition}', h="userTask", he=end
    ) + chain("i", "h", "he")
    body = nodes(
        s="startEvent", a="userTask", b="userTask", z=f'subProcess triggeredByEvent="true"|{inner}'
    ) + flows("s>a", "s>b")
    return diagram(body, roots)


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS)
def test_an_interrupting_event_sub_process_ends_what_it_interrupts(definition, roots, trigger):
    run = Run(handled(definition, roots, interrupting=True)).complete("a", before=1)

    trigger(run)
    assert run.open() == ["h"] and run.variables["before"] == 1
    assert run.complete("h").status == "completed"


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS[:2])
def test_a_non_interrupting_event_sub_process_runs_beside_and_as_often_as_it_is_triggered(
    definition, roots, trigger
):
    run = Run(handled(definition, roots, interrupting=False))

    trigger(run)
    trigger(run)
    assert run.open() == ["a", "b", "h", "h"]
    run.complete("a").complete("b")
    assert run.status == "running"
    assert run.complete("h").complete("h").status == "completed" and not run.subscriptions


@pytest.mark.parametrize(("definition", "roots", "trigger"), TRIGGERS)
@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_sub_process_that_is_never_triggered_does_not_keep_a_finished_process_open(
    definition, roots, trigger, interrupting
):
    run = Run(handled(definition, roots, interrupting=interrupting)).complete("a").complete("b")

    assert run.status == "completed" and not run.timers and not run.subscriptions


def test_each_run_of_a_non_interrupting_event_sub_process_has_variables_of_its_own_until_it_ends():
    run = Run(handled(MESSAGE, M1, interrupting=False)).message("reply", q=1).message("reply", q=2)
    assert run.variables == {}

    run.complete("h", 0, answer="first")
    assert run.variables == {"q": 1, "answer": "first"}


def test_outputs_of_an_event_sub_process_are_all_that_leaves_it():
    inner = nodes(i=f'startEvent isInterrupting="false"|{MESSAGE}', h="userTask") + chain("i", "h")
    mapping = zeebe(IO.format(take("=answer", "advice")))
    body = nodes(
        s="startEvent", a="userTask", z=f'subProcess triggeredByEvent="true"|{mapping}{inner}'
    ) + flows("s>a")
    run = Run(diagram(body, M1)).message("reply", q=1).complete("h", answer="yes")

    assert run.variables == {"advice": "yes"}


def test_an_event_sub_process_inside_a_sub_process_interrupts_only_that():
    handler = nodes(ti=f"startEvent|{MESSAGE}", h="userTask") + chain("ti", "h")
    inner = nodes(i="startEvent", x="userTask", e=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "x"
    )
    run = Run(
        diagram(
            nodes(s="startEvent", z=f"subProcess|{inner}", a="userTask", b="userTask")
            + flows("s>z", "s>b", "z>a"),
            M1,
        )
    )

    assert run.message("reply").open() == ["b", "h"]
    assert run.complete("h").open() == ["a", "b"]


def test_an_error_is_caught_by_an_event_sub_process_of_its_own_scope():
    inner = nodes(i=f"startEvent|{ERROR}", h="userTask") + chain("i", "h")
    body = nodes(
        s="startEvent",
        a="userTask",
        other="userTask",
        bad=f"endEvent|{ERROR}",
        z=f'subProcess triggeredByEvent="true"|{inner}',
    )
    run = Run(diagram(body + flows("s>a", "s>other", "a>bad"), E1))
    assert run.open() == ["a", "other"], "it does not run when the process starts"

    assert run.complete("a").open() == ["h"] and not run.failures


def test_an_escalation_is_caught_beside_what_goes_on():
    inner = nodes(i=f'startEvent isInterrupting="false"|{ESCALATION}', h="userTask") + chain("i", "h")
    body = nodes(
        s="startEvent",
        up=f"intermediateThrowEvent|{ESCALATION}",
        a="userTask",
        z=f'subProcess triggeredByEvent="true"|{inner}',
    )
    run = Run(diagram(body + chain("s", "up", "a"), X1))

    assert run.open() == ["a", "h"] and not run.thrown


def test_an_error_inside_a_handler_goes_outward():
    handler = nodes(i=f"startEvent|{MESSAGE}", bad=f"endEvent|{ERROR}") + chain("i", "bad")
    inner = nodes(si="startEvent", x="userTask", z=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "si", "x"
    )
    body = nodes(
        s="startEvent", p1=f"subProcess|{inner}", b=f"boundaryEvent attachedToRef='p1'|{ERROR}", h="userTask"
    )
    run = Run(diagram(body + flows("s>p1", "b>h"), M1 + E1)).message("reply")

    assert run.open() == ["h"]


# Compensation and transactions


def undoable(ids: str, *, inside: str = "", throw: str, **more: str) -> str:
    drawn = nodes(s="startEvent", **{id: "userTask" for id in ids})
    for id in ids:
        drawn += nodes(
            **{
                f"c{id}": f'boundaryEvent attachedToRef="{id}"|<compensateEventDefinition/>',
                f"undo_{id}": 'userTask isForCompensation="true"',
            }
        )
        drawn += f'<association id="as{id}" sourceRef="c{id}" targetRef="undo_{id}"/>'
    return drawn + nodes(t=throw, **more)


THROW = "intermediateThrowEvent|<compensateEventDefinition/>"


def test_compensation_undoes_what_has_finished_and_waits_for_it():
    run = Run(
        diagram(undoable("abc", throw=THROW, after="userTask") + flows("s>a", "a>b", "b>t", "t>c", "c>after"))
    )
    run.complete("a").complete("b")

    assert run.open() == ["undo_b"], "newest first"
    assert run.complete("undo_b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["c"]
    assert run.complete("c").complete("after").status == "completed"


def test_compensation_of_one_activity():
    one = 'intermediateThrowEvent|<compensateEventDefinition activityRef="a"/>'
    run = Run(diagram(undoable("ab", throw=one, after="userTask") + flows("s>a", "a>b", "b>t", "t>after")))

    assert run.complete("a").complete("b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["after"]


def test_compensation_with_nothing_to_undo_passes():
    run = Run(diagram(undoable("a", throw=THROW, after="userTask") + flows("s>t", "t>after", "after>a")))

    assert run.open() == ["after"]


def test_a_finished_sub_process_is_compensated_from_inside_out():
    inner = undoable("ab", throw="task").replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"') + flows(
        "i>a", "a>b", "b>pass"
    )
    body = nodes(s="startEvent", z=f"subProcess|{inner}", x="userTask", t=THROW, after="userTask")
    run = Run(diagram(body + flows("s>z", "z>x", "x>t", "t>after")))

    run.complete("a").complete("b").complete("x")
    assert run.open() == ["undo_b"]
    assert run.complete("undo_b").complete("undo_a").open() == ["after"]


def test_a_compensation_event_sub_process_undoes_its_whole_scope():
    handler = nodes(hi="startEvent|<compensateEventDefinition/>", h="userTask") + chain("hi", "h")
    inner = nodes(i="startEvent", x="userTask", ch=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "x"
    )
    run = Run(
        diagram(
            nodes(s="startEvent", z=f"subProcess|{inner}", t=THROW, after="userTask")
            + chain("s", "z", "t", "after")
        )
    )
    assert run.open() == ["x"]

    assert run.complete("x").open() == ["h"]
    assert run.complete("h").open() == ["after"]


def test_a_cancelled_transaction_undoes_what_finished_and_goes_on_from_its_cancel_event():
    inner = undoable("ab", throw="endEvent|<cancelEventDefinition/>").replace('id="s"', 'id="i"') + nodes(
        w="userTask"
    )
    inner += flows("i>a", "i>w", "a>b", "b>t")
    body = nodes(
        s="startEvent",
        z=f"transaction|{inner}",
        c="boundaryEvent attachedToRef='z'|<cancelEventDefinition/>",
        h="userTask",
        ok="userTask",
    )
    run = Run(diagram(body + flows("s>z", "z>ok", "c>h")))

    run.complete("a").complete("b")
    assert run.open() == ["undo_b"], "what still ran is withdrawn"
    assert run.complete("undo_b").complete("undo_a").open() == ["h"]
    assert run.complete("h").status == "completed"


def test_a_transaction_that_is_not_cancelled_is_a_sub_process():
    inner = nodes(i="startEvent", x="userTask") + chain("i", "x")
    run = Run(diagram(nodes(s="startEvent", z=f"transaction|{inner}", a="userTask") + chain("s", "z", "a")))

    assert run.complete("x").open() == ["a"]


# Ad-hoc


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


# Failing at the edge


def test_a_failing_output_mapping_keeps_the_sub_process_in_its_place():
    run = called("/>" + IO.format(take("=1", "one")))
    run.complete("x")

    assert run.open() == ["a"] and run.variables == {"one": 1}


def test_a_task_that_has_been_done_but_cannot_go_on_is_not_open_any_more():
    drawn = diagram(nodes(s="startEvent", a="userTask", b="userTask") + flows("s>a", "a>b if =x"))
    run = Run(drawn)
    token = run.token("a")
    run.complete("a")

    assert run.open() == [] and [f.token for f in run.failures.values()] == [token]
    with pytest.raises(Exception, match="no longer open"):
        run.do(Complete(token))
    run.do(SetVariables({"x": True}))
    run.do(Retry(token))
    assert run.open() == ["b"] and run.trail == ["s", "a"]


def test_a_global_task_is_called_like_a_process():
    form = zeebe('<zeebe:formDefinition formId="consent"/>')
    caller = nodes(s="startEvent", c='callActivity calledElement="ask"', a="userTask") + chain("s", "c", "a")
    task = f'<globalUserTask id="ask" name="Ask">{form}</globalUserTask>'
    run = Run(definitions(f'<process id="p">{caller}</process>', task))

    assert [(task.element, task.form) for task in run.tasks.values()] == [("ask", "consent")]
    assert run.complete("ask").open() == ["a"]


def test_a_sub_process_inside_a_compensated_one_is_undone_with_it():
    """The outer one is not undone before everything inside is."""
    deep = undoable("b", throw="task").replace('id="s"', 'id="i2"').replace('id="t"', 'id="pass2"')
    inner = undoable("a", throw="task", z2=f"subProcess|{deep}{flows('i2>b', 'b>pass2')}")
    inner = inner.replace('id="s"', 'id="i"').replace('id="t"', 'id="pass"') + flows("i>a", "a>z2", "z2>pass")
    body = nodes(s="startEvent", z=f"subProcess|{inner}", x="userTask", t=THROW, after="userTask")
    run = Run(diagram(body + flows("s>z", "z>x", "x>t", "t>after")))

    run.complete("a").complete("b").complete("x")
    assert run.open() == ["undo_b"]
    assert run.complete("undo_b").open() == ["undo_a"]
    assert run.complete("undo_a").open() == ["after"]
    assert run.complete("after").status == "completed"


def test_a_withdrawn_handler_does_not_keep_compensation_waiting():
    run = Run(
        diagram(undoable("a", throw=THROW, after="userTask") + flows("s>a", "a>t", "t>after"))
    ).complete("a")
    run.do(Withdraw(run.token("undo_a")))

    assert run.open() == ["after"]


def test_enough_in_an_ad_hoc_sub_process_ends_it_also_in_the_middle_of_a_path():
    assert Run(ad_hoc("=enough")).complete("x", enough=True).open() == ["after"]
