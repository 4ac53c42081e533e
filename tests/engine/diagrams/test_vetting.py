"""Each rule, by the smallest diagram that breaks it; and diagrams that look odd but run exactly as drawn."""

import pytest

from engine.diagrams import Known, vet
from engine.diagrams.vetting import RULES, read_all, views
from engine.execution import RESERVED
from feel.types import one_of

from .drawn import bpmn, flows, line

MESSAGE = '<message id="mail" name="asked"/><signal id="si" name="all"/><error id="er" errorCode="e1"/>'
MESSAGE += '<escalation id="es" escalationCode="x1"/><message id="nameless"/>'


def event(kind: str, id: str, definition: str, attributes: str = "") -> str:
    return f'<{kind} id="{id}" {attributes}>{definition}</{kind}>'


def timer(text: str, form: str = "timeDuration") -> str:
    return f"<timerEventDefinition><{form}>{text}</{form}></timerEventDefinition>"


def on(definition: str, attributes: str = "", host: str = "a") -> str:
    """A row with one activity and a boundary event `b` on it that leads to the end `late`."""
    boundary = event("boundaryEvent", "b", definition, f'attachedToRef="{host}" {attributes}')
    return line("userTask:a") + boundary + '<endEvent id="late"/>' + flows("b late")


def task(inner: str = "", kind: str = "userTask", attributes: str = "") -> str:
    """A row with one activity `a` that holds `inner`."""
    return line(f"{kind}:a").replace(f'<{kind} id="a"/>', f'<{kind} id="a" {attributes}>{inner}</{kind}>')


def zeebe(inner: str) -> str:
    return f"<extensionElements>{inner}</extensionElements>"


def several(attributes: str) -> str:
    said = zeebe(f"<zeebe:loopCharacteristics {attributes}/>")
    return f"<multiInstanceLoopCharacteristics>{said}</multiInstanceLoopCharacteristics>"


def split(*pairs: str, gateway: str = "exclusiveGateway", default: str = "") -> str:
    """s → g → a or b → e."""
    attribute = f'default="{default}"' if default else ""
    nodes = f'<startEvent id="s"/><{gateway} id="g" {attribute}/>'
    nodes += '<userTask id="a"/><userTask id="b"/><endEvent id="e"/>'
    return nodes + flows("s g", *pairs, "a e", "b e")


MESSAGE_EVENT = '<messageEventDefinition messageRef="mail"/>'
OWN_CASE = zeebe('<zeebe:properties><zeebe:property name="handrail:case" value="new"/></zeebe:properties>')
SUB = '<startEvent id="is"/><userTask id="it"/><endEvent id="ie"/>' + flows("is it", "it ie")

