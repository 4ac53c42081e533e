"""Data objects and associations: variables of their names, copied where both ends are drawn."""

from __future__ import annotations

import pytest

from engine.diagrams import vet
from engine.errors import DiagramRefused
from engine.spiff.bundle import compile

from .drawing import Run, chain, diagram, nodes
from .event_definitions import M1, MESSAGE

OBJECT = '<dataObject id="do"/><dataObjectReference id="ref" name="{}" dataObjectRef="do"/>'
SPECIFICATION = (
    '<ioSpecification><dataInput id="din" name="asked"/><dataOutput id="dout" name="answer"/>'
    "<inputSet/><outputSet/></ioSpecification>"
)


def joined(tag: str, *sources: str, target: str = "", inner: str = "") -> str:
    ends = "".join(f"<sourceRef>{source}</sourceRef>" for source in sources)
    ends += f"<targetRef>{target}</targetRef>" if target else ""
    return f"<{tag}>{ends}{inner}</{tag}>"


INPUT = joined("dataInputAssociation", "ref", target="din")
OUTPUT = joined("dataOutputAssociation", "dout", target="ref")


def task(inner: str, beside: str = OBJECT.format("report"), kind: str = "userTask") -> bytes:
    return diagram(nodes(s="startEvent", a=f"{kind}|{inner}", b="userTask") + chain("s", "a", "b") + beside)


def test_a_data_input_is_a_copy_of_the_data_object():
    run = Run(
        task(SPECIFICATION + INPUT, kind="serviceTask").replace(b"<ioSpec", SERVICE + b"<ioSpec"),
        variables={"report": "late"},
    )

    assert [job.inputs for job in run.jobs.values()] == [{"asked": "late"}]
    assert run.answer("a").variables == {"report": "late"}


SERVICE = b'<extensionElements><zeebe:taskDefinition type="letter"/></extensionElements>'


def test_a_data_output_goes_to_the_data_object_and_nothing_else_leaves():
    run = Run(task(SPECIFICATION + OUTPUT)).complete("a", answer="yes", note="private")

    assert run.variables == {"report": "yes"} and run.open() == ["b"]


@pytest.mark.parametrize("name", ["Consent form (signed)", "report"])
def test_data_that_is_only_joined_to_a_task_is_drawn(name):
    """As Camunda Modeler and bpmn.io draw it: with a property nobody named, or with one end."""
    inner = '<property id="pr" name="__targetRef_placeholder"/>'
    inner += joined("dataInputAssociation", "ref", target="pr")
    inner += joined("dataOutputAssociation", target="ref")
    run = Run(task(inner, OBJECT.format(name)), variables={"report": "late"}).complete("a", note="kept")

    assert run.variables == {"report": "late", "note": "kept"}


def test_a_data_object_without_a_name_goes_by_its_id():
    beside = '<dataObject id="do"/><dataObjectReference id="ref" dataObjectRef="do"/>'

    assert Run(task(SPECIFICATION + OUTPUT, beside)).complete("a", answer=1).variables == {"do": 1}


def test_a_message_brings_data():
    inner = '<dataOutput id="dout" name="answer"/>' + OUTPUT + MESSAGE
    body = nodes(s="startEvent", a=f"intermediateCatchEvent|{inner}", b="userTask") + chain("s", "a", "b")
    run = Run(diagram(body + OBJECT.format("reply"), M1)).message("reply", answer="yes", other=1)

    assert run.variables == {"reply": "yes"}


def test_a_message_takes_data_along():
    inner = '<dataInput id="din" name="asked"/>' + INPUT + MESSAGE
    body = nodes(s="startEvent", a=f"intermediateThrowEvent|{inner}", b="userTask") + chain("s", "a", "b")
    run = Run(diagram(body + OBJECT.format("report"), M1), variables={"report": "late", "x": 1})

    assert run.thrown[0].variables == {"asked": "late"}


def test_a_data_object_of_a_sub_process_ends_with_it():
    inner = nodes(i="startEvent", x=f"userTask|{SPECIFICATION}{OUTPUT}", y="userTask") + chain("i", "x", "y")
    inner += (
        OBJECT.format("")
        .replace('name=""', "")
        .replace('id="do"', 'id="report"')
        .replace('dataObjectRef="do"', 'dataObjectRef="report"')
    )
    body = nodes(s="startEvent", z=f"subProcess|{inner}", b="userTask") + chain("s", "z", "b")
    run = Run(diagram(body), variables={"report": "of the process"}).complete("x", answer="inside")

    assert run.variables == {"report": "of the process"}
    assert run.complete("y").open() == ["b"] and run.variables == {"report": "of the process"}


