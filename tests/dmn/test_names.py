"""Names with symbols: `tax-rate` is a name where something in scope is called so, and else a subtraction."""

import pytest

from tests.dmn.models import decision, inputs, literal, model, source, table

OTHER = '<import name="m" namespace="urn:other" importType="DMN"/>'
HOME = (
    '<itemDefinition name="tHome"><itemComponent name="h"><itemComponent name="tax-rate"/>'
    '<itemComponent name="tax"/></itemComponent></itemDefinition>'
)
RATE_2 = "{tax-rate: 2, tax: 10}"
ENTRY = f'<context><contextEntry><variable name="tax-rate"/>{literal("2")}</contextEntry></context>'
COLUMN = table(["1 -> 2; 10"], ask="1", outputs='<output name="tax-rate"/><output name="tax"/>')


def asked(body, given, imports=()):
    outcome = model(body, imports=imports).evaluate("d", given)
    return outcome.value, [problem.message for problem in outcome.problems]


def test_a_part_of_an_imported_type_may_have_a_symbol_in_its_name():
    body = OTHER + inputs("rate") + inputs("q", kind="m.tHome")
    body += decision("d", literal("q.h.tax-rate"), needs=("q", "rate"))
    given = {"rate": 3, "q": {"h": {"tax-rate": 2, "tax": 10}}}

    assert asked(body, given, [source(HOME, own="urn:other")]) == (2, [])


@pytest.mark.parametrize("logic", [literal(RATE_2), literal('{"tax-rate": 2, "tax": 10}'), ENTRY, COLUMN])
def test_a_part_of_what_is_required_may_have_a_symbol_in_its_name(logic):
    body = inputs("rate") + decision("c", logic) + decision("e", literal("c"), needs=("*c",))
    body += decision("d", literal("e.tax-rate"), needs=("*e", "rate"))

    assert asked(body, {"rate": 3}) == (2, [])


def test_a_part_of_an_imported_decision_may_have_a_symbol_in_its_name():
    required = '<informationRequirement><requiredDecision href="urn:other#c"/></informationRequirement>'
    logic = required + literal("m.c.tax-rate")
    body = OTHER + inputs("rate") + decision("d", logic, needs=("rate",))

    assert asked(body, {"rate": 3}, [source(decision("c", literal(RATE_2)), own="urn:other")]) == (2, [])


def test_what_knowledge_is_given_may_come_from_anywhere_in_the_file():
    knowledge = (
        '<businessKnowledgeModel id="k" name="k"><variable name="k"/><encapsulatedLogic>'
        f'<formalParameter name="p"/><formalParameter name="rate"/>{literal("p.tax-rate")}'
        "</encapsulatedLogic></businessKnowledgeModel>"
    )

    assert asked(knowledge + decision("d", literal(f"k({RATE_2}, 3)"), knows=("k",)), {}) == (2, [])


SUBTRACTED = literal("income-expenses")


@pytest.mark.parametrize(
    "around",
    [
        decision("income-expenses", literal("1")),
        decision("e", literal("{income-expenses: 1}")),
        '<extensionElements><note xmlns="urn:note" name="income-expenses"/></extensionElements>',
        '<extensionElements><decision name="income-expenses"/></extensionElements>',
    ],
)
def test_a_name_that_is_out_of_scope_leaves_a_subtraction(around):
    body = inputs("income", "expenses") + decision("d", SUBTRACTED, needs=("income", "expenses"))

    assert asked(body + around, {"income": 10, "expenses": 3}) == (7, [])


def test_the_name_of_a_decision_is_not_in_its_own_scope():
    made = model(
        inputs("income", "expenses") + decision("income-expenses", SUBTRACTED, needs=("income", "expenses"))
    )

    assert made.evaluate("income-expenses", {"income": 10, "expenses": 3}).value == 7


@pytest.mark.parametrize("name", ["x - 1", "if", "-"])
def test_an_annotation_column_has_no_name_in_scope(name):
    rows = table(["- -> if x > 1 then x - 1 else 0"]).replace('name="why"', f'name="{name}"')

    assert asked(inputs("x") + decision("d", rows, needs=("x",)), {"x": 5}) == (4, [])


def test_knowledge_that_is_required_may_have_a_symbol_in_its_name():
    knowledge = (
        '<businessKnowledgeModel id="k" name="say-hello"><variable name="say-hello"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{literal("if n = 0 then 0 else say-hello(n-1)")}</encapsulatedLogic>'
        "</businessKnowledgeModel>"
    )

    assert asked(knowledge + decision("d", literal("say-hello(2)"), knows=("k",)), {}) == (0, [])
