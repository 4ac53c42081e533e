from lxml import etree

from engine.diagrams import normalised, read
from engine.diagrams.vocabulary import B

from .drawn import bpmn, flows, line
from .test_reading import DIAGRAM


def find(root: etree._Element, id: str) -> etree._Element:
    return next(element for element in root.iter("*") if element.get("id") == id)


def test_ids_are_those_of_the_diagram():
    root = normalised(DIAGRAM)

    drawn = {element.get("id") for element in root.iter(f"{B}sequenceFlow")}
    assert drawn == set(DIAGRAM.flows)


def test_event_definitions_stand_where_they_are_used():
    late = find(normalised(DIAGRAM), "late")

    assert late.find(f"{B}timerEventDefinition/{B}timeDuration").text == "PT15M"
    assert late.find(f"{B}eventDefinitionRef") is None


def test_references_have_no_prefix_and_booleans_are_words():
    late = find(normalised(DIAGRAM), "late")

    assert (late.get("attachedToRef"), late.get("cancelActivity")) == ("a", "false")


def test_links_become_flows():
    body = (
        '<startEvent id="s"/><intermediateThrowEvent id="t"><linkEventDefinition '
        'name="x"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="c"><linkEventDefinition '
        'name="x"/></intermediateCatchEvent><endEvent id="e"/>'
    )
    root = normalised(read(bpmn(body + flows("s t", "c e"))))

    joined = [(flow.get("sourceRef"), flow.get("targetRef")) for flow in root.iter(f"{B}sequenceFlow")]
    assert ("t", "c") in joined
    assert find(root, "c").tag == f"{B}intermediateThrowEvent"


def test_links_of_different_sub_processes_do_not_meet():
    link = '<intermediate{0}Event id="{1}"><linkEventDefinition name="x"/></intermediate{0}Event>'
    body = f"<subProcess id='one'>{link.format('Throw', 't')}</subProcess>{link.format('Catch', 'c')}"

    assert list(normalised(read(bpmn(body))).iter(f"{B}sequenceFlow")) == []


def test_only_bpmn_and_zeebe_are_left():
    body = '<userTask id="a" camunda:assignee="x"><extensionElements><camunda:script>evil</camunda:script>'
    body += '<zeebe:formDefinition formId="f"/></extensionElements></userTask>'
    root = normalised(read(bpmn(body)))

    text = etree.tostring(root).decode()
    assert "evil" not in text and "assignee" not in text and 'formId="f"' in text


def test_the_original_stays_and_each_copy_is_fresh():
    diagram = read(bpmn(line("userTask:a")))
    before = diagram.original
    first = normalised(diagram)
    first.clear()

    assert diagram.original is before
    assert find(normalised(diagram), "a") is not None


def test_normalising_twice_changes_nothing():
    once = etree.tostring(normalised(DIAGRAM))

    assert etree.tostring(normalised(read(once))) == once
