"""Business rule tasks ask DMN tables: in the same command, from the instance's own release, saying why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, Engine, insert, select

from engine import cases, definitions, history, inbox, incidents, instances
from engine.cases import Subject
from engine.database import reading, transaction
from engine.decisions import Decisions, read_decisions
from engine.diagrams import check
from engine.errors import DiagramRefused, Incident
from engine.rehearsal import Rehearsal, deploy
from engine.spiff import commands
from engine.tables import event, person, role_held
from policy.authorization import Actor
from tests.dmn.models import decision, inputs, literal, source, table
from tests.engine.spiff.drawing import NOON
from tests.faults import steps
from tests.travelling import TravellingClock

ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'


def diagram(asks: str = "age_group", result: str = "group", mapping: str = "") -> bytes:
    """Start, a task that asks the age, a decision on it, a task."""
    variable = f' resultVariable="{result}"' if result else ""
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {ZEEBE}
id="d" targetNamespace="t">
<process id="sort" name="Sort by age" isExecutable="true"><extensionElements><zeebe:properties>
<zeebe:property name="handrail:start_roles" value="practitioner" /></zeebe:properties></extensionElements>
<startEvent id="begin" name="Begin">
<extensionElements><zeebe:formDefinition formId="age" /></extensionElements></startEvent>
<userTask id="ask" name="Ask the age"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
<zeebe:formDefinition formId="age" /></extensionElements></userTask>
<businessRuleTask id="decide" name="Which group?"><extensionElements>
<zeebe:calledDecision decisionId="{asks}"{variable} />{mapping}</extensionElements></businessRuleTask>
<userTask id="act" name="Act"><extensionElements>
<zeebe:assignmentDefinition assignee="=started_by" candidateGroups="practitioner" />
</extensionElements></userTask>
<endEvent id="done" name="Done" />
<sequenceFlow id="f1" sourceRef="begin" targetRef="ask" />
<sequenceFlow id="f2" sourceRef="ask" targetRef="decide" />
<sequenceFlow id="f3" sourceRef="decide" targetRef="act" />
<sequenceFlow id="f4" sourceRef="act" targetRef="done" />
</process></definitions>""".encode()


FORM = orjson.dumps(
    {
        "type": "default",
        "id": "age",
        "schemaVersion": 19,
        "components": [{"type": "number", "id": "age", "key": "age", "label": "Age in years"}],
    }
)


def sorting(*rows: str, needs: str = "age") -> bytes:
    """A table on the age. Each row gives a reason: because, and its test."""
    return source(
        inputs(needs, kind="number") + decision("age_group", table(list(rows), ask=needs), needs=(needs,))
    )


CHILDREN = sorting('< 18 -> "child"', '[18..25] -> "care leaver"')


def files(*tables: bytes, **drawn: str) -> dict[str, bytes]:
    named = {f"decisions/{number}.dmn": content for number, content in enumerate(tables, start=1)}
    return {"sort.bpmn": diagram(**drawn), "forms/age.form": FORM} | named


class World:
    """A school that sorts by age."""

    def __init__(self, engine: Engine, clock: TravellingClock) -> None:
        steps.load(engine, clock)
        self.engine, self.clock = engine, clock
        with transaction(engine) as db:
            olu = {"id": "olu", "area_id": "a", "name": "Olu", "issuer": "i", "subject": "olu"}
            held = {"organisation_id": "o", "role": "operator", "since": clock.now}
            db.execute(insert(person), olu)
            db.execute(insert(role_held), held | {"person_id": "olu"})

    def actor(self, db: Connection, name: str) -> Actor:
        return steps.actor(db, name, self.clock)

    def publish(self, of: Mapping[str, bytes]) -> None:
        with transaction(self.engine) as db:
            definitions.publish(db, "a", of, by=None, now=self.clock.now)

    def open(self) -> cases.Opened:
        with transaction(self.engine) as db:
            return cases.open_case(
                db,
                self.actor(db, "ada"),
                process="sort",
                subjects=[Subject("Maya Fenn", "child")],
                answers={"age": 1},
                organisation_id="o",
                clock=self.clock,
            )

    def answer(self, opened: cases.Opened, age: int) -> None:
        with transaction(self.engine) as db:
            inbox.complete(db, self.actor(db, "ada"), opened.tasks[0], {"age": age}, self.clock)

    def sorted(self, age: int) -> cases.Opened:
        opened = self.open()
        self.answer(opened, age)
        return opened

    def facts(self, opened: cases.Opened) -> list[dict[str, Any]]:
        query = select(event.c.payload).where(
            event.c.chain == opened.case_id, event.c.kind == "decision.evaluated"
        )
        with reading(self.engine) as db:
            return [orjson.loads(payload) for payload in db.execute(query).scalars()]

    def told(self, opened: cases.Opened) -> list[str]:
        with reading(self.engine) as db:
            entries = history.timeline(db, self.actor(db, "ada"), opened.case_id).items
            return [entry.text for entry in entries if entry.kind == "decision.evaluated"]

    def incidents(self) -> list[incidents.IncidentItem]:
        with reading(self.engine) as db:
            return list(incidents.unresolved(db, self.actor(db, "olu")).items)

    def variables(self, opened: cases.Opened) -> dict[str, Any]:
        with transaction(self.engine) as db:
            of = instances.lock(db, "a", opened.instance_id, self.clock, None)
            bundle = definitions.bundle(db, of.release, of.process)
            return dict(commands.look(bundle, of.state or b"").variables)


