"""The decision tables that are shipped, row by row: a practitioner can review these lines."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
from lxml import etree

from engine.decisions import Decided, read_decisions
from engine.errors import Incident
from engine.rehearsal import Rehearsal, deploy
from tests.engine.spiff.drawing import chain, diagram, nodes, zeebe
from tests.workflows.walking import WORKFLOWS

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
FILES = {path.name: path.read_bytes() for path in sorted((WORKFLOWS / "decisions").glob("*.dmn"))}
DECISIONS = read_decisions(FILES)
YES_NO = ("yes", "no")


def decide(decision: str, **answers: Any) -> Decided:
    return DECISIONS.decide(decision, answers, NOON)


def rules(decided: Decided) -> list[str]:
    return [rule.rule_id for rule in decided.rules]


# Every table -----------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_any_table():
    assert DECISIONS.problems == []
    assert {f"{name}.dmn" for name in DECISIONS.names} == set(FILES)


TABLES = {name: model.definitions.nodes[name].logic for name, model in DECISIONS.models.items()}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_why_and_with_what_evidence(name):
    for rule in TABLES[name].rules:
        (why,) = rule.annotations
        assert re.fullmatch(r".+\. \[.+; .*(S0|S1|VL?:[A-Z]\d+|B|D)\b.*\]", why), why


@pytest.mark.parametrize("name", FILES)
def test_everything_that_a_table_uses_is_drawn(name):
    """So that dmn-js can show it, with its inputs."""
    root = etree.fromstring(FILES[name])
    drawn = set(root.xpath("//@dmnElementRef"))

    used = root.xpath("//*[local-name()='inputData' or local-name()='decision']/@id")
    required = root.xpath("//*[local-name()='informationRequirement']/@id")
    assert drawn == {*used, *required}


# Section 115 -----------------------------------------------------------------------------------------------

SECTION_115 = """
    recipient_kind               acting_on_behalf  for_the_act  result    rule
    police                       no                no           no_power  not_for_the_act
    other                        yes               no           no_power  not_for_the_act
    police                       no                yes          power     to_the_police
    police                       yes               yes          power     to_the_police
    scottish_police              no                yes          power     to_scottish_police
    council                      no                yes          power     to_a_council
    probation                    no                yes          power     to_probation
    health_body                  yes               yes          power     on_behalf
    integrated_care_board        yes               yes          power     on_behalf
    registered_housing_provider  yes               yes          power     on_behalf
    other                        yes               yes          power     on_behalf
    health_body                  no                yes          ask       to_a_health_body
    integrated_care_board        no                yes          ask       to_todays_list
    registered_housing_provider  no                yes          ask       to_todays_list
    other                        no                yes          no_power  to_anybody_else