def test_instances_go_over_a_data_object_and_fill_another():
    loop = (
        "<multiInstanceLoopCharacteristics><loopDataInputRef>din</loopDataInputRef>"
        "<loopDataOutputRef>dout</loopDataOutputRef>"
        '<inputDataItem id="i1" name="agency"/><outputDataItem id="o1" name="answer"/>'
        "</multiInstanceLoopCharacteristics>"
    )
    beside = OBJECT.format("agencies") + OBJECT.format("answers").replace('"do', '"do2').replace(
        "ref", "ref2"
    )
    inner = SPECIFICATION + INPUT + OUTPUT.replace(">ref<", ">ref2<") + loop
    run = Run(task(inner, beside), variables={"agencies": ["x", "y"]})

    run.complete("a", 1, answer=2).complete("a", answer=1)
    assert run.variables == {"agencies": ["x", "y"], "answers": [1, 2]}


REFUSED = {
    "a data store": joined("dataOutputAssociation", target="store"),
    "a transformation": joined(
        "dataInputAssociation", "ref", target="din", inner="<transformation>=report + 1</transformation>"
    ),
    "an assignment": joined(
        "dataInputAssociation", target="din", inner="<assignment><from>1</from><to>din/part</to></assignment>"
    ),
    "an assignment in another language": joined(
        "dataInputAssociation",
        target="din",
        inner='<assignment><from language="http://www.java.com/java">a.b()</from><to>din</to></assignment>',
    ),
    "an assignment to nowhere": joined(
        "dataInputAssociation", inner="<assignment><from>1</from><to>din</to></assignment>"
    ),
    "several sources": joined("dataInputAssociation", "ref", "ref", target="din"),
    "data that is not there": joined("dataInputAssociation", "nowhere", target="din"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_more_than_a_copy_is_refused(what):
    beside = OBJECT.format("report") + '<dataStoreReference id="store"/>'
    problems = vet({"x.bpmn": task(SPECIFICATION + REFUSED[what], beside)})
    assert [problem.element for problem in problems] == ["a"]
    with pytest.raises(DiagramRefused) as refused:
        compile({"x.bpmn": task(SPECIFICATION + REFUSED[what], beside)}, "p")

    assert [problem.element for problem in refused.value.problems] == ["a"]


def test_data_that_is_copied_has_the_name_of_a_variable():
    with pytest.raises(DiagramRefused):
        compile({"x.bpmn": task(SPECIFICATION + OUTPUT, OBJECT.format("Consent form"))}, "p")


def test_a_data_store_that_nothing_reads_or_writes_is_drawn():
    assert Run(task("", '<dataStoreReference id="store" name="Archive"/>')).open() == ["a"]


def test_a_start_event_gives_what_its_output_mapping_says():
    mapping = (
        '<extensionElements><zeebe:ioMapping><zeebe:output source="=n + 1" target="m"/></zeebe:ioMapping>'
    )
    body = nodes(s=f"startEvent|{mapping}</extensionElements>", a="userTask") + chain("s", "a")

    assert Run(diagram(body), variables={"n": 1}).variables == {"n": 1, "m": 2}


def test_an_assignment_gives_a_data_input_its_value():
    """As jBPM writes the parameters of a task: text is fixed, FEEL starts with `=`."""
    for value, given in (("Ask", "Ask"), ("=report + 1", 2)):
        inner = f"<assignment><from>{value}</from><to>din</to></assignment>"
        association = joined("dataInputAssociation", target="din", inner=inner)
        drawn = task(SPECIFICATION + association, kind="serviceTask").replace(
            b"<ioSpec", SERVICE + b"<ioSpec"
        )

        assert [job.inputs for job in Run(drawn, variables={"report": 1}).jobs.values()] == [{"asked": given}]


FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"


@pytest.mark.parametrize("said", [f'language="{FEEL}"', ""])
def test_an_assignment_that_says_it_is_feel_is_worked_out(said):
    inner = f"<assignment><from {said}>report + 1</from><to>din</to></assignment>"
    association = joined("dataInputAssociation", target="din", inner=inner)
    drawn = task(SPECIFICATION + association, kind="serviceTask").replace(b"<ioSpec", SERVICE + b"<ioSpec")
    if not said:
        drawn = drawn.replace(b"<definitions", f'<definitions expressionLanguage="{FEEL}"'.encode(), 1)
    run = Run(drawn, variables={"report": 1})

    assert vet({"x.bpmn": drawn}) == []
    assert [job.inputs for job in run.jobs.values()] == [{"asked": 2}]