REFUSED = {
    # elements
    "element that BPMN does not know": ("strangers", "p", line("userTask:a") + "<sequenc/>"),
    "script task": ("refused_nodes", "a", task("<script>x = 1</script>", "scriptTask")),
    "data from a store": (
        "wrong_data",
        "a",
        task("<dataInputAssociation><sourceRef>ds</sourceRef></dataInputAssociation>")
        + '<dataStoreReference id="ds" name="Archive"/>',
    ),
    "data as the case's own id": (
        "reserved_names",
        "a",
        task(
            '<ioSpecification><dataOutput id="do" name="x"/></ioSpecification><dataOutputAssociation>'
            "<sourceRef>do</sourceRef><targetRef>obj</targetRef></dataOutputAssociation>"
        )
        + '<dataObject id="obj" name="case_id"/>',
    ),
    "instances over data that has no variable's name": (
        "wrong_data",
        "a",
        task(
            "<multiInstanceLoopCharacteristics><loopDataInputRef>obj</loopDataInputRef>"
            "</multiInstanceLoopCharacteristics>"
        )
        + '<dataObject id="obj" name="All agencies"/>',
    ),
    "Java class": ("other_engines", "a", task("", "serviceTask", 'camunda:class="org.example.Thing"')),
    "JUEL service": ("other_engines", "a", task("", "serviceTask", 'camunda:expression="${thing.run()}"')),
    "listener": (
        "other_engines",
        "a",
        task(zeebe('<camunda:executionListener event="start" class="org.example.Thing"/>')),
    ),
    "hidden script": (
        "other_engines",
        "a",
        task(
            zeebe(
                "<camunda:inputOutput><camunda:inputParameter><camunda:script/></camunda:inputParameter></camunda:inputOutput>"
            )
        ),
    ),
    # references
    "flow to nowhere": ("loose_flows", "a_x", line("userTask:a") + flows("a x")),
    "flow into a sub-process": (
        "loose_flows",
        "a_it",
        line("userTask:a", "subProcess:sp").replace(
            '<subProcess id="sp"/>', f'<subProcess id="sp">{SUB}</subProcess>'
        )
        + flows("a it"),
    ),
    "default that does not leave": ("wrong_defaults", "g", split("g a =x", "g b =y", default="a_e")),
    "boundary on nothing": ("loose_boundaries", "b", on(MESSAGE_EVENT, host="nobody")),
    "boundary on an event": ("loose_boundaries", "b", on(MESSAGE_EVENT, host="s")),
    "lane with a stranger": (
        "wrong_lanes",
        "l",
        '<laneSet><lane id="l"><flowNodeRef>nobody</flowNodeRef></lane></laneSet>' + line("userTask:a"),
    ),
    "call of nothing": ("called_processes", "a", task("", "callActivity")),
    "call of a stranger": ("called_processes", "a", task("", "callActivity", 'calledElement="nobody"')),
    "listener of a task": ("unread_extensions", "a", task(zeebe("<zeebe:taskListeners/>"))),
    "result in the case's own id": (
        "reserved_names",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:output source="=1" target="case_id"/></zeebe:ioMapping>')),
    ),
    "four eyes of nobody": (
        "unknown_elements",
        "a",
        task(
            zeebe(
                '<zeebe:properties><zeebe:property name="handrail:four_eyes" value="s '
                'nobody"/></zeebe:properties>'
            )
        ),
    ),
    "case of its own for nobody's message": (
        "wrong_own_cases",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>',
            event("startEvent", "s", OWN_CASE),
        ),
    ),
    # events
    "error start": (
        "out_of_place",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>', event("startEvent", "s", '<errorEventDefinition errorRef="er"/>')
        ),
    ),
    "catch of an error": (
        "out_of_place",
        "a",
        task('<errorEventDefinition errorRef="er"/>', "intermediateCatchEvent"),
    ),
    "boundary without an event": ("out_of_place", "b", on("")),
    "receive task without message": ("without_content", "a", line("receiveTask:a")),
    "message event without message": ("without_content", "b", on("<messageEventDefinition/>")),
    "message of another file": ("without_content", "b", on('<messageEventDefinition messageRef="other"/>')),
    "message without a name": ("without_content", "b", on('<messageEventDefinition messageRef="nameless"/>')),
    "timer without time": ("without_content", "b", on("<timerEventDefinition/>")),
    "empty timer": ("without_content", "b", on(timer(" "))),
    "condition without content": ("without_content", "b", on("<conditionalEventDefinition/>")),
    "error end without code": (
        "without_content",
        "e",
        line("userTask:a").replace('<endEvent id="e"/>', event("endEvent", "e", "<errorEventDefinition/>")),
    ),
    "unknown error": ("without_content", "b", on('<errorEventDefinition errorRef="other"/>')),
    "link to nowhere": (
        "wrong_links",
        "a",
        task('<linkEventDefinition name="x"/>', "intermediateThrowEvent"),
    ),
    "two link targets": (
        "wrong_links",
        "c2",
        line("userTask:a")
        + event("intermediateThrowEvent", "t", '<linkEventDefinition name="x"/>')
        + flows("a t")
        + "".join(
            event("intermediateCatchEvent", c, '<linkEventDefinition name="x"/>') + flows(f"{c} e")
            for c in ("c1", "c2")
        ),
    ),
    "flow into a start": ("wrong_flows", "s", line("userTask:a") + flows("a s")),
    "flow out of an end": ("wrong_flows", "e", line("userTask:a") + flows("e a")),
    "boundary without a way on": (
        "wrong_flows",
        "b",
        line("userTask:a") + event("boundaryEvent", "b", MESSAGE_EVENT, 'attachedToRef="a"'),
    ),
    "two boundaries for one message": (
        "twice_the_same",
        "b2",
        on(MESSAGE_EVENT)
        + event("boundaryEvent", "b2", MESSAGE_EVENT, 'attachedToRef="a"')
        + flows("b2 late"),
    ),
    "error that does not interrupt": (
        "wrong_interruption",
        "b",
        on('<errorEventDefinition errorRef="er"/>', 'cancelActivity="false"'),
    ),
    "cancel outside a transaction": ("wrong_interruption", "b", on("<cancelEventDefinition/>")),
    "endless timer that interrupts": ("endless_cycles", "b", on(timer("R/PT1H", "timeCycle"))),
    "two plain starts": ("wrong_starts", "s2", line("userTask:a") + '<startEvent id="s2"/>' + flows("s2 a")),
    "sub-process that waits to start": (
        "wrong_starts",
        "is",
        task(SUB.replace('<startEvent id="is"/>', event("startEvent", "is", MESSAGE_EVENT)), "subProcess"),
    ),
    "event sub-process without event": (
        "wrong_starts",
        "is",
        line("userTask:a") + f'<subProcess id="sp" triggeredByEvent="true">{SUB}</subProcess>',
    ),
    # activities
    "service task without operation": ("without_work", "a", line("serviceTask:a")),
    "endless standard loop": ("wrong_loops", "a", task("<standardLoopCharacteristics/>")),
    "ten million instances": (
        "wrong_loops",
        "a",
        task(
            "<multiInstanceLoopCharacteristics><loopCardinality>10000000</loopCardinality></multiInstanceLoopCharacteristics>"
        ),
    ),
    "instances without number": ("wrong_loops", "a", task("<multiInstanceLoopCharacteristics/>")),
    "behavior without event": (
        "wrong_behavior",
        "a",
        task(
            "<multiInstanceLoopCharacteristics "
            'behavior="One"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>'
        ),
    ),
    "several instances where one thing is done at a time": (
        "wrong_order",
        "i",
        task(
            '<userTask id="i"><standardLoopCharacteristics loopMaximum="2"/></userTask>',
            "adHocSubProcess",
            'ordering="Sequential"',
        ),
    ),
    "loop and several instances": (
        "wrong_loops",
        "a",
        task(
            '<standardLoopCharacteristics loopMaximum="3"/>'
            "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
            "</multiInstanceLoopCharacteristics>"
        ),
    ),
    "start that asks for all of its events": (
        "partial_starts",
        "s",
        line("userTask:a").replace(
            '<startEvent id="s"/>',
            event(
                "startEvent",
                "s",
                MESSAGE_EVENT + '<signalEventDefinition signalRef="si"/>',
                'parallelMultiple="true"',
            ),
        ),
    ),
    "event gateway that starts the process": (
        "event_gateways",
        "g",
        split("g a", "g b", gateway="eventBasedGateway").replace('id="g"', 'id="g" instantiate="true"'),
    ),
    "quantity of nothing": ("wrong_quantities", "a", task("", "userTask", 'startQuantity="0"')),
    "too deep": (
        "too_deep",
        "d61",
        "".join(f'<subProcess id="d{n}">' for n in range(1, 62)) + "</subProcess>" * 61,
    ),
    "compensation without handler": ("compensation", "b", on("<compensateEventDefinition/>")),
    # gateways
    "two flows without condition": ("ambiguous", "g_b", split("g a =x", "g b")),
    "condition at a parallel gateway": (
        "misplaced_conditions",
        "g_a",
        split("g a =x", "g b", gateway="parallelGateway"),
    ),
    "event gateway before a task": ("event_gateways", "a", split("g a", "g b", gateway="eventBasedGateway")),
    "gateway with no way on": (
        "pointless",
        "g",
        line("userTask:a") + '<exclusiveGateway id="g"/>' + flows("a g"),
    ),
    # expressions
    "JUEL condition": ("unreadable", "g_a", split("g a ${x}", "g b =y")),
    "Python condition": ("unreadable", "g_a", split("g a x is None", "g b =y")),
    "broken FEEL": ("unreadable", "g_a", split("g a =x = ", "g b =y")),
    "JUEL assignee": ("unreadable", "a", task(zeebe('<zeebe:assignmentDefinition assignee="${who}"/>'))),
    "expression for a form": ("unreadable", "a", task(zeebe('<zeebe:formDefinition formId="=x"/>'))),
    "duration banana": ("wrong_times", "b", on(timer("banana"))),
    "cron": ("wrong_times", "b", on(timer("0 0 9 * * ?", "timeCycle"), 'cancelActivity="false"')),
    "cycle without time between": (
        "wrong_times",
        "b",
        on(timer("R100000000/PT0S", "timeCycle"), 'cancelActivity="false"'),
    ),
    "due one day": ("wrong_times", "a", task(zeebe('<zeebe:taskSchedule dueDate="tomorrow"/>'))),
    "mapping to nothing": (
        "wrong_targets",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:output source="=x" target=""/></zeebe:ioMapping>')),
    ),
    "mapping to no name": (
        "wrong_targets",
        "a",
        task(zeebe('<zeebe:ioMapping><zeebe:input source="=x" target="__class__()"/></zeebe:ioMapping>')),
    ),
    # soundness
    "empty process": ("nowhere_to_start", "p", ""),
    "all wait for another": (
        "nowhere_to_start",
        "p",
        '<userTask id="a"/><userTask id="b"/>' + flows("a b", "b a"),
    ),
    "task beside the flow": ("unreachable", "x", line("userTask:a") + '<userTask id="x"/>' + flows("x e")),
    "loop beside the flow": (
        "unreachable",
        "x",
        line("userTask:a") + '<userTask id="x"/><userTask id="y"/>' + flows("x y", "y x", "y e"),
    ),
    "loop without a way out": (
        "never_ending",
        "a",
        '<startEvent id="s"/><userTask id="a"/><userTask id="b"/>' + flows("s a", "a b", "b a"),
    ),
    "loop that never waits": (
        "automatic_loops",
        "g",
        '<startEvent id="s"/><exclusiveGateway id="g"/><exclusiveGateway id="h" '
        'default="h_g"/><endEvent id="e"/>' + flows("s g", "g h", "h g", "h e =x"),
    ),
    "process that calls itself": ("endless_calls", "a", task("", "callActivity", 'calledElement="p"')),
    "exclusive split, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><exclusiveGateway id="g"/><userTask id="a"/><userTask '
        'id="b"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s g", "g a =x", "g b =y", "a j", "b j", "j e"),
    ),
    "a choice after a join, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><parallelGateway id="f"/><userTask id="a"/><userTask id="b"/>'
        '<parallelGateway id="m"/>'
        '<exclusiveGateway id="x"/><task id="c"/><task id="d"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s f", "f a", "f b", "a m", "b m", "m x", "x c =first", "x d =second", "c j", "d j", "j e"),
    ),
    "interrupted or done, parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><userTask id="a"/><parallelGateway id="j"/><endEvent id="e"/>'
        + event("boundaryEvent", "b", timer("P1D"), 'attachedToRef="a"')
        + flows("s a", "a j", "b j", "j e"),
    ),
    "way back into a parallel join": (
        "stuck_joins",
        "j",
        '<startEvent id="s"/><parallelGateway id="j"/><userTask '
        'id="a"/><exclusiveGateway id="g"/><endEvent id="e"/>'
        + flows("s j", "j a", "a g", "g j =x", "g e =y"),
    ),
}

