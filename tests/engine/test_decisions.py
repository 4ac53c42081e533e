"""Business rule tasks ask DMN tables: in the same command, from the instance's own release, saying why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from engine import incidents
from engine.database import transaction
from engine.decisions import Decisions, read_decisions
from engine.diagrams import check
from engine.errors import DiagramRefused, Incident
from tests.dmn.models import decision, inputs, literal, source, table
from tests.engine.sorting import CHILDREN, World, diagram, files, sorting
from tests.engine.spiff.drawing import NOON
from tests.travelling import TravellingClock


@pytest.fixture
def world(engine: Engine, clock: TravellingClock) -> World:
    return World(engine, clock)


def test_a_decision_is_made_in_the_command_that_reaches_it(world: World) -> None:
    world.publish(files(CHILDREN))

    opened = world.sorted(17)

    assert world.variables(opened)["group"] == "child"
    assert world.incidents() == []


def test_the_history_says_why_and_keeps_which_rule_and_nothing_that_was_answered(world: World) -> None:
    world.publish(files(CHILDREN))

    opened = world.sorted(21)

    assert world.told(opened) == ["“age_group” was decided: because [18..25]"]
    (facts,) = world.facts(opened)
    assert [(rule["decision"], rule["rule"]) for rule in facts["rules"]] == [("age_group", 2)]
    assert "21" not in repr(facts) and "care leaver" not in repr(facts)


def test_where_a_reason_was_found_stands_in_the_table_and_not_in_the_story(world: World) -> None:
    found = CHILDREN.replace(
        b"because &lt; 18", b"A child is younger. [Children Act 1989, section 105; V:L1]"
    )
    assert found != CHILDREN
    world.publish(files(found))

    assert world.told(world.sorted(17)) == ["“age_group” was decided: A child is younger."]


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


def test_a_decision_has_the_day_of_london() -> None:
    night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    at = made(source(decision("today", literal("string(today())")))).decide("today", {}, night)

    assert at.value == "2026-07-01"


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
