"""The same hostile files, given to SpiffWorkflow alone: there they run commands, hang and are misread.

A test that hears nothing proves nothing unless it would have heard something. Here it does.
"""

import json
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from engine.diagrams import vet
from engine.errors import DiagramRefused, Incident, InvalidInput
from engine.rehearsal import Rehearsal, deploy
from tests.engine.spiff.drawing import NOON

from .drawn import bpmn, flows, line, on, split, task, zeebe
from .stock import SECONDS
from .test_hostile_positions import COMMAND, POSITIONS, SEVERAL, SPIFF

ROOT = Path(__file__).parents[3]
OPERATOR = (
    f'<spiffworkflow:serviceTaskOperator {SPIFF} id="x" resultVariable="r"><spiffworkflow:parameters>'
    f'<spiffworkflow:parameter id="given" type="str" value="{COMMAND}"/></spiffworkflow:parameters>'
    "</spiffworkflow:serviceTaskOperator>"
)
RUNS_COMMANDS = {
    name: POSITIONS[name]
    for name in ("script", "condition", "timer", "cardinality", "loop", "pre-script")
    + ("conditional event", "ad-hoc completion")
} | {
    "service parameter": task(zeebe(OPERATOR), "serviceTask"),
    "completion condition": task(
        SEVERAL.format(
            f"<loopCardinality>3</loopCardinality><completionCondition>{COMMAND}</completionCondition>"
        )
    ),
}


def stock(content: bytes) -> dict[str, Any]:
    """What became of it; `hung` when it was still at it after the time or memory that it has."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.engine.diagrams.stock"],
        input=content,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    if ran.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return {"hung": True}
    assert ran.returncode == 0, ran.stderr[-2_000:]
    told: dict[str, Any] = json.loads(ran.stdout)
    return told | {"hung": told.get("error") == "MemoryError"}


@pytest.mark.parametrize("name", RUNS_COMMANDS)
def test_spiffworkflow_alone_runs_the_command(name):
    content = bpmn(RUNS_COMMANDS[name])

    assert stock(content)["commands"]
    assert vet({"x.bpmn": content})


# Hanging

CALL_ITSELF = line("callActivity:a").replace('id="a"', 'id="a" calledElement="p"')
FORKS = 18
STACKED = "".join(f'<parallelGateway id="f{number}"/>' for number in range(FORKS)) + flows(
    *(f"f{number} f{number + 1}" for number in range(FORKS - 1))
)
STACKED += STACKED[STACKED.index("<sequenceFlow") :].replace('id="f', 'id="again_f')
HANGS = {
    "ten million instances": task(SEVERAL.format("<loopCardinality>10000000</loopCardinality>")),
    "a number that has no end": split("g a 9**9**9 > 1", "g b =y"),
    "a process that calls itself": CALL_ITSELF,
    "a timer that never rests": on(
        '<timerEventDefinition><timeCycle>"R100000000/PT0S"</timeCycle></timerEventDefinition>'
    ),
    "a loop for ever": '<startEvent id="s"/><endEvent id="e"/><callActivity id="a" calledElement="q">'
    "<standardLoopCharacteristics><loopCondition>True</loopCondition></standardLoopCharacteristics>"
    f"</callActivity>{flows('s a', 'a e')}",
    "forks of forks": '<startEvent id="s"/><endEvent id="e"/>' + STACKED + flows("s f0", f"f{FORKS - 1} e"),
}
NOTHING = (
    f'<process id="q" isExecutable="true"><startEvent id="qs"/><endEvent id="qe"/>{flows("qs qe")}</process>'
)


@pytest.mark.parametrize("name", HANGS)
def test_spiffworkflow_alone_hangs(name):
    content = bpmn(HANGS[name], NOTHING if 'calledElement="q"' in HANGS[name] else "")
    assert stock(content)["hung"]

    started = time.process_time()
    with suppress(DiagramRefused, InvalidInput, Incident):  # said in words
        Rehearsal(deploy({"x.bpmn": content}), NOON).start("p", {})
    assert time.process_time() - started < SECONDS


# Misreading: what SpiffWorkflow completes, and whether it thinks that all is over

SIGNAL = '<signal id="n" name="n"/>'
RAISED = '<signalEventDefinition signalRef="n"/>'
LINK = '<linkEventDefinition name="l"/>'
COMPENSATE = "<compensateEventDefinition/>"
MISREAD = {
    "flows without ids": (line("task:a").replace('id="s_a" ', ""), "", ("s", "a", "e")),
    "a signal that an end event raises": (
        '<startEvent id="s"/><parallelGateway id="g"/>'
        f'<intermediateCatchEvent id="c">{RAISED}</intermediateCatchEvent><endEvent id="e"/>'
        f'<endEvent id="z">{RAISED}</endEvent>' + flows("s g", "g c", "g z", "c e"),
        SIGNAL,
        ("s", "g", "z", "c", "e"),
    ),
    "a link": (
        f'<startEvent id="s"/><intermediateThrowEvent id="t">{LINK}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="c">{LINK}</intermediateCatchEvent><endEvent id="e"/>'
        + flows("s t", "c e"),
        "",
        ("s", "t", "c", "e"),
    ),
    "compensation": (
        f'<startEvent id="s"/><task id="a"/><boundaryEvent id="on" attachedToRef="a">{COMPENSATE}'
        '</boundaryEvent><task id="undo" isForCompensation="true"/>'
        '<association id="l" sourceRef="on" targetRef="undo"/>'
        f'<endEvent id="e">{COMPENSATE}</endEvent>' + flows("s a", "a e"),
        "",
        ("s", "a", "undo", "e"),
    ),
    "an event sub-process that nothing started": (
        '<startEvent id="s"/><task id="a"/><endEvent id="e"/>'
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="i"><errorEventDefinition errorRef="n"/>'
        f'</startEvent><task id="j"/><endEvent id="k"/>{flows("i j", "j k")}</subProcess>'
        + flows("s a", "a e"),
        '<error id="n" name="n" errorCode="n"/>',
        ("s", "a", "e"),
    ),
}


@pytest.mark.parametrize("name", MISREAD)
def test_spiffworkflow_alone_misreads_it(name):
    body, beside, expected = MISREAD[name]
    content = bpmn(body, beside)
    rehearsal = Rehearsal(deploy({"x.bpmn": content}), NOON)
    rehearsal.start("p", {})

    assert sorted(rehearsal.trail()) == sorted(expected)
    told = stock(content)
    done = sorted(set(told["completed"]) - {"Start", "End", "p.EndJoin"})
    assert (done, told["over"]) != (sorted(expected), True), "read as the standard says"
