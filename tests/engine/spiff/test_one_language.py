"""SpiffWorkflow's own evaluator runs Python, and its DMN asks it: neither is ever reached.

Python tells every `eval`, `exec` and `compile` of a text to its audit hooks. A hook cannot be taken away
again, so each run has a Python of its own.
"""

from __future__ import annotations

import subprocess
import sys

from tests.dmn.models import decision, inputs, source, table

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
MAPPED = '<zeebe:ioMapping><zeebe:input source="=age * 2" target="doubled"/>'
DIAGRAM = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {ZEEBE} id="d"
targetNamespace="t"><message id="m" name="asked"><extensionElements>
<zeebe:subscription correlationKey="=string(age)"/></extensionElements></message>
<process id="p" isExecutable="true">
<startEvent id="s"/>
<userTask id="a" name="Ask"><extensionElements>
<zeebe:taskSchedule dueDate="=deadline(&quot;advice_urgent&quot;)"/>
{MAPPED}<zeebe:output source="=doubled + 1" target="more"/></zeebe:ioMapping></extensionElements></userTask>
<boundaryEvent id="late" attachedToRef="a" cancelActivity="false"><timerEventDefinition>
<timeDuration>=duration("PT" + string(age) + "H")</timeDuration></timerEventDefinition></boundaryEvent>
<endEvent id="was_late"/>
<businessRuleTask id="b" name="Group"><extensionElements>
<zeebe:calledDecision decisionId="group" resultVariable="group"/></extensionElements></businessRuleTask>
<userTask id="each" name="Each"><multiInstanceLoopCharacteristics><extensionElements>
<zeebe:loopCharacteristics inputCollection="=[1, 2]" inputElement="one" outputCollection="all"
outputElement="=one + age"/></extensionElements></multiInstanceLoopCharacteristics></userTask>
<exclusiveGateway id="g" default="no"/>
<receiveTask id="r" messageRef="m"/>
<endEvent id="e"/><endEvent id="f"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="each"/><sequenceFlow id="f4" sourceRef="each" targetRef="g"/>
<sequenceFlow id="yes" sourceRef="g" targetRef="r"><conditionExpression>=group = "child"</conditionExpression>
</sequenceFlow><sequenceFlow id="no" sourceRef="g" targetRef="f"/>
<sequenceFlow id="f5" sourceRef="r" targetRef="e"/>
<sequenceFlow id="f6" sourceRef="late" targetRef="was_late"/>
</process></definitions>"""

TABLE = source(
    inputs("age", kind="number")
    + decision("group", table(['< 18 -> "child"', '>= 18 -> "adult"'], ask="age"), needs=("age",))
)

WATCHED = """
import sys
from datetime import UTC, datetime
from engine.rehearsal import Rehearsal, deploy

def run():
    rehearsal = Rehearsal(deploy(FILES), datetime(2026, 4, 7, 9, tzinfo=UTC))
    rehearsal.start("p", {"age": 3})
    rehearsal.advance("PT4H")
    rehearsal = rehearsal.restored()
    rehearsal.complete("a")
    for task in rehearsal.tasks():
        rehearsal.complete(task.id)
    assert rehearsal.message("asked", {"asked": "3"}) == "delivered"
    return rehearsal.trail()

run()  # whatever is imported late is imported now
heard = []
sys.addaudithook(lambda event, _: heard.append(event) if event in ("compile", "exec") else None)
"""
SAID = """
print(*trail, sep="\\n")
print(len(heard), any(name.startswith("SpiffWorkflow.dmn") for name in sys.modules))
"""


def watched(doing: str) -> list[str]:
    files = {"p.bpmn": DIAGRAM.encode(), "group.dmn": TABLE}
    script = f"FILES = {files!r}\n{WATCHED}\n{doing}\n{SAID}"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_a_process_with_every_kind_of_expression_runs_no_python_of_its_own():
    *trail, last = watched("trail = run()")

    assert {"late", "b", "g", "r", "e"} <= set(" ".join(trail).split())
    assert last == "0 False"


def test_spiffworkflow_s_own_evaluator_would_be_heard():
    engine = "from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine as Engine\n"
    ask = "Engine().environment.evaluate('1 + 1', {})"

    assert int(watched(f"trail = run()\n{engine}{ask}")[-1].split()[0]) > 0
