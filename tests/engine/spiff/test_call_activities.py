"""Call activities: what a called process is given, gives back, and where it may call."""

from __future__ import annotations

from engine.spiff.commands import variables_at

from .drawing import IO, Run, chain, definitions, diagram, flows, give, nodes, take, zeebe
from .event_definitions import M1, MESSAGE

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


def test_a_failing_output_mapping_keeps_the_sub_process_in_its_place():
    run = called("/>" + IO.format(take("=1", "one")))
    run.complete("x")

    assert run.open() == ["a"] and run.variables == {"one": 1}


def test_a_global_task_is_called_like_a_process():
    form = zeebe('<zeebe:formDefinition formId="consent"/>')
    caller = nodes(s="startEvent", c='callActivity calledElement="ask"', a="userTask") + chain("s", "c", "a")
    task = f'<globalUserTask id="ask" name="Ask">{form}</globalUserTask>'
    run = Run(definitions(f'<process id="p">{caller}</process>', task))

    assert [(task.element, task.form) for task in run.tasks.values()] == [("ask", "consent")]
    assert run.complete("ask").open() == ["a"]
