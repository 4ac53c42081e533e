"""What the vetting lets through, the executor compiles: no fault waits until a case is started."""

import os
import random

import pytest

from engine.diagrams import read, vet
from engine.diagrams.support import EVENTS, RUN
from engine.errors import DiagramRefused
from engine.spiff import bundle

from .drawn import MESSAGE, bpmn, event, flows, line, task, zeebe
from .runs import RUNS, UNDONE
from .test_fuzz import OURS, broken

ROUNDS = int(os.environ.get("HANDRAIL_FUZZ", "600"))
DEFINITIONS = {
    "": "",
    "message": '<messageEventDefinition messageRef="mail"/>',
    "signal": '<signalEventDefinition signalRef="si"/>',
    "timer": "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>",
    "conditional": "<conditionalEventDefinition><condition>=x</condition></conditionalEventDefinition>",
    "error": '<errorEventDefinition errorRef="er"/>',
    "escalation": '<escalationEventDefinition escalationRef="es"/>',
    "terminate": "<terminateEventDefinition/>",
    "cancel": "<cancelEventDefinition/>",
    "compensation": "<compensateEventDefinition/>",
    "link": '<linkEventDefinition name="x"/>',
}
UNDO = '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="x" targetRef="undo"/>'
PAIRS = [(place, kind) for place, kinds in EVENTS.items() for kind, status in kinds.items() if status == RUN]


def drawn(place: str, kind: str) -> str:
    """A small diagram with an event `x` of this kind at this place."""
    what = DEFINITIONS[kind]
    if place == "start":
        return line("userTask:a").replace('<startEvent id="s"/>', event("startEvent", "s", what))
    if place == "event start":
        inner = event("startEvent", "x", what) + '<endEvent id="ie"/>' + flows("x ie")
        return line("userTask:a") + f'<subProcess id="sp" triggeredByEvent="true">{inner}</subProcess>'
    if place == "boundary":
        return boundary(kind, what)
    if place == "end":
        row = line("userTask:a").replace('<endEvent id="e"/>', event("endEvent", "e", what))
        inside = f'<startEvent id="os"/><transaction id="t">{row}</transaction><endEvent id="oe"/>'
        return inside + flows("os t", "t oe") if kind == "cancel" else row
    return intermediate(place, kind, what)


def boundary(kind: str, what: str) -> str:
    host = "transaction" if kind == "cancel" else "subProcess"
    inner = '<startEvent id="is"/><userTask id="it"/>' + flows("is it")
    row = line(f"{host}:a").replace(f'<{host} id="a"/>', f'<{host} id="a">{inner}</{host}>')
    row += event("boundaryEvent", "x", what, 'attachedToRef="a"')
    return row + (UNDO if kind == "compensation" else '<endEvent id="late"/>' + flows("x late"))


def intermediate(place: str, kind: str, what: str) -> str:
    tag = "intermediateCatchEvent" if place == "catch" else "intermediateThrowEvent"
    if kind != "link":
        return line("userTask:a", f"{tag}:x").replace(f'<{tag} id="x"/>', event(tag, "x", what))
    throw, catch = (event(f"intermediate{word}Event", word, what) for word in ("Throw", "Catch"))
    return f'<startEvent id="s"/>{throw}{catch}<endEvent id="e"/>' + flows("s Throw", "Catch e")


def compiles(content: bytes) -> None:
    for process in read(content).processes.values():
        if process.executable:
            bundle.compile({"x.bpmn": content}, process.id)


@pytest.mark.parametrize(("place", "kind"), PAIRS)
def test_every_event_that_is_said_to_run_does(place, kind):
    content = bpmn(drawn(place, kind), MESSAGE)

    assert vet({"x.bpmn": content}) == []
    compiles(content)


@pytest.mark.parametrize("name", RUNS)
def test_odd_but_right_diagrams_compile(name):
    compiles(bpmn(RUNS[name], MESSAGE))


def test_what_undoes_may_be_joined_on_the_plane_of_the_pools():
    pools = '<participant id="P" processRef="p"/><association id="as" sourceRef="b" targetRef="h"/>'
    content = bpmn(UNDONE, f'<collaboration id="co">{pools}</collaboration>')

    assert vet({"x.bpmn": content}) == []
    compiles(content)


def test_an_id_of_a_header_is_no_element():
    headers = '<zeebe:taskHeaders><zeebe:header id="G" key="k" value="v"/></zeebe:taskHeaders>'
    working = zeebe(f'<zeebe:taskDefinition type="op"/>{headers}')
    body = task(working, "serviceTask") + '<callActivity id="c" calledElement="G"/>' + flows("a c")
    content = bpmn(body, '<globalUserTask id="G" name="Ask"/>')

    assert vet({"x.bpmn": content}) == []
    compiles(content)


def test_a_called_process_is_named_without_prefix():
    called = zeebe('<zeebe:calledElement processId="t:q"/>')
    content = bpmn(task(called, "callActivity"), '<process id="q"><userTask id="qa"/></process>')

    assert '"t:q"' in vet({"x.bpmn": content})[0].message


def test_what_nobody_refers_to_needs_no_id():
    compiles(bpmn(line("userTask:a"), "<signal/><error/><escalation/><message/>"))


def test_what_is_said_of_a_whole_process_is_only_kept():
    said = zeebe('<zeebe:properties><zeebe:property name="a" value="=not("/></zeebe:properties>')
    content = bpmn(said + line("userTask:a"))

    assert vet({"x.bpmn": content}) == []
    compiles(content)


def test_broken_diagrams_that_pass_compile():
    chance = random.Random(7)
    passed = 0
    for _ in range(ROUNDS):
        content = broken(chance)
        if vet({"x.bpmn": content}):
            continue
        passed += 1
        try:
            compiles(content)
        except DiagramRefused as error:
            raise AssertionError([content[:3_000], error.problems]) from error

    assert passed > ROUNDS // 50


def test_our_own_diagrams_compile_together():
    files = {path.name: path.read_bytes() for path in OURS}

    for content in files.values():
        for process in read(content).processes:
            bundle.compile(files, process)
