"""Call activities: what a called process is given, gives back, and where it may call."""

from __future__ import annotations

import orjson
import pytest

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


def test_a_called_process_sees_how_many_have_finished_by_now():
    """All else that it sees is as it was when it was called; a count is of this moment."""
    items = zeebe('<zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency"/>')
    several = f"<multiInstanceLoopCharacteristics>{items}</multiInstanceLoopCharacteristics>"
    caller = nodes(s="startEvent", c=f'callActivity calledElement="q"|{several}') + chain("s", "c")
    files = definitions(f'<process id="p">{caller}</process>', CALLED)
    run = Run(files, variables={"agencies": ["school", "police"]}).complete("x", found=1)

    seen = variables_at(run.bundle, run.state or b"", run.token("x"))
    assert (seen["numberOfCompletedInstances"], seen.get("found")) == (1, None)


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


@pytest.mark.parametrize("whole", ["true", "false"])
def test_an_input_of_a_call_is_not_given_back_unless_the_called_process_wrote_it(whole):
    drawn = f'propagateAllParentVariables="{whole}"/>' + IO.format(give("=a + 10", "a"))

    assert called(drawn, a=1).complete("x", found=5).variables == {"a": 1, "found": 5}
    assert called(drawn, a=1).complete("x", a=12).variables == {"a": 12}


def beside(inner: str, **variables: object) -> Run:
    """A call, and beside it a task `a` of the caller."""
    caller = nodes(
        s="startEvent",
        f="parallelGateway",
        c='callActivity calledElement="q"',
        a="userTask",
        b="userTask",
    ) + flows("s>f", "f>c", "f>a", "c>b")
    called_process = f'<process id="q">{nodes(i="startEvent", x="userTask")}{inner}</process>'
    return Run(definitions(f'<process id="p">{caller}</process>', called_process), variables=variables)


ASKED = nodes(g='exclusiveGateway default="g_no"', yes="userTask", no="userTask")


def test_a_called_process_goes_on_with_what_it_was_given():
    drawn = ASKED + flows("i>x", "x>g", "g>yes if =k = 1 and later = null", "g>no")
    run = beside(drawn, k=1).complete("a", k=2, later=3).complete("x")

    assert run.open() == ["yes"]
    assert run.complete("yes").variables == {"k": 2, "later": 3} and run.conflicts == []


def test_a_process_called_by_a_called_one_goes_on_with_what_it_was_given():
    deep = nodes(y="userTask") + ASKED + flows("y>g", "g>yes if =k = 1", "g>no")
    caller = nodes(f="parallelGateway", c=CALLS_Q, a="userTask") + flows("f>c", "f>a")
    run = Run(
        definitions(
            f'<process id="p">{caller}</process>',
            f'<process id="q">{nodes(d=CALLS_Q.replace("q", "r"), x="userTask")}</process>',
            f'<process id="r">{deep}</process>',
        ),
        variables={"k": 1},
    )
    run.complete("a", k=2)

    assert [variables_at(run.bundle, run.state or b"", run.token(task))["k"] for task in "xy"] == [1, 1]
    assert run.complete("x", k=3).complete("y").open() == ["yes"]
    assert run.complete("yes").variables == {"k": 3} and run.conflicts == ["k"]


CALLS_Q = 'callActivity calledElement="q"'


def test_what_a_called_process_and_a_branch_beside_it_both_write_is_told():
    run = beside(flows("i>x"), k=1).complete("a", k=2).complete("x", k=3)

    assert run.open() == ["b"] and run.variables == {"k": 3} and run.conflicts == ["k"]


def test_what_a_called_process_is_given_is_kept_twice_only_once_it_has_changed():
    drawn, large = flows("i>x"), "x" * 100_000
    run = beside(drawn, k=large)
    assert len(run.state or b"") < 101_000

    run.complete("a", k="small")
    assert len(run.state or b"") < 101_000, "the called process has what the caller has no more"
    assert run.complete("x").variables == {"k": "small"}


def test_a_called_process_saved_when_it_read_what_is_around_as_it_is_still_gives_back():
    """Its inputs were then saved as its own variables, and nothing of what it was given."""
    inputs = IO.format(give("=known", "told"))
    run = called('propagateAllParentVariables="false"/>' + inputs, known=1)
    state = orjson.loads(run.state or b"")
    scope = next(scope for scope in state[3] if scope[0] is not None)
    assert scope[1] == [{}, 1, 0, {}, {"told": [1]}]
    scope[1] = [{"told": 1}, 1, 0]
    run.state = orjson.dumps(state)

    assert run.complete("x", found=2).variables == {"known": 1, "told": 1, "found": 2}