ASKED = line("userTask:a").replace('<startEvent id="s"/>', event("startEvent", "s", MESSAGE_EVENT))
ELSEWHERE = '<process id="q" isExecutable="true">{}</process>'
TWO_POOLS = """<collaboration id="co"><participant id="P" processRef="p"/><participant id="Q" processRef="q"/>
<messageFlow id="mf" sourceRef="a" targetRef="{}"/></collaboration>"""
SENT = task("", "sendTask", 'messageRef="mail"')
WAITING = event("startEvent", "other", MESSAGE_EVENT)
BESIDE = {
    "message flow to nowhere": ("wrong_message_flows", "mf", SENT, TWO_POOLS.format("nowhere")),
    "message that another pool waits for too": (
        "other_receivers",
        "another",
        SENT,
        TWO_POOLS.format("other")
        + ELSEWHERE.format(WAITING)
        + ELSEWHERE.format(WAITING.replace('"other"', '"another"')).replace('"q"', '"q2"'),
    ),
    "correlation key of nothing": (
        "wrong_correlation",
        "ck",
        SENT,
        '<collaboration id="co"><correlationKey id="ck"/></collaboration>',
    ),
    "choreography": (
        "refused_outside",
        "c",
        line("userTask:a"),
        '<choreography id="c" name="Who speaks first"/>',
    ),
    "message that starts two processes": (
        "ambiguous_messages",
        "s",
        ASKED,
        ELSEWHERE.format(event("startEvent", "other", MESSAGE_EVENT)),
    ),
}
DECISION = '<zeebe:calledDecision decisionId="{}" resultVariable="{}"/>'
ANSWERED = '<zeebe:ioMapping><zeebe:output source="={}" target="x"/></zeebe:ioMapping>'
UNKNOWN = {
    "form": ("unknown_names", task(zeebe('<zeebe:formDefinition formId="nothing"/>'))),
    "role": ("unknown_names", task(zeebe('<zeebe:assignmentDefinition candidateGroups="nobody"/>'))),
    "clock": (
        "unknown_clocks",
        task(zeebe('<zeebe:taskSchedule dueDate="=deadline(&quot;nothing&quot;)"/>')),
    ),
    "operation": ("unknown_names", task(zeebe('<zeebe:taskDefinition type="nothing"/>'), "serviceTask")),
    "decision": ("unknown_names", task(zeebe(DECISION.format("nothing", "x")), "businessRuleTask")),
    "pause": (
        "wrong_pauses",
        task(zeebe('<zeebe:taskSchedule dueDate="=deadline(&quot;advice&quot;, now(), [])"/>')),
    ),
    "answer": (
        "never_answered",
        task(zeebe('<zeebe:formDefinition formId="consent"/>' + ANSWERED.format("given = &quot;yess&quot;"))),
    ),
    "answer of an instance": (
        "lost_answers",
        task(
            zeebe('<zeebe:formDefinition formId="consent"/>')
            + several('inputCollection="=xs" inputElement="given"')
        ),
    ),
}
KNOWN = Known(
    forms={"consent"},
    guidance={"consent"},
    roles={"dsl"},
    clocks={"advice"},
    operations={"letter"},
    decisions={"basis"},
    pausing=set(),
    answers={"consent": {"given": one_of("yes", "no")}},
)


