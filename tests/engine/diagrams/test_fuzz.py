"""Diagrams broken at random: each is answered at once, in words, and nothing in it ever runs.

`HANDRAIL_FUZZ` is how many; the default takes a few seconds. With `-s` it says how long the slowest took.
"""

import logging
import os
import random
import re
import time
from pathlib import Path

import pytest

from engine.diagrams import check, compare, normalised, outline, read
from engine.errors import DiagramRefused, Problem

from .drawn import MESSAGE, bpmn
from .oracle import watched
from .refused import REFUSED
from .runs import RUNS

ROUNDS = int(os.environ.get("HANDRAIL_FUZZ", "800"))
LONGEST = 2.0  # seconds of the processor for one file
PARTS = 4
UNCLEAR = re.compile(
    r"Traceback|object at 0x|NoneType|\b\w+Error\b|<class |lxml|SpiffWorkflow|\bdict\b|\btuple\b"
)
OURS = sorted((Path(__file__).parents[3] / "workflows").glob("*.bpmn"))
SEEDS = [bpmn(body, MESSAGE) for body in RUNS.values()] + [
    bpmn(case[2], MESSAGE) for case in REFUSED.values()
]
SEEDS += [path.read_bytes() for path in OURS]
ATTACKS = [
    b"__import__('os').system('id')",
    b"=__import__('os').system('id')",
    b"${''.class.forName('java.lang.Runtime')}",
    b"=().__class__.__base__.__subclasses__()",
    b"=" + b"(" * 3_000,
    b"=" + b"not(" * 500 + b"x" + b")" * 500,
    b"=for i in 1..1000000000 return i",
    b'=matches(x, "(a+)+$")',
    b"9**9**9",
    b"R999999999/PT0S",
    b"P999999999Y",
    b"10000000",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE a>",
    b"<?x y?>",
    b"]]>",
    b"\x00",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"%s%s%s{0}{x}",
    b"<script>alert(1)</script>",
    b"../../etc/passwd",
    "𝕏\u0301\u202e".encode(),
]
GRAFTS = [
    b"<categoryValueRef>c</categoryValueRef>",
    b'<standardLoopCharacteristics loopMaximum="2"/>',
    b"<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>",
    b'<messageEventDefinition messageRef="mail"/>',
    b"<compensateEventDefinition/>",
    b'<association sourceRef="h" targetRef="b"/>',
    b'<association sourceRef="b" targetRef="a"/>',
    b"<script>x = 1</script>",
    b'<dataInput id="given"/>',
    b"<inputSet/>",
    b"<activationCondition>=x</activationCondition>",
    b'<extensionElements><zeebe:header id="a" key="k"/></extensionElements>',
]


def broken(chance: random.Random) -> bytes:
    content = bytearray(chance.choice(SEEDS))
    for _ in range(chance.choice((1, 1, 2, 5))):
        chance.choice(MUTATIONS)(content, chance)
    return bytes(content)


def flip(content: bytearray, chance: random.Random) -> None:
    if content:
        content[chance.randrange(len(content))] = chance.randrange(256)


def cut(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) + 1)
    del content[start : start + chance.choice((1, 10, 100, len(content)))]


def repeat(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) + 1)
    piece = bytes(content[start : start + chance.choice((10, 100, 1000))])
    content[start:start] = piece * chance.choice((1, 2, 50))


def attack_value(content: bytearray, chance: random.Random) -> None:
    """Put something hostile into an attribute or between two tags."""
    places = [number for number, byte in enumerate(content) if byte in b'">']
    if places:
        place = chance.choice(places) + 1
        content[place:place] = chance.choice(ATTACKS)


def exchange(content: bytearray, chance: random.Random) -> None:
    """Swap two quoted values: references to the wrong thing, kinds in the wrong place."""
    parts = bytes(content).split(b'"')
    if len(parts) > 4:
        one, other = (chance.randrange(len(parts) // 2) * 2 + 1 for _ in range(2))
        if max(one, other) < len(parts):
            parts[one], parts[other] = parts[other], parts[one]
    content[:] = b'"'.join(parts)


def rename(content: bytearray, chance: random.Random) -> None:
    """Turn every element of one kind into another."""
    kinds = (
        b"userTask",
        b"exclusiveGateway",
        b"parallelGateway",
        b"subProcess",
        b"boundaryEvent",
        b"startEvent",
    )
    kinds += (
        b"eventBasedGateway",
        b"callActivity",
        b"scriptTask",
        b"endEvent",
        b"adHocSubProcess",
        b"transaction",
    )
    one, other = chance.sample(kinds, 2)
    content[:] = bytes(content).replace(one, other)


def reencode(content: bytearray, chance: random.Random) -> None:
    text = bytes(content).decode("utf-8", "replace")
    content[:] = text.encode(chance.choice(("utf-16", "utf-16-le", "latin-1", "utf-32", "utf-7")), "replace")


def graft(content: bytearray, chance: random.Random) -> None:
    """Put an element where it may not belong."""
    places = [found.end() for found in re.finditer(rb"<[a-zA-Z]+ id=[^<>]*[^/]>", content)]
    if places:
        place = chance.choice(places)
        content[place:place] = chance.choice(GRAFTS)


MUTATIONS = (
    flip,
    cut,
    graft,
    repeat,
    attack_value,
    attack_value,
    exchange,
    exchange,
    rename,
    rename,
    reencode,
)


def use(content: bytes) -> bool:
    """Do with a file whatever is ever done with one; whether it can be read."""
    report = check({"x.bpmn": content})
    assert report.text() and report.json()
    for file in report.files:
        unclear = [each for each in (*file.problems, *file.governance, *file.advice) if not clear(each)]
        assert not unclear, unclear[:3]
    try:
        diagram = read(content)
    except DiagramRefused as error:
        assert report.refused and error.problems and all(map(clear, error.problems))
        return False
    normalised(diagram)
    assert compare(diagram, diagram) == []
    for process in diagram.processes:
        steps = outline(diagram, process)
        assert len({step.id for step in steps}) == len(steps)
    return True


def clear(problem: Problem) -> bool:
    """Words for whoever drew it: a whole sentence, and nothing of how it is programmed."""
    said = re.sub("“[^”]*”|`[^`]*`| In FEEL: .*", "", problem.message, flags=re.DOTALL)
    return said.endswith((".", ":", "?")) and " " in said and not UNCLEAR.search(said)


@pytest.mark.parametrize("seed", range(PARTS))
def test_broken_diagrams_are_answered_and_never_run(seed):
    chance = random.Random(seed)
    readable, slowest = 0, 0.0

    with watched() as seen:
        for _ in range(ROUNDS // PARTS):
            content = broken(chance)
            started = time.process_time()
            readable += use(content)
            slowest = max(slowest, time.process_time() - started)
            assert slowest < LONGEST, content[:2_000]
            assert seen == [], content[:2_000]

    told = "%d files, %d read, %d executions, slowest %.2f s, unclear answers 0"
    logging.getLogger(__name__).warning(told, ROUNDS // PARTS, readable, len(seen), slowest)
    assert readable > ROUNDS // 40  # the fuzzer must get past the XML parser to be worth its time


def test_our_own_diagrams_are_seeds():
    assert OURS
