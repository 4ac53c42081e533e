"""The mistakes that are easy to make are not made, in any diagram, form or page of guidance."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.diagrams import Element
from policy.clocks import CLOCKS
from tests.workflows.answers import ANSWERS
from tests.workflows.coverage_page import diagrams
from tests.workflows.pitfalls import PITFALLS
from tests.workflows.test_forms import problems, shown
from tests.workflows.walking import WORKFLOWS, form_of

TESTS = Path(__file__).parents[1]
FORMS = sorted(path.stem for path in WORKFLOWS.glob("forms/*.form"))
EVERY = [(name, each) for name, diagram in diagrams().items() for each in diagram.elements.values()]
USER_TASKS = {f"{name}:{each.id}": each for name, each in EVERY if each.kind == "userTask"}
PROCESSES = {id: process for diagram in diagrams().values() for id, process in diagram.processes.items()}
SCHEMES = re.compile(r"^(csor|dvds|mappa)_|^(sealed_search|undertaking_breach)$")


# The table -------------------------------------------------------------------------------------------------


@cache
def written_in(file: str) -> set[str]:
    read = ast.parse((TESTS / file).read_text())
    return {each.name for each in read.body if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.mistake)
def test_each_is_proved_by_tests_that_there_are(pitfall):
    assert pitfall.tests
    named = [test.split("::") for test in pitfall.tests]
    assert [name for file, name in named if name not in written_in(file)] == []


# Words -----------------------------------------------------------------------------------------------------

FORBIDDEN = re.compile(r"no[- ]records?\b|no[- ]trace\b|nothing (is )?known\b(?! to)", re.IGNORECASE)
FORBIDDING = re.compile(r"\bnever\b|^nothing said means or implies", re.IGNORECASE)


def sentences() -> Iterator[str]:
    """Every sentence that a diagram, a form, a table or a page of guidance says."""
    for path in sorted(WORKFLOWS.rglob("*.*")):
        for text in texts(path):
            yield from re.split(r"(?<=[.?!])\s+|\n", text)


def texts(path: Path) -> Iterator[str]:
    if path.suffix == ".form":
        yield from strings(json.loads(path.read_text()))
    elif path.suffix in (".bpmn", ".dmn"):
        for node in ElementTree.fromstring(path.read_bytes()).iter():
            yield from (node.text or "", *node.attrib.values())
    elif path.suffix == ".md":
        yield path.read_text()


def strings(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from strings(each)


def test_no_words_say_that_there_is_no_record():
    """Where the words stand at all, they stand as what is never said."""
    found = [each.strip() for each in sentences() if FORBIDDEN.search(each)]
    assert [each for each in found if not FORBIDDING.search(each)] == []
    assert found, "Expected the guidance to name the words that are never said"


def test_no_name_of_a_task_holds_an_answer():
    """What stands in lists, titles and messages is the same for everybody."""
    named = [each.name for _, each in EVERY] + [process.name for process in PROCESSES.values()]
    assert [name for name in named if name.startswith("=") or "{{" in name] == []


def test_no_mail_is_sent():
    """Whoever adds it decides first what a subject line and a body may hold."""
    for package in ("handrail", "web", "api", "engine", "policy"):
        for path in (TESTS.parent / package).rglob("*.py"):
            assert not re.search(r"\b(smtplib|flask_mail|sendgrid|sendmail)\b", path.read_text()), path


PLACES = re.compile(r"\bLincolnshire|\bHumberside|\bLiverpool")


def test_no_diagram_names_a_place_of_the_documents():
    """A source may name the partnership that wrote it; no task, question or answer does."""
    paths = (path for ending in ("bpmn", "form", "dmn") for path in WORKFLOWS.rglob(f"*.{ending}"))
    assert [text for path in paths for text in texts(path) if PLACES.search(text)] == []


def test_working_together_is_said_to_be_england_s():
    page = (WORKFLOWS / "guidance" / "cp_strategy.md").read_text()
    assert "Wales Safeguarding Procedures" in page and "England" in page


def test_eight_principles_are_said_on_screen():
    page = (WORKFLOWS / "guidance" / "caldicott_decision.md").read_text()
    assert "**seven**" in page and "**eight**" in page and "December 2020" in page
    labels = shown("caldicott_decision", {}, edition="HMG-2024-05")
    assert len([key for key in labels if key in CALDICOTT]) == 8


CALDICOTT = {
    f"caldicott_{principle}"
    for principle in (
        "purpose",
        "necessary",
        "minimum",
        "need_to_know",
        "aware",
        "law",
        "duty_to_share",
        "inform",
    )
}


def test_the_register_of_the_guardian_asks_for_no_clinical_detail():
    hint = next(each for each in every_field("caldicott_decision") if each.key == "caldicott_reasons").hint
    assert "No clinical detail" in hint.plain


@pytest.mark.parametrize("page", sorted(WORKFLOWS.glob("guidance/*.md")), ids=lambda path: path.stem)
def test_guidance_names_its_edition(page):
    assert re.search(r"^edition: \S", page.read_text(), re.M)


# What is asked ---------------------------------------------------------------------------------------------


def every_field(form: str):
    return [each for top in form_of(form).components for each in top.walk()]


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("how_much", "items"),
        ("request_supply", "supply_items"),
        ("section_16_send", "section_16_items"),
        ("section_17_supply", "section_17_items"),
        ("mash_agency_return", "agency_items"),
    ],
)
def test_what_is_shared_starts_empty(form, pieces):
    """Whatever was said before, each piece is put in by a person."""
    everything = {
        key: value for choices in ANSWERS.values() for each in choices.values() for key, value in each.items()
    }
    earlier = {key: value for key, value in everything.items() if key != pieces}
    rows = [field for path, field in shown(form, {}, **earlier).items() if path.startswith(f"{pieces}.")]
    assert [row.path for row in rows if row.value not in (None, "", False)] == []
    answers = {**next(iter(ANSWERS[form].values())), pieces: []}
    assert problems(form, answers)


INFORMED = {
    "inform": "informed",
    "csor_inform_subject": "subject_told",
    "dvds_inform_b": "b_informed",
    "breach_tell": "people_told_breach",
    "request_supply": "request_informed",
    "mash_outcome": "mash_family_informed",
    "mash_agencies": "research_family",
}


@pytest.mark.parametrize("form", INFORMED)
def test_nobody_is_informed_before_somebody_says_so(form):
    key = INFORMED[form]
    (asked,) = (each for each in every_field(form) if each.key == key)
    assert asked.required and shown(form, {})[key].value in (None, "")


@pytest.mark.parametrize("form", ["csor_initial_checks", "dvds_first_checks"])
def test_checks_are_made_out_of_sight_of_whoever_asked(form):
    key = next(each.key for each in every_field(form) if each.key.endswith("checks_private"))
    answers = {**next(iter(ANSWERS[form].values())), key: False}
    assert problems(form, answers) == {key}


UNDERTAKINGS = {
    "csor_undertaking": ("undertaking_witness", "undertaking_refusal"),
    "dvds_undertaking": ("dv_witness", "dv_refusal"),
    "mappa_undertaking": ("mappa_witness", "mappa_refusal"),
}


@pytest.mark.parametrize("form", UNDERTAKINGS)
def test_an_undertaking_is_warnings_witness_and_reason_of_a_refusal(form):
    refused = ANSWERS[form]["refused"]
    needed = {key for key in refused if "warned" in key} | set(UNDERTAKINGS[form])
    assert len([key for key in needed if "warned" in key]) >= 3
    for key in needed:
        without = {**refused, key: False if refused[key] is True else ""}
        assert problems(form, without) == {key}


DECIDED_IN_WORDS = ("decision", "caldicott")


@pytest.mark.parametrize(
    "task",
    [
        each
        for each in USER_TASKS.values()
        if each.extensions.properties.get("handrail:record") in DECIDED_IN_WORDS
    ],
    ids=lambda task: task.id,
)
def test_every_decision_requires_words(task):
    fields = [each for each in every_field(task.extensions.form) if each.type in ("textarea", "textfield")]
    assert [each.key for each in fields if each.required]


def test_others_in_a_family_are_thought_of_one_by_one():
    """The pack, the check before it goes and the search for somebody's own data each ask about others."""
    for form, key in (
        ("how_much", "third_parties"),
        ("principles", "third_party_impact"),
        ("rights_third_parties", "third_parties.third_reasons"),
        ("mash_outcome", "mash_each_child"),
        ("cp_strategy", "strategy_each_child"),
    ):
        (asked,) = (each for each in every_field(form) if each.key == key.rpartition(".")[2])
        assert asked.required, form