def found(body: str, beside: str = MESSAGE, known: Known = KNOWN) -> list[tuple[str, str]]:
    """(rule, element) of every problem."""
    diagrams, unreadable = read_all({"x.bpmn": bpmn(body, beside)})
    assert unreadable == []
    view = views(tuple(diagrams), known)[0]
    return [(rule.__name__, problem.element) for rule in RULES for problem in rule(view)]


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_name(name):
    rule, element, body = REFUSED[name]

    assert (rule, element) in found(body)


WRITES = {
    "an input": task(zeebe('<zeebe:ioMapping><zeebe:input source="=1" target="{}"/></zeebe:ioMapping>')),
    "an output": task(zeebe('<zeebe:ioMapping><zeebe:output source="=1" target="{}.x"/></zeebe:ioMapping>')),
    "a decision": task(zeebe(DECISION.format("basis", "{}")), "businessRuleTask"),
    "the item of an instance": task(several('inputCollection="=xs" inputElement="{}"')),
    "the results of instances": task(
        several('inputCollection="=xs" outputCollection="{}" outputElement="=1"')
    ),
}


@pytest.mark.parametrize("name", (*(name for name in RESERVED if name != "edition"), "loopCounter"))
@pytest.mark.parametrize("where", WRITES)
def test_nothing_writes_what_a_case_is_known_by(where, name):
    assert ("reserved_names", "a") in found(WRITES[where].replace("{}", name))
    assert found(WRITES[where].replace("{}", "answer")) == []


