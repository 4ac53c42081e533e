"""What must be true of every diagram that is shipped: runnable, drawn to be read, walked, complete."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import diagrams, forms
from engine.diagrams import Diagram, Element, Known, drawing
from engine.guidance import read_guidance
from engine.records import KINDS
from policy.clocks import CLOCKS
from policy.roles import ROLES
from tests.workflows.answers import ANSWERS
from tests.workflows.walking import WALKED, WORKFLOWS, start_forms
from tests.workflows.walks import every_walk
from web.offers import HEADINGS

FILES = sorted(WORKFLOWS.glob("*.bpmn"))
FORMS = sorted((WORKFLOWS / "forms").glob("*.form"))
GUIDANCE = sorted((WORKFLOWS / "guidance").glob("*.md"))
DIAGRAMS = [diagrams.read(path.read_bytes(), path.name) for path in FILES]
UNAVOIDABLE = {("may_share", "reason_again")}  # both pass over the lawful reason
RELATIONS = {"lead", "member"}


def names(paths: list[Path]) -> set[str]:
    return {path.stem for path in paths}


def of_kind(*kinds: str) -> Iterator[tuple[Diagram, Element]]:
    return ((diagram, element) for diagram in DIAGRAMS for element in diagram.of_kind(*kinds))


def kinds(event: Element) -> set[str]:
    return {each.kind for each in event.events}


STARTED_BY_PEOPLE = [
    pytest.param(process, id=process.id)
    for diagram in DIAGRAMS
    for process in diagram.processes.values()
    if "handrail:start_roles" in process.extensions.properties
]
USER_TASKS = [pytest.param(element, id=element.id) for _, element in of_kind("userTask")]
SHIPPED = [pytest.param(path, id=path.stem) for path in FILES]


# Run -------------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_any_diagram():
    known = Known(
        forms=names(FORMS), guidance=names(GUIDANCE), roles=set(ROLES), clocks=set(CLOCKS), operations=()
    )
    assert diagrams.vet({path.name: path.read_bytes() for path in FILES}, known) == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_load_and_are_named_as_their_file(path):
    assert forms.load(path.read_bytes()).id == path.stem


@pytest.mark.parametrize("path", GUIDANCE, ids=lambda path: path.stem)
def test_guidance_says_where_it_comes_from(path):
    page = read_guidance(path.read_bytes())
    assert page.body and page.evidence


def test_every_form_and_every_page_of_guidance_is_used():
    asked, shown = set(start_forms().values()), set()
    for diagram in DIAGRAMS:
        for element in diagram.elements.values():
            asked |= {element.extensions.form, element.extensions.properties.get("handrail:form", "")}
            shown.add(element.extensions.properties.get("handrail:guidance", ""))
        for process in diagram.processes.values():
            shown.add(process.extensions.properties.get("handrail:guidance", ""))
    assert asked - {""} == names(FORMS) == set(ANSWERS)
    assert shown - {""} == names(GUIDANCE)


@pytest.mark.parametrize("process", STARTED_BY_PEOPLE)
def test_what_people_start_is_offered_in_their_words_and_others_are_told_where_to_turn(process):
    said = process.extensions.properties
    assert set(said["handrail:start_roles"].split()) <= set(ROLES)
    assert said["handrail:offers"] and said["handrail:elsewhere"]
    assert said["handrail:offered_under"] in HEADINGS
    assert said["handrail:guidance"] in names(GUIDANCE)


def test_only_what_is_often_about_nobody_in_particular_may_name_nobody():
    """A flow, figures for a policing body, a whole list that was lost: everything else is about somebody."""
    optional = {
        process.id
        for diagram in DIAGRAMS
        for process in diagram.processes.values()
        if "handrail:subjects" in process.extensions.properties
    }

    assert optional == {"breach", "impact_assessment", "section_16", "section_17", "section_17_ask"}


# Tasks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", USER_TASKS)
def test_every_task_has_a_lane_a_role_a_clock_a_form_and_guidance(task):
    said = task.extensions
    assert task.lane and task.documentation and said.form and said.role
    assert said.role in ROLES or said.role.startswith("=")
    assert any(f'deadline("{clock}"' in said.due for clock in CLOCKS)
    assert said.properties["handrail:guidance"] in names(GUIDANCE)
    assert said.properties.get("handrail:record", "decision") in KINDS


@pytest.mark.parametrize("task", USER_TASKS)
def test_what_a_practitioner_answers_is_their_own_task(task):
    theirs = {"=started_by", "=if asked_by = null then started_by else asked_by"}
    assert (task.extensions.role == "practitioner") == (task.extensions.assignee in theirs)


LANES = {  # where the lane is not named as the role is
    "police_contact": "Police",
    "csc_screening": "Children's social care",
    "=partner": "Partner agency",
    "=agency": "Partner agency",
    "=dvds_partner": "Partner agency",
    "=adviser": "Adviser",
    "=harm_adviser": "Appropriate professional",
    "=stage.owner": "Owner of the stage",
    '=if next_stage.owner = "practitioner" then "line_manager" else next_stage.owner': "Owner of the stage",
}


def lane_of(role: str) -> str:
    named = ROLES[role].name if role in ROLES else "Deputy"
    return LANES.get(role, named)


@pytest.mark.parametrize("task", USER_TASKS)
def test_a_task_stands_in_the_lane_of_its_role(task):
    assert task.lane == lane_of(task.extensions.role)


@pytest.mark.parametrize("task", USER_TASKS)
def test_what_a_task_shows_was_asked_before(task):
    asked = {key for path in FORMS for key in forms.load(path.read_bytes()).keys}
    assert set(task.extensions.properties.get("handrail:shows", "").split()) <= asked


@pytest.mark.parametrize(
    ("task", "kind"),
    [
        ("consent", "consent"),
        ("record_share", "decision"),
        ("record_not_share", "decision"),
        ("send", "disclosure"),
        ("inform", "informed"),
        ("receipt", "receipt"),
        ("discuss_refusal", "refusal_discussion"),
        ("record_withdrawal", "withdrawal"),
        ("tell_recipients", "withdrawal"),
        ("lead_decides", "advice"),
        ("confirm_call", "immediate_danger"),
        ("use_advice", "advice_outcome"),
        ("guardian_decides", "caldicott"),
        ("guardian_ratifies", "caldicott"),
    ],
)
def test_what_must_be_kept_is_written_as_a_record(task, kind):
    (found,) = (each for _, each in of_kind("userTask") if each.id == task)
    assert found.extensions.properties["handrail:record"] == kind


def test_decisions_are_checked_before_they_are_sent():
    """Triage and looking afterwards decide nothing about sharing."""
    unchecked = {
        element.id
        for _, element in of_kind("userTask")
        if element.extensions.properties.get("handrail:record") in ("decision", "disclosure", "caldicott")
        and element.extensions.properties.get("handrail:check_answers") != "true"
    }
    assert unchecked == {
        "triage",
        "guardian_ratifies",
        "deputy_ratifies",
    }


def is_said_by_people(diagram: Diagram, event: Element) -> bool:
    """A process that starts with a message is handed over to by another process."""
    return "message" in kinds(event) and not (event.kind == "startEvent" and event.scope in diagram.processes)


@pytest.mark.parametrize(
    "event",
    [each for diagram, each in of_kind("startEvent", "boundaryEvent") if is_said_by_people(diagram, each)],
    ids=lambda event: event.id,
)
def test_what_may_be_said_from_the_case_page_has_a_title_a_form_and_guidance(event):
    said = event.extensions.properties
    assert said["handrail:action"] and said["handrail:form"] in names(FORMS)
    assert said["handrail:guidance"] in names(GUIDANCE)
    assert set(said["handrail:who"].split()) <= RELATIONS


# Ways ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "gateway",
    [pair for pair in of_kind("exclusiveGateway", "inclusiveGateway") if len(pair[1].outgoing) > 1],
    ids=lambda pair: pair[1].id,
)
def test_every_way_out_of_a_question_is_named_and_conditioned(gateway):
    diagram, element = gateway
    assert element.name and not element.default
    for flow in element.outgoing:
        assert diagram.flows[flow].name and diagram.flows[flow].condition is not None


@pytest.fixture(scope="module")
def walks():
    for test, given in every_walk():
        test(**given)
    return list(WALKED.values())


def test_every_flow_of_every_diagram_is_taken_by_some_walk(walks):
    taken = {place for walk in walks for place in walk.taken}
    drawn = {(diagram.path, flow) for diagram in DIAGRAMS for flow in diagram.flows}
    assert drawn - taken == set()


def test_every_decision_ends_with_its_record(walks):
    ends = {"shared": "record_share", "not_shared": "record_not_share", "flow_found": "describe_flow"}
    decisions = [walk.line for walk in walks if walk.bundle.process == "share_information"]
    assert decisions
    for line in decisions:
        (reached,) = (end for end in ends if end in line)
        assert ends[reached] in line[: line.index(reached)]


def test_no_end_of_the_decision_can_be_reached_round_its_record():
    (diagram,) = (each for each in DIAGRAMS if each.path == "share_information.bpmn")
    closed = {"record_share", "record_not_share", "withdrawn_after", "describe_flow"}
    ends = {"shared", "not_shared", "flow_found"}
    assert ends <= _reached(diagram, "asked_or_concerned", set())
    assert not ends & _reached(diagram, "asked_or_concerned", closed)


def _reached(diagram: Diagram, start: str, closed: set[str]) -> set[str]:
    """What a token can get to without completing a closed element, or the sub-process that holds one."""
    closed = closed | {diagram.elements[each].scope for each in closed if each in diagram.elements}
    seen, todo = set(), [start]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        if here not in closed:
            todo += [diagram.flows[flow].target for flow in diagram.elements[here].outgoing]
        todo += [event.id for event in diagram.attached(here) if event.id not in closed]
    return seen


# Drawn -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED)
def test_the_drawing_can_be_read(path):
    assert drawing.problems(path.read_bytes()) == []
    assert set(drawing.crossings(path.read_bytes())) <= UNAVOIDABLE


def test_the_five_questions_stand_in_one_row_in_their_order():
    boxes = drawing._drawing((WORKFLOWS / "share_information.bpmn").read_bytes()).boxes
    row = [boxes[id] for id in ("purpose", "consent", "identifiable", "lawful_reason", "how")]
    assert [box.left for box in row] == sorted(box.left for box in row)
    assert len({(box.top + box.bottom) / 2 for box in row}) == 1