# Who decides -----------------------------------------------------------------------------------------------

DECIDED_BY = {  # each disclosure, and the answers without one of which it cannot be reached
    "share_information:send": {"share_information:consent"},
    "partner_request:supply_request": {"request_decision:decide_supply"},
    "section_16:send_16": {"section_16:decide_16"},
    "section_17:supply_17": {"section_17:decide_17"},
    "csor_disclosure_visit:tell_in_person": {"csor_assessment:decide"},
    "dvds_visit:dvds_tell": {"dvds_forum:dvds_decide"},
    "mappa_third_party:tell_third_party": {
        "mappa_third_party:decide_level_1",
        "mappa_third_party:decide_meeting",
    },
    "child_move_transfer:mt_write": {"child_move:move_decide"},
    "breach:report_commissioner": {"breach:decide_report"},
    "commissioner_consultation:consult_commissioner": {"impact_assessment:advise"},
    "referral:refer_to_hub": {"referral:refer_send"},
    "referral:refer_move": {"referral:refer_send"},
    "dvds_referral:referral_handed_over": {"dvds_referral:referral_record"},
    "dvds_disclosure:hub_told": {"dvds_disclosure:tell_hub"},
    "subject_rights:to_second_key": {"subject_rights:find"},
    "dvds_high_risk:dvds_refer_marac": {"dvds_assessment:dvds_do_dash", "dvds_assessment:dvds_review"},
}
THEMSELVES = {  # here the answer itself is the decision: whoever gives it chooses the words
    "dvds_disclosure:tell_hub",
    "dvds_disclosure:hub_told_later",  # the button of a child who comes to light, with its form
    "breach:undertaking_to_police",  # reported as a broken undertaking of the police's own scheme
}