@pytest.mark.parametrize("name", UNKNOWN)
def test_names_must_be_known(name):
    rule, body = UNKNOWN[name]

    assert (rule, "a") in found(body)
    assert (rule, "a") not in found(body, known=Known())


WORK = {
    DECISION.format("basis", "basis"): [],
    DECISION.format("basis", ""): ["without_work"],
    DECISION.format("basis", "a.b"): ["without_work"],
    DECISION.format("basis", "basis") + '<zeebe:taskDefinition type="letter"/>': ["without_work"],
    '<zeebe:taskDefinition type="letter"/>': [],
    "": ["without_work"],
}


@pytest.mark.parametrize("said", WORK)
def test_a_business_rule_task_names_a_decision_and_its_variable_or_an_operation(said):
    rules = [rule for rule, element in found(task(zeebe(said), "businessRuleTask")) if element == "a"]

    assert rules == WORK[said]


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_process_is_refused_by_name(name):
    rule, element, body, beside = BESIDE[name]

    assert (rule, element) in found(body, MESSAGE + beside)


def test_a_case_of_its_own_that_nobody_could_lead_is_refused():
    """Nobody opens it, so its lead is whoever first takes a task that opens the case."""
    led = zeebe(
        '<zeebe:assignmentDefinition candidateGroups="dsl"/>'
        '<zeebe:properties><zeebe:property name="handrail:access" value="case"/></zeebe:properties>'
    )
    own = ASKED.replace(MESSAGE_EVENT, OWN_CASE + MESSAGE_EVENT)
    with_lead = own.replace('<userTask id="a"/>', f'<userTask id="a">{led}</userTask>')

    assert ("wrong_own_cases", "s") in found(own)
    assert found(with_lead) == []


