"""Who decides: no disclosure without a decision of a person, and none of them checks their own work."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from engine.diagrams import Element
from tests.workflows.coverage_page import diagrams
from tests.workflows.shipped import EVERY, PROCESSES, USER_TASKS

SCHEMES = re.compile(r"^(csor|dvds|mappa)_|^(sealed_search|undertaking_breach)$")


DECIDED_BY = {  # each disclosure, and the answers without one of which it cannot be reached
    "share_information:send": {"share_information:consent"},
    "partner_request:supply_request": {"request_decision:decide_supply"},
    "section_16:send_16": {"section_16:decide_16"},
    "section_17:supply_17": {"section_17:decide_17"},
    "section_17_ask:section_17_asked": {"section_17_ask:check_17"},
    "csor_disclosure_visit:tell_in_person": {"csor_assessment:decide"},
    "dvds_visit:dvds_tell": {"dvds_forum:dvds_decide"},
    "mappa_third_party:tell_third_party": {
        "mappa_third_party:decide_level_1",
        "mappa_third_party:decide_meeting",
    },
    "child_move_transfer:mt_write": {"child_move:move_decide"},
    "breach:report_commissioner": {"breach:decide_report"},
    "commissioner_consultation:consult_commissioner": {"impact_assessment:advise"},
    "share_information:flow_found": {"share_information:describe_flow"},
    "referral:refer_to_hub": {"referral:refer_send"},
    "referral:refer_move": {"referral:refer_send"},
    "dvds_referral:referral_handed_over": {"dvds_referral:referral_record"},
    "dvds_disclosure:hub_told": {"dvds_disclosure:tell_hub"},
    "csor_hub:csor_hub_told": {"csor_hub:tell_csor_hub"},
    "csor_partner_return:silence_raised": {"csor_partner_return:raise_silence"},
    "dvds_partner_return:dvds_silence_raised": {"dvds_partner_return:dvds_raise_silence"},
    "subject_rights:to_second_key": {"subject_rights:find"},
    "dvds_high_risk:dvds_refer_marac": {"dvds_assessment:dvds_do_dash", "dvds_assessment:dvds_review"},
}
THEMSELVES = {  # here the answer itself is the decision: whoever gives it chooses the words
    "dvds_disclosure:tell_hub",
    "csor_hub:tell_csor_hub",
    "dvds_disclosure:hub_told_later",  # the button of a child who comes to light, with its form
    "breach:undertaking_to_police",  # reported as a broken undertaking of the police's own scheme
}


def is_disclosure(task: Element) -> bool:
    return task.extensions.properties.get("handrail:record") == "disclosure"


def crossing() -> set[str]:
    """What is sent into a case of its own, whose people are others: also whatever leaves a sealed case."""
    begins = {
        event.name: each
        for _, each in EVERY
        if each.kind == "startEvent" and each.scope in PROCESSES
        for event in each.events
        if event.kind == "message"
    }
    return {
        f"{name}:{each.id}"
        for name, each in EVERY
        if each.kind in ("intermediateThrowEvent", "endEvent")
        for event in each.events
        if event.name in begins
        if begins[event.name].extensions.properties.get("handrail:case") == "new"
        or (is_sealed(each) and not is_sealed(begins[event.name]))
    }


def is_sealed(element: Element) -> bool:
    return PROCESSES[element.process].extensions.properties.get("handrail:sealed") == "true"


def test_every_disclosure_is_made_by_a_person_and_it_is_said_who_decides():
    """Tasks that disclose, and messages that open a case for other people."""
    disclosures = {name for name, task in USER_TASKS.items() if is_disclosure(task)}
    assert crossing() and disclosures | crossing() == set(DECIDED_BY) | THEMSELVES
    assert [each.id for _, each in EVERY if is_disclosure(each) and each.kind != "userTask"] == []
    assert {each.kind for _, each in EVERY} & {"serviceTask", "sendTask", "scriptTask"} == set()


@pytest.mark.parametrize("disclosure", DECIDED_BY)
def test_no_disclosure_is_reached_without_a_decision_of_a_person(disclosure):
    deciding = DECIDED_BY[disclosure]
    assert deciding <= set(USER_TASKS)
    assert disclosure in reached(set())
    assert disclosure not in reached(deciding)


def reached(undone: set[str]) -> set[str]:
    """Everything that tokens get to, through all that is called, while some tasks are never done.

    A process whose end is reached lets go on whatever called it, if that was reached itself.
    """
    seen: set[str] = set()
    todo = [
        start for name, process in PROCESSES.items() if is_begun(name) for start in starts(name, process.id)
    ]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += [] if here in undone else after(here, seen)
            todo += [f"{here.partition(':')[0]}:{each.id}" for each in attached(here)]
    return seen


def is_begun(process: str) -> bool:
    """By people, or by a message of another process: not only called."""
    return process not in {each.extensions.called_process for _, each in EVERY if each.kind == "callActivity"}


def starts(name: str, scope: str) -> list[str]:
    """The start events of a scope, and those of the event sub-processes in it."""
    here = [each for each in diagrams()[name].elements.values() if each.scope == scope]
    inner = [each.id for each in here if each.is_event_sub_process]
    found = [f"{name}:{each.id}" for each in here if each.kind == "startEvent"]
    return [*found, *chain.from_iterable(starts(name, each) for each in inner)]


def attached(here: str) -> list[Element]:
    name, _, id = here.partition(":")
    return list(diagrams()[name].attached(id))


def after(here: str, seen: set[str]) -> list[str]:
    name, _, id = here.partition(":")
    element = diagrams()[name].elements[id]
    if element.kind == "callActivity":
        called = element.extensions.called_process
        return [*starts(called, called), *(onward(here) if has_ended(called, seen) else [])]
    if element.is_scope:
        return starts(name, id)
    if element.kind == "endEvent":
        return ended(name, element, seen)
    return onward(here)


def ended(name: str, end: Element, seen: set[str]) -> list[str]:
    if end.scope in diagrams()[name].elements:
        return onward(f"{name}:{end.scope}")
    callers = (f"{file}:{each.id}" for file, each in EVERY if each.extensions.called_process == name)
    return [target for caller in callers if caller in seen for target in onward(caller)]


def has_ended(name: str, seen: set[str]) -> bool:
    return any(
        f"{name}:{each.id}" in seen
        for each in diagrams()[name].elements.values()
        if each.kind == "endEvent" and each.scope in diagrams()[name].processes
    )


def onward(here: str) -> list[str]:
    name, _, id = here.partition(":")
    diagram = diagrams()[name]
    return [f"{name}:{diagram.flows[flow].target}" for flow in diagram.elements[id].outgoing]


def test_no_gateway_asks_a_table():
    """What a table gives is shown to a person, who answers; only stages of a ladder are counted from one."""
    given = {each.extensions.result for _, each in EVERY if each.kind == "businessRuleTask"}
    asked = {
        name
        for diagram in diagrams().values()
        for flow in diagram.flows.values()
        if flow.condition
        for name in re.findall(r"\w+", re.sub(r'"[^"]*"', "", flow.condition.text))
    }
    assert given and given & asked == set()


ASSESSED_BY_OTHERS = {  # who approves, and whose work it is
    "csor_assessment:review": {"assess_risk"},
    "csor_assessment:decide": {"assess_risk"},
    "csor_disclosure_visit:not_signed": {"assess_risk"},
    "dvds_assessment:dvds_review": {"dvds_assess_risk"},
    "dvds_forum:dvds_decide": {"dvds_assess_risk"},
    "dvds_visit:dvds_unsigned": {"dvds_assess_risk"},
    "mappa_third_party:decide_level_1": {"consider_telling"},
    "mappa_third_party:decide_meeting": {"consider_telling"},
    "caldicott_review:guardian_decides": {"request_review"},
    "caldicott_review:deputy_decides": {"request_review"},
    "caldicott_review:siro_decides": {"request_review"},
    "look_afterwards:guardian_ratifies": {"send"},
    "mash_triage:mash_outcome": {"mash_rate", "mash_collate"},
    "section_47_enquiry:s47_agree": {"s47_enquire"},
    "child_assessment:assessment_agree": {"assess_child"},
    "section_115:ruling_115": {"decide_115"},
    "section_16:ruling_16": {"decide_16"},
    "section_17:ruling_17": {"decide_17"},
    "breach:confirm_not_reported": {"decide_report"},
    "retention_review:second_person": {"decide_retention"},
    "rights_access:review_exemptions": {"exemptions"},
    "rights_change:review_refusal": {"decide_change"},
    "sealed_search:second_on_sealed": {"weigh_sealed"},
    "impact_assessment:accept": {"risks"},
}


@pytest.mark.parametrize("task", ASSESSED_BY_OTHERS)
def test_whoever_assessed_never_approves(task):
    others = USER_TASKS[task].extensions.properties["handrail:four_eyes"].split()
    assert ASSESSED_BY_OTHERS[task] <= set(others)


def test_every_disclosure_scheme_is_sealed():
    sealed = {
        id for id, each in PROCESSES.items() if each.extensions.properties.get("handrail:sealed") == "true"
    }
    assert sealed == {id for id in PROCESSES if SCHEMES.search(id)}


WITHOUT_DANGER = {  # about systems, records and powers: nobody is met, and no child is spoken of
    "impact_assessment",
    "retention_review",
    "section_115",
    "section_16",
    "section_17",
    "section_17_ask",
    "subject_rights",
    "undertaking_breach",  # asks first who is in danger, and protects them
    "dvds_referral",  # asks at its start, and ends by handing over
    "referral",  # asks at its start, and the hub that it goes to has the button
}


def test_danger_can_be_raised_from_every_process_about_people():
    begun = {id for id, each in PROCESSES.items() if "handrail:start_roles" in each.extensions.properties}
    raised = {
        name
        for name, each in EVERY
        if each.kind == "startEvent"
        and each.extensions.properties.get("handrail:form") == "immediate_risk_raised"
    }
    assert begun - raised <= WITHOUT_DANGER


def test_no_case_waits_for_an_impact_assessment():
    called = {each.extensions.called_process for _, each in EVERY if each.kind == "callActivity"}
    assert "impact_assessment" not in called