@pytest.fixture
def world(engine: Engine, clock: TravellingClock) -> World:
    return World(engine, clock)


# In a case -------------------------------------------------------------------------------------------------


def test_a_decision_is_made_in_the_command_that_reaches_it(world: World) -> None:
    world.publish(files(CHILDREN))

    opened = world.sorted(17)

    assert world.variables(opened)["group"] == "child"
    assert world.incidents() == []


def test_the_history_says_which_rule_made_it_so_and_nothing_that_was_answered(world: World) -> None:
    world.publish(files(CHILDREN))

    opened = world.sorted(21)

    assert world.told(opened) == ["“age_group” was decided: rule 2 (because [18..25])"]
    (facts,) = world.facts(opened)
    assert [(rule["decision"], rule["rule"]) for rule in facts["rules"]] == [("age_group", 2)]
    assert "21" not in repr(facts) and "care leaver" not in repr(facts)


def test_no_match_is_null_and_the_history_says_so(world: World) -> None:
    world.publish(files(CHILDREN))

    opened = world.sorted(60)

    assert world.variables(opened)["group"] is None
    assert world.told(opened) == ["“age_group” was decided: no rule applies"]


def test_a_case_keeps_the_table_that_it_was_opened_with(world: World) -> None:
    world.publish(files(CHILDREN))
    old = world.open()
    world.publish(files(sorting('- -> "anybody"')))
    new = world.open()

    world.answer(old, 17)
    world.answer(new, 17)

    assert [world.variables(each)["group"] for each in (old, new)] == ["child", "anybody"]


OVERLAP = (sorting('< 18 -> "a"', '< 20 -> "b"'), "rules 1, 2 match")
ABSENT = (sorting('- -> "a"', needs="height"), "to be given “height”")
ENDLESS = "for a in 1..1000000, b in 1..1000000 return a"
TOO_MUCH = (source(decision("age_group", literal(ENDLESS))), "too much work")
OF_TEXT = sorting('- -> "a"').replace(b'name="age" typeRef="number"', b'name="age" typeRef="string"')
WRONG_KIND = (OF_TEXT, "Expected the input age to be a string")


@pytest.mark.parametrize(
    ("dmn", "cause"), [OVERLAP, ABSENT, TOO_MUCH, WRONG_KIND], ids=["overlap", "absent", "work", "kind"]
)
def test_what_cannot_be_decided_is_an_incident_that_keeps_its_place(
    world: World, dmn: bytes, cause: str
) -> None:
    world.publish(files(dmn))

    opened = world.sorted(17)

    (item,) = world.incidents()
    assert (item.element, item.name) == ("decide", "Which group?")
    assert cause in item.cause and "17" not in item.cause
    assert "group" not in world.variables(opened)
    assert world.facts(opened) == []


def test_a_corrected_variable_is_seen_when_the_decision_is_tried_again(world: World) -> None:
    world.publish(files(sorting('< 18 -> "a"', '[17..20] -> "b"')))
    opened = world.sorted(17)
    (item,) = world.incidents()

    with transaction(world.engine) as db:
        olu = world.actor(db, "olu")
        incidents.correct(db, olu, item.id, "age", 19, "typing mistake", world.clock)
        incidents.retry(db, olu, item.id, "corrected", world.clock)

    assert world.incidents() == []
    assert world.variables(opened)["group"] == "b"