def test_every_rule_has_a_diagram_that_breaks_it():
    tested = {case[0] for case in (*REFUSED.values(), *UNKNOWN.values(), *BESIDE.values())}

    assert {rule.__name__ for rule in RULES} == tested


@pytest.mark.parametrize("name", REFUSED)
def test_problems_are_sentences_that_name_an_element(name):
    _, _, body = REFUSED[name]

    for problem in vet({"x.bpmn": bpmn(body, MESSAGE)}):
        assert problem.element
        assert f"({problem.element})" in problem.message or problem.element in problem.message
        assert 20 < len(problem.message) < 500
        assert problem.message[-1] in ".`)" or "In FEEL: " in problem.message


COUNTS = '<zeebe:ioMapping><zeebe:output source="=i + 1" target="i"/></zeebe:ioMapping>'
EACH = '<zeebe:loopCharacteristics inputCollection="=agencies" inputElement="agency"/>'
SEVERAL = f"<multiInstanceLoopCharacteristics>{zeebe(EACH)}</multiInstanceLoopCharacteristics>"
LOOP = (
    '<startEvent id="s"/><exclusiveGateway id="m"/><userTask id="a"/><exclusiveGateway id="g"/>'
    '<endEvent id="e"/>'
)
RUNS = {
    "a row": line("userTask:a", "task:b", "manualTask:c"),
    "no start and no end": '<userTask id="a"/><userTask id="b"/>' + flows("a b"),
    "two tasks side by side": '<userTask id="a"/><userTask id="b"/>',
    "a review loop": LOOP + flows("s m", "m a", "a g", "g m =again", "g e =not(again)"),
    "a gateway without default": split("g a =x", "g b =not(x)"),
    "parallel and back": '<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/><userTask '
    'id="b"/><parallelGateway id="j"/><endEvent id="e"/>' + flows("s g", "g a", "g b", "a j", "b j", "j e"),
    "parallel join fed by a loop that comes round": '<startEvent id="s"/>'
    '<exclusiveGateway id="m"/><exclusiveGateway id="x"/>'
    '<parallelGateway id="f"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/><endEvent id="e"/>'
    + flows("s m", "m x", "x a =i", "x b =k", "a f", "f j", "f m", "b j", "j e"),
    "a choice that two tokens reach": '<startEvent id="s"/><parallelGateway id="f"/>'
    '<userTask id="a"/><userTask id="b"/><exclusiveGateway id="x"/><task id="c"/><task id="d"/>'
    '<parallelGateway id="j"/><endEvent id="e"/>'
    + flows("s f", "f a", "f b", "a x", "b x", "x c =first", "x d =second", "c j", "d j", "j e"),
    "several flows out of a task": line("userTask:a") + '<userTask id="b"/>' + flows("a b", "b e"),
    "a loop that something interrupts": '<startEvent id="s"/><subProcess id="sp">'
    '<startEvent id="is"/><userTask '
    'id="a"/><userTask id="b"/>'
    + flows("is a", "a b", "b a")
    + '</subProcess><endEvent id="e"/><endEvent id="x"/>'
    + event("boundaryEvent", "stop", MESSAGE_EVENT, 'attachedToRef="sp"')
    + flows("s sp", "sp e", "stop x"),
    "an automatic loop that counts": '<startEvent id="s"/><exclusiveGateway id="m"/>' + "<task "
    f'id="t">{zeebe(COUNTS)}</task>'
    + '<exclusiveGateway id="g"/><endEvent id="e"/>'
    + flows("s m", "m t", "t g", "g m =i &lt; 9".replace("&lt;", "<"), "g e =i >= 9"),
    "an ad-hoc sub-process": task(
        '<userTask id="x"/><userTask id="y"/><completionCondition>=done</completionCondition>',
        "adHocSubProcess",
    ),
    "an event sub-process": line("userTask:a")
    + '<subProcess id="sp" triggeredByEvent="true">'
    + SUB.replace('<startEvent id="is"/>', event("startEvent", "is", MESSAGE_EVENT, 'isInterrupting="false"'))
    + "</subProcess>",
    "a link": line("userTask:a", "intermediateThrowEvent:t")
    .replace(
        '<intermediateThrowEvent id="t"/>',
        event("intermediateThrowEvent", "t", '<linkEventDefinition name="x"/>'),
    )
    .replace(flows("t e"), "")
    + event("intermediateCatchEvent", "c", '<linkEventDefinition name="x"/>')
    + flows("c e"),
    "compensation": on("<compensateEventDefinition/>")
    .replace(flows("b late"), "")
    .replace('<endEvent id="late"/>', "")
    + '<userTask id="undo" isForCompensation="true"/><association id="as" sourceRef="b" targetRef="undo"/>',
    "a timer that comes again": on(timer("R/PT1H", "timeCycle"), 'cancelActivity="false"'),
    "a catch-all error": on("<errorEventDefinition/>"),
    "timers in FEEL": on(timer('=duration("P1D")')),
    "a notes-only vendor": task(
        zeebe('<camunda:properties><camunda:property name="a" value="b"/></camunda:properties>')
    ),
    "a receive task that starts": '<receiveTask id="r" messageRef="mail" instantiate="true"/>'
    '<endEvent id="e"/>' + flows("r e"),
    "several instances": task(SEVERAL),
}


