"""A running instance goes to another version of its diagram: same tokens, clocks and variables, or not."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import MigrationRefused
from engine.execution import Complete, Fail, Retry
from engine.spiff import bundle as bundles
from engine.spiff import commands
from engine.spiff.matching import occupied, propose
from engine.spiff.migrate import Migrated, migrate

from .drawing import NOON, Run, chain, definitions, diagram, flows, nodes, timedelta, zeebe


def timer(text: str) -> str:
    return f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"


def straight(**more: str) -> bytes:
    kinds = {"s": "startEvent", **more}
    return diagram(nodes(**kinds) + chain(*kinds))


def moved(run: Run, new: bytes | dict[str, bytes], plan: Any = None, process: str = "p") -> Migrated:
    """Take the run to the new diagram, with everything its rows would show."""
    files = {"test.bpmn": new} if isinstance(new, bytes) else new
    after = bundles.compile(files, process)
    done = migrate(run.bundle, after, run.state or b"", plan or {}, run.clock)
    run.bundle, run.state = after, done.result.state
    for token in done.result.timers_gone:
        del run.timers[token]
    run.timers.update({each.token: each for each in done.result.timers})
    gone = done.result.subscriptions_gone
    run.subscriptions = {key: sub for key, sub in run.subscriptions.items() if key[0] not in gone}
    run.subscriptions.update({(sub.token, sub.message): sub for sub in done.result.subscriptions})
    run.tasks = {
        token: next((m.task for m in done.moved if m.token == token and m.task), task)
        for token, task in run.tasks.items()
    }
    return done


def refused(run: Run, new: bytes | dict[str, bytes], plan: Any = None) -> list[tuple[str, str]]:
    state = run.state
    with pytest.raises(MigrationRefused) as error:
        moved(run, new, plan)
    assert run.state == state
    return [tuple(problem) for problem in error.value.problems]


# What stays ------------------------------------------------------------------------------------------------


def test_the_same_diagram_changes_nothing():
    drawn = straight(a="userTask", b="userTask")
    run = Run(drawn, variables={"x": 1})
    before = run.state
    moved(run, drawn)

    assert run.state == before


def test_a_ninety_day_timer_migrated_on_day_sixty_fires_on_day_ninety():
    run = Run(straight(wait=f"intermediateCatchEvent|{timer('P90D')}", a="userTask"))
    run.clock.now = NOON + timedelta(days=60)
    done = moved(
        run, straight(later=f"intermediateCatchEvent|{timer('P10D')}", a="userTask"), {("p", "wait"): "later"}
    )

    assert not done.result.timers and not done.result.timers_gone
    (armed,) = run.timers.values()
    assert armed.due == NOON + timedelta(days=90)
    run.advance(days=29)
    assert run.open() == []
    run.advance(days=1)
    assert run.open() == ["a"]


def test_a_task_keeps_its_token_and_takes_its_words_and_form_from_the_new_version():
    form = zeebe('<zeebe:formDefinition formId="better"/>')
    run = Run(straight(a='userTask name="Decide"', b="userTask"), variables={"x": 1})
    token = run.token("a")
    done = moved(run, straight(first="task", decide=f'userTask name="Decide"|{form}', c="userTask"))

    (each,) = done.moved
    assert (each.token, each.before, each.element) == (token, "a", "decide")
    assert each.task is not None and each.task.form == "better"
    run.do(Complete(token))
    assert run.open() == ["c"] and run.variables == {"x": 1}


def test_a_message_is_still_waited_for_under_the_same_key():
    root = '<message id="m1" name="reply"/>'
    catch = 'intermediateCatchEvent|<messageEventDefinition messageRef="m1"/>'
    old = diagram(nodes(s="startEvent", m=catch, a="userTask") + chain("s", "m", "a"), root)
    new = diagram(nodes(s="startEvent", m2=catch, b="userTask") + chain("s", "m2", "b"), root)
    run = Run(old)
    moved(run, new, {("p", "m"): "m2"})

    assert run.message("reply").open() == ["b"]


def test_what_is_stuck_can_be_tried_again_on_a_version_that_is_right():
    wrong = flows("s>a", "a>x", "x>y if =nobody", "x>n if =not(nobody)")
    right = flows("s>a", "a>x", "x>y if =true", "x>n if =false")
    elements = nodes(s="startEvent", a="userTask", x="exclusiveGateway", y="userTask", n="userTask")
    run = Run(diagram(elements + wrong)).complete("a")
    (token,) = run.failures
    moved(run, diagram(elements + right))
    run.do(Retry(token))

    assert run.open() == ["y"]


def test_tokens_that_have_arrived_at_a_join_stay_there():
    body = nodes(
        s="startEvent", f="parallelGateway", a="userTask", b="userTask", j="parallelGateway", c="userTask"
    )
    old = diagram(body + flows("s>f", "f>a", "f>b", "a>j", "b>j", "j>c"))
    run = Run(old).complete("a")
    new = diagram(
        nodes(
            s="startEvent",
            f="parallelGateway",
            a="userTask",
            b="userTask",
            b2="userTask",
            j="parallelGateway",
            c="userTask",
        )
        + flows("s>f", "f>a", "f>b", "a>j", "b>b2", "b2>j", "j>c")
    )
    moved(run, new)

    assert run.complete("b").open() == ["b2"]
    assert run.complete("b2").open() == ["c"]


def test_what_is_inside_a_sub_process_and_a_loop_stays_inside():
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=list" inputElement="each"/>'
        "</extensionElements></multiInstanceLoopCharacteristics>"
    )

    def drawn(last: str) -> bytes:
        inner = nodes(i="startEvent", t=f"userTask|{loop}", **{last: "userTask"}) + chain("i", "t", last)
        return straight(sub=f"subProcess|{inner}", z="userTask")

    run = Run(drawn("u"), variables={"list": [1, 2]})
    moved(run, drawn("v"))

    assert run.complete("t").complete("t").open() == ["v"]
    assert run.complete("v").open() == ["z"]


# What listens ----------------------------------------------------------------------------------------------


def hosted(*events: str, span: str = "P3D", interrupting: str = "false") -> bytes:
    drawn = {
        name: f'boundaryEvent attachedToRef="a" cancelActivity="{interrupting}"|{timer(span)}'
        for name in events
    }
    ends = {f"h_{name}": "userTask" for name in events}
    return diagram(
        nodes(s="startEvent", a="userTask", z="userTask", **drawn, **ends)
        + flows("s>a", "a>z", *(f"{name}>h_{name}" for name in events))
    )


def test_a_new_boundary_event_begins_to_listen_and_one_that_is_gone_stops():
    run = Run(hosted("old"))
    run.clock.now += timedelta(days=1)
    moved(run, hosted("fresh", span="P5D"))

    (armed,) = run.timers.values()
    assert (armed.element, armed.due) == ("fresh", NOON + timedelta(days=6))
    run.advance(days=5)
    assert run.open() == ["a", "h_fresh"]


def test_a_boundary_event_that_has_happened_does_not_happen_again():
    run = Run(hosted("late")).advance(days=3)
    assert run.open() == ["a", "h_late"]
    moved(run, hosted("late"))

    assert not run.timers


def test_a_new_event_that_would_happen_at_once_is_refused():
    run = Run(hosted())
    past = "<timerEventDefinition><timeDate>2020-01-01T00:00:00Z</timeDate></timerEventDefinition>"
    new = diagram(
        nodes(
            s="startEvent",
            a="userTask",
            z="userTask",
            b=f'boundaryEvent attachedToRef="a"|{past}',
            h="userTask",
        )
        + flows("s>a", "a>z", "b>h")
    )

    assert "at once" in refused(run, new)[0][1]


# What is refused -------------------------------------------------------------------------------------------

FORK = flows("s>f", "f>a", "f>b", "a>j", "b>j", "j>c")
TWO = nodes(
    s="startEvent", f="parallelGateway", a="userTask", b="userTask", j="parallelGateway", c="userTask"
)
THREE = TWO + nodes(d="userTask")
FORK_3 = FORK + flows("f>d", "d>j")


def test_a_join_that_waits_for_another_number_is_refused_while_tokens_are_on_their_way():
    run = Run(diagram(TWO + FORK))
    (problem,) = refused(run, diagram(THREE + FORK_3))
    assert problem[0] == "j" and "as many tokens" in problem[1]

    other = Run(diagram(THREE + FORK_3))
    assert any(element == "j" for element, _ in refused(other, diagram(TWO + FORK), {("p", "d"): "a"}))


def test_a_join_that_is_gone_is_refused_while_tokens_are_on_their_way():
    new = nodes(
        s="startEvent", f="parallelGateway", a="userTask", b="userTask", j="exclusiveGateway", c="userTask"
    )
    run = Run(diagram(TWO + FORK))

    assert [element for element, _ in refused(run, diagram(new + FORK))] == ["j"]


def test_a_join_may_change_before_anything_is_on_its_way():
    before = nodes(
        s="startEvent",
        first="userTask",
        f="parallelGateway",
        a="userTask",
        b="userTask",
        j="parallelGateway",
        c="userTask",
    )
    lead = flows("s>first", "first>f")
    old = diagram(before + lead + FORK.replace(flows("s>f"), ""))
    new = diagram(before + nodes(d="userTask") + lead + FORK_3.replace(flows("s>f"), ""))
    run = Run(old)
    moved(run, new)

    assert run.complete("first").open() == ["a", "b", "d"]


def test_a_join_for_which_a_token_can_never_come_is_refused():
    run = Run(straight(a="userTask", c="userTask"))
    (problem,) = refused(run, diagram(TWO + FORK))

    assert problem[0] == "j" and "cannot come" in problem[1]


CALLED = (
    '<process id="other" isExecutable="true">'
    + nodes(t="startEvent", o="userTask")
    + chain("t", "o")
    + "</process>"
)


def calling(process: str) -> bytes:
    called = zeebe(f'<zeebe:calledElement processId="{process}"/>')
    body = nodes(s="startEvent", call=f"callActivity|{called}") + chain("s", "call")
    twin = (
        CALLED.replace('"other"', '"third"')
        .replace('"t"', '"t3"')
        .replace('"o"', '"o3"')
        .replace("t_o", "t3_o3")
    )
    return definitions(f'<process id="p" isExecutable="true">{body}</process>', CALLED, twin)


INNER = "subProcess|" + nodes(i="startEvent", t="userTask") + chain("i", "t")
MULTI = (
    "userTask|<multiInstanceLoopCharacteristics{}><extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="each"/>'
    "</extensionElements></multiInstanceLoopCharacteristics>"
)
ON_REPLY = 'intermediateCatchEvent|<messageEventDefinition messageRef="m1"/>'


@pytest.mark.parametrize(
    ("old", "new", "plan", "words"),
    [
        (straight(a="userTask"), straight(a="manualTask"), {}, "to be a userTask too"),
        (straight(a="userTask"), straight(b="userTask"), {}, "to be told where"),
        (straight(a="userTask"), straight(sub=INNER.replace('"t"', '"a"')), {("p", "a"): "a"}, "same sub"),
        (straight(a=INNER), straight(a="userTask", t="userTask"), {}, "to be a subProcess too"),
        (straight(a=MULTI.format("")), straight(a="userTask"), {}, "repeated in the same way"),
        (straight(a=MULTI.format("")), straight(a=MULTI.format(' isSequential="true"')), {}, "repeated"),
        (calling("other"), calling("third"), {}, "to call “other” too"),
        (
            diagram(nodes(s="startEvent", m=ON_REPLY) + chain("s", "m"), '<message id="m1" name="reply"/>'),
            diagram(nodes(s="startEvent", m=ON_REPLY) + chain("s", "m"), '<message id="m1" name="answer"/>'),
            {},
            "wait for the same thing",
        ),
        (hosted("late"), hosted("late", interrupting="true"), {}, "interrupt in the same way"),
    ],
    ids=["kind", "unknown", "scope", "sub-process", "loop", "sequential", "called", "message", "interrupts"],
)  # fmt: skip
def test_what_would_change_its_meaning_is_refused_by_name(old: bytes, new: bytes, plan: Any, words: str):
    found = refused(Run(old), new, plan)

    assert any(words in message for _, message in found), found


def test_fewer_or_more_events_behind_an_event_based_gateway_are_refused():
    def drawn(*names: str) -> bytes:
        waits = {name: f"intermediateCatchEvent|{timer('P1D')}" for name in names}
        return diagram(
            nodes(s="startEvent", g="eventBasedGateway", **waits)
            + flows("s>g", *(f"g>{name}" for name in names))
        )

    assert "same events" in refused(Run(drawn("x", "y")), drawn("x", "y", "z"))[0][1]


def test_a_finished_activity_must_still_say_how_it_is_undone():
    def drawn(handler: bool) -> bytes:
        undo = 'boundaryEvent attachedToRef="a"|<compensateEventDefinition/>'
        more = nodes(u=undo, h='task isForCompensation="true"') if handler else ""
        linked = '<association id="as" sourceRef="u" targetRef="h"/>' if handler else ""
        body = nodes(s="startEvent", a="userTask", b="userTask")
        return diagram(body + more + linked + chain("s", "a", "b"))

    run = Run(drawn(True)).complete("a")
    assert "compensated" in refused(run, drawn(False))[0][1]


def test_an_activity_that_has_not_finished_may_be_undone_in_another_way():
    """Also when one of its boundary events has happened, which keeps it a place among what has finished."""

    def drawn(more: str) -> bytes:
        undo = "<compensateEventDefinition/>"
        body = nodes(
            s="startEvent",
            a="userTask",
            r=f'boundaryEvent attachedToRef="a" cancelActivity="false"|{timer("PT1H")}',
            b="userTask",
            u=f'boundaryEvent attachedToRef="b"|{undo}',
            h='userTask isForCompensation="true"',
            t=f"endEvent|{undo}",
        )
        body += '<association id="as" sourceRef="u" targetRef="h"/>'
        return diagram(body + more + flows("s>a", "a>t", "r>b"))

    handler = nodes(
        u2='boundaryEvent attachedToRef="a"|<compensateEventDefinition/>',
        h2='userTask isForCompensation="true"',
    )
    run = Run(drawn("")).advance(hours=1)
    moved(run, drawn(handler + '<association id="as2" sourceRef="u2" targetRef="h2"/>'))

    assert run.complete("b").complete("a").open() == ["h"]
    assert run.complete("h").open() == ["h2"]


# Planning --------------------------------------------------------------------------------------------------


def test_a_plan_is_proposed_by_id_and_then_by_name_and_kind():
    old = bundles.compile(
        {"a.bpmn": straight(a='userTask name="X"', b='userTask name="Y"', c='task name="Z"')}, "p"
    )
    new = bundles.compile(
        {"a.bpmn": straight(a='userTask name="W"', d='userTask name="Y"', e='userTask name="Z"')}, "p"
    )
    found = propose(old, new)

    assert (found["p", "a"], found["p", "b"], found["p", "c"]) == ("a", "d", None)


def test_a_name_that_is_there_twice_proposes_nothing():
    old = bundles.compile({"a.bpmn": straight(a='userTask name="X"')}, "p")
    new = bundles.compile({"a.bpmn": straight(b='userTask name="X"', c='userTask name="X"')}, "p")

    assert propose(old, new)["p", "a"] is None


def test_what_is_occupied_are_tokens_joins_and_listeners():
    run = Run(hosted("late"))
    assert {(each.element, each.listens) for each in occupied(run.bundle, run.state)} == {
        ("a", False),
        ("late", True),
    }
    run = Run(diagram(TWO + FORK)).complete("a")
    assert {each.element for each in occupied(run.bundle, run.state)} == {"b", "j"}


def test_a_failed_service_task_goes_along_and_can_be_done_there():
    def drawn(operation: str) -> bytes:
        said = zeebe(f'<zeebe:taskDefinition type="{operation}"/>')
        return straight(fetch=f"serviceTask|{said}", a="userTask")

    run = Run(drawn("wrong"))
    (job,) = run.jobs
    run.do(Fail(job, "Expected one of Handrail's operations."))
    moved(run, drawn("right"))
    run.do(Retry(job))

    assert run.jobs[job].operation == "right"
    assert commands.look(run.bundle, run.state).status == "running"
