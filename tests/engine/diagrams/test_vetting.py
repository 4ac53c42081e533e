"""Each rule, by the smallest diagram that breaks it; and diagrams that look odd but run exactly as drawn."""

import pytest

from engine.diagrams import Known, vet
from engine.diagrams.vetting import RULES, read_all, views
from engine.execution import RESERVED
from feel.types import one_of

from .drawn import MESSAGE, MESSAGE_EVENT, OWN_CASE, bpmn, event, flows, line, on, several, task, zeebe
from .refused import REFUSED
from .runs import RUNS

ASKED = line("userTask:a").replace('<startEvent id="s"/>', event("startEvent", "s", MESSAGE_EVENT))
ELSEWHERE = '<process id="q" isExecutable="true">{}</process>'
TWO_POOLS = """<collaboration id="co"><participant id="P" processRef="p"/><participant id="Q" processRef="q"/>
<messageFlow id="mf" sourceRef="a" targetRef="{}"/></collaboration>"""
SENT = task("", "sendTask", 'messageRef="mail"')
WAITING = event("startEvent", "other", MESSAGE_EVENT)
CATCHING = event("intermediateCatchEvent", "another", MESSAGE_EVENT)
CLOSED = '<signal id="done" name="case_closed"/>'
CLOSING = '<signalEventDefinition signalRef="done"/>'
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
    "message that the receiving pool waits for elsewhere too": (
        "other_receivers",
        "another",
        SENT,
        TWO_POOLS.format("other") + ELSEWHERE.format(WAITING + CATCHING),
    ),
    "message that the sender waits for itself": (
        "other_receivers",
        "another",
        SENT + CATCHING,
        TWO_POOLS.format("other") + ELSEWHERE.format(WAITING),
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
    "case closed by a process": (
        "wrong_closings",
        "e",
        line("userTask:a").replace('<endEvent id="e"/>', event("endEvent", "e", CLOSING)),
        CLOSED,
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


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('<errorEventDefinition errorRef="any"/>', ": without a code each catches any error."),
        ("<escalationEventDefinition/>", ": without a code each catches any escalation."),
        ('<errorEventDefinition errorRef="er"/>', "."),
        (MESSAGE_EVENT, "."),
    ],
)
def test_two_events_without_a_code_are_told_that_each_catches_any(said, why):
    beside = event("boundaryEvent", "c", said, 'attachedToRef="a"') + flows("c late")
    content = bpmn(on(said) + beside, MESSAGE)

    (message,) = [problem.message for problem in vet({"x.bpmn": content}) if problem.element == "c"]
    assert message.endswith(f"wait for the same{why}")


def test_what_another_engine_would_run_is_found_after_any_number_of_other_things():
    listener = '<camunda:executionListener event="start" class="org.example.Thing"/>'

    assert ("other_engines", "a") in found(task(zeebe("<camunda:x/>" * 6_000 + listener)))


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


def test_what_begins_with_the_end_of_a_case_begins_in_that_case():
    begins = ASKED.replace(MESSAGE_EVENT, CLOSING)

    assert found(begins, MESSAGE + CLOSED) == []
    elsewhere = begins.replace(CLOSING, OWN_CASE + CLOSING)
    assert ("wrong_closings", "s") in found(elsewhere, MESSAGE + CLOSED)


def test_every_rule_has_a_diagram_that_breaks_it():
    tested = {case[0] for case in (*REFUSED.values(), *UNKNOWN.values(), *BESIDE.values())}

    assert {rule.__name__ for rule in RULES} == tested


@pytest.mark.parametrize("name", REFUSED)
def test_problems_are_sentences_that_name_an_element(name):
    _, _, body = REFUSED[name]

    problems = vet({"x.bpmn": bpmn(body, MESSAGE)})
    assert problems
    for problem in problems:
        assert problem.element
        assert problem.element in problem.message
        assert 20 < len(problem.message) < 500
        assert problem.message[-1] in ".`)" or "In FEEL: " in problem.message


@pytest.mark.parametrize("target", ["another", "Q"])
def test_a_message_may_be_led_to_several_or_to_a_whole_pool(target):
    also = f'<messageFlow id="mf2" sourceRef="a" targetRef="{target}"/></collaboration>'
    drawn = TWO_POOLS.format("other").replace("</collaboration>", also)

    problems = found(SENT, MESSAGE + drawn + ELSEWHERE.format(WAITING + CATCHING))
    assert "other_receivers" not in [rule for rule, _ in problems]


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


@pytest.mark.parametrize(
    "begins",
    [event("startEvent", "qs", MESSAGE_EVENT), '<receiveTask id="qs" messageRef="mail" instantiate="true"/>'],
)
def test_what_only_an_event_begins_is_not_called(begins):
    body = task("", "callActivity", 'calledElement="q"')
    called = ELSEWHERE.format(begins + '<userTask id="qa"/>' + flows("qs qa"))

    problems = vet({"x.bpmn": bpmn(body, MESSAGE + called)})

    assert [problem.element for problem in problems] == ["a"]
    assert "no plain start event" in problems[0].message


def test_calls_that_go_in_circles_through_a_task_are_allowed():
    body = line("userTask:w", "callActivity:a").replace(
        '<callActivity id="a"/>', '<callActivity id="a" calledElement="p"/>'
    )

    assert found(body) == []