@pytest.mark.parametrize("name", RUNS)
def test_odd_but_right_diagrams_run(name):
    assert found(RUNS[name]) == []


def test_a_process_that_is_only_drawn_is_left_alone():
    drawn = bpmn(line("scriptTask:a"), process='id="q" isExecutable="false"')
    runs = bpmn(line("userTask:a"))

    assert vet({"drawn.bpmn": drawn, "runs.bpmn": runs}) != []  # a file with nothing to run is named
    both = bpmn(line("userTask:a"), '<process id="q" isExecutable="false"><scriptTask id="z"/></process>')
    assert vet({"both.bpmn": both}) == []


def test_processes_may_call_each_other_across_files():
    caller = bpmn(task("", "callActivity", 'calledElement="other"'))
    called = bpmn(line("userTask:a"), process='id="other" isExecutable="true"')

    assert [problem.element for problem in vet({"caller.bpmn": caller})] == ["a"]
    assert vet({"caller.bpmn": caller, "called.bpmn": called}) == []
    assert vet({"caller.bpmn": caller}, Known(processes={"other"})) == []


def test_one_process_stands_in_one_file():
    assert vet({"a.bpmn": bpmn(line("userTask:a")), "b.bpmn": bpmn(line("userTask:a"))}) != []


def test_calls_that_go_in_circles_through_a_task_are_allowed():
    body = line("userTask:w", "callActivity:a").replace(
        '<callActivity id="a"/>', '<callActivity id="a" calledElement="p"/>'
    )

    assert found(body) == []


HINTS = {
    "${risk == 'high' && !closed}": '=risk = "high" and not(closed)',
    "${execution.getVariable('x') != null}": "=x != null",
    '${status.equals("done")}': '=status = "done"',
    "risk == 'high' or (age > 3 and not done)": '=risk = "high" or (age > 3 and not(done))',
    "=x == 2": "=x = 2",
}


@pytest.mark.parametrize("text", HINTS)
def test_the_feel_to_write_instead_is_said(text):
    message = vet({"x": bpmn(split(f"g a {text}", "g b =y"))})[0].message

    assert f"In FEEL: {HINTS[text]}" in message


def test_what_is_not_understood_is_not_translated():
    message = vet({"x": bpmn(split("g a ${bean.call('x')[0]}", "g b =y"))})[0].message

    assert "JUEL" in message and "In FEEL: " not in message


def test_a_script_of_one_assignment_is_said_as_a_mapping():
    message = vet({"x": bpmn(task("<script>risk = 'high'</script>", "scriptTask"))})[0].message

    assert 'output risk with the value ="high"' in message
