"""All that `zeebe:` can say is read, makes no difference, or is refused by name: nothing is passed over."""

from __future__ import annotations

import pytest

from engine.diagrams import read, vet
from engine.errors import DiagramRefused
from engine.spiff.bundle import compile

from .drawn import bpmn, line
from .drawn import zeebe as extension

HOLDERS = {
    "userTask": "assignmentDefinition userTask formDefinition userTaskForm taskSchedule priorityDefinition "
    "taskHeaders taskListeners properties ioMapping",
    "serviceTask": "taskDefinition jobPriorityDefinition linkedResources executionListeners agentDefinition",
    "callActivity": "calledElement",
    "businessRuleTask": "calledDecision",
    "adHocSubProcess": "adHoc",
    "scriptTask": "script",
}

SCHEMA = {
    "assignmentDefinition": {"assignee": "read", "candidateGroups": "read", "candidateUsers": "refused"},
    "userTask": {},
    "formDefinition": {
        "formId": "read",
        "formKey": "refused",
        "externalReference": "refused",
        "bindingType": "refused",
        "versionTag": "refused",
    },
    "userTaskForm": {"id": "refused"},
    "taskSchedule": {"dueDate": "read", "followUpDate": "read"},
    "priorityDefinition": {"priority": "read"},
    "jobPriorityDefinition": {"priority": "refused"},
    "taskDefinition": {"type": "read", "retries": "kept"},
    "calledElement": {
        "processId": "read",
        "processIdExpression": "refused",
        "propagateAllChildVariables": "refused",
        "propagateAllParentVariables": "refused",
        "businessId": "refused",
        "bindingType": "refused",
        "versionTag": "refused",
    },
    "calledDecision": {
        "decisionId": "read",
        "resultVariable": "read",
        "bindingType": "refused",
        "versionTag": "refused",
    },
    "script": {"expression": "refused", "resultVariable": "refused"},
    "linkedResources": {"anything": "refused"},
    "executionListeners": {"anything": "refused"},
    "taskListeners": {"anything": "refused"},
    "adHoc": {
        "activeElementsCollection": "refused",
        "outputCollection": "refused",
        "outputElement": "refused",
    },
    "agentDefinition": {"agentType": "refused"},
    "tomorrowsInvention": {"anything": "refused"},
}
"""The schema that Camunda Modeler 5 and the bpmn.io properties panel write by: element → its attributes."""

CASES = [(element, name, said) for element, names in SCHEMA.items() for name, said in names.items()]


def zeebe(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def holding(kind: str, inner: str) -> bytes:
    inside = '<userTask id="inside"/>' if kind == "adHocSubProcess" else ""
    drawn = line(f"{kind}:a").replace(f'<{kind} id="a"/>', f'<{kind} id="a">{inner}{inside}</{kind}>')
    return bpmn(drawn)


def unread(content: bytes) -> list[str]:
    return [each.message for each in vet({"x.bpmn": content}) if "is not read" in each.message]


def holder(element: str) -> str:
    return next((kind for kind, names in HOLDERS.items() if element in names.split()), "userTask")


@pytest.mark.parametrize(("element", "attribute", "said"), CASES)
def test_every_attribute_is_read_or_refused(element: str, attribute: str, said: str) -> None:
    content = holding(holder(element), zeebe(f'<zeebe:{element} {attribute}="x"/>'))

    if element == "script":  # the script task is refused itself
        assert "script task" in " ".join(each.message for each in vet({"x.bpmn": content}))
    else:
        assert bool(unread(content)) == (said == "refused")


@pytest.mark.parametrize(
    "binding", [("calledElement", "callActivity"), ("calledDecision", "businessRuleTask")]
)
def test_what_is_called_is_that_of_the_same_release(binding: tuple[str, str]) -> None:
    element, kind = binding

    assert unread(holding(kind, zeebe(f'<zeebe:{element} bindingType="deployment"/>'))) == []
    assert unread(holding(kind, zeebe(f'<zeebe:{element} bindingType="latest"/>'))) != []


MISPLACED = {
    "a task type on an event": (
        "intermediateThrowEvent",
        zeebe('<zeebe:taskDefinition type="letter"/>'),
    ),
    "a form on a service task": ("serviceTask", zeebe('<zeebe:formDefinition formId="x"/>')),
    "a mapping on a gateway": ("exclusiveGateway", zeebe("<zeebe:ioMapping/>")),
    "an input of an event that waits": (
        "intermediateCatchEvent",
        zeebe('<zeebe:ioMapping><zeebe:input source="=1" target="x"/></zeebe:ioMapping>'),
    ),
    "a correlation key at a task": ("receiveTask", zeebe('<zeebe:subscription correlationKey="=x"/>')),
    "an input without its mapping": ("userTask", zeebe('<zeebe:input source="=1" target="x"/>')),
    "an extension outside its place": ("userTask", '<zeebe:formDefinition formId="x"/>'),
    "the same twice": ("userTask", zeebe('<zeebe:formDefinition formId="x"/>' * 2)),
    "extensions twice": (
        "userTask",
        zeebe('<zeebe:formDefinition formId="x"/>') + zeebe('<zeebe:priorityDefinition priority="1"/>'),
    ),
    "several instances of no loop": ("userTask", zeebe('<zeebe:loopCharacteristics inputCollection="=x"/>')),
}


@pytest.mark.parametrize("what", MISPLACED)
def test_what_stands_where_nothing_reads_it_is_refused(what: str) -> None:
    assert unread(holding(*MISPLACED[what])) != []


def test_what_a_modeler_writes_beside_is_kept() -> None:
    headers = '<zeebe:taskHeaders><zeebe:header key="a" value="b"/></zeebe:taskHeaders>'
    content = holding("serviceTask", zeebe(f'<zeebe:taskDefinition type="letter" retries="3"/>{headers}'))
    content = content.replace(
        b'id="a">', b'id="a" zeebe:modelerTemplate="t" zeebe:modelerTemplateVersion="1">'
    )

    assert vet({"x.bpmn": content}) == [] and read(content).original == content


def test_a_drawing_of_what_others_do_may_say_what_it_likes() -> None:
    other = b'<process id="q" isExecutable="false">'
    other += b'<userTask id="z"><extensionElements><zeebe:tomorrow/></extensionElements></userTask></process>'

    assert (
        vet({"x.bpmn": bpmn(line("userTask:a")).replace(b"</definitions>", other + b"</definitions>")}) == []
    )


def test_an_expression_of_a_script_task_is_said_as_a_mapping() -> None:
    script = zeebe('<zeebe:script expression="=a + b" resultVariable="sum"/>')
    messages = [each.message for each in vet({"x.bpmn": holding("scriptTask", script)})]

    assert any("output sum with the value =a + b" in message for message in messages)


@pytest.mark.parametrize("name", ["propagateAllParentVariables", "propagateAllChildVariables"])
def test_what_a_call_shares_is_said_by_true_or_false(name):
    def content(word: str) -> dict[str, bytes]:
        call = extension(f'<zeebe:calledElement processId="p" {name}="{word}"/>')
        return {
            "x.bpmn": bpmn(
                line("userTask:u", "callActivity:a").replace('"a"/>', f'"a">{call}</callActivity>', 1)
            )
        }

    assert vet(content("true")) == vet(content("false")) == []
    assert any(name in problem.message for problem in vet(content("False")))
    with pytest.raises(DiagramRefused):
        compile(content("False"), "p")