def is_disclosure(task: Element) -> bool:
    return task.extensions.properties.get("handrail:record") == "disclosure"


def crossing() -> set[str]:
    """What is sent into a case of its own, whose people are others."""
    begins = {
        event.name
        for _, each in EVERY
        if each.kind == "startEvent" and each.extensions.properties.get("handrail:case") == "new"
        for event in each.events
    }
    return {
        f"{name}:{each.id}"
        for name, each in EVERY
        if each.kind in ("intermediateThrowEvent", "endEvent")
        if begins & {event.name for event in each.events}
    }


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


# Time and messages -----------------------------------------------------------------------------------------


def timed() -> list[tuple[str, str]]:
    events = [
        (each.id, event.expression.text if event.expression else "")
        for _, each in EVERY
        for event in each.events
        if event.kind == "timer"
    ]
    return [*events, *((name, task.extensions.due) for name, task in USER_TASKS.items())]


def test_every_limit_is_a_clock_with_a_name():
    for element, text in timed():
        assert not re.search(r'"P[T\d]|\bduration\(|\bcycle\b', text), element
        names = re.findall(r'deadline\("(\w+)"', text)
        assert "deadline(" in text and set(names) <= set(CLOCKS), element


PASSED_ON = {  # a clock that takes a task from somebody gives the question to another person, or goes on
    "no_advice_yet",
    "guardian_late",
    "deputy_late",
    "lead_late",
    "ratify_late",
    "views_late",
    "dvds_b_late",
}


def test_no_timer_stops_the_work_of_a_person():
    stopping = {
        each.id
        for _, each in EVERY
        if each.kind == "boundaryEvent" and each.interrupting and any(e.kind == "timer" for e in each.events)
    }
    assert stopping == PASSED_ON


def test_no_disclosure_scheme_has_35_or_45_days():
    used = {name for _, text in timed() for name in re.findall(r'deadline\("(\w+)"', text)}
    schemes = [clock for name, clock in CLOCKS.items() if re.search("csor|csods|dvds|disclosure", name)]
    assert schemes and used
    assert [clock.name for clock in schemes if re.search(r"\b(35|45)\b", clock.length)] == []


def test_messages_find_their_case_by_its_number():
    keys = {
        message.extensions.correlation
        for diagram in diagrams().values()
        for message in diagram.messages.values()
        if message.extensions.correlation
    }
    assert keys == {"=case_id"}


# Editions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(each, id=name)
        for name, each in EVERY
        if each.kind == "startEvent" and each.extensions.form
    ],
)
def test_every_process_that_people_start_keeps_its_edition(start):
    """Worked out when it starts and never asked, so that a later edition changes nothing in an old case."""
    assert "edition" in {each.key for each in every_field(start.extensions.form)}
