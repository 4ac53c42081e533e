"""What is undone sees its variables as they were when it had finished (BPMN 2.0, 13.5.5: snapshot data)."""

from __future__ import annotations

import os

import orjson
import pytest

from engine.execution import SetVariables
from engine.spiff.scope import Scope

from .drawing import IO, Run, chain, definitions, diagram, flows, give, nodes, take, zeebe
from .event_definitions import S1, SIGNAL
from .pair import Different, play
from .random_undoing import Undone
from .test_compensation import THROW
from .test_loops import each
from .test_migrate import moved

DIAGRAMS = min(int(os.environ.get("HANDRAIL_DIAGRAMS", "200")), 2_000)
FIRST = int(os.environ.get("HANDRAIL_DIAGRAMS_FROM", "0"))
ITEMS = 'inputCollection="=items" inputElement="item"'
COLLECTED = f'{ITEMS} outputCollection="refs" outputElement="=ref"'
OWN = zeebe(IO.format(give("=k", "own")))
ROUNDS = '<standardLoopCharacteristics loopMaximum="2"/>'


def seen(*sources: str) -> str:
    """What a handler notes."""
    value = sources[0] if len(sources) == 1 else f"[{', '.join(sources)}]"
    return zeebe(IO.format(take(f"=append(seen, {value})", "seen")))


def by_itself(noted: str) -> str:
    """`a`, and the event sub-process that undoes all of what is around."""
    start = "startEvent|<compensateEventDefinition/>"
    handler = nodes(u=start, h=f"userTask|{noted}") + chain("u", "h")
    return nodes(i="startEvent", a="userTask", e=f'subProcess triggeredByEvent="true"|{handler}') + chain(
        "i", "a"
    )


def by_its_activities(noted: str) -> str:
    return (
        nodes(
            i="startEvent",
            a="userTask",
            c='boundaryEvent attachedToRef="a"|<compensateEventDefinition/>',
            h=f'userTask isForCompensation="true"|{noted}',
        )
        + '<association id="as" sourceRef="c" targetRef="h"/>'
        + chain("i", "a")
    )


WAYS = pytest.mark.parametrize("way", [by_itself, by_its_activities])


def undone(inner: str, *, host: str = "subProcess", **variables: object) -> Run:
    body = nodes(s="startEvent", z=f"{host}|{inner}", x="userTask", t=THROW, after="userTask")
    return Run(diagram(body + chain("s", "z", "x", "t", "after"), S1), variables={"seen": [], **variables})


@WAYS
def test_what_a_sub_process_was_given_is_what_its_handlers_see(way):
    run = undone(OWN + way(seen("own")), k=1).complete("a").complete("x", k=99).complete("h")

    assert run.open() == ["after"] and run.variables == {"k": 99, "seen": [1]}


@WAYS
def test_what_was_written_to_what_it_was_given_is_what_its_handlers_see(way):
    run = undone(OWN + way(seen("own")), k=1).complete("a", own=42).complete("x").complete("h")

    assert run.variables == {"k": 1, "seen": [42]}


def test_the_data_objects_of_a_sub_process_are_there_when_it_is_undone():
    data = '<dataObject id="d" name="note"/><dataObjectReference id="dr" dataObjectRef="d" name="note"/>'
    output = (
        '<ioSpecification><dataOutput id="do" name="back"/><inputSet/><outputSet>'
        "<dataOutputRefs>do</dataOutputRefs></outputSet></ioSpecification><dataOutputAssociation>"
        "<sourceRef>do</sourceRef><targetRef>dr</targetRef></dataOutputAssociation>"
    )
    inner = by_itself(seen("note")).replace('<userTask id="a" >', f'<userTask id="a">{output}')
    run = undone(data + inner).complete("a", back="hello").complete("x").complete("h")

    assert run.variables == {"seen": ["hello"]}


@WAYS
@pytest.mark.parametrize("sequential", [True, False])
def test_the_handlers_of_each_instance_see_its_item_and_its_number(way, sequential):
    inner = each(ITEMS, sequential=sequential) + way(seen("item", "loopCounter"))
    run = undone(inner, items=["x", "y"]).complete("a").complete("a").complete("x")
    run.complete("h").complete("h")

    assert run.open() == ["after"] and run.variables["seen"] == [["y", 2], ["x", 1]]


@WAYS
def test_the_handlers_of_each_round_see_what_it_was_given(way):
    run = undone(OWN + ROUNDS + way(seen("own", "loopCounter")), k=1)
    run.complete("a", k=2).complete("a", k=3).complete("x").complete("h").complete("h")

    assert run.open() == ["after"] and run.variables == {"k": 3, "seen": [[2, 2], [1, 1]]}


@WAYS
def test_what_an_instance_handed_on_it_sees_and_hands_on_again(way):
    """Each has its own reference; that it is none any more is for everybody to know."""
    run = undone(each(ITEMS, sequential=True) + way(seen("ref")), items=["x", "y"])
    run.complete("a", ref=1).complete("a", ref=2).complete("x")
    assert run.variables["ref"] == 2

    run.complete("h").complete("h")
    assert run.variables["seen"] == [2, 1]


def corrected(noted: str) -> str:
    """As `by_itself`; somebody answers before the handler notes."""
    drawn = by_itself(noted).replace(flows("u>h"), nodes(first="userTask") + chain("u", "first", "h"))
    assert "first" in drawn
    return drawn