"""
ROWS_115 = [line.split() for line in SECTION_115.strip().splitlines()[1:]]


@pytest.mark.parametrize("row", ROWS_115, ids="-".join)
def test_section_115(row):
    kind, acting, purpose, result, rule = row

    decided = decide("section_115", recipient_kind=kind, acting_on_behalf=acting, for_the_act=purpose)

    assert (decided.value, rules(decided)) == (result, [rule])


def test_every_row_of_section_115_is_tried():
    assert {rule.id for rule in TABLES["section_115"].rules} == {row[-1] for row in ROWS_115}


def test_section_115_has_one_answer_for_everything_that_can_be_said():
    for kind, acting, purpose in product({row[0] for row in ROWS_115}, YES_NO, YES_NO):
        decided = decide("section_115", recipient_kind=kind, acting_on_behalf=acting, for_the_act=purpose)
        assert decided.value is not None and len(decided.rules) == 1


def test_section_115_is_a_power_only_for_a_purpose_of_the_act():
    for kind, acting in product({row[0] for row in ROWS_115}, YES_NO):
        decided = decide("section_115", recipient_kind=kind, acting_on_behalf=acting, for_the_act="no")
        assert decided.value == "no_power"


def test_a_recipient_that_nobody_listed_is_an_incident():
    with pytest.raises(Incident, match="one of its input values"):
        decide("section_115", recipient_kind="charity", acting_on_behalf="no", for_the_act="yes")


def test_what_was_not_answered_decides_nothing():
    assert (
        decide("section_115", recipient_kind="police", acting_on_behalf="no", for_the_act=None).value is None
    )


# Section 16 ------------------------------------------------------------------------------------------------

CLEAR = {
    "sender_listed": "yes",
    "recipient_listed": "yes",
    "for_recipient_functions": "yes",
    "patient_information": "no",
    "health_or_social_care_sender": "no",
    "personal_information": "yes",
    "contravenes_data_protection": "no",
    "prohibited_investigatory_powers": "no",
}
NOT_LISTED = {"sender_listed": "no"}
CARE = {"health_or_social_care_sender": "yes"}
TOTALS = {"personal_information": "no"}
SECTION_16 = [
    ({}, "may_disclose", ["clear"]),
    (TOTALS, "may_disclose", ["clear"]),
    (CARE | TOTALS, "may_disclose", ["clear_not_personal"]),
    (CARE, "not_authorised", ["personal_from_care"]),
    (NOT_LISTED, "not_authorised", ["sender_not_listed"]),
    ({"recipient_listed": "no"}, "not_authorised", ["recipient_not_listed"]),
    ({"for_recipient_functions": "no"}, "not_authorised", ["other_purpose"]),
    ({"patient_information": "yes"}, "not_authorised", ["patient"]),
    ({"contravenes_data_protection": "yes"}, "not_authorised", ["data_protection"]),
    ({"prohibited_investigatory_powers": "yes"}, "not_authorised", ["investigatory_powers"]),
    (CARE | NOT_LISTED, "not_authorised", ["sender_not_listed", "personal_from_care"]),
]


@pytest.mark.parametrize(("answers", "result", "because"), SECTION_16, ids=lambda each: str(each))
def test_section_16(answers, result, because):
    """Every exclusion that applies is named, not only the first."""
    decided = decide("section_16", **CLEAR | answers)

    assert (decided.value, rules(decided)) == (result, because)


def test_every_row_of_section_16_is_tried():
    assert {rule.id for rule in TABLES["section_16"].rules} == {
        rule for _, _, because in SECTION_16 for rule in because
    }


def test_section_16_authorises_only_what_no_exclusion_touches():
    """All 256 ways to answer, against the section said again in one line."""
    for answers in product(YES_NO, repeat=len(CLEAR)):
        sender, recipient, purpose, patient, care, personal, protected, prohibited = answers
        listed = (sender, recipient, purpose) == ("yes", "yes", "yes")
        excluded = "yes" in (patient, protected, prohibited) or (care, personal) == ("yes", "yes")
        expected = "may_disclose" if listed and not excluded else "not_authorised"

        assert decide("section_16", **dict(zip(CLEAR, answers, strict=True))).value == expected


def test_section_16_does_not_authorise_what_is_half_answered():
    for question in CLEAR:
        answers = CLEAR | CARE | TOTALS | {question: None}
        assert decide("section_16", **answers).value is None


# In a diagram ----------------------------------------------------------------------------------------------


def asking(decision: str) -> str:
    return "businessRuleTask|" + zeebe(
        f'<zeebe:calledDecision decisionId="{decision}" resultVariable="{decision}" />'
    )


def test_a_diagram_asks_one_table_after_the_other():
    """What section 16 does not authorise, another power may."""
    drawn = nodes(
        begin="startEvent", one=asking("section_16"), two=asking("section_115"), look="userTask"
    ) + chain("begin", "one", "two", "look")
    rehearsal = Rehearsal(deploy({"p.bpmn": diagram(drawn)} | FILES), NOON)

    police = {"recipient_kind": "police", "acting_on_behalf": "no", "for_the_act": "yes"}
    rehearsal.start(variables=CLEAR | NOT_LISTED | police)

    ((_, look),) = rehearsal.looks()
    assert (look.variables["section_16"], look.variables["section_115"]) == ("not_authorised", "power")
    assert [task.element for task in rehearsal.tasks()] == ["look"]