# Publishing ------------------------------------------------------------------------------------------------

TWICE = (
    '<decision id="age_group"><variable name="other"/>' + literal("1") + "</decision>"
    '<decision id="other"><variable name="age_group"/>' + literal("2") + "</decision>"
)
REFUSED: dict[str, tuple[dict[str, bytes], str]] = {
    "an unknown decision": (files(CHILDREN, asks="age_gruop"), 'business rule task "Which group?"'),
    "no decisions at all": (files(), "Expected a decision of this service"),
    "no variable for the result": (files(CHILDREN, result=""), "result variable"),
    "a result that is no name": (files(CHILDREN, result="a.b"), "result variable"),
    "a broken cell": (files(sorting('< -> "a"')), "decisions/1.dmn, age_group"),
    "a cell of the wrong type": (files(sorting('5 -> "a"', '"x" -> "b"')), "age_group: Rule 2:"),
    "an unknown name": (files(sorting("- -> agee")), "age_group: Rule 1:"),
    "no XML": (files(CHILDREN, b"nothing"), "decisions/2.dmn: Expected XML"),
    "one id in two files": (files(CHILDREN, CHILDREN), "another file has age_group too"),
    "an id that is another's name": (files(source(TWICE)), "another one has it as its name"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_could_not_be_decided_is_refused_before_it_is_published(world: World, name: str) -> None:
    of, said = REFUSED[name]

    with pytest.raises(DiagramRefused) as refused:
        world.publish(of)

    assert any(said in problem.message for problem in refused.value.problems), refused.value.problems


def test_checking_files_says_what_is_wrong_with_tables() -> None:
    broken = sorting("- -> agee").replace(b"age_group", b"other")

    report = check({"sort.bpmn": diagram(), "good.dmn": CHILDREN, "bad.dmn": broken})

    good, bad = report.files[1:]
    assert (good.refused, bad.refused) == (False, True)
    assert "bad.dmn, other: Rule 1:" in report.text()


def test_checking_a_diagram_alone_asks_for_no_table() -> None:
    assert not check({"sort.bpmn": diagram(asks="elsewhere")}).refused
    assert check({"sort.bpmn": diagram(asks="elsewhere"), "a.dmn": CHILDREN}).files[0].refused


# Deciding --------------------------------------------------------------------------------------------------


def made(*tables: bytes) -> Decisions:
    found = read_decisions({f"{number}.dmn": content for number, content in enumerate(tables)})
    assert found.problems == []
    return found


def test_every_rule_that_counts_is_named_once_with_the_table_it_is_in() -> None:
    inner = table(["1 -> 1", "[1..2] -> 1"], policy="ANY", ask="age")
    outer = decision("risk", inner, needs=("age",)) + decision("all", literal("risk + 1"), needs=("*risk",))

    decided = made(source(inputs("age") + outer)).decide("all", {"age": 1}, NOON)

    assert (decided.value, decided.why) == (
        2,
        "rule 1 of risk (because 1); rule 2 of risk (because [1..2])",
    )


def test_a_decision_sees_the_instant_of_its_command() -> None:
    at = made(source(decision("today", literal("string(today())")))).decide("today", {}, NOON)

    assert at.value == "2026-03-03"
    assert at.why == "by default, or worked out without a rule"


def test_a_decision_knows_no_clocks_and_is_told_how_to_get_a_due_date() -> None:
    asking = source(decision("late", literal('now() > deadline("advice_urgent")')))
    given = source(inputs("due") + decision("late", literal("now() > date and time(due)"), needs=("due",)))

    (problem,) = read_decisions({"late.dmn": asking}).problems

    assert "Give it the due date as an input" in problem.message
    assert (
        read_decisions({"late.dmn": given}).decide("late", {"due": "2026-11-22T12:00:00Z"}, NOON).value
        is not None
    )


def test_a_null_that_was_given_is_not_missing() -> None:
    decisions = made(sorting('null -> "unknown"', '< 18 -> "child"'))

    assert decisions.decide("age_group", {"age": None}, NOON).value == "unknown"
    with pytest.raises(Incident, match="“age”"):
        decisions.decide("age_group", {}, NOON)


def test_what_an_imported_decision_requires_is_missing_too() -> None:
    lent = source(inputs("age") + decision("adult", literal("age >= 18"), needs=("age",)), own="urn:lent")
    asked = decision("may", literal("lent.adult"), needs=("*x",)).replace('"#x"', '"urn:lent#adult"')
    imports = (
        '<import name="lent" namespace="urn:lent" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
    )
    decisions = made(source(imports + asked), lent)

    assert decisions.decide("may", {"age": 20}, NOON).value is True
    with pytest.raises(Incident, match="“age”"):
        decisions.decide("may", {}, NOON)


# Rehearsing ------------------------------------------------------------------------------------------------


@pytest.fixture
def rehearse() -> Callable[..., Rehearsal]:
    def rehearsed(*tables: bytes, **drawn: str) -> Rehearsal:
        of = {path: each for path, each in files(*tables, **drawn).items() if not path.endswith(".form")}
        rehearsal = Rehearsal(deploy(of), NOON)
        rehearsal.start(variables={"started_by": "ada"})
        return rehearsal

    return rehearsed


def test_a_rehearsal_decides_as_a_case_does(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse(CHILDREN)
    rehearsal.complete("ask", {"age": 17})

    ((_, look),) = rehearsal.looks()
    assert (look.variables["group"], [task.element for task in rehearsal.tasks()]) == ("child", ["act"])


def test_what_a_rehearsal_cannot_decide_is_stuck(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse(CHILDREN)
    rehearsal.complete("ask", {"age": "old"})

    ((_, look),) = rehearsal.looks()
    (place,) = look.tokens
    assert (place.element, place.why) == ("decide", "stuck")
    rehearsal.set_variables({"age": 20})
    assert rehearsal.retry() == 1
    assert [task.element for task in rehearsal.tasks()] == ["act"]


def test_a_rehearsal_without_tables_lets_somebody_answer(rehearse: Callable[..., Rehearsal]) -> None:
    rehearsal = rehearse()
    rehearsal.complete("ask", {"age": 17})
    rehearsal.complete("decide", {"group": "child"})

    assert [task.element for task in rehearsal.tasks()] == ["act"]


def test_a_rehearsal_with_tables_refuses_an_unknown_decision(rehearse: Callable[..., Rehearsal]) -> None:
    with pytest.raises(DiagramRefused) as refused:
        rehearse(CHILDREN, asks="elsewhere")

    assert [problem.element for problem in refused.value.problems] == ["decide"]


def test_mappings_stand_around_a_decision(rehearse: Callable[..., Rehearsal]) -> None:
    """Inputs rename what the process has; with outputs, the result itself stays inside the task."""
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=years" target="age" />'
        '<zeebe:output source="=upper case(group)" target="loud" /></zeebe:ioMapping>'
    )
    rehearsal = rehearse(CHILDREN, mapping=mapping)
    rehearsal.complete("ask", {"years": 3})

    ((_, look),) = rehearsal.looks()
    assert (look.variables["loud"], "group" in look.variables, "age" in look.variables) == (
        "CHILD",
        False,
        False,
    )


def test_a_rehearsal_refuses_a_table_that_could_be_null_by_mistake(
    rehearse: Callable[..., Rehearsal],
) -> None:
    with pytest.raises(DiagramRefused) as refused:
        rehearse(sorting("- -> agee"))

    assert [problem.element for problem in refused.value.problems] == ["age_group"]


def test_each_instance_of_a_loop_is_decided_by_itself(rehearse: Callable[..., Rehearsal]) -> None:
    one_each = (
        '<zeebe:loopCharacteristics inputCollection="=ages" inputElement="age" '
        'outputCollection="groups" outputElement="=group" /></extensionElements>'
    )
    drawn = diagram().replace(
        b"</extensionElements></businessRuleTask>",
        b"</extensionElements><multiInstanceLoopCharacteristics><extensionElements>"
        + one_each.encode()
        + b"</multiInstanceLoopCharacteristics></businessRuleTask>",
    )
    rehearsal = Rehearsal(deploy({"p.bpmn": drawn, "a.dmn": CHILDREN}), NOON)
    rehearsal.start(variables={"started_by": "ada"})
    rehearsal.complete("ask", {"ages": [17, 20, 60]})

    ((_, look),) = rehearsal.looks()
    assert look.variables["groups"] == ["child", "care leaver", None]
    assert "group" not in look.variables
