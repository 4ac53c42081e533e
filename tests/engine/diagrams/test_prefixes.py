"""A reference with a prefix means what is in this file, or in the file that its prefix stands for."""

import pytest

from engine.diagrams import read, vet
from engine.spiff.bundle import compile
from engine.spiff.parser import refusals

from .drawn import MESSAGE, bpmn, line, on, task

IMPORT = (
    '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="o.bpmn" namespace="urn:o"/>'
)


def file(body: str, beside: str = "") -> bytes:
    """With `tns` for this file, `x` for a namespace that no file has, and `o` for an imported one."""
    declared = b'<definitions xmlns:o="urn:o" xmlns:x="urn:x" xmlns:tns="http://example.org/" '
    return bpmn(body, MESSAGE + beside + IMPORT).replace(b"<definitions ", declared, 1)


REFERENCES = {
    "a message": ("a", task("", "receiveTask", 'messageRef="{}mail"')),
    "an error": ("b", on('<errorEventDefinition errorRef="{}er"/>')),
    "a shared trigger": ("b", on("<eventDefinitionRef>{}hour</eventDefinitionRef>")),
    "an activity": ("b", on("<eventDefinitionRef>hour</eventDefinitionRef>", host="{}a")),
    "a process": ("a", line("userTask:u", "callActivity:a").replace('"a"/>', '"a" calledElement="{}p"/>', 1)),
    "a flow's end": (
        "f",
        '<startEvent id="s"/><userTask id="a"/><sequenceFlow id="f" sourceRef="{}s" targetRef="a"/>',
    ),
}
HOUR = '<timerEventDefinition id="hour"><timeDuration>PT1H</timeDuration></timerEventDefinition>'


@pytest.mark.parametrize("prefix", ["", "tns:", "x:", " tns:"])
@pytest.mark.parametrize("name", REFERENCES)
def test_what_is_in_this_file_may_be_named_with_any_prefix_that_is_of_no_other(name, prefix):
    """Some tools write a prefix whose namespace is not the file's own."""
    content = file(REFERENCES[name][1].replace("{}", prefix), HOUR)

    assert vet({"x.bpmn": content}) == []
    compile({"x.bpmn": content}, "p")


@pytest.mark.parametrize("prefix", ["o:", "nobody:"])
@pytest.mark.parametrize("name", REFERENCES)
def test_what_is_in_another_file_or_nowhere_is_not_taken_from_this_one(name, prefix):
    element, body = REFERENCES[name]
    content = file(body.replace("{}", prefix), HOUR)

    assert element in [problem.element for problem in vet({"x.bpmn": content}) if prefix in problem.message]
    assert element in [problem.element for problem in refusals(read(content))]


def test_a_process_of_an_imported_file_is_called_there():
    caller = file(task("", "callActivity", 'calledElement="o:q"'))
    called = bpmn(line("userTask:u"), process='id="q" isExecutable="true"')

    assert vet({"x.bpmn": caller, "o.bpmn": called}) == []


def test_a_colon_makes_no_prefix_of_an_expression():
    caller = file(task("", "callActivity", 'calledElement="${x ? a:b}"'))

    assert not any("prefix" in problem.message for problem in vet({"x.bpmn": caller}))
