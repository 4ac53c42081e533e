"""Whatever is accepted, however large, is compiled after two seconds of work."""

import pytest

from engine.diagrams import read
from engine.spiff.bundle import compile
from tests.engine.diagrams.drawn import bpmn, flows, line
from tests.engine.diagrams.test_size import MOST, deep, spent


def processes(length: int = 490) -> bytes:
    """Each calls the next one."""
    one = (
        '<process id="q{0}"><startEvent id="s{0}"/><callActivity id="c{0}" calledElement="q{1}"/>'
        '<sequenceFlow id="f{0}" sourceRef="s{0}" targetRef="c{0}"/></process>'
    )
    last = f'<process id="q{length}"><startEvent id="x"/><userTask id="y"/>{flows("x y")}</process>'
    return bpmn(line("userTask:a"), "".join(one.format(n, n + 1) for n in range(length)) + last)


def join(length: int = 1_400) -> bytes:
    """A chain of tasks, and as many ways from its end to an inclusive join."""
    nodes = "".join(f'<task id="t{n}"/><task id="u{n}"/>' for n in range(length))
    gateways = '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>'
    row = [f"t{n} t{n + 1}" for n in range(length - 1)]
    ways = [f"{way}" for n in range(length) for way in (f"g u{n} =x", f"u{n} j")]
    ends = '<startEvent id="s"/><userTask id="e"/>'
    return bpmn(ends + nodes + gateways + flows("s t0", *row, f"t{length - 1} g", *ways, "j e"))


def boundaries(length: int = 2_900) -> bytes:
    """Boundary events on one task."""
    hung = "".join(
        f'<boundaryEvent id="b{n}" attachedToRef="a" cancelActivity="false">'
        f'<messageEventDefinition messageRef="m{n}"/></boundaryEvent>'
        for n in range(length)
    )
    named = "".join(f'<message id="m{n}" name="m{n}"/>' for n in range(length))
    return bpmn(line("userTask:a") + hung + flows(*(f"b{n} e" for n in range(length))), named)


LARGE = {
    "hundreds of processes": processes,
    "a join of many flows": join,
    "thousands of events on one task": boundaries,
    "deep extensions of another tool": lambda: deep("camunda:x", length=20_000),
}


@pytest.mark.parametrize("name", LARGE)
def test_any_file_is_compiled_within_two_seconds(name):
    files = {"x.bpmn": LARGE[name]()}
    processes = read(files["x.bpmn"]).processes

    assert spent(lambda: [compile(files, process) for process in processes]) < MOST