def test_what_was_handed_on_is_handed_on_again_when_it_is_undone():
    run = undone(each(ITEMS, sequential=True) + corrected(seen("booked")), items=["x"])
    run.complete("a", booked=True).complete("x").complete("first", booked=False)
    assert run.variables["booked"] is False

    run.do(SetVariables({"booked": None}))
    assert run.complete("h").variables["seen"] == [None], "it is everybody's now"


def test_what_an_instance_did_not_hand_on_stays_its_own():
    run = undone(each(COLLECTED, sequential=True) + corrected(seen("ref")), items=["x", "y"])
    run.complete("a", ref=1).complete("a", ref=2).complete("x")
    run.complete("first", ref=0).complete("h").complete("first").complete("h")

    assert run.variables == {"items": ["x", "y"], "refs": [1, 2], "seen": [0, 1]}


def test_a_run_of_an_event_sub_process_sees_what_it_wrote_when_it_is_undone():
    inner = by_its_activities(seen("ref")).replace(
        '<startEvent id="i" >', f'<startEvent id="i" isInterrupting="false">{SIGNAL}'
    )
    body = nodes(s="startEvent", x="userTask", t=THROW, after="userTask")
    drawn = body + chain("s", "x", "t", "after") + nodes(z=f'subProcess triggeredByEvent="true"|{inner}')
    run = Run(diagram(drawn, S1), variables={"seen": []})
    for ref in (1, 2):
        run.signal("alarm").complete("a", ref=ref)
    run.complete("x").complete("h").complete("h")

    assert run.open() == ["after"] and run.variables == {"ref": 2, "seen": [2, 1]}


@WAYS
@pytest.mark.parametrize("back", ["true", "false"])
def test_a_called_process_sees_what_it_wrote_when_it_is_undone(way, back):
    call = zeebe(
        f'<zeebe:calledElement processId="q" propagateAllChildVariables="{back}"/>'
        + IO.format(give("=k", "own"))
    )
    body = nodes(s="startEvent", z=f"callActivity|{call}", x="userTask", t=THROW, after="userTask")
    run = Run(
        definitions(
            f'<process id="p">{body}{chain("s", "z", "x", "t", "after")}</process>',
            f'<process id="q">{way(seen("own", "ref"))}</process>',
        ),
        variables={"k": 1, "seen": []},
    )
    run.complete("a", ref=2).complete("x", k=3, ref=4).complete("h")

    assert run.open() == ["after"]
    assert run.variables == {"k": 3, "ref": 4, "seen": [[1, 2]] if back == "true" else []}


@WAYS
def test_outputs_are_not_worked_out_again_when_something_is_undone(way):
    output = zeebe(IO.format(take("=k + 1", "k")))
    run = undone(output + way(seen("k")), k=1).complete("a").complete("x").complete("h")

    assert run.variables == {"k": 2, "seen": [2]}


def test_a_sub_process_inside_one_that_is_undone_is_as_it_was_too():
    deep = zeebe(IO.format(give("=own + 1", "deeper"))) + by_itself(seen("own", "deeper"))
    inner = OWN + nodes(i0="startEvent", z2=f"subProcess|{deep}") + chain("i0", "z2")
    run = undone(inner, k=1).complete("a", deeper=5).complete("x", k=99).complete("h")

    assert run.open() == ["after"] and run.variables == {"k": 99, "seen": [[1, 5]]}


def entries(run: Run) -> list[list[object]]:
    """What the state keeps of what can be undone."""
    found: list[list[object]] = orjson.loads(run.state or b"")[3][0][4]
    return found


def test_only_variables_of_its_own_are_kept_and_only_of_what_can_be_undone():
    def after(inner: str) -> Run:
        return undone(OWN + inner, k=1, large="x" * 1000).complete("a", found=2)

    assert entries(after(by_itself(""))) == [["z", [], "", {"own": 1}]]
    assert entries(after(nodes(i="startEvent", a="userTask") + chain("i", "a"))) is None
    assert entries(undone(by_itself("")).complete("a", found=2)) == [["z", []]]


@WAYS
def test_what_was_saved_without_its_variables_is_undone_as_it_was_then(way):
    """States that were saved before they were kept: what it was given is worked out anew."""
    run = undone(OWN + way(seen("own")), k=1).complete("a")
    state = orjson.loads(run.state or b"")
    entry = state[3][0][4][0]
    del entry[2:]
    run.state = orjson.dumps(state)

    assert run.complete("x", k=99).complete("h").variables == {"k": 99, "seen": [99]}


def test_what_has_finished_takes_its_variables_to_another_version():
    drawn = nodes(s="startEvent", z=f"subProcess|{OWN}{by_itself(seen('own'))}", x="userTask", t=THROW)
    variables = {"seen": [], "k": 1}
    run = Run(diagram(drawn + chain("s", "z", "x", "t")), variables=variables).complete("a")
    moved(run, diagram(drawn + nodes(after="userTask") + chain("s", "z", "x", "t", "after")))

    assert run.complete("x", k=99).complete("h").variables == {"k": 99, "seen": [1]}


@pytest.mark.parametrize("part", range(4))
def test_random_oracle_of_what_is_undone_after_it_has_finished(part: int) -> None:
    for seed in range(FIRST + part, FIRST + DIAGRAMS, 4):
        play(seed, Undone)


def test_an_engine_that_undoes_with_variables_as_they_are_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail."""
    monkeypatch.setattr(Scope, "_recalled", lambda *_: None)
    with pytest.raises(Different, match="the engine says"):
        for seed in range(50):
            play(seed, Undone)
