"""Every place of a diagram that another engine would evaluate, with a command in it: refused, and nothing
runs.
"""

import pytest

from engine.diagrams import vet

from .drawn import bpmn, line, on, split, task, timer, zeebe
from .oracle import watched

COMMAND = "__import__('os').system('id')"
SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
SEVERAL = "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>"

POSITIONS = {
    "script": task(f"<script>{COMMAND}</script>", "scriptTask", 'scriptFormat="python"'),
    "condition": split(f"g a {COMMAND}", "g b =y"),
    "condition behind =": split(f"g a ={COMMAND}", "g b =y"),
    "condition that says it is FEEL": split(f"g a {COMMAND}", "g b =y").replace(
        "tFormalExpression", 'x" language="feel'
    ),
    "timer": on(timer(COMMAND)),
    "timer behind =": on(timer(f"={COMMAND}")),
    "cardinality": task(SEVERAL.format(f"<loopCardinality>{COMMAND}</loopCardinality>")),
    "collection": task(SEVERAL.format(zeebe(f'<zeebe:loopCharacteristics inputCollection="={COMMAND}"/>'))),
    "completion": task(
        SEVERAL.format(
            f"<loopCardinality>3</loopCardinality><completionCondition>={COMMAND}</completionCondition>"
        )
    ),
    "loop": task(
        f"<standardLoopCharacteristics><loopCondition>{COMMAND}</loopCondition></standardLoopCharacteristics>"
    ),
    "pre-script": task(
        zeebe(f"<spiffworkflow:preScript {SPIFF}>{COMMAND}</spiffworkflow:preScript>"),
    ),
    "service parameter": task(
        zeebe(
            f'<spiffworkflow:serviceTaskOperator {SPIFF} id="x"><spiffworkflow:parameter value="{COMMAND}"/>'
        ).replace("</extensionElements>", "</spiffworkflow:serviceTaskOperator></extensionElements>"),
        "serviceTask",
    ),
    "conditional event": on(
        f"<conditionalEventDefinition><condition>{COMMAND}</condition></conditionalEventDefinition>"
    ),
    "ad-hoc completion": task(
        f'<userTask id="x"/><completionCondition>{COMMAND}</completionCondition>', "adHocSubProcess"
    ),
    "activation": line("complexGateway:a").replace(
        'id="a"/>', f'id="a"><activationCondition>{COMMAND}</activationCondition></complexGateway>', 1
    ),
    "output mapping": task(
        zeebe(f'<zeebe:ioMapping><zeebe:output source="={COMMAND}" target="x"/></zeebe:ioMapping>')
    ),
    "mapping target": task(
        zeebe(f'<zeebe:ioMapping><zeebe:output source="=1" target="{COMMAND}"/></zeebe:ioMapping>')
    ),
    "assignee": task(zeebe(f'<zeebe:assignmentDefinition assignee="={COMMAND}"/>')),
    "due date": task(zeebe(f'<zeebe:taskSchedule dueDate="{COMMAND}"/>')),
    "Java in JUEL": split("g a ${''.class.forName('java.lang.Runtime')}", "g b =y"),
}


@pytest.mark.parametrize("name", POSITIONS)
def test_commands_are_refused_wherever_they_stand(name):
    content = bpmn(POSITIONS[name])

    with watched() as seen:
        problems = vet({"x.bpmn": content})

    assert seen == []
    assert problems and problems[0].message


def test_a_command_in_a_correlation_key_is_refused():
    key = zeebe(f'<zeebe:subscription correlationKey="={COMMAND}"/>')
    beside = f'<message id="m" name="n">{key}</message>'

    assert vet({"x.bpmn": bpmn(line("userTask:a"), beside)})[0].element == "m"
