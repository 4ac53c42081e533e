from engine.diagrams import Known, read
from engine.diagrams.advice import RULES, hints

from .drawn import bpmn, flows, line


def said(body: str, process: str = 'id="p"') -> list[str]:
    return [problem.message for problem in hints([read(bpmn(body, process=process))], Known(processes=None))]


CHOICE = '<startEvent id="s"/><exclusiveGateway id="g" name="Share?"/><userTask id="a"/><userTask id="b"/>'


def test_a_choice_between_the_answers_to_one_question_needs_no_default():
    assert said(CHOICE + flows("s g", 'g a =share = "yes"', 'g b =share = "no"')) == []


def test_a_choice_between_different_things_may_fit_none():
    assert "no default flow" in said(CHOICE + flows("s g", "g a =urgent", "g b =asked"))[0]


def test_a_condition_on_the_default_flow_is_never_looked_at():
    body = CHOICE.replace('name="Share?"', 'default="g_b"') + flows("s g", "g a =x", "g b =y")

    assert "never looked at" in said(body)[0]


def test_a_default_flow_beside_one_without_a_condition_is_never_taken():
    rows = '<startEvent id="s"/><userTask id="a" default="a_b"/><userTask id="b"/><userTask id="c"/>'
    (message,) = said(rows + flows("s a", "a b", "a c"))
    assert "never taken" in message

    assert said(rows + flows("s a", "a b", "a c =x")) == []


def test_the_assignments_of_other_tools_are_not_used():
    body = line("userTask:a").replace('id="a"', 'id="a" camunda:candidateGroups="leads"', 1)

    assert "zeebe:assignmentDefinition" in said(body)[0]


def test_a_potential_owner_is_not_used():
    body = line("userTask:a").replace('id="a"/>', 'id="a"><potentialOwner/></userTask>', 1)

    assert "kept but not used" in said(body)[0]


def test_a_join_after_a_choice_may_starve():
    body = '<startEvent id="s"/><parallelGateway id="f"/><exclusiveGateway id="g"/><userTask id="a"/>'
    body += '<parallelGateway id="j"/><endEvent id="e"/>'

    assert "for ever" in said(body + flows("s f", "f g", "f a", "a j", "g j =x", "g e =not(x)", "j e"))[0]


GATHER = '<startEvent id="s"/><complexGateway id="g"{}><activationCondition>=activationCount >= 1'
GATHER += '</activationCondition></complexGateway><task id="a"/><task id="b"/>'


def test_what_a_complex_gateway_may_choose_twice_is_said():
    said_of = said(GATHER.format(' default="g_b"') + flows("s g", "g a =urgent", "g b"))
    assert ["taken twice" in each for each in said_of] == [True, True]

    once = flows("s g", "g a =waitingForStart", "g b =not(waitingForStart)")
    assert said(GATHER.format("") + once) == []


def test_calls_of_what_was_not_checked_are_said():
    body = line("callActivity:c").replace('id="c"/>', 'id="c" calledElement="elsewhere"/>', 1)

    assert "elsewhere" in said(body)[0]


def test_a_process_that_is_only_drawn_is_said():
    assert "does not run" in said(line("userTask:a"), 'id="p" isExecutable="false"')[0]


def test_a_plain_row_needs_no_advice():
    assert said(line("userTask:a")) == []
    assert len(RULES) == 11


def test_a_public_process_that_runs_is_worth_a_look():
    body = line("userTask:a")

    assert "public" in said(body, 'id="p" processType="Public" isExecutable="true"')[0]
    assert said(body, 'id="p" processType="Private" isExecutable="true"') == []


def test_a_gateway_whose_flows_say_otherwise_is_worth_a_look():
    """Some tools write the direction and forget it: the flows decide."""
    body = CHOICE + flows("s g", 'g a =share = "yes"', 'g b =share = "no"')

    assert "Converging" in said(body.replace('id="g"', 'id="g" gatewayDirection="Converging"'))[0]
    assert said(body.replace('id="g"', 'id="g" gatewayDirection="Diverging"')) == []
